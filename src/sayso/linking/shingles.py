"""The coded words of a document, where they stand, and runs of five of them as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sayso.model import CODED_KINDS, Document

#: Words of a shingle.
SHINGLE = 5
_WORD = re.compile(r"\w+")
#: An odd number with bits all over (the golden ratio's in 64 bits), for hashing runs of words.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Located:
    """Words in lower case, each with its bounds in the text and the number of the stretch of article it stands in.

    A stretch ends where furniture begins.
    """

    words: tuple[str, ...]
    bounds: tuple[tuple[int, int], ...]
    stretches: tuple[int, ...]


def coded_words(document: Document) -> list[str]:
    """The words of the coded segments in lower case: furniture has none."""
    coded = (document.text[s.start : s.end] for s in document.segments if s.kind in CODED_KINDS)
    return [word.casefold() for part in coded for word in _WORD.findall(part)]


def located_words(document: Document) -> Located:
    """The same words, with where they stand."""
    words, bounds, stretches, stretch = [], [], [], 0
    for segment in document.segments:
        if segment.kind not in CODED_KINDS:
            stretch += 1
            continue
        # A segment's own bounds are the text's for the search: a word cut in two by them is two in ``coded_words`` too.
        for match in _WORD.finditer(document.text, segment.start, segment.end):
            words.append(match.group().casefold())
            bounds.append(match.span())
            stretches.append(stretch)
    return Located(tuple(words), tuple(bounds), tuple(stretches))


def all_shingles(words: Sequence[str]) -> Hashes:
    """The number of the five words from each word on, in the order of the text."""
    codes = np.fromiter(map(_word_code, words), dtype=np.uint64, count=len(words))
    number = len(words) - SHINGLE + 1
    if number < 1:
        return np.zeros(0, dtype=np.uint64)
    runs = np.zeros(number, dtype=np.uint64)
    for step in range(SHINGLE):
        # The product of what went before keeps the order of the words: arithmetic is modulo 2**64.
        runs = runs * _FACTOR + codes[step : step + number]
    return runs


def shingles(words: Sequence[str]) -> Hashes:
    """Runs of five words in the order of the text, each once, as 64-bit numbers."""
    runs = all_shingles(words)
    return runs[np.sort(np.unique(runs, return_index=True)[1])]


@lru_cache(maxsize=200_000)
def _word_code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
