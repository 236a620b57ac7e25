"""Which reports are compared at all: those that share a key of kind, time and place or party.

A crowded key is walked as a sorted neighbourhood (``meeting``): each report meets the ``WINDOW`` that follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.linking.compatibility import days, place_name
from sayso.linking.meeting import Stand, number
from sayso.linking.mention import Mention

WINDOW = 40
#: A span of at most this many days is filed by week, a longer one by month, one over ``_MONTHS`` under its place alone.
_SHORT_DAYS, _MONTHS = 10, 4
_PARTIES = 3
#: Numbers from here up hardly ever fall together by chance.
_LARGE = 10

Key = tuple[str, ...]


def stand_of(mention: Mention) -> Stand:
    """Where a report meets those it is compared with."""
    return Stand(mention.statement.id, _rank(mention), tuple(sorted({number(*key) for key in _keys(mention)})))


def _rank(mention: Mention) -> bytes:
    """Puts the reports of a crowded key in order: those of one day, place, type and number side by side."""
    statement = mention.statement
    time, place, killed = statement.time, statement.place, statement.killed
    told = (killed.minimum or killed.maximum or 0) if killed else 0
    return b"".join(
        (
            (time.earliest.toordinal() if time else 0).to_bytes(3, "big"),
            _digits(place_name(place) if place else "", 4),
            _digits(statement.type, 2),
            min(told, 2**32 - 1).to_bytes(4, "big"),
            _digits(statement.id, 8),
        )
    )


def _digits(words: str, size: int) -> bytes:
    return number(words, size=size).to_bytes(size, "big", signed=True)


def _keys(mention: Mention) -> Iterator[Key]:
    statement, family = mention.statement, mention.kind.family
    yield ("voice", family, mention.voice)
    wheres = sorted(_wheres(mention))
    for when in _whens(mention):
        for where in wheres:
            yield (*when, family, where)
    if (toll := _toll(mention)) is not None:
        # Two reports of one toll may have different days or towns, and then it is they that differ.
        yield ("toll", family, toll)
    if statement.place and not mention.kind.recurs:
        yield ("ever", family, place_name(statement.place))


def _toll(mention: Mention) -> str | None:
    """Its killed and injured, where both are told and neither is small, with the year."""
    killed, injured, time = mention.statement.killed, mention.statement.injured, mention.statement.time
    if killed is None or injured is None or time is None or min(killed.minimum or 0, injured.minimum or 0) < _LARGE:
        return None
    return f"{killed.minimum} {injured.minimum} {time.earliest:%Y}"


def _whens(mention: Mention) -> Iterator[Key]:
    time = mention.statement.time
    if time is None:
        return
    first, last = time.earliest.toordinal(), time.latest.toordinal()
    if days(time) <= _SHORT_DAYS:
        # A day's slack on both sides: the neighbours that may differ by a night.
        for week in range((first - 1) // 7, (last + 1) // 7 + 1):
            yield ("week", str(week))
    months = range(time.earliest.year * 12 + time.earliest.month, time.latest.year * 12 + time.latest.month + 1)
    if len(months) <= _MONTHS and (days(time) > _SHORT_DAYS or not mention.kind.recurs):
        for month in months:
            yield ("month", str(month))


def _wheres(mention: Mention) -> Iterator[str]:
    """Place and parties: two reports meet where they share any of these."""
    statement = mention.statement
    place = statement.place
    if place:
        yield f"place {place_name(place)}"
        if place.admin1 and place.precision != "country":
            yield f"region {place.admin1.casefold()}"
        elif place.country:
            yield f"country {place.country}"
    for actor in (*statement.actors, *statement.targets)[:_PARTIES]:
        yield f"party {actor.actor_id or actor.name.casefold()}"
    for count in (statement.killed, statement.injured):
        if count and (count.minimum or 0) > 2:
            yield f"count {count.minimum}"
