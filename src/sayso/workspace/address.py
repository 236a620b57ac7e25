"""Where a workspace is kept: a folder of one's own, or a schema of a PostgreSQL database that a team shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from sayso.errors import WorkspaceError

_SCHEMES = ("postgresql://", "postgres://")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_DEFAULT_SCHEMA = "sayso"


@dataclass(frozen=True, slots=True)
class Folder:
    """A workspace in a folder: SQLite, with the originals beside it."""

    path: Path

    @property
    def name(self) -> str:
        """What people call it: the folder's name."""
        return self.path.resolve().name

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Server:
    """A workspace in a schema of a PostgreSQL database, originals and all."""

    url: URL
    schema: str

    @property
    def name(self) -> str:
        """What people call it: database and schema."""
        return f"{self.url.database}/{self.schema}"

    def __str__(self) -> str:
        url = self.url
        shown = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        return shown.update_query_dict({"schema": self.schema}).render_as_string()


def parse_address(where: Path | str) -> Folder | Server:
    """``where`` as an address: ``postgresql://user@host/database?schema=name`` is a server, all else a folder.

    The schema is ``sayso`` where none is named; one database can hold many workspaces.

    Raises:
        WorkspaceError: the URL names no database, or a schema that is not letters, digits and underscores.
    """
    if isinstance(where, Path) or not where.startswith(_SCHEMES):
        return Folder(Path(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise WorkspaceError("that is not a database's URL; write postgresql://user@host/database") from error
    schema = url.query.get("schema", _DEFAULT_SCHEMA)
    if not url.database:
        raise WorkspaceError("the URL names no database; write postgresql://user@host/database")
    if not isinstance(schema, str) or not _SCHEMA.fullmatch(schema) or schema.startswith("pg_"):
        raise WorkspaceError("a schema is named by small letters, digits and underscores, as in ?schema=yemen_2016")
    return Server(url.set(drivername="postgresql+psycopg").difference_update_query(["schema"]), schema)
