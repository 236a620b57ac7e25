"""Why statements are one event: a tree of ties whose parts add up to their scores."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking import Judged, link, ties


@pytest.fixture
def three(coded: Any, told: Any) -> list[Any]:
    """Three reports of one strike, and one of another."""
    kind, place, day = "air_strike", "Amber", "2016-03-12"
    return [
        coded(
            "a",
            "Planes of Westland bombed Amber on 12 March 2016, killing 14 people.",
            told(kind, "bombed", place, day, "12 March 2016", by=["Westland"], killed=("14", 14, 14)),
        ),
        coded(
            "b",
            "Fourteen died in Amber in air raids by Westland on Saturday.",
            told(kind, "raids", place, day, "Saturday", by=["Westland"], killed=("Fourteen", 14, 14)),
        ),
        coded(
            "c",
            "On 12 March 2016 Westland struck Amber from the air.",
            told(kind, "struck", place, day, "12 March 2016", by=["Westland"]),
        ),
        coded(
            "d",
            "Westland bombed Dunes on 2 May 2016.",
            told(kind, "bombed", "Dunes", "2016-05-02", "2 May 2016", by=["Westland"]),
        ),
    ]


def test_ties_hold_every_statement_of_an_event_together(three: list[Any]) -> None:
    event = max(link(three).events, key=lambda one: len(one.statement_ids))
    assert len(event.statement_ids) == 3
    found = ties(three, event.statement_ids)
    assert len(found) == 2
    assert {one for tie in found for one in (tie.first, tie.second)} == set(event.statement_ids)


def test_parts_add_up_to_a_score_that_reaches_what_was_needed(three: list[Any]) -> None:
    event = max(link(three).events, key=lambda one: len(one.statement_ids))
    found = ties(three, event.statement_ids)
    assert found
    for tie in found:
        assert sum(worth for _, worth in tie.parts) == pytest.approx(tie.score)
        assert tie.score >= tie.needed
        assert not tie.judged


def test_a_judged_pair_is_told_and_comes_before_likeness(three: list[Any]) -> None:
    first, other = three[0].statements[0].id, three[3].statements[0].id
    pair = (min(first, other), max(first, other))
    (tie,) = ties(three, pair, Judged(same=frozenset({pair})))
    assert tie.judged
    assert tie.score < tie.needed


def test_one_statement_and_unknown_ones_have_no_ties(three: list[Any]) -> None:
    assert ties(three, [three[0].statements[0].id, "stm_0000000000000000"]) == ()
    assert ties([], ["stm_0000000000000000"]) == ()
