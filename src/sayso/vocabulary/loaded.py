"""Words that take a side, with neutral ones beside them: ``data/loaded_terms.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import Row, csv_rows
from sayso.vocabulary.tables import choice, packaged

_COLUMNS = ("term", "neutral", "kind", "unless", "note")
_KINDS = ("label", "claim", "status", "doubt", "praise", "insult", "euphemism")
#: A word: letters and digits with hyphens and apostrophes inside, but without a possessive s.
_WORD = re.compile(r"[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class LoadedEntry:
    """One term. ``words`` are as written, ``*`` for any ending and ``?`` for one letter; ``unless`` are the words
    that make a name or a legal term of it when they stand right beside it."""

    words: tuple[str, ...]
    neutral: str | None
    kind: str
    unless: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class LoadedFound:
    """A loaded term in a text, with character offsets."""

    start: int
    end: int
    entry: LoadedEntry


class LoadedTerms:
    """The terms, ready to be found."""

    def __init__(self, entries: tuple[LoadedEntry, ...]) -> None:
        self.entries = entries
        self._whole: dict[str, list[LoadedEntry]] = {}
        self._begun: list[tuple[re.Pattern[str], LoadedEntry]] = []
        for entry in sorted(entries, key=lambda e: -len(e.words)):
            first = entry.words[0]
            if "*" in first or "?" in first:
                self._begun.append((_pattern(first), entry))
            else:
                self._whole.setdefault(first.lower(), []).append(entry)
        self._patterns = {word: _pattern(word) for entry in entries for word in entry.words}
        # One expression tells whether any term with an open end can begin here: most words end the search there.
        self._any = re.compile("|".join(p.pattern for p, _ in self._begun) or r"(?!)", re.IGNORECASE)

    def find(self, text: str) -> list[LoadedFound]:
        """The terms in ``text``, longest first at each word, not overlapping, names and legal terms left out."""
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
        found: list[LoadedFound] = []
        at = 0
        while at < len(words):
            entry = self._at(words, at)
            if entry is None:
                at += 1
                continue
            found.append(LoadedFound(words[at][1], words[at + len(entry.words) - 1][2], entry))
            at += len(entry.words)
        return found

    def _at(self, words: list[tuple[str, int, int]], at: int) -> LoadedEntry | None:
        word = words[at][0]
        candidates = list(self._whole.get(word.lower(), ()))
        if self._any.fullmatch(word):
            candidates += [e for p, e in self._begun if p.fullmatch(word)]
        for entry in sorted(candidates, key=lambda e: -len(e.words)):
            if self._fits(words, at, entry) and not _named(words, at, entry):
                return entry
        return None

    def _fits(self, words: list[tuple[str, int, int]], at: int, entry: LoadedEntry) -> bool:
        if at + len(entry.words) > len(words):
            return False
        for offset, term in enumerate(entry.words):
            word, start, _ = words[at + offset]
            if offset and start - words[at + offset - 1][2] > 2:
                return False
            if not self._patterns[term].fullmatch(word) or (term[0].isupper() and not word[0].isupper()):
                return False
        return True


def _named(words: list[tuple[str, int, int]], at: int, entry: LoadedEntry) -> bool:
    """Whether the term is part of a name or a term of law here: a word of ``unless`` stands right beside it."""
    if not entry.unless:
        return False
    last = at + len(entry.words)
    close = {word.lower() for word, _, _ in (*words[max(0, at - 2) : at], *words[last : last + 2])}
    around = " ".join(word.lower() for word, _, _ in words[max(0, at - 4) : last + 4])
    return any(u in close or (" " in u and u in around) for u in entry.unless)


@cache
def load_loaded_terms() -> LoadedTerms:
    """The terms that come with Sayso, read once a process.

    Raises ``VocabularyError`` naming file and line of a malformed row.
    """
    file = "loaded_terms.csv"
    return parse_loaded_terms(packaged(file), file)


def parse_loaded_terms(text: str, file: str) -> LoadedTerms:
    """The terms of one CSV file. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    entries: list[LoadedEntry] = []
    seen: set[tuple[str, ...]] = set()
    for row in csv_rows(text, file, _COLUMNS):
        entry = _entry(row)
        if entry.words in seen:
            raise row.error(f"the term {row.values['term']!r} is given twice")
        seen.add(entry.words)
        entries.append(entry)
    if not entries:
        raise VocabularyError(f"{file}, line 1: no terms")
    return LoadedTerms(tuple(entries))


def _entry(row: Row) -> LoadedEntry:
    return LoadedEntry(
        words=tuple(row.text("term").split()),
        neutral=row.values["neutral"].strip() or None,
        kind=choice(row, "kind", _KINDS),
        unless=tuple(u.strip().lower() for u in row.values["unless"].split(";") if u.strip()),
        note=row.values["note"],
    )


def _pattern(word: str) -> re.Pattern[str]:
    written = re.escape(word.replace("’", "'")).replace("'", "['’]").replace(r"\*", r"[\w'’-]*").replace(r"\?", r"\w")
    return re.compile(written, re.IGNORECASE)
