"""Options that several commands share, and the errors of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sayso import wording

FIELDS = ("text", "title", "outlet", "author", "url", "published", "language", "id")


def day(value: str) -> date:
    """``2016-03-12``."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day; write it like 2016-03-12") from None


Published = Annotated[
    date | None,
    typer.Option("--published", metavar="DAY", parser=day, help="Day of documents that carry no date themselves."),
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="Which column of a table holds a field, as in text=article_content."
    ),
]
Width = Annotated[int | None, typer.Option("--width", metavar="COLUMNS", min=40, help="Lay out for so many columns.")]


def first_day(value: str) -> date:
    """The first day of ``2016``, ``2016-03`` or ``2016-03-12``."""
    return _told(value, wording.first_day)


def last_day(value: str) -> date:
    """The last day of ``2016``, ``2016-03`` or ``2016-03-12``."""
    return _told(value, wording.last_day)


def _told(value: str, day_of: Callable[[str], date]) -> date:
    try:
        return day_of(value)
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
