"""Exports: whole, in a fixed order, and harmless to the program that opens them."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_workspace import built, write_rows

from sayso.contract import coded_document
from sayso.errors import ExportError
from sayso.exporting import FORMATS, export
from sayso.exporting.spreadsheet import COLUMNS, cell
from sayso.workspace import Workspace

ROWS = [
    {"id": "1", "outlet": "=HYPERLINK(\"http://x\")", "title": "+1", "text": "2016-03-27: A shelled Homs, killing 8."},
    {"id": "2", "outlet": "B", "title": "@SUM(1)", "text": "On 2016-03-27 B shelled Homs, killing 9, said SANA."},
    {"id": "3", "outlet": "C", "text": "The rebels captured Hama.\nOn 2017-01-01 the army bombed Nowhere."},
]  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with built(tmp_path / "ws", write_rows(tmp_path / "t.jsonl", ROWS)) as made:
        yield made


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_json_is_the_contract(workspace: Workspace, tmp_path: Path) -> None:
    paths = export(workspace, "json", tmp_path / "out")
    assert [path.name for path in paths] == [
        "documents.jsonl", "statements.jsonl", "events.jsonl", "disagreements.jsonl", "copies.jsonl",
    ]  # fmt: skip
    documents, statements, events, disagreements, copies = map(lines, paths)
    assert [coded_document(record) for record in documents] == list(workspace.coded())
    assert {record["schema"] for record in documents} == {"sayso/document/1"}
    assert {record["schema"] for record in events} == {"sayso/event/1"}
    assert {s["id"] for s in statements} == {s for event in events for s in event["statements"]}  # type: ignore[attr-defined]
    assert {s["document"] for s in statements} == {"1", "2", "3"}
    assert [d["field"] for d in disagreements] == ["killed"]
    assert copies == []


def test_csv_is_a_row_a_statement_with_its_words(workspace: Workspace, tmp_path: Path) -> None:
    (path,) = export(workspace, "csv", tmp_path / "out.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert [row["type"] for row in rows] == ["shelling", "shelling", "air_strike", "capture"]
    assert [row["earliest"] for row in rows] == ["2016-03-27", "2016-03-27", "2017-01-01", ""]
    shelling = next(row for row in rows if row["document"] == "2")
    assert (shelling["killed_minimum"], shelling["killed_words"], shelling["claimed_by"]) == ("9", "9", "SANA")
    assert shelling["disagreements"] == "killed: 8 | 9"
    assert shelling["sentence"] == ROWS[1]["text"]
    assert shelling["latitude"] == "34.73"


def test_no_cell_of_the_csv_is_a_formula(workspace: Workspace, tmp_path: Path) -> None:
    (path,) = export(workspace, "csv", tmp_path / "out.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = [value for row in csv.reader(stream) for value in row]
    assert '\'=HYPERLINK("http://x")' in cells
    assert "'@SUM(1)" in cells
    assert not [value for value in cells if value[:1] in tuple("=+-@\t\r")]


@given(st.text())
def test_a_cell_never_begins_a_formula(value: str) -> None:
    written = cell(value)
    assert isinstance(written, str)
    assert not written.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert written.removeprefix("'") == value.replace("\0", "\ufffd").removeprefix("'")


def test_numbers_stay_numbers() -> None:
    assert cell(-33.5) == -33.5
    assert cell(0) == 0
    assert cell(None) == ""


def test_geojson_has_points_longitude_first(workspace: Workspace, tmp_path: Path) -> None:
    (path,) = export(workspace, "geojson", tmp_path / "out.geojson")
    collection = json.loads(path.read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert (collection["events"], collection["without_coordinates"]) == (3, 1)
    shelling, capture = collection["features"]
    assert shelling["geometry"] == {"type": "Point", "coordinates": [36.71, 34.73]}
    assert shelling["properties"]["killed_minimum"] == 8
    assert shelling["properties"]["disagreements"] == ["killed"]
    assert capture["properties"]["earliest"] is None
    assert all(-180 <= f["geometry"]["coordinates"][0] <= 180 for f in collection["features"])
    assert not any(math.isnan(number) for f in collection["features"] for number in f["geometry"]["coordinates"])


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_twice_and_never_over_another(workspace: Workspace, tmp_path: Path, name: str) -> None:
    first = export(workspace, name, tmp_path / "first")
    again = export(workspace, name, tmp_path / "again")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    first[0].write_text("mine")
    with pytest.raises(ExportError, match=r"is there already; .*--force"):
        export(workspace, name, tmp_path / "first")
    assert first[0].read_text() == "mine"
    export(workspace, name, tmp_path / "first", force=True)
    assert first[0].read_bytes() == again[0].read_bytes()


def test_what_is_not_ours_stays(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    export(workspace, "json", folder, force=True)
    assert (folder / "notes.txt").read_text() == "mine"
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_unknown_format_and_impossible_places(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such format; there are json, csv, geojson"):
        export(workspace, "xls", tmp_path / "out")
    with pytest.raises(ExportError, match="is a folder"):
        export(workspace, "csv", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="is a file"):
        export(workspace, "json", tmp_path / "file")
    with pytest.raises(ExportError, match="cannot be written"):
        export(workspace, "csv", tmp_path / "file" / "out.csv")
