"""The machine contract as a folder of JSON Lines files, in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.contract import Record
from sayso.errors import ExportError
from sayso.exporting.files import new_file
from sayso.workspace import Workspace

FILES = ("documents.jsonl", "statements.jsonl", "events.jsonl", "disagreements.jsonl", "copies.jsonl")


def write(workspace: Workspace, out: Path, force: bool) -> list[Path]:
    """Write the five files of the contract into the folder ``out``; other files in it are left alone."""
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out}: is a file; give the name of a folder")
    paths = [out / name for name in FILES]
    for path in paths:
        if path.exists() and not force:
            raise ExportError(f"{path}: is there already; give another folder, or --force to write over it")
    contents: tuple[Iterable[Record], ...] = (
        workspace.records(),
        _statements(workspace),
        workspace.events(),
        workspace.disagreements(),
        workspace.copies(),
    )
    for path, records in zip(paths, contents, strict=True):
        with new_file(path, force=force) as stream:
            for record in records:
                json.dump(record, stream, ensure_ascii=False)
                stream.write("\n")
    return paths


def _statements(workspace: Workspace) -> Iterator[Record]:
    for document in workspace.records():
        for statement in document["statements"]:
            yield {"document": document["id"], **statement}
