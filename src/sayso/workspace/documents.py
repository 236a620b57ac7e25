"""Documents in the tables: receiving what was read, keeping what was coded, giving both back.

Reading and coding are two steps with the database between them, so that a build that stops midway has kept every
document it had read and every one it had coded, and knows how many are left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, delete, func, insert, or_, select, update

from sayso.contract import Record, coded_document, document_record
from sayso.errors import Unreadable
from sayso.ids import sha256_hex
from sayso.model import Capture, CodedDocument, Document
from sayso.workspace import ledger, statements
from sayso.workspace.chunks import chunks
from sayso.workspace.linking_tables import WaitingRow
from sayso.workspace.tables import CaptureRow, DocumentRow

#: What coding adds to a document's record; the rest is what was read.
_CODED = ("times", "places", "actors", "attributions", "loaded", "opinions", "disagreements")
_ELSEWHERE = ("id", "capture", "text", "statements")

Receipt = Literal["new", "changed", "unchanged"]


@dataclass(slots=True)
class Run:
    """What one build has seen so far: row numbers by origin, and the inputs that came under one given id.

    ``user`` is who runs it.
    """

    user: str
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
        Unreadable: the text holds lone surrogates or NUL characters, which not every database keeps.
    """
    _refuse_unkeepable(capture.origin, document)
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
            _supersede(connection, run, known.number, known.id)
        same = _elsewhere(connection, given, digest)
    if same:
        back = same.superseded
        if back or same is not known:  # judgements follow origins
            wait_for_linking(connection, [same.number])
        if back:
            _tell(connection, run, "received", same.id, digest, capture)
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
    _tell(connection, run, "received", document_id, digest, capture)
    return ("changed" if known else "new"), document_id


def finish(connection: Connection, run: Run, origin: str) -> int:
    """Supersede what ``origin`` no longer holds; to be called when all was read. Returns how many went.

    A file that changed is first one new document and then one gone.
    """
    held = connection.execute(
        select(DocumentRow.number, DocumentRow.id).where(DocumentRow.origin == origin, ~DocumentRow.superseded)
    ).all()
    gone = [row for row in held if row.number not in run.seen.get(origin, set())]
    for row in gone:
        _supersede(connection, run, row.number, row.id)
    return len(gone)


def wait_for_linking(connection: Connection, numbers: Iterable[int]) -> None:
    """Note that the documents with these row numbers are not what events were linked from."""
    for some in chunks(sorted(set(numbers))):
        connection.execute(delete(WaitingRow).where(WaitingRow.document_number.in_(some)))
        connection.execute(insert(WaitingRow), [{"document_number": number} for number in some])


def keep(connection: Connection, coded: CodedDocument, coder: str, *, user: str) -> None:
    """Keep what ``coder`` found in a document that is here, in place of what an earlier one found.

    What people corrected is laid over it when events are linked.
    """
    record = document_record(coded)
    number = connection.scalar(
        select(DocumentRow.number).where(DocumentRow.id == coded.document.id, ~DocumentRow.superseded)
    )
    if number is None:
        raise KeyError(f"no document {coded.document.id} here")
    statements.keep(connection, number, coded.statements, record["statements"])
    coding = {key: record[key] for key in _CODED}
    connection.execute(update(DocumentRow).where(DocumentRow.number == number).values(coding=coding, coder=coder))
    wait_for_linking(connection, [number])
    digest = _digest(coding, record["statements"])
    ledger.write(
        connection, user=user, action="coded", subject=coded.document.id, detail={"coder": coder, "sha256": digest}
    )


def coding_digest(connection: Connection, number: int, coding: Record | None) -> str:
    """The digest of what the coder made of the document with this row number, as the ledger should have it."""
    return _digest(coding or {}, statements.of(connection, [number], as_made=True)[number])


def _digest(coding: Record, made: Sequence[Record]) -> str:
    # An older coder had not all that today's has.
    return ledger.digest([{key: coding[key] for key in _CODED if key in coding}, list(made)])


