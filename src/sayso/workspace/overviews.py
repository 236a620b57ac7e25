"""A workspace from further off: its outlets, its copies, where its sources differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sayso.contract import Record
from sayso.workspace.tables import CopyRow, DisagreementRow, DocumentRow, EventStatementRow, StatementRow


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


def copy_groups(connection: Connection, document_ids: Sequence[str]) -> dict[str, str]:
    """The group of copies that each of some documents belongs to; those without copies are left out."""
    rows = connection.execute(
        select(DocumentRow.id, CopyRow.group_id)
        .join(CopyRow, CopyRow.document_number == DocumentRow.number)
        .where(DocumentRow.id.in_(document_ids))
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
