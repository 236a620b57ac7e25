"""The event types, with their equivalents in PLOVER and ACLED (``data/event_types.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice, packaged

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

    @property
    def is_verbal(self) -> bool:
        """Whether something is said, not done."""
        return self.kind == "verbal"


@cache
def event_types() -> Mapping[str, EventType]:
    """Every event type by id, in the order of the table."""
    return read_event_types(packaged("event_types.csv"))


def read_event_types(text: str, name: str = "event_types.csv") -> Mapping[str, EventType]:
    """Event types by id from CSV ``text``; VocabularyError names file and line."""
    types: dict[str, EventType] = {}
    for row in csv_rows(text, name, (*_TOLD, *_EQUIVALENTS)):
        choice(row, "kind", ("material", "verbal"))
        event_type = EventType(*map(row.text, _TOLD), *map(row.text_or_none, _EQUIVALENTS))
        if event_type.id in types:
            raise row.error(f"{event_type.id!r} stands here twice")
        types[event_type.id] = event_type
    return MappingProxyType(types)
