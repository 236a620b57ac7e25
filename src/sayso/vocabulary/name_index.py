"""Finding names in text: an index of names that forgives case, accents, articles and transliteration.

A name is cut into words; each word becomes a key (``word_key``) that is the same for spellings that differ only by
accents, apostrophes, doubled letters or the usual ways to write Arabic vowels: Qaeda and Qaida, Jaish and Jaysh, Nusra
and Nusrah. The Arabic article (al-, el-, ash-...) never decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

#: A word: dotted initials ("U.S."), or letters and digits with apostrophes inside ("Qa'ida"), but not before a
#: possessive s. Linear: every branch consumes at least one character and no two can match at the same place.
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’‘ʿʾ`](?!s\b)[^\W_]+)*")
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "er", "es", "ul", "ur"})
_APOSTROPHES = str.maketrans("", "", "'’‘ʿʾ`.")
#: At most this many characters (spaces, hyphens) may stand between two words of one name.
_LONGEST_GAP = 3
_VOWELS = (("ou", "u"), ("oo", "u"), ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("ee", "i"), ("o", "u"), ("y", "i"))
_DOUBLED = re.compile(r"([a-z])\1+")
_FINAL_AH = re.compile(r"(?:ah|eh|e)$")


class Word(NamedTuple):
    """One word of a text; ``key`` is what names are compared by, ``article`` whether it is an Arabic article."""

    text: str
    start: int
    end: int
    key: str
    article: bool


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """The spelling-independent key of one word.

    >>> word_key("Qa'ida") == word_key("Qaeda") and word_key("Nusrah") == word_key("nusra")
    True
    """
    bare = word.translate(_APOSTROPHES).lower()
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    if len(bare) < 5:
        return bare
    for written, heard in _VOWELS:
        bare = bare.replace(written, heard)
    bare = bare.replace("ae", "ai").replace("aii", "ai").replace("ie", "i")
    return _FINAL_AH.sub("a", _DOUBLED.sub(r"\1", bare))


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order, with character offsets."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        lower = word.lower()
        article = False
        if lower in _ARTICLES and end < len(text):
            hyphened = text[end] == "-"
            spaced = lower in ("al", "el") and text[end] == " " and text[end + 1 : end + 2].isupper()
            article = hyphened or spaced
        found.append(Word(word, start, end, word_key(word), article))
    return found


@dataclass(slots=True)
class _Node(Generic[T]):
    then: dict[str, _Node[T]] = field(default_factory=dict)
    ends: list[tuple[tuple[str, ...], bool, T]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A name found: character offsets into the text searched, and every value that bears the name."""

    start: int
    end: int
    values: tuple[T, ...]


class NameIndex(Generic[T]):
    """A trie of names over word keys. Filled once by ``add``, then only read."""

    def __init__(self, names: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        for name, value in names:
            self.add(name, value)

    def add(self, name: str, value: T) -> None:
        """Let ``name`` stand for ``value``. A leading ``=`` asks for exactly this spelling and case."""
        exact = name.startswith("=")
        words = words_of(name.removeprefix("="))
        if not words:
            raise ValueError(f"no word in the name {name!r}")
        bare = [word for word in words if not word.article] or words
        node = self._root
        for word in bare:
            node = node.then.setdefault(word.key, _Node())
        written = tuple(word.text for word in bare)
        if not any(value is v and written == w for w, _, v in node.ends):
            node.ends.append((written, exact, value))

    def get(self, name: str) -> tuple[T, ...]:
        """Every value whose name is the whole of ``name``, case apart."""
        words = words_of(name)
        bare = [w for w in words if not w.article and w.text.lower() not in ("al", "el")]
        node: _Node[T] | None = self._root
        for word in bare or words:
            node = node.then.get(word.key) if node else None
        return _unique(value for _, _, value in node.ends) if node else ()

    def find(self, text: str) -> list[Match[T]]:
        """The longest names in ``text``, from left to right, not overlapping. Linear in the length of ``text``."""
        words = words_of(text)
        found: list[Match[T]] = []
        at = 0
        while at < len(words):
            match, after = self._longest(text, words, at)
            if match is None:
                at += 1
                continue
            found.append(match)
            at = after
        return found

    def _longest(self, text: str, words: list[Word], first: int) -> tuple[Match[T] | None, int]:
        node = self._root
        best: Match[T] | None = None
        after = first + 1
        used: list[str] = []
        at = first
        if words[first].article and first + 1 < len(words):
            at = first + 1
        while at < len(words):
            word = words[at]
            if at > first and not _adjoins(text[words[at - 1].end : word.start]):
                break
            # One article between two words of a name, no more: "al-al-al-..." would be walked again from every word.
            if word.article and used and at + 1 < len(words) and not words[at - 1].article:
                at += 1
                continue
            step = node.then.get(word.key)
            bare = word.text[:-1] if word.text.endswith("s") and len(word.text) > 3 else None
            if bare and (last := node.then.get(word_key(bare))):
                # Flattened pages lose apostrophes: "Assads forces". The s is no part of the name.
                values = _fitting(last, [*used, bare])
                if values:
                    best, after = Match(words[first].start, word.end - 1, values), at + 1
            if step is None:
                break
            used.append(word.text)
            node = step
            if values := _fitting(node, used):
                best, after = Match(words[first].start, word.end, values), at + 1
            at += 1
        return best, after


def _fitting(node: _Node[T], used: list[str]) -> tuple[T, ...]:
    return _unique(value for written, exact, value in node.ends if _same_case(written, used, exact))


def _same_case(written: tuple[str, ...], used: list[str], exact: bool) -> bool:
    if exact:
        return tuple(u.replace(".", "") for u in used) == tuple(w.replace(".", "") for w in written)
    for name, word in zip(written, used, strict=True):
        if not name[0].isupper():
            continue
        if not word[0].isupper():
            return False
        bare = name.replace(".", "")
        if len(bare) <= 3 and bare.isupper() and word.replace(".", "") != bare:
            return False
    return True


def _adjoins(gap: str) -> bool:
    return len(gap) <= _LONGEST_GAP and all(c in " -‐‑–'’`\n\u00a0" for c in gap) and gap.count("\n") <= 1


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    kept: list[T] = []
    for value in values:
        if not any(value is other for other in kept):
            kept.append(value)
    return tuple(kept)
