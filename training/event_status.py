"""Learn whether an event happened, goes on, is planned, denied...: the weights of ``status_weights.csv``.

    python training/event_status.py GOLD.jsonl SCORE.py [--write]

GOLD holds an article a line with its coded events, SCORE the rules by which a coded event matches one of them. Prints
the share of right statuses among matched events of the right type, by the rules alone and by the learned table, on
articles left out of learning (five folds over articles, three times); with ``--write`` it learns on all and writes
the table. ``training/event_status.md`` is the model card.

Each gold event is learned from twice where it can be: with the mentions the coder found for it, and with those of the
analyst. Multinomial logistic regression (scikit-learn, quadratic penalty, lbfgs from zero): no chance in it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from weight_rows import csv_lines

from sayso.coding.coder import Coder
from sayso.coding.event_choice import main_mention
from sayso.coding.mention import Mention
from sayso.coding.status_choice import chosen_status, status_by_rules
from sayso.coding.status_features import status_features
from sayso.model import Status, Written
from sayso.reading import read
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.status_weights import STATUS_FILE, STATUSES, StatusWeights

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from event_fields import trigger_at

FOLDS, REPEATS = 5, 3
#: Inverse strength of the penalty; .2 to 1 are level out of fold (.873, .874, .872).
STRENGTH = 0.5
#: A feature must stand in so many cases and articles to be learned.
CASES, ARTICLES = 4, 3
#: Weights nearer to nothing than this are not written.
NOTHING = 0.01
DATA = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data"
_HEADER = """\
# How much each feature of an event's mentions (coding/status_features.py) says for each status, in log-odds; empty is
# nothing. Multinomial regression learned by training/event_status.py on articles coded by hand (none of their words is
# kept); training/event_status.md is the model card. Licence: Apache-2.0. Version: 1
"""


@dataclass(frozen=True)
class Case:
    """An event: its features, what the rules and the analyst say; ``scored`` where the coder found and typed it."""

    article: str
    features: frozenset[str]
    rules: Status
    gold: Status
    scored: bool


def cases(gold: Path, score: Any) -> Iterator[Case]:
    """Every material event of the articles, with the coder's mentions and with the analyst's."""
    coder = Coder()
    with gold.open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in map(json.loads, file)}
    for reading in read(gold):
        document = reading.document
        parsed, found, events = coder.before_parties(document)
        told = [event for event in score.from_gold(rows[document.id]) if _is_learned(event["type"])]
        for event in told:
            triggers = [t for a, b in event["spans"] if (t := trigger_at(parsed, a, b, event["type"]))]
            mentions = [coder.mention(trigger, parsed, found) for trigger in triggers]
            if mentions:
                yield _case(document.id, mentions, document.written, event["status"], scored=False)
        coded = [_as_coded(event) for event in events if _is_learned(main_mention(event).trigger.type)]
        for event, match in score.pairs(told, coded):
            same = event["type"] == match["type"]
            yield _case(document.id, match["mentions"], document.written, event["status"], scored=same)


def _is_learned(event_type: str) -> bool:
    return not event_types()[event_type].is_verbal and event_type != "other"


def _case(article: str, mentions: Sequence[Mention], written: Written | None, gold: Status, *, scored: bool) -> Case:
    return Case(article, status_features(mentions, written), status_by_rules(mentions), gold, scored)


def _as_coded(event: Sequence[Mention]) -> dict[str, Any]:
    """An event as the scorer wants it; its mentions with the main one first."""
    main = main_mention(event)
    sentence = main.trigger.sentence.span
    return {
        "type": main.trigger.type, "mentions": [main, *(m for m in event if m is not main)],
        "sentence": (sentence.start, sentence.end),
        "spans": [(m.trigger.span.start, m.trigger.span.end) for m in event],
        "place": main.place.name if main.place else "", "admin1": (main.place.admin1 if main.place else "") or "",
        "kind": main.place.precision if main.place else None,
    }  # fmt: skip


def learned(told: Sequence[Case]) -> StatusWeights:
    """The weights that ``told`` teach."""
    count = Counter(name for case in told for name in case.features)
    seen: dict[str, set[str]] = {}
    for case in told:
        for name in case.features:
            seen.setdefault(name, set()).add(case.article)
    names = sorted(name for name, times in count.items() if times >= CASES and len(seen[name]) >= ARTICLES)
    column = {name: at for at, name in enumerate(names)}
    cells = [(at, column[name]) for at, case in enumerate(told) for name in case.features if name in column]
    rows, columns = np.array(cells).T
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(told), len(names)))
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(matrix, [case.gold for case in told])
    place = {status: at for at, status in enumerate(model.classes_)}
    of = {
        name: tuple(_weight(model.coef_[place[status]][at]) if status in place else 0.0 for status in STATUSES)
        for name, at in column.items()
    }
    # "any" is a feature of every event: the intercept is its.
    of["any"] = tuple(
        round(float(model.intercept_[place[status]]), 3) + own if status in place else -30.0
        for status, own in zip(STATUSES, of["any"], strict=True)
    )
    return StatusWeights({name: weights for name, weights in of.items() if any(weights)})


def _weight(value: float) -> float:
    return round(float(value), 2) if abs(value) >= NOTHING else 0.0


def out_of_fold(told: Sequence[Case]) -> None:
    """Print how many statuses are right on articles left out of learning."""
    scored = [case for case in told if case.scored]
    print(json.dumps({"events": len(scored), "rules": _share(scored, [case.rules for case in scored])}))
    for repeat in range(REPEATS):
        answers: dict[int, Status] = {}
        for number in range(FOLDS):
            weights = learned([case for case in told if _fold(case.article, repeat) != number])
            for at, case in enumerate(scored):
                if _fold(case.article, repeat) == number:
                    answers[at] = chosen_status(case.rules, weights.chances(case.features))
        found = [answers[at] for at in range(len(scored))]
        wrong = Counter(f"{c.gold} as {a}" for c, a in zip(scored, found, strict=True) if c.gold != a)
        print(json.dumps({"learned": _share(scored, found), "wrong": dict(wrong.most_common(8))}), flush=True)


def _share(scored: Sequence[Case], answers: Sequence[Status]) -> float:
    return round(sum(case.gold == answer for case, answer in zip(scored, answers, strict=True)) / len(scored), 4)


def _fold(article: str, repeat: int) -> int:
    return int(hashlib.sha256(f"{repeat} {article}".encode()).hexdigest(), 16) % FOLDS


def written(weights: StatusWeights) -> None:
    """Write the table into the package."""
    rows = [(name, *(f"{weight:g}" if weight else "" for weight in row)) for name, row in sorted(weights.of.items())]
    (DATA / STATUS_FILE).write_text(_HEADER + csv_lines([("feature", *STATUSES), *rows]), encoding="utf-8")


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(paths) != 2:
        sys.exit("usage: python training/event_status.py GOLD.jsonl SCORE.py [--write]")
    sys.path.insert(0, str(paths[1].parent))
    import score  # type: ignore[import-not-found]

    told = list(cases(paths[0], score))
    out_of_fold(told)
    if "--write" in sys.argv:
        written(learned(told))


if __name__ == "__main__":
    main()
