"""Learn the weights of ``event_place_weights.csv``: which place of a sentence an event happened at.

    python training/event_places.py TRAIN.jsonl

TRAIN holds a sentence a line: {"text", "event": [{"start"...}], "places": [{"start", "end"...}]}. Every literal place
tagged in a sentence is one case, right if it overlaps a place of the line. Logistic regression with a quadratic
penalty, by gradient descent from zero: the same input gives the same weights.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from sayso.coding.event_place_features import features
from sayso.coding.event_places import _candidates
from sayso.coding.parse import Parser
from sayso.coding.places import tag_places
from sayso.model import Document, Segment
from sayso.vocabulary.gazetteer import Gazetteer

_PENALTY, _STEPS, _RATE = 1.0, 3000, 1.0
_OUT = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data" / "event_place_weights.csv"
_HEADER = """\
# How much each feature of a place (coding/event_place_features.py) speaks for an event having happened there.
# Logistic regression learned by training/event_places.py on sentences with an event and its place (MIT-licensed corpus
# of event locations); weights are of Sayso. Licence: Apache-2.0. Version: 1
feature,weight
"""


def cases(path: Path, gazetteer: Gazetteer, parser: Parser) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and verdict of every candidate place of the sentences of ``path``."""
    rows, verdicts = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
        if not line:
            continue
        record = json.loads(line)
        if not record["places"] or not record["event"]:
            # Where annotators named no place there may still be one: such lines say little.
            continue
        text = record["text"]
        parsed = parser.parse(Document(str(number), "-", text, (Segment(0, len(text), "body"),)))
        event = record["event"][0]
        for sentence in parsed.sentences:
            if not sentence.span.start <= event["start"] < sentence.span.end:
                continue
            offset = sentence.section.offset
            trigger = sentence.section.doc.char_span(
                event["start"] - offset, event["end"] - offset, alignment_mode="expand"
            )
            candidates = list(_candidates(sentence, tag_places(parsed, gazetteer)))
            for candidate in candidates:
                span = candidate.place.span
                rows.append(features(trigger.root, candidate, candidates))
                verdicts.append(any(p["start"] < span.end and span.start < p["end"] for p in record["places"]))
    return rows, verdicts


def learn(rows: list[dict[str, float]], verdicts: list[bool]) -> dict[str, float]:
    """Weights by feature name."""
    names = sorted({name for row in rows for name in row})
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name, value in row.items():
            matrix[i, column[name]] = value
    wanted = np.array(verdicts, dtype=float)
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        likely = 1.0 / (1.0 + np.exp(-matrix @ weights))
        weights -= _RATE * (matrix.T @ (likely - wanted) + _PENALTY * weights) / len(rows)
    return {name: round(float(weights[column[name]]), 3) for name in names}


def main() -> None:
    rows, verdicts = cases(Path(sys.argv[1]), Gazetteer.open(), Parser())
    weights = learn(rows, verdicts)
    _OUT.write_text(
        _HEADER + "".join(f'"{k}",{v}\n' if "," in k else f"{k},{v}\n" for k, v in weights.items()), "utf-8"
    )
    print(json.dumps({"cases": len(rows), "right": sum(verdicts), "weights": len(weights)}))


if __name__ == "__main__":
    main()
