"""Names that bound the day of writing: holders of offices, what did not exist before, what was much written about.

``data/dated_names.csv``; facts of common knowledge, written up for Sayso.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import Row, csv_rows
from sayso.vocabulary.tables import choice, packaged

NameKind = Literal["office", "candidate", "since", "matter", "event"]

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class NamedDays:
    """The days ``first`` to ``last``, both inclusive, that a name speaks for; ``last`` None where it has no end."""

    kind: NameKind
    first: date
    last: date | None


def read_dated_names(text: str, file: str) -> dict[tuple[str, ...], tuple[NamedDays, ...]]:
    """The rows of a file of dated names, by the lower-case words of the name.

    Raises ``VocabularyError`` naming file and line where a row is malformed.
    """
    names: dict[tuple[str, ...], tuple[NamedDays, ...]] = {}
    for row in csv_rows(text, file, ("name", "kind", "from", "to")):
        name = row.text("name")
        words = tuple(name_words(name))
        kind: NameKind = choice(row, "kind", get_args(NameKind))  # type: ignore[assignment]
        if not words or name != name.lower():
            raise row.error(f"{name!r} must be lower-case words")
        first = day_of(row, row.text("from"), False)
        given = row.text_or_none("to")
        last = day_of(row, given, True) if given else None
        if last and last < first:
            raise row.error("ends before it begins")
        names[words] = (*names.get(words, ()), NamedDays(kind, first, last))
    return names


def name_words(text: str) -> list[str]:
    """The words of ``text`` as names are compared: lower case, apostrophes straight, without points and hyphens."""
    return [word.group().lower().replace("’", "'") for word in NAME_WORD.finditer(text)]


#: A word of a name. "Sept." is "sept", "9/11" one word, "Al-Qaeda" two.
NAME_WORD = re.compile(r"\w+(?:[’'/]\w+)*")


def day_of(row: Row, words: str, last: bool) -> date:
    """The first day of YYYY-MM-DD, YYYY-MM or YYYY, or its ``last``. Raises ``VocabularyError`` by file and line."""
    match = _DAY.fullmatch(words)
    if match is None:
        raise row.error(f"{words!r} is not YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise row.error(f"{words!r}: {error}") from error


@cache
def dated_names() -> Mapping[tuple[str, ...], tuple[NamedDays, ...]]:
    """The names that come with Sayso. Raises ``VocabularyError`` where the file holds none."""
    name = "dated_names.csv"
    text = packaged(name)
    names = read_dated_names(text, name)
    if not names:
        raise VocabularyError(f"{name}, line 1: holds no names")
    return names
