"""Learned weights of each status: ``status_weights.csv``, as ``training/event_status.py`` writes it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import get_args

from sayso.model import Status
from sayso.vocabulary.tables import packaged
from sayso.vocabulary.weights import read_columns

STATUS_FILE = "status_weights.csv"
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class StatusWeights:
    """A multinomial regression over named features that are there or not: log-odds of each status, as in STATUSES."""

    of: Mapping[str, tuple[float, ...]]

    def chances(self, features: Iterable[str]) -> dict[Status, float]:
        """How likely each status is; they sum to 1. Unknown features count nothing."""
        rows = [self.of[name] for name in set(features) if name in self.of]
        # fsum does not depend on the order of a set, which differs from run to run.
        scores = [math.fsum(row[at] for row in rows) for at in range(len(STATUSES))]
        raised = [math.exp(score - max(scores)) for score in scores]
        return {status: value / math.fsum(raised) for status, value in zip(STATUSES, raised, strict=True)}


def read_status_weights(text: str, name: str = STATUS_FILE) -> StatusWeights:
    """Weights from CSV ``text`` with a column for each status; VocabularyError names file and line."""
    return StatusWeights(MappingProxyType(read_columns(text, name, STATUSES)))


@cache
def status_weights() -> StatusWeights:
    """The packaged weights, read once."""
    return read_status_weights(packaged(STATUS_FILE))
