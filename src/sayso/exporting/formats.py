"""The formats a workspace can be written in, and the one door to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import ExportError
from sayso.exporting import geojson, judged, machine, spreadsheet
from sayso.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Format:
    """``write(workspace, out, force)`` writes the format and returns the files it wrote."""

    name: str
    description: str
    write: Callable[[Workspace, Path, bool], list[Path]]


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("json", "a folder of JSON Lines files, the machine contract", machine.write),
        Format("csv", "one row a statement with the words of every value, for spreadsheets", spreadsheet.write),
        Format("geojson", "events that have coordinates, as points (RFC 7946)", geojson.write),
        Format("judged", "a folder of what people decided: training data, and how far coders agree", judged.write),
    )
}


def export(workspace: Workspace, name: str, out: Path, *, force: bool = False) -> list[Path]:
    """Write ``workspace`` to ``out`` in the format called ``name``; returns the files written.

    Raises:
        ExportError: there is no such format, something is at ``out`` (and not ``force``), or it cannot be written.
    """
    if name not in FORMATS:
        raise ExportError(f"{name}: no such format; there are {', '.join(FORMATS)}")
    return FORMATS[name].write(workspace, out, force)
