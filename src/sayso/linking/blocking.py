"""Which reports are compared at all: those that share a key of kind, time and place or party.

A block is walked as a sorted neighbourhood (Hernández and Stolfo 1995): each report meets the ``_WINDOW`` that follow
it, so a block of thousands, real or malicious, costs no more than its length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sayso.linking.compatibility import days, place_name
from sayso.linking.mention import Mention

_WINDOW = 40
#: A span of at most this many days is filed by week, a longer one by month, one over ``_MONTHS`` under its place alone.
_SHORT_DAYS, _MONTHS = 10, 4
_PARTIES = 3
#: Numbers from here up hardly ever fall together by chance.
_LARGE = 10

Key = tuple[str, ...]


def candidate_pairs(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Every pair worth comparing, once. The order of ``mentions`` does not matter."""
    blocks: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for key in _keys(mention):
            blocks[key].append(mention)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        block = sorted(blocks[key], key=_neighbourhood)
        for index, first in enumerate(block):
            for second in block[index + 1 : index + 1 + _WINDOW]:
                ids = (first.statement.id, second.statement.id)
                pair = ids if ids[0] < ids[1] else ids[::-1]
                if pair not in seen:
                    seen.add(pair)
                    yield (first, second) if pair == ids else (second, first)


def _neighbourhood(mention: Mention) -> tuple[str, str, str, int, str]:
    statement = mention.statement
    time, place, killed = statement.time, statement.place, statement.killed
    return (
        time.earliest.isoformat() if time else "",
        place_name(place) if place else "",
        statement.type,
        (killed.minimum or killed.maximum or 0) if killed else 0,
        statement.id,
    )


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
