"""``sayso gazetteer`` as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.vocabulary.gazetteer import Gazetteer

Run = Callable[..., tuple[int, str, str]]
TABLE = "name,latitude,longitude,country\nTell Example,35.5,36.5,SY\nBroken,north,36,SY\nTell Other,35.6,36.6,SY\n"


@pytest.fixture
def run(
    gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["gazetteer", *map(str, arguments)])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return run


def test_find_explains_its_candidates(run: Run) -> None:
    code, out, _ = run("find", "Tripoli", "--near", "Beirut", "--limit", "2")
    assert code == 0
    assert out.index("LB") < out.index("LY")
    assert "km away" in out
    assert "people" in out


def test_find_json_adds_up(run: Run) -> None:
    code, out, _ = run("find", "Deir", "Ezzor", "--country", "SYR", "--json")
    assert code == 0
    for line in out.splitlines():
        place = json.loads(line)
        assert place["country"] == "SY"
        assert place["score"] == pytest.approx(sum(part["score"] for part in place["parts"]), abs=0.02)


def test_find_by_id(run: Run) -> None:
    code, out, _ = run("find", "gn:170063", "--json")
    assert code == 0
    assert json.loads(out)["name"] == "Aleppo"


@pytest.mark.parametrize(
    ("arguments", "ends", "says"),
    [
        (("find", "Qwxzptlk"), 1, "no place is called Qwxzptlk"),
        (("find", "Homs", "--country", "Syria"), 2, "no country code"),
        (("find", "Homs", "--near", "Qwxzptlk"), 2, "write its point"),
        (("add", "absent.csv"), 2, "there is no such file"),
        (("remove", "absent"), 3, "sayso gazetteer list"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], ends: int, says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (ends, "")
    assert says in err


def test_a_table_is_added_found_listed_and_removed(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(TABLE)
    code, _, err = run("add", table)
    assert code == 1
    assert "mine.csv line 3: the latitude 'north'" in err
    assert "2 places, 1 rows refused" in err
    assert "2 are new" in err
    assert run("find", "Tell", "Other")[0] == 0
    assert "mine" in run("list")[1]
    assert json.loads(run("list", "--json")[1])["rows"] == 2
    code, out, _ = run("add", table, "--json")
    assert json.loads(out)["changed"] is False
    assert run("remove", "mine")[0] == 0
    assert run("find", "Tell", "Other")[0] == 1
    assert "sayso gazetteer add FILE" in run("list")[2]


def test_a_wrong_format_says_what_to_do(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("a,b\n1,2\n")
    code, _, err = run("add", table)
    assert code == 3
    assert "--as" in err
    code, _, err = run("add", table, "--as", "geonames")
    assert code == 3
    assert "19, parted by tabs" in err


def test_hostile_names_reach_no_terminal(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,latitude,longitude,aliases\nTell [red]Example[/],1,2,\nTell \x1b[2JX,1,2,\n")
    assert run("add", table)[0] == 1
    code, out, err = run("find", "Tell [red]Example[/]")
    assert code == 0
    assert "Tell [red]Example[/]" in out
    assert "\x1b" not in out + err
