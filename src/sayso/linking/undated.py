"""Reports too vague in time to be scored: of what happens once in a long while they mean the one event that is known.

"Sappers were sent to the town after it was taken and cleared thousands of mines": no time is told. If the collection
knows one clearing of mines in that town, by that side, this is it. If it knows two, nobody can say which. The same goes
for a report that names only the year, where each of two sentences names the deed of the other: "asked for military
assistance in 2015", "military assistance was given at its request from September 2015".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from sayso.linking.compatibility import Relation, days, gap_days, place_name, sides_relation
from sayso.linking.kinds import kinds
from sayso.linking.meeting import number
from sayso.linking.mention import Mention
from sayso.linking.scoring import VETO, place_alike, score
from sayso.model import TimeSpan

_NARROW = frozenset({"exact", "near"})
#: A time longer than so many days says little of which event is meant; one of more than so many years says nothing.
_VAGUE_DAYS, _YEARS = 183, 3
#: What a place must say for the two, and their score: type, town and party alike make 2.3; with a town named beside
#: another and a force of the same state 1.55, from which words that differ may take a little.
_PLACE, _SURE = 0.5, 1.3
#: The share of the shorter sentence's words that two sentences which name each other's deeds have in common.
_WORDS = 0.5
#: Where so many events of a year are told in such words, no one of them is meant.
_COMMON = 200


class Known(Protocol):
    """The events that are told with a time, by what they can be known by."""

    def under(self, keys: Collection[int], most: int) -> Collection[str]:
        """What the events are called that have one of ``keys``; of more than ``most``, ``most`` + 1 of them."""

    def members(self, event: str) -> Sequence[Mention]:
        """The reports of one of them, in the order of their ids."""


class Events:
    """Such events in memory, each called after its first report."""

    def __init__(self, groups: Iterable[Sequence[str]], mentions: Mapping[str, Mention]) -> None:
        self._members: dict[str, list[Mention]] = {}
        self._under: dict[int, list[str]] = defaultdict(list)
        for group in groups:
            members = [mentions[statement_id] for statement_id in group]
            if not is_vague(members):
                self._members[group[0]] = members
                for key in {key for mention in members for key in known_by(mention)}:
                    self._under[key].append(group[0])

    def under(self, keys: Collection[int], most: int) -> Collection[str]:
        found: set[str] = set()
        for key in keys:
            found.update(self._under.get(key, ())[: most + 1])
        return found

    def members(self, event: str) -> Sequence[Mention]:
        return self._members[event]


def is_vague(group: Iterable[Mention]) -> bool:
    """Whether no report of ``group`` tells when."""
    return all(time is None or days(time) > _VAGUE_DAYS for time in (mention.statement.time for mention in group))


def known_by(mention: Mention) -> frozenset[int]:
    """Keys of an event that is told so: its towns, and its deed with the year."""
    if mention.kind.recurs:
        return frozenset()
    return frozenset((*_towns(mention), *_deeds(mention, ((mention.trigger, word) for word in mention.words))))


def asks_for(mention: Mention) -> frozenset[int]:
    """Keys of the events that a report might mean if no other tells its time."""
    return frozenset((*_asked_towns(mention), *_asked_deeds(mention))) if is_vague((mention,)) else frozenset()


def meant(vague: Mention, known: Known) -> str | None:
    """What the one event is called that a vague report can mean; None where it can mean none, or two."""
    event = _at_its_place(vague, known) or _by_its_deed(vague, known)
    if event and all(told.statement.document_id != vague.statement.document_id for told in known.members(event)):
        return event
    return None


def only_one_of_its_kind(groups: Sequence[Sequence[str]], mentions: Mapping[str, Mention]) -> Iterator[tuple[str, str]]:
    """Pairs of a vague statement and one of the only event it can mean; ``groups`` are the clusters so far."""
    known = Events(groups, mentions)
    for group in groups:
        members = [mentions[statement_id] for statement_id in group]
        if is_vague(members):
            for mention in members:
                if event := meant(mention, known):
                    yield mention.statement.id, event


def _asked_towns(mention: Mention) -> Iterator[int]:
    return iter(()) if mention.kind.recurs else _towns(mention)


def _towns(mention: Mention) -> Iterator[int]:
    """Its type with each of the towns it is told of."""
    place = mention.statement.place
    for town in (*((place,) if place else ()), *mention.beside):
        if town.precision in _NARROW:
            yield number("town", mention.statement.type, place_name(town))


def _asked_deeds(mention: Mention) -> Iterator[int]:
    return _deeds(mention, ((word, mention.trigger) for word in mention.words))


def _deeds(mention: Mention, deeds: Iterable[tuple[str, str]]) -> Iterator[int]:
    """Deeds, each with a word beside it and with the years it is told of: two sentences that name each other's deed
    share a key.
    """
    time = mention.statement.time
    if time is not None and time.latest.year - time.earliest.year < _YEARS:
        for deed, beside in deeds:
            for year in range(time.earliest.year, time.latest.year + 1):
                yield number("deed", mention.kind.family, year, deed, beside)


def _at_its_place(vague: Mention, known: Known) -> str | None:
    # Of all that are told of its place, whoever did them, only one may be known.
    found = [*known.under(frozenset(_asked_towns(vague)), 1)]
    alike = len(found) == 1 and any(_there(vague, told) for told in known.members(found[0]))
    return found[0] if alike else None


def _by_its_deed(vague: Mention, known: Known) -> str | None:
    found = known.under(frozenset(_asked_deeds(vague)), _COMMON)
    if len(found) > _COMMON:
        return None
    named = [event for event in found if any(_names_its_deed(vague, told) for told in known.members(event))]
    return named[0] if len(named) == 1 else None


def _there(vague: Mention, told: Mention) -> bool:
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
