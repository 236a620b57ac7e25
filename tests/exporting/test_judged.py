"""What people decided, as training data and as figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plain_workspace import built, write_rows

from sayso.exporting import export
from sayso.workspace import Workspace, double_coding

TEXTS = {
    "a": "On 2016-03-27 the army shelled Homs, killing 8. On 2016-03-28 the rebels captured Hama.",
    "b": "On 2016-03-27 the army shelled Homs, killing 9. Crowds filled the streets.",
}


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    rows = ({"id": id_, "text": text} for id_, text in TEXTS.items())
    with built(where, write_rows(tmp_path / "t.jsonl", rows), "eve") as made:
        yield made


def exported(workspace: Workspace, out: Path) -> dict[str, list[dict[str, Any]]]:
    paths = export(workspace, "judged", out, force=True)
    return {path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in paths}


def test_nothing_judged_is_nothing_to_learn(workspace: Workspace, tmp_path: Path) -> None:
    assert exported(workspace, tmp_path) == {"corrections": [], "pairs": [], "coders": [], "agreement": []}


def test_corrections_beside_what_the_coder_made(workspace: Workspace, tmp_path: Path) -> None:
    ids = {
        (record["id"], s["type"]): s["id"] for record in workspace.records() for s in record["statements"]
    }  # fmt: skip
    edit = workspace.judge("edit", "status", [ids["a", "shelling"]], detail={"value": "alleged"})
    workspace.judge("review", "reject", [ids["a", "capture"]])
    crowd = TEXTS["b"].index("filled")
    new = {"type": "protest", "status": "happened", "trigger": {"start": crowd, "end": crowd + 6}}
    workspace.judge("add", "statement", ["b"], detail={"statement": new})
    apart = workspace.judge("different", "different", [ids["a", "shelling"], ids["b", "shelling"]])
    workspace.judge("note", "note", [ids["b", "shelling"]], reason="look again")
    found = exported(workspace, tmp_path / "first")
    first, second = found["corrections"]
    assert (first["document"], first["text"]) == ("a", TEXTS["a"])
    edited, rejected = first["statements"]
    assert (edited["state"], edited["judgements"]) == ("edited", [edit.id, apart.id])
    assert (edited["machine"]["status"], edited["statement"]["status"]) == ("happened", "alleged")
    assert (rejected["state"], rejected["statement"], rejected["machine"]["type"]) == ("rejected", None, "capture")
    (added,) = second["statements"]
    assert (added["state"], added["machine"], added["statement"]["type"]) == ("added", None, "protest")
    assert found["pairs"] == [
        {
            "verdict": "different",
            "statements": sorted([ids["a", "shelling"], ids["b", "shelling"]]),
            "documents": ["a", "b"] if ids["a", "shelling"] < ids["b", "shelling"] else ["b", "a"],
        }
    ]
    workspace.withdraw(edit.id)
    again = exported(workspace, tmp_path / "second")
    assert [s["state"] for s in again["corrections"][0]["statements"]] == ["rejected"]


def test_the_work_of_double_coders_and_how_far_they_agree(workspace: Workspace, tmp_path: Path) -> None:
    (capture,) = [s["id"] for r in workspace.records() for s in r["statements"] if s["type"] == "capture"]
    with workspace.transaction(write=True) as connection:
        given = double_coding.assign(connection, ["a"], ["ana", "ben"], "pilot", by="eve")
    of = {one.user: one.id for one in given}
    workspace.as_user("ana").judge("review", "reject", [capture], assignment=of["ana"])
    assert exported(workspace, tmp_path)["coders"] == []
    with workspace.transaction(write=True) as connection:
        for one in given:
            double_coding.finish(connection, one.id, user=one.user)
    found = exported(workspace, tmp_path)
    assert {one["coder"]: [s["type"] for s in one["statements"]] for one in found["coders"]} == {
        "ana": ["shelling"], "ben": ["shelling", "capture"],
    }  # fmt: skip
    agreement = {one["field"]: one for one in found["agreement"]}
    assert (agreement["present"]["round"], agreement["present"]["units"], agreement["present"]["agreed"]) == (
        "pilot", 2, 1,
    )  # fmt: skip
    # By hand: values yes yes, yes no; observed 2/4, expected 2*3*1/(4*3); alpha 0.
    assert agreement["present"]["alpha"] == pytest.approx(0)
    assert found["corrections"] == []
