"""The command line, as people and programs meet it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plain_coder import PlainCoder

from sayso.cli import main
from sayso.contract import coded_document

Run = Callable[..., "Result"]
PROGRAM = Path(__file__).parent / "support" / "plain_sayso.py"

HOSTILE = (
    "On 2016-03-27 the army shelled Homs \x1b[2J\x1b]0;owned\x07 [bold red]loud[/] [link=http://x]y[/link] "
    "\u202egnorw\u202c \x9b31m :smile: end.\n"
)


class Result:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``sayso`` here, with the plain coder in place of the real one."""
    monkeypatch.setattr("sayso.coding.coder.Coder", PlainCoder)
    monkeypatch.setattr("sayso.running.prepare", lambda report: None)

    def run(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Result(ended.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("On 2016-03-27 the army shelled Homs, killing 8, said SANA.\n")
    (folder / "b.txt").write_text("On 2016-03-27 the army shelled Homs, killing 9.\nThen the rebels captured Hama.\n")
    return folder


@pytest.fixture
def built(run: Run, articles: Path, tmp_path: Path) -> Path:
    assert run("build", articles, "--into", tmp_path / "ws").code == 0
    return tmp_path / "ws"


# --- build ------------------------------------------------------------------------------------------------------------


def test_build_sums_up_and_again_changes_nothing(run: Run, articles: Path, tmp_path: Path) -> None:
    first = run("build", articles, "--into", tmp_path / "ws")
    assert first.code == 0
    assert first.out == ""
    assert "Read 2: 2 new, 0 changed, 0 unchanged; 0 failed. Coded 2." in first.err
    assert "2 documents, 3 statements, 2 events, 0 groups of copies, 1 disagreement." in first.err
    again = run("build", articles, "--into", tmp_path / "ws")
    assert "Read 2: 0 new, 0 changed, 2 unchanged; 0 failed. Coded 0." in again.err


def test_build_json_is_the_summary(run: Run, articles: Path, tmp_path: Path) -> None:
    result = run("build", articles, "--into", tmp_path / "ws", "--json")
    summary = json.loads(result.out)
    assert (summary["read"], summary["new"], summary["figures"]["events"], summary["failures"]) == (2, 2, 2, [])


def test_build_names_what_fails_and_builds_the_rest(run: Run, articles: Path, tmp_path: Path) -> None:
    (articles / "c_empty.txt").write_text("")
    (articles / "d.txt").write_text("It must RAISE here.\n")
    (articles / "e\x1b[31m.txt").write_text("")
    result = run("build", articles, tmp_path / "nowhere.txt", "--into", tmp_path / "ws")
    assert result.code == 1
    assert "c_empty.txt: is empty" in result.err
    assert "the coder failed on it (RuntimeError: asked to)" in result.err
    assert "nowhere.txt: there is no such file" in result.err
    assert "\x1b" not in result.err
    assert "2 events" in result.err


def test_repeated_rows_are_told_but_are_no_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,text\n" + "1,On 2016-03-27 the army shelled Homs.\n" * 2)
    result = run("build", tmp_path / "t.csv", "--into", tmp_path / "ws")
    assert result.code == 0
    assert "repeat another exactly; skipped" in result.err
    assert "Read 1: 1 new" in result.err


def test_a_slip_in_the_name_makes_no_workspace(run: Run, tmp_path: Path) -> None:
    result = run("build", tmp_path / "artcles", "--into", tmp_path / "ws")
    assert result.code == 2
    assert "artcles: there is no such file or folder" in result.err
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--column", "text"], "write FIELD=NAME"),
        (["--column", "colour=x"], "the fields are text, title"),
        (["--column", "text=a", "--column", "text=b"], "text is given twice"),
        (["--published", "yesterday"], "write it like 2016-03-12"),
        (["--processes", "0"], "greater than or equal to 1"),
        (["--colour"], "No such option"),
    ],
)
def test_wrong_options_are_usage_errors(
    run: Run, articles: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    result = run("build", articles, "--into", tmp_path / "ws", *options)
    assert result.code == 2
    assert said in result.err
    assert "--help" in result.err
    assert not (tmp_path / "ws").exists()


def test_build_into_another_folder_is_refused(run: Run, articles: Path) -> None:
    result = run("build", articles, "--into", articles)
    assert result.code == 3
    assert "not a workspace" in result.err
    assert sorted(path.name for path in articles.iterdir()) == ["a.txt", "b.txt"]


# --- show -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_show_prints_the_chronology_within_its_width(run: Run, built: Path, width: int) -> None:
    result = run("show", built, "--width", width)
    assert result.code == 0
    lines = result.out.splitlines()
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]
    words = " ".join(result.out.split())
    assert "March 2016 ──" in words
    assert "27 Mar 2016" in words
    assert "Shelling · Homs, Syria" in words
    assert "8 to 9 killed" in words
    assert "2 independent sources: SANA (cited), b.txt" in words
    assert "⚠ killed: 8 | 9" in words
    assert words.index("Date not told") < words.index("Capture · Hama, Syria")
    assert "2 events from 2 documents" in words


