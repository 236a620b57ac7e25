"""Events in the tables: linking everything anew, and the ``sayso/event/1`` record of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from sayso.contract import EVENT_SCHEMA, Record, copy_record, disagreement_record, span_record
from sayso.linking import EventActor, EventCount, EventPlace, EventTime, EventView, Judged, Update, Voice, link, views
from sayso.linking.references import References
from sayso.model import CodedDocument, Linked, Span, Statement
from sayso.workspace.corrections import Corrected
from sayso.workspace.queries import chunks, fold
from sayso.workspace.references import mark_record, references_here
from sayso.workspace.tables import (
    CopyRow,
    DisagreementRow,
    DocumentRow,
    EventNameRow,
    EventOutletRow,
    EventRow,
    EventStatementRow,
    NameRow,
    StatementRow,
)

_BATCH = 1000


def linked_here(corrected: Corrected) -> Linked:
    """What linking makes of the documents as people corrected them, keeping what they joined and parted."""
    return link(corrected.coded, Judged(frozenset(corrected.same), frozenset(corrected.different)))


def relink(connection: Connection, corrected: Corrected) -> int:
    """Put the events, copies and disagreements of all that is current here in place of those kept; says how many."""
    linked = linked_here(corrected)
    for table in (EventRow, NameRow, CopyRow, DisagreementRow):
        connection.execute(delete(table))
    document_numbers = _document_numbers(connection)
    texts = {one.document.id: one.document.text for one in corrected.coded}
    _put(connection, linked, corrected.coded, 0)
    _insert(
        connection,
        CopyRow,
        (
            {
                "group_id": group.id,
                "document_number": document_numbers[document_id],
                "position": position,
                "pairs": [copy_record(pair, texts) for pair in group.pairs if pair.first == document_id],
            }
            for group in linked.copies
            for position, document_id in enumerate(group.document_ids)
        ),
    )
    return len(linked.events)


def regroup(connection: Connection, corrected: Corrected, event_ids: Sequence[str]) -> None:
    """Put events of the statements of ``corrected`` alone in place of the events ``event_ids``."""
    first = connection.scalar(select(func.min(EventRow.reading_order)).where(EventRow.id.in_(event_ids)))
    connection.execute(delete(EventRow).where(EventRow.id.in_(event_ids)))
    _put(connection, linked_here(corrected), corrected.coded, first or 0)


def _document_numbers(connection: Connection) -> dict[str, int]:
    return dict(connection.execute(select(DocumentRow.id, DocumentRow.number).where(~DocumentRow.superseded)).all())


def _put(connection: Connection, linked: Linked, coded: Sequence[CodedDocument], first: int) -> None:
    """Add the events and disagreements of ``linked`` to the tables; ``first`` is where they stand in reading order."""
    document_numbers: dict[str, int] = {}
    statement_numbers: dict[str, int] = {}
    for some in chunks([one.document.id for one in coded]):
        current = (~DocumentRow.superseded, DocumentRow.id.in_(some))
        document_numbers |= dict(connection.execute(select(DocumentRow.id, DocumentRow.number).where(*current)).all())
        told = select(StatementRow.id, StatementRow.number).join(DocumentRow).where(*current)
        statement_numbers |= dict(connection.execute(told).all())
    statements = {s.id: s for one in coded for s in one.statements}
    texts = {one.document.id: one.document.text for one in coded}
    rows = list(views(linked, coded))
    order = _reading_order(rows, statements, document_numbers)
    references = references_here(connection)
    _insert(
        connection,
        EventRow,
        (_event_values(v, texts, references) | {"reading_order": first + order[v.id]} for v in rows),
    )
    _insert(
        connection,
        EventStatementRow,
        (
            {"event_id": v.id, "statement_number": statement_numbers[statement_id], "position": position}
            for v in rows
            for position, statement_id in enumerate(best_first(v, statements))
        ),
    )
    _insert(connection, EventOutletRow, ({"event_id": v.id, "outlet": name} for v in rows for name in v.outlets))
    _put_names(connection, [name for v in rows for name in _names(v, statements, texts)])
    _insert(
        connection,
        DisagreementRow,
        (
            {
                "id": one.id,
                "event_id": one.event_id,
                "document_number": document_numbers[one.document_id] if one.document_id else None,
                "field": one.field,
                "record": disagreement_record(one, texts),
            }
            for one in linked.disagreements
        ),
    )


def _reading_order(
    rows: Sequence[EventView], statements: Mapping[str, Statement], document_numbers: Mapping[str, int]
) -> dict[str, int]:
    def first_told(event: EventView) -> tuple[int, int]:
        told = (statements[statement_id] for statement_id in event.statements)
        return min((document_numbers[s.document_id], s.trigger.start) for s in told)

    return {event.id: rank for rank, event in enumerate(sorted(rows, key=first_told))}


def event_record(event: EventView, texts: Mapping[str, str], references: References | None = None) -> Record:
    """``event`` as ``sayso/event/1``; ``texts`` maps document ids to texts, so that evidence comes with its words.

    ``references`` are the rows it is held against.
    """
    return {
        "schema": EVENT_SCHEMA,
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "time": _time(event.time, texts),
        "place": _place(event.place, texts),
        "actors": [_actor(actor, texts) for actor in event.actors],
        "targets": [_actor(actor, texts) for actor in event.targets],
        "killed": _count(event.killed, texts),
        "injured": _count(event.injured, texts),
        "statements": list(event.statements),
        "documents": list(event.documents),
        "outlets": list(event.outlets),
        "independent_sources": event.independent_sources,
        "voices": [_voice(voice, texts) for voice in event.voices],
        "updates": [_update(update, texts) for update in event.updates],
        "silent": [
            {"side": one.side, "outlets": list(one.outlets), "documents": one.documents} for one in event.silent
        ],
        "references": [mark_record(mark) for mark in references.marks(event)] if references else None,
        "disagreements": [disagreement_record(one, texts) for one in event.disagreements],
    }


def best_first(event: EventView, statements: Mapping[str, Statement]) -> list[str]:
    """Ids of the event's statements, the one that can best stand for it first.

    That is the one that agrees with the event's own values in the most fields; of equals, the one with the shorter
    sentence: it is going to be quoted.
    """

    def rank(statement_id: str) -> tuple[int, int, str]:
        s = statements[statement_id]
        agreeing = (
            s.type == event.type,
            s.status == event.status,
            bool(
                s.time and event.time and (s.time.earliest, s.time.latest) == (event.time.earliest, event.time.latest)
            ),
            bool(s.place and event.place and s.place.name == event.place.name),
            bool({a.name for a in s.actors} & {a.name for a in event.actors}),
            bool({a.name for a in s.targets} & {a.name for a in event.targets}),
            s.killed is not None,
            s.injured is not None,
        )
        return -sum(agreeing), s.sentence.end - s.sentence.start, s.id

    return sorted(event.statements, key=rank)


def _words(evidence: Iterable[tuple[str, Span]], texts: Mapping[str, str]) -> list[Record]:
    return [{"document": document_id} | span_record(span, texts[document_id]) for document_id, span in evidence]


def _time(time: EventTime | None, texts: Mapping[str, str]) -> Record | None:
    if time is None:
        return None
    return {
        "earliest": time.earliest.isoformat(),
        "latest": time.latest.isoformat(),
        "precision": time.precision,
        "basis": time.basis,
        "evidence": _words(time.evidence, texts),
        "rivals": [_time(rival, texts) for rival in time.rivals],
    }


def _place(place: EventPlace | None, texts: Mapping[str, str]) -> Record | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "kind": place.kind,
        "precision": place.precision,
        "country": place.country,
        "admin1": place.admin1,
        "gazetteer_id": place.gazetteer_id,
        "evidence": _words(place.evidence, texts),
    }


def _actor(actor: EventActor, texts: Mapping[str, str]) -> Record:
    return {
        "name": actor.name,
        "actor_id": actor.actor_id,
        "country": actor.country,
        "sector": actor.sector,
        "evidence": _words(actor.evidence, texts),
    }


def _count(count: EventCount | None, texts: Mapping[str, str]) -> Record | None:
    if count is None:
        return None
    return {"minimum": count.minimum, "maximum": count.maximum, "evidence": _words(count.evidence, texts)}


def _voice(voice: Voice, texts: Mapping[str, str]) -> Record:
    return {
        "names": list(voice.names),
        "cited": voice.cited,
        "documents": list(voice.documents),
        "evidence": _words(voice.evidence, texts),
    }


def _update(update: Update, texts: Mapping[str, str]) -> Record:
    return {
        "field": update.field,
        "steps": [
            {
                "written": step.written.isoformat(),
                "value": step.value,
                "statements": list(step.statements),
                "evidence": _words(step.evidence, texts),
            }
            for step in update.steps
        ],
    }


def _event_values(event: EventView, texts: Mapping[str, str], references: References | None) -> Record:
    time, place = event.time, event.place
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "earliest": time and time.earliest,
        "latest": time and time.latest,
        "place": place and place.name,
        "country": place and place.country,
        "admin1": place and place.admin1,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "precision": place and place.precision,
        "independent_sources": event.independent_sources,
        "disputed": bool(event.disagreements),
        "record": event_record(event, texts, references),
    }


def _put_names(connection: Connection, names: Sequence[tuple[str, str, str]]) -> None:
    """Keep what events can be found by: event, role, name."""
    known = dict(connection.execute(select(NameRow.name, NameRow.number)).all())
    new = sorted({name for _, _, name in names} - known.keys())
    first = max(known.values(), default=0) + 1
    _insert(connection, NameRow, ({"number": first + at, "name": name} for at, name in enumerate(new)))
    known |= {name: first + at for at, name in enumerate(new)}
    _insert(
        connection,
        EventNameRow,
        ({"event_id": event, "role": role, "name_number": known[name]} for event, role, name in names),
    )


def _names(
    event: EventView, statements: Mapping[str, Statement], texts: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """What the event can be found by: every name any of its statements has, resolved and as written."""
    names: set[tuple[str, str]] = set()
    for statement_id in event.statements:
        statement = statements[statement_id]
        text = texts[statement.document_id]
        for role, parties in (("actor", statement.actors), ("target", statement.targets)):
            for party in parties:
                names |= {(role, party.name), (role, party.span.of(text))}
        if place := statement.place:
            names |= {("place", place.name), ("place", place.span.of(text)), ("place", place.admin1 or "")}
    folded = sorted({(role, fold(name)) for role, name in names})
    return ((event.id, role, name) for role, name in folded if name)


def _insert(connection: Connection, table: type, rows: Iterable[Record]) -> None:
    batch: list[Record] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            batch.clear()
    if batch:
        connection.execute(insert(table), batch)
