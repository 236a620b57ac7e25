"""The ledger: every write, who made it, when and why, each entry chained to the one before by its hash.

An entry's SHA-256 covers its own content and the SHA-256 of the entry before, so that none can be changed, dropped or
put in later without all that follow changing too (Haber and Stornetta, "How to time-stamp a digital document", 1991).
Entries hold digests of what was written; ``sayso check`` works them out again. Whoever can rewrite the whole database
can rewrite the whole chain: the newest hash, kept elsewhere (``sayso check`` prints it), shows that too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from sayso.contract import Record
from sayso.ids import sha256_hex
from sayso.workspace.tables import LedgerRow

#: What the first entry follows.
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One write. ``at`` is UTC; ``subject`` the id of what was written; ``detail`` what of it, with digests."""

    number: int
    at: datetime
    user: str
    action: str
    subject: str
    detail: Record
    previous: str
    sha256: str


def digest(value: object) -> str:
    """SHA-256 of ``value`` as canonical JSON."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256_hex(canonical.encode("ascii"))


def write(connection: Connection, *, user: str, action: str, subject: str, detail: Record) -> None:
    """Add an entry, in the transaction of the write itself."""
    last = connection.execute(
        select(LedgerRow.number, LedgerRow.sha256).order_by(LedgerRow.number.desc()).limit(1)
    ).one_or_none()
    number, previous = (last.number + 1, last.sha256) if last else (1, BEGINNING)
    at = datetime.now(UTC).replace(tzinfo=None)
    values = {"number": number, "at": at, "user": user, "action": action, "subject": subject, "detail": detail}
    connection.execute(
        insert(LedgerRow).values(
            **values, previous=previous, sha256=chained(previous, at, user, action, subject, detail)
        )
    )


def chained(previous: str, at: datetime, user: str, action: str, subject: str, detail: Record) -> str:
    """The SHA-256 of an entry that follows ``previous``; ``at`` is naive UTC."""
    return digest([previous, at.isoformat(), user, action, subject, detail])


def entries(connection: Connection, subject: str | None = None) -> Iterator[Entry]:
    """Entries in the order they were written; all, or those about ``subject``."""
    query = select(LedgerRow).order_by(LedgerRow.number)
    if subject is not None:
        query = query.where(LedgerRow.subject == subject)
    for row in connection.execute(query):
        yield Entry(
            row.number, row.at.replace(tzinfo=UTC), row.user, row.action, row.subject, row.detail, row.previous,
            row.sha256,
        )  # fmt: skip


def newest(connection: Connection) -> str:
    """The SHA-256 of the newest entry, which stands for all before it too."""
    newest = select(LedgerRow.sha256).order_by(LedgerRow.number.desc()).limit(1)
    return connection.scalar(newest) or BEGINNING


def broken(connection: Connection) -> Iterator[tuple[int, str]]:
    """Numbers of entries that do not follow from the one before, and what is wrong with each."""
    previous, expected = BEGINNING, 1
    for entry in entries(connection):
        if entry.number != expected:
            yield entry.number, f"follows entry {expected - 1}: entries between are gone"
        if entry.previous != previous:
            yield entry.number, "does not follow from the entry before it"
        derived = chained(
            entry.previous, entry.at.replace(tzinfo=None), entry.user, entry.action, entry.subject, entry.detail
        )
        if derived != entry.sha256:
            yield entry.number, "was changed: its hash is not that of its content"
        previous, expected = entry.sha256, entry.number + 1
