"""What a workspace holds as flat rows, a value a cell: what spreadsheets and data frames are made of.

Every value of a statement has a column of its words beside it. A cell is None where nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from sayso.contract import Record
from sayso.errors import WorkspaceError
from sayso.workspace.chunks import chunks
from sayso.workspace.queries import EventFilter, Told

if TYPE_CHECKING:
    from sayso.workspace.store import Workspace

#: What the cells of a column are, unless None: ``str``, ``int``, ``float``, ``date``, or a tuple of ``str``.
Kind = Literal["text", "whole", "number", "day", "texts"]
Cell = str | int | float | date | tuple[str, ...] | None
Row = dict[str, Cell]

_TIME: Mapping[str, Kind] = {"earliest": "day", "latest": "day", "time_precision": "text", "time_basis": "text"}
_PLACE: Mapping[str, Kind] = {
    "place": "text", "latitude": "number", "longitude": "number", "place_kind": "text", "place_precision": "text",
    "country": "text", "admin1": "text", "gazetteer_id": "text",
}  # fmt: skip

#: The tables there are, with their columns in order.
TABLES: Mapping[str, Mapping[str, Kind]] = {
    "events": {
        "event": "text", "type": "text", "status": "text", **_TIME, **_PLACE, "actors": "texts", "targets": "texts",
        "killed_minimum": "whole", "killed_maximum": "whole", "injured_minimum": "whole", "injured_maximum": "whole",
        "outlets": "texts", "independent_sources": "whole", "disagreements": "texts", "documents": "texts",
        "statements": "texts",
    },
    "statements": {
        "event": "text", "statement": "text", "document": "text", "outlet": "text", "title": "text", "url": "text",
        "type": "text", "status": "text", **_TIME, "time_words": "texts", **_PLACE, "place_words": "text",
        "actors": "texts", "actors_words": "texts", "targets": "texts", "targets_words": "texts",
        "killed_minimum": "whole", "killed_maximum": "whole", "killed_words": "texts",
        "injured_minimum": "whole", "injured_maximum": "whole", "injured_words": "texts",
        "claimed_by": "texts", "trigger": "text", "sentence": "text", "independent_sources": "whole",
        "disagreements": "texts", "coder": "text", "certainty": "number",
    },
    "documents": {
        "document": "text", "title": "text", "outlet": "text", "author": "text", "url": "text", "language": "text",
        "written_earliest": "day", "written_latest": "day", "written_best": "day", "written_basis": "text",
        "statements": "texts", "text": "text",
    },
    "disagreements": {
        "disagreement": "text", "event": "text", "document": "text", "field": "text", "value": "text",
        "statements": "texts", "documents": "texts", "words": "texts",
    },
}  # fmt: skip


def rows(workspace: Workspace, table: str, wanted: EventFilter | None = None) -> Iterator[Row]:
    """The rows of one of ``TABLES``, each with all of its columns, in the order of the chronology.

    ``wanted`` narrows events, and statements and disagreements to those of the events that pass; documents to those
    that tell one.

    Raises:
        WorkspaceError: there is no such table.
    """
    if table not in TABLES:
        raise WorkspaceError(f"{table}: no such table; there are {', '.join(TABLES)}")
    if table == "events":
        return map(_event, workspace.events(wanted))
    if table == "statements":
        return _statements(workspace, wanted)
    if table == "documents":
        return _documents(workspace, wanted)
    return _disagreements(workspace, wanted)


def _event(event: Record) -> Row:
    return {
        "event": event["id"],
        "type": event["type"],
        "status": event["status"],
        **_time(event["time"]),
        **_place(event["place"]),
        "actors": tuple(actor["name"] for actor in event["actors"]),
        "targets": tuple(target["name"] for target in event["targets"]),
        **_count("killed", event["killed"]),
        **_count("injured", event["injured"]),
        "outlets": tuple(event["outlets"]),
        "independent_sources": event["independent_sources"],
        "disagreements": tuple(one["field"] for one in event["disagreements"]),
        "documents": tuple(event["documents"]),
        "statements": tuple(event["statements"]),
    }


def _statements(workspace: Workspace, wanted: EventFilter | None) -> Iterator[Row]:
    events = workspace.events(wanted)
    for some in chunks(events):
        told = workspace.told([event["id"] for event in some])
        for event in some:
            for one in told.get(event["id"], []):
                yield _statement(event, one)


def _statement(event: Record, told: Told) -> Row:
    statement = told.record
    place = statement["place"]
    return {
        "event": event["id"],
        "statement": statement["id"],
        "document": told.document_id,
        "outlet": told.outlet,
        "title": told.title,
        "url": told.url,
        "type": statement["type"],
        "status": statement["status"],
        **_time(statement["time"]),
        "time_words": _words((statement["time"] or {}).get("evidence", ())),
        **_place(place),
        "place_words": place and place["text"],
        "actors": tuple(actor["name"] for actor in statement["actors"]),
        "actors_words": _words(statement["actors"]),
        "targets": tuple(target["name"] for target in statement["targets"]),
        "targets_words": _words(statement["targets"]),
        **_count("killed", statement["killed"]),
        "killed_words": _words((statement["killed"] or {}).get("evidence", ())),
        **_count("injured", statement["injured"]),
        "injured_words": _words((statement["injured"] or {}).get("evidence", ())),
        "claimed_by": _words(statement["claimed_by"]),
        "trigger": statement["trigger"]["text"],
        "sentence": " ".join(told.words.split()),
        "independent_sources": event["independent_sources"],
        "disagreements": tuple(
            f"{one['field']}: " + " | ".join(position["value"] for position in one["positions"])
            for one in event["disagreements"]
        ),
        "coder": statement["coder"],
        "certainty": statement.get("certainty"),
    }


def _documents(workspace: Workspace, wanted: EventFilter | None) -> Iterator[Row]:
    telling = None if wanted is None else list(
        dict.fromkeys(id_ for event in workspace.events(wanted) for id_ in event["documents"])
    )  # fmt: skip
    for document in workspace.records(telling):
        written = document["written"] or {}
        yield {
            "document": document["id"],
            "title": document["title"],
            "outlet": document["outlet"],
            "author": document["author"],
            "url": document["url"],
            "language": document["language"],
            "written_earliest": _day(written.get("earliest")),
            "written_latest": _day(written.get("latest")),
            "written_best": _day(written.get("best")),
            "written_basis": written.get("basis"),
            "statements": tuple(statement["id"] for statement in document["statements"]),
            "text": document["text"],
        }


def _disagreements(workspace: Workspace, wanted: EventFilter | None) -> Iterator[Row]:
    passing = None if wanted is None else {event["id"] for event in workspace.events(wanted)}
    for one in workspace.disagreements():
        if passing is not None and one["event"] not in passing:
            continue
        for position in one["positions"]:
            yield {
                "disagreement": one["id"],
                "event": one["event"],
                "document": one["document"],
                "field": one["field"],
                "value": position["value"],
                "statements": tuple(position["statements"]),
                "documents": tuple(dict.fromkeys(span["document"] for span in position["evidence"])),
                "words": _words(position["evidence"]),
            }


def _time(time: Record | None) -> Row:
    given = time or {}
    return {
        "earliest": _day(given.get("earliest")),
        "latest": _day(given.get("latest")),
        "time_precision": given.get("precision"),
        "time_basis": given.get("basis"),
    }


def _place(place: Record | None) -> Row:
    given = place or {}
    return {
        "place": given.get("name"),
        "latitude": given.get("latitude"),
        "longitude": given.get("longitude"),
        "place_kind": given.get("kind"),
        "place_precision": given.get("precision"),
        "country": given.get("country"),
        "admin1": given.get("admin1"),
        "gazetteer_id": given.get("gazetteer_id"),
    }


def _count(field: str, count: Record | None) -> Row:
    given = count or {}
    return {f"{field}_minimum": given.get("minimum"), f"{field}_maximum": given.get("maximum")}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _words(spans: Iterable[Record]) -> tuple[str, ...]:
    return tuple(" ".join(span["text"].split()) for span in spans)
