"""Gradient boosted trees read from JSON and evaluated with numpy: nothing of the training library at run time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: So many rows are evaluated at once: memory stays bounded whatever the input.
_ROWS_AT_ONCE = 1_024


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """A binary classifier: the logistic of ``baseline`` plus one leaf value a tree.

    Arrays have shape (trees, nodes), padded. A node with ``feature`` -1 is a leaf. At any other a row goes ``left``
    where its feature is at most ``threshold``, else ``right`` (node numbers inside the tree).
    """

    features: tuple[str, ...]
    baseline: float
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    depth: int

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> BoostedTrees:
        """Read what ``training/`` wrote: ``features``, ``baseline`` and ``trees``, each a list of nodes.

        A node is ``[value]`` for a leaf or ``[feature number, threshold, left, right]``; a child's number is higher
        than its parent's. Raises ``ValueError`` where that does not hold.
        """
        trees: Sequence[Sequence[Sequence[float]]] = data["trees"]
        features = tuple(data["features"])
        shape = (len(trees), max(map(len, trees), default=1))
        feature = np.full(shape, -1, dtype=np.int32)
        left, right = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
        threshold, value = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
        deepest = 0
        for number, nodes in enumerate(trees):
            depth = [0] * len(nodes)
            for at, node in enumerate(nodes):
                deepest = max(deepest, depth[at])
                if len(node) == 1:
                    value[number, at] = node[0]
                    continue
                column, limit, low, high = int(node[0]), node[1], int(node[2]), int(node[3])
                if not (0 <= column < len(features) and at < low < len(nodes) and at < high < len(nodes)):
                    raise ValueError(f"tree {number} node {at}: a feature or child out of range")
                feature[number, at], threshold[number, at] = column, limit
                left[number, at], right[number, at] = low, high
                depth[low] = depth[high] = depth[at] + 1
        return cls(features, float(data["baseline"]), feature, threshold, left, right, value, deepest)

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The chance of class 1 for each row of shape (n, number of features)."""
        result = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = rows[start : start + _ROWS_AT_ONCE]
            result[start : start + _ROWS_AT_ONCE] = self._part(part)
        return result

    def _part(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        trees = np.arange(len(self.feature))[:, None]
        each = np.arange(len(rows))[None, :]
        node = np.zeros((len(self.feature), len(rows)), dtype=np.int32)
        for _ in range(self.depth):
            column = self.feature[trees, node]
            below = rows[each, np.maximum(column, 0)] <= self.threshold[trees, node]
            step = np.where(below, self.left[trees, node], self.right[trees, node])
            node = np.where(column < 0, node, step)
        score = self.baseline + self.value[trees, node].sum(axis=0, dtype=np.float64)
        chances: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-score))).astype(np.float32)
        return chances
