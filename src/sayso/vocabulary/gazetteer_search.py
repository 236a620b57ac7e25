"""Asking the gazetteer for a name, and why each place that bears it comes where it does.

A name alone, without a text around it, is weighed by what ``SCORES`` lists: each is one function whose first line says
what it adds and why. The coder weighs places by the same gazetteer in the light of a whole document.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sayso.vocabulary.gazetteer import Entry, Found, Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres
from sayso.vocabulary.gazetteer_index import weight
from sayso.vocabulary.place_names import place_key

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name: its score, and the parts that add up to it, as (what, how much, in words).

    ``kilometres`` from the point asked about, None where none was.
    """

    found: Found
    score: float
    parts: tuple[tuple[str, float, str], ...]
    kilometres: float | None


_Part = tuple[float, str] | None


def size(found: Found, away: float | None) -> _Part:
    """Its kind and its people: countries 8.5, regions 6.2 at least, towns the decimal logarithm of their people."""
    entry = found.entry
    people = f"{entry.population:,} people" if entry.population else "people not known"
    told = f"{entry.kind}, {people}" + (", noted as a place the news speaks of" if entry.noted else "")
    return weight(entry.kind, entry.population, entry.noted), told


def main_name(found: Found, away: float | None) -> _Part:
    """Half a point where the name is its main one and not one among many spellings."""
    return (0.5, "its main name") if found.main else None


def spelling(found: Found, away: float | None) -> _Part:
    """What another spelling costs: a point for every 15 of 100 it is less alike."""
    if found.likeness >= 100:
        return None
    return -(100.0 - found.likeness) / 15, f"spelt another way, {found.likeness:.0f} of 100 alike"


def nearness(found: Found, away: float | None) -> _Part:
    """Three points at the place asked about, half of that 100 km away."""
    return None if away is None else (3.0 * math.exp(-away * math.log(2) / 100), f"{away:,.0f} km away")


SCORES: tuple[tuple[str, Callable[[Found, float | None], _Part]], ...] = (
    ("size", size),
    ("main name", main_name),
    ("spelling", spelling),
    ("nearness", nearness),
)


def search(
    gazetteer: Gazetteer, name: str, *, country: str | None = None, kind: str | None = None, near: Point | None = None
) -> list[Candidate]:
    """Places called ``name``, the likeliest first; with ``country`` also those whose name is likely spelt otherwise.

    ``country`` (ISO 3166-1 alpha-2) and ``kind`` leave others out; ``near`` is (latitude, longitude).
    """
    by_id = {found.entry.id: found for found in gazetteer.found(place_key(name))}
    for found in gazetteer.alike(name, [country]) if country else ():
        by_id.setdefault(found.entry.id, found)
    candidates = [
        candidate(found, near)
        for found in by_id.values()
        if (country is None or found.entry.country == country) and (kind is None or found.entry.kind == kind)
    ]
    return sorted(candidates, key=lambda one: (-one.score, one.found.entry.id))


def candidate(found: Found, near: Point | None = None) -> Candidate:
    """``found`` with its score."""
    entry = found.entry
    away = kilometres(*near, entry.latitude, entry.longitude) if near else None
    parts = [(name, *part) for name, score in SCORES if (part := score(found, away)) is not None]
    return Candidate(found, sum(part[1] for part in parts), tuple(parts), away)


def point_of(gazetteer: Gazetteer, text: str, country: str | None = None) -> tuple[Point, Entry | None]:
    """The point a text means: ``36.2,37.16``, or the likeliest place of that name. Raises ValueError if neither."""
    latitude, _, longitude = text.partition(",")
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        found = search(gazetteer, text, country=country) or search(gazetteer, text)
        if not found:
            raise ValueError(
                f"{text!r} is no place that is known; name another, or write its point as 36.2,37.16"
            ) from None
        entry = found[0].found.entry
        return (entry.latitude, entry.longitude), entry
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"{text!r} is no point on Earth; write latitude,longitude in degrees")
    return point, None
