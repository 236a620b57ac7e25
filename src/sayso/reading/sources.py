"""Where items come from: a file, a folder and all under it, standard input, or bytes at hand."""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import ReadingError, TooLarge, Unreadable
from sayso.reading.limits import FOLDER_FILES, STREAM_BYTES, megabytes

STANDARD_INPUT = "-"
_CHUNK = 1 << 20
_IN_MEMORY = 16 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read. ``origin`` says where it is (a path as given); ``name`` is its last part, all an id knows."""

    origin: str
    name: str
    size: int
    open: Callable[[], BinaryIO]


def items(source: str | os.PathLike[str] | BinaryIO, report: Callable[[ReadingError], None]) -> Iterator[Item]:
    """The items of ``source``, a folder's in the order of their names. What cannot be opened is reported.

    In a folder, hidden files and folders are passed over, and so are links that lead out of it.
    """
    if isinstance(source, (str, os.PathLike)):
        if os.fspath(source) == STANDARD_INPUT:
            yield _kept(sys.stdin.buffer, "<stdin>")
            return
        path = Path(source)
        if "\0" in str(path):
            raise Unreadable(repr(str(path)), "is not a path")
        if path.is_dir():
            yield from _folder(path, report)
        else:
            yield _file(path)
        return
    name = getattr(source, "name", None)
    yield _kept(source, Path(name).name if isinstance(name, str) else "<stream>")


def from_bytes(data: bytes, name: str) -> Item:
    """The item that ``data``, at hand already, is."""
    return Item(name, name.replace("\\", "/").rsplit("/", 1)[-1], len(data), lambda: io.BytesIO(data))


def _file(path: Path) -> Item:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise Unreadable(str(path), _why(error)) from None
    if not stat.S_ISREG(status.st_mode):
        # A pipe or a device may never end.
        raise Unreadable(str(path), "is not a file or folder")

    def opened() -> BinaryIO:
        try:
            return path.open("rb")
        except OSError as error:
            raise Unreadable(str(path), _why(error)) from None

    return Item(path.as_posix(), path.name, status.st_size, opened)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return f"cannot be opened: {getattr(error, 'strerror', None) or error}"


def _folder(folder: Path, report: Callable[[ReadingError], None]) -> Iterator[Item]:
    root = folder.resolve()
    taken = 0

    def refused(error: OSError) -> None:
        report(Unreadable(str(error.filename or folder), _why(error)))

    # Links to folders are not followed: they may lead in circles.
    for here, folders, files in os.walk(folder, onerror=refused, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            if name.startswith(".") or (path.is_symlink() and not _inside(path, root)):
                continue
            try:
                item = _file(path)
            except ReadingError as error:
                report(error)
                continue
            taken += 1
            if taken > FOLDER_FILES:
                raise TooLarge(str(folder), f"over {FOLDER_FILES:,} files; read it in parts")
            yield item
    if not taken:
        report(Unreadable(str(folder), "holds no files to read"))


def _inside(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _kept(stream: BinaryIO, name: str) -> Item:
    """A stream, which can be read only once, kept so that it can be looked at first."""
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 closed by whoever opens the item
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > STREAM_BYTES:
            kept.close()
            raise TooLarge(name, f"over {megabytes(STREAM_BYTES)}; put it in a file")
        kept.write(chunk)
    kept.seek(0)
    return Item(name, name, size, lambda: cast("BinaryIO", kept))
