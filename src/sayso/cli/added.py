"""What ``sayso gazetteer`` and ``sayso actors`` share: telling of tables that were added, and taking them out again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sayso.cli import exits
from sayso.cli.console import clean, messages, output, put, warn

if TYPE_CHECKING:
    from sayso.vocabulary.additions import Kind, Table
    from sayso.vocabulary.table_lines import Report

#: So many malformed rows are named; one wrong column would fill the screen.
_NAMED = 20


def chosen(
    kind: Kind, path: Path, format: str | None, name: str | None, detect: Callable[[Path], str]
) -> tuple[str, str, Table | None]:
    """What to read the table in ``path`` as, what to call it, and the added table that has this name now.

    ``format`` and ``name`` are what the user said, if anything. Usage error where ``path`` is no file.
    """
    if not path.is_file():
        raise typer.BadParameter(f"{path}: there is no such file", param_hint="FILE")
    from sayso.vocabulary.additions import name_for, tables

    format = format or detect(path)
    called = name_for(path, name, "" if format == "csv" else format)
    return format, called, next((table for table in tables(kind) if table.name == called), None)


def name_rows(path: Path, rows: Sequence[tuple[int, str]], number: int) -> None:
    """Name the first malformed ``rows`` of ``number``, each by its line."""
    for line, problem in rows[:_NAMED]:
        warn(f"{path} line {line}: {problem}")
    if number > _NAMED:
        warn(f"{path}: and {number - _NAMED:,} more such rows")


def tell_added(table: Table, changed: bool, before: Table | None, report: Report, lines: Sequence[str]) -> None:
    """The closing summary of ``add``."""
    noun = table.kind
    told = [
        f"{'Added' if changed else 'Nothing changed: already added'} {table.name} ({table.format}, from {table.file}):"
        f" {table.rows:,} {noun}, {table.refused:,} rows refused, {table.left_out:,} of no use here.",
        *lines,
    ]
    if report.left_out:
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in report.left_out.most_common(6))
        more = len(report.left_out) - 6
        told.append(f"Left out: {kinds}{f' and {more} more kinds' if more > 0 else ''}.")
    if report.unread:
        told.append(f"Columns not read: {', '.join(sorted(report.unread)[:20])}.")
    if changed and before is not None:
        told.append(f"It takes the place of {before.name} as it was before ({before.rows:,} rows from {before.file}).")
    if changed:
        told.append("Documents are coded with it from now on: run sayso build again to code a workspace anew.")
    for line in told:
        messages().print(clean(line), soft_wrap=True)


def show(kind: Kind, as_json: bool) -> None:
    """Print the tables of ``kind`` that were added."""
    from sayso.vocabulary.additions import tables

    listed = tables(kind)
    if as_json:
        for table in listed:
            sys.stdout.write(json.dumps(asdict(table), ensure_ascii=False) + "\n")
        return
    command = "gazetteer" if kind == "places" else "actors"
    if not listed:
        warn(f"no table was added; add one with: sayso {command} add FILE")
        return
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, pad_edge=False)
    for heading in ("Name", "Format", "File"):
        grid.add_column(heading)
    for heading in (kind.capitalize(), "Refused", "Left out"):
        grid.add_column(heading, justify="right")
    for table in listed:
        numbers = (f"{number:,}" for number in (table.rows, table.refused, table.left_out))
        grid.add_row(table.name, table.format, Text(clean(table.file)), *numbers)
    put(output(), grid)


def remove(kind: Kind, names: Sequence[str]) -> None:
    """Take out tables; names each that is not there."""
    from sayso.vocabulary import additions

    command = "gazetteer" if kind == "places" else "actors"
    missing = 0
    for name in names:
        if additions.remove(kind, name):
            warn(f"removed {name}")
        else:
            missing += 1
            warn(f"no table is called {name}; sayso {command} list names them")
    if missing:
        raise typer.Exit(exits.IMPOSSIBLE if missing == len(names) else exits.INCOMPLETE)
