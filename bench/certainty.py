"""How certain does a sentence hold an event, -3 to 3? ``python bench/certainty.py UW_DEV.jsonl UW_TRAIN.jsonl``

Pearson's r and mean absolute error on the UW part named first. ``status`` gives each status of Sayso's coder the mean
certainty it has in the train part; ``ridge`` is linear regression over words and parse around the event, its weights
learned on the train part with the strength chosen by four-fold cross-validation there. ``mean`` is always the same.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from spacy.tokens import Token

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.status import status_of
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment, Span

#: A feature seen on fewer events of the train part is not learned.
_SEEN = 3
_STRENGTHS = (1.0, 3.0, 10.0, 30.0)
_FOLDS = 4
_STEPS = 5
Example = tuple[frozenset[str], float]


def main(dev: Path, train: Path) -> None:
    """Print the figures as JSON."""
    parser = Parser()
    learned, held = (list(examples(path, parser)) for path in (train, dev))
    gold = np.array([certainty for _, certainty in held])
    by_status: dict[str, list[float]] = defaultdict(list)
    for features, certainty in learned:
        by_status[_status(features)].append(certainty)
    mean = float(np.mean([certainty for _, certainty in learned]))
    means = {status: float(np.mean(values)) for status, values in by_status.items()}
    strength = max(_STRENGTHS, key=lambda one: cross_validated(learned, one))
    figures = {
        "mean": np.full(len(gold), mean),
        "status": np.array([means.get(_status(features), mean) for features, _ in held]),
        "ridge": ridge(learned, [features for features, _ in held], strength),
    }
    result = {
        name: {
            "r": round(float(np.corrcoef(found, gold)[0, 1]), 3) if np.std(found) else None,
            "mae": round(float(np.abs(found - gold).mean()), 3),
        }
        for name, found in figures.items()
    }
    print(json.dumps(result | {"events": len(held), "trained_on": len(learned), "strength": strength}))


def examples(corpus: Path, parser: Parser) -> Iterator[Example]:
    """(features, certainty) of every event of a corpus whose word is found again."""
    for number, line in enumerate(corpus.read_text("utf-8").splitlines()):
        row = json.loads(line)
        text, words = row["text"], row["text"].split(" ")
        parsed = parser.parse(Document(str(number), "c", text, (Segment(0, len(text), "body"),)))
        for event in row["events"]:
            start = len(" ".join(words[: event["token"]])) + (1 if event["token"] else 0)
            token = next((t for t in parsed.sections[0].doc if t.idx <= start < t.idx + max(1, len(t))), None)
            if token is not None:
                yield frozenset(features_of(token, parsed)), float(event["certainty"])


def features_of(token: Token, parsed: ParsedDocument) -> Iterator[str]:
    """What surrounds an event in the parse, by name."""
    sentence = next((s for s in parsed.sentences if s.tokens.start <= token.i < s.tokens.end), parsed.sentences[-1])
    trigger = Trigger(token, Span(token.idx, token.idx + len(token)), sentence, "other")
    yield f"status {status_of(trigger, (), parsed)}"
    yield f"tag {token.tag_}"
    yield f"tag {token.tag_} {token.dep_}"
    yield f"lemma {token.lemma_.lower()}"
    helpers = sorted(c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "neg"))
    yield f"helpers {token.tag_} {' '.join(helpers)}"
    for child in token.children:
        if child.dep_ in ("aux", "neg", "mark", "advmod", "det", "amod", "prep", "auxpass"):
            yield f"child {child.dep_} {child.lower_}"
    below, chain = token, []
    for step in range(_STEPS):
        above = below.head
        if above.i == below.i:
            yield f"root at {step}"
            break
        lemma = above.lemma_.lower()
        chain.append(below.dep_)
        yield f"under {below.dep_} {lemma}"
        yield f"at {min(step, 2)} {lemma}"
        if step == 0:
            yield f"head {above.tag_} {below.dep_}"
        for child in above.children:
            if child.dep_ == "neg" or (child.dep_ in ("aux", "mark") and child.i != below.i):
                yield f"above {'-'.join(chain[:2])} {child.lower_}"
                yield f"above {child.lower_}"
        below = above
    if any(t.lower_ == "if" and t.i < token.i for t in sentence.tokens):
        yield "after if"
    if sentence.tokens[-1].text == "?":
        yield "question"


def _status(features: frozenset[str]) -> str:
    return next(name for name in features if name.startswith("status "))


def ridge(learned: Sequence[Example], asked: Sequence[frozenset[str]], strength: float) -> np.ndarray:
    """Certainty of ``asked`` by ridge regression over the features of ``learned``, kept within -3 and 3."""
    seen = Counter(name for features, _ in learned for name in features)
    columns = {name: at for at, name in enumerate(sorted(name for name, n in seen.items() if n >= _SEEN))}
    target = np.array([certainty for _, certainty in learned])
    rows = _matrix([features for features, _ in learned], columns)
    weights = np.linalg.solve(rows.T @ rows + strength * np.eye(len(columns)), rows.T @ (target - target.mean()))
    found: np.ndarray = np.clip(_matrix(asked, columns) @ weights + target.mean(), -3, 3)
    return found


def _matrix(rows: Sequence[frozenset[str]], columns: dict[str, int]) -> np.ndarray:
    matrix = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for number, features in enumerate(rows):
        matrix[number, [columns[name] for name in features if name in columns]] = 1
    return matrix


def cross_validated(learned: Sequence[Example], strength: float) -> float:
    """Pearson's r of ridge regression on parts of the train part left out, in runs of neighbouring sentences."""
    size = -(-len(learned) // _FOLDS)
    found: list[float] = []
    for fold in range(_FOLDS):
        out = learned[fold * size : (fold + 1) * size]
        rest = [*learned[: fold * size], *learned[(fold + 1) * size :]]
        found.extend(ridge(rest, [features for features, _ in out], strength))
    return float(np.corrcoef(found, [certainty for _, certainty in learned])[0, 1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
