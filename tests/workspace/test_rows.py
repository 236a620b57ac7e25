"""Flat rows, data frames and notebooks: the same values everywhere, nothing told is nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas
import polars
import pytest
from plain_workspace import built, write_rows

from sayso.errors import WorkspaceError
from sayso.workspace import EventFilter, Workspace
from sayso.workspace.rows import TABLES, rows

ROWS = [
    {"id": "1", "outlet": "A", "title": "<b>One</b>", "text": "2016-03-27: A shelled Homs, killing 8."},
    {"id": "2", "outlet": "B<script>", "text": "On 2016-03-27 B shelled Homs, killing 9, said SANA."},
    {"id": "3", "outlet": "C", "text": "The rebels captured Hama.\nOn 1017-01-01 the army bombed Nowhere & <i>Co</i>."},
]


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    with built(where, write_rows(tmp_path / "t.jsonl", ROWS)) as made:
        yield made


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_every_column(workspace: Workspace, table: str) -> None:
    found = list(rows(workspace, table))
    assert found
    assert all(list(row) == list(TABLES[table]) for row in found)


def test_rows_say_what_the_records_say(workspace: Workspace) -> None:
    events = workspace.events()
    assert [row["event"] for row in rows(workspace, "events")] == [event["id"] for event in events]
    told = {row["statement"]: row for row in rows(workspace, "statements")}
    records = {s["id"]: s for document in workspace.records() for s in document["statements"]}
    assert told.keys() == records.keys()
    for id_, row in told.items():
        killed = records[id_]["killed"] or {}
        assert (row["killed_minimum"], row["killed_maximum"]) == (killed.get("minimum"), killed.get("maximum"))
        assert row["killed_words"] == tuple(span["text"] for span in killed.get("evidence", ()))
    assert {(row["field"], row["value"], row["documents"]) for row in rows(workspace, "disagreements")} == {
        ("killed", "8", ("1",)), ("killed", "9", ("2",)),
    }  # fmt: skip


def test_a_filter_narrows_every_table(workspace: Workspace) -> None:
    captures = EventFilter(types=("capture",))
    assert [row["type"] for row in rows(workspace, "events", captures)] == ["capture"]
    assert [row["document"] for row in rows(workspace, "documents", captures)] == ["3"]
    assert [row["type"] for row in rows(workspace, "statements", captures)] == ["capture"]
    assert list(rows(workspace, "disagreements", captures)) == []
    assert list(rows(workspace, "documents", EventFilter(types=("protest",)))) == []


def test_a_polars_frame(workspace: Workspace) -> None:
    frame = workspace.to_polars("statements")
    assert frame.columns == list(TABLES["statements"])
    assert frame.schema["earliest"] == polars.Date
    assert frame.schema["killed_words"] == polars.List(polars.String)
    shelling = frame.filter(polars.col("document") == "2").row(0, named=True)
    assert (shelling["earliest"], shelling["killed_minimum"]) == (date(2016, 3, 27), 9)
    assert (shelling["claimed_by"], shelling["injured_minimum"]) == (["SANA"], None)
    by_type = workspace.to_polars().group_by("type").agg(polars.col("independent_sources").sum())
    assert dict(by_type.iter_rows()) == {"shelling": 2, "air_strike": 1, "capture": 1}


def test_a_pandas_frame(workspace: Workspace) -> None:
    frame = workspace.to_pandas("statements").set_index("document")
    assert frame.loc["2", "killed_minimum"] == 9
    assert frame.loc["2", "claimed_by"] == ("SANA",)
    assert frame.loc["2", "injured_minimum"] is pandas.NA
    assert pandas.api.types.is_integer_dtype(frame["killed_minimum"])
    # A day that nanoseconds do not reach.
    events = workspace.to_pandas()
    assert [day.year for day in events["earliest"].dropna()] == [1017, 2016]


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_workspace_has_empty_frames(tmp_path: Path, table: str) -> None:
    with Workspace.create(tmp_path / "empty") as workspace:
        assert workspace.to_polars(table).shape == (0, len(TABLES[table]))
        assert workspace.to_pandas(table).shape == (0, len(TABLES[table]))
        assert workspace.to_polars(table).schema == workspace.to_polars(table).clear().schema


def test_what_cannot_be_had_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkspaceError, match="people: no such table; there are events, statements"):
        workspace.to_polars("people")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(WorkspaceError, match=r"pip install 'sayso\[pandas\]'"):
        workspace.to_pandas()


def test_a_notebook_draws_events_with_their_words_as_text(workspace: Workspace) -> None:
    drawn = workspace.events()._repr_html_()
    assert drawn.startswith("<table><caption>3 events</caption>")
    assert "27 Mar 2016" in drawn
    assert "<td>killed</td>" in drawn
    assert "On 2016-03-27 B shelled Homs, killing 9, said SANA." in drawn
    assert "B&lt;script&gt;" in drawn
    assert "<script" not in drawn
    assert "<i>" not in drawn
    assert workspace.events(EventFilter(types=("protest",)))._repr_html_().startswith("<table><caption>0 events")
