"""One row a statement, with the words each value stands on, for spreadsheets.

Cells that a spreadsheet would run as a formula are marked as text with an apostrophe, as OWASP's note on CSV injection
advises; numbers we write ourselves are left alone. The file begins with a byte order mark: without it, spreadsheets
take UTF-8 for something else.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from sayso.contract import Record
from sayso.exporting.files import new_file
from sayso.workspace import Workspace

#: What may start a formula: also the full-width forms, and white space before which programs look further.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

COLUMNS = (
    "event", "statement", "document", "outlet", "title", "url", "type", "status",
    "earliest", "latest", "time_precision", "time_basis", "time_words",
    "place", "latitude", "longitude", "place_kind", "place_precision", "country", "admin1", "gazetteer_id",
    "place_words",
    "actors", "actors_words", "targets", "targets_words",
    "killed_minimum", "killed_maximum", "killed_words", "injured_minimum", "injured_maximum", "injured_words",
    "claimed_by", "trigger", "sentence", "independent_sources", "disagreements", "coder", "certainty",
)  # fmt: skip


def write(workspace: Workspace, out: Path, force: bool) -> list[Path]:
    """Write ``out``: the statements of each event, events by date and the undated last."""
    with new_file(out, force=force, encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(COLUMNS)
        events = workspace.events()
        for at in range(0, len(events), 500):
            some = events[at : at + 500]
            told = workspace.told([event["id"] for event in some])
            for event in some:
                for one in told.get(event["id"], []):
                    document = {"id": one.document_id, "outlet": one.outlet, "title": one.title, "url": one.url}
                    values = row(event, one.record, document, one.words)
                    table.writerow([cell(values[column]) for column in COLUMNS])
    return [out]


def cell(value: str | float | None) -> str | float:
    """``value`` as a spreadsheet may show it, never run it. None is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        value = value.replace("\0", "\ufffd")
        return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA) or value.startswith(_FORMULA) else value
    return value


def row(event: Record, statement: Record, document: Record, sentence: str) -> dict[str, str | float | None]:
    """The cells of one statement by column."""
    time = statement["time"] or {}
    place = statement["place"] or {}
    killed = statement["killed"] or {}
    injured = statement["injured"] or {}
    return {
        "event": event["id"],
        "statement": statement["id"],
        "document": document["id"],
        "outlet": document["outlet"],
        "title": document["title"],
        "url": document["url"],
        "type": statement["type"],
        "status": statement["status"],
        "earliest": time.get("earliest"),
        "latest": time.get("latest"),
        "time_precision": time.get("precision"),
        "time_basis": time.get("basis"),
        "time_words": _words(time.get("evidence", ())),
        "place": place.get("name"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "place_kind": place.get("kind"),
        "place_precision": place.get("precision"),
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "gazetteer_id": place.get("gazetteer_id"),
        "place_words": place.get("text"),
        "actors": _joined(actor["name"] for actor in statement["actors"]),
        "actors_words": _words(statement["actors"]),
        "targets": _joined(target["name"] for target in statement["targets"]),
        "targets_words": _words(statement["targets"]),
        "killed_minimum": killed.get("minimum"),
        "killed_maximum": killed.get("maximum"),
        "killed_words": _words(killed.get("evidence", ())),
        "injured_minimum": injured.get("minimum"),
        "injured_maximum": injured.get("maximum"),
        "injured_words": _words(injured.get("evidence", ())),
        "claimed_by": _words(statement["claimed_by"]),
        "trigger": statement["trigger"]["text"],
        "sentence": " ".join(sentence.split()),
        "independent_sources": event["independent_sources"],
        "disagreements": _joined(
            f"{one['field']}: " + " | ".join(position["value"] for position in one["positions"])
            for one in event["disagreements"]
        ),
        "coder": statement["coder"],
        "certainty": statement.get("certainty"),
    }


def _words(spans: Iterable[Record]) -> str | None:
    return _joined(" ".join(span["text"].split()) for span in spans)


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None
