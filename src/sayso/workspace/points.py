"""Events as points in time and space: what a timeline and a map draw, without the records."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Integer, case, cast, func, literal, select

from sayso.workspace.queries import IN_ORDER, EventFilter, conditions
from sayso.workspace.tables import EventRow

_EPOCH = date(1970, 1, 1).toordinal()
#: The Julian day on which 1970-01-01 begins.
_EPOCH_JULIAN = 2440587.5
#: Stands where ``Cells`` have no day or no spot.
NONE = -(2**31)


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
    query = query.order_by(*IN_ORDER)
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


@dataclass(frozen=True, slots=True)
class Cells:
    """How many events lie where in time and space, for a timeline and a map of very many of them, by date.

    The n-th of each column is the n-th cell's: events of the same days, told of the same spot. Days and spots are as in
    ``Points``, but in arrays of 32 bits, ``NONE`` for none; ``number`` counts the events, ``disputed`` is 1 where the
    sources of one of them differ, else 0.
    """

    earliest: array[int]
    latest: array[int]
    spot: array[int]
    number: array[int]
    disputed: bytes
    spots: list[Spot]


def cells(connection: Connection, wanted: EventFilter) -> Cells:
    """The events that pass, whatever the limit."""
    days = (EventRow.earliest, EventRow.latest)
    place = (EventRow.place, EventRow.country, EventRow.latitude, EventRow.longitude, EventRow.precision)
    differ = func.max(case((EventRow.disputed.is_(True), 1), else_=0))
    query = select(*(_days(connection, day) for day in days), func.count(), differ, *place)
    query = query.where(*conditions(connection, wanted)).group_by(*days, *place).order_by(*days)
    rows = connection.execute(query).all()
    earliest, latest, number, disputed, *told = zip(*rows, strict=True) if rows else ((), (), (), ())
    numbers: dict[tuple[Any, ...], int] = {}
    spot = array("i")
    for one in zip(*told, strict=True):
        # Without coordinates there is nothing to draw.
        spot.append(NONE if one[2] is None or one[3] is None else numbers.setdefault(one, len(numbers)))
    columns = (array("i", earliest), array("i", latest), spot, array("i", number))
    return Cells(*columns, bytes(disputed), [Spot(*one) for one in numbers])


def _days(connection: Connection, column: Any) -> Any:
    """``column`` in days since 1970-01-01, worked out by the database: making a date of each takes longer."""
    if connection.dialect.name == "sqlite":
        days = cast(func.julianday(column) - _EPOCH_JULIAN, Integer)
    else:
        days = column - literal(date(1970, 1, 1))
    return func.coalesce(days, NONE)
