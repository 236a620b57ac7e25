"""What an event says: a view over its statements that keeps the rivals and leads every value back to its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.linking.compatibility import Relation, actor_relation, days, rival_times
from sayso.linking.events import distinct
from sayso.linking.silence import Press, Silence, Silences
from sayso.linking.speakers import Sources
from sayso.linking.updates import Update, updates
from sayso.linking.voices import Voice, voices
from sayso.model import (
    Actor,
    CodedDocument,
    Count,
    Disagreement,
    Document,
    Event,
    Linked,
    Place,
    PlacePrecision,
    Precision,
    Span,
    Statement,
    Status,
    TimeBasis,
    TimeSpan,
)

#: Pairs of a document's id and a span of its text.
Evidence = tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class EventTime:
    """When, as the most and the most precise reports have it; ``rivals`` are the times that cannot be true with it."""

    earliest: date
    latest: date
    precision: Precision
    basis: TimeBasis
    evidence: Evidence
    rivals: tuple[EventTime, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where, by the name most reports use among the most precise; fields as in ``Place``."""

    name: str
    latitude: float | None
    longitude: float | None
    kind: str | None
    precision: PlacePrecision
    country: str | None
    admin1: str | None
    gazetteer_id: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class EventActor:
    """One party, by the name most reports use; fields as in ``Actor``."""

    name: str
    actor_id: str | None
    country: str | None
    sector: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class EventCount:
    """The least and the most that any report tells. ``maximum`` is None where no report sets one."""

    minimum: int | None
    maximum: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a row. ``statements``, ``documents`` hold ids; ``outlets`` names, each sorted.

    ``independent_sources`` counts ``voices``: documents that share a text are one, so are one outlet's documents, and
    so is whatever cites one source; a document without outlet counts as itself. ``updates`` are numbers that rose from
    day to day; ``silent`` the sides whose outlets wrote in those days but not of this, where two voices tell of it.
    """

    id: str
    type: str
    status: Status
    time: EventTime | None
    place: EventPlace | None
    actors: tuple[EventActor, ...]
    targets: tuple[EventActor, ...]
    killed: EventCount | None
    injured: EventCount | None
    statements: tuple[str, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    independent_sources: int
    voices: tuple[Voice, ...]
    updates: tuple[Update, ...]
    silent: tuple[Silence, ...]
    disagreements: tuple[Disagreement, ...]


def views(linked: Linked, coded: Iterable[CodedDocument], press: Silences | None = None) -> Iterator[EventView]:
    """The row of each event of ``linked``, in their order; ``coded`` are the documents it was made of.

    ``press`` tells who is silent where ``coded`` are some of the documents only.

    KeyError where a statement or document of an event is not among them.
    """
    documents = distinct(coded)
    shelf = _Shelf(
        statements={s.id: s for one in documents for s in one.statements},
        documents={one.document.id: one.document for one in documents},
        sources={one.document.id: Sources(one) for one in documents},
        texts={document_id: group.id for group in linked.copies for document_id in group.document_ids},
        press=press or Press(one.document for one in documents),
    )
    disagreements: dict[str | None, list[Disagreement]] = defaultdict(list)
    for disagreement in linked.disagreements:
        disagreements[disagreement.event_id].append(disagreement)
    for event in linked.events:
        yield _row(event, shelf, disagreements[event.id])


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What rows are made from, by id."""

    statements: Mapping[str, Statement]
    documents: Mapping[str, Document]
    sources: Mapping[str, Sources]
    texts: Mapping[str, str]
    press: Silences


def _row(event: Event, shelf: _Shelf, disagreements: Sequence[Disagreement]) -> EventView:
    statements = [shelf.statements[statement_id] for statement_id in sorted(event.statement_ids)]
    documents = [shelf.documents[document_id] for document_id in sorted({s.document_id for s in statements})]
    time = _time(statements)
    heard = voices(statements, shelf.sources, shelf.texts)
    told = time is not None and len(heard) > 1
    return EventView(
        id=event.id,
        type=_commonest([s.type for s in statements]),
        status=_status(statements),
        time=time,
        place=_place(statements),
        actors=_parties([(s.document_id, a) for s in statements for a in s.actors]),
        targets=_parties([(s.document_id, a) for s in statements for a in s.targets]),
        killed=_count([(s.document_id, s.killed) for s in statements if s.killed]),
        injured=_count([(s.document_id, s.injured) for s in statements if s.injured]),
        statements=tuple(s.id for s in statements),
        documents=tuple(d.id for d in documents),
        outlets=tuple(sorted({d.outlet for d in documents if d.outlet})),
        independent_sources=len(heard),
        voices=heard,
        updates=updates(event, shelf.statements, shelf.documents),
        silent=shelf.press.silences(time.earliest, time.latest, (d.id for d in documents)) if told and time else (),
        disagreements=tuple(disagreements),
    )


