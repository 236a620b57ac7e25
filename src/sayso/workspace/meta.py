"""What the workspace says of itself: whether its events are up to date, and what linked them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from sayso.workspace.tables import Meta

_STALE, _LINKER = "stale", "linker"


def mark_stale(connection: Connection) -> None:
    """Note that something came since events were linked."""
    _put(connection, _STALE, "yes")


def mark_linked(connection: Connection, linker: str) -> None:
    """Note that events were linked with all that is here, by which rules."""
    _put(connection, _STALE, "no")
    _put(connection, _LINKER, linker)


def is_stale(connection: Connection) -> bool:
    """Whether something came since events were linked."""
    return connection.scalar(select(Meta.value).where(Meta.key == _STALE)) not in (None, "no")


def linker(connection: Connection) -> str | None:
    """By which rules the events were linked; None where they never were, or by an older Sayso."""
    return connection.scalar(select(Meta.value).where(Meta.key == _LINKER))


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(Meta).where(Meta.key == key))
    connection.execute(insert(Meta).values(key=key, value=value))
