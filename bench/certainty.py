"""How certain does a sentence hold an event, -3 to 3? ``python bench/certainty.py UW_DEV.jsonl [UW_TRAIN.jsonl]``

Pearson's r and mean absolute error on the UW part named first, of ``certainty_of`` with the weights that come with
Sayso (learned on the train part). With the train part given, also with weights learned on it anew, and of two
baselines: ``status`` gives each status of Sayso's rules the mean certainty it has there, ``mean`` is always the same.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sayso.coding.certainty import CERTAINTY_FILE, certainty_value
from sayso.coding.parse import Parser
from sayso.vocabulary.weights import packaged_table

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from certainty_weights import Example, examples, fit


def main(dev: Path, train: Path | None) -> None:
    """Print the figures as JSON."""
    parser = Parser()
    held = list(examples(dev, parser))
    shipped = packaged_table(CERTAINTY_FILE)
    found = {"sayso": [certainty_value(features, shipped) for features, _ in held]}
    told: list[Example] = []
    if train is not None:
        told = list(examples(train, parser))
        anew = fit(told)
        found["learned anew"] = [certainty_value(features, anew) for features, _ in held]
        mean = float(np.mean([certainty for _, certainty in told]))
        by_status: dict[str, list[float]] = defaultdict(list)
        for features, certainty in told:
            by_status[_status(features)].append(certainty)
        means = {status: float(np.mean(values)) for status, values in by_status.items()}
        found["status"] = [means.get(_status(features), mean) for features, _ in held]
        found["mean"] = [mean] * len(held)
    gold = [certainty for _, certainty in held]
    result: dict[str, object] = {name: _figures(values, gold) for name, values in found.items()}
    print(json.dumps(result | {"events": len(held), "trained on": len(told)}))


def _figures(found: Sequence[float], gold: Sequence[float]) -> dict[str, float | None]:
    r = round(float(np.corrcoef(found, gold)[0, 1]), 3) if np.std(found) else None
    return {"r": r, "mae": round(float(np.abs(np.array(found) - np.array(gold)).mean()), 3)}


def _status(features: frozenset[str]) -> str:
    return next(name for name in features if name.startswith("status "))


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: python bench/certainty.py UW_DEV.jsonl [UW_TRAIN.jsonl]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