def take_over(connection: Connection, *, user: str) -> None:
    """Tell the ledger of documents that came before there was one."""
    rows = select(DocumentRow.number, DocumentRow.id, DocumentRow.input_sha256, DocumentRow.coding, DocumentRow.coder)
    for row in connection.execute(rows.where(~DocumentRow.superseded).order_by(DocumentRow.number)).all():
        ledger.write(connection, user=user, action="received", subject=row.id, detail={"input": row.input_sha256})
        if row.coder is not None:
            detail = {"coder": row.coder, "sha256": coding_digest(connection, row.number, row.coding)}
            ledger.write(connection, user=user, action="coded", subject=row.id, detail=detail)


def origins(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, str]:
    """Where the current documents came from, by id; all, or those of ``ids``."""
    current = select(DocumentRow.id, DocumentRow.origin).where(~DocumentRow.superseded)
    if ids is None:
        return dict(connection.execute(current).all())
    return {
        row.id: row.origin
        for some in chunks(ids)
        for row in connection.execute(current.where(DocumentRow.id.in_(some)))
    }


def original(connection: Connection, document_id: str) -> str | None:
    """The SHA-256 of what a current document was read from."""
    return connection.scalar(
        select(CaptureRow.sha256)
        .join(DocumentRow, DocumentRow.capture_number == CaptureRow.number)
        .where(DocumentRow.id == document_id, ~DocumentRow.superseded)
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


def records(
    source: Engine | Connection, ids: Sequence[str] | None = None, *, as_made: bool = False, batch: int = 200
) -> Iterator[Record]:
    """The records of current coded documents, in the order they came; all, or those of ``ids``.

    They hold what people corrected, without what they rejected; ``as_made`` gives what the coder made.
    """
    after = 0
    while True:
        wanted = [~DocumentRow.superseded, DocumentRow.coder.is_not(None), DocumentRow.number > after]
        if ids is not None:
            wanted.append(DocumentRow.id.in_(ids))
        with source.connect() if isinstance(source, Engine) else nullcontext(source) as connection:
            rows = connection.execute(_documents().where(*wanted).order_by(DocumentRow.number).limit(batch)).all()
            told = statements.of(connection, [row.number for row in rows], as_made=as_made)
        if not rows:
            return
        after = rows[-1].number
        for row in rows:
            yield _record(row, told[row.number])


def _documents() -> Select[int, str, str, Record, Record | None, str]:
    return select(
        DocumentRow.number,
        DocumentRow.id,
        DocumentRow.text,
        DocumentRow.reading,
        DocumentRow.coding,
        CaptureRow.id.label("capture"),
    ).join(CaptureRow, CaptureRow.number == DocumentRow.capture_number)


def _record(row: Row[int, str, str, Record, Record | None, str], told: list[Record]) -> Record:
    coding = {key: [] for key in _CODED} | (row.coding or {})
    own = {"id": row.id, "capture": row.capture, "text": row.text, "statements": told}
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


def _supersede(connection: Connection, run: Run, number: int, document_id: str) -> None:
    connection.execute(update(DocumentRow).where(DocumentRow.number == number).values(superseded=True))
    wait_for_linking(connection, [number])
    ledger.write(connection, user=run.user, action="superseded", subject=document_id, detail={})


def _tell(connection: Connection, run: Run, action: str, document_id: str, digest: str, capture: Capture) -> None:
    detail = {"origin": capture.origin, "original": capture.sha256, "input": digest}
    ledger.write(connection, user=run.user, action=action, subject=document_id, detail=detail)


def _refuse_unkeepable(origin: str, document: Document) -> None:
    written = (document.text, document.id, document.title or "", document.outlet or "", *document.extra.values())
    if any("\0" in text for text in written):
        raise Unreadable(origin, "holds NUL characters, which are no text; save it again as plain UTF-8")
    try:
        for text in written:
            text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(origin, f"holds half a character ({error.reason}); save it again as UTF-8") from error
