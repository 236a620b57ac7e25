"""Judging: a person's decision goes into its layer, and statements and events show it at once.

The documents it is about are linked anew with their neighbours, so that events are what they would be if everything
were linked. While documents wait to be linked, only the statements show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from sayso.contract import Record, coded_document, parse_statement
from sayso.errors import Conflict, JudgementError
from sayso.model import Anchor, Judgement
from sayso.workspace import documents, double_coding, judgements, meta, statements
from sayso.workspace.anchors import anchor
from sayso.workspace.chunks import chunks
from sayso.workspace.corrections import Corrected, added_statement, checked_value, correct
from sayso.workspace.tables import DocumentRow, StatementRow

if TYPE_CHECKING:
    from sayso.workspace.store import Workspace

_Found = Row[str, Record, Record | None, list[str] | None, str, str, str]


def corrected(connection: Connection, document_ids: Sequence[str] | None = None) -> Corrected:
    """Current documents, all or some, with every judgement in effect laid over what the coder made."""
    coded = [coded_document(record) for record in documents.records(connection, document_ids, as_made=True)]
    return correct(coded, documents.origins(connection, document_ids), list(judgements.judgements(connection)))


def corrected_here(connection: Connection, numbers: Collection[int]) -> Corrected:
    """As ``corrected``, of the documents with these row numbers and of all that one judgement is about with them.

    It lays over them what it would among all documents.
    """
    effective = [j for j in judgements.judgements(connection) if j.withdrawn_at is None and j.assignment is None]
    about = sorted({one.document_id for judgement in effective for one in judgement.anchors})
    current: dict[str, int] = {}
    for some in chunks(about):
        here = (~DocumentRow.superseded, DocumentRow.id.in_(some), DocumentRow.coder.is_not(None))
        current |= dict(connection.execute(select(DocumentRow.id, DocumentRow.number).where(*here)).all())
    lost = {a.origin for j in effective for a in j.anchors if a.document_id not in current}
    at_origin: dict[str, list[int]] = defaultdict(list)
    for some in chunks(sorted(lost)):
        there = (~DocumentRow.superseded, DocumentRow.origin.in_(some), DocumentRow.coder.is_not(None))
        for row in connection.execute(select(DocumentRow.origin, DocumentRow.number).where(*there)):
            at_origin[row.origin].append(row.number)
    # A judgement is about the documents that it names, or whose origin now holds something else.
    reach = {
        judgement.id: {
            number
            for one in judgement.anchors
            for number in ([current[one.document_id]] if one.document_id in current else at_origin[one.origin])
        }
        for judgement in effective
    }
    wanted, size = set(numbers), -1
    while len(wanted) > size:
        size = len(wanted)
        wanted.update(number for reached in reach.values() if reached & wanted for number in reached)
    origins: dict[str, str] = {}
    for chunk in chunks(sorted(wanted)):
        here = (~DocumentRow.superseded, DocumentRow.number.in_(chunk), DocumentRow.coder.is_not(None))
        found = select(DocumentRow.id, DocumentRow.origin).where(*here).order_by(DocumentRow.number)
        origins |= dict(connection.execute(found).all())
    ids = list(origins)
    coded = [coded_document(r) for some in chunks(ids) for r in documents.records(connection, some, as_made=True)]
    return correct(coded, origins, [j for j in effective if reach[j.id] & wanted])


def judge(
    workspace: Workspace,
    kind: str,
    verdict: str,
    statement_ids: Sequence[str],
    *,
    reason: str | None,
    detail: Mapping[str, Any] | None,
    seen: Sequence[str] | None,
    assignment: str | None,
) -> Judgement:
    """Record a decision and let it show; see ``Workspace.judge``."""
    given = dict(detail or {})
    with workspace.transaction(write=True) as connection:
        if kind == "add":
            anchors: tuple[Anchor, ...] = (_anchor_added(connection, statement_ids, given, workspace.user),)
        else:
            found = [_statement(connection, id_) for id_ in statement_ids]
            anchors = tuple(_anchor(row) for row in found)
            if kind == "edit" and verdict in judgements.EDITABLE:
                given = _edited(verdict, given, found)
            if seen is not None and assignment is None:
                _refuse_conflict(connection, kind, verdict, found, seen)
        made = judgements.add(
            connection, kind=kind, verdict=verdict, anchors=anchors, user=workspace.user, reason=reason, detail=given,
            assignment=assignment,
        )  # fmt: skip
        if assignment is None:
            _show(connection, made)
    return made


def withdraw(workspace: Workspace, judgement_id: str) -> Judgement:
    """Take back a decision and let that show."""
    with workspace.transaction(write=True) as connection:
        taken = judgements.withdraw(connection, judgement_id, user=workspace.user)
        if taken.assignment is None:
            _show(connection, taken)
    return taken


def adopt(workspace: Workspace, judgement_id: str, *, reason: str | None) -> Judgement:
    """Make a decision that a coder took blind everybody's, and let it show."""
    with workspace.transaction(write=True) as connection:
        made = double_coding.adopt(connection, judgement_id, user=workspace.user, reason=reason)
        _show(connection, made)
    return made


