"""Learn ``written_words.npz``: what texts write about in which year, month, week and day.

Data statement
    Corpus: news texts with the day they were written, given as an argument to ``written.py`` (in development: English
    news of 1989-1991 and 1998, local news of March 2009, reports on the politics of the United States 2010-2019, most
    of 2015-2016, a few others). It is not part of the project. Of its texts only weights of hashed words and pairs of
    words are kept; a word fewer than three texts have is left out.
    Used for: guessing when a text was written where nothing else tells. Not for: the days of events. Of texts that are
    unlike those learned from, the table says hardly anything; ``docs/design/dating.md`` has the figures.

Recipe
    Ridge regression in its dual form (one system of equations as large as there are texts) from TF-IDF of unit length
    (less for a short text) to 1 for a text's own year, month, week and day; weeks, months and days next to it count a
    little. Of each stretch the heaviest weights are kept, in 8 bits.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sayso.vocabulary.written_words import BUCKETS, GRAINS, SHORT, WordTable, word_counts

#: Strength of the ridge; how much a stretch next to a text's own counts, and how many weights are kept of a stretch,
#: by grain. Chosen on texts out of fold.
_RIDGE = 0.1
_BESIDE = {"year": 0.0, "month": 0.2, "week": 0.4, "day": 0.3}
_KEPT = {"year": 8000, "month": 3000, "week": 1800, "day": 900}
_FEWEST_TEXTS = 3


def counts_matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """Texts by buckets: 1 + log of how often, 0 where never."""
    starts, buckets, values = [0], [], []
    for text in texts:
        for bucket, n in word_counts(text).items():
            buckets.append(bucket)
            values.append(n)
        starts.append(len(buckets))
    data = 1 + np.log(np.array(values, dtype=np.float32))
    return sparse.csr_matrix((data, np.array(buckets), np.array(starts)), shape=(len(texts), BUCKETS))


def fit(counts: sparse.csr_matrix, days: Sequence[date]) -> WordTable:
    """The table of texts (``counts_matrix``) written on ``days``."""
    having = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.where(having >= _FEWEST_TEXTS, np.log((1 + counts.shape[0]) / (1 + having)) + 1, 0.0)
    rarity = np.round(rarity * 16) / 16
    inputs = sparse.csr_matrix(counts @ sparse.diags(rarity))
    norms = np.sqrt(SHORT**2 + np.asarray(inputs.multiply(inputs).sum(axis=1)).ravel())
    inputs = sparse.csr_matrix(sparse.diags(1 / norms) @ inputs)
    grain, first, last, targets = _targets(days)
    kernel = (inputs @ inputs.T).toarray()
    dual = np.linalg.solve(kernel + _RIDGE * np.eye(len(days)), targets)
    back = sparse.csr_matrix(inputs.T)
    rows, columns, weights = [], [], []
    for stretch in range(len(grain)):
        all_weights = back @ dual[:, stretch]
        size = _KEPT[GRAINS[grain[stretch]]]
        heaviest = np.argpartition(-np.abs(all_weights), size)[:size]
        heaviest = heaviest[all_weights[heaviest] != 0]
        rows.append(heaviest)
        columns.append(np.full(len(heaviest), stretch))
        weights.append(all_weights[heaviest])
    bucket, stretches, weight = np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)
    order = np.lexsort((stretches, bucket))
    scale = np.quantile(np.abs(weight), 0.9995) / 127
    packed = np.clip(np.round(weight[order] / scale), -127, 127)
    kept = packed != 0
    sizes = np.bincount(bucket[order][kept], minlength=BUCKETS)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return WordTable(grain, first, last, rarity, starts, stretches[order][kept], packed[kept] * scale)


def _targets(days: Sequence[date]) -> tuple[npt.NDArray[np.int64], ...]:
    number = np.array([day.toordinal() for day in days])
    keys = {
        "year": np.array([day.year for day in days]),
        "month": np.array([day.year * 12 + day.month - 1 for day in days]),
        "week": (number - 1) // 7,
        "day": number,
    }
    grain, first, last, targets = [], [], [], []
    for index, name in enumerate(GRAINS):
        own = keys[name]
        for key in np.unique(own):
            low, high = _ends(name, int(key))
            grain.append(index)
            first.append(low)
            last.append(high)
            targets.append(np.where(own == key, 1.0, np.where(np.abs(own - key) == 1, _BESIDE[name], 0.0)))
    return np.array(grain), np.array(first), np.array(last), np.stack(targets, axis=1)


def _ends(grain: str, key: int) -> tuple[int, int]:
    if grain == "year":
        return date(key, 1, 1).toordinal(), date(key, 12, 31).toordinal()
    if grain == "month":
        low = date(key // 12, key % 12 + 1, 1)
        return low.toordinal(), ((low + timedelta(days=32)).replace(day=1) - timedelta(days=1)).toordinal()
    return (key * 7 + 1, key * 7 + 7) if grain == "week" else (key, key)


def pack(table: WordTable) -> bytes:
    """``table`` as it is shipped; the same table gives the same bytes."""
    scale = float(np.abs(table.weights).max() / 127)
    out = io.BytesIO()
    np.savez_compressed(
        out,
        grain=table.grain.astype(np.uint8),
        first=table.first.astype(np.int32),
        last=table.last.astype(np.int32),
        rarity=np.round(table.rarity * 16).astype(np.uint8),
        counts=np.diff(table.starts).astype(np.uint16),
        stretches=table.stretches.astype(np.uint16),
        weights=np.round(table.weights / scale).astype(np.int8),
        scale=np.float64(scale),
    )
    return out.getvalue()
