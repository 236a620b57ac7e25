"""Periods of the calendar: their TIMEX3 values and the days they span; feasts.

Weeks are ISO 8601. Seasons are meteorological, of the northern hemisphere. A winter is named by the year it ends in;
but as "the winter of 1941" may also be meant by its first month, its days run to the end of the next February.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import radians, sin

from sayso.model import Precision

#: TIMEX3 values (TimeML 1.2.1), with X for what is left open, ``BC`` before a year as in TIMEX2, and the units DE, CE.
TIMEX3_VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:\d+(?:\.\d+)?|X+)(?:Y|M|W|D|Q|DE|CE|WE)"
    r"|PT(?:\d+(?:\.\d+)?|X+)(?:H|M|S)"
    r"|(?:BC)?[\dX]{2,4}(?:-(?:Q[1-4X]|H[12X]|SP|SU|FA|WI|W(?:\d\d|XX)(?:-(?:[1-7]|WE))?|[\dX]{2}(?:-[\dX]{2})?))?"
    r"(?:T(?:MO|MI|AF|EV|NI|DT|XX|[012]\d:[0-5]\d(?:Z|[+-]\d\d)?))?"
)
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9}


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value with the days it spans, both inclusive; no days where it cannot be put on the calendar."""

    value: str
    earliest: date | None = None
    latest: date | None = None
    precision: Precision | None = None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_period(year: int, before_christ: bool = False) -> Period:
    """A year; years before Christ have no days here, for ``datetime.date`` has none."""
    if before_christ or not 1 <= year <= 9999:
        return Period(f"{'BC' if before_christ else ''}{year % 10000:04d}")
    return Period(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year")


def book_year_period(year: int) -> Period:
    """A year of accounts. Governments begin it in January, April, July or October, before or in the year that names
    it, so its days run from the July before to the June after."""
    if not 2 <= year <= 9998:
        return year_period(year)
    return Period(f"{year:04d}", date(year - 1, 7, 1), date(year + 1, 6, 30), "span")


def month_period(year: int, month: int, before_christ: bool = False) -> Period:
    """A month of a year."""
    whole = year_period(year, before_christ)
    value = f"{whole.value}-{month:02d}"
    if whole.earliest is None:
        return Period(value)
    return Period(value, date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def day_period(day: date) -> Period:
    """A single day."""
    return Period(day.isoformat(), day, day, "day")


def named_day(year: int, month: int, day: int, before_christ: bool = False) -> Period | None:
    """The day those numbers name, or None where there is no such day (30 February)."""
    if before_christ:
        return Period(f"BC{year:04d}-{month:02d}-{day:02d}")
    found = _date(year, month, day)
    return day_period(found) if found else None


def week_period(day: date, weekend: bool = False) -> Period:
    """The ISO week that holds ``day``, or its weekend."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    if weekend:
        return Period(f"{year:04d}-W{week:02d}-WE", monday + timedelta(5), monday + timedelta(6), "span")
    return Period(f"{year:04d}-W{week:02d}", monday, monday + timedelta(6), "week")


def season_period(year: int, season: str, before_christ: bool = False) -> Period:
    """A season of a year, by its TIMEX3 code."""
    whole = year_period(year, before_christ)
    if whole.earliest is None or year >= 9999:
        return Period(f"{whole.value}-{season}")
    if season == "WI":
        last_day = date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])
        return Period(f"{year:04d}-WI", date(max(1, year - 1), 12, 1), last_day, "season")
    first = _SEASON_MONTHS[season]
    last = date(year, first + 2, calendar.monthrange(year, first + 2)[1])
    return Period(f"{year:04d}-{season}", date(year, first, 1), last, "season")


def quarter_period(year: int, quarter: int, before_christ: bool = False) -> Period:
    """A calendar quarter."""
    value = f"{year_period(year, before_christ).value}-Q{quarter}"
    if before_christ:
        return Period(value)
    last = quarter * 3
    return Period(value, date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]), "span")


def half_period(year: int, half: int, before_christ: bool = False) -> Period:
    """A half year."""
    value = f"{year_period(year, before_christ).value}-H{half}"
    if before_christ:
        return Period(value)
    return Period(
        value, date(year, 1 if half == 1 else 7, 1), date(year, 6, 30) if half == 1 else date(year, 12, 31), "span"
    )


def decade_period(decade: int, before_christ: bool = False) -> Period:
    """A decade, by its year without the last digit (199)."""
    if before_christ or not 1 <= decade <= 998:
        return Period(f"{'BC' if before_christ else ''}{decade:03d}")
    return Period(f"{decade:03d}", date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31), "span")


def century_period(century: int, before_christ: bool = False) -> Period:
    """A century, by its years without the last two digits (18 for the nineteenth)."""
    if before_christ or not 0 < century < 99:
        return Period(f"{'BC' if before_christ else ''}{century:02d}")
    return Period(f"{century:02d}", date(century * 100, 1, 1), date(century * 100 + 99, 12, 31), "span")


def part_of(period: Period, modifier: str | None) -> Period:
    """``period`` narrowed to its early, middle or late third; a year by fours of months, as the coding guide has it."""
    if modifier is None or period.earliest is None or period.latest is None:
        return period
    first, last = period.earliest, period.latest
    days = (last - first).days + 1
    if days < 3:
        return period
    if period.precision == "year":
        month = {"START": 1, "MID": 5, "END": 9}[modifier]
        low = date(first.year, month, 1)
        high = date(first.year, month + 3, calendar.monthrange(first.year, month + 3)[1])
    elif period.precision == "month":
        low = first.replace(day={"START": 1, "MID": 11, "END": 21}[modifier])
        high = last if modifier == "END" else first.replace(day=10 if modifier == "START" else 20)
    else:
        third = days // 3
        low = first + timedelta({"START": 0, "MID": third, "END": days - third}[modifier])
        high = (
            last
            if modifier == "END"
            else low + timedelta(third if modifier == "START" else days - 2 * third) - timedelta(1)
        )
    return Period(period.value, low, high, "span")


def add_months(day: date, months: int) -> date | None:
    """``day`` moved by whole months, to the month's last day where it has no such day; None beyond the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    """``day`` moved by days; None beyond the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


# --- feasts -----------------------------------------------------------------------------------------------------------


def easter(year: int, orthodox: bool = False) -> date:
    """Easter Sunday, Gregorian date. Source: Meeus, Astronomical Algorithms, chapter 8 (both reckonings)."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


#: Lunations from the first new moon of 2000 back to the one that began the Islamic calendar.
_FIRST_LUNATION = -17_037
#: Julian day of 31 December of the year before 1, at midnight: day 0 of ``date.toordinal``.
_ORDINAL_ZERO = 1_721_424.5


def new_moon(lunation: int) -> float:
    """Days (as ``date.toordinal`` counts them, with a fraction; UT) of the ``lunation``-th new moon from January 2000.

    Source: Meeus, Astronomical Algorithms, chapter 49, the largest terms: right to a quarter of an hour in our time.
    """
    century = lunation / 1236.85
    eccentricity = 1 - 0.002516 * century
    sun = radians(2.5534 + 29.10535670 * lunation)
    moon = radians(201.5643 + 385.81693528 * lunation + 0.0107582 * century**2)
    latitude = radians(160.7108 + 390.67050284 * lunation - 0.0016118 * century**2)
    mean = 2_451_550.09766 + 29.530588861 * lunation + 0.00015437 * century**2
    return (
        mean
        - _ORDINAL_ZERO
        - 0.40720 * sin(moon)
        + 0.17241 * eccentricity * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * eccentricity * sin(moon - sun)
        - 0.00514 * eccentricity * sin(moon + sun)
        + 0.00208 * eccentricity**2 * sin(2 * sun)
    )


def hijri(year: int, month: int, day: int) -> date:
    """Gregorian date of a day of the Islamic calendar, whose months begin when the young moon is seen.

    A new moon before noon UT, three hours before sunset at Mecca, begins the month on the next day, a later one on the
    day after that. The day that was kept may be one off (docs/design/times.md says how often).
    """
    moon = new_moon(12 * (year - 1) + month - 1 + _FIRST_LUNATION)
    return date.fromordinal(int(moon) + (1 if moon % 1 <= 0.5 else 2) + day - 1)


def feast_period(rule: str, year: int) -> Period:
    """The days of a feast in ``year``, by its rule in feasts.csv. ValueError where the rule is malformed."""
    words = rule.split()
    if words[0] == "hijri":
        month, day = int(words[1]), int(words[2])
        length = int(words[3]) if len(words) > 3 else 1
        islamic = (year - 622) * 33 // 32
        for candidate in range(max(1, islamic - 1), islamic + 3):
            first = hijri(candidate, month, day)
            if first.year == year:
                last = first + timedelta(length - 1)
                value = f"{first.year:04d}-{first.month:02d}" if length > 9 else first.isoformat()
                return Period(value, first, last, "day" if length == 1 else "span")
        return Period(f"{year:04d}")
    match = re.fullmatch(r"(easter|orthodox)([+-]\d+)", rule)
    if match:
        return day_period(easter(year, match[1] == "orthodox") + timedelta(int(match[2])))
    month, day = (int(part) for part in rule.split("-"))
    return day_period(date(year, month, day))
