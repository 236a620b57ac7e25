"""Proving a workspace: everything that must hold of it, and by name whatever does not.

The checks read the tables as they are, not through the functions that wrote them, so that a change made behind our
back is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from sayso.contract import Record, coded_document, copy_record, disagreement_record, document_record
from sayso.ids import content_id, sha256_hex
from sayso.linking import link, views
from sayso.model import CodedDocument, Document
from sayso.workspace import documents, judgements, judging, ledger, statements
from sayso.workspace.chunks import chunks
from sayso.workspace.events import event_record, judged_here
from sayso.workspace.references import references_here
from sayso.workspace.store import Workspace
from sayso.workspace.tables import (
    CaptureRow,
    CopyRow,
    DisagreementRow,
    DocumentRow,
    EventRow,
    EventStatementRow,
    JudgementRow,
    StatementRow,
    WithdrawalRow,
)

#: So many documents are coded again at a time.
_RECODED = 100
Code = Callable[[Document], CodedDocument]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: which check, of what (an id, a path), and what is wrong."""

    check: str
    subject: str
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that is done: its name and how many things it looked at."""

    check: str
    number: int


def check(workspace: Workspace, code: Code | None = None, sample: int | None = None) -> Iterator[Finding | Checked]:
    """Prove ``workspace``; each check ends with a ``Checked``.

    With ``code``, documents are coded again and must come out the same: all of them, or ``sample`` spread evenly.
    """
    for name, proof in (
        ("database", _database),
        ("ledger", _ledger),
        ("originals", _originals),
        ("spans", _spans),
        ("segments", _segments),
        ("ids", _ids),
        ("events", _events),
        ("linking", _linking),
    ):
        yield from _counted(name, proof(workspace))
    if code:
        yield from _counted("recoding", _recoding(workspace, code, sample))


#: What a proof yields: None for a thing that holds, else what is wrong with which.
_Verdicts = Iterator[tuple[str, str] | None]


def _counted(name: str, verdicts: _Verdicts) -> Iterator[Finding | Checked]:
    number = 0
    for verdict in verdicts:
        number += 1
        if verdict:
            yield Finding(name, *verdict)
    yield Checked(name, number)


def _database(workspace: Workspace) -> _Verdicts:
    """The database's own checks: the file, the foreign keys, the full-text index."""
    with workspace.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # PostgreSQL proves its files and keys itself, all the time.
            for number in connection.scalars(text("SELECT number FROM documents WHERE words IS NULL")):
                yield f"document row {number}", "is not in the search index"
            yield None
            return
        for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            yield None if problem == "ok" else ("workspace.db", problem)
        yield None
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} row {row}", f"refers to a row of {parent} that is not there"
        try:
            connection.exec_driver_sql("INSERT INTO document_words(document_words, rank) VALUES ('integrity-check', 1)")
            yield None
        except DatabaseError:
            yield "document_words", "the search index does not match the documents"
        connection.rollback()


def _ledger(workspace: Workspace) -> _Verdicts:
    """Every entry follows from the one before, and what the newest entry about a thing says was written is there."""
    with workspace.engine.connect() as connection:
        for number, problem in ledger.broken(connection):
            yield f"ledger entry {number}", problem
        newest: dict[tuple[str, str], Record] = {}
        for entry in ledger.entries(connection):
            newest[entry.action, entry.subject] = entry.detail
            yield None
        current = connection.execute(
            select(
                DocumentRow.number, DocumentRow.id, DocumentRow.input_sha256, DocumentRow.coding, DocumentRow.coder
            ).where(~DocumentRow.superseded)
        ).all()
        for row in current:
            if newest.get(("received", row.id), {}).get("input") != row.input_sha256:
                yield row.id, "is not what the ledger says was received"
            if row.coder is not None:
                told = newest.get(("coded", row.id), {})
                kept = documents.coding_digest(connection, row.number, row.coding)
                if (told.get("coder"), told.get("sha256")) != (row.coder, kept):
                    yield row.id, "is not what the ledger says was coded"
            yield None
        judged = {row.id: row for row in connection.execute(select(JudgementRow))}
        for action, subject in newest:
            if action == "judged" and subject not in judged:
                yield subject, "was judged, as the ledger says, and is gone"
        for id_, one in judged.items():
            if newest.get(("judged", id_), {}).get("sha256") != judgements.row_digest(id_, one._asdict()):
                yield id_, "is not what the ledger says was judged"
            yield None
        withdrawn = set(connection.scalars(select(WithdrawalRow.judgement_id)))
        for id_ in sorted(withdrawn ^ {subject for action, subject in newest if action == "withdrew"}):
            yield id_, "was taken back and the ledger does not know it, or the other way round"


