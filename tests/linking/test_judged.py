"""What people decided about which statements are one event holds against any score."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sayso.linking import Judged, link
from sayso.model import Judgement

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def judgement(kind: str, *subject: str, verdict: str = "yes", withdrawn: bool = False) -> Judgement:
    return Judgement("jud", kind, subject, verdict, "ana", None, NOW, NOW if withdrawn else None)


@pytest.fixture
def strikes(coded: Any, told: Any) -> list[Any]:
    """Three reports of one strike, and one of another elsewhere."""

    def report(name: str, place: str) -> Any:
        text = f"Planes of Westland bombed {place} on 12 March 2016."
        return coded(name, text, told("air_strike", "bombed", place, "2016-03-12", "12 March 2016", by=["Westland"]))

    return [report("a", "Amber"), report("b", "Amber"), report("c", "Amber"), report("d", "Cedar")]


def events(documents: list[Any], *judgements: Judgement) -> list[set[str]]:
    names = {s.id: c.document.id for c in documents for s in c.statements}
    linked = link(documents, Judged.of(judgements))
    return sorted(({names[i] for i in event.statement_ids} for event in linked.events), key=sorted)


def test_without_judgements_the_scores_decide(strikes: list[Any]) -> None:
    assert events(strikes) == [{"a", "b", "c"}, {"d"}]


def test_the_same_are_joined_and_the_different_parted(strikes: list[Any]) -> None:
    a, b, c, d = (one.statements[0].id for one in strikes)
    assert events(strikes, judgement("same", a, d)) == [{"a", "b", "c", "d"}] or events(
        strikes, judgement("same", a, d)
    ) == [{"a", "d"}, {"b", "c"}]
    parted = events(strikes, judgement("different", a, b))
    assert not any({"a", "b"} <= event for event in parted)
    assert not any(len(event & {"a", "b", "c"}) > 1 for event in events(strikes, judgement("different", a, b, c)))
    both = events(strikes, judgement("same", a, d), judgement("different", d, b), judgement("different", d, c))
    assert both == [{"a", "d"}, {"b", "c"}]


def test_withdrawn_later_and_unknown_ones(strikes: list[Any]) -> None:
    a, b, _, d = (one.statements[0].id for one in strikes)
    assert events(strikes, judgement("same", a, d, withdrawn=True)) == events(strikes)
    assert events(strikes, judgement("different", a, b), judgement("same", b, a)) == events(strikes)
    assert events(strikes, judgement("same", a, b, verdict="no")) == events(strikes, judgement("different", a, b))
    assert events(strikes, judgement("same", "stm_gone", "evt_gone"), judgement("note", a, d)) == events(strikes)


def test_a_heading_can_be_parted_from_its_body(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# Liberation of Dunes - March 2017\nIn March of 2016 the army re-took Dunes.",
        told("capture", "Liberation", "Dunes", "2017-03", "March 2017"),
        told("capture", "re-took", "Dunes", "2016-03", "March of 2016", by=["the army"]),
    )
    heading, body = (s.id for s in document.statements)
    assert len(link([document]).events) == 1
    assert len(link([document], Judged(different=frozenset({(heading, body)}))).events) == 2
