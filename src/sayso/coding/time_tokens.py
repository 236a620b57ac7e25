"""Words and numbers of a text, each with the time senses the vocabulary gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.vocabulary.times import time_vocabulary

# No alternative overlaps another after its first character, so that matching is linear whatever comes.
_TOKEN = re.compile(
    r"o['’]clock\b|[ap]\.m\b\.?|[ab]\.[cd]\.?(?:e\.)?(?![^\W\d_])|\d+(?:(?:st|nd|rd|th|s)\b)?|[^\W\d_]+|['’]s\b|\n\s*\n|\S",
    re.IGNORECASE,
)
#: Longer runs of digits are no number of ours (and ``int`` refuses very long ones).
_DIGITS = 9

#: Ends a phrase: stands where the text has an empty line.
BREAK = "\n"


@dataclass(slots=True)
class TimeToken:
    """One token. ``digits`` is the length of its digit run, 0 for a word; ``suffix`` is "th" of "26th", "s" of "1990s".

    ``glued``: nothing stands between this token and the one before it.
    """

    start: int
    end: int
    text: str
    lower: str
    glued: bool
    senses: Mapping[str, str]
    number: int | None = None
    digits: int = 0
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class _Senses:
    """Senses of a word by how it is written: at lower case, and with a capital."""

    lower: Mapping[str, str]
    capital: Mapping[str, str]


_NONE: Mapping[str, str] = {}


@cache
def _senses() -> Mapping[str, _Senses]:
    return {
        form: _Senses(
            {s.kind: s.value for s in senses if not s.capital},
            {s.kind: s.value for s in senses},
        )
        for form, senses in time_vocabulary().words.items()
    }


@cache
def phrase_index() -> Mapping[str, tuple[tuple[tuple[str, ...], str, str, bool], ...]]:
    """First word -> (words, class, value, capital) of each phrase, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str, str, bool]]] = {}
    for form, senses in time_vocabulary().phrases.items():
        words = tuple(m.group().lower().replace("’", "'") for m in _TOKEN.finditer(form))
        for sense in senses:
            index.setdefault(words[0], []).append((words, sense.kind, sense.value, sense.capital))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in index.items()}


def time_tokens(text: str) -> list[TimeToken]:
    """The tokens of ``text``; offsets count from its start."""
    table = _senses()
    tokens: list[TimeToken] = []
    end = -1
    for match in _TOKEN.finditer(text):
        word = match.group()
        start = match.start()
        first = word[0]
        if first.isdecimal():
            digits = len(word) if word[-1].isdecimal() else len(word) - (1 if word[-1] in "sS" else 2)
            number = int(word[:digits]) if digits <= _DIGITS and word.isascii() else None
            tokens.append(
                TimeToken(start, match.end(), word, word, start == end, _NONE, number, digits, word[digits:].lower())
            )
        elif first == BREAK:
            tokens.append(TimeToken(start, match.end(), BREAK, BREAK, False, _NONE))
        else:
            lower = word.lower().replace("’", "'")
            entry = table.get(lower) or (table.get(lower[:-1]) if lower.endswith(".") and len(lower) > 1 else None)
            senses = _NONE if entry is None else entry.capital if first.isupper() else entry.lower
            tokens.append(TimeToken(start, match.end(), word, lower, start == end, senses))
        end = match.end()
    return tokens
