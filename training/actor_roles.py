"""Learn who did an event and to whom: the weights of ``actors/actor_weights.csv`` and ``target_weights.csv``.

    python training/actor_roles.py GOLD.jsonl SCORE.py [--write]

GOLD holds an article a line with its coded events, SCORE is the program that pairs coded events with them. A
conditional logit over the parties of each paired event and "nobody", with a quadratic penalty. Prints what it scores on
articles left out of learning (ten folds over articles); with ``--write`` it learns on all and writes the tables.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from weight_rows import csv_lines

from sayso.coding.actor_candidates import candidates_of
from sayso.coding.actor_choice import chosen, likelihoods
from sayso.coding.actor_features import Event, cast_of, features
from sayso.coding.coder import Coder
from sayso.reading import read

ROLES = ("actor", "target")
_FOLDS, _PENALTY, _STEPS, _SEEN = 10, 6.0, 200, 5
_VERBAL = {"accusation", "denial", "threat", "demand", "support", "other"}
#: Words that many parties' names share: alone they do not make two names one.
_WEAK = {"forces", "fighters", "group", "groups", "army", "people", "militants"}
_DATA = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data" / "actors"
_HEADER = """\
# How much each feature of a party (coding/actor_features.py) speaks for its being the {role} of an event; "nobody" is
# that no named party is. A conditional logit learned by training/actor_roles.py on articles with a gold coding of
# events (none of their words is kept). Licence: Apache-2.0. Version: 1
feature,weight
"""
Features = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Case:
    """An event that was paired with one of the gold coding: its parties' features and words, and who they should be."""

    article: str
    type: str
    same_type: bool
    parties: Features
    words: dict[str, set[str]]
    told: dict[str, str]
    tied: tuple[frozenset[str], frozenset[str]]
    gold: dict[str, list[str]]


def cases(gold: Path, score: Any) -> list[Case]:
    """Every event of the articles that the scorer pairs with a gold one."""
    coder, found = Coder(), []
    documents = {reading.document.id: reading.document for reading in read(gold)}
    for line in gold.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        document = documents[article["id"]]
        parsed, data, mentioned = coder.before_parties(document)
        cast = cast_of(candidates_of(parsed, data.context), mentioned, data.attributions, data.casualties)
        coded = []
        for mentions in mentioned:
            event = Event(mentions, cast)
            if event.type in _VERBAL:
                continue
            spans = [(m.trigger.span.start, m.trigger.span.end) for m in mentions]
            sentence = event.main.trigger.sentence.span
            coded.append(
                {
                    "type": event.type,
                    "spans": spans,
                    "sentence": (sentence.start, sentence.end),
                    "place": "",
                    "admin1": "",
                    "kind": None,
                    "event": event,
                }
            )
        events = [event for event in score.from_gold(article) if event["type"] not in _VERBAL]
        for wanted, got in score.pairs(events, coded):
            found.append(_case(article["id"], document.text, wanted, got["event"]))
    return found


def _case(article: str, text: str, wanted: dict[str, Any], event: Event) -> Case:
    words, told = {}, {}
    for key in event.parties:
        near = sorted(event.cast.parties[key], key=lambda c: (abs(c.sentence.index - event.at), c.at))
        words[key] = {f"{c.actor.span.of(text)} {c.actor.name}" for c in near}
        told[key] = f"{near[0].actor.span.of(text)} {near[0].actor.name}"
    return Case(
        article=article,
        type=event.type,
        same_type=event.type == wanted["type"],
        parties={key: features(event, key) for key in event.parties},
        words=words,
        told=told,
        tied=(event.doers, event.sufferers),
        gold={role: wanted[role] for role in ROLES},
    )


def is_same(name: str, other: str, score: Any) -> bool:
    """Whether two names are of one party: they share half of the shorter one's words, and more than a common noun."""
    a, b = score.words(name), score.words(other)
    shared = a & b
    return bool(shared) and 2 * len(shared) >= min(len(a), len(b)) and bool(shared - _WEAK or a <= b or b <= a)


def _is_told(words: set[str], gold: list[str], score: Any) -> bool:
    return any(is_same(name, own, score) for name in gold for own in words)


