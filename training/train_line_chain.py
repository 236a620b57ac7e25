"""Train the linear chain of the furniture model (``sayso.reading.line_chain``) with CRFsuite.

Each counted feature is cut into intervals at quantiles of the training lines; each interval and each hashed word is an
attribute. L-BFGS with an L1 and an L2 penalty; nothing is drawn by chance.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from sayso.reading.line_chain import PLACES, buckets, line_grams
from sayso.reading.line_features import LINE_FEATURES

QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.85, 0.95)
SETTINGS = {"c1": 0.1, "c2": 1.0, "max_iterations": 70, "feature.possible_transitions": True}


def fit_chain(
    pages: Sequence[Sequence[str]], rows: Sequence[NDArray[np.float32]], labels: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """The chain's weights, as the JSON object that ``LineChain.from_json`` reads.

    ``rows`` are the ``line_features`` of each page's lines, ``labels`` 1 for article and 0 for furniture.
    """
    cuts = np.quantile(np.concatenate(rows), QUANTILES, axis=0).astype(np.float32)
    edges = [np.unique(cuts[:, column]) for column in range(cuts.shape[1])]
    trainer = pycrfsuite.Trainer(verbose=False)
    for lines, page_rows, page_labels in zip(pages, rows, labels, strict=True):
        trainer.append(_attributes(lines, page_rows, edges), [str(label) for label in page_labels])
    trainer.set_params(SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learned = tagger.info()
        tagger.close()
    gains: dict[str, float] = {}
    for (attribute, label), weight in learned.state_features.items():
        gains[attribute] = gains.get(attribute, 0.0) + (weight if label == "1" else -weight)
    words: list[list[tuple[int, float]]] = [[] for _ in PLACES]
    for attribute, gain in sorted(gains.items()):
        if attribute[0] in PLACES:
            words[PLACES.index(attribute[0])].append((int(attribute[1:]), _short(gain)))
    return {
        "features": list(LINE_FEATURES),
        "edges": [[float(str(limit)) for limit in limits] for limits in edges],
        "weights": [
            [_short(gains.get(f"{column}:{interval}", 0.0)) for interval in range(len(limits) + 1)]
            for column, limits in enumerate(edges)
        ],
        "words": [sorted(pairs) for pairs in words],
        "steps": [[_short(learned.transitions.get((a, b), 0.0)) for b in "01"] for a in "01"],
    }


def _attributes(
    lines: Sequence[str], rows: NDArray[np.float32], edges: Sequence[NDArray[np.float32]]
) -> pycrfsuite.ItemSequence:
    intervals = np.column_stack(
        [np.searchsorted(limits, rows[:, column], side="right") for column, limits in enumerate(edges)]
    )
    items = [[f"{column}:{interval}" for column, interval in enumerate(row)] for row in intervals.tolist()]
    grams = [line_grams(line) for line in lines]
    for index, item in enumerate(items):
        for place, shift in zip(PLACES, (0, -1, 1), strict=True):
            if 0 <= index + shift < len(lines):
                item += [f"{place}{bucket}" for bucket in sorted(buckets(grams[index + shift], place))]
    return pycrfsuite.ItemSequence(items)


def _short(weight: float) -> float:
    return float(f"{weight:.4g}")
