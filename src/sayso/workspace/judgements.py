"""Judgements: a layer that only grows. Adding and withdrawing are the only two things that can be done to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from sayso.errors import WorkspaceError
from sayso.ids import content_id
from sayso.model import Judgement
from sayso.workspace.tables import JudgementRow, WithdrawalRow

#: Kinds that decide which statements are one event, so that events are out of date once one is given or withdrawn.
LINKING_KINDS = frozenset({"same", "different"})


def add(
    connection: Connection,
    *,
    kind: str,
    subject: Sequence[str],
    verdict: str,
    user: str,
    reason: str | None,
    now: datetime,
) -> Judgement:
    """Add a judgement of ``user`` about ``subject`` (ids of statements, events or documents).

    ``now`` is kept in UTC. The same judgement given twice is kept twice: each can be withdrawn by itself.
    """
    if not kind or not subject or not verdict or not user:
        raise WorkspaceError("a judgement needs a kind, at least one subject, a verdict and a user")
    moment = now.astimezone(UTC).replace(tzinfo=None)
    before = connection.scalar(select(JudgementRow.number).order_by(JudgementRow.number.desc()).limit(1)) or 0
    judgement_id = content_id("jud", before, kind, list(subject), verdict, user, reason, moment.isoformat())
    connection.execute(
        insert(JudgementRow).values(
            id=judgement_id,
            kind=kind,
            subject=list(subject),
            verdict=verdict,
            user=user,
            reason=reason,
            created_at=moment,
        )
    )
    return Judgement(judgement_id, kind, tuple(subject), verdict, user, reason, moment.replace(tzinfo=UTC))


def withdraw(connection: Connection, judgement_id: str, *, user: str, now: datetime) -> str:
    """Take back a judgement; it stays on record as withdrawn. Returns its kind.

    Raises:
        WorkspaceError: there is no such judgement, or it has been withdrawn.
    """
    kind = connection.scalar(select(JudgementRow.kind).where(JudgementRow.id == judgement_id))
    if kind is None:
        raise WorkspaceError(f"{judgement_id}: no such judgement")
    if connection.scalar(select(WithdrawalRow.user).where(WithdrawalRow.judgement_id == judgement_id)) is not None:
        raise WorkspaceError(f"{judgement_id}: already withdrawn")
    moment = now.astimezone(UTC).replace(tzinfo=None)
    connection.execute(insert(WithdrawalRow).values(judgement_id=judgement_id, user=user, withdrawn_at=moment))
    return kind


def judgements(connection: Connection) -> Iterator[Judgement]:
    """Every judgement, withdrawn or not, in the order they were given."""
    rows = connection.execute(
        select(JudgementRow, WithdrawalRow.withdrawn_at)
        .outerjoin(WithdrawalRow, WithdrawalRow.judgement_id == JudgementRow.id)
        .order_by(JudgementRow.number)
    )
    for row in rows:
        yield Judgement(
            row.id,
            row.kind,
            tuple(row.subject),
            row.verdict,
            row.user,
            row.reason,
            row.created_at.replace(tzinfo=UTC),
            row.withdrawn_at and row.withdrawn_at.replace(tzinfo=UTC),
        )
