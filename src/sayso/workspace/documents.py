"""Documents in the tables: receiving what was read, keeping what was coded, giving both back.

Reading and coding are two steps with the database between them, so that a build that stops midway has kept every
document it had read and every one it had coded, and knows how many are left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, delete, func, insert, or_, select, update

from sayso.contract import Record, coded_document, document_record
from sayso.errors import Unreadable
from sayso.ids import sha256_hex
from sayso.model import Capture, CodedDocument, Document, Statement
from sayso.workspace.tables import CaptureRow, DocumentRow, StatementRow

#: What coding adds to a document's record; the rest is what was read.
_CODED = ("times", "places", "actors", "attributions", "loaded", "disagreements")
_ELSEWHERE = ("id", "capture", "text", "statements")

Receipt = Literal["new", "changed", "unchanged"]


@dataclass(slots=True)
class Run:
    """What one build has seen so far: row numbers by origin, and the inputs that came under one given id."""

    seen: dict[str, set[int]] = field(default_factory=dict)
    inputs: dict[tuple[str, str], set[str]] = field(default_factory=dict)


def empty(document: Document) -> CodedDocument:
    """``document`` before anything was found in it."""
    return CodedDocument(document, (), (), (), (), (), ())


def _reading(document: Document) -> Record:
    record = document_record(empty(document))
    return {key: value for key, value in record.items() if key not in _CODED and key not in _ELSEWHERE}


def input_sha256(document: Document) -> str:
    """SHA-256 over all that was read of ``document``, whatever its id and capture are called."""
    canonical = json.dumps([document.text, _reading(document)], sort_keys=True, ensure_ascii=True)
    return sha256_hex(canonical.encode("ascii"))


def receive(connection: Connection, run: Run, capture: Capture, document: Document) -> tuple[Receipt, str]:
    """Keep what was read; returns what became of it and the id the document has here.

    A document known under this origin and given id is unchanged where its input is the same, and superseded where it
    is not. The same input under the same id from another origin is the same document, moved (rows of a table that
    shift). An id that another origin's other document bears is qualified by eight digits of the origin's SHA-256, one
    that a row of the same capture bears by eight of its own input's.

    Raises:
        Unreadable: the text holds lone surrogates, which no database keeps.
    """
    _refuse_surrogates(capture.origin, document)
    capture_number = _capture(connection, capture)
    digest = input_sha256(document)
    given = document.id
    inputs = run.inputs.setdefault((capture.origin, given), set())
    if inputs and digest not in inputs:
        given = f"{given}~{digest[:8]}"
    inputs.add(digest)
    seen = run.seen.setdefault(capture.origin, set())

    row = select(DocumentRow.number, DocumentRow.id, DocumentRow.input_sha256, DocumentRow.superseded)
    known = connection.execute(
        row.where(DocumentRow.origin == capture.origin, DocumentRow.given_id == given, ~DocumentRow.superseded)
    ).one_or_none()
    if known and known.input_sha256 == digest:
        same: Row[int, str, str, bool] | None = known
    else:
        if known:
            connection.execute(update(DocumentRow).where(DocumentRow.number == known.number).values(superseded=True))
        same = _elsewhere(connection, given, digest)
    if same:
        back = same.superseded
        values = {"capture_number": capture_number, "origin": capture.origin, "superseded": False}
        connection.execute(update(DocumentRow).where(DocumentRow.number == same.number).values(**values))
        seen.add(same.number)
        return ("changed" if back else "unchanged"), same.id
    document_id = known.id if known else _free_id(connection, given, capture.origin, digest)
    number = connection.execute(
        insert(DocumentRow).values(
            id=document_id,
            given_id=given,
            capture_number=capture_number,
            origin=capture.origin,
            input_sha256=digest,
            superseded=False,
            title=document.title,
            outlet=document.outlet,
            text=document.text,
            reading=_reading(document),
            coding=None,
            coder=None,
        )
    ).inserted_primary_key[0]  # type: ignore[index]
    seen.add(number)
    return ("changed" if known else "new"), document_id


def finish(connection: Connection, run: Run, origin: str) -> int:
    """Supersede what ``origin`` no longer holds; to be called when all was read. Returns how many went.

    A file that changed is first one new document and then one gone.
    """
    gone = [
        number
        for number in connection.scalars(
            select(DocumentRow.number).where(DocumentRow.origin == origin, ~DocumentRow.superseded)
        )
        if number not in run.seen.get(origin, set())
    ]
    for number in gone:
        connection.execute(update(DocumentRow).where(DocumentRow.number == number).values(superseded=True))
    return len(gone)


def keep(connection: Connection, coded: CodedDocument, coder: str) -> None:
    """Keep what ``coder`` found in a document that is here, in place of what an earlier one found."""
    record = document_record(coded)
    number = connection.scalar(
        select(DocumentRow.number).where(DocumentRow.id == coded.document.id, ~DocumentRow.superseded)
    )
    if number is None:
        raise KeyError(f"no document {coded.document.id} here")
    connection.execute(delete(StatementRow).where(StatementRow.document_number == number))
    rows = [
        _statement_values(statement, kept, position) | {"document_number": number}
        for position, (statement, kept) in enumerate(zip(coded.statements, record["statements"], strict=True))
    ]
    if rows:
        connection.execute(insert(StatementRow), rows)
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.number == number)
        .values(coding={key: record[key] for key in _CODED}, coder=coder)
    )


def waiting(connection: Connection, coder: str) -> int:
    """How many current documents ``coder`` has not coded."""
    return connection.scalar(select(func.count()).select_from(DocumentRow).where(*_waits(coder))) or 0


def coders(connection: Connection) -> set[str]:
    """Versions of the coders that coded what is current."""
    found = connection.scalars(select(DocumentRow.coder).where(~DocumentRow.superseded).distinct())
    return {coder for coder in found if coder is not None}


def uncoded(engine: Engine, coder: str, batch: int = 50) -> Iterator[Document]:
    """The current documents that ``coder`` has not coded, oldest first, a batch in memory at a time."""
    after = 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(
                _documents().where(*_waits(coder), DocumentRow.number > after).order_by(DocumentRow.number).limit(batch)
            ).all()
        if not rows:
            return
        after = rows[-1].number
        for row in rows:
            yield coded_document(_record(row, [])).document


def records(engine: Engine, ids: Sequence[str] | None = None, batch: int = 200) -> Iterator[Record]:
    """The records of current coded documents as they are kept, in the order they came; all, or those of ``ids``."""
    after = 0
    while True:
        wanted = [~DocumentRow.superseded, DocumentRow.coder.is_not(None), DocumentRow.number > after]
        if ids is not None:
            wanted.append(DocumentRow.id.in_(ids))
        with engine.connect() as connection:
            rows = connection.execute(_documents().where(*wanted).order_by(DocumentRow.number).limit(batch)).all()
            statements: dict[int, list[Record]] = {row.number: [] for row in rows}
            for number, record in connection.execute(
                select(StatementRow.document_number, StatementRow.record)
                .where(StatementRow.document_number.in_(statements))
                .order_by(StatementRow.document_number, StatementRow.position)
            ):
                statements[number].append(record)
        if not rows:
            return
        after = rows[-1].number
        for row in rows:
            yield _record(row, statements[row.number])


def coded_documents(records: Iterable[Record]) -> Iterator[CodedDocument]:
    """The coded documents that ``records`` hold."""
    return (coded_document(record) for record in records)


def _documents() -> Select[int, str, str, Record, Record | None, str]:
    return select(
        DocumentRow.number,
        DocumentRow.id,
        DocumentRow.text,
        DocumentRow.reading,
        DocumentRow.coding,
        CaptureRow.id.label("capture"),
    ).join(CaptureRow, CaptureRow.number == DocumentRow.capture_number)


def _record(row: Row[int, str, str, Record, Record | None, str], statements: list[Record]) -> Record:
    coding = row.coding if row.coding is not None else {key: [] for key in _CODED}
    own = {"id": row.id, "capture": row.capture, "text": row.text, "statements": statements}
    return {**row.reading, **coding, **own}


def _waits(coder: str) -> tuple[ColumnElement[bool], ...]:
    return ~DocumentRow.superseded, or_(DocumentRow.coder.is_(None), DocumentRow.coder != coder)


def _capture(connection: Connection, capture: Capture) -> int:
    """The row number of ``capture``, which becomes the latest of its origin."""
    known = connection.execute(
        select(CaptureRow.number, CaptureRow.latest).where(
            CaptureRow.id == capture.id, CaptureRow.origin == capture.origin
        )
    ).one_or_none()
    if known and known.latest:
        return int(known.number)
    connection.execute(update(CaptureRow).where(CaptureRow.origin == capture.origin).values(latest=False))
    if known:
        connection.execute(update(CaptureRow).where(CaptureRow.number == known.number).values(latest=True))
        return int(known.number)
    values = {
        "id": capture.id,
        "origin": capture.origin,
        "retrieved_at": capture.retrieved_at.replace(tzinfo=None),
        "media_type": capture.media_type,
        "sha256": capture.sha256,
        "size": len(capture.bytes),
        "latest": True,
    }
    return int(connection.execute(insert(CaptureRow).values(**values)).inserted_primary_key[0])  # type: ignore[index]


def _elsewhere(connection: Connection, given: str, digest: str) -> Row[int, str, str, bool] | None:
    """The very same input under the same id: of another origin, or superseded and now back (if its id is free)."""
    row = connection.execute(
        select(DocumentRow.number, DocumentRow.id, DocumentRow.input_sha256, DocumentRow.superseded)
        .where(DocumentRow.given_id == given, DocumentRow.input_sha256 == digest)
        .order_by(DocumentRow.superseded, DocumentRow.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row and row.superseded and _taken(connection, row.id) else row


def _free_id(connection: Connection, given: str, origin: str, digest: str) -> str:
    qualified = f"{given}~{sha256_hex(origin.encode('utf-8', 'surrogatepass'))[:8]}"
    for candidate in (given, qualified, f"{qualified}~{digest[:8]}"):
        if not _taken(connection, candidate):
            return candidate
    raise KeyError(f"no free id for {given} of {origin}")


def _taken(connection: Connection, document_id: str) -> bool:
    bearer = select(DocumentRow.number).where(DocumentRow.id == document_id, ~DocumentRow.superseded)
    return connection.scalar(bearer) is not None


def _statement_values(statement: Statement, record: Record, position: int) -> Record:
    time, place = statement.time, statement.place
    return {
        "id": statement.id,
        "position": position,
        "type": statement.type,
        "status": statement.status,
        "earliest": time and time.earliest,
        "latest": time and time.latest,
        "place": place and place.name,
        "country": place and place.country,
        "admin1": place and place.admin1,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "record": record,
    }


def _refuse_surrogates(origin: str, document: Document) -> None:
    try:
        for text in (document.text, document.id, document.title or "", document.outlet or ""):
            text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(origin, f"holds half a character ({error.reason}); save it again as UTF-8") from error


def replace_id(document: Document, document_id: str) -> Document:
    """``document`` under the id it has here."""
    return document if document.id == document_id else replace(document, id=document_id)