def _originals(workspace: Workspace) -> _Verdicts:
    """Every capture has its original, whose bytes are those of its SHA-256, and an id that derives from both."""
    known: dict[str, bool] = {}
    with workspace.engine.connect() as connection:
        captures = connection.execute(select(CaptureRow.id, CaptureRow.origin, CaptureRow.sha256)).all()
    for capture in captures:
        if capture.sha256 not in known:
            data = workspace.originals.read(capture.sha256)
            known[capture.sha256] = data is not None and sha256_hex(data) == capture.sha256
            if data is None:
                yield capture.origin, f"its original {capture.sha256} is missing"
            elif not known[capture.sha256]:
                yield capture.origin, f"its original {capture.sha256} has other bytes"
        # Reading derives a capture's id from the last part of its origin; where that begins a "/" cannot tell for sure.
        names = [capture.origin[at:] for at in range(len(capture.origin)) if at == 0 or capture.origin[at - 1] == "/"]
        if not any(content_id("cap", name, capture.sha256) == capture.id for name in names):
            yield capture.id, f"does not derive from its origin {capture.origin} and its sha256"
        yield None


def _spans(workspace: Workspace) -> _Verdicts:
    """Every span kept with its words slices back to them; every span lies inside its text."""
    for record in workspace.records():
        texts = {record["id"]: record["text"]}
        for span in _all_spans(record):
            yield _span_verdict(span, texts, record["id"])
    for some in chunks(workspace.events()):
        spans = [(event["id"], span) for event in some for span in _all_spans(event)]
        # Not those of the events' documents: a rival order is told in another event's.
        wanted = sorted({str(span.get("document", id_)) for id_, span in spans})
        texts = {record["id"]: record["text"] for record in workspace.records(wanted)}
        for id_, span in spans:
            yield _span_verdict(span, texts, id_)


def _span_verdict(span: Record, texts: Mapping[str, str], subject: str) -> tuple[str, str] | None:
    text = texts.get(span.get("document", subject))
    if text is None:
        return subject, f"a span points into {span.get('document', subject)}, which is not here"
    start, end = span["start"], span["end"]
    if not 0 <= start < end <= len(text):
        return subject, f"the span {start}..{end} lies outside its text"
    if "text" in span and text[start:end] != span["text"]:
        return (
            subject,
            f"the span {start}..{end} is kept as {span['text'][:40]!r}, its text says {text[start:end][:40]!r}",
        )
    return None


def _all_spans(value: object) -> Iterator[Record]:
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value
        yield from chain.from_iterable(_all_spans(inner) for key, inner in value.items() if key != "extra")
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_all_spans, value))


def _segments(workspace: Workspace) -> _Verdicts:
    """Segments are in order, do not overlap, and leave no word of the text out."""
    for record in workspace.records():
        text, at = record["text"], 0
        problem = None
        for segment in record["segments"]:
            if segment["start"] < at:
                problem = f"the segment at {segment['start']} overlaps the one before it"
                break
            if text[at : segment["start"]].strip():
                problem = f"the words at {at}..{segment['start']} are in no segment"
                break
            at = segment["end"]
        if problem is None and text[at:].strip():
            problem = f"the words from {at} on are in no segment"
        yield (record["id"], problem) if problem else None


def _ids(workspace: Workspace) -> _Verdicts:
    """Ids and hashes come out the same when worked out again; columns say what the records say."""
    with workspace.engine.connect() as connection:
        known = {
            row.id: row
            for row in connection.execute(
                select(DocumentRow.id, DocumentRow.input_sha256, DocumentRow.title, DocumentRow.outlet).where(
                    ~DocumentRow.superseded
                )
            )
        }
        columns = {
            row.id: row
            for row in connection.execute(
                select(
                    StatementRow.id, StatementRow.type, StatementRow.status, StatementRow.place, StatementRow.machine
                )
                .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
                .where(~DocumentRow.superseded)
            )
        }
    for record in workspace.records():
        coded = coded_document(record)
        row = known[record["id"]]
        if documents.input_sha256(coded.document) != row.input_sha256:
            yield record["id"], "what is kept of its reading is not what was read (its input sha256 differs)"
        if (row.title, row.outlet) != (coded.document.title, coded.document.outlet):
            yield record["id"], "its columns do not say what its record says"
        if document_record(coded) != {key: record[key] for key in document_record(coded)}:
            yield record["id"], "its record does not survive being read and written again"
        for s in coded.statements:
            column = columns.get(s.id)
            # A corrected statement keeps the id that it was made with.
            made = column.machine["type"] if column is not None and column.machine else s.type
            derived = content_id("stm", coded.document.id, s.trigger.start, s.trigger.end, made)
            if s.id != derived:
                yield s.id, f"derives as {derived}"
            if column is None or (column.type, column.status, column.place) != (
                s.type,
                s.status,
                s.place and s.place.name,
            ):
                yield s.id, "its columns do not say what its record says"
            yield None
        yield None


