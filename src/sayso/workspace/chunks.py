"""Many ids or rows in pieces that a database takes in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, insert

#: As many values as either database takes in one statement with ease.
_CHUNK = 500
#: As many rows as are held to be inserted at once.
ROWS = 1000
_One = TypeVar("_One")


def chunks(many: Sequence[_One], size: int = _CHUNK) -> Iterator[Sequence[_One]]:
    """``many`` in pieces of at most ``size``."""
    return (many[at : at + size] for at in range(0, len(many), size))


def put(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> int:
    """Insert ``rows``, a batch in memory at a time; returns how many."""
    rows, number = iter(rows), 0
    while batch := list(islice(rows, ROWS)):
        connection.execute(insert(table), batch)
        number += len(batch)
    return number
