"""Events in the tables, and the ``sayso/event/1`` record of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, delete, func, select, update

from sayso.contract import EVENT_SCHEMA, Record, disagreement_record, evidence_records, whereabouts_record
from sayso.ids import sha256_hex
from sayso.linking import (
    EventActor,
    EventCount,
    EventPlace,
    EventTime,
    EventView,
    Judged,
    Silence,
    Update,
    Voice,
    views,
)
from sayso.linking.references import References
from sayso.linking.silence import Silences
from sayso.model import CodedDocument, Linked, Statement
from sayso.workspace.chunks import chunks, put
from sayso.workspace.corrections import Corrected
from sayso.workspace.queries import fold
from sayso.workspace.references import mark_record, references_here
from sayso.workspace.statements import when_and_where
from sayso.workspace.tables import (
    DisagreementRow,
    DocumentRow,
    EventNameRow,
    EventOutletRow,
    EventRow,
    EventStatementRow,
    NameRow,
    StatementRow,
)


def judged_here(corrected: Corrected) -> Judged:
    """What people joined and parted."""
    return Judged(frozenset(corrected.same), frozenset(corrected.different))


def drop_events(connection: Connection, ids: Collection[str]) -> None:
    """Take events away, and the names that nothing else is found by."""
    names: set[int] = set()
    for some in chunks(sorted(ids)):
        names.update(connection.scalars(select(EventNameRow.name_number).where(EventNameRow.event_id.in_(some))))
        connection.execute(delete(EventRow).where(EventRow.id.in_(some)))
    for chunk in chunks(sorted(names)):
        used = select(EventNameRow.name_number).where(EventNameRow.name_number.in_(chunk))
        connection.execute(delete(NameRow).where(NameRow.number.in_(chunk), NameRow.number.not_in(used)))


def put_events(
    connection: Connection, linked: Linked, coded: Sequence[CodedDocument], press: Silences | None = None
) -> None:
    """Add the events and disagreements of ``linked``; ``coded`` are the documents that tell of them.

    ``press`` tells who is silent where those are not all documents.
    """
    document_numbers: dict[str, int] = {}
    statement_numbers: dict[str, int] = {}
    for some in chunks([one.document.id for one in coded]):
        current = (~DocumentRow.superseded, DocumentRow.id.in_(some))
        document_numbers |= dict(connection.execute(select(DocumentRow.id, DocumentRow.number).where(*current)).all())
        told = select(StatementRow.id, StatementRow.number).join(DocumentRow).where(*current)
        statement_numbers |= dict(connection.execute(told).all())
    statements = {s.id: s for one in coded for s in one.statements}
    texts = {one.document.id: one.document.text for one in coded}
    rows = list(views(linked, coded, press))
    times = [v.time for v in rows if v.time]
    days = (min(t.earliest for t in times), max(t.latest for t in times)) if times else (date.min, date.min)
    references = references_here(connection, days)
    put(
        connection,
        EventRow,
        (
            _event_values(v, texts, references) | {"reading_order": _reading_order(v, statements, document_numbers)}
            for v in rows
        ),
    )
    put(
        connection,
        EventStatementRow,
        (
            {"event_id": v.id, "statement_number": statement_numbers[statement_id], "position": position}
            for v in rows
            for position, statement_id in enumerate(best_first(v, statements))
        ),
    )
    put(connection, EventOutletRow, ({"event_id": v.id, "outlet": name} for v in rows for name in v.outlets))
    _put_names(connection, [name for v in rows for name in _names(v, statements, texts)])
    put(
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


def put_silences(connection: Connection, ids: Collection[str], press: Silences) -> None:
    """Tell anew who is silent of events that stay as they are otherwise."""
    for some in chunks(sorted(ids)):
        for event_id, record in connection.execute(
            select(EventRow.id, EventRow.record).where(EventRow.id.in_(some))
        ).all():
            days = [date.fromisoformat(record["time"][end]) for end in ("earliest", "latest")]
            silent = _silent(press.silences(days[0], days[1], record["documents"]))
            if silent != record["silent"]:
                values = {"record": record | {"silent": silent}}
                connection.execute(update(EventRow).where(EventRow.id == event_id).values(**values))


def _reading_order(event: EventView, statements: Mapping[str, Statement], document_numbers: Mapping[str, int]) -> int:
    """Where an event is first told: the document, the place in it, and eight bits of the id for two at one place."""
    told = (statements[statement_id] for statement_id in event.statements)
    number, start = min((document_numbers[s.document_id], s.trigger.start) for s in told)
    return number << 30 | min(start, 2**22 - 1) << 8 | int(sha256_hex(event.id.encode())[:2], 16)


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
        "silent": _silent(event.silent),
        "references": [mark_record(mark) for mark in references.marks(event)] if references else None,
        "disagreements": [disagreement_record(one, texts) for one in event.disagreements],
    }


def _silent(silent: Iterable[Silence]) -> list[Record]:
    return [{"side": one.side, "outlets": list(one.outlets), "documents": one.documents} for one in silent]


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


def _time(time: EventTime | None, texts: Mapping[str, str]) -> Record | None:
    if time is None:
        return None
    return {
        "earliest": time.earliest.isoformat(),
        "latest": time.latest.isoformat(),
        "precision": time.precision,
        "basis": time.basis,
        "evidence": evidence_records(time.evidence, texts),
        "rivals": [_time(rival, texts) for rival in time.rivals],
    }


def _place(place: EventPlace | None, texts: Mapping[str, str]) -> Record | None:
    return whereabouts_record(place) | {"evidence": evidence_records(place.evidence, texts)} if place else None


def _actor(actor: EventActor, texts: Mapping[str, str]) -> Record:
    return {
        "name": actor.name,
        "actor_id": actor.actor_id,
        "country": actor.country,
        "sector": actor.sector,
        "evidence": evidence_records(actor.evidence, texts),
    }


def _count(count: EventCount | None, texts: Mapping[str, str]) -> Record | None:
    if count is None:
        return None
    return {"minimum": count.minimum, "maximum": count.maximum, "evidence": evidence_records(count.evidence, texts)}


def _voice(voice: Voice, texts: Mapping[str, str]) -> Record:
    return {
        "names": list(voice.names),
        "cited": voice.cited,
        "documents": list(voice.documents),
        "evidence": evidence_records(voice.evidence, texts),
    }


def _update(update: Update, texts: Mapping[str, str]) -> Record:
    return {
        "field": update.field,
        "steps": [
            {
                "written": step.written.isoformat(),
                "value": step.value,
                "statements": list(step.statements),
                "evidence": evidence_records(step.evidence, texts),
            }
            for step in update.steps
        ],
    }


def _event_values(event: EventView, texts: Mapping[str, str], references: References | None) -> Record:
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        **when_and_where(event.time, event.place),
        "precision": event.place and event.place.precision,
        "independent_sources": event.independent_sources,
        "disputed": bool(event.disagreements),
        "record": event_record(event, texts, references),
    }


def _put_names(connection: Connection, names: Sequence[tuple[str, str, str]]) -> None:
    """Keep what events can be found by: event, role, name."""
    wanted = sorted({name for _, _, name in names})
    known: dict[str, int] = {}
    for some in chunks(wanted):
        known |= dict(connection.execute(select(NameRow.name, NameRow.number).where(NameRow.name.in_(some))).all())
    first = (connection.scalar(select(func.max(NameRow.number))) or 0) + 1
    new = [name for name in wanted if name not in known]
    put(connection, NameRow, ({"number": first + at, "name": name} for at, name in enumerate(new)))
    known |= {name: first + at for at, name in enumerate(new)}
    put(
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
