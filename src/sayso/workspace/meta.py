"""What the workspace says of itself: whether its events are up to date."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from sayso.workspace.tables import Meta

_STALE = "stale"


def mark_stale(connection: Connection, *, stale: bool) -> None:
    """Note whether documents or judgements came since events were linked."""
    connection.execute(delete(Meta).where(Meta.key == _STALE))
    connection.execute(insert(Meta).values(key=_STALE, value="yes" if stale else "no"))


def is_stale(connection: Connection) -> bool:
    """Whether documents or judgements came since events were linked."""
    return connection.scalar(select(Meta.value).where(Meta.key == _STALE)) == "yes"
