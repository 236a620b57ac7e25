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
from sayso.vocabulary.tables import packaged

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
        return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, self.odds(features)))))


def read_table(text: str, name: str) -> dict[str, float]:
    """Weight of each feature, from CSV ``text`` as above; VocabularyError names file and line."""
    found: dict[str, float] = {}
    for row in csv_rows(text, name, ("feature", "weight")):
        feature, written = row.text("feature"), row.text("weight")
        try:
            weight = float(written)
        except ValueError:
            raise row.error(f"weight {written!r} is not a number") from None
        if not math.isfinite(weight):
            raise row.error(f"weight {written!r} is not a number")
        if feature in found:
            raise row.error(f"feature {feature!r} stands here twice")
        found[feature] = weight
    return found


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
    return read_weights(_packaged(name), name)


@cache
def packaged_table(name: str) -> Mapping[str, float]:
    """The weights of ``name`` where they add up to a number, not to a chance; errors as of ``packaged_weights``."""
    return MappingProxyType(read_table(_packaged(name), name))


def _packaged(name: str) -> str:
    try:
        return packaged(name)
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{name}: cannot be read ({error}); reinstall Sayso") from error
