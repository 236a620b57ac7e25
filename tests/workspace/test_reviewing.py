"""What waits for a person's eye, and what was said of it, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_workspace import add, built, write_rows

from sayso.workspace import Workspace, double_coding, reviewing

TEXTS = {
    "a": "On 2016-03-27 the army shelled Homs, killing 8. The rebels captured Hama.",
    "b": "On 2016-03-27 the army shelled Homs, killing 9.",
    "c": "On 2016-04-02 the army shelled Homs.",
    "d": "On 2018-04-02 the army shelled Homs.",
    "e": "On 2016-03-29 the army bombed Nowhere.",
}


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    rows = ({"id": id_, "text": text} for id_, text in TEXTS.items())
    with built(where, write_rows(tmp_path / "t.jsonl", rows), "eve") as made:
        yield made


def statement(workspace: Workspace, document: str, type_: str = "shelling") -> str:
    (found,) = [s["id"] for record in workspace.records([document]) for s in record["statements"] if s["type"] == type_]
    return str(found)


def waiting(workspace: Workspace, user: str = "eve", **asked: object) -> list[tuple[str, str, tuple[str, ...]]]:
    with workspace.transaction() as connection:
        total, found = reviewing.queue(connection, user, **asked)  # type: ignore[arg-type]
    assert total >= len(found)
    return [(one.document_id, one.record["type"], one.reasons) for one in found]


def test_the_most_doubtful_comes_first(workspace: Workspace) -> None:
    assert waiting(workspace) == [
        ("a", "shelling", ("differ",)),
        ("b", "shelling", ("differ",)),
        ("a", "capture", ("time",)),
        ("c", "shelling", ()),
        ("d", "shelling", ()),
        ("e", "air_strike", ()),
    ]
    assert waiting(workspace, reason="time") == [("a", "capture", ("time",))]
    assert [one[:2] for one in waiting(workspace, document_id="a")] == [("a", "shelling"), ("a", "capture")]
    assert waiting(workspace, limit=1, offset=3) == [("c", "shelling", ())]


def test_what_was_reviewed_waits_no_longer(workspace: Workspace) -> None:
    workspace.judge("review", "accept", [statement(workspace, "c")])
    workspace.judge("review", "reject", [statement(workspace, "e", "air_strike")])
    assert [one[:2] for one in waiting(workspace)] == [
        ("a", "shelling"), ("b", "shelling"), ("a", "capture"), ("d", "shelling"),
    ]  # fmt: skip
    assert [one[:2] for one in waiting(workspace, everything=True)] == [
        ("a", "shelling"), ("a", "capture"), ("b", "shelling"), ("c", "shelling"), ("d", "shelling"),
        ("e", "air_strike"),
    ]  # fmt: skip


def test_what_came_after_ones_last_judgement_is_new_to_them_alone(workspace: Workspace, tmp_path: Path) -> None:
    workspace.as_user("ana").judge("review", "accept", [statement(workspace, "c")])
    later = {"id": "f", "text": "On 2016-05-05 the rebels captured Hama."}
    add(workspace, write_rows(tmp_path / "later.jsonl", [later]))
    assert waiting(workspace, "ana", reason="new") == [("f", "capture", ("new",))]
    assert waiting(workspace, "ben", reason="new") == []


def test_a_statement_as_it_stands(workspace: Workspace) -> None:
    id_ = statement(workspace, "c")
    with workspace.transaction() as connection:
        fresh = reviewing.subject(connection, id_)
        assert reviewing.subject(connection, "stm_0") is None
    assert fresh is not None
    assert (fresh.document_id, fresh.review, fresh.machine, fresh.judgements) == ("c", None, None, ())
    edit = workspace.judge("edit", "status", [id_], detail={"value": "alleged"})
    with workspace.transaction() as connection:
        edited = reviewing.subject(connection, id_)
    assert edited is not None
    assert edited.machine is not None
    assert (edited.review, edited.judgements) == ("edited", (edit.id,))
    assert (edited.record["status"], edited.machine["status"]) == ("alleged", "happened")
    workspace.judge("review", "reject", [id_])
    with workspace.transaction() as connection:
        gone = reviewing.subject(connection, id_)
        assert [record["id"] for record in reviewing.rejected(connection, "c")] == [id_]
        assert reviewing.rejected(connection, "a") == []
    assert gone is not None
    assert (gone.review, gone.event) == ("rejected", None)


def test_history_tells_what_was_taken_back_and_by_whom(workspace: Workspace) -> None:
    id_ = statement(workspace, "c")
    edit = workspace.as_user("ana").judge("edit", "status", [id_], detail={"value": "alleged"})
    note = workspace.judge("note", "note", [id_], reason="see the map")
    workspace.as_user("ben").withdraw(edit.id)
    with workspace.transaction() as connection:
        subject = reviewing.subject(connection, id_)
        assert subject is not None
        steps = reviewing.history(connection, [id_], subject.judgements)
    assert [(step.judgement.id, step.withdrawn_by) for step in steps] == [(edit.id, "ben"), (note.id, None)]


def test_neighbours_are_alike_in_place_or_type_and_near_in_time(workspace: Workspace) -> None:
    events = {document: event for event in workspace.events() for document in event["documents"]}
    with workspace.transaction() as connection:
        found = reviewing.neighbours(connection, events["b"]["id"])
        assert reviewing.neighbours(connection, "evt_0") == []
    # The shelling a week later; not the one two years later, nor the strike elsewhere.
    assert [event["documents"] for event in found] == [["c"]]


def test_an_assignment_shows_ones_own_work_alone(workspace: Workspace) -> None:
    with workspace.transaction(write=True) as connection:
        given = {one.user: one for one in double_coding.assign(connection, ["a"], ["ana", "ben"], "pilot", by="eve")}
    capture = statement(workspace, "a", "capture")
    workspace.as_user("ana").judge("review", "reject", [capture], assignment=given["ana"].id)
    new = {"type": "protest", "status": "happened", "trigger": {"start": 0, "end": 2}}
    workspace.as_user("ben").judge("add", "statement", ["a"], detail={"statement": new}, assignment=given["ben"].id)
    with workspace.transaction() as connection:
        shown = {user: reviewing.assigned(connection, one) for user, one in given.items()}
    assert [(s.record["type"], s.review) for s in shown["ana"]] == [("shelling", None), ("capture", "rejected")]
    assert [(s.record["type"], s.review) for s in shown["ben"]] == [
        ("protest", "added"), ("shelling", None), ("capture", None),
    ]  # fmt: skip
