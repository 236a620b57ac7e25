"""A workspace moved to another kind of place is the same workspace."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from plain_coder import PlainCoder

from sayso.errors import WorkspaceError
from sayso.running import run_build
from sayso.workspace import Workspace
from sayso.workspace.checking import Finding, check
from sayso.workspace.copying import copy_workspace


def test_there_and_back(tmp_path: Path, postgresql: str) -> None:
    (tmp_path / "a.txt").write_text("On 2016-03-27 the army shelled Homs, killing 8, said SANA.\n")
    (tmp_path / "b.txt").write_text("On 2016-03-28 the rebels captured Hama. Late, the army bombed Idlib.\n")
    places = [str(tmp_path / "ws"), f"{postgresql}&schema=copied", str(tmp_path / "back")]
    with Workspace.create(places[0], user="ana") as first:
        list(run_build(first, [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], make_coder=PlainCoder))
        first.judge("review", "reject", [next(first.records())["statements"][0]["id"]], reason="an exercise")
        first.relink()
        expected = first.events(), list(first.records()), first.judgements(), first.figures()
        told = len(first.ledger())
    for number, (source, target) in enumerate(pairwise(places), start=1):
        with Workspace.open(source) as workspace:
            copied = {step.table: step.rows for step in copy_workspace(workspace, target)}
        assert (copied["originals"], copied["documents"], copied["judgements"]) == (2, 2, 1)
        with Workspace.open(target) as workspace:
            assert (workspace.events(), list(workspace.records())) == expected[:2]
            assert (workspace.judgements(), workspace.figures()) == expected[2:]
            assert [step for step in check(workspace, PlainCoder()) if isinstance(step, Finding)] == []
            assert [entry.action for entry in workspace.ledger()][told:] == ["copied"] * number
    # It can be worked in: numbers go on where they were.
    (tmp_path / "c.txt").write_text("On 2016-03-30 the army shelled Hama.\n")
    with Workspace.open(places[1]) as workspace:
        list(run_build(workspace, [str(tmp_path / "c.txt")], make_coder=PlainCoder))
        statements = [s["id"] for record in workspace.records() for s in record["statements"]]
        workspace.judge("note", "note", statements[:1], reason="seen")
        assert workspace.figures().documents == 3


def test_not_over_something_else(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "other").close()
    with Workspace.create(tmp_path / "ws") as workspace, pytest.raises(WorkspaceError, match="not empty"):
        list(copy_workspace(workspace, tmp_path / "other"))
