"""Tables of places from elsewhere: told by their look, read row by row, malformed rows named."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import VocabularyError
from sayso.vocabulary.gazetteer_formats import FORMATS, PlaceRow, country_code, detect, read_places
from sayso.vocabulary.table_lines import LONGEST_LINE, Report

GEONAMES = (
    "900001\tTell Example\tTell Example\tTall Mithal,تل\t35.5\t36.5\tP\tPPL\tSY\t\t12\t\t\t\t1200\t\t350"
    "\tAsia/Damascus\t2020-01-01"
)
SAMPLES = {
    "geonames": GEONAMES,
    "wof": (
        "wof_id\tgeonames_id\twikidata\tname\tplacetype\tlat\tlon\tpop\talt_names\n"
        "5\t900001\tQ1\tTell Example\tlocality\t35.5\t36.5\t1200\tTall Mithal|تل"
    ),
    "ocha": (
        "ADM2_EN,ADM2_AR,ADM2_PCODE,ADM1_EN,ADM1_PCODE,ADM0_EN,ADM0_PCODE,center_lat,center_lon\n"
        "#adm2+name,#adm2+name,#adm2+code,#adm1+name,#adm1+code,#country,#country+code,,\n"
        "Tell Example,تل,SY0701,Idlib,SY07,Syria,SY,35.5,36.5"
    ),
    "ourairports": (
        '"id","ident","type","name","latitude_deg","longitude_deg","iso_country","keywords"\n'
        '7,"OSXX","medium_airport","Tell Example Air Base",35.5,36.5,"SY","Tall Mithal"'
    ),
    "csv": "name,latitude,longitude,aliases,country\nTell Example,35.5,36.5,Tall Mithal|TE1,SYR",
}


def read(path: Path, text: str, format: str | None = None, country: str | None = None) -> tuple[list[PlaceRow], Report]:
    path.write_text(text, encoding="utf-8")
    report = Report()
    return list(read_places(path, format or detect(path), report, country)), report


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_told_by_its_look(tmp_path: Path, format: str) -> None:
    path = tmp_path / "table.txt"
    path.write_text(SAMPLES[format], encoding="utf-8")
    assert detect(path) == format


@pytest.mark.parametrize(
    ("format", "id", "name", "kind", "aliases"),
    [
        ("geonames", "gn:900001", "Tell Example", "city", ("Tall Mithal",)),
        ("wof", "wof:5", "Tell Example", "city", ("Tall Mithal",)),
        ("ocha", "pcode:SY0701", "Tell Example", "admin2", ("SY0701",)),
        ("ourairports", "oa:OSXX", "Tell Example Air Base", "airbase", ("Tall Mithal",)),
        ("csv", "own:tell-example-2", "Tell Example", "city", ("Tall Mithal", "TE1")),
    ],
)
def test_each_format_gives_the_same_rows(
    tmp_path: Path, format: str, id: str, name: str, kind: str, aliases: tuple[str, ...]
) -> None:
    (row,), report = read(tmp_path / "sy.txt", SAMPLES[format])
    assert (row.id, row.name, row.kind, row.aliases) == (id, name, kind, aliases)
    assert (row.latitude, row.longitude, row.country) == (35.5, 36.5, "SY")
    assert report.refused == 0
    if format == "ocha":
        assert row.admin1 == "Idlib"
    if format in ("geonames", "wof"):
        assert (row.same_as, row.population) == ("gn:900001", 1200)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",35,36,,SY", "no name"),
        ("X y,north,36,,SY", "the latitude 'north' is not a number"),
        ("X y,91,36,,SY", "outside -90 to 90"),
        ("X y,35,nan,,SY", "outside -180 to 180"),
        ("X y,35,,,SY", "needs both"),
        ("X y,,,,SY", "no latitude and longitude"),
        ("X y,35,36,,Narnia", "'Narnia' is no country code"),
        ("X y,35,36", "3 cells where the heading has 5"),
        ('"X y,35,36,,SY', "not a row of CSV"),
        ("X \x1b[31my,35,36,,SY", "control characters"),
        ("X \u202ey,35,36,,SY", "control characters"),
        ("--,35,36,,SY", "has no letter"),
        ("y" * 201 + ",35,36,,SY", "more than 200 characters"),
        ("X \x00y,35,36,,SY", "zero byte"),
        ("y" * (LONGEST_LINE + 9) + ",35,36,,SY", "more than 1,000,000 bytes"),
    ],
)
def test_a_malformed_row_is_named_and_the_rest_is_read(tmp_path: Path, row: str, problem: str) -> None:
    text = f"name,latitude,longitude,aliases,country\nBefore,1,2,,SY\n{row}\nAfter,3,4,,SY\n"
    rows, report = read(tmp_path / "t.csv", text)
    assert [row.name for row in rows] == ["Before", "After"]
    assert report.problems[0][0] == 3
    assert problem in report.problems[0][1]


@pytest.mark.parametrize("cells", [18, 20, 1])
def test_a_line_of_a_dump_has_nineteen_cells(tmp_path: Path, cells: int) -> None:
    rows, report = read(tmp_path / "t.txt", GEONAMES + "\n" + "\t".join("x" * cells), "geonames")
    assert len(rows) == 1
    assert report.problems == [(2, f"{cells} cells; a line of a GeoNames dump has 19, parted by tabs")]


def test_kinds_that_are_of_no_use_are_counted(tmp_path: Path) -> None:
    school = GEONAMES.replace("900001", "900002").replace("PPL", "SCH")
    rows, report = read(tmp_path / "t.txt", f"{GEONAMES}\n{school}\n")
    assert len(rows) == 1
    assert (report.refused, dict(report.left_out)) == (0, {"SCH": 1})


def test_an_id_given_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    rows, report = read(tmp_path / "t.txt", f"{GEONAMES}\n{GEONAMES}\n")
    assert len(rows) == 1
    assert report.problems == [(2, "the id 'gn:900001' is there twice")]


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [("sy.tsv", None, "SY"), ("whosonfirst-data-admin-iq-latest.tsv", None, "IQ"), ("t.tsv", "YE", "YE"),
     ("table.tsv", None, None), ("sy-iq.tsv", None, None)],
)  # fmt: skip
def test_the_country_of_a_table_that_does_not_say(
    tmp_path: Path, name: str, given: str | None, expected: str | None
) -> None:
    (row,), _ = read(tmp_path / name, SAMPLES["wof"], country=given)
    assert row.country == expected


def test_packed_tables_are_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "t.csv.gz", "wt", encoding="utf-8") as packed:
        packed.write(SAMPLES["csv"])
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "GeoNames")
        archive.writestr("SY.txt", GEONAMES)
    for path, format in ((tmp_path / "t.csv.gz", "csv"), (tmp_path / "SY.zip", "geonames")):
        assert detect(path) == format
        assert len(list(read_places(path, format, Report()))) == 1


def test_a_packed_table_that_is_cut_off_gives_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    lines = "".join(f"Place {n},{n % 90},{n % 180}\n" for n in range(20_000))
    path.write_bytes(gzip.compress(f"name,latitude,longitude\n{lines}".encode())[:-5000])
    report = Report()
    rows = list(read_places(path, "csv", report))
    assert 0 < len(rows) < 20_000
    assert "cannot be read further" in report.problems[-1][1]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"# only\n# comments\n", "is empty"),
        (b"a,b,c\n1,2,3\n", "not a table of places that is known"),
        (b"\x00\x01\x02", "not a text"),
        (b"PK\x03\x04broken", "a broken archive"),
        (b"\xff\xfe\x00", "not a text"),
        (b'"name,latitude,longitude\n', "not a table of places that is known"),
    ],
)
def test_what_is_no_table_of_places_is_refused_as_a_whole(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(VocabularyError, match=problem):
        detect(path)


def test_a_spreadsheet_and_a_zip_of_many_are_refused(tmp_path: Path) -> None:
    for names, problem in ((["xl/a.xml"], "save its sheet as CSV"), (["a.txt", "b.txt"], "2 tables")):
        with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        with pytest.raises(VocabularyError, match=problem):
            detect(tmp_path / "t.zip")


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no such file"):
        detect(tmp_path / "absent.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sy.csv"
        path.write_bytes(content)
        for format in FORMATS:
            try:
                rows = list(read_places(path, format, Report()))
            except VocabularyError:
                continue
            assert all(row.name and row.id for row in rows)


@given(st.lists(st.text(max_size=30), min_size=5, max_size=5))
def test_any_cells_make_a_row_or_a_problem(cells: list[str]) -> None:
    import csv
    import io
    import tempfile

    line = io.StringIO()
    csv.writer(line).writerow(cells)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        text = f"name,latitude,longitude,aliases,country\n{line.getvalue()}"
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        rows, report = list(read_places(path, "csv", told := Report())), told
        assert rows or report.refused or not line.getvalue().strip() or line.getvalue().startswith("#")


@pytest.mark.parametrize(("text", "code"), [("SY", "SY"), ("syr", "SY"), (" ua ", "UA"), ("GF", "GF")])
def test_country_codes(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "Syria", "QQ", "S1"])
def test_what_is_no_country_code(text: str) -> None:
    with pytest.raises(ValueError):
        country_code(text)


@pytest.mark.parametrize(
    ("file", "format", "least"),
    [("wof_slim/sy.tsv.gz", "wof", 10_000), ("ourairports/airports.csv.gz", "ourairports", 50_000),
     ("overlay/overlay_places.csv", "csv", 15)],
)  # fmt: skip
def test_real_tables_are_read(shared: Path, file: str, format: str, least: int) -> None:
    path, report = shared / "data" / file, Report()
    assert detect(path) == format
    assert sum(1 for _ in read_places(path, format, report)) >= least
    assert report.refused == 0
