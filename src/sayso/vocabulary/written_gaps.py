"""How long after a date the texts that tell it are written: tables of gaps, ``data/written_gaps.csv``.

And how much each kind of clue counts: ``data/written_weights.csv``. Both are made by ``training/written.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import number, packaged

Days = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GapTable:
    """``tables``: by name, the lower ends of its bins, rising, and the log density in each; beyond both ends the
    outermost bin goes on."""

    tables: Mapping[str, tuple[Days, Days]]

    def log_density(self, table: str, gaps: Days) -> Days:
        """The log density of each gap; 0 everywhere where there is no such table."""
        found = self.tables.get(table)
        if found is None:
            return np.zeros_like(gaps)
        ends, densities = found
        return np.asarray(densities[np.maximum(0, np.searchsorted(ends, gaps, side="right") - 1)], dtype=np.float64)


def read_written_gaps(text: str, file: str) -> GapTable:
    """The tables of a file. Raises ``VocabularyError`` naming file and line where a row is malformed."""
    bins: dict[str, list[tuple[float, float]]] = {}
    for row in csv_rows(text, file, ("table", "from", "log_density")):
        low, density = number(row, "from"), number(row, "log_density")
        if low is None or density is None:
            raise row.error("a bin needs both its lower end and its density")
        rows = bins.setdefault(row.text("table"), [])
        if rows and rows[-1][0] >= low:
            raise row.error("the bins of a table must rise")
        rows.append((low, density))
    return GapTable(
        {name: (np.array([low for low, _ in rows]), np.array([d for _, d in rows])) for name, rows in bins.items()}
    )


@cache
def written_gaps() -> GapTable:
    """The tables that come with Sayso. Raises ``VocabularyError`` where the file holds none."""
    name = "written_gaps.csv"
    table = read_written_gaps(packaged(name), name)
    if not table.tables:
        raise VocabularyError(f"{name}, line 1: holds no tables")
    return table


def read_written_weights(text: str, file: str) -> dict[str, float]:
    """Weights by kind of clue, none below 0. Raises ``VocabularyError`` naming file and line of a malformed row."""
    weights: dict[str, float] = {}
    for row in csv_rows(text, file, ("kind", "weight")):
        weight = number(row, "weight")
        if weight is None or weight < 0 or row.text("kind") in weights:
            raise row.error("a kind has one weight, of 0 or more")
        weights[row.text("kind")] = weight
    return weights


@cache
def written_weights() -> Mapping[str, float]:
    """The weights that come with Sayso."""
    name = "written_weights.csv"
    return read_written_weights(packaged(name), name)
