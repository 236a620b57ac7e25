"""Learn what speaks for the values of ``bench/attacks.py``: ``python training/attack_weights.py HRDS_TRAIN.jsonl``

Writes ``bench/attack_weights.csv``. Kinds of violation are a logistic regression each; a country, town, year, month or
day is chosen among the values that an article offers and none of them, by a regression over all of them together
(a softmax). The chance from which a value is told is half the best F1 in folds by article: the F1 of what is told is
highest there where chances are true (Lipton et al. 2014), and the best threshold of so few articles is chance itself.
Needs the packages of the group "train". Data: HRDsAttack, train part (MIT). Half a minute on one core, after coding.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from weight_rows import csv_lines

sys.path.append(str(Path(__file__).parents[1] / "bench"))

from attack_features import candidates, violations
from attacks import (
    DATES,
    KINDS_TOLD,
    RANKED,
    VALUE,
    WEIGHTS,
    choose,
    code,
    kinds_told,
    names_of_states,
    read_rows,
    told_in,
)

from sayso.vocabulary.weights import BIAS, THRESHOLD, Weights

#: Folds by article, drawn so many times: the figures of one draw differ from another's by .02.
FOLDS, DRAWS = 5, 4
#: A feature that fewer values have is left out.
LEAST = {"violation": 6, "ranked": 4}
#: How much weights of the ranked fields are held back (3 and 30 do no better in folds).
HELD_BACK = 10.0
THRESHOLDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
#: Weights smaller than this are not written down.
SMALLEST = 0.02
HEADER = """\
# How much each feature of an article speaks for a value (bench/attack_features.py), in log-odds; a value is told from
# the chance "threshold" on. Learned by training/attack_weights.py on the train part of HRDsAttack (MIT); nothing of its
# texts is in here. Licence: Apache-2.0. Version: 1
field,feature,weight
"""


def main(corpus: Path) -> None:
    """Code the articles, learn and write the table; prints what the folds show."""
    rows = read_rows(corpus)
    coded = code(rows)
    states = names_of_states()
    gold = [told_in(row["gold"], states) for row in rows]
    draws = [np.array_split(np.random.RandomState(seed).permutation(len(rows)), FOLDS) for seed in range(DRAWS)]
    written: list[tuple[str, str, float]] = []
    seen = [violations(document, row["title"]) for row, document in zip(rows, coded, strict=True)]
    written += kinds(seen, [told["violation"] for told in gold], draws)
    for field in RANKED:
        offered = [
            candidates(document, row["title"], date.fromisoformat(row["published"]), field)
            for row, document in zip(rows, coded, strict=True)
        ]
        fits = [
            {value for value in values if _is_right(value, field, told)}
            for values, told in zip(offered, gold, strict=True)
        ]
        written += ranked(field, offered, fits, [told[field] for told in gold], draws)
    table = csv_lines((field, feature, f"{weight:.3f}") for field, feature, weight in sorted(written))
    WEIGHTS.write_text(HEADER + table, encoding="utf-8")


def kinds(
    seen: list[list[str]], gold: list[frozenset[str]], draws: list[list[np.ndarray]]
) -> list[tuple[str, str, float]]:
    """Weights of every kind of violation."""

    def learned(rows: list[int]) -> dict[str, Weights]:
        counts = Counter(name for row in rows for name in seen[row])
        names = sorted(name for name, number in counts.items() if number >= LEAST["violation"])
        column = {name: number for number, name in enumerate(names)}
        matrix = np.zeros((len(rows), len(names)))
        for at, row in enumerate(rows):
            matrix[at, [column[name] for name in seen[row] if name in column]] = 1
        found = {}
        for kind in KINDS_TOLD:
            model = LogisticRegression(C=0.1, max_iter=2000).fit(matrix, [kind in gold[row] for row in rows])
            found[kind] = Weights(dict(zip(names, model.coef_[0], strict=True)), float(model.intercept_[0]), 0.0)
        return found

    chances: list[tuple[int, dict[str, float]]] = []
    for fold in (fold for folds in draws for fold in folds):
        models = learned([row for row in range(len(seen)) if row not in set(fold)])
        chances += [(row, {kind: model.chance(seen[row]) for kind, model in models.items()}) for row in fold]

    def f1(threshold: float) -> float:
        told = [(kinds_told(found, threshold), gold[row]) for row, found in chances]
        hits = sum(len(a & b) for a, b in told)
        return 2 * hits / sum(len(a) + len(b) for a, b in told)

    best = max(map(f1, THRESHOLDS))
    print("violation", f"{best:.3f}")
    rows = [("violation", THRESHOLD, best / 2)]
    for kind, model in learned(list(range(len(seen)))).items():
        rows += _rows(kind, model)
    return rows


def ranked(
    field: str,
    offered: list[dict[str, list[str]]],
    fits: list[set[str]],
    gold: list[frozenset[str]],
    draws: list[list[np.ndarray]],
) -> list[tuple[str, str, float]]:
    """Weights of one field; ``offered`` are an article's values with their features, ``fits`` those that are right."""
    chosen: list[tuple[int, str | None, float]] = []
    for fold in (fold for folds in draws for fold in folds):
        model = _softmax([row for row in range(len(offered)) if row not in set(fold)], offered, fits)
        chosen += [(row, *choose(model, offered[row])) for row in fold]

    def f1(threshold: float) -> float:
        told = [(VALUE[field](value), row) for row, value, chance in chosen if value and chance >= threshold]
        return 2 * sum(value in gold[row] for value, row in told) / (len(told) + DRAWS * sum(map(len, gold)))

    best = max(map(f1, THRESHOLDS))
    print(field, f"{best:.3f}")
    model = _softmax(list(range(len(offered))), offered, fits)
    return [(field, THRESHOLD, best / 2), *_rows(field, model)]