def test_show_filters(run: Run, built: Path) -> None:
    def types(*options: object) -> list[str]:
        result = run("show", built, "--json", *options)
        assert result.code == 0
        return [json.loads(line)["type"] for line in result.out.splitlines()]

    assert types() == ["shelling", "capture"]
    assert types("--place", "hama") == ["capture"]
    assert types("--actor", "REBELS") == ["capture"]
    assert types("--type", "shelling", "--type", "capture", "--limit", 1) == ["shelling"]
    assert types("--status", "planned") == []
    assert types("--from", "2016-03", "--to", "2016") == ["shelling"]
    assert types("--from", "2016-04") == []
    assert types("--disputed") == ["shelling"]


@pytest.mark.parametrize(
    "options", [["--type", "party"], ["--status", "maybe"], ["--from", "2016-13"], ["--to", "soon"], ["--width", "3"]]
)
def test_show_refuses_what_cannot_be(run: Run, built: Path, options: list[str]) -> None:
    assert run("show", built, *options).code == 2


@pytest.mark.parametrize("command", [["show"], ["search", "Homs"], ["check"], ["export", "--as", "csv", "-o", "x.csv"]])
def test_no_workspace_says_how_to_make_one(run: Run, tmp_path: Path, command: list[str]) -> None:
    name, *rest = command
    result = run(name, tmp_path / "none", *rest)
    assert result.code == 3
    assert "make one with: sayso build" in result.err


def test_show_says_when_it_is_not_up_to_date(run: Run, built: Path) -> None:
    with sqlite3.connect(built / "workspace.db") as connection:
        connection.execute("UPDATE meta SET value = 'yes' WHERE key = 'stale'")
    connection.close()
    assert "not up to date" in run("show", built).err


@pytest.mark.parametrize("colour", [False, True])
def test_articles_cannot_speak_to_the_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colour: bool
) -> None:
    if colour:
        monkeypatch.setenv("FORCE_COLOR", "1")
    row = {"id": "x\x1b[2J", "title": "T\x1b[2J [red]x[/red]", "outlet": "O\x1b]8;;http://x\x07", "text": HOSTILE}
    (tmp_path / "t.jsonl").write_text(json.dumps(row) + "\n")
    assert run("build", tmp_path / "t.jsonl", "--into", tmp_path / "ws").code == 0
    for command in (["show", tmp_path / "ws"], ["search", tmp_path / "ws", "shelled"]):
        result = run(*command)
        assert result.code == 0
        plain = re.sub(r"\x1b\[[\d;]*m", "", result.out)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain)
        assert ("\x1b[" in result.out) == colour
    words = " ".join(run("show", tmp_path / "ws").out.split())
    assert "[bold red]loud[/]" in re.sub(r"\x1b\[[\d;]*m", "", words)
    assert ":smile:" in words


# --- search, code, export, check --------------------------------------------------------------------------------------


def test_search_finds_and_says_when_it_does_not(run: Run, built: Path) -> None:
    assert "shelled Homs" in run("search", built, "homs", "SANA").out
    (hit,) = [json.loads(line) for line in run("search", built, "captured", "--json").out.splitlines()]
    assert "Then the rebels captured Hama." in hit["excerpt"]
    nothing = run("search", built, '"(((')
    assert (nothing.code, nothing.out) == (0, "")
    assert "no document holds" in nothing.err


def test_code_prints_the_contract_in_input_order(run: Run, articles: Path) -> None:
    result = run("code", articles / "b.txt", articles / "a.txt", "--published", "2016-04-01")
    assert result.code == 0
    first, second = [coded_document(json.loads(line)) for line in result.out.splitlines()]
    assert [len(first.statements), len(second.statements)] == [2, 1]
    assert first.document.written is not None
    assert first.document.written.best is not None
    assert first.document.written.best.isoformat() == "2016-04-01"


