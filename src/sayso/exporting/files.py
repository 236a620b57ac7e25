"""Writing output files: whole or not at all, and over another only when told to."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sayso.contract import Record
from sayso.errors import ExportError


@contextmanager
def new_file(path: Path, *, force: bool = False, encoding: str = "utf-8", newline: str = "\n") -> Iterator[IO[str]]:
    """A text file that takes the name ``path`` when the block ends without an error.

    Raises:
        ExportError: it is there already (and not ``force``), or cannot be written.
    """
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; give the name of a file")
    if path.exists() and not force:
        raise ExportError(f"{path}: is there already; give another name, or --force to write over it")
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding=encoding, newline=newline) as stream:
            yield stream
        # mkstemp makes files for the owner alone; an export is made to be handed on.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def new_folder(out: Path, contents: Mapping[str, Iterable[Record]], *, force: bool = False) -> list[Path]:
    """Write JSON Lines files of those names into the folder ``out``; other files in it are left alone.

    Raises:
        ExportError: ``out`` is a file, one of the files is there already (and not ``force``), or cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out}: is a file; give the name of a folder")
    paths = [out / name for name in contents]
    for path in paths:
        if path.exists() and not force:
            raise ExportError(f"{path}: is there already; give another folder, or --force to write over it")
    for path, records in zip(paths, contents.values(), strict=True):
        with new_file(path, force=force) as stream:
            for record in records:
                json.dump(record, stream, ensure_ascii=False)
                stream.write("\n")
    return paths


def _umask() -> int:
    # There is no way to ask for it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
