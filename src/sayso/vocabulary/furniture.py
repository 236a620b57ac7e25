"""Phrases of page furniture and the function words of prose: data files, read once and looked up by word.

The files are ``data/reading/furniture_phrases.csv`` (kind, match, phrase) and ``function_words.csv`` (language, words).
Looking phrases up costs one dictionary access a word, so a line of any length is matched in linear time.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.errors import VocabularyError
from sayso.vocabulary.tables import packaged

PHRASES_FILE = "furniture_phrases.csv"
FUNCTION_WORDS_FILE = "function_words.csv"
MATCHES = ("any", "start", "whole")

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(line: str) -> list[str]:
    """The words of ``line`` in lower case, with straight apostrophes and without punctuation."""
    return [word.replace("’", "'") for word in _WORD.findall(line.lower())]


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """One phrase found in a line: its ``kind``, how it had to match, and how many words it covers."""

    kind: str
    match: str
    words: int


@dataclass(frozen=True, slots=True)
class FurniturePhrases:
    """The phrase list, indexed by first word. ``kinds`` names every kind in it, in alphabetical order."""

    kinds: tuple[str, ...]
    by_first_word: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]

    def hits(self, words: Sequence[str]) -> list[PhraseHit]:
        """Every phrase that matches the line whose ``words`` (from ``words_of``) are given."""
        found: list[PhraseHit] = []
        first, last = 0, len(words)
        while first < last and words[first].isdigit():
            first += 1
        while last > first and words[last - 1].isdigit():
            last -= 1
        for at in range(first, last):
            for phrase, match, kind in self.by_first_word.get(words[at], ()):
                if match != "any" and at != first:
                    continue
                end = at + len(phrase)
                if tuple(words[at:end]) == phrase and (match != "whole" or end == last):
                    found.append(PhraseHit(kind, match, len(phrase)))
        return found


@cache
def furniture_phrases() -> FurniturePhrases:
    """The shipped phrase list.

    Raises ``VocabularyError``, naming file and line, where a row is malformed.
    """
    return parse_phrases(_shipped(PHRASES_FILE), PHRASES_FILE)


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The shipped function words by ISO 639-1 language code. Raises ``VocabularyError`` on a malformed row."""
    return parse_function_words(_shipped(FUNCTION_WORDS_FILE), FUNCTION_WORDS_FILE)


def parse_phrases(content: str, name: str) -> FurniturePhrases:
    """Read a phrase list from the text of a file called ``name``."""
    index: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    kinds: set[str] = set()
    for number, row in _rows(content, name, ("kind", "match", "phrase")):
        kind, match, phrase = row
        words = tuple(words_of(phrase))
        if match not in MATCHES:
            raise VocabularyError(f"{name} line {number}: match {match!r} is not one of {', '.join(MATCHES)}")
        if not kind or not words:
            raise VocabularyError(f"{name} line {number}: kind and phrase must both be given")
        kinds.add(kind)
        index.setdefault(words[0], []).append((words, match, kind))
    return FurniturePhrases(tuple(sorted(kinds)), {word: tuple(rows) for word, rows in index.items()})


def parse_function_words(content: str, name: str) -> dict[str, frozenset[str]]:
    """Read function words from the text of a file called ``name``."""
    found: dict[str, frozenset[str]] = {}
    for number, (language, words) in _rows(content, name, ("language", "words")):
        if not words.strip() or language in found:
            raise VocabularyError(f"{name} line {number}: a language must have words, and one row only")
        found[language] = frozenset(words.split())
    return found


def _shipped(name: str) -> str:
    return packaged(f"reading/{name}")


def _rows(content: str, name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each row under a header that must be ``columns``; comment lines are skipped."""
    header_seen = False
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = next(csv.reader([line]))
        if not header_seen:
            if tuple(cells) != columns:
                raise VocabularyError(f"{name} line {number}: the header must be {','.join(columns)}")
            header_seen = True
        elif len(cells) != len(columns):
            raise VocabularyError(f"{name} line {number}: {len(cells)} cells where {len(columns)} are needed")
        else:
            yield number, cells
    if not header_seen:
        raise VocabularyError(f"{name}: no header; the first row must be {','.join(columns)}")
