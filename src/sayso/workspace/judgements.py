"""Judgements: a layer that only grows. Adding and withdrawing are the only two things that can be done to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from sayso.contract import Record
from sayso.errors import JudgementError
from sayso.ids import content_id
from sayso.model import Anchor, Judgement
from sayso.workspace import ledger
from sayso.workspace.tables import JudgementRow, WithdrawalRow

#: The fields of a statement that people can set; each is written as in ``sayso/document/1``.
EDITABLE = ("type", "status", "time", "place", "actors", "targets", "killed", "injured", "claimed_by")
#: The kinds of judgement, each with its verdicts.
KINDS: Mapping[str, tuple[str, ...]] = {
    "review": ("accept", "reject"),
    "edit": EDITABLE,
    "add": ("statement",),
    "same": ("same",),
    "different": ("different",),
    "note": ("note",),
}


def add(
    connection: Connection,
    *,
    kind: str,
    verdict: str,
    anchors: Sequence[Anchor],
    user: str,
    reason: str | None = None,
    detail: Mapping[str, Any] | None = None,
    assignment: str | None = None,
) -> Judgement:
    """Add a judgement of ``user`` about the statements of ``anchors``, and tell the ledger.

    The same judgement given twice is kept twice: each can be withdrawn by itself.

    Raises:
        JudgementError: no such kind or verdict, no subject, no user.
    """
    if verdict not in KINDS.get(kind, ()):
        raise JudgementError(f"{kind} {verdict}: there is no such judgement")
    if not anchors or not user or (kind in ("same", "different") and len(anchors) < 2):
        raise JudgementError("a judgement needs a user and something it is about; to join or part, at least two things")
    moment = datetime.now(UTC).replace(tzinfo=None)
    number = (connection.scalar(select(JudgementRow.number).order_by(JudgementRow.number.desc()).limit(1)) or 0) + 1
    subject = [one.statement_id for one in anchors]
    values: Record = {
        "kind": kind,
        "subject": subject,
        "verdict": verdict,
        "user": user,
        "reason": reason or None,
        "created_at": moment,
        "detail": dict(detail or {}),
        "anchors": [asdict(one) for one in anchors],
        "assignment": assignment,
    }
    judgement_id = content_id("jud", number, kind, subject, verdict, user, reason, moment.isoformat())
    connection.execute(insert(JudgementRow).values(number=number, id=judgement_id, **values))
    ledger.write(
        connection,
        user=user,
        action="judged",
        subject=judgement_id,
        detail={"sha256": row_digest(judgement_id, values), "about": subject, "reason": reason or None},
    )
    return _judgement(judgement_id, values, None)


def withdraw(connection: Connection, judgement_id: str, *, user: str) -> Judgement:
    """Take back a judgement; it stays on record as withdrawn. Returns it as it is now.

    Raises:
        JudgementError: there is no such judgement, or it has been withdrawn.
    """
    found = next(judgements(connection, [judgement_id]), None)
    if found is None:
        raise JudgementError(f"{judgement_id}: no such judgement")
    if found.withdrawn_at is not None:
        raise JudgementError(f"{judgement_id}: already withdrawn")
    moment = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(insert(WithdrawalRow).values(judgement_id=judgement_id, user=user, withdrawn_at=moment))
    ledger.write(connection, user=user, action="withdrew", subject=judgement_id, detail={"at": moment.isoformat()})
    return next(judgements(connection, [judgement_id]))


def judgements(
    connection: Connection, ids: Sequence[str] | None = None, *, assignment: str | None = None
) -> Iterator[Judgement]:
    """Judgements, withdrawn or not, in the order they were given: all, those of ``ids``, or those of an assignment."""
    query = (
        select(JudgementRow, WithdrawalRow.withdrawn_at)
        .outerjoin(WithdrawalRow, WithdrawalRow.judgement_id == JudgementRow.id)
        .order_by(JudgementRow.number)
    )
    if ids is not None:
        query = query.where(JudgementRow.id.in_(ids))
    if assignment is not None:
        query = query.where(JudgementRow.assignment == assignment)
    for row in connection.execute(query):
        yield _judgement(row.id, row._asdict(), row.withdrawn_at)


def row_digest(judgement_id: str, values: Mapping[str, Any]) -> str:
    """The digest that the ledger keeps of a judgement, from the columns of its row."""
    plain = ("kind", "subject", "verdict", "user", "reason", "detail", "anchors", "assignment")
    return ledger.digest([judgement_id, values["created_at"].isoformat(), *(values[key] for key in plain)])


def _judgement(judgement_id: str, values: Mapping[str, Any], withdrawn_at: datetime | None) -> Judgement:
    return Judgement(
        id=judgement_id,
        kind=values["kind"],
        subject=tuple(values["subject"]),
        verdict=values["verdict"],
        user=values["user"],
        reason=values["reason"],
        created_at=values["created_at"].replace(tzinfo=UTC),
        withdrawn_at=withdrawn_at and withdrawn_at.replace(tzinfo=UTC),
        detail=values["detail"] or {},
        anchors=tuple(Anchor(**one) for one in values["anchors"] or ()),
        assignment=values["assignment"],
    )


def take_over(connection: Connection, *, user: str) -> None:
    """Tell the ledger of judgements that were made before there was one."""
    for row in connection.execute(select(JudgementRow).order_by(JudgementRow.number)).all():
        ledger.write(
            connection, user=user, action="judged", subject=row.id,
            detail={"sha256": row_digest(row.id, row._asdict()), "about": row.subject, "reason": row.reason},
        )  # fmt: skip
    for taken in connection.execute(select(WithdrawalRow)).all():
        ledger.write(
            connection, user=user, action="withdrew", subject=taken.judgement_id,
            detail={"at": taken.withdrawn_at.isoformat()},
        )  # fmt: skip
