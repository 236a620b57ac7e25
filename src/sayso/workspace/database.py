"""Opening and making the database of a workspace: connections, versions, what differs between the two databases.

The tables and their changes are Alembic's (``migrations/``); one code serves both databases.
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from sayso.errors import WorkspaceError
from sayso.workspace.address import Folder, Server

#: The newest of ``migrations/versions``; a database of another version is refused, not guessed at.
SCHEMA_VERSION = "0007"
FILE_NAME = "workspace.db"

#: How long a writer waits for another, in milliseconds.
_BUSY = 30_000

_serialise = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def connect(address: Folder | Server) -> Engine:
    """An engine on the database at ``address``; one that will write is made by ``writing``.

    Raises:
        WorkspaceError: the driver for PostgreSQL is not installed.
    """
    return _connect_file(address.path / FILE_NAME) if isinstance(address, Folder) else _connect_server(address)


def _connect_file(path: Path) -> Engine:
    """SQLite with foreign keys, WAL and explicit transactions."""
    engine = create_engine(f"sqlite+pysqlite:///{path}", json_serializer=_serialise)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # Python's sqlite3 opens transactions by its own rules; SQLAlchemy's recipe is to take that over.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", f"busy_timeout={_BUSY}", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer locks at once: a reader that turns writer midway could not wait for another one.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")

    return engine


def _connect_server(address: Server) -> Engine:
    """PostgreSQL, in the schema of the address; a reader sees one state throughout, writers go one after another."""
    try:
        engine = create_engine(
            address.url,
            json_serializer=_serialise,
            connect_args={"options": f"-csearch_path={address.schema}", "connect_timeout": 10},
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
        )
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            "PostgreSQL needs a driver that is not here; run: pip install 'sayso[postgresql]'"
        ) from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The ledger is one chain, so writers stand in line. They read what is committed, not what was when they came.
        if _writes(connection):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_BUSY}")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('sayso'), hashtext(current_schema()))")

    return engine


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("sayso_write", False))


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock when they begin."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(sayso_write=True)
    return engine.execution_options(sayso_write=True, isolation_level="READ COMMITTED")


def create(address: Folder | Server) -> Engine:
    """Make a workspace at ``address`` and open it.

    Raises:
        WorkspaceError: something else is there, or it cannot be written.
    """
    try:
        if isinstance(address, Folder):
            if address.path.is_dir() and any(address.path.iterdir()):
                raise WorkspaceError(f"{address}: not empty, and not a workspace; give a new or empty folder")
            address.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{address}: a workspace cannot be made there ({_reason(error)})") from error
    engine = connect(address)
    try:
        with writing(engine).begin() as connection:
            if isinstance(address, Server):
                # In quotes: "full" and "order" are names like any other.
                connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{address.schema}"')
                if inspect(connection).get_table_names(schema=address.schema):
                    raise WorkspaceError(f"{address}: not empty, and not a workspace; name another ?schema=")
            _migrate(connection)
    except (SQLAlchemyError, WorkspaceError) as error:
        engine.dispose()
        if isinstance(error, WorkspaceError):
            raise
        raise WorkspaceError(f"{address}: a workspace cannot be made there ({_reason(error)})") from error
    return engine


def exists(address: Folder | Server) -> bool:
    """Whether anything stands at ``address``: then it is opened, else made."""
    if isinstance(address, Folder):
        return address.path.exists() and not (address.path.is_dir() and not any(address.path.iterdir()))
    engine = connect(address)
    try:
        with engine.begin() as connection:
            return bool(inspect(connection).get_table_names(schema=address.schema))
    except SQLAlchemyError as error:
        raise WorkspaceError(f"{address}: cannot be reached ({_reason(error)})") from error
    finally:
        engine.dispose()


def open_existing(address: Folder | Server) -> Engine:
    """Open the workspace at ``address``.

    Raises:
        WorkspaceError: there is none, it is damaged, or another version of Sayso made it.
    """
    engine, version = _open(address)
    if version != SCHEMA_VERSION:
        engine.dispose()
        remedy = (
            f"run: sayso upgrade {address}"
            if version < SCHEMA_VERSION
            else "use the Sayso that made it, or build the inputs into a new one"
        )
        raise WorkspaceError(f"{address}: has schema {version}, this Sayso reads schema {SCHEMA_VERSION}; {remedy}")
    return engine


def upgrade(address: Folder | Server) -> tuple[str, str]:
    """Bring an older workspace to this version; returns the versions before and after.

    A folder's database is copied to ``workspace.db.before-VERSION`` first. All changes are one transaction.

    Raises:
        WorkspaceError: there is no workspace, or it is of a later version.
    """
    engine, version = _open(address)
    try:
        if version > SCHEMA_VERSION:
            raise WorkspaceError(f"{address}: has schema {version}, later than this Sayso's {SCHEMA_VERSION}")
        if version < SCHEMA_VERSION:
            if isinstance(address, Folder):
                with writing(engine).begin() as connection:  # nobody writes while the file is copied
                    connection.exec_driver_sql("SELECT 1")
                    shutil.copy2(address.path / FILE_NAME, address.path / f"{FILE_NAME}.before-{SCHEMA_VERSION}")
            with writing(engine).begin() as connection:
                _migrate(connection)
    except (OSError, SQLAlchemyError) as error:
        raise WorkspaceError(f"{address}: cannot be upgraded ({_reason(error)}); it is as it was") from error
    finally:
        engine.dispose()
    return version, SCHEMA_VERSION


def _open(address: Folder | Server) -> tuple[Engine, str]:
    if isinstance(address, Folder) and not (address.path / FILE_NAME).is_file():
        missing = "no such folder" if not address.path.exists() else f"not a workspace (it holds no {FILE_NAME})"
        raise WorkspaceError(f"{address}: {missing}; make one with: sayso build INPUT --into {address}")
    engine = connect(address)
    try:
        with engine.begin() as connection:
            version = _version(connection)
    except DatabaseError as error:
        engine.dispose()
        remedy = (
            "the originals beside it are untouched: restore the file from a backup, or build into a new folder"
            if isinstance(address, Folder)
            else f"make one with: sayso build INPUT --into {address}"
        )
        raise WorkspaceError(f"{address}: cannot be read as a workspace ({_reason(error)}); {remedy}") from error
    return engine, version


def _version(connection: Connection) -> str:
    # Workspaces of Sayso 0.1 kept their version in a table of their own.
    if inspect(connection).has_table("alembic_version"):
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    else:
        found = "000" + str(connection.scalar(text("SELECT value FROM meta WHERE key = 'schema'")))
    return str(found)


def _migrate(connection: Connection) -> None:
    # Alembic is needed to make or change a workspace only; looking at one must not wait for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sayso.workspace:migrations")
    config.attributes["connection"] = connection
    if inspect(connection).has_table("meta") and not inspect(connection).has_table("alembic_version"):
        command.stamp(config, "0001")
    command.upgrade(config, "head")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
