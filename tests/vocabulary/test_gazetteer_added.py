"""Tables a user added are found like what comes with Sayso; what is known already only gains spellings."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sayso.coding.coder import Coder
from sayso.errors import VocabularyError
from sayso.vocabulary import additions, gazetteer_added
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.gazetteer_formats import detect
from sayso.vocabulary.gazetteer_search import point_of, search

HEADING = "name,latitude,longitude,aliases,kind,country,admin1,population,id\n"


def add(data: Path, text: str, name: str = "mine", file: str = "mine.csv", format: str | None = None) -> bool:
    path = data / file
    path.write_text(text, encoding="utf-8")
    _, changed, _ = gazetteer_added.add(path, format or detect(path), name, root=data)
    return changed


def test_a_new_place_is_found(gazetteer: Gazetteer, tmp_path: Path) -> None:
    add(tmp_path, HEADING + "Tell Example,35.5,36.5,Mithal Hill|TE-1,base,SY,Idlib,,\n")
    with Gazetteer.open(data=tmp_path) as opened:
        (entry,) = opened.find("mithal hill")
        assert (entry.name, entry.kind, entry.country, entry.admin1, entry.admin1_name) == (
            "Tell Example", "base", "SY", "12", "Idlib",
        )  # fmt: skip
        assert entry.noted
        assert entry.source == "own:mine"
        assert opened.find("TE 1") == (entry,)
        assert opened.get(entry.id) == entry
        assert opened.alike("Tell Exampel", ["SY"])[0].entry == entry
        assert opened.find("Aleppo") == gazetteer.find("Aleppo")
    assert gazetteer.find("mithal hill") == ()


def test_a_known_place_gains_a_spelling_and_stays_one(gazetteer: Gazetteer, tmp_path: Path) -> None:
    add(tmp_path, HEADING + "Saraqib,35.86,36.81,Sarakepp,city,SY,,,\n")
    known = gazetteer.find("Saraqib")[0]
    with Gazetteer.open(data=tmp_path) as opened:
        assert opened.find("Sarakepp") == (known,)
        assert [entry.id for entry in opened.find("Saraqib")].count(known.id) == 1
        assert opened.told_of("mine")[0] == 1


def test_a_namesake_elsewhere_is_another_place(gazetteer: Gazetteer, tmp_path: Path) -> None:
    add(tmp_path, HEADING + "Saraqib,33.0,44.0,,city,IQ,,,\n")
    with Gazetteer.open(data=tmp_path) as opened:
        assert {entry.country for entry in opened.find("Saraqib")} >= {"SY", "IQ"}


def test_a_wrong_concordance_is_not_believed(gazetteer: Gazetteer, tmp_path: Path) -> None:
    text = (
        "wof_id\tgeonames_id\tname\tplacetype\tlat\tlon\tcountry\n"
        "5\t170063\tTell Example\tlocality\t33.0\t44.0\tIQ\n6\t170063\tHalabb\tlocality\t36.2\t37.16\tSY\n"
    )
    add(tmp_path, text, file="t.tsv")
    with Gazetteer.open(data=tmp_path) as opened:
        assert opened.find("Tell Example")[0].id == "wof:5"
        assert opened.find("Halabb")[0].id == "gn:170063"


def test_units_without_a_point_are_known_by_name_or_told_of(gazetteer: Gazetteer, tmp_path: Path) -> None:
    text = "ADM1_EN,ADM1_PCODE,ADM0_PCODE\nIdleb,SY07,SY\nNowhere,SY99,SY\n"
    add(tmp_path, text, file="t.csv")
    with Gazetteer.open(data=tmp_path) as opened:
        assert opened.find("SY07")[0].name == "Idlib"
        known, unplaced = opened.told_of("mine")
    assert (known, unplaced.number) == (1, 1)
    assert unplaced.first[0][0] == 3
    assert "Nowhere" in unplaced.first[0][1]


def test_the_same_table_twice_changes_nothing_and_another_takes_its_place(tmp_path: Path) -> None:
    text = HEADING + "Tell Example,35.5,36.5,,,SY,,,\n"
    assert add(tmp_path, text)
    kept = (tmp_path / "places" / "mine.jsonl.gz").read_bytes()
    assert not add(tmp_path, text)
    assert (tmp_path / "places" / "mine.jsonl.gz").read_bytes() == kept
    assert add(tmp_path, text.replace("35.5", "35.6"))
    assert [table.rows for table in additions.tables("places", tmp_path)] == [1]
    assert sorted(path.name for path in (tmp_path / "places").iterdir()) == ["mine.jsonl.gz"]


def test_a_table_of_nothing_is_refused_and_the_one_before_stays(tmp_path: Path) -> None:
    add(tmp_path, HEADING + "Tell Example,35.5,36.5,,,SY,,,\n")
    with pytest.raises(VocabularyError, match=r"no row of it can be used.*line 2: the latitude 'x'"):
        add(tmp_path, HEADING + "Tell Example,x,36.5,,,SY,,,\n")
    assert [table.rows for table in additions.tables("places", tmp_path)] == [1]
    assert sorted(path.name for path in (tmp_path / "places").iterdir()) == ["mine.jsonl.gz"]


@pytest.mark.parametrize(
    "content",
    [b"", b"x", gzip.compress(b"null\n"), gzip.compress(b'{"schema": "sayso/added/9"}\n'), gzip.compress(b"[1]\n")],
)
def test_a_broken_table_says_how_to_get_rid_of_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "mine.jsonl.gz").write_bytes(content)
    with pytest.raises(VocabularyError, match="sayso gazetteer remove mine"):
        additions.tables("places", tmp_path)
    assert additions.remove("places", "mine", tmp_path)
    assert additions.tables("places", tmp_path) == ()


@pytest.mark.parametrize(
    "row", ['{"line": 2}', '{"line": 2, "id": "a", "name": 5, "kind": "city", "latitude": "x"}', "[]"]
)
def test_a_kept_row_that_somebody_spoilt_is_no_crash(gazetteer: Gazetteer, tmp_path: Path, row: str) -> None:
    add(tmp_path, HEADING + "Tell Example,35.5,36.5,,,SY,,,\n")
    path = tmp_path / "places" / "mine.jsonl.gz"
    head = gzip.decompress(path.read_bytes()).split(b"\n")[0]
    path.write_bytes(gzip.compress(head + b"\n" + row.encode() + b"\n"))
    (table,) = additions.tables("places", tmp_path)
    base, cache = gazetteer.folder, tmp_path / "cache"
    with pytest.raises(VocabularyError, match="sayso gazetteer remove mine"):
        gazetteer_added.ensure(cache, (table, tmp_path), base)
    assert list(cache.iterdir()) == []


def test_a_table_cut_off_is_broken(tmp_path: Path) -> None:
    add(tmp_path, HEADING + "".join(f"Tell Example {n},35.5,36.5,,,SY,,,\n" for n in range(500)))
    path = tmp_path / "places" / "mine.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-50])
    (table,) = additions.tables("places", tmp_path)
    with pytest.raises(VocabularyError, match="is broken"):
        list(additions.rows(table, tmp_path))


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", ".x", "x" * 61, "a b", "\x00"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(VocabularyError, match="cannot name a table"):
        additions.name_for(tmp_path / "t.csv", name)
    assert not additions.remove("places", name, tmp_path)


@pytest.mark.parametrize(
    ("file", "format", "name"),
    [("SY.txt", "geonames", "geonames-sy"), ("wof-sy.tsv.gz", "wof", "wof-sy"), ("../é ☃.csv", "", "table"),
     ("My Places (2).csv", "", "my-places-2")],
)  # fmt: skip
def test_a_table_is_called_after_its_file(file: str, format: str, name: str) -> None:
    assert additions.name_for(Path(file), None, format) == name


def test_what_was_added_is_in_the_coders_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    without = Coder().version
    (tmp_path / "sayso").mkdir()
    add(tmp_path / "sayso", HEADING + "Tell Example,35.5,36.5,,,SY,,,\n")
    first = Coder().version
    add(tmp_path / "sayso", HEADING + "Tell Example,35.6,36.5,,,SY,,,\n")
    second = Coder().version
    assert len({without, first, second}) == 3
    additions.remove("places", "mine")
    assert Coder().version == without


def test_search_says_why(gazetteer: Gazetteer) -> None:
    found = search(gazetteer, "Tripoli")
    assert [one.found.entry.country for one in found[:1]] == ["LY"]
    for one in found:
        assert one.score == pytest.approx(sum(score for _, score, _ in one.parts))
    point, place = point_of(gazetteer, "Beirut")
    assert place is not None
    assert search(gazetteer, "Tripoli", near=point)[0].found.entry.country == "LB"
    assert {one.found.entry.kind for one in search(gazetteer, "Tripoli", kind="admin1")} == {"admin1"}
    assert search(gazetteer, "Mouaddamiyah", country="SY")[0].found.entry.name == "Moadamiyah"
    assert search(gazetteer, "") == []


@pytest.mark.parametrize("text", ["91,0", "0,181", "nan,0", "Qwxzptlk"])
def test_what_is_no_point(gazetteer: Gazetteer, text: str) -> None:
    with pytest.raises(ValueError):
        point_of(gazetteer, text)