def test_code_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"On 2016-03-27 the army shelled Homs.\n")))
    (record,) = [json.loads(line) for line in run("code", "-").out.splitlines()]
    assert record["statements"][0]["trigger"]["text"] == "shelled"


def test_code_says_what_a_document_says_against_itself(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "On 2016-03-27 the army shelled Homs, killing 8.\nOn 2016-03-27 the army shelled Homs, killing 9.\n"
    )
    (record,) = [json.loads(line) for line in run("code", tmp_path / "a.txt").out.splitlines()]
    assert [d["field"] for d in record["disagreements"]] == ["killed"]


def test_code_into_a_file_whole_or_not_at_all(run: Run, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("code", articles, "-o", out)
    assert (result.code, result.out, len(out.read_text().splitlines())) == (0, "", 2)
    assert run("code", articles, "-o", out).code == 3
    assert run("code", articles, "-o", out, "--force").code == 0
    (articles / "c.txt").write_text("")
    failed = run("code", articles, "-o", out, "--force")
    assert (failed.code, len(out.read_text().splitlines())) == (1, 2)
    assert "c.txt: is empty" in failed.err


def test_export_writes_and_never_over(run: Run, built: Path, tmp_path: Path) -> None:
    for name, out in (("json", "folder"), ("csv", "a.csv"), ("geojson", "a.geojson")):
        assert run("export", built, "--as", name, "-o", tmp_path / out).code == 0
        assert run("export", built, "--as", name, "-o", tmp_path / out).code == 3
        assert run("export", built, "--as", name, "-o", tmp_path / out, "--force").code == 0
    assert run("export", built, "--as", "xls", "-o", tmp_path / "x").code == 2


def test_check_proves_and_names_what_does_not_hold(run: Run, built: Path) -> None:
    good = run("check", built, "--recode", "all")
    assert (good.code, good.out) == (0, "")
    assert "everything holds" in good.err
    with sqlite3.connect(built / "workspace.db") as connection:
        connection.execute("UPDATE documents SET text = replace(text, 'Homs', 'Hama')")
    connection.close()
    bad = run("check", built, "--recode", "none", "--json")
    assert bad.code == 1
    assert "spans" in {json.loads(line)["check"] for line in bad.out.splitlines()}


# --- a team -----------------------------------------------------------------------------------------------------------


def test_a_workspace_on_a_server_is_used_like_a_folder(
    run: Run, articles: Path, tmp_path: Path, postgresql: str
) -> None:
    where = f"{postgresql}&schema=cli"
    first = run("build", articles, "--into", where)
    assert (first.code, "3 statements, 2 events" in first.err) == (0, True)
    assert "?schema=" in first.err.replace("&schema=", "?schema=").splitlines()[-1]
    assert "shelled Homs" in run("show", where).out
    assert run("check", where, "--recode", "all").code == 0
    assert run("search", where, 'shell* "killing 8"').out.count("doc_") == 1
    copied = run("copy", where, tmp_path / "home")
    assert (copied.code, "2 documents" in copied.err) == (0, True)
    assert run("show", tmp_path / "home", "--json").out == run("show", where, "--json").out
    refused = run("copy", where, tmp_path / "home")
    assert (refused.code, "not empty" in refused.err) == (3, True)


def test_users_and_the_ledger(run: Run, built: Path) -> None:
    added = run("users", "add", built, "ana", "--role", "coder")
    assert added.out.startswith("sayso_")
    assert run("users", "list", built).out == "ana\tcoder\n"
    removed = run("users", "remove", built, "ana")
    assert (removed.code, "ana is shut out" in removed.err) == (0, True)
    assert json.loads(run("users", "list", built, "--json").out)["disabled"] is True
    for wrong in (("add", built, "ana", "--role", "king"), ("remove", built, "ben"), ("add", built, "a b")):
        assert run("users", *wrong).code == 3
    assert "nothing is written of ben" in run("ledger", built, "--about", "ben").err
    told = run("ledger", built)
    assert [line.split("\t")[2:] for line in told.out.splitlines()[-2:]] == [
        ["local", "user added", "ana"],
        ["local", "user removed", "ana"],
    ]
    last = json.loads(run("ledger", built, "--json").out.splitlines()[-1])
    assert last["sha256"] in told.err
    assert added.out.strip() not in told.out + told.err + json.dumps(last)


def test_upgrade_of_what_needs_none(run: Run, built: Path) -> None:
    assert "already" in run("upgrade", built).err


# --- as a program -----------------------------------------------------------------------------------------------------


@pytest.fixture
def program() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts ``sayso`` with the plain coder as a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, delay: float = 0) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PLAIN_DELAY": str(delay)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _coded(workspace: Path) -> int:
    if not (workspace / "workspace.db").exists():
        return 0
    connection = sqlite3.connect(workspace / "workspace.db", timeout=30)
    try:
        (number,) = connection.execute("SELECT count(*) FROM documents WHERE coder IS NOT NULL").fetchone()
    except sqlite3.OperationalError:
        number = 0
    connection.close()
    return int(number)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_stopped_midway_it_goes_on(
    program: Callable[..., subprocess.Popen[str]], run: Run, tmp_path: Path, way: signal.Signals
) -> None:
    table, ws = tmp_path / "t.jsonl", tmp_path / "ws"
    rows = [{"id": str(n), "text": f"On 2016-03-{n + 1:02} the army shelled Homs, killing {n + 2}."} for n in range(30)]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    process = program("build", table, "--into", ws, delay=0.1)
    deadline = time.monotonic() + 60
    while _coded(ws) < 3 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(way)
    _, err = process.communicate(timeout=60)
    if way is signal.SIGINT:
        assert process.returncode == 130
        assert "the same command goes on from here" in err
        assert "Traceback" not in err
    kept = _coded(ws)
    assert 3 <= kept < 30
    summary = json.loads(run("build", table, "--into", ws, "--json").out)
    assert (summary["read"], summary["unchanged"], summary["coded"]) == (30, 30, 30 - kept)
    run("build", table, "--into", tmp_path / "straight")
    assert run("show", ws, "--json").out == run("show", tmp_path / "straight", "--json").out
    assert run("check", ws, "--recode", "all").code == 0


