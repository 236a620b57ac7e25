"""Opening and making the database of a workspace: connections, versions, and what is SQLite's own."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError

from sayso.errors import WorkspaceError
from sayso.workspace.tables import Base, Meta

#: Raised whenever the tables change; a database of another version is refused, not guessed at.
SCHEMA_VERSION = 1
FILE_NAME = "workspace.db"

#: How long a writer waits for another, in milliseconds.
_BUSY = 30_000

#: Full-text index over what is current and what is not (queries join on ``superseded``), and append-only tables.
_SQLITE_OWN = (
    """CREATE VIRTUAL TABLE document_words USING fts5(
         title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER documents_words_in AFTER INSERT ON documents BEGIN
         INSERT INTO document_words(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
    """CREATE TRIGGER documents_words_out AFTER DELETE ON documents BEGIN
         INSERT INTO document_words(document_words, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text); END""",
    """CREATE TRIGGER documents_words_changed AFTER UPDATE OF title, text ON documents BEGIN
         INSERT INTO document_words(document_words, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text);
         INSERT INTO document_words(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN
              SELECT RAISE(ABORT, '{table} only grows'); END"""
        for table in ("judgements", "withdrawals")
        for verb in ("UPDATE", "DELETE")
    ),
)


def connect(path: Path) -> Engine:
    """An engine on the SQLite file ``path``, with foreign keys, WAL and explicit transactions.

    A transaction begins as reader; one that will write is begun by ``writing``.
    """
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )

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
        write = connection.get_execution_options().get("sayso_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock when they begin."""
    return engine.execution_options(sayso_write=True)


def create(folder: Path) -> Engine:
    """Make ``folder`` a workspace and open it.

    Raises:
        WorkspaceError: the folder holds something else, or cannot be written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise WorkspaceError(f"{folder}: not empty, and not a workspace; give a new or empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        engine = connect(folder / FILE_NAME)
        with writing(engine).begin() as connection:
            Base.metadata.create_all(connection)
            for statement in _SQLITE_OWN:
                connection.exec_driver_sql(statement)
            connection.execute(insert(Meta).values(key="schema", value=str(SCHEMA_VERSION)))
    except (OSError, DatabaseError) as error:
        raise WorkspaceError(f"{folder}: a workspace cannot be made there ({_reason(error)})") from error
    return engine


def open_existing(folder: Path) -> Engine:
    """Open the workspace in ``folder``.

    Raises:
        WorkspaceError: there is none, it is damaged, or another version of Sayso made it.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        missing = "no such folder" if not folder.exists() else f"not a workspace (it holds no {FILE_NAME})"
        raise WorkspaceError(f"{folder}: {missing}; make one with: sayso build INPUT --into {folder}")
    engine = connect(path)
    try:
        with engine.begin() as connection:
            version = connection.scalar(select(Meta.value).where(Meta.key == "schema"))
    except DatabaseError as error:
        engine.dispose()
        raise WorkspaceError(
            f"{path}: cannot be read as a workspace ({_reason(error)}); the originals beside it are untouched: "
            "restore the file from a backup, or build the inputs into a new folder"
        ) from error
    if version != str(SCHEMA_VERSION):
        engine.dispose()
        raise WorkspaceError(
            f"{path}: has schema {version}, this Sayso reads schema {SCHEMA_VERSION}; "
            "use the Sayso that made it, or build the inputs into a new folder"
        )
    return engine


def _reason(error: OSError | DatabaseError) -> str:
    return str(error.orig) if isinstance(error, DatabaseError) else (error.strerror or str(error))
