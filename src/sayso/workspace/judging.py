"""Judging: a person's decision goes into its layer, and the statements and events it touches show it at once.

Only the events that hold a judged statement are linked anew here, within themselves. What a correction changes beyond
them (another day may belong to another event) shows when everything is linked the next time; until then the workspace
says it is stale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from sayso.contract import Record, coded_document, parse_statement
from sayso.errors import Conflict, JudgementError
from sayso.model import Anchor, Judgement
from sayso.workspace import documents, double_coding, judgements, meta
from sayso.workspace.anchors import anchor
from sayso.workspace.corrections import Corrected, added_statement, checked_value, correct
from sayso.workspace.tables import DocumentRow, EventStatementRow, StatementRow

if TYPE_CHECKING:
    from sayso.workspace.store import Workspace

_Found = Row[str, Record, Record | None, list[str] | None, str, str, str]


def corrected(connection: Connection, document_ids: Sequence[str] | None = None) -> Corrected:
    """Current documents, all or some, with every judgement in effect laid over what the coder made."""
    coded = [coded_document(record) for record in documents.records(connection, document_ids, as_made=True)]
    return correct(coded, documents.origins(connection), list(judgements.judgements(connection)))


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
    """Lay judgements over the documents of the events that ``judgement`` touches, and link those events anew."""
    from sayso.workspace.events import regroup

    origins = {one.origin for one in judgement.anchors}
    about = {one.document_id for one in judgement.anchors}
    at_origin = connection.execute(
        select(DocumentRow.id, DocumentRow.number).where(~DocumentRow.superseded, DocumentRow.origin.in_(origins))
    ).all()
    judged = about | {row.id for row in at_origin}
    if meta.stale_since(connection) == "documents":
        # Events do not hold what is coded now; they are all going to be linked anew.
        _lay_over(connection, sorted(judged))
        return
    before = _statement_ids(connection, judged)
    touched = set(
        connection.scalars(
            select(EventStatementRow.event_id)
            .join(StatementRow, StatementRow.number == EventStatementRow.statement_number)
            .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
            .where(
                ~DocumentRow.superseded,
                DocumentRow.id.in_(judged),
                StatementRow.id.in_(_subjects(connection, judgement, judged)),
            )
        )
    )
    members = {
        (row.document, row.statement)
        for row in connection.execute(
            select(DocumentRow.id.label("document"), StatementRow.id.label("statement"))
            .join(StatementRow, StatementRow.document_number == DocumentRow.number)
            .join(EventStatementRow, EventStatementRow.statement_number == StatementRow.number)
            .where(EventStatementRow.event_id.in_(touched))
        )
    }
    wanted = sorted(judged | {document for document, _ in members})
    now = _lay_over(connection, wanted)
    # What was rejected before and is not any more, or is added now, belongs to the events that are made anew.
    back = {
        (one.document.id, s.id)
        for one in now.coded
        if one.document.id in judged
        for s in one.statements
        if (one.document.id, s.id) not in before
    }
    regroup(connection, replace(now, coded=tuple(
        replace(one, statements=tuple(s for s in one.statements if (one.document.id, s.id) in members | back))
        for one in now.coded
    )), sorted(touched))  # fmt: skip
    meta.mark_stale(connection, "judgements")


def _lay_over(connection: Connection, document_ids: Sequence[str]) -> Corrected:
    now = corrected(connection, document_ids)
    documents.put_reviews(connection, {one.document.id: now.reviews.get(one.document.id, ()) for one in now.coded})
    return now


def _subjects(connection: Connection, judgement: Judgement, document_ids: set[str]) -> set[str]:
    """Ids of the statements that ``judgement`` is laid over, and of those it would be laid over anew."""
    laid = {
        row.id
        for row in connection.execute(
            select(StatementRow.id, StatementRow.judgements)
            .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
            .where(DocumentRow.id.in_(document_ids), ~DocumentRow.superseded, StatementRow.judgements.is_not(None))
        )
        if judgement.id in (row.judgements or ())
    }
    return laid | set(judgement.subject)


def _statement_ids(connection: Connection, document_ids: set[str]) -> set[tuple[str, str]]:
    """Pairs of document and statement id that are in an event now."""
    return {
        (row.document, row.statement)
        for row in connection.execute(
            select(DocumentRow.id.label("document"), StatementRow.id.label("statement"))
            .join(StatementRow, StatementRow.document_number == DocumentRow.number)
            .join(EventStatementRow, EventStatementRow.statement_number == StatementRow.number)
            .where(~DocumentRow.superseded, DocumentRow.id.in_(document_ids))
        )
    }


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
        for j in judgements.judgements(connection)
        if j.id in unseen
        and j.withdrawn_at is None
        and j.kind != "note"
        and ((j.kind, kind) in _JOINING or (j.kind == kind and (kind != "edit" or j.verdict == verdict)))
    ]
    if rivals:
        told = "; ".join(f"{j.user} set {j.kind} {j.verdict}" for j in rivals)
        raise Conflict(f"somebody judged this since you looked: {told}", tuple(j.id for j in rivals))


_JOINING = {("same", "different"), ("different", "same")}
