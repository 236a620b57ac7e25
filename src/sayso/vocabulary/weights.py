"""Learned weights: tables of named features and what each counts for, as ``training/`` writes them.

A table is text that a person can read: the log-odds that each feature adds. ``bias`` is added always; ``threshold`` is
the chance from which the answer counts as yes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from types import MappingProxyType

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import number, packaged

BIAS, THRESHOLD = "bias", "threshold"
#: Log-odds beyond these say no more.
_MOST = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over named features that are there or not. ``threshold``: the chance that means yes."""

    of: Mapping[str, float]
    bias: float
    threshold: float

    def odds(self, features: Iterable[str]) -> float:
        """The log-odds that ``features`` add up to. Unknown names count nothing."""
        return self.bias + sum(map(self.of.get, features, repeat(0.0)))

    def signs(self, features: Iterable[str], most: int) -> tuple[tuple[str, float], ...]:
        """The ``most`` features that count most, for or against, each with its log-odds, the weightiest first."""
        told = [(name, self.of[name]) for name in set(features) if name in self.of]
        return tuple(sorted(told, key=lambda sign: (-abs(sign[1]), sign[0]))[:most])

    def chance(self, features: Iterable[str]) -> float:
        """How likely the answer is yes, 0 to 1."""
        return logistic(self.odds(features))

    def chance_by(self, numbers: Mapping[str, float]) -> float:
        """As ``chance``, for features that are there to some degree: each counts as many times as its number says."""
        return logistic(self.bias + sum(self.of.get(name, 0.0) * value for name, value in numbers.items()))


def logistic(odds: float) -> float:
    """The chance, 0 to 1, that ``odds`` in log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, odds))))


def read_columns(text: str, name: str, columns: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """The weights of each feature from CSV ``text``: a column ``feature`` and ``columns``, an empty cell for 0.

    VocabularyError names file and line of what is wrong.
    """
    found: dict[str, tuple[float, ...]] = {}
    for row in csv_rows(text, name, ("feature", *columns)):
        feature = row.text("feature")
        if feature in found:
            raise row.error(f"feature {feature!r} stands here twice")
        found[feature] = tuple(number(row, column) or 0.0 for column in columns)
    return found


def read_table(text: str, name: str) -> dict[str, float]:
    """As ``read_columns``, with one column ``weight``."""
    return {feature: weight for feature, (weight,) in read_columns(text, name, ("weight",)).items()}


def read_weights(text: str, name: str) -> Weights:
    """Weights from CSV ``text`` with the columns feature and weight; VocabularyError names file and line."""
    found = read_table(text, name)
    if BIAS not in found or not 0.0 < found.get(THRESHOLD, 0.0) < 1.0:
        raise VocabularyError(f"{name}: needs a row for {BIAS} and one for {THRESHOLD}, a chance between 0 and 1")
    bias, threshold = found.pop(BIAS), found.pop(THRESHOLD)
    return Weights(MappingProxyType(found), bias, threshold)


@cache
def packaged_weights(name: str) -> Weights:
    """The weights that come with Sayso in the data file ``name``; VocabularyError if it is missing or malformed."""
    return read_weights(packaged(name), name)


@cache
def packaged_table(name: str) -> Mapping[str, float]:
    """The weights of ``name`` where they add up to a number, not to a chance; errors as of ``packaged_weights``."""
    return MappingProxyType(read_table(packaged(name), name))