def test_a_reader_that_stops_reading_is_no_error(
    program: Callable[..., subprocess.Popen[str]], run: Run, tmp_path: Path
) -> None:
    rows = [{"id": str(n), "text": "On 2016-03-27 the army shelled Homs. " * 50} for n in range(200)]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    process = program("code", tmp_path / "t.jsonl")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    assert process.wait(timeout=60) == 141
    assert err == ""


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, sayso.cli; print(*(m for m in ('spacy', 'sqlalchemy', 'arro3', 'lxml') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("command", ["", "build", "show", "serve", "search", "code", "export", "check"])
def test_help_has_examples(run: Run, command: str) -> None:
    result = run(*([command] if command else []), "--help")
    assert result.code == 0
    assert "sayso build" in result.out if not command else f"sayso {command} " in result.out or command == "code"
    assert "Examples" in result.out or not command


def test_version(run: Run) -> None:
    assert re.fullmatch(r"sayso \d+\.\d+\.\d+\n", run("--version").out)


# --- reference --------------------------------------------------------------------------------------------------------


def test_references_mark_events_and_change_nothing_else(run: Run, built: Path, tmp_path: Path) -> None:
    before = [json.loads(line) for line in run("show", built, "--json").out.splitlines()]
    assert {event["references"] for event in before} == {None}
    table = tmp_path / "rows.csv"
    table.write_text("id,date,place,country,killed\nr1,2016-03-27,Homs,Syria,8\nr2,2015-01-01,Homs,Syria,3\n")
    result = run("reference", "add", built, table, "--as", "csv")
    assert result.code == 0
    assert "2 rows of" in result.err
    after = [json.loads(line) for line in run("show", built, "--json").out.splitlines()]
    agreeing = [event for event in after if event["references"]]
    assert [event["type"] for event in agreeing] == ["shelling"]
    assert agreeing[0]["references"] == [{"source": "csv", "row": "r1", "verdict": "agrees", "fields": []}]
    assert [event | {"references": None} for event in after] == before
    assert run("check", built).code == 0
    table.write_text("id,date\nr3,soon\n")
    result = run("reference", "add", built, table, "--as", "csv")
    assert result.code != 0
    assert "line 2: 'soon' is no day" in result.err
    assert [json.loads(line) for line in run("show", built, "--json").out.splitlines()] == after
