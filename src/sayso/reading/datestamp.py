"""Dates as pages stamp them: "Sun 10 Jul 2016", "Jul 262016", "02-06-2016", "2016-06-02T10:00".

Only whole dates of the Gregorian calendar, years 1900 to 2099, are read; nothing is filled in. Numeric dates are read
day first unless that is no date, the weekday beside them says otherwise, or the caller knows the page to be American.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.model import Span
from sayso.reading.wordlists import rows

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_GAP = r"[\s\u00a0]{0,3}"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a text: the ``span`` of its words and the ``day``.

    ``other`` is the day it would be with day and month exchanged, where nothing in the words settles that.
    """

    span: Span
    day: date
    other: date | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The days a partial date may mean, both inclusive; ``best`` where it is one day."""

    earliest: date
    latest: date
    best: date | None


@cache
def _numbers(kind: str) -> dict[str, int]:
    return {word: int(number) for k, word, number in rows("calendar", "kind", "word", "number") if k == kind}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    def words(kind: str) -> str:
        return "|".join(sorted(map(re.escape, _numbers(kind)), key=len, reverse=True))

    weekday = rf"(?:(?<![^\W\d_])(?P<weekday>{words('weekday')})(?![^\W\d_])[.,]{{0,2}}{_GAP})?"
    month = rf"(?P<month>{words('month')})(?![^\W\d_])\.?"
    ordinal = r"(?:st|nd|rd|th|er|º)?"
    day = r"(?P<day>\d{1,2})"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{weekday}(?<![\d.:/-]){day}{ordinal}\.?{_GAP}(?:(?:of|de){_GAP})?[-/,]?{_GAP}{month}{_GAP}(?:de{_GAP})?[-/,]?{_GAP}{_YEAR}",
            rf"{weekday}(?<![^\W\d_]){month}{_GAP}-?{_GAP}{day}{ordinal}{_GAP}[-,]?{_GAP}{_YEAR}",
            rf"{weekday}(?<![\d.:/-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<iso_month>\d{{1,2}})(?P=mark){day}(?!\d)",
            rf"{weekday}(?<![\d.:/-])(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?!\.\d)",
        )
    )


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _stamp(match: re.Match[str], month_first: bool) -> Stamp | None:
    found = match.groupdict()
    year = int(found["year"])
    weekday = _numbers("weekday").get((found["weekday"] or "").lower())
    span = Span(*match.span())
    if found.get("first") is None:
        month = int(found["iso_month"]) if found.get("iso_month") else _numbers("month")[found["month"].lower()]
        day = calendar_day(year, month, int(found["day"]))
        return Stamp(span, day) if day else None
    first, second = int(found["first"]), int(found["second"])
    readings = [calendar_day(year, second, first), calendar_day(year, first, second)]
    if found["mark"] == ".":
        readings.pop()  # no country writes months first with points
    elif month_first:
        readings.reverse()
    days = [day for day in dict.fromkeys(readings) if day]
    if weekday:
        days = [day for day in days if day.isoweekday() == weekday] or days
    return Stamp(span, days[0], days[1] if len(days) > 1 else None) if days else None


def stamp_at(text: str, start: int, end: int, month_first: bool = False) -> Stamp | None:
    """The date that begins at ``start`` and ends by ``end``; the longest, where forms overlap."""
    matches = (pattern.match(text, start, end) for pattern in _patterns())
    stamps = [stamp for match in matches if match and (stamp := _stamp(match, month_first))]
    return max(stamps, key=lambda stamp: stamp.span.end, default=None)


def find_stamps(text: str, start: int, end: int, month_first: bool = False) -> tuple[Stamp, ...]:
    """Every date between ``start`` and ``end``, in order, none overlapping another."""
    return tuple(_distinct(_all(text, start, end, month_first)))


def _all(text: str, start: int, end: int, month_first: bool) -> Iterator[Stamp]:
    for pattern in _patterns():
        for match in pattern.finditer(text, start, end):
            stamp = _stamp(match, month_first)
            if stamp:
                yield stamp


def _distinct(stamps: Iterator[Stamp]) -> Iterator[Stamp]:
    reached = -1
    for stamp in sorted(stamps, key=lambda stamp: (stamp.span.start, -stamp.span.end)):
        if stamp.span.start >= reached:
            reached = stamp.span.end
            yield stamp


_MONTH_ONLY = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])|(?P<name>[^\W\d_]+)\.?,? (?P<y>(?:19|20)\d\d)"
)
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:T?\d{4,6}Z?)?")


def read_date(value: str, month_first: bool = False) -> Interval | None:
    """A column's date: "2016-07-10", "10 July 2016 14:30", "2016-07", "July 2016", "2016"; None if unclear."""
    value = value.strip()[:100]
    compact = _COMPACT.fullmatch(value)
    if compact:
        day = calendar_day(*(int(part) for part in compact.groups()))
        return Interval(day, day, day) if day else None
    stamps = find_stamps(value, 0, len(value), month_first)
    days = {stamp.day for stamp in stamps}
    if len(days) == 1:
        day = days.pop()
        return Interval(day, day, day)
    if stamps:
        return None
    partial = _MONTH_ONLY.fullmatch(value)
    if partial:
        year = int(partial["year"] or partial["y"])
        month = int(partial["number"]) if partial["number"] else _numbers("month").get(partial["name"].lower())
        if month is None:
            return None
        return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), None)
    if _YEAR_ONLY.fullmatch(value):
        return Interval(date(int(value), 1, 1), date(int(value), 12, 31), None)
    return None
