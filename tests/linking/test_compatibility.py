"""Which values can both be true of one event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sayso.linking.compatibility import (
    Relation,
    actor_relation,
    counts_compatible,
    distance_km,
    gap_days,
    place_relation,
    rival_times,
)
from sayso.model import Actor, Count, Place, Span, TimeSpan

SPAN = Span(0, 1)


def when(first: str, last: str, basis: Any = "explicit") -> TimeSpan:
    return TimeSpan(date.fromisoformat(first), date.fromisoformat(last), "span", basis, (SPAN,))


@pytest.mark.parametrize(
    ("one", "other", "gap", "rival"),
    [
        (when("2016-03-01", "2016-03-31"), when("2016-03-12", "2016-03-12"), 0, False),
        (when("2016-03-12", "2016-03-12"), when("2016-03-13", "2016-03-13"), 1, True),
        (when("2016-03-12", "2016-03-12", "anchored"), when("2016-03-13", "2016-03-13"), 1, False),
        (when("2016-03-12", "2016-03-12", "anchored"), when("2016-03-14", "2016-03-14"), 2, True),
        (when("2016-03-12", "2016-03-12"), when("2016-03-20", "2016-03-21", "reported"), 8, False),
        (when("2016-03-01", "2016-03-31"), when("2017-03-01", "2017-03-31", "heading"), 335, True),
    ],
)
def test_times(one: TimeSpan, other: TimeSpan, gap: int, rival: bool) -> None:
    assert gap_days(one, other) == gap_days(other, one) == gap
    assert rival_times(one, other) is rival_times(other, one) is rival


def place(name: str, precision: Any, lat: float | None = None, admin1: str | None = None, country: str = "XN") -> Place:
    return Place(SPAN, name, lat, None if lat is None else 36.5, None, precision, country, admin1, None)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (place("Amber", "exact", 35.2), place("AMBER", "exact", 35.2), Relation.SAME),
        (place("Amber", "exact"), place("Amber", "exact"), Relation.SAME),
        (place("Amber", "exact", 35.2), place("Birch", "exact", 35.25), Relation.NEAR),
        (place("Amber", "exact", 35.2), place("Cedar", "exact", 35.9), Relation.APART),
        (place("Amber", "exact", 35.2), place("Amber", "exact", 38.9), Relation.APART),  # two of one name
        (place("Amber", "exact", 35.2), place("Elm", "exact", 35.45), Relation.UNKNOWN),
        (place("Amber", "exact", admin1="North"), place("North", "region", admin1="North"), Relation.WITHIN),
        (place("Amber", "exact", admin1="North"), place("South", "region", admin1="South"), Relation.APART),
        (place("Amber", "exact"), place("South", "region", admin1="South"), Relation.UNKNOWN),
        (place("North", "region", admin1="North"), place("Nordland", "country"), Relation.WITHIN),
        (place("Nordland", "country"), place("Nordland", "country"), Relation.SAME),
        (place("Amber", "exact"), place("Amber", "exact", country="XS"), Relation.APART),
        (place("Amber", "exact", admin1="North"), place("Elm", "exact", admin1="South"), Relation.APART),
    ],
)
def test_places(one: Place, other: Place, relation: Relation) -> None:
    assert place_relation(one, other) is relation
    assert place_relation(other, one) is relation


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_km(place("a", "exact", 35.0), place("b", "exact", 36.0)) == pytest.approx(111.2, abs=0.1)
    assert distance_km(place("a", "exact"), place("b", "exact", 36.0)) is None


ARMY = Actor(SPAN, "the army", "xn-mil", "XN", "MIL")
STATE = Actor(SPAN, "the government", "xn-gov", "XN", "GOV")
REDS = Actor(SPAN, "the Reds", "reds", "XN", "REB")
REBELS = Actor(SPAN, "rebels", None, None, "REB")
PLANES = Actor(SPAN, "warplanes", None, None, "MIL")
NEIGHBOUR = Actor(SPAN, "the neighbour's army", "xw-mil", "XW", "MIL")
ALLIANCE = Actor(SPAN, "an alliance", "alliance", None, "MIL")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (ARMY, ARMY, Relation.SAME),
        (ARMY, STATE, Relation.WITHIN),
        (ARMY, REDS, Relation.APART),
        (ARMY, REBELS, Relation.APART),
        (ARMY, NEIGHBOUR, Relation.APART),
        (ARMY, PLANES, Relation.UNKNOWN),
        (PLANES, REBELS, Relation.UNKNOWN),
        (REDS, REBELS, Relation.UNKNOWN),
        (NEIGHBOUR, ALLIANCE, Relation.UNKNOWN),
    ],
)
def test_actors(one: Actor, other: Actor, relation: Relation) -> None:
    assert actor_relation(one, other) is actor_relation(other, one) is relation


@pytest.mark.parametrize(
    ("one", "other", "compatible"),
    [
        ((8, 8), (8, 8), True),
        ((8, 8), (11, 11), False),
        ((70, None), (86, 86), True),
        ((70, None), (69, 69), False),
        ((None, 20), (14, 14), True),
        ((None, 9), (14, 14), False),
        ((10, 12), (12, 15), True),
        ((0, 0), (1, None), False),
    ],
)
def test_counts(one: tuple[int, int], other: tuple[int, int], compatible: bool) -> None:
    first, second = Count(*one, (SPAN,)), Count(*other, (SPAN,))
    assert counts_compatible(first, second) is counts_compatible(second, first) is compatible
