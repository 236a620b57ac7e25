"""Workspaces made of a few articles by the plain coder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plain_coder import PlainCoder

from sayso.running import run_build
from sayso.workspace import Workspace
from sayso.workspace.store import LOCAL_USER


def write_rows(table: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """``table`` with these rows: JSON, one object a line."""
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return table


def write_texts(folder: Path, *texts: str) -> Path:
    """``folder``, made, with a file for each of ``texts``, in their order."""
    folder.mkdir()
    for at, text in enumerate(texts):
        (folder / f"{at}.txt").write_text(text, "utf-8")
    return folder


def add(workspace: Workspace, source: Path) -> None:
    """Build ``source`` into ``workspace``."""
    list(run_build(workspace, [str(source)], make_coder=PlainCoder))


@contextmanager
def built(where: Path | str, source: Path, user: str = LOCAL_USER) -> Iterator[Workspace]:
    """A new workspace at ``where`` of all that is in ``source``."""
    with Workspace.create(where, user=user) as workspace:
        add(workspace, source)
        yield workspace
