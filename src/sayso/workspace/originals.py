"""Originals: the bytes of every capture, kept under their SHA-256 and never changed.

A folder workspace keeps them as files, provable with nothing but ``sha256sum``; one on a server in a table, so that a
team has one thing to back up.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, insert, select

from sayso.errors import WorkspaceError
from sayso.ids import sha256_hex
from sayso.workspace.tables import OriginalRow


class Originals(Protocol):
    """A content-addressed store of bytes."""

    def keep(self, data: bytes, sha256: str) -> None:
        """Write ``data`` under ``sha256``, whole or not at all; WorkspaceError where the hash is another's."""

    def read(self, sha256: str) -> bytes | None:
        """The bytes of ``sha256``, or None where they are missing."""

    def kept(self) -> Iterator[str]:
        """The SHA-256 of every original in the store, in order."""


class FileOriginals:
    """A content-addressed store: ``folder/ab/cdef...`` holds the bytes whose SHA-256 is ``abcdef...``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes of ``sha256`` lie, or would."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._folder / sha256[:2] / sha256[2:]

    def keep(self, data: bytes, sha256: str) -> None:
        """Write ``data`` under ``sha256``, whole or not at all.

        Raises:
            WorkspaceError: the hash is another's, or the disk refuses.
        """
        path = self.path(sha256)
        if path.is_file() and path.stat().st_size == len(data):
            return
        _prove(data, sha256)
        temporary: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError as error:
            if temporary:
                Path(temporary).unlink(missing_ok=True)
            raise WorkspaceError(f"{path}: an original cannot be written ({error.strerror or error})") from error

    def read(self, sha256: str) -> bytes | None:
        """The bytes of ``sha256``, or None where they are missing."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def kept(self) -> Iterator[str]:
        """The SHA-256 of every original in the store, in order."""
        for shelf in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(shelf.iterdir()):
                if not path.name.startswith("."):
                    yield shelf.name + path.name


class TableOriginals:
    """The same in the table ``originals`` of a database; ``writer`` is the engine that takes the write lock."""

    def __init__(self, engine: Engine, writer: Engine) -> None:
        self._engine = engine
        self._writer = writer

    def keep(self, data: bytes, sha256: str) -> None:
        """Write ``data`` under ``sha256``, whole or not at all.

        Raises:
            WorkspaceError: the hash is another's.
        """
        held = select(OriginalRow.sha256).where(OriginalRow.sha256 == sha256)
        with self._writer.begin() as connection:
            if connection.scalar(held) is None:
                _prove(data, sha256)
                connection.execute(insert(OriginalRow).values(sha256=sha256, bytes=data))

    def read(self, sha256: str) -> bytes | None:
        """The bytes of ``sha256``, or None where they are missing."""
        with self._engine.connect() as connection:
            data = connection.scalar(select(OriginalRow.bytes).where(OriginalRow.sha256 == sha256))
        return None if data is None else bytes(data)

    def kept(self) -> Iterator[str]:
        """The SHA-256 of every original in the store, in order."""
        with self._engine.connect() as connection:
            yield from connection.scalars(select(OriginalRow.sha256).order_by(OriginalRow.sha256)).all()


def _prove(data: bytes, sha256: str) -> None:
    if sha256_hex(data) != sha256:
        raise WorkspaceError(f"a capture says its sha256 is {sha256}, but its bytes say otherwise")
