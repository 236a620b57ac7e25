"""What waits for a person's eye: statements in the order of doubt, each with what was judged of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeVarTuple, get_args

from sqlalchemy import ColumnElement, Connection, Select, case, false, func, or_, select

from sayso.contract import Record, statement_record
from sayso.model import Judgement
from sayso.workspace import documents, double_coding, judgements
from sayso.workspace.double_coding import Assignment
from sayso.workspace.tables import (
    DocumentRow,
    EventRow,
    EventStatementRow,
    JudgementRow,
    LedgerRow,
    StatementRow,
    WithdrawalRow,
)

#: Why a statement is doubted: sources differ on its event, it has no time, no place, or it came after this person's
#: last judgement.
Reason = Literal["differ", "time", "place", "new"]
REASONS: tuple[Reason, ...] = get_args(Reason)

#: Events further apart than this are not offered as one.
_NEAR = timedelta(days=31)
_Columns = TypeVarTuple("_Columns")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that nobody has reviewed, and why one should. ``event`` is the ``sayso/event/1`` id of its event."""

    statement_id: str
    document_id: str
    title: str | None
    outlet: str | None
    event: str
    record: Record
    reasons: tuple[Reason, ...]
    review: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One statement as it stands: ``machine`` is what the coder made where people changed it."""

    record: Record
    machine: Record | None
    document_id: str
    event: str | None
    review: str | None
    judgements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A judgement and, where it was taken back, who did that."""

    judgement: Judgement
    withdrawn_by: str | None


