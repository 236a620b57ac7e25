"""Scores of a clustering against gold clusters of the same mentions: MUC, B-cubed, CEAF-e and their mean (CoNLL).

MUC: Vilain and others 1995; B-cubed: Bagga and Baldwin 1998; CEAF with the similarity phi-4: Luo 2005; the mean of the
three F1: CoNLL-2012. ``check`` repeats the worked cases of Luo 2005 (table 1), ``PUBLISHED`` below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Clusters = Sequence[frozenset[Hashable]]
#: The gold clusters of Luo's example, and for each response the F1 of MUC, B-cubed and CEAF-e it is given there.
_GOLD = ("12345", "67", "89ABC")
PUBLISHED = (
    (("12345", "6789ABC"), (0.947, 0.865, 0.733)),
    (("1234589ABC", "67"), (0.947, 0.737, 0.667)),
    (("123456789ABC",), (0.900, 0.545, 0.294)),
)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """(precision, recall): links kept of those that the other side's clusters need."""

    def recall(one: Clusters, other: Clusters) -> float:
        home = {mention: index for index, cluster in enumerate(other) for mention in cluster}
        needed = sum(len(cluster) - 1 for cluster in one)
        kept = sum(len(cluster) - len({home.get(mention, mention) for mention in cluster}) for cluster in one)
        return kept / needed if needed else 0.0

    return recall(found, gold), recall(gold, found)


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """(precision, recall): the mean over mentions of how much of the one cluster lies in the other."""

    def recall(one: Clusters, other: Clusters) -> float:
        home = {mention: index for index, cluster in enumerate(other) for mention in cluster}
        shares = 0.0
        for cluster in one:
            parts = Counter(home[mention] for mention in cluster if mention in home)
            shares += sum(number * number for number in parts.values()) / len(cluster)
        return shares / sum(map(len, one))

    return recall(found, gold), recall(gold, found)


def ceaf_e(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """(precision, recall): the best one-to-one match of clusters, each worth 2 |common| / (|one| + |other|)."""
    home = {mention: index for index, cluster in enumerate(found) for mention in cluster}
    worth = np.zeros((len(gold), len(found)))
    for index, cluster in enumerate(gold):
        for other, common in Counter(home[mention] for mention in cluster if mention in home).items():
            worth[index, other] = 2 * common / (len(cluster) + len(found[other]))
    rows, columns = linear_sum_assignment(-worth)
    total = float(worth[rows, columns].sum())
    return total / len(found), total / len(gold)


MEASURES: dict[str, Callable[[Clusters, Clusters], tuple[float, float]]] = {"muc": muc, "b3": b_cubed, "ceafe": ceaf_e}


def scores(gold: Clusters, found: Clusters) -> dict[str, float]:
    """F1 of each measure, and ``conll``, their mean; in per cent."""
    found_f1 = {name: 100 * f1(*measure(gold, found)) for name, measure in MEASURES.items()}
    return {name: round(value, 1) for name, value in (*found_f1.items(), ("conll", sum(found_f1.values()) / 3))}


def check() -> None:
    """Raise where the published cases do not come out."""
    gold = [frozenset[Hashable](cluster) for cluster in _GOLD]
    for response, expected in PUBLISHED:
        found = [frozenset[Hashable](cluster) for cluster in response]
        for (name, measure), value in zip(MEASURES.items(), expected, strict=True):
            if abs(f1(*measure(gold, found)) - value) > 0.0006:
                raise SystemExit(f"{name} of {response} is {f1(*measure(gold, found)):.4f}, published as {value}")


if __name__ == "__main__":
    check()
