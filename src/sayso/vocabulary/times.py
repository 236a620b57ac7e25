"""The words of time: months, units, feasts, modifiers and the rest, from ``data/times/*.csv``.

Each line of a file is ``form,class,value,case``. A form of several words is a phrase; its words are parted by spaces.
One form may belong to several classes ("second" is a unit and an ordinal): the grammar tells them apart. Files named
``context_*.csv`` hold words that stand beside times and tell how to read them, never words of a time itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice

_COLUMNS = ("form", "class", "value", "case")


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


def read_time_words(text: str, file: str) -> list[tuple[str, TimeSense]]:
    """The rows of one vocabulary file. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    found: list[tuple[str, TimeSense]] = []
    for row in csv_rows(text, file, _COLUMNS):
        form, case = row.text("form"), choice(row, "case", ("any", "capital"))
        if form != form.lower():
            raise row.error(f"form {form!r} must be lower case")
        found.append((form, TimeSense(row.text("class"), row.values["value"], case == "capital")))
    return found


@cache
def time_vocabulary() -> TimeVocabulary:
    """The vocabulary that comes with Sayso."""
    words: dict[str, list[TimeSense]] = {}
    phrases: dict[str, list[TimeSense]] = {}
    context: dict[str, set[str]] = {}
    folder = files("sayso.vocabulary") / "data" / "times"
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".csv"):
            for form, sense in read_time_words(item.read_text(encoding="utf-8"), item.name):
                if item.name.startswith("context_"):
                    context.setdefault(sense.kind, set()).add(form)
                    continue
                (phrases if " " in form or "'s" in form else words).setdefault(form, []).append(sense)
    return TimeVocabulary(
        {form: tuple(senses) for form, senses in words.items()},
        {form: tuple(senses) for form, senses in phrases.items()},
        {kind: frozenset(forms) for kind, forms in context.items()},
    )
