"""``sayso explain``, with the coder itself: of a file, and of a workspace's statement, event and document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]
STORY = "Government forces shelled the town of Saraqib on Monday, killing 12 people, a monitoring group said.\n"
AGAIN = "Shelling by government forces killed 12 people in Saraqib on Monday, activists reported.\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return run


def test_a_file_is_explained_in_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY + "Then rebels \x1b[31m[bold]captured\u202e Hama.\n")
    code, out, _ = run("explain", path, "--published", "2016-03-30")
    assert code == 0
    assert "“Saraqib”" in out
    assert "“Monday”" in out
    assert "weighed: " in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_as_json_each_document_is_one_object(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'id,text\n1,"{STORY.strip()}"\n2,The weather was fine.\n')
    code, out, _ = run("explain", table, "--json")
    assert code == 0
    first, second = (json.loads(line) for line in out.splitlines())
    assert (first["schema"], first["document"], second["document"]) == ("sayso/explanation/1", "1", "2")
    assert second["statements"] == []
    fields = {reason["field"]: reason for reason in first["statements"][0]["reasons"]}
    assert fields["place"]["words"][0]["text"] == "Saraqib"
    assert fields["time"]["rule"] == "undated"
    assert fields["place"]["options"][0]["chance"] > 0.5


def test_of_a_workspace_a_statement_an_event_and_a_document(run: Run, tmp_path: Path) -> None:
    table, workspace = tmp_path / "t.csv", tmp_path / "ws"
    table.write_text(f'id,published,text\n1,2016-03-30,"{STORY.strip()}"\n2,2016-03-30,"{AGAIN.strip()}"\n')
    assert run("build", table, "--into", workspace, "--processes", 1)[0] == 0
    with Workspace.open(workspace) as opened:
        event = max(opened.events(), key=lambda one: len(one["statements"]))
    assert len(event["documents"]) == 2

    code, out, _ = run("explain", workspace, event["id"], "--json")
    assert code == 0
    tied, *documents = (json.loads(line) for line in out.splitlines())
    assert tied["event"] == event["id"]
    assert sorted(tied["ties"][0]["statements"]) == sorted(event["statements"])
    assert sum(tied["ties"][0]["parts"].values()) == pytest.approx(tied["ties"][0]["score"], abs=0.01)
    told = [one["statement"]["id"] for document in documents for one in document["statements"]]
    assert sorted(told) == sorted(event["statements"])

    code, out, _ = run("explain", workspace, event["statements"][0])
    assert code == 0
    assert event["statements"][0] in out
    assert event["statements"][1] not in out
    assert "wanted" in run("explain", workspace, event["id"])[1]

    code, out, _ = run("explain", workspace, "2", "--json")
    assert json.loads(out)["document"] == "2"


def test_an_unknown_id_and_options_that_do_not_fit_are_slips(run: Run, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "ws"):
        pass
    code, _, err = run("explain", tmp_path / "ws", "stm_0000000000000000")
    assert (code, "no statement, event or document" in err) == (2, True)
    code, _, err = run("explain", tmp_path / "ws", "x", "--published", "2016-03-30")
    assert (code, "only files take" in err) == (2, True)
    code, _, err = run("explain", tmp_path / "nowhere.txt")
    assert (code, "no such file" in err) == (2, True)