def _events(workspace: Workspace) -> _Verdicts:
    """Every current statement is in exactly one event, and nothing waits to be coded or linked."""
    figures = workspace.figures()
    if figures.waiting:
        yield "workspace", f"{figures.waiting} documents wait to be coded; run sayso build again"
    if figures.stale:
        yield "workspace", "documents or judgements came since events were linked; run sayso build again"
        return
    with workspace.engine.connect() as connection:
        for statement, number in connection.execute(
            select(StatementRow.id, func.count(EventStatementRow.event_id))
            .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
            .outerjoin(EventStatementRow, EventStatementRow.statement_number == StatementRow.number)
            .where(~DocumentRow.superseded, statements.READ)
            .group_by(StatementRow.number, StatementRow.id)
        ):
            yield None if number == 1 else (statement, f"is in {number} events")
        listed = dict(
            connection.execute(
                select(EventStatementRow.event_id, func.count()).group_by(EventStatementRow.event_id)
            ).all()
        )
    for event in workspace.events():
        if listed.get(event["id"], 0) != len(event["statements"]):
            yield event["id"], "its record lists other statements than it has"
        yield None


def _linking(workspace: Workspace) -> _Verdicts:
    """Linking the kept statements anew gives the kept events, copies and disagreements."""
    if workspace.figures().stale:
        return
    with workspace.transaction() as connection:
        corrected = judging.corrected(connection)
    coded, linked = corrected.coded, link(corrected.coded, judged_here(corrected))
    texts = {one.document.id: one.document.text for one in coded}
    with workspace.engine.connect() as connection:
        references = references_here(connection)
        yield from _same(
            {v.id: event_record(v, texts, references) for v in views(linked, coded)}, _kept(connection, EventRow)
        )
        yield from _same(
            {d.id: disagreement_record(d, texts) for d in linked.disagreements}, _kept(connection, DisagreementRow)
        )
        copies = {
            (group, document): (position, pairs)
            for group, document, position, pairs in connection.execute(
                select(CopyRow.group_id, DocumentRow.id, CopyRow.position, CopyRow.pairs).join(
                    DocumentRow, DocumentRow.number == CopyRow.document_number
                )
            )
        }
    yield from _same(
        {
            f"{group.id} {document}": (position, [copy_record(p, texts) for p in group.pairs if p.first == document])
            for group in linked.copies
            for position, document in enumerate(group.document_ids)
        },
        {f"{group} {document}": kept for (group, document), kept in copies.items()},
    )


def _kept(connection: Connection, table: type[EventRow] | type[DisagreementRow]) -> dict[str, object]:
    return dict(connection.execute(select(table.id, table.record)).all())


def _same(derived: Mapping[str, object], kept: Mapping[str, object]) -> _Verdicts:
    for id_ in sorted(derived.keys() | kept.keys()):
        if id_ not in kept:
            yield id_, "comes out of linking again, but is not kept"
        elif id_ not in derived:
            yield id_, "is kept, but does not come out of linking again"
        elif derived[id_] != kept[id_]:
            yield id_, "comes out of linking again with other values"
        else:
            yield None


def _recoding(workspace: Workspace, code: Code, sample: int | None) -> _Verdicts:
    """Coding a document again gives what is kept, to the letter."""
    with workspace.engine.connect() as connection:
        ids = list(
            connection.scalars(
                select(DocumentRow.id)
                .where(~DocumentRow.superseded, DocumentRow.coder.is_not(None))
                .order_by(DocumentRow.number)
            )
        )
    step = max(1, len(ids) // sample) if sample else 1
    chosen = ids[::step][: sample or None]
    for some in chunks(chosen, _RECODED):
        for record in workspace.records(some, as_made=True):
            again = document_record(code(coded_document(record).document))
            different = [
                field
                for field in ("times", "places", "actors", "attributions", "loaded", "statements")
                if again[field] != record[field]
            ]
            yield (record["id"], f"coded again, its {', '.join(different)} differ") if different else None
