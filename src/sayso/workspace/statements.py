"""Statements in the tables: those the coder made of a document, and what people judged of them laid over.

A statement that people changed keeps beside it what the coder had made (``StatementRow.machine``), so that what was
laid over can be taken off again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from sayso.contract import Record, parse_statement, statement_record
from sayso.linking import EventTime
from sayso.model import Statement, TimeSpan, Whereabouts
from sayso.workspace.corrections import Review
from sayso.workspace.tables import DocumentRow, StatementRow

#: Statements that are read: all but what people rejected.
READ = or_(StatementRow.review.is_(None), StatementRow.review != "rejected")
#: Statements that people added.
_ADDED = StatementRow.record["coder"].as_string().startswith("person ")
#: Statements over which judgements are laid.
_LAID_OVER = or_(StatementRow.review.is_not(None), StatementRow.judgements.is_not(None))


def keep(connection: Connection, number: int, statements: Sequence[Statement], records: Sequence[Record]) -> None:
    """Put what a coder made of the document with this row number in place of all statements it had."""
    connection.execute(delete(StatementRow).where(StatementRow.document_number == number))
    rows = [
        _values(statement, record, position) | {"document_number": number}
        for position, (statement, record) in enumerate(zip(statements, records, strict=True))
    ]
    if rows:
        connection.execute(insert(StatementRow), rows)


def of(connection: Connection, numbers: Collection[int], *, as_made: bool = False) -> dict[int, list[Record]]:
    """The records of the statements of documents by their row numbers, those of each in their order.

    They are what people corrected, without what they rejected; ``as_made``: what the coder made.
    """
    found: dict[int, list[Record]] = {number: [] for number in numbers}
    rows = connection.execute(
        select(StatementRow.document_number, StatementRow.record, StatementRow.machine)
        .where(StatementRow.document_number.in_(numbers), ~_ADDED if as_made else READ)
        .order_by(StatementRow.document_number, StatementRow.position)
    )
    for number, record, made in rows:
        found[number].append((made or record) if as_made else record)
    if not as_made:  # what people added stands last in the table
        for records in found.values():
            records.sort(key=lambda s: (s["trigger"]["start"], s["id"]))
    return found


def judged(connection: Connection) -> set[str]:
    """Ids of the current documents over which judgements are laid."""
    return set(
        connection.scalars(
            select(DocumentRow.id)
            .join(StatementRow, StatementRow.document_number == DocumentRow.number)
            .where(~DocumentRow.superseded, _LAID_OVER)
        )
    )


def put_reviews(connection: Connection, document_ids: Iterable[str], reviews: Mapping[str, Sequence[Review]]) -> None:
    """Lay the judged statements of these documents over their rows, in place of what was laid over them before."""
    for document_id in document_ids:
        laid_over = reviews.get(document_id, ())
        number, text = connection.execute(
            select(DocumentRow.number, DocumentRow.text).where(DocumentRow.id == document_id, ~DocumentRow.superseded)
        ).one()
        _take_off(connection, number, [one.statement.id for one in laid_over if one.machine is None])
        last = connection.scalar(select(func.max(StatementRow.position)).where(StatementRow.document_number == number))
        for one in laid_over:
            record = statement_record(one.statement, text)
            laid: Record = {"review": one.state, "judgements": list(one.judgement_ids)}
            if one.machine is not None:
                made = statement_record(one.machine, text)
                laid["machine"] = made if made != record else None
            mine = (StatementRow.document_number == number, StatementRow.id == one.statement.id)
            position = connection.scalar(select(StatementRow.position).where(*mine))
            if position is None:
                last = position = (last or 0) + 1
                values = _values(one.statement, record, position) | laid
                connection.execute(insert(StatementRow).values(document_number=number, **values))
            else:
                values = _values(one.statement, record, position) | laid
                connection.execute(update(StatementRow).where(*mine).values(**values))


def _take_off(connection: Connection, number: int, added: Sequence[str]) -> None:
    """Make the statements of a document what the coder made them; of those people added, ``added`` stay.

    A row that stays must stay the same row: events name it by its number.
    """
    connection.execute(
        delete(StatementRow).where(StatementRow.document_number == number, _ADDED, StatementRow.id.not_in(added))
    )
    rows = connection.execute(
        select(StatementRow.number, StatementRow.position, StatementRow.record, StatementRow.machine).where(
            StatementRow.document_number == number, _LAID_OVER, ~_ADDED
        )
    ).all()
    for row in rows:
        made = row.machine or row.record
        values = _values(parse_statement(made, ""), made, row.position)
        connection.execute(update(StatementRow).where(StatementRow.number == row.number).values(**values))


def when_and_where(time: TimeSpan | EventTime | None, place: Whereabouts | None) -> Record:
    """The columns by which a statement, or an event, is found in time and space."""
    return {
        "earliest": time and time.earliest,
        "latest": time and time.latest,
        "place": place and place.name,
        "country": place and place.country,
        "admin1": place and place.admin1,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
    }


def _values(statement: Statement, record: Record, position: int) -> Record:
    return {
        "id": statement.id,
        "position": position,
        "type": statement.type,
        "status": statement.status,
        **when_and_where(statement.time, statement.place),
        "record": record,
        "machine": None,
        "review": None,
        "judgements": None,
    }