def queue(
    connection: Connection,
    user: str,
    *,
    reason: Reason | None = None,
    document_id: str | None = None,
    everything: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[int, list[Doubt]]:
    """How many statements wait for ``user``, and ``limit`` of them, the most doubtful first.

    Rival accounts weigh most, then a missing time, then a missing place; within the same doubt they come in reading
    order. ``everything`` asks for those that were reviewed too, in reading order.
    """
    why = _reasons(connection, user)
    conditions: list[ColumnElement[bool]] = [~DocumentRow.superseded]
    if not everything:
        conditions.append(StatementRow.review.is_(None))
    if reason is not None:
        conditions.append(why[reason])
    if document_id is not None:
        conditions.append(DocumentRow.id == document_id)
    total = connection.scalar(_statements(select(func.count())).where(*conditions)) or 0
    doubt = case((why["differ"], 4), else_=0) + case((why["time"], 2), else_=0) + case((why["place"], 1), else_=0)
    reading_order = (DocumentRow.number, StatementRow.position)
    flags = {name: case((condition, 1), else_=0).label(name) for name, condition in why.items()}
    query = _statements(
        select(
            StatementRow.id,
            StatementRow.record,
            StatementRow.review,
            DocumentRow.id.label("document_id"),
            DocumentRow.title,
            DocumentRow.outlet,
            EventStatementRow.event_id,
            *flags.values(),
        )
    ).where(*conditions)
    query = query.order_by(*(reading_order if everything else (doubt.desc(), *reading_order)))
    found = []
    for row in connection.execute(query.limit(limit).offset(offset)):
        given = row._mapping
        reasons = tuple(name for name in REASONS if given[name])
        found.append(
            Doubt(row.id, row.document_id, row.title, row.outlet, row.event_id, row.record, reasons, row.review)
        )
    return total, found


def subject(connection: Connection, statement_id: str) -> Subject | None:
    """The statement with that id, a rejected one too; None where there is none."""
    row = connection.execute(
        select(
            StatementRow.record, StatementRow.machine, StatementRow.review, StatementRow.judgements,
            DocumentRow.id.label("document_id"), EventStatementRow.event_id,
        )
        .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
        .outerjoin(EventStatementRow, EventStatementRow.statement_number == StatementRow.number)
        .where(StatementRow.id == statement_id, ~DocumentRow.superseded)
    ).first()  # fmt: skip
    if row is None:
        return None
    return Subject(row.record, row.machine, row.document_id, row.event_id, row.review, tuple(row.judgements or ()))


def assigned(connection: Connection, one: Assignment) -> list[Subject]:
    """The statements of an assignment's document as its coder has them, those they rejected too, in reading order."""
    made = {s["id"]: s for record in documents.records(connection, [one.document_id], as_made=True)
            for s in record["statements"]}  # fmt: skip
    coded = double_coding.as_coded_by(connection, one)
    now = {s.id: statement_record(s, coded.document.text) for s in coded.statements}
    laid: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements.judgements(connection, assignment=one.id):
        if judgement.withdrawn_at is None:
            for id_ in judgement.subject:
                laid[id_].append(judgement)
    found = []
    for id_ in {**made, **now}:
        own = tuple(judgement.id for judgement in laid[id_])
        state = _state(id_ in made, id_ in now, {judgement.kind for judgement in laid[id_]})
        machine = made.get(id_)
        record = now.get(id_) or made[id_]
        found.append(Subject(record, machine if machine != record else None, one.document_id, None, state, own))
    return sorted(found, key=lambda s: (s.record["trigger"]["start"], s.record["id"]))


def _state(made: bool, now: bool, kinds: set[str]) -> str | None:
    if not now:
        return "rejected"
    if not made:
        return "added"
    return "edited" if "edit" in kinds else "accepted" if "review" in kinds else None


def rejected(connection: Connection, document_id: str) -> list[Record]:
    """The statements of a document that people rejected, in reading order."""
    return list(
        connection.scalars(
            select(StatementRow.record)
            .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
            .where(DocumentRow.id == document_id, ~DocumentRow.superseded, StatementRow.review == "rejected")
            .order_by(StatementRow.position)
        )
    )


def history(connection: Connection, statement_ids: Sequence[str], laid_over: Sequence[str] = ()) -> list[Step]:
    """What people judged of some statements, in the order given, with what was taken back.

    ``laid_over`` are the judgements that statements name as laid over them: after a rebuild a judgement may have found
    its statement again under another id. Decisions taken blind are not told.
    """
    about = set(statement_ids)
    withdrawn = dict(connection.execute(select(WithdrawalRow.judgement_id, WithdrawalRow.user)).all())
    wanted = set(laid_over)
    if withdrawn:
        rows = connection.execute(
            select(JudgementRow.id, JudgementRow.subject)
            .join(WithdrawalRow, WithdrawalRow.judgement_id == JudgementRow.id)
            .where(JudgementRow.assignment.is_(None))
        )
        wanted |= {row.id for row in rows if about & set(row.subject)}
    return [Step(one, withdrawn.get(one.id)) for one in judgements.judgements(connection, sorted(wanted))]


def neighbours(connection: Connection, event_id: str, limit: int = 20) -> list[Record]:
    """Records of the events that ``event_id`` may be the same as: of its type or place, within a month of it.

    Those that share both come first, then the nearest in time. An event without a time is compared by place alone.
    """
    own = connection.execute(
        select(EventRow.type, EventRow.place, EventRow.earliest, EventRow.latest).where(EventRow.id == event_id)
    ).one_or_none()
    if own is None:
        return []
    same_place = EventRow.place == own.place if own.place else EventRow.place.is_(None)
    alike = case((same_place, 2), else_=0) + case((EventRow.type == own.type, 1), else_=0)
    query = select(EventRow.record).where(EventRow.id != event_id, or_(same_place, EventRow.type == own.type))
    if own.earliest and own.latest:
        since, until = own.earliest - _NEAR, own.latest + _NEAR
        query = query.where(or_(EventRow.earliest.is_(None), EventRow.earliest.between(since, until)))
    return list(connection.scalars(query.order_by(alike.desc(), EventRow.earliest, EventRow.id).limit(limit)))


def _statements(query: Select[*_Columns]) -> Select[*_Columns]:
    return (
        query.select_from(StatementRow)
        .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
        .outerjoin(EventStatementRow, EventStatementRow.statement_number == StatementRow.number)
        .outerjoin(EventRow, EventRow.id == EventStatementRow.event_id)
    )


def _reasons(connection: Connection, user: str) -> dict[Reason, ColumnElement[bool]]:
    last = connection.scalar(
        select(func.max(LedgerRow.number)).where(LedgerRow.user == user, LedgerRow.action == "judged")
    )
    came = select(LedgerRow.subject).where(LedgerRow.action == "coded", LedgerRow.number > (last or 0))
    return {
        "differ": EventRow.disputed.is_(True),
        "time": StatementRow.earliest.is_(None),
        "place": StatementRow.place.is_(None),
        "new": DocumentRow.id.in_(came) if last else false(),
    }
