"""Train the furniture model: which lines of a flattened web page are the article.

Data statement
    Corpus: news and blog pages (2018-2019, most in English, the rest Portuguese, Russian, Italian, German, Indonesian,
    Japanese, Korean), flattened to lines; a line's label says whether it belongs to the article's text. It is an
    argument: it is not part of the project and none of its text is in the weights, only thresholds over counted
    features and weights of hashed words. Each page is seen whole and, so that short or clean texts are not alien to
    the model, also cut to its article with little or no furniture left around it.
    Used for: telling article from furniture. Not for: judging what a page says.

Recipe
    Two passes of gradient boosted trees (scikit-learn's HistGradientBoostingClassifier). The second pass sees the
    first one's out-of-fold probabilities of the lines around. Beside them a linear chain over counts and hashed words
    (``train_line_chain.py``); a line's chance blends both. The threshold is the lowest that scores nearly best on
    chances that the pages given to ``fit`` got out of fold. Folds are drawn by site; every seed is fixed.

    python training/train_furniture.py lines.jsonl [-o src/sayso/reading/data/furniture.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from train_line_chain import fit_chain

from sayso.reading.furniture import blended
from sayso.reading.line_chain import LineChain
from sayso.reading.line_features import CONTEXT_FEATURES, LINE_FEATURES, context_features, line_features

SEED = 20
INNER_FOLDS = 4
FIRST = {"max_iter": 90, "learning_rate": 0.09, "max_leaf_nodes": 12, "max_depth": 6, "min_samples_leaf": 30}
SECOND = {"max_iter": 90, "learning_rate": 0.07, "max_leaf_nodes": 10, "max_depth": 6, "min_samples_leaf": 40}
CUT_WEIGHT = 0.3
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
#: Of thresholds that score this near the best the lowest is taken: a line of the article must not be lost.
NEAR_BEST = 0.005
OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "reading" / "data" / "furniture.json"


@dataclass(frozen=True, slots=True)
class Page:
    """A flattened page: its site, its lines and, for each, whether it is article. ``weight`` is what it counts."""

    site: str
    lines: tuple[str, ...]
    labels: tuple[int, ...]
    weight: float = 1.0


def read_pages(path: Path) -> list[Page]:
    """The pages of a JSONL corpus with ``url``, ``lines`` and ``labels`` (1 article, 0 furniture)."""
    pages: list[Page] = []
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            site = ".".join((urlsplit(row["url"]).hostname or "").removeprefix("www.").split(".")[-3:])
            pages.append(Page(site, tuple(row["lines"]), tuple(row["labels"])))
    return pages


def folds(groups: Sequence[str], number: int, seed: int) -> list[int]:
    """A fold for each item, so that items of one group share it."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    fold_of = {name: index % number for index, name in enumerate(names)}
    return [fold_of[group] for group in groups]


