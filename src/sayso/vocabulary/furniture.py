"""Phrases of page furniture and the function words of prose: data files, read once and looked up by word.

The files are ``data/reading/furniture_phrases.csv`` (kind, match, phrase) and ``function_words.csv`` (language, words).
Looking phrases up costs one dictionary access a word, so a line of any length is matched in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice, packaged

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
    for row in csv_rows(content, name, ("kind", "match", "phrase")):
        kind, match, words = row.text("kind"), choice(row, "match", MATCHES), tuple(words_of(row.text("phrase")))
        if not words:
            raise row.error("a phrase must have words")
        kinds.add(kind)
        index.setdefault(words[0], []).append((words, match, kind))
    return FurniturePhrases(tuple(sorted(kinds)), {word: tuple(rows) for word, rows in index.items()})


def parse_function_words(content: str, name: str) -> dict[str, frozenset[str]]:
    """Read function words from the text of a file called ``name``."""
    found: dict[str, frozenset[str]] = {}
    for row in csv_rows(content, name, ("language", "words")):
        language = row.text("language")
        if language in found:
            raise row.error("a language has one row only")
        found[language] = frozenset(row.text("words").split())
    return found


def _shipped(name: str) -> str:
    return packaged(f"reading/{name}")
