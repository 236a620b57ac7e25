"""Rows of other people's records held against events: what agrees, what differs, what is not covered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import ReadingError
from sayso.linking import EventActor, link, views
from sayso.linking.reference_files import columns, read_references
from sayso.linking.references import Mark, Reference, References
from sayso.linking.speakers import registry
from sayso.model import Place, Span
from sayso.vocabulary.gazetteer import Gazetteer


def place(name: str = "Amber", latitude: float = 35.20, longitude: float = 36.50) -> Place:
    return Place(Span(0, 1), name, latitude, longitude, "city", "exact", "XN", "Northmarch", name)


def row(**changes: Any) -> Reference:
    values: dict[str, Any] = {
        "source": "ucdp",
        "id": "7",
        "earliest": date(2016, 3, 12),
        "latest": date(2016, 3, 12),
        "place": place(),
        "parties": (),
        "killed": (14, 14),
    }
    return Reference(**(values | changes))


def marks(coded: Any, told: Any, *rows: Reference, killed: int | None = 14) -> tuple[Mark, ...]:
    text = f"Planes of Westland bombed the market of Amber on 12 March 2016, killing {killed} people."
    count = (str(killed), killed, killed) if killed else None
    document = coded("a", text, told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", killed=count))
    (event,) = views(link([document]), [document])
    return References(rows).marks(event)


def test_town_day_and_number_agree(coded: Any, told: Any) -> None:
    assert marks(coded, told, row()) == (Mark("ucdp", "7", "agrees"),)


@pytest.mark.parametrize(
    "changes",
    [
        {"earliest": date(2016, 3, 20), "latest": date(2016, 3, 20)},
        {"place": place("Cedar", 35.90)},
        {"place": None},
        {"killed": None},
        {"killed": (1, 400)},
        {"earliest": date(2016, 1, 1), "latest": date(2016, 12, 31)},
    ],
    ids=["another day", "another town", "no place", "nothing but town and day", "any number", "a year"],
)
def test_what_may_be_another_attack_is_not_covered(coded: Any, told: Any, changes: dict[str, Any]) -> None:
    assert marks(coded, told, row(**changes)) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"earliest": date(2016, 3, 15), "latest": date(2016, 3, 15)}, "time"),
        ({"place": place("Cedar", 35.90)}, "place"),
        ({"parties": ("Government of Russia", "Government of Israel")}, "actor"),
        ({"killed": (20, 20)}, "killed"),
    ],
)
def test_a_row_that_is_alike_in_all_else_differs_in_one_field(
    coded: Any, told: Any, changes: dict[str, Any], field: Any
) -> None:
    text = "Forces of the Syrian government bombed the Islamic State in Amber on 12 March 2016, killing 34 people."
    document = coded(
        "a", text, told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", killed=("34", 34, 34))
    )
    (event,) = views(link([document]), [document])
    state, group = (registry().named_in(name)[0].values[0].entry for name in ("Government of Syria", "Islamic State"))
    sides = [(EventActor(one.name, one.id, one.country, one.sector, ()),) for one in (state, group)]
    event = replace(event, actors=sides[0], targets=sides[1])
    agreeing = row(parties=("Government of Syria", "Islamic State"), killed=(34, 34))
    assert References([agreeing]).marks(event) == (Mark("ucdp", "7", "agrees"),)
    assert References([replace(agreeing, **changes)]).marks(event) == (Mark("ucdp", "7", "differs", (field,)),)
    # What agrees is the better row, whatever else is alike.
    both = References([replace(agreeing, id="6", **changes), agreeing]).marks(event)
    assert both == (Mark("ucdp", "7", "agrees"),)


def test_of_several_rows_the_best_speaks_and_of_several_sources_each(coded: Any, told: Any) -> None:
    near = row(id="8", place=place("Birch", 35.22, 36.55), earliest=date(2016, 3, 11), latest=date(2016, 3, 11))
    assert marks(coded, told, near, row(), row(source="acled", id="z")) == (
        Mark("acled", "z", "agrees"),
        Mark("ucdp", "7", "agrees"),
    )


# --- files ------------------------------------------------------------------------------------------------------------

UCDP = (
    "id,date_start,date_end,where_coordinates,adm_1,country,latitude,longitude,side_a,side_b,best,low,high\n"
    "41,2016-03-27 00:00:00.000,2016-03-28 00:00:00.000,Homs town,Homs governorate,Syria,34.73,36.71,A,B,8,6,9\n"
)
ACLED = (
    "event_id_cnty,event_date,location,admin1,country,latitude,longitude,actor1,actor2,fatalities\n"
    "SYR1,2016-03-27,Palmyra,Homs,Syria,,,A,,3\n"
)


@pytest.fixture(scope="module")
def gazetteer() -> Any:
    with Gazetteer.open() as opened:
        yield opened


def read(tmp_path: Path, text: str, kind: str, gazetteer: Gazetteer) -> list[Reference]:
    (tmp_path / "t").write_text(text, "utf-8")
    return list(read_references(tmp_path / "t", kind, gazetteer))


def test_rows_of_the_known_tables(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (ged,) = read(tmp_path, UCDP, "ucdp", gazetteer)
    assert (ged.id, ged.earliest, ged.latest) == ("41", date(2016, 3, 27), date(2016, 3, 28))
    assert (ged.parties, ged.killed) == (("A", "B"), (6, 9))
    assert ged.place is not None
    assert (ged.place.name, ged.place.latitude, ged.place.country, ged.place.admin1) == ("Homs", 34.73, "SY", "Homs")
    (acled,) = read(tmp_path, ACLED, "acled", gazetteer)
    assert acled.place is not None
    assert (acled.place.name, acled.place.precision, acled.killed) == ("Palmyra", "exact", (3, 3))
    (own,) = read(tmp_path, '{"id": 1, "date": "2016-03-27"}\n', "csv", gazetteer)
    assert (own.id, own.place, own.killed, own.parties) == ("1", None, None, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id,date\n,2016-03-27\n", "line 2: has no id"),
        ("id,date\n1,\n", "line 2: has no day"),
        ("id,date\n1,27/03/2016\n", "line 2: '27/03/2016' is no day"),
        ("id,date\n1,2016-03-27\n1,2016-03-28\n", "line 3: the id 1 stands here twice"),
        ("id,date,killed\n1,2016-03-27,many\n", "line 2: 'many' is no number"),
        ("id,date,lat,lon,place\n1,2016-03-27,nan,3,x\n", "line 2: 'nan' is no coordinate"),
        ('{"id": 1, "date": "2016-03-27"}\n{"id": \n', "line 2: is not a JSON object"),
        ("{" * 100_000, "line 1: is not a JSON object"),
        ("id,date\n1,2016-03-27,\x00\n", ""),
        ("", ""),
    ],
)
def test_malformed_rows_are_named_by_their_line(tmp_path: Path, gazetteer: Gazetteer, text: str, problem: str) -> None:
    if not problem:
        assert len(read(tmp_path, text, "csv", gazetteer)) <= 1
        return
    with pytest.raises(ReadingError, match=problem):
        read(tmp_path, text, "csv", gazetteer)


def test_a_file_that_is_none(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(ReadingError, match="cannot be read"):
        list(read_references(tmp_path / "nothing", "csv", gazetteer))
    (tmp_path / "latin").write_bytes("id,date\n1,Düma\n".encode("latin-1"))
    with pytest.raises(ReadingError, match="UTF-8"):
        list(read_references(tmp_path / "latin", "csv", gazetteer))


def test_every_kind_tells_the_fields_that_must_be_there() -> None:
    for kind, fields in columns().items():
        assert {"id", "earliest", "place", "party"} <= set(fields), kind
