"""Tables of actors a user added join the registry; ours keep their names."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import VocabularyError
from sayso.vocabulary import actors_added, additions
from sayso.vocabulary.actor_formats import FORMATS, detect, read_actors
from sayso.vocabulary.actor_search import bearers, successions, suggestions
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.actors_added import join, load_registry
from sayso.vocabulary.table_lines import Report

UCDP = """ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NewName,NewNameFullEng,Org,Location
990001,EXF,EXF,Example Front,Front of Examples,"EXM, EXN","Example Movement, Example Nation",1,Yemen (North Yemen)
990002,Example Clan,"Example
Clan",n/a,n/a,,,3,"Kenya, Somalia"
"""
PHOENIX = """# a dictionary
EXAMPLE_FRONT_ [YEMREB] # 2013
+FRONT_OF_EXAMPLES_
+EXF

EXAMPLIA_ [YEM]
+SANAA_

JOHN_EXAMPLE_
+J._EXAMPLE
    [YEMGOV >20000717]
    [YEMOPP 970101-000716]
"""
OWN = """name,id,aliases,country,sector,kind,from,to,ucdp
Example Front,,=EXF|Front of Examples,YE,REB,rebel_group,2001,2009,990001
"""


@pytest.fixture(scope="module")
def ours() -> ActorRegistry:
    return ActorRegistry.load()


def add(data: Path, text: str, name: str = "mine", file: str = "mine.csv") -> tuple[bool, Report]:
    path = data / file
    path.write_text(text, encoding="utf-8")
    _, changed, report = actors_added.add(path, detect(path), name, data)
    return changed, report


@pytest.mark.parametrize(("text", "format"), [(UCDP, "ucdp"), (PHOENIX, "phoenix"), (OWN, "csv")])
def test_each_format_gives_the_same_actor(tmp_path: Path, text: str, format: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    assert detect(path) == format
    add(tmp_path, text)
    (found,) = load_registry(tmp_path).find("Front of Examples")
    assert (found.country, found.sector, found.kind) == ("YE", "REB", "rebel_group")
    assert [entry.id for entry in load_registry(tmp_path).find("EXF")] == [found.id]


def test_a_row_over_two_lines_is_one(tmp_path: Path) -> None:
    _, report = add(tmp_path, UCDP)
    assert report.refused == 0
    (clan,) = load_registry(tmp_path).find("Example Clan")
    assert (clan.kind, clan.country, dict(clan.identifiers)) == ("identity_militia", None, {"ucdp": "990002"})


def test_dictionaries_date_persons_and_their_cities_are_no_actors(tmp_path: Path) -> None:
    _, report = add(tmp_path, PHOENIX)
    assert report.left_out.total() == 1
    (john,) = load_registry(tmp_path).find("John Example")
    assert john.kind == "person"
    assert [(office.start, office.end) for office in john.offices] == [(2000, None), (1997, 2000)]


def test_a_row_of_ours_gains_names_and_keeps_what_it_has(tmp_path: Path, ours: ActorRegistry) -> None:
    add(tmp_path, "name,id,aliases,wikidata\nHay'at Tahrir al-Sham,hts,Example Committee|Daesh,Q1\n")
    joined = load_registry(tmp_path)
    hts, before = joined.get("hts"), ours.get("hts")
    assert hts is not None
    assert before is not None
    assert joined.find("example committee") == (hts,)
    assert (hts.name, hts.start, hts.aliases[: len(before.aliases)]) == (before.name, before.start, before.aliases)
    assert dict(hts.identifiers)["wikidata"]
    assert [entry.id for entry in joined.find("Daesh")] == ["is"]
    assert len(joined) == len(ours)


def test_organs_and_states_gain_names_too(tmp_path: Path) -> None:
    add(tmp_path, "name,aliases,country,kind\nNorwegian police,Examplepolitiet,NO,state_forces\n")
    joined = load_registry(tmp_path)
    assert [entry.id for entry in joined.find("Examplepolitiet")] == ["nor-pol"]
    organ = joined.organ("NO", "pol")
    assert organ is not None
    assert "Examplepolitiet" in organ.aliases


def test_a_namesake_of_another_country_is_another_actor_without_the_name(tmp_path: Path, ours: ActorRegistry) -> None:
    add(tmp_path, "name,aliases,country,kind,sector\nSouthern Front,Example Southern Front,CO,rebel_group,REB\n")
    joined = load_registry(tmp_path)
    assert joined.find("Southern Front") == ours.find("Southern Front")
    assert [entry.country for entry in joined.find("Example Southern Front")] == ["CO"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",,,YE,REB,rebel_group,,,", "no name"),
        ("X y,,,Yemen,REB,rebel_group,,,", "not an ISO 3166-1"),
        ("X y,,,YE,FOO,rebel_group,,,", "unknown sector 'FOO'"),
        ("X y,,,YE,REB,mob,,,", "unknown kind 'mob'"),
        ("X y,,,YE,REB,rebel_group,about 5,,", "from 'about 5' is not a year"),
        ("X y,,,YE,REB,rebel_group,2010,2001,", "before it begins"),
        ("X y,../x,,YE,REB,rebel_group,,,", "cannot be an id"),
        ("X \x1b[2Jy,,,YE,REB,rebel_group,,,", "control characters"),
        ("--,,,YE,REB,rebel_group,,,", "has no word"),
        ("X y,,,YE", "4 cells"),
        ('"X y,,,YE,REB,rebel_group,,,', "not a row of CSV"),
    ],
)
def test_a_malformed_row_is_named_and_the_rest_is_added(tmp_path: Path, row: str, problem: str) -> None:
    heading, good = OWN.splitlines()
    _, report = add(tmp_path, f"{heading}\n{row}\n{good}\n")
    assert [line for line, _ in report.problems] == [2]
    assert problem in report.problems[0][1]
    assert load_registry(tmp_path).find("Front of Examples")


def test_the_same_table_twice_changes_nothing_and_removing_it_undoes_it(tmp_path: Path, ours: ActorRegistry) -> None:
    assert add(tmp_path, OWN)[0]
    assert not add(tmp_path, OWN)[0]
    assert additions.remove("actors", "mine", tmp_path)
    assert list(load_registry(tmp_path)) == list(ours)


def test_a_kept_row_that_somebody_spoilt_says_what_to_do(tmp_path: Path) -> None:
    add(tmp_path, OWN)
    path = tmp_path / "actors" / "mine.jsonl.gz"
    head = gzip.decompress(path.read_bytes()).split(b"\n")[0]
    path.write_bytes(gzip.compress(head + b'\n{"id": 7}\n'))
    with pytest.raises(VocabularyError, match="sayso actors remove mine"):
        load_registry(tmp_path)


@pytest.mark.parametrize("text", ["", "# x\n", "a,b\n1,2\n", "lower case words\n"])
def test_what_is_no_table_of_actors_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(VocabularyError, match=r"is empty|not a table of actors"):
        detect(tmp_path / "t.csv")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.txt"
        path.write_text(text, encoding="utf-8", errors="replace")
        for format in FORMATS:
            try:
                assert all(row["name"] and row["id"] for _, row in read_actors(path, format, Report()))
            except VocabularyError:
                continue


def test_who_bore_a_name_in_a_year(ours: ActorRegistry) -> None:
    (then,) = bearers(ours, "Nusra Front", 2018)
    assert (then.entry.id, then.matched, then.active) == ("nusra", "Nusra Front", False)
    assert [entry.id for entry in then.then] == ["hts"]
    (before,) = bearers(ours, "hts", 2014)
    assert "nusra" in [entry.id for entry in before.then]
    nusra = ours.get("nusra")
    assert nusra is not None
    assert [entry.id for entry in successions(ours, nusra)] == ["jfs", "hts"]
    assert bearers(ours, "nobody at all") == []
    assert "Nusra Front" in suggestions(ours, "Nusrra Frnt")


@pytest.mark.parametrize(
    ("file", "least"),
    [("ucdp_actor/ucdp-actor-221.csv", 1700), ("petrarch2_dictionaries/Phoenix.MilNonState.actors.txt", 800)],
)
def test_real_tables_join(shared: Path, tmp_path: Path, ours: ActorRegistry, file: str, least: int) -> None:
    path = shared / "data" / file
    table, _, _ = actors_added.add(path, detect(path), "real", tmp_path)
    assert table.rows >= least
    joined = join(ours, actors_added.entries(table, tmp_path))
    assert joined.known > 20
    registry = load_registry(tmp_path)
    for entry in ours:
        assert registry.get(entry.id) is not None
        assert entry.id in [found.id for found in registry.find(entry.name)]
