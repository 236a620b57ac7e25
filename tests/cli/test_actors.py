"""``sayso actors`` as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["actors", *map(str, arguments)])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return run


def test_find_tells_the_story_of_a_name(run: Run) -> None:
    code, out, _ = run("find", "Nusra", "Front", "--on", "2018-05")
    assert code == 0
    assert "2012 to 2016" in out
    assert "Did not bear this name in 2018; then: Hay'at Tahrir al-Sham" in out
    assert "Jabhat Fatah al-Sham (jfs, 2016 to 2017), then Hay'at" in out


def test_find_json(run: Run) -> None:
    code, out, _ = run("find", "Daesh", "--json")
    assert code == 0
    actor = json.loads(out)
    assert (actor["id"], actor["matched"], actor["active"]) == ("is", "Daesh", None)
    assert "=" not in "".join(actor["aliases"])


@pytest.mark.parametrize(
    ("arguments", "ends", "says"),
    [
        (("find", "Nusrra", "Frnt"), 1, "did you mean Nusra Front"),
        (("find", "Qwxzptlk"), 1, "no actor is called"),
        (("find", "Nusra", "--on", "spring"), 2, "write 2016"),
        (("add", "absent.csv"), 2, "there is no such file"),
        (("remove", "absent"), 3, "sayso actors list"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], ends: int, says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (ends, "")
    assert says in err


def test_a_table_is_added_found_listed_and_removed(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,country,colour\nExample [red]Front[/],YE,blue\nBroken,Yemen,red\n")
    code, _, err = run("add", table)
    assert code == 1
    assert "mine.csv line 3: 'YEMEN' is not an ISO 3166-1" in err
    assert "0 of them were known" in err
    assert "Columns not read: colour." in err
    assert "Example [red]Front[/]" in run("find", "Example [red]Front[/]")[1]
    assert json.loads(run("list", "--json")[1])["rows"] == 1
    assert json.loads(run("add", table, "--json")[1])["changed"] is False
    assert run("remove", "mine")[0] == 0
    assert run("find", "Example [red]Front[/]")[0] == 1
