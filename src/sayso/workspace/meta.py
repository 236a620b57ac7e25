"""What the workspace says of itself: whether its events are up to date."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from sayso.workspace.tables import Meta

_STALE = "stale"

#: What came since events were linked. After documents, events may lack statements or tell of those that are gone;
#: after judgements alone every event is sound, and only what a correction means to others waits.
Since = Literal["documents", "judgements"]


def mark_stale(connection: Connection, since: Since) -> None:
    """Note that something came since events were linked."""
    if stale_since(connection) != "documents":
        _put(connection, since)


def mark_linked(connection: Connection) -> None:
    """Note that events were linked with all that is here."""
    _put(connection, "no")


def stale_since(connection: Connection) -> Since | None:
    """What came since events were linked, if anything."""
    found = connection.scalar(select(Meta.value).where(Meta.key == _STALE))
    if found in (None, "no"):
        return None
    return "judgements" if found == "judgements" else "documents"


def _put(connection: Connection, value: str) -> None:
    connection.execute(delete(Meta).where(Meta.key == _STALE))
    connection.execute(insert(Meta).values(key=_STALE, value=value))
