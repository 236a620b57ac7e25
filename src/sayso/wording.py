"""Dates and counts as people write them, at the precision that is known and no finer."""

from __future__ import annotations

import calendar
import re
from datetime import date

from sayso.contract import Record

_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")

#: How a time is known, where it is not simply told.
_BASIS = {"anchored": "worked out", "reported": "reported", "heading": "from heading"}


def period(time: Record) -> str:
    """The time of an event or statement record: ``12 Mar 2016``, ``March 2016``, ``1–2 Jul 2016``, ``2016``.

    >>> period({"earliest": "2015-10-01", "latest": "2015-11-30", "precision": "span"})
    'Oct–Nov 2015'
    """
    first, last = date.fromisoformat(time["earliest"]), date.fromisoformat(time["latest"])
    if first == last:
        return f"{first.day} {_MONTHS[first.month]} {first.year}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[last.month]} {last.year}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month]} – {last.day} {_MONTHS[last.month]} {last.year}"
    return f"{first.day} {_MONTHS[first.month]} {first.year} – {last.day} {_MONTHS[last.month]} {last.year}"


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{calendar.month_name[first.month]} {first.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.year == last.year:
        return f"{_MONTHS[first.month]}–{_MONTHS[last.month]} {last.year}"
    return f"{_MONTHS[first.month]} {first.year} – {_MONTHS[last.month]} {last.year}"


def basis(time: Record) -> str | None:
    """How the time is known, or None where the words simply give it."""
    return _BASIS.get(time["basis"])


def chapter(time: Record | None) -> tuple[tuple[int, int], str]:
    """Under which heading an event stands, with the key that orders headings.

    The month it began in; the year or years where no month is told; the undated come last.
    """
    if time is None:
        return (9999, 99), "Date not told"
    first, last = date.fromisoformat(time["earliest"]), date.fromisoformat(time["latest"])
    if (first.month, first.day) == (1, 1) and (last - first).days > 180:
        if first.year != last.year:
            return (first.year, 0), f"{first.year}–{last.year}"
        return (first.year, 0), f"{first.year}, month not told"
    return (first.year, first.month), f"{calendar.month_name[first.month]} {first.year}"


def stated(field: str, value: str) -> str:
    """What a position of a disagreement holds, as people write it: days of a time, all else as it is.

    >>> stated("time", "2016-03-27"), stated("time", "2015-10/2015-11"), stated("killed", "at least 8")
    ('27 Mar 2016', 'Oct–Nov 2015', 'at least 8')
    """
    if field != "time":
        return value
    first, _, last = value.partition("/")
    try:
        return period({"earliest": first_day(first).isoformat(), "latest": last_day(last or first).isoformat()})
    except ValueError:
        return value


def called(title: str | None, origin: str) -> str:
    """What to call a document that was read from ``origin``: its title, or else the name of its file.

    >>> called(None, "articles/hama.txt"), called("Convoy leaves Hama", "articles/hama.txt")
    ('hama.txt', 'Convoy leaves Hama')
    """
    return title or origin.rstrip("/").rpartition("/")[2] or origin


def count(record: Record) -> str:
    """``8``, ``at least 70``, ``19 to 42``.

    >>> count({"minimum": 70, "maximum": None})
    'at least 70'
    """
    least, most = record["minimum"], record["maximum"]
    if most is None:
        return f"at least {least:,}"
    if least is None:
        return f"at most {most:,}"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def first_day(value: str) -> date:
    """The first day of ``2016``, ``2016-03`` or ``2016-03-12``; ValueError for anything else."""
    year, month, day = _parts(value)
    return date(year, month or 1, day or 1)


def last_day(value: str) -> date:
    """The last day of ``2016``, ``2016-03`` or ``2016-03-12``; ValueError for anything else.

    >>> last_day("2016-02").isoformat()
    '2016-02-29'
    """
    year, month, day = _parts(value)
    first = date(year, month or 12, day or 1)
    return first.replace(day=day or calendar.monthrange(first.year, first.month)[1])


def _parts(value: str) -> tuple[int, int, int]:
    """Year, month and day, 0 where not told."""
    found = _DAY.fullmatch(value)
    if not found or "00" in value.split("-"):
        raise ValueError(f"not a date: {value!r}")
    year, month, day = (int(part or 0) for part in found.groups())
    return year, month, day
