"""Learn how certain a sentence holds an event: the weights of ``certainty_weights.csv``.

    python training/certainty_weights.py UW_TRAIN.jsonl

UW_TRAIN holds a sentence a line (``text``, words parted by single blanks) with its events (``token``: which word;
``certainty``: -3 to 3, the mean of several annotators). Linear regression with a quadratic penalty over the features
of ``coding/certainty.py``; the strength of the penalty is chosen by cross-validation over runs of neighbouring
sentences. No chance in it, half a minute of CPU. ``training/certainty.md`` is the model card.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from weight_rows import csv_lines

from sayso.coding.attribution import tag_attributions
from sayso.coding.certainty import CERTAINTY_FILE, certainty_features, certainty_value
from sayso.coding.parse import Parser
from sayso.coding.status import status_of
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment, Span
from sayso.vocabulary.weights import BIAS

#: A feature seen on fewer events is not learned.
SEEN = 4
STRENGTHS = (3.0, 10.0, 30.0)
FOLDS = 4
#: Weights nearer to nothing than this are not written.
NOTHING = 0.01
DATA = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data"
_HEADER = """\
# How much each feature of an event's sentence (coding/certainty.py) says for its certainty, -3 to 3. Linear regression
# learned by training/certainty_weights.py; training/certainty.md is the model card. Licence: Apache-2.0. Version: 1
feature,weight
"""

Example = tuple[frozenset[str], float]


def examples(corpus: Path, parser: Parser) -> Iterator[Example]:
    """(features, certainty) of every event of a corpus whose word is found again."""
    for number, line in enumerate(corpus.read_text("utf-8").splitlines()):
        row = json.loads(line)
        text, words = row["text"], row["text"].split(" ")
        parsed = parser.parse(Document(str(number), "c", text, (Segment(0, len(text), "body"),)))
        attributions = tag_attributions(parsed)
        for event in row["events"]:
            start = len(" ".join(words[: event["token"]])) + (1 if event["token"] else 0)
            token = next((t for t in parsed.sections[0].doc if t.idx <= start < t.idx + max(1, len(t))), None)
            if token is None:
                continue
            within = (s for s in parsed.sentences if s.tokens.start <= token.i < s.tokens.end)
            sentence = next(within, parsed.sentences[-1])
            trigger = Trigger(token, Span(token.idx, token.idx + len(token)), sentence, "other")
            features = certainty_features(trigger, status_of(trigger, attributions, parsed))
            yield features, float(event["certainty"])


def learned(told: Sequence[Example], strength: float) -> dict[str, float]:
    """Weights by ridge regression of the certainties on the features."""
    seen = Counter(name for features, _ in told for name in features)
    names = sorted(name for name, count in seen.items() if count >= SEEN)
    column = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(told), len(names)), dtype=np.float32)
    for number, (features, _) in enumerate(told):
        rows[number, [column[name] for name in features if name in column]] = 1
    target = np.array([certainty for _, certainty in told])
    weights = np.linalg.solve(rows.T @ rows + strength * np.eye(len(names)), rows.T @ (target - target.mean()))
    kept = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= NOTHING}
    return {BIAS: round(float(target.mean()), 2), **kept}


def correlation(weights: Mapping[str, float], told: Sequence[Example]) -> float:
    """Pearson's r of what ``weights`` say with what was told."""
    found = [certainty_value(features, weights) for features, _ in told]
    return float(np.corrcoef(found, [certainty for _, certainty in told])[0, 1])


def fit(told: Sequence[Example]) -> dict[str, float]:
    """The weights learned from ``told``, with the strength that does best on parts of it left out."""
    size = -(-len(told) // FOLDS)
    figures: dict[float, float] = {}
    for strength in STRENGTHS:
        found: list[float] = []
        for fold in range(FOLDS):
            weights = learned([*told[: fold * size], *told[(fold + 1) * size :]], strength)
            found.extend(certainty_value(features, weights) for features, _ in told[fold * size : (fold + 1) * size])
        figures[strength] = float(np.corrcoef(found, [certainty for _, certainty in told])[0, 1])
    print(f"r on parts left out, by strength: {figures}", file=sys.stderr)
    return learned(told, max(figures, key=lambda strength: figures[strength]))


def main(train: Path) -> None:
    """Learn and write the table into the package."""
    weights = fit(list(examples(train, Parser())))
    rows = [(BIAS, weights.pop(BIAS)), *sorted(weights.items())]
    text = _HEADER + csv_lines((feature, f"{weight:g}") for feature, weight in rows)
    (DATA / CERTAINTY_FILE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
