"""A workspace from further off: its outlets, its copies, where its sources differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sayso.contract import Record
from sayso.workspace.tables import CopyRow, DisagreementRow, DocumentRow, EventRow, EventStatementRow, StatementRow


@dataclass(frozen=True, slots=True)
class Label:
    """What a document is called. ``written`` is the day or the period it was written in, as in its record."""

    title: str | None
    outlet: str | None
    origin: str
    written: Record | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many documents, statements and events an outlet has a part in; None is the documents without an outlet."""

    outlet: str | None
    documents: int
    statements: int
    events: int


@dataclass(frozen=True, slots=True)
class Silence:
    """A side (a state or a party), its ``outlets`` here, on how many ``events`` of others they are silent, and some."""

    side: str
    outlets: list[str]
    events: int
    examples: list[Record]


def labels(connection: Connection, document_ids: Sequence[str]) -> dict[str, Label]:
    """What some current documents are called, by id."""
    rows = connection.execute(
        select(DocumentRow.id, DocumentRow.title, DocumentRow.outlet, DocumentRow.origin, DocumentRow.reading).where(
            DocumentRow.id.in_(document_ids), ~DocumentRow.superseded
        )
    )
    return {row.id: Label(row.title, row.outlet, row.origin, row.reading["written"]) for row in rows}


def shares(connection: Connection) -> list[Share]:
    """Every outlet's part; the outlet with the most documents first."""
    told = {
        outlet: (statements, events)
        for outlet, statements, events in connection.execute(
            select(DocumentRow.outlet, func.count(), func.count(EventStatementRow.event_id.distinct()))
            .join(StatementRow, StatementRow.document_number == DocumentRow.number)
            .join(EventStatementRow, EventStatementRow.statement_number == StatementRow.number)
            .where(~DocumentRow.superseded)
            .group_by(DocumentRow.outlet)
        )
    }
    number = func.count()
    documents = connection.execute(
        select(DocumentRow.outlet, number)
        .where(~DocumentRow.superseded)
        .group_by(DocumentRow.outlet)
        .order_by(number.desc(), DocumentRow.outlet)
    )
    return [Share(outlet, count, *told.get(outlet, (0, 0))) for outlet, count in documents]


def silences(connection: Connection, examples: int = 10) -> list[Silence]:
    """What each side's outlets do not tell of, though they wrote in those days; the side silent on most events first.

    ``examples`` are the newest of the events. That an outlet is silent is an observation; why, nobody can tell from it.
    """
    silent: dict[str, list[Record]] = defaultdict(list)
    outlets: dict[str, set[str]] = defaultdict(set)
    # Silence is looked for where two voices speak.
    query = select(EventRow.record).where(EventRow.independent_sources > 1)
    for record in connection.scalars(query.order_by(EventRow.earliest.desc(), EventRow.id)):
        for one in record["silent"]:
            silent[one["side"]].append(record)
            outlets[one["side"]].update(one["outlets"])
    found = [Silence(side, sorted(outlets[side]), len(told), told[:examples]) for side, told in silent.items()]
    return sorted(found, key=lambda one: (-one.events, one.side))


def copies(connection: Connection, limit: int, offset: int = 0) -> tuple[int, list[list[str]]]:
    """How many groups of copies there are, and ids of the documents of some, group by group, first printed first."""
    total = connection.scalar(select(func.count(CopyRow.group_id.distinct()))) or 0
    some = select(CopyRow.group_id).distinct().order_by(CopyRow.group_id).limit(limit).offset(offset)
    groups: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(CopyRow.group_id, DocumentRow.id)
        .join(DocumentRow, DocumentRow.number == CopyRow.document_number)
        .where(CopyRow.group_id.in_(some))
        .order_by(CopyRow.group_id, CopyRow.position)
    )
    for group, document in rows:
        groups[group].append(document)
    return total, list(groups.values())


def copy_groups(connection: Connection, document_ids: Sequence[str]) -> dict[str, str]:
    """The group of copies that each of some documents belongs to; those without copies are left out."""
    rows = connection.execute(
        select(DocumentRow.id, CopyRow.group_id)
        .join(CopyRow, CopyRow.document_number == DocumentRow.number)
        .where(DocumentRow.id.in_(document_ids), ~DocumentRow.superseded)
    )
    return {row.id: row.group_id for row in rows}


def copies_of(connection: Connection, document_id: str) -> list[str]:
    """Ids of the other documents of the group of copies that a document belongs to."""
    group = copy_groups(connection, [document_id]).get(document_id)
    found = connection.scalars(
        select(DocumentRow.id)
        .join(CopyRow, CopyRow.document_number == DocumentRow.number)
        .where(CopyRow.group_id == group, DocumentRow.id != document_id)
        .order_by(CopyRow.position)
    )
    return list(found)


def disagreement_fields(connection: Connection) -> list[tuple[str, int]]:
    """Which fields sources differ on, and how often; the most frequent first."""
    number = func.count()
    rows = connection.execute(
        select(DisagreementRow.field, number)
        .group_by(DisagreementRow.field)
        .order_by(number.desc(), DisagreementRow.field)
    )
    return [(field, count) for field, count in rows]


def disagreements(connection: Connection, field: str | None, limit: int, offset: int = 0) -> list[Record]:
    """Records of the disagreements on ``field``, or on any, by id."""
    query = select(DisagreementRow.record).order_by(DisagreementRow.id)
    if field is not None:
        query = query.where(DisagreementRow.field == field)
    return list(connection.scalars(query.limit(limit).offset(offset)))


def lot(connection: Connection, number: int) -> list[str]:
    """Ids of ``number`` current, coded documents drawn by lot, or of all where there are fewer."""
    wanted = (~DocumentRow.superseded, DocumentRow.coder.is_not(None))
    return list(connection.scalars(select(DocumentRow.id).where(*wanted).order_by(func.random()).limit(number)))
