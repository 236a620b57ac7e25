"""Whether two values can both be true of one event. Precision counts: "March" and "12 March" can, and so can a town
and the region it lies in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from sayso.model import Actor, Count, TimeSpan, Whereabouts

_EARTH_KM = 6371.0
#: Two exact points as near as this are one town and its outskirts; farther apart than ``_FAR_KM``, two places.
_NEAR_KM, _FAR_KM = 12.0, 40.0
#: PLOVER sectors of a state: its army, its government and its police are one side.
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PTY", "MED", "PAR"})
_REBEL_SECTORS = frozenset({"REB", "UAF", "INS", "SEP"})


class Relation(Enum):
    """How two values of one field stand to each other."""

    SAME = "same"
    WITHIN = "within"
    """One is the wider name for where or who the other is."""
    NEAR = "near"
    APART = "apart"
    UNKNOWN = "unknown"


def gap_days(first: TimeSpan, second: TimeSpan) -> int:
    """Days between two spans; 0 where they share a day."""
    return max(0, (max(first.earliest, second.earliest) - min(first.latest, second.latest)).days)


def days(time: TimeSpan) -> int:
    """How many days a span covers, 1 at least."""
    return (time.latest - time.earliest).days + 1


def rival_times(first: TimeSpan, second: TimeSpan) -> bool:
    """Whether the two cannot both be right.

    A time that only the day of the report bounds rivals none. A day's difference counts only where both full dates
    stand in the words: "on Tuesday night" and "on Wednesday" are commonly one night.
    """
    bases = {first.basis, second.basis}
    if "reported" in bases:
        return False
    return gap_days(first, second) >= (1 if bases == {"explicit"} else 2)


def place_relation(first: Whereabouts, second: Whereabouts) -> Relation:
    """Same, near, one within the other, apart, or not to be told from what is known of them."""
    if first.gazetteer_id and first.gazetteer_id == second.gazetteer_id:
        return Relation.SAME
    if first.country and second.country and first.country != second.country:
        return Relation.APART
    distance = distance_km(first, second)
    if _wide(first) or _wide(second):
        return _wide_relation(first, second)
    if place_name(first) == place_name(second) and (distance is None or distance <= _FAR_KM):
        return Relation.SAME
    if distance is not None:
        if distance <= _NEAR_KM:
            return Relation.NEAR
        return Relation.APART if distance > _FAR_KM else Relation.UNKNOWN
    if first.admin1 and second.admin1 and first.admin1 != second.admin1:
        return Relation.APART
    return Relation.UNKNOWN


def _wide(place: Whereabouts) -> bool:
    return place.precision in ("region", "country")


def _wide_relation(first: Whereabouts, second: Whereabouts) -> Relation:
    wider, other = (first, second) if first.precision == "country" or not _wide(second) else (second, first)
    if wider.precision == "country":
        if not (wider.country and other.country):
            return Relation.UNKNOWN
        return Relation.SAME if other.precision == "country" else Relation.WITHIN
    if _wide(other) and place_name(wider) == place_name(other):
        return Relation.SAME
    region = {name for name in (wider.admin1 and wider.admin1.casefold(), place_name(wider)) if name}
    if other.admin1:
        inside = other.admin1.casefold() in region
        if inside:
            return Relation.WITHIN
        # A region the gazetteer does not file under a first-level unit ("the coast", "the desert") may still hold it.
        return Relation.APART if wider.admin1 else Relation.UNKNOWN
    return Relation.UNKNOWN


def place_width(place: Whereabouts) -> int:
    """How widely a place is told, from 0 (exactly) to 4 (a country)."""
    return ("exact", "near", "district", "region", "country").index(place.precision)


def place_name(place: Whereabouts) -> str:
    """The name as it is compared: its words, without case and punctuation."""
    return _plain(place.name)


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def distance_km(first: Whereabouts, second: Whereabouts) -> float | None:
    """Great-circle distance in kilometres, None where a coordinate is unknown."""
    points = (first.latitude, first.longitude, second.latitude, second.longitude)
    if any(x is None for x in points):
        return None
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in points if x is not None)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def actor_relation(first: Actor, second: Actor) -> Relation:
    """Same, one within the other (an army and its state), apart, or unknown ("gunmen" may be anyone)."""
    if first.actor_id and first.actor_id == second.actor_id:
        return Relation.SAME
    if first.name.casefold() == second.name.casefold():
        return Relation.SAME
    if _opposed(first, second) or _opposed(second, first):
        return Relation.APART
    if first.country and second.country:
        if first.country != second.country:
            return Relation.APART if first.actor_id and second.actor_id else Relation.UNKNOWN
        if all(actor.sector is None or actor.sector in _STATE_SECTORS for actor in (first, second)):
            return Relation.WITHIN
    return Relation.UNKNOWN


def _opposed(state: Actor, rebel: Actor) -> bool:
    """A state's forces against those who fight states; "warplanes" and "forces" without a state may be anyone's."""
    known = state.actor_id is not None or state.sector == "GOV"
    return known and state.sector in _STATE_SECTORS and rebel.sector in _REBEL_SECTORS


def sides_relation(first: Iterable[Actor], second: Iterable[Actor]) -> Relation:
    """The best relation between any of the one and any of the other; APART only if every pair is apart."""
    relations = {actor_relation(a, b) for a in first for b in second}
    for relation in (Relation.SAME, Relation.WITHIN, Relation.UNKNOWN):
        if relation in relations:
            return relation
    return Relation.APART if relations else Relation.UNKNOWN


def counts_compatible(first: Count, second: Count) -> bool:
    """Whether some number satisfies both: "at least 70" and "86" can, "8" and "11" cannot."""
    low = max(first.minimum or 0, second.minimum or 0)
    return all(count.maximum is None or low <= count.maximum for count in (first, second))