def _softmax(rows: list[int], offered: list[dict[str, list[str]]], fits: list[set[str]]) -> Weights:
    """Weights under which the right values of an article are likeliest; none of them has the odds of 1."""
    counts = Counter(name for row in rows for names in offered[row].values() for name in names)
    names = sorted(name for name, number in counts.items() if number >= LEAST["ranked"])
    column = {name: number for number, name in enumerate(names, start=1)}
    lines: list[list[int]] = []
    right: list[bool] = []
    starts: list[int] = []
    for row in rows:
        starts.append(len(lines))
        for value, features in offered[row].items():
            lines.append([0, *(column[name] for name in features if name in column)])
            right.append(value in fits[row])
        lines.append([])
        right.append(not fits[row])
    article = np.repeat(np.arange(len(rows)), np.diff([*starts, len(lines)]))
    ends = np.cumsum([0, *map(len, lines)])
    matrix = csr_matrix((np.ones(ends[-1]), np.concatenate([np.array(x, int) for x in lines]), ends))
    matrix.resize(len(lines), len(names) + 1)
    wanted = np.array(right, float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = matrix @ weights
        odds = np.exp(odds - np.maximum.reduceat(odds, starts)[article])
        total, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * wanted, starts)
        slope = matrix.T @ (odds / total[article] - odds * wanted / good[article])
        slope[1:] += HELD_BACK * weights[1:]
        return float((np.log(total) - np.log(good)).sum() + HELD_BACK * (weights[1:] ** 2).sum() / 2), slope

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    return Weights(dict(zip(names, best[1:], strict=True)), float(best[0]), 0.0)


def _is_right(value: str, field: str, told: dict[str, frozenset[str]]) -> bool:
    if field not in DATES:
        return value in told[field]
    if not told[field]:
        return False
    # A month is that of the year told, where one is told; so is a day.
    parts = DATES[: DATES.index(field) + 1]
    return all(VALUE[part](value) in told[part] for part in parts if told[part])


def _rows(field: str, model: Weights) -> list[tuple[str, str, float]]:
    weights = [(field, name, weight) for name, weight in model.of.items() if abs(weight) >= SMALLEST]
    return [(field, BIAS, model.bias), *weights]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
