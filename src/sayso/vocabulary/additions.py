"""Tables a user added to the vocabulary: each kept in one file of the user's data folder until it is removed.

A kept file is gzipped JSON lines. The first says what it is (``Table``), every other is one row, in our own form
whatever form it came in. It is written whole or not at all. The same table added twice gives the same file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from sayso.errors import VocabularyError

Kind = Literal["places", "actors"]

_SCHEMA = "sayso/added/1"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_ENDING = ".jsonl.gz"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was added. ``name`` is what it is called and removed by.

    ``file`` is the name of the file it came from, ``format`` what it was read as, ``rows`` how many rows are kept,
    ``refused`` how many were malformed and ``left_out`` how many are of no use here. ``digest`` is that of the rows.
    """

    kind: Kind
    name: str
    file: str
    format: str
    rows: int
    refused: int
    left_out: int
    digest: str


def data_root() -> Path:
    """``sayso`` in ``$XDG_DATA_HOME``, by default ``~/.local/share``."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "sayso"


def name_for(path: Path, wanted: str | None = None, format: str = "") -> str:
    """What a table is called: ``wanted``, or what its file is called, in small letters, after its ``format``.

    Raises ``VocabularyError`` where ``wanted`` is no name.
    """
    if wanted is not None:
        if not _NAME.fullmatch(wanted):
            raise VocabularyError(f"{wanted!r} cannot name a table: write up to 60 small letters, digits, - and _")
        return wanted
    bare = re.sub(r"(?:\.(?:csv|tsv|tab|txt|gz|zip|actors))+$", "", path.name.lower())
    words = re.sub(r"[^a-z0-9]+", " ", f"{format} {bare}").split()
    return "-".join(dict.fromkeys(words))[:60].strip("-") or "table"


def tables(kind: Kind, root: Path | None = None) -> tuple[Table, ...]:
    """What was added, by name. Raises ``VocabularyError`` naming a file that is broken."""
    folder = (root or data_root()) / kind
    if not folder.is_dir():
        return ()
    paths = sorted(path for path in folder.iterdir() if path.name.endswith(_ENDING) and not path.name.startswith("."))
    return tuple(_read_head(path, kind) for path in paths)


def digest(root: Path | None = None) -> str:
    """A few letters for everything that was added, of whatever kind; empty where nothing was."""
    told = [
        f"{table.kind} {table.name} {table.digest}" for kind in ("places", "actors") for table in tables(kind, root)
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8] if told else ""


def keep(
    kind: Kind, name: str, file: str, format: str, rows: Iterable[Mapping[str, Any]], told: Mapping[str, int],
    root: Path | None = None,
) -> tuple[Table, bool]:  # fmt: skip
    """Keep ``rows`` under ``name``, in the place of what was kept there before; also whether anything changed.

    ``told`` is read after the last row; it holds ``refused`` and ``left_out``. Raises ``VocabularyError`` where
    there is no row; what was there before then stays.
    """
    folder = (root or data_root()) / kind
    folder.mkdir(parents=True, exist_ok=True)
    number, written = 0, hashlib.sha256()
    handle, temporary = tempfile.mkstemp(prefix=".", dir=folder)
    path = Path(temporary)
    try:
        body = path.with_name(path.name + ".rows")
        with os.fdopen(handle, "wb") as whole:
            try:
                with body.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
                    for row in rows:
                        number += 1
                        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
                        written.update(line)
                        packed.write(line)
                if not number:
                    raise VocabularyError(f"{file}: no row of it can be used, so nothing was added")
                table = Table(
                    kind, name, file, format, number, told["refused"], told["left_out"], written.hexdigest()[:16]
                )
                head = json.dumps({"schema": _SCHEMA, **asdict(table)}, ensure_ascii=False).encode() + b"\n"
                whole.write(gzip.compress(head, mtime=0))
                with body.open("rb") as made:
                    while block := made.read(1 << 20):
                        whole.write(block)
            finally:
                body.unlink(missing_ok=True)
            whole.flush()
            os.fsync(whole.fileno())
        target = folder / f"{name}{_ENDING}"
        before = _read_head(target, kind) if target.exists() else None
        if before == table:
            return table, False
        path.replace(target)
        return table, True
    finally:
        path.unlink(missing_ok=True)


def rows(table: Table, root: Path | None = None) -> Iterator[dict[str, Any]]:
    """The kept rows of ``table``. Raises ``VocabularyError`` where its file is broken."""
    path = _path(table, root)
    lines = _lines(path, table.kind)
    next(lines)
    number = 0
    for line in lines:
        number += 1
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise _broken(path, table.kind)
        yield row
    if number != table.rows:
        raise _broken(path, table.kind)


def remove(kind: Kind, name: str, root: Path | None = None) -> bool:
    """Remove what is kept under ``name``; whether there was anything."""
    if not _NAME.fullmatch(name):
        return False
    path = (root or data_root()) / kind / f"{name}{_ENDING}"
    if not path.exists():
        return False
    path.unlink()
    return True


def _path(table: Table, root: Path | None) -> Path:
    return (root or data_root()) / table.kind / f"{table.name}{_ENDING}"


def _lines(path: Path, kind: Kind) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as packed:
            yield from packed
    except (OSError, EOFError, zlib.error):
        raise _broken(path, kind) from None


def _read_head(path: Path, kind: Kind) -> Table:
    try:
        head = json.loads(next(_lines(path, kind), b"null"))
        if head.pop("schema") != _SCHEMA or head["kind"] != kind or head["name"] != path.name.removesuffix(_ENDING):
            raise _broken(path, kind)
        return Table(**head)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _broken(path, kind) from None


def _broken(path: Path, kind: Kind) -> VocabularyError:
    command = "gazetteer" if kind == "places" else "actors"
    name = path.name.removesuffix(_ENDING)
    return VocabularyError(
        f"{path}: the added table {name} is broken or of another version of Sayso; take it out with"
        f" 'sayso {command} remove {name}' and add it again"
    )
