"""A linear chain over the lines of a page: each line is judged by its counts and words and by its neighbours' labels.

A conditional random field with two states (Lafferty, McCallum and Pereira 2001). A line's score for being article adds
up one weight for each of its ``LINE_FEATURES``, by the interval the value falls in, and one for each word and pair of
words of the line itself, of the line before and of the line after. Words are hashed, so that weights hold no text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sayso.vocabulary.furniture import words_of

#: Size of each of the three tables of hashed words: of the line itself, of the one before, of the one after.
BUCKETS = 8_192
PLACES = ("=", "<", ">")
#: Only a line's first characters and, of these, its first words are hashed: cost stays bounded.
_MEASURED, _WORDS = 2_000, 60
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class LineChain:
    """Weights of the chain.

    ``edges[i]`` are the rising limits between the intervals of feature ``i`` and ``weights[i]`` the weight of each
    interval, one more than limits; ``words`` has shape (3, ``BUCKETS``), rows as in ``PLACES``; ``steps[a, b]`` is what
    label ``b`` after label ``a`` adds (1 article, 0 furniture).
    """

    features: tuple[str, ...]
    edges: tuple[NDArray[np.float32], ...]
    weights: tuple[NDArray[np.float32], ...]
    words: NDArray[np.float32]
    steps: NDArray[np.float64]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LineChain:
        """Read what ``training/`` wrote. Raises ``ValueError`` where its parts do not fit together."""
        features = tuple(data["features"])
        edges = tuple(np.asarray(row, dtype=np.float32) for row in data["edges"])
        weights = tuple(np.asarray(row, dtype=np.float32) for row in data["weights"])
        if not len(features) == len(edges) == len(weights):
            raise ValueError("the chain needs limits and weights for each feature")
        if any(len(limits) + 1 != len(own) for limits, own in zip(edges, weights, strict=True)):
            raise ValueError("the chain needs one weight more than limits for each feature")
        words = np.zeros((len(PLACES), BUCKETS), dtype=np.float32)
        for row, pairs in enumerate(data["words"]):
            for bucket, weight in pairs:
                if not (row < len(PLACES) and 0 <= bucket < BUCKETS):
                    raise ValueError(f"the chain has a word weight out of range: {row}, {bucket}")
                words[row, bucket] = weight
        steps = np.asarray(data["steps"], dtype=np.float64)
        if steps.shape != (2, 2):
            raise ValueError("the chain needs two by two weights for steps")
        return cls(features, edges, weights, words, steps)

    def chances(self, lines: Sequence[str], rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The chance that each line is article, given the whole page: shape (number of lines,)."""
        score = self._words_score(lines)
        for column, (limits, weights) in enumerate(zip(self.edges, self.weights, strict=True)):
            score += weights[np.searchsorted(limits, rows[:, column], side="right")]
        return _marginals(score, self.steps)

    def _words_score(self, lines: Sequence[str]) -> NDArray[np.float64]:
        cache: dict[str, tuple[float, ...]] = {}
        for line in lines:
            if line not in cache:
                grams = line_grams(line)
                cache[line] = tuple(
                    float(self.words[row, sorted(buckets(grams, place))].sum()) for row, place in enumerate(PLACES)
                )
        each = np.asarray([cache[line] for line in lines], dtype=np.float64).reshape(len(lines), len(PLACES))
        score = each[:, 0].copy()
        score[1:] += each[:-1, 1]
        score[:-1] += each[1:, 2]
        return score


def line_grams(line: str) -> set[str]:
    """The words and pairs of words of a line, its first and its last word marked, digits for digits."""
    words = [_DIGIT.sub("0", word) for word in words_of(line[:_MEASURED])][:_WORDS]
    grams = {*words, *(f"{one} {two}" for one, two in pairwise(words))}
    return grams | {f"^{words[0]}", f"{words[-1]}$"} if words else grams


def buckets(grams: set[str], place: str) -> set[int]:
    """The numbers of the hashed ``grams`` of a line that stands at ``place`` (one of ``PLACES``)."""
    return {crc32((place + gram).encode()) % BUCKETS for gram in grams}


def _marginals(score: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.float32]:
    """Forward and backward, both kept as the log odds of article: linear time, no under- or overflow."""
    (stay_out, enter), (leave, stay_in) = steps.tolist()
    values: list[float] = score.tolist()
    forward, backward = [0.0] * len(values), [0.0] * len(values)
    for index in range(len(values)):
        before = forward[index - 1] if index else None
        come = 0.0 if before is None else _either(enter, stay_in + before) - _either(stay_out, leave + before)
        forward[index] = values[index] + come
    for index in range(len(values) - 2, -1, -1):
        after = backward[index + 1] + values[index + 1]
        backward[index] = _either(leave, stay_in + after) - _either(stay_out, enter + after)
    odds = np.clip(np.asarray(forward) + np.asarray(backward), -60.0, 60.0)
    chances: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
    return chances


def _either(one: float, two: float) -> float:
    """The logarithm of the sum of two numbers given by their logarithms."""
    return max(one, two) + math.log1p(math.exp(-abs(one - two)))
