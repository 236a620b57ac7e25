"""Rows of a workspace as data frames of polars or pandas, which only who asks for one needs to have installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.errors import WorkspaceError
from sayso.workspace.rows import TABLES, Row

if TYPE_CHECKING:
    import pandas
    import polars


def polars_frame(table: str, rows: Iterable[Row]) -> polars.DataFrame:
    """``rows`` of ``table``: String, Int64, Float64, Date and List(String); what is not told is null."""
    library = _library("polars")
    kinds = {
        "text": library.String, "whole": library.Int64, "number": library.Float64, "day": library.Date,
        "texts": library.List(library.String),
    }  # fmt: skip
    cells = _by_column(table, rows)
    frame: polars.DataFrame = library.DataFrame(
        cells, schema={name: kinds[kind] for name, kind in TABLES[table].items()}
    )
    return frame


def pandas_frame(table: str, rows: Iterable[Row]) -> pandas.DataFrame:
    """``rows`` of ``table``: string, Int64, Float64, datetime64[s] and tuples; what is not told is NA or NaT."""
    library = _library("pandas")
    # Days as seconds: nanoseconds, which pandas takes by itself, end in 2262 and begin in 1677.
    kinds = {"text": "string", "whole": "Int64", "number": "Float64", "day": "datetime64[s]", "texts": "object"}
    cells = _by_column(table, rows)
    frame: pandas.DataFrame = library.DataFrame(
        {name: library.Series(cells[name], dtype=kinds[kind]) for name, kind in TABLES[table].items()}
    )
    return frame


def _by_column(table: str, rows: Iterable[Row]) -> dict[str, list[Any]]:
    cells: dict[str, list[Any]] = {name: [] for name in TABLES[table]}
    for row in rows:
        for name, column in cells.items():
            column.append(row[name])
    return cells


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise WorkspaceError(f"{name} is not installed; install it with: pip install 'sayso[{name}]'") from error
