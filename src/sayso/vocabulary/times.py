"""The words of time: months, units, feasts, modifiers and the rest, from ``data/times/*.csv``.

Each line of a file is ``form,class,value,case``. A form of several words is a phrase; its words are parted by spaces.
One form may belong to several classes ("second" is a unit and an ordinal): the grammar tells them apart. Files named
``context_*.csv`` hold words that stand beside times and tell how to read them, never words of a time itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.errors import VocabularyError

_COLUMNS = ["form", "class", "value", "case"]


@dataclass(frozen=True, slots=True)
class TimeSense:
    """One class a word belongs to, with its value there. ``capital``: only when it is written with a capital."""

    kind: str
    value: str
    capital: bool


@dataclass(frozen=True, slots=True)
class TimeVocabulary:
    """``words`` maps a single lower-case word, ``phrases`` a form of several words, to its senses.

    ``context`` holds the words of each class of context.
    """

    words: Mapping[str, tuple[TimeSense, ...]]
    phrases: Mapping[str, tuple[TimeSense, ...]]
    context: Mapping[str, frozenset[str]]


def read_time_words(name: str, lines: Iterable[str]) -> list[tuple[str, TimeSense]]:
    """The rows of one vocabulary file; ``name`` is used in errors.

    Raises ``VocabularyError`` naming file and line where a row is malformed.
    """
    rows: list[tuple[str, TimeSense]] = []
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = next(csv.reader([line]))
        if header is None:
            header = cells
            if header != _COLUMNS:
                raise VocabularyError(f"{name}:{number}: columns are {header}, expected {_COLUMNS}")
            continue
        if len(cells) != len(_COLUMNS) or not all(cells[:2]) or cells[3] not in ("any", "capital"):
            raise VocabularyError(f"{name}:{number}: not form,class,value,case (case any or capital): {line.strip()!r}")
        if cells[0] != cells[0].lower():
            raise VocabularyError(f"{name}:{number}: form {cells[0]!r} must be lower case")
        rows.append((cells[0], TimeSense(cells[1], cells[2], cells[3] == "capital")))
    if header is None:
        raise VocabularyError(f"{name}:1: empty; expected a header line {','.join(_COLUMNS)}")
    return rows


@cache
def time_vocabulary() -> TimeVocabulary:
    """The vocabulary that comes with Sayso."""
    words: dict[str, list[TimeSense]] = {}
    phrases: dict[str, list[TimeSense]] = {}
    context: dict[str, set[str]] = {}
    folder = files("sayso.vocabulary") / "data" / "times"
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".csv"):
            for form, sense in read_time_words(item.name, item.read_text(encoding="utf-8").splitlines()):
                if item.name.startswith("context_"):
                    context.setdefault(sense.kind, set()).add(form)
                    continue
                (phrases if " " in form or "'s" in form else words).setdefault(form, []).append(sense)
    return TimeVocabulary(
        {form: tuple(senses) for form, senses in words.items()},
        {form: tuple(senses) for form, senses in phrases.items()},
        {kind: frozenset(forms) for kind, forms in context.items()},
    )
