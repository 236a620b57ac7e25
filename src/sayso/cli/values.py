"""Option values that several commands share: days, columns, and their errors."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
FIELDS = ("text", "title", "outlet", "author", "url", "published", "language", "id")


def day(value: str) -> date:
    """``2016-03-12``."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day; write it like 2016-03-12") from None


def first_day(value: str) -> date:
    """The first day of ``2016``, ``2016-03`` or ``2016-03-12``."""
    return _period(value)[0]


def last_day(value: str) -> date:
    """The last day of ``2016``, ``2016-03`` or ``2016-03-12``."""
    return _period(value)[1]


def _period(value: str) -> tuple[date, date]:
    found = _DAY.fullmatch(value)
    try:
        if not found:
            raise ValueError
        year, month, day_ = (int(part) if part else None for part in found.groups())
        assert year is not None
        first = date(year, month or 1, day_ or 1)
        last_month = month or 12
        return first, date(year, last_month, day_ or calendar.monthrange(year, last_month)[1])
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date; write 2016, 2016-03 or 2016-03-12") from None


def columns(values: Sequence[str] | None) -> dict[str, str] | None:
    """``["text=body"]`` as ``{"text": "body"}``."""
    chosen: dict[str, str] = {}
    for value in values or ():
        field, equals, name = value.partition("=")
        if not equals or not name or field not in FIELDS:
            raise typer.BadParameter(
                f"{value!r}: write FIELD=NAME, as in text=article_content; the fields are {', '.join(FIELDS)}",
                param_hint="--column",
            )
        if field in chosen:
            raise typer.BadParameter(f"{field} is given twice", param_hint="--column")
        chosen[field] = name
    return chosen or None


def present(sources: Sequence[str]) -> None:
    """Usage error where none of ``sources`` exists: that is a slip of the hand, not a bad input."""
    missing = [source for source in sources if source != "-" and not Path(source).exists()]
    if len(missing) == len(sources):
        raise typer.BadParameter(f"{missing[0]}: there is no such file or folder", param_hint="INPUT")
