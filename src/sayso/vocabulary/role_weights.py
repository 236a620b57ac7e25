"""How much each feature of a party speaks for its role in an event: ``data/actors/*_weights.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged


@cache
def role_weights(role: Literal["actor", "target"]) -> Mapping[str, float]:
    """Weight of each feature (``coding/actor_features.py``) for ``role``; "nobody" is that no named party has it."""
    file = f"actors/{role}_weights.csv"
    return read_role_weights(packaged(file), file)


def read_role_weights(text: str, file: str) -> Mapping[str, float]:
    """Weights from CSV ``text``. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    weights: dict[str, float] = {}
    for row in csv_rows(text, file, ("feature", "weight")):
        try:
            weights[row.text("feature")] = float(row.text("weight"))
        except ValueError:
            raise row.error(f"{row.text('weight')!r} is not a number") from None
    return MappingProxyType(weights)
