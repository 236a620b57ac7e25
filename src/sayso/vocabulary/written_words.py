"""The words of a text and the days it was written: weights of hashed words, ``data/written_words.npz``.

Made by ``training/written_words.py`` (see its data statement). The table holds no words, only weights of numbers that
words are hashed to, and words that fewer than three of the texts had are not in it.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from sayso.errors import VocabularyError

FILE = "written_words.npz"
#: The stretches of days whose words are weighed, each with scores of its own.
GRAINS = ("year", "month", "week", "day")
#: Words and pairs of them are hashed to this many numbers.
BUCKETS = 1 << 17
#: Characters read: as much as tells, and no more however long a text is.
LONGEST = 20_000
#: What is added to a text's length before it is brought to 1: the words of a short text say little of its day.
SHORT = 60.0
_WORD = re.compile(r"\w+")
_MOST_LETTERS = 40

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Linear scores of stretches of days, by hashed words.

    ``grain`` (index into ``GRAINS``), ``first`` and ``last`` (ordinals of days, both inclusive) have one entry a
    stretch; ``rarity`` one a bucket, 0 where the bucket is not known. The weights of bucket b are those from
    ``starts[b]`` to ``starts[b + 1]`` of ``weights``, times ``scale``, each for the stretch in ``stretches``.
    """

    grain: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    rarity: Numbers
    starts: npt.NDArray[np.int64]
    stretches: npt.NDArray[np.int64]
    weights: Numbers

    def inputs(self, counts: Mapping[int, int]) -> dict[int, float]:
        """The known buckets of a text, rare ones heavier; of unit length, or shorter where the text is short."""
        found = {bucket: (1 + math.log(n)) * float(self.rarity[bucket]) for bucket, n in counts.items()}
        found = {bucket: value for bucket, value in found.items() if value > 0}
        norm = math.sqrt(SHORT**2 + sum(value * value for value in found.values()))
        return {bucket: value / norm for bucket, value in found.items()}

    def scores(self, inputs: Mapping[int, float]) -> Numbers:
        """The score of every stretch: about 1 for one whose words these are, about 0 for others."""
        out = np.zeros(len(self.grain))
        for bucket, value in inputs.items():
            part = slice(self.starts[bucket], self.starts[bucket + 1])
            out[self.stretches[part]] += value * self.weights[part]
        return out

    def share(self, bucket: int, stretch: int) -> float:
        """The weight of ``bucket`` for ``stretch``."""
        part = slice(self.starts[bucket], self.starts[bucket + 1])
        return float(self.weights[part][self.stretches[part] == stretch].sum())


def hashed(words: str) -> int:
    """The number that a word, or two parted by a blank, is hashed to."""
    return zlib.crc32(words.encode("utf-8", "surrogatepass")) & (BUCKETS - 1)


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The lower-case words of ``text`` and pairs of neighbours, with where they stand."""
    found = _WORD.finditer(text[:LONGEST])
    words = [(match.group()[:_MOST_LETTERS].lower(), match.start(), match.end()) for match in found]
    pairs = [(f"{a} {b}", start, end) for (a, start, _), (b, _, end) in pairwise(words)]
    return words + pairs


def word_counts(text: str) -> Counter[int]:
    """How often each bucket is met in ``text``."""
    return Counter(hashed(words) for words, _, _ in placed_words(text))


def read_written_words(packed: bytes, file: str) -> WordTable:
    """The table in a file. Raises ``VocabularyError`` where it is none."""
    try:
        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            table = WordTable(
                arrays["grain"].astype(np.int64),
                arrays["first"].astype(np.int64),
                arrays["last"].astype(np.int64),
                arrays["rarity"].astype(np.float64) / 16,
                np.concatenate([[0], np.cumsum(arrays["counts"].astype(np.int64))]),
                arrays["stretches"].astype(np.int64),
                arrays["weights"].astype(np.float64) * float(arrays["scale"]),
            )
    except (BadZipFile, EOFError, KeyError, OSError, TypeError, ValueError) as error:
        raise VocabularyError(f"{file} is no table of words: {error}") from error
    sizes = (len(table.first), len(table.last), len(table.grain))
    if len(set(sizes)) != 1 or len(table.rarity) != BUCKETS or len(table.starts) != BUCKETS + 1:
        raise VocabularyError(f"{file}: its parts do not fit each other")
    ends = (len(table.stretches), len(table.weights), int(table.starts[-1]))
    if len(set(ends)) != 1 or (len(table.stretches) and table.stretches.max() >= sizes[0]):
        raise VocabularyError(f"{file}: its weights do not fit its stretches")
    return table


@cache
def written_words() -> WordTable:
    """The table that comes with Sayso. Raises ``VocabularyError`` where it is broken."""
    return read_written_words(files("sayso.vocabulary").joinpath("data", FILE).read_bytes(), FILE)
