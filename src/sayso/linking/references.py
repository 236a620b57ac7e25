"""Rows of other people's records (UCDP, ACLED, a table of one's own) held against the events that documents tell.

A row never changes an event. It is found by the linker's own measures of time, place, party and number, and the event
is marked: it agrees with the row, or differs from it in named fields. An event without a mark is not covered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.linking.compatibility import Relation, distance_km, place_relation
from sayso.linking.kinds import kinds
from sayso.linking.speakers import registry, speaker_of
from sayso.linking.views import EventActor, EventView
from sayso.model import TOOK_PLACE, Whereabouts

Verdict = Literal["agrees", "differs"]
ReferenceField = Literal["time", "place", "actor", "killed"]
Number = Literal["same", "possible", "differs", "unknown"]
_NOT_AGAINST = frozenset({"same", "possible", "unknown"})
_WORTH_OF_PLACE: Mapping[Relation, float] = {Relation.SAME: 3.0, Relation.NEAR: 2.0, Relation.WITHIN: 1.0}
_WORTH: Mapping[Number, float] = {"same": 3.0, "possible": 1.0, "unknown": 0.0, "differs": -1.0}
#: Two days that may be one night.
_DAYS = 1
#: An event told of a longer time than this is no single row's.
_LONGEST = 7
#: A row's most may be so many times its least, or its number says nothing.
_TIGHT = 3
#: Numbers so many times apart are not of one event.
_TIMES = 10
#: From so many killed on, a number that is the same says that the two are one; from ``_RARE`` on, even where one thing
#: else differs: no side kills so many, to a man, twice in a week or in two towns of a day.
_TELLING, _RARE = 5, 15
#: A row whose day differs is sought in a week, and one whose town differs near by.
_WEEK, _NEAR_KM = 7, 100.0
#: No row is held against an event further away in time, in days.
REACH = _WEEK


@dataclass(frozen=True, slots=True)
class Reference:
    """A row: days inclusive, ``place`` None where the row names none that is known, ``parties`` by name.

    ``killed`` is (least, most), None where the row does not count.
    """

    source: str
    id: str
    earliest: date
    latest: date
    place: Whereabouts | None
    parties: tuple[str, ...]
    killed: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row says of an event: it agrees in all both tell, or differs in ``fields``."""

    source: str
    row: str
    verdict: Verdict
    fields: tuple[ReferenceField, ...] = ()


class References:
    """Rows, found by their days."""

    def __init__(self, rows: Iterable[Reference]) -> None:
        self._by_day: dict[tuple[str | None, int], list[Reference]] = defaultdict(list)
        for row in sorted(rows, key=lambda r: (r.source, r.id)):
            if (row.latest - row.earliest).days <= _LONGEST:
                country = row.place.country if row.place else None
                for day in range(row.earliest.toordinal(), row.latest.toordinal() + 1):
                    self._by_day[country, day].append(row)

    def marks(self, event: EventView) -> tuple[Mark, ...]:
        """The best row of each source, if any; none for events that are no lethal force at a known time and place."""
        time, place = event.time, event.place
        if time is None or place is None or not kinds().of(event.type).lethal:
            return ()
        if (time.latest - time.earliest).days > _LONGEST or event.status not in TOOK_PLACE:
            return ()
        best: dict[str, tuple[float, str, Mark]] = {}
        # A day off can be told by a number that is rare alone.
        slack = _WEEK if event.killed and (event.killed.minimum or 0) >= _RARE else _DAYS
        for row in self._near(time.earliest, time.latest, place.country, slack):
            worth, mark = _compare(event, place, row)
            if mark and (row.source not in best or (-worth, row.id) < best[row.source][:2]):
                best[row.source] = (-worth, row.id, mark)
        return tuple(best[source][2] for source in sorted(best))

    def _near(self, earliest: date, latest: date, country: str | None, slack: int) -> Iterator[Reference]:
        seen: set[int] = set()
        for day in range(earliest.toordinal() - slack, latest.toordinal() + slack + 1):
            for row in self._by_day.get((country, day), ()):
                if id(row) not in seen:
                    seen.add(id(row))
                    yield row


