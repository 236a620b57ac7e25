"""A build keeps what it can, names what it cannot, and goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_coder import LaterCoder, PlainCoder
from plain_workspace import write_rows

from sayso.running import Progress, Summary, processes_for, run_build
from sayso.running.coding import MakeCoder
from sayso.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "ws") as workspace:
        yield workspace


def build(workspace: Workspace, *sources: Path, make_coder: MakeCoder = PlainCoder, **options: object) -> Summary:
    run = run_build(workspace, [str(source) for source in sources], make_coder=make_coder, **options)  # type: ignore[arg-type]
    *_, summary = run
    assert isinstance(summary, Summary)
    return summary


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    """read, new, changed, unchanged, coded."""
    return summary.read, summary.new, summary.changed, summary.unchanged, summary.coded


def snapshot(workspace: Workspace) -> list[object]:
    return [list(workspace.records()), workspace.events(), workspace.copies(), workspace.disagreements()]


def test_again_adds_nothing(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("On 2016-03-27 the army shelled Homs.\n")
    (tmp_path / "in" / "b.txt").write_text("The rebels captured Hama on 2016-03-28.\n")
    assert counts(build(workspace, tmp_path / "in")) == (2, 2, 0, 0, 2)
    before = snapshot(workspace)
    assert counts(build(workspace, tmp_path / "in")) == (2, 0, 0, 2, 0)
    assert snapshot(workspace) == before


def test_only_what_changed_is_done(workspace: Workspace, tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text("On 2016-03-27 the army shelled Homs.\n")
    b.write_text("The rebels captured Hama on 2016-03-28.\n")
    build(workspace, a, b)
    a.write_text("On 2016-03-27 the army bombed Homs.\n")
    assert counts(build(workspace, a, b)) == (2, 0, 1, 1, 1)
    assert [event["type"] for event in workspace.events()] == ["air_strike", "capture"]
    assert len(list(workspace.originals.kept())) == 3


def test_another_coder_version_codes_all_again(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On 2016-03-27 the army shelled Homs.\n")
    build(workspace, tmp_path / "a.txt")
    assert counts(build(workspace, tmp_path / "a.txt", make_coder=LaterCoder)) == (1, 0, 0, 1, 1)
    assert workspace.coders() == {"plain/2"}


def test_hostile_inputs_are_named_and_the_rest_is_built(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a_good.txt").write_text("On 2016-03-27 the army shelled Homs.\n")
    (folder / "b_empty.txt").write_bytes(b"")
    (folder / "c_binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "d_broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (folder / "e_no_text.csv").write_text("colour,taste\nred,sour\nblue,sweet\n")
    (folder / "f_raises.txt").write_text("Here it must RAISE an error in the coder.\n")
    (folder / "g_good.txt").write_text("On 2016-03-28 the rebels captured Hama.\n")
    summary = build(workspace, folder, tmp_path / "missing.txt")
    failed = {Path(failure.item).name: failure for failure in summary.failures if failure.stage == "reading"}
    assert set(failed) == {"b_empty.txt", "c_binary.txt", "d_broken.pdf", "e_no_text.csv", "missing.txt"}
    assert all(failure.problem for failure in summary.failures)
    (uncoded,) = [failure for failure in summary.failures if failure.stage == "coding"]
    assert "asked to" in uncoded.problem
    assert [event["place"]["name"] for event in workspace.events()] == ["Homs", "Hama"]
    assert workspace.figures().waiting == 1


def test_stopped_midway_nothing_is_lost_and_the_next_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"On 2016-03-{n + 1:02} the army shelled Homs, killing {n + 2}."} for n in range(20)]
    table = write_rows(tmp_path / "t.jsonl", rows)
    run = run_build(workspace, [str(table)], make_coder=PlainCoder)
    for step in run:
        if isinstance(step, Progress) and step.stage == "coding" and step.done == 7:
            break
    run.close()
    assert workspace.waiting("plain/1") == 13
    assert workspace.figures().stale
    assert counts(build(workspace, table)) == (20, 0, 0, 20, 13)
    with Workspace.create(tmp_path / "straight") as straight:
        build(straight, table)
        assert snapshot(straight) == snapshot(workspace)


def test_processes_give_the_same_workspace(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"On 2016-03-{n + 1:02} the army shelled Homs, killing {n + 2}."} for n in range(8)]
    table = write_rows(tmp_path / "t.jsonl", rows)
    build(workspace, table, processes=2)
    with Workspace.create(tmp_path / "one") as one:
        build(one, table, processes=1)
        assert snapshot(one) == snapshot(workspace)


def test_a_table_read_by_chosen_column(workspace: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("nr,prose\n1,On 2016-03-27 the army shelled Homs.\n")
    assert build(workspace, table, columns={"text": "prose"}).new == 1


@pytest.mark.parametrize(
    ("waiting", "wanted", "processes"), [(5, None, 1), (5, 8, 5), (0, None, 1), (1000, 1, 1), (0, 3, 1), (1000, 3, 3)]
)
def test_how_many_processes(waiting: int, wanted: int | None, processes: int) -> None:
    assert processes_for(waiting, wanted) == processes
