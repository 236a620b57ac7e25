"""What is done again was done before: a first time cannot come after it."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking import link

FIRST = "# First liberation of Dunes - March 2017\nIn March 2017 the army entered."
AGAIN = "After the Reds recaptured Dunes in early 2017 a new corps was formed."


def two(coded: Any, told: Any, first: str = FIRST, again: str = AGAIN, **changes: Any) -> Any:
    one = told("capture", "liberation", "Dunes", changes.get("first_on", "2017-03"), "March 2017")
    other = told("capture", changes.get("trigger", "recaptured"), "Dunes", changes.get("on", "2017-01-01/2017-04-30"),
                 "early 2017", by=["Reds"])  # fmt: skip
    return link([coded("a", first, one), coded("b", again, other)])


def test_a_first_time_after_a_repeated_one_is_shown(coded: Any, told: Any) -> None:
    linked = two(coded, told)
    (disagreement,) = linked.disagreements
    assert (disagreement.field, disagreement.document_id) == ("order", None)
    assert [p.value for p in disagreement.positions] == ["first: 2017-03", "again: 2017-01-01/2017-04-30"]
    texts = {"a": FIRST, "b": AGAIN}
    words = [{span.of(texts[d]) for d, span in p.evidence} for p in disagreement.positions]
    assert words == [{"First", "liberation", "March 2017"}, {"recaptured", "early 2017"}]
    assert disagreement.event_id in {event.id for event in linked.events}
    assert len(linked.events) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"first_on": "2016-03"},
        {"on": "2019-03"},
        {"again": AGAIN.replace("recaptured", "took"), "trigger": "took"},
        {"first": FIRST.replace("First ", "")},
        {"first": FIRST.replace("First ", "It came first. ")},
    ],
    ids=["it came before", "the repeated came later", "not repeated", "not the first", "first in another sentence"],
)
def test_what_can_have_come_in_that_order_is_not(coded: Any, told: Any, changes: dict[str, Any]) -> None:
    assert two(coded, told, **changes).disagreements == ()


def test_kinds_that_recur_have_no_first(coded: Any, told: Any) -> None:
    one = coded("a", "First raid on Amber - March 2017", told("air_strike", "raid", "Amber", "2017-03", "March 2017"))
    other = coded(
        "b", "Amber was hit in a second raid in January 2017", told("air_strike", "raid", "Amber", "2017-01", "January")
    )
    assert link([one, other]).disagreements == ()
