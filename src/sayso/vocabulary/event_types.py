"""The event types, with their equivalents in PLOVER and ACLED (``data/event_types.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sayso.errors import VocabularyError

_TOLD = ("id", "group", "kind", "label", "definition")
_EQUIVALENTS = ("plover_type", "plover_mode", "acled_event_type", "acled_sub_event_type")


@dataclass(frozen=True, slots=True)
class EventType:
    """One row of the table. ``kind`` is "material" (something done) or "verbal" (something said)."""

    id: str
    group: str
    kind: str
    label: str
    definition: str
    plover_type: str | None
    plover_mode: str | None
    acled_event_type: str | None
    acled_sub_event_type: str | None


@cache
def event_types() -> Mapping[str, EventType]:
    """Every event type by id, in the order of the table."""
    name = "event_types.csv"
    text = (files("sayso.vocabulary") / "data" / name).read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    types: dict[str, EventType] = {}
    for row in rows:
        try:
            told = [row[key] for key in _TOLD]
            equivalents = [row[key] or None for key in _EQUIVALENTS]
        except KeyError as error:
            raise VocabularyError(f"{name}: row {row.get('id')!r}: no column {error}") from error
        event_type = EventType(*told, *equivalents)
        if event_type.kind not in ("material", "verbal"):
            raise VocabularyError(f"{name}: row {event_type.id!r}: kind must be material or verbal")
        types[event_type.id] = event_type
    return MappingProxyType(types)
