"""Moving a workspace between a folder and a server: every table and every original, history and ledger included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, select, text

from sayso.workspace import ledger
from sayso.workspace.chunks import ROWS, put
from sayso.workspace.store import Workspace
from sayso.workspace.tables import Base, OriginalRow, SessionRow

#: Originals are copied through their store; who is signed in stays signed in where they are.
_LEFT_OUT = {OriginalRow.__tablename__, SessionRow.__tablename__}


@dataclass(frozen=True, slots=True)
class Copied:
    """How much of one table (or of the originals) was copied."""

    table: str
    rows: int


def copy_workspace(source: Workspace, where: Path | str) -> Iterator[Copied]:
    """Make at ``where``, which must be new or empty, a workspace with all that ``source`` holds.

    The tables are copied in one step. The ledger goes on from where it was, with one entry that tells of the copy.

    Raises:
        WorkspaceError: ``where`` holds something, or cannot be written.
    """
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT]
    with Workspace.empty(where, source.user) as target:
        number = 0
        for sha256 in source.originals.kept():
            data = source.originals.read(sha256)
            if data is not None:
                target.originals.keep(data, sha256)
                number += 1
        yield Copied("originals", number)
        with source.transaction() as reader, target.transaction(write=True) as writer:
            for table in tables:
                yield Copied(table.name, _copy(reader, writer, table))
            _go_on_counting(writer, tables)
            ledger.write(writer, user=source.user, action="copied", subject="workspace", detail={"from": source.name})


def _copy(reader: Connection, writer: Connection, table: Table) -> int:
    keys = list(table.primary_key.columns)
    found = reader.execution_options(yield_per=ROWS).execute(select(table).order_by(*keys))
    return put(writer, table, map(dict, found.mappings()))


def _go_on_counting(writer: Connection, tables: list[Table]) -> None:
    """Set PostgreSQL's sequences past the numbers that were copied."""
    if writer.dialect.name != "postgresql":
        return
    for table in tables:
        if "number" in table.columns:
            highest = writer.scalar(select(func.max(table.c.number)))
            if highest is not None:
                writer.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'number'), :highest)"),
                    {"name": table.name, "highest": highest},
                )
