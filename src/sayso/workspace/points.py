"""Events as points in time and space: what a timeline and a map draw, without the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from sayso.workspace.queries import EventFilter, conditions
from sayso.workspace.tables import EventRow

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a map draws it; ``precision`` tells how narrowly it locates an event (``model.PlacePrecision``)."""

    name: str | None
    country: str | None
    latitude: float
    longitude: float
    precision: str | None


@dataclass(frozen=True, slots=True)
class Points:
    """Events in columns, by date, the undated last; the n-th of each column is the n-th event's.

    Days are counted from 1 January 1970, None where no time is told. ``type`` is an index into ``types``, ``spot``
    one into ``spots``, None where no place is told or it has no coordinates.
    """

    ids: list[str]
    earliest: list[int | None]
    latest: list[int | None]
    type: list[int]
    spot: list[int | None]
    disputed: list[bool]
    voices: list[int]
    types: list[str]
    spots: list[Spot]


def points(connection: Connection, wanted: EventFilter) -> Points:
    """The events that pass; its limit and offset count."""
    query = select(
        EventRow.id, EventRow.earliest, EventRow.latest, EventRow.type, EventRow.place, EventRow.country,
        EventRow.latitude, EventRow.longitude, EventRow.precision,
        EventRow.disputed, EventRow.independent_sources,
    ).where(*conditions(connection, wanted))  # fmt: skip
    query = query.order_by(EventRow.earliest.is_(None), EventRow.earliest, EventRow.latest, EventRow.reading_order)
    found = Points([], [], [], [], [], [], [], [], [])
    types: dict[str, int] = {}
    spots: dict[tuple[str | None, str | None, float, float, str | None], int] = {}
    for row in connection.execute(query.limit(wanted.limit).offset(wanted.offset or None)):
        event, earliest, latest, kind, place, country, latitude, longitude, precision, disputed, voices = row
        found.ids.append(event)
        found.earliest.append(None if earliest is None else earliest.toordinal() - _EPOCH)
        found.latest.append(None if latest is None else latest.toordinal() - _EPOCH)
        found.type.append(types.setdefault(kind, len(types)))
        if latitude is None or longitude is None:
            found.spot.append(None)
        else:
            found.spot.append(spots.setdefault((place, country, latitude, longitude, precision), len(spots)))
        found.disputed.append(disputed)
        found.voices.append(voices)
    found.types.extend(types)
    found.spots.extend(Spot(*spot) for spot in spots)
    return found
