"""What the rest of a document says of a party's part in an event: the features of the second look of ``actor_choice``.

A first look weighs every party of every event by itself (``actor_features``). What it finds likely for the other
events, and for the other parties of the same event, then speaks for or against each: who strikes in one sentence
mostly strikes in the next, whom someone fights elsewhere he fights here, and no army attacks its own government.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sayso.coding.actor_features import Event

Chances = tuple[Mapping[str, float], Mapping[str, float]]
"""How likely each party of an event did it, and how likely it suffered it."""

#: Of each event the likeliest doers and sufferers are set against one another, no more of them than this.
_RIVALS = 8
#: Chances nearer to 0 and 1 than this say no more.
_LEAST = 0.001
#: Sorts of parties that are one side where they are of one country.
_STATE = frozenset({"state", "state_forces", "government", "force MIL", "body GOV"})
_ROLES = ("does", "suffers")


def company(events: Sequence[Event], chances: Sequence[Chances]) -> list[dict[str, dict[str, float]]]:
    """For each of a document's events, features of each of its parties by key; ``chances`` are those of the first look.

    Events without chances (verbal ones) get no features and say nothing of others.
    """
    totals = _Totals(events, chances)
    return [
        {key: dict(_told(event, key, own, totals, number)) for key in own[0]}
        for number, (event, own) in enumerate(zip(events, chances, strict=True))
    ]


class _Totals:
    """Chances added up over a document: each party by type and group, and each two that face another."""

    def __init__(self, events: Sequence[Event], chances: Sequence[Chances]) -> None:
        self.alike: dict[tuple[str, str, str], float] = defaultdict(float)
        self.against: Counter[tuple[str, str]] = Counter()
        self.rivals: list[tuple[list[str], list[str]]] = []
        self.sides: list[list[dict[str, float]]] = []
        self.before: dict[int, Chances] = {}
        for event, own in zip(events, chances, strict=True):
            for role, likely in zip(_ROLES, own, strict=True):
                for key, chance in likely.items():
                    self.alike[role, event.type, key] += chance
                    self.alike[role, event.group, key] += chance
            doers, sufferers = (sorted(likely, key=lambda k: (-likely[k], k))[:_RIVALS] for likely in own)
            self.rivals.append((doers, sufferers))
            self.against.update({(a, b): own[0][a] * own[1][b] for a in doers for b in sufferers if a != b})
            self.sides.append([_by_side(event, likely) for likely in own])
        told = [number for number, own in enumerate(chances) if own[0]]
        told.sort(key=lambda number: events[number].main.trigger.span.start)
        for earlier, later in pairwise(told):
            self.before[later] = chances[earlier]


def _told(event: Event, key: str, own: Chances, totals: _Totals, number: int) -> Iterator[tuple[str, float]]:
    yield "bias", 1.0
    yield f"type {event.type}", 1.0
    side = _side(event, key)
    for at, (role, likely) in enumerate(zip(_ROLES, own, strict=True)):
        chance, rivals = likely[key], totals.rivals[number][at]
        other = next((likely[rival] for rival in rivals if rival != key), 0.0)
        faced = 0.0
        for rival in rivals:
            pair, theirs = ((rival, key), own[1]) if at == 0 else ((key, rival), own[0])
            if rival != key and pair in totals.against:
                here = likely[rival] * theirs[key] if key in totals.rivals[number][1 - at] else 0.0
                faced += likely[rival] * max(0.0, totals.against[pair] - here)
        found = {
            role: _log_odds(chance),
            f"another {role}": _log_odds(other),
            f"likeliest that {role}": float(chance >= other),
            f"{role} alike": math.log1p(max(0.0, totals.alike[role, event.group, key] - chance)),
            f"{role} the same": math.log1p(max(0.0, totals.alike[role, event.type, key] - chance)),
            f"{role} just before": totals.before[number][at].get(key, 0.0) if number in totals.before else 0.0,
            f"faces one that {role}": math.log1p(faced),
            f"own side {role}": totals.sides[number][at][side] - chance if side else 0.0,
        }
        for name, value in found.items():
            if value:
                yield name, value
                yield f"{name}, {event.group}", value


def _by_side(event: Event, likely: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for key, chance in likely.items():
        side = _side(event, key)
        if side:
            found[side] += chance
    return found


def _side(event: Event, key: str) -> str | None:
    """The country whose state or forces the party ``key`` is; None for others."""
    return next((c.actor.country for c in event.cast.parties[key] if c.actor.country and c.sort in _STATE), None)


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1.0 - _LEAST)
    return math.log(chance / (1.0 - chance))


__all__ = ["Chances", "company"]