def learn(listed: list[Case], role: str, score: Any) -> dict[str, float]:
    """Weights by feature, those of "nobody" among them."""
    seen = Counter(name for case in listed for found in case.parties.values() for name in found)
    names = [*sorted(name for name, times in seen.items() if times >= _SEEN)]
    names += ["nobody", *sorted({f"nobody, type {case.type}" for case in listed})]
    column = {name: i for i, name in enumerate(names)}
    rows, columns, values, group, right = [], [], [], [], []
    for number, case in enumerate(listed):
        verdicts = {key: _is_told(case.words[key], case.gold[role], score) for key in case.parties}
        none = {"nobody": 1.0, f"nobody, type {case.type}": 1.0}
        for found, verdict in [
            *((case.parties[k], v) for k, v in verdicts.items()),
            (none, not any(verdicts.values())),
        ]:
            known = [(column[name], value) for name, value in found.items() if name in column]
            rows += [len(group)] * len(known)
            columns += [at for at, _ in known]
            values += [value for _, value in known]
            group.append(number)
            right.append(float(verdict))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(group), len(names)))
    of, true, size = np.array(group), np.array(right), len(listed)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        top = np.full(size, -np.inf)
        np.maximum.at(top, of, scores)
        raised = np.exp(scores - top[of])
        total, hit = np.bincount(of, raised, size), np.bincount(of, raised * true, size)
        gradient = matrix.T @ (raised / total[of] - raised * true / hit[of]) + _PENALTY * weights
        return float(np.sum(np.log(total) - np.log(hit)) + 0.5 * _PENALTY * weights @ weights), gradient

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return {name: round(float(best[column[name]]), 3) for name in names}


def left_out(listed: list[Case], score: Any) -> dict[str, dict[str, float | str]]:
    """What is right on articles that were left out of learning, by role."""
    articles = sorted({case.article for case in listed})
    random.Random(0).shuffle(articles)
    fold = {article: at % _FOLDS for at, article in enumerate(articles)}
    counts: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
    for at in range(_FOLDS):
        weights = {role: learn([case for case in listed if fold[case.article] != at], role, score) for role in ROLES}
        for case in listed:
            if fold[case.article] == at and case.same_type:
                doing, suffering = (likelihoods(case.parties, case.type, weights[role]) for role in ROLES)
                for role, found in zip(ROLES, chosen(doing, suffering, case.tied), strict=True):
                    _count(counts[role], [case.told[key] for key in found], case.gold[role], score)
    return {role: _figures(n) for role, n in counts.items()}


def _count(n: Counter[str], names: list[str], gold: list[str], score: Any) -> None:
    n["names"] += len(names)
    n["right"] += sum(any(is_same(g, name, score) for g in gold) for name in names)
    n["wanted"] += len(gold)
    n["found"] += sum(any(is_same(g, name, score) for name in names) for g in gold)
    n["events" if gold else "untold"] += 1
    n["agree" if gold else "filled"] += score.same_names(gold, names) if gold else bool(names)


def _figures(n: Counter[str]) -> dict[str, float | str]:
    return {
        "agree": round(n["agree"] / n["events"], 3),
        "filled though untold": f"{n['filled']} of {n['untold']}",
        "names an event": round(n["names"] / (n["events"] + n["untold"]), 2),
        "precision of names": round(n["right"] / n["names"], 3),
        "recall of names": round(n["found"] / n["wanted"], 3),
    }


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    sys.path.insert(0, str(paths[1].parent))
    import score  # type: ignore[import-not-found]

    listed = cases(paths[0], score)
    print(json.dumps(left_out(listed, score), indent=1), flush=True)
    if "--write" in sys.argv:
        for role in ROLES:
            _write(role, learn(listed, role, score))


def _write(role: str, weights: dict[str, float]) -> None:
    """Keep the weights that say something."""
    kept = sorted((name, str(weight)) for name, weight in weights.items() if abs(weight) >= 0.02)
    text = _HEADER.format(role=role) + csv_lines(kept)
    (_DATA / f"{role}_weights.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
