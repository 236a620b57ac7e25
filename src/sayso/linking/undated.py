"""Reports too vague in time to be scored: of what happens once in a long while they mean the one event that is known.

"Sappers were sent to the town after it was taken and cleared thousands of mines": no time is told. If the collection
knows one clearing of mines in that town, by that side, this is it. If it knows two, nobody can say which. The same goes
for a report that names only the year, where each of two sentences names the deed of the other: "asked for military
assistance in 2015", "military assistance was given at its request from September 2015".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sayso.linking.compatibility import Relation, days, gap_days, place_name, sides_relation
from sayso.linking.kinds import kinds
from sayso.linking.mention import Mention
from sayso.linking.scoring import VETO, place_alike, score
from sayso.model import TimeSpan

_NARROW = frozenset({"exact", "near"})
#: A time longer than so many days says little of which event is meant.
_VAGUE_DAYS = 183
#: What a place must say for the two, and their score: type, town and party alike make 2.3; with a town named beside
#: another and a force of the same state 1.55, from which words that differ may take a little.
_PLACE, _SURE = 0.5, 1.3
#: The share of the shorter sentence's words that two sentences which name each other's deeds have in common.
_WORDS = 0.5
#: A deed told in so many events cannot tell one of them.
_COMMON = 200


def only_one_of_its_kind(groups: Sequence[Sequence[str]], mentions: Mapping[str, Mention]) -> Iterator[tuple[str, str]]:
    """Pairs of a vague statement and one of the only event it can mean; ``groups`` are the clusters so far."""
    at_places, by_deeds = _Index(_towns), _Index(_deed)
    vague: list[Mention] = []
    for group in groups:
        members = [mentions[statement_id] for statement_id in group]
        if all(_is_vague(mention.statement.time) for mention in members):
            vague += members
        else:
            at_places.add(members)
            by_deeds.add(members)
    for mention in vague:
        event = None
        if not mention.kind.recurs:
            # Of all that are told of its place, whoever did them: only one may be known.
            known = at_places.events(_towns(mention))
            event = known[0] if len(known) == 1 and any(_at_its_place(mention, told) for told in known[0]) else None
        if event is None:
            known = by_deeds.events(("deed", word) for word in sorted(mention.words))
            named = [told for told in known if any(_names_its_deed(mention, one) for one in told)]
            event = named[0] if len(named) == 1 else None
        if event and all(told.statement.document_id != mention.statement.document_id for told in event):
            yield mention.statement.id, event[0].statement.id


class _Index:
    """Events by the keys of their reports."""

    def __init__(self, keys: Callable[[Mention], Iterable[tuple[str, str]]]) -> None:
        self._keys = keys
        self._events: dict[tuple[str, str], dict[str, Sequence[Mention]]] = defaultdict(dict)

    def add(self, event: Sequence[Mention]) -> None:
        for mention in event:
            for key in self._keys(mention):
                self._events[key][event[0].statement.id] = event

    def events(self, keys: Iterable[tuple[str, str]]) -> list[Sequence[Mention]]:
        """Every event under one of ``keys``, once."""
        found: dict[str, Sequence[Mention]] = {}
        for key in keys:
            under = self._events.get(key, {})
            if len(under) <= _COMMON:
                found.update(under)
        return [found[first] for first in sorted(found)]


def _is_vague(time: TimeSpan | None) -> bool:
    return time is None or days(time) > _VAGUE_DAYS


def _towns(mention: Mention) -> Iterator[tuple[str, str]]:
    """Its type with each of the towns it is told of."""
    place = mention.statement.place
    for town in (*((place,) if place else ()), *mention.beside):
        if town.precision in _NARROW:
            yield mention.statement.type, place_name(town)


def _deed(mention: Mention) -> Iterator[tuple[str, str]]:
    if not mention.kind.recurs:
        yield "deed", mention.trigger


def _at_its_place(vague: Mention, told: Mention) -> bool:
    """Whether place and parties speak for the two, and nothing against."""
    sides = sides_relation(vague.statement.actors, told.statement.actors)
    return (
        place_alike(vague, told) >= _PLACE
        and sides in (Relation.SAME, Relation.WITHIN)
        and _in_time(vague.statement.time, told.statement.time)
        and score(vague, told, without="time") >= _SURE
    )


def _names_its_deed(vague: Mention, told: Mention) -> bool:
    """Whether each sentence names the deed of the other, in words and by types that one event can have."""
    return (
        told.trigger in vague.words
        and vague.trigger in told.words
        and kinds().nearness(vague.statement.type, told.statement.type) > 0
        and (vague.shared_words(told) or 0.0) >= _WORDS
        and vague.statement.time is not None
        and _in_time(vague.statement.time, told.statement.time)
        and score(vague, told, without="time") > VETO
    )


def _in_time(vague: TimeSpan | None, told: TimeSpan | None) -> bool:
    return vague is None or told is None or gap_days(vague, told) == 0
