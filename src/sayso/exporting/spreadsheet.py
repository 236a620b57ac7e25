"""One row a statement, with the words each value stands on, for spreadsheets.

Cells that a spreadsheet would run as a formula are marked as text with an apostrophe, as OWASP's note on CSV injection
advises; numbers we write ourselves are left alone. The file begins with a byte order mark: without it, spreadsheets
take UTF-8 for something else.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from sayso.exporting.files import new_file
from sayso.workspace import Workspace
from sayso.workspace.rows import TABLES, Cell, rows

#: What may start a formula: also the full-width forms, and white space before which programs look further.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

COLUMNS = tuple(TABLES["statements"])


def write(workspace: Workspace, out: Path, force: bool) -> list[Path]:
    """Write ``out``: the statements of each event, events by date and the undated last."""
    with new_file(out, force=force, encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(COLUMNS)
        for row in rows(workspace, "statements"):
            table.writerow([cell(row[column]) for column in COLUMNS])
    return [out]


def cell(value: Cell) -> str | float:
    """``value`` as a spreadsheet may show it, never run it. None is an empty cell, several texts stand in one."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None:
        return ""
    if isinstance(value, str):
        value = value.replace("\0", "\ufffd")
        return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA) or value.startswith(_FORMULA) else value
    return value