def cut_versions(page: Page, chance: random.Random) -> list[Page]:
    """The article alone; with a few of the lines around it; and so, but run together into one to three lines."""
    article = [index for index, label in enumerate(page.labels) if label]
    if len(article) < 2:
        return []
    start = max(article[0] - chance.randint(0, 6), 0)
    end = min(article[-1] + 1 + chance.randint(0, 10), len(page.lines))
    above, below = page.lines[start : article[0]], page.lines[article[-1] + 1 : end]
    size = -(-len(article) // chance.randint(1, 3))
    joined = [" ".join(page.lines[i] for i in article[at : at + size]) for at in range(0, len(article), size)]
    return [
        Page(page.site, tuple(page.lines[i] for i in article), (1,) * len(article), CUT_WEIGHT),
        Page(page.site, page.lines[start:end], page.labels[start:end], CUT_WEIGHT),
        Page(
            page.site,
            (*above, *joined, *below),
            (*(0 for _ in above), *(1 for _ in joined), *(0 for _ in below)),
            CUT_WEIGHT,
        ),
    ]


def fit(pages: Sequence[Page], seed: int = SEED) -> dict[str, Any]:
    """The weights of both passes, as the JSON object that ``sayso.reading.furniture`` loads."""
    chance = random.Random(seed)
    versions = [version for page in pages for version in (page, *cut_versions(page, chance))]
    fold = folds([version.site for version in versions], INNER_FOLDS, seed)
    rows = [line_features(version.lines) for version in versions]
    context: list[NDArray[np.float32] | None] = [None] * len(versions)
    for number in range(INNER_FOLDS):
        seen = [index for index, own in enumerate(fold) if own != number]
        model = _fit_pass(FIRST, [rows[i] for i in seen], [versions[i] for i in seen], seed)
        for index in (index for index, own in enumerate(fold) if own == number):
            context[index] = context_features(versions[index].lines, _chances(model, rows[index]))
    both = [np.column_stack((row, extra)) for row, extra in zip(rows, context, strict=True) if extra is not None]
    first, second = _fit_pass(FIRST, rows, versions, seed), _fit_pass(SECOND, both, versions, seed)
    whole = [index for index, version in enumerate(versions) if version.weight == 1.0]
    return {
        "threshold": _best_threshold([versions[i] for i in whole], _held_out(versions, rows, both, fold, whole, seed)),
        "first": _exported(first, LINE_FEATURES),
        "second": _exported(second, (*LINE_FEATURES, *CONTEXT_FEATURES)),
        "chain": _chain(versions, rows, range(len(versions))),
    }


def _chain(versions: Sequence[Page], rows: Sequence[NDArray[np.float32]], chosen: Sequence[int]) -> dict[str, Any]:
    return fit_chain(
        [versions[i].lines for i in chosen], [rows[i] for i in chosen], [versions[i].labels for i in chosen]
    )


def _held_out(
    versions: Sequence[Page],
    rows: Sequence[NDArray[np.float32]],
    both: Sequence[NDArray[np.float32]],
    fold: Sequence[int],
    wanted: Sequence[int],
    seed: int,
) -> list[NDArray[np.float32]]:
    """The whole model's chances for each of ``wanted``, from second passes and chains trained on other folds."""
    chances: dict[int, NDArray[np.float32]] = {}
    for number in range(INNER_FOLDS):
        seen = [index for index, own in enumerate(fold) if own != number]
        second = _fit_pass(SECOND, [both[i] for i in seen], [versions[i] for i in seen], seed)
        chain = LineChain.from_json(_chain(versions, rows, seen))
        for index in (index for index in wanted if fold[index] == number):
            chances[index] = blended(_chances(second, both[index]), chain.chances(versions[index].lines, rows[index]))
    return [chances[index] for index in wanted]


def _best_threshold(pages: Sequence[Page], chances: Sequence[NDArray[np.float32]]) -> float:
    labels, chance = np.concatenate([page.labels for page in pages]), np.concatenate(chances)

    def f1(threshold: float) -> float:
        kept = chance >= threshold
        return float(2 * (kept & (labels == 1)).sum() / max(kept.sum() + labels.sum(), 1))

    scores = {threshold: f1(threshold) for threshold in THRESHOLDS}
    return min(threshold for threshold, score in scores.items() if score >= max(scores.values()) - NEAR_BEST)


def _fit_pass(
    settings: dict[str, Any], rows: Sequence[NDArray[np.float32]], pages: Sequence[Page], seed: int
) -> HistGradientBoostingClassifier:
    weights = np.concatenate([np.full(len(page.lines), page.weight) for page in pages])
    model = HistGradientBoostingClassifier(**settings, l2_regularization=1.0, early_stopping=False, random_state=seed)
    return model.fit(np.concatenate(rows), np.concatenate([page.labels for page in pages]), sample_weight=weights)


def _chances(model: HistGradientBoostingClassifier, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    chances: NDArray[np.float32] = model.predict_proba(rows)[:, 1].astype(np.float32)
    return chances


def _exported(model: HistGradientBoostingClassifier, features: Sequence[str]) -> dict[str, Any]:
    trees: list[list[list[float]]] = []
    for (predictor,) in model._predictors:
        nodes: list[list[float]] = []
        for node in predictor.nodes:
            if node["is_leaf"]:
                nodes.append([float(f"{node['value']:.5g}")])
            else:
                # A float32 threshold of seven digits sends every row the way the training library sent it.
                limit = float(f"{node['num_threshold']:.7g}")
                nodes.append([int(node["feature_idx"]), limit, int(node["left"]), int(node["right"])])
        trees.append(nodes)
    return {"features": list(features), "baseline": float(model._baseline_prediction.item()), "trees": trees}


def main() -> None:
    """Train on the whole corpus and write the weights."""
    arguments = argparse.ArgumentParser(description="Train the furniture model.")
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("-o", "--output", type=Path, default=OUTPUT)
    given = arguments.parse_args()
    weights = fit(read_pages(given.corpus))
    digest = hashlib.sha256(given.corpus.read_bytes()).hexdigest()
    weights = {"schema": "sayso/furniture/2", "seed": SEED, "corpus_sha256": digest, **weights}
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{given.output}: {given.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
