"""The machine contract as a folder of JSON Lines files, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.contract import Record
from sayso.exporting.files import new_folder
from sayso.workspace import Workspace


def write(workspace: Workspace, out: Path, force: bool) -> list[Path]:
    """Write the five files of the contract into the folder ``out``; other files in it are left alone."""
    contents = {
        "documents.jsonl": workspace.records(),
        "statements.jsonl": _statements(workspace),
        "events.jsonl": workspace.events(),
        "disagreements.jsonl": workspace.disagreements(),
        "copies.jsonl": workspace.copies(),
    }
    return new_folder(out, contents, force=force)


def _statements(workspace: Workspace) -> Iterator[Record]:
    for document in workspace.records():
        for statement in document["statements"]:
            yield {"document": document["id"], **statement}
