"""What people decided about which statements are one event holds against any score."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking import Judged, link


@pytest.fixture
def strikes(coded: Any, told: Any) -> list[Any]:
    """Three reports of one strike, and one of another elsewhere."""

    def report(name: str, place: str) -> Any:
        text = f"Planes of Westland bombed {place} on 12 March 2016."
        return coded(name, text, told("air_strike", "bombed", place, "2016-03-12", "12 March 2016", by=["Westland"]))

    return [report("a", "Amber"), report("b", "Amber"), report("c", "Amber"), report("d", "Cedar")]


def events(documents: list[Any], judged: Judged | None = None) -> list[set[str]]:
    names = {s.id: c.document.id for c in documents for s in c.statements}
    return sorted(({names[i] for i in event.statement_ids} for event in link(documents, judged).events), key=sorted)


def pairs(*told: tuple[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(told)


def test_without_judgements_the_scores_decide(strikes: list[Any]) -> None:
    assert events(strikes) == [{"a", "b", "c"}, {"d"}]


def test_the_same_are_joined_and_the_different_parted(strikes: list[Any]) -> None:
    a, b, c, d = (one.statements[0].id for one in strikes)
    assert any({"a", "d"} <= event for event in events(strikes, Judged(same=pairs((a, d)))))
    parted = events(strikes, Judged(different=pairs((a, b))))
    assert not any({"a", "b"} <= event for event in parted)
    all_parted = events(strikes, Judged(different=pairs((a, b), (b, c), (c, a))))
    assert all_parted == [{"a"}, {"b"}, {"c"}, {"d"}]
    both = events(strikes, Judged(same=pairs((a, d)), different=pairs((d, b), (d, c))))
    assert both == [{"a", "d"}, {"b", "c"}]


def test_unknown_ids_count_for_nothing(strikes: list[Any]) -> None:
    a = strikes[0].statements[0].id
    judged = Judged(same=pairs(("stm_gone", a)), different=pairs(("stm_gone", "stm_lost"), (a, "stm_lost")))
    assert events(strikes, judged) == events(strikes)


def test_a_heading_can_be_parted_from_its_body(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# Liberation of Dunes - March 2017\nIn March of 2016 the army re-took Dunes.",
        told("capture", "Liberation", "Dunes", "2017-03", "March 2017"),
        told("capture", "re-took", "Dunes", "2016-03", "March of 2016", by=["the army"]),
    )
    heading, body = (s.id for s in document.statements)
    assert len(link([document]).events) == 1
    assert len(link([document], Judged(different=pairs((heading, body)))).events) == 2