def _compare(event: EventView, here: Whereabouts, row: Reference) -> tuple[float, Mark | None]:
    """How well the row fits, and what it then says; no mark where it may be about something else."""
    if row.place is None or event.time is None or "country" in (here.precision, row.place.precision):
        return 0.0, None
    relation = place_relation(here, row.place)
    sides = _sides(event, row)
    number = _number(event, row)
    gap = max(0, (max(event.time.earliest, row.earliest) - min(event.time.latest, row.latest)).days)
    one_day = event.time.latest <= row.latest and event.time.earliest >= row.earliest
    told_alike = number == "same" and row.killed is not None and row.killed[0] >= _TELLING
    blamed = _other_doer(event, row)
    fields: tuple[ReferenceField, ...]
    # Less than this could be another attack of those days.
    if (
        relation in _WORTH_OF_PLACE
        and gap <= _DAYS
        and (
            (told_alike and sides is not Relation.APART)
            or (number == "same" and relation is not Relation.WITHIN and sides is Relation.SAME)
            or (number in _NOT_AGAINST and relation is Relation.SAME and one_day and _both_sides(event, row))
        )
    ):
        fields = ("actor",) if blamed else ()
    elif relation is Relation.SAME and one_day and _near_miss(event, row) and _only_its_sides(event, row):
        fields = ("killed",)
    else:
        fields = _one_thing_off(event, here, row, relation, sides, gap if number == "same" else None)
        if not fields:
            return 0.0, None
    worth = _WORTH_OF_PLACE.get(relation, 0.0) + 1.0 * (sides is Relation.SAME) + 1.0 * one_day + _WORTH[number]
    return worth - 3.0 * bool(fields), Mark(row.source, row.id, "differs" if fields else "agrees", fields)


def _one_thing_off(
    event: EventView, here: Whereabouts, row: Reference, relation: Relation, sides: Relation, gap: int | None
) -> tuple[ReferenceField, ...]:
    """The one thing that a row of the same rare number tells otherwise, all else being alike; ``gap`` in days."""
    if gap is None or row.killed is None or row.place is None or row.killed[0] < _RARE:
        return ()
    if relation is Relation.SAME and gap <= _DAYS and sides is Relation.APART and _other_doer(event, row):
        return ("actor",)
    if relation is Relation.SAME and _DAYS < gap <= _WEEK and _both_sides(event, row):
        return ("time",)
    distance = distance_km(here, row.place)
    if relation is Relation.APART and gap == 0 and distance and distance <= _NEAR_KM and _both_sides(event, row):
        return ("place",)
    return ()


def _sides(event: EventView, row: Reference) -> Relation:
    """Whether a party of the event is a party of the row; APART where all of both are known and none is."""
    told = [_voice(party) for party in (*event.actors, *event.targets)]
    named = [_named(name) for name in row.parties]
    known, listed = {key for key in told if key}, {key for key in named if key}
    if known & listed:
        return Relation.SAME
    return Relation.APART if known and None not in told and named and None not in named else Relation.UNKNOWN


def _both_sides(event: EventView, row: Reference) -> bool:
    """Whether the event names two parties, one of them each of the row's."""
    listed = {key for name in row.parties if (key := _named(name))}
    does = {_voice(party) for party in event.actors} & listed
    done_to = {_voice(party) for party in event.targets} & listed
    return bool(does and done_to and len(does | done_to) > 1)


def _only_its_sides(event: EventView, row: Reference) -> bool:
    """Whether every party of the event that is known is a party of the row, and one is."""
    listed = {key for name in row.parties if (key := _named(name))}
    known = {key for party in (*event.actors, *event.targets) if (key := _voice(party))}
    return bool(known) and known <= listed


def _other_doer(event: EventView, row: Reference) -> bool:
    """Whether all who did it are known, and all of the row's parties, and none is one."""
    does = [_voice(party) for party in event.actors]
    listed = [_named(name) for name in row.parties]
    return bool(does and listed) and None not in does and None not in listed and not set(does) & set(listed)


def _near_miss(event: EventView, row: Reference) -> bool:
    """Whether the two numbers cannot both be true, but are of one size: ten times as many were killed elsewhere."""
    if event.killed is None or row.killed is None or _number(event, row) != "differs":
        return False
    low, high = sorted((event.killed.minimum or event.killed.maximum or 0, row.killed[1]))
    return high < _TIMES * low


def _voice(party: EventActor) -> str | None:
    entry = registry().get(party.actor_id) if party.actor_id else None
    return speaker_of(entry).key if entry else None


def _named(name: str) -> str | None:
    found: Sequence[str] = [
        speaker_of(naming.entry).key
        for match in registry().named_in(name[:200])
        for naming in match.values
        if naming.way == "name"
    ]
    return found[0] if found else None


def _number(event: EventView, row: Reference) -> Number:
    """How the killed the event tells stand to those of the row."""
    told = event.killed
    if told is None or row.killed is None:
        return "unknown"
    low, high = told.minimum or 0, told.maximum
    if row.killed[0] <= low <= row.killed[1] <= _TIGHT * row.killed[0]:
        return "same"
    if row.killed[1] >= low and (high is None or row.killed[0] <= high):
        return "possible"
    return "differs"