def _commonest(values: Sequence[str]) -> str:
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value))


#: Of statuses told equally often the first stands: what some report as done is shown as reported done.
_STATUSES: tuple[Status, ...] = ("happened", "ongoing", "alleged", "denied", "planned", "hypothetical")


def _status(statements: Sequence[Statement]) -> Status:
    counted = Counter(s.status for s in statements)
    return min(_STATUSES, key=lambda status: -counted[status])


def _time(statements: Sequence[Statement]) -> EventTime | None:
    told = [(s.document_id, s.time) for s in statements if s.time]
    if not told:
        return None
    # Each position: a time and those that can be true with it. The one most documents stand behind leads.
    told.sort(key=lambda pair: (days(pair[1]), pair[1].earliest, pair[0], pair[1].evidence))
    openers: list[TimeSpan] = []
    for _, time in told:
        if all(rival_times(opener, time) for opener in openers):
            openers.append(time)
    times = []
    for opener in openers:
        fitting = [(document_id, time) for document_id, time in told if not rival_times(opener, time)]
        times.append(
            (-len({document_id for document_id, _ in fitting}), days(opener), opener.earliest, opener, fitting)
        )
    times.sort(key=lambda entry: entry[:3])
    shown = [
        EventTime(opener.earliest, opener.latest, opener.precision, opener.basis, _words(_same_time(opener, fitting)))
        for _, _, _, opener, fitting in times
    ]
    lead = shown[0]
    return EventTime(lead.earliest, lead.latest, lead.precision, lead.basis, lead.evidence, tuple(shown[1:]))


def _same_time(opener: TimeSpan, fitting: Sequence[tuple[str, TimeSpan]]) -> Iterable[tuple[str, Span]]:
    return (
        (document_id, span)
        for document_id, time in fitting
        if (time.earliest, time.latest) == (opener.earliest, opener.latest)
        for span in time.evidence
    )


def _words(pairs: Iterable[tuple[str, Span]]) -> Evidence:
    return tuple(sorted(set(pairs), key=lambda pair: (pair[0], pair[1])))


_WIDTH: Mapping[PlacePrecision, int] = {"exact": 0, "near": 1, "district": 2, "region": 3, "country": 4}


def _place(statements: Sequence[Statement]) -> EventPlace | None:
    told: dict[tuple[str, str], list[tuple[str, Place]]] = defaultdict(list)
    for s in statements:
        if s.place:
            told[(s.place.gazetteer_id or "", s.place.name)].append((s.document_id, s.place))
    if not told:
        return None
    key = min(told, key=lambda k: (_WIDTH[told[k][0][1].precision], -len({d for d, _ in told[k]}), k))
    place = told[key][0][1]
    return EventPlace(
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        kind=place.kind,
        precision=place.precision,
        country=place.country,
        admin1=place.admin1,
        gazetteer_id=place.gazetteer_id,
        evidence=_words((document_id, p.span) for document_id, p in told[key]),
    )


def _parties(told: Sequence[tuple[str, Actor]]) -> tuple[EventActor, ...]:
    """One entry a party: the same id or name is one. Those most documents name come first."""
    groups: list[list[tuple[str, Actor]]] = []
    for document_id, actor in sorted(
        told, key=lambda pair: (pair[1].actor_id or "~", pair[1].name, pair[0], pair[1].span)
    ):
        same = next((g for g in groups if actor_relation(g[0][1], actor) is Relation.SAME), None)
        if same is None:
            groups.append([(document_id, actor)])
        else:
            same.append((document_id, actor))
    groups.sort(key=lambda group: (-len({document_id for document_id, _ in group}), group[0][1].name))
    return tuple(
        EventActor(
            name=_commonest([actor.name for _, actor in group]),
            actor_id=group[0][1].actor_id,
            country=group[0][1].country,
            sector=group[0][1].sector,
            evidence=_words((document_id, actor.span) for document_id, actor in group),
        )
        for group in groups
    )


def _count(told: Sequence[tuple[str, Count]]) -> EventCount | None:
    if not told:
        return None
    known = [n for _, count in told for n in (count.minimum, count.maximum) if n is not None]
    lows = [count.minimum for _, count in told if count.minimum is not None]
    highs = [count.maximum for _, count in told if count.maximum is not None]
    maximum = max(known) if highs else None
    evidence = _words((document_id, span) for document_id, count in told for span in count.evidence)
    return EventCount(min(lows) if lows else None, maximum, evidence)