def _show(connection: Connection, judgement: Judgement) -> None:
    """Lay judgements over the documents that ``judgement`` is about, and link them anew with their neighbours."""
    from sayso.workspace.relinking import relink_changed

    about = {one.document_id for one in judgement.anchors}
    named = (~DocumentRow.superseded, DocumentRow.id.in_(about))
    found = dict(connection.execute(select(DocumentRow.id, DocumentRow.number).where(*named)).all())
    lost = {one.origin for one in judgement.anchors if one.document_id not in found}
    there = select(DocumentRow.number).where(~DocumentRow.superseded, DocumentRow.origin.in_(lost))
    numbers = {*found.values(), *connection.scalars(there)}
    documents.wait_for_linking(connection, numbers)
    if not meta.is_stale(connection) and relink_changed(connection):
        return
    # Documents wait to be linked, or everything does: until then only the rows of these say what people decided.
    now = corrected_here(connection, numbers)
    statements.put_reviews(connection, [one.document.id for one in now.coded], now.reviews)
    meta.mark_stale(connection)


def _statement(connection: Connection, statement_id: str) -> _Found:
    row = connection.execute(
        select(
            StatementRow.id,
            StatementRow.record,
            StatementRow.machine,
            StatementRow.judgements,
            DocumentRow.id.label("document_id"),
            DocumentRow.origin,
            DocumentRow.text,
        )
        .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
        .where(StatementRow.id == statement_id, ~DocumentRow.superseded)
    ).one_or_none()
    if row is None:
        raise JudgementError(
            f"{statement_id}: no such statement; it may have been coded anew since: load the page again"
        )
    return row


def _anchor(row: _Found) -> Anchor:
    made: Record = row.machine or row.record
    return anchor(parse_statement(made, row.document_id), row.text, row.origin)


def _anchor_added(connection: Connection, subject: Sequence[str], given: Record, user: str) -> Anchor:
    row = connection.execute(
        select(DocumentRow.id, DocumentRow.origin, DocumentRow.text).where(
            DocumentRow.id.in_(list(subject)[:1]), ~DocumentRow.superseded
        )
    ).one_or_none()
    if row is None or len(subject) != 1:
        raise JudgementError("a statement is added to one document of this workspace; name it")
    statement = added_statement(given.get("statement"), row.id, row.text, f"person {user}")
    given["statement"]["trigger"]["text"] = statement.trigger.of(row.text)
    return anchor(statement, row.text, row.origin)


def _edited(field: str, given: Record, found: Sequence[_Found]) -> Record:
    if len(found) != 1 or "value" not in given:
        raise JudgementError('an edit is of one statement and needs {"value": ...}')
    row = found[0]
    statement = parse_statement(row.record, row.document_id)
    return given | {"value": checked_value(field, given["value"], statement, row.text)}


def _refuse_conflict(
    connection: Connection, kind: str, verdict: str, found: Sequence[_Found], seen: Sequence[str]
) -> None:
    """Raise ``Conflict`` where others set the same thing after this person looked."""
    unseen = {id_ for row in found for id_ in row.judgements or ()} - set(seen)
    if kind == "note" or not unseen:
        return
    rivals = [
        j
        for j in judgements.judgements(connection, sorted(unseen))
        if j.withdrawn_at is None
        and j.kind != "note"
        and ((j.kind, kind) in _JOINING or (j.kind == kind and (kind != "edit" or j.verdict == verdict)))
    ]
    if rivals:
        told = "; ".join(f"{j.user} set {j.kind} {j.verdict}" for j in rivals)
        raise Conflict(f"somebody judged this since you looked: {told}", tuple(j.id for j in rivals))


_JOINING = {("same", "different"), ("different", "same")}
