"""Learn who did an event and to whom: the weights of both looks of ``coding/actor_choice.py``, for actor and target.

    python training/actor_roles.py GOLD.jsonl SCORE.py [--write]

GOLD holds an article a line with its coded events, SCORE is the program that pairs coded events with them. Each table
is a logistic regression over the parties of every paired event, with a quadratic penalty. What the second look learns
from are first looks with weights learned on other articles. Prints what both score on articles left out of learning
(ten folds over articles); with ``--write`` it learns on all and writes the tables.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from weight_rows import csv_lines

from sayso.coding.actor_candidates import candidates_of
from sayso.coding.actor_choice import (
    ROLES,
    Role,
    RoleModel,
    chances_of,
    chosen,
    is_verbal,
    look,
    told_as,
    weights_file,
)
from sayso.coding.actor_company import Chances, company
from sayso.coding.actor_features import Event, cast_of, features
from sayso.coding.coder import Coder
from sayso.reading import read

#: Folds of the figures, and of the first looks that the second learns from.
_FOLDS, _INNER = 10, 4
#: Inverse strength of the penalty; a feature must stand in so many parties to be learned; the least weight written.
_STRENGTH, _SEEN, _LEAST = 0.1, 5, 0.02
#: Words that many parties' names share: alone they do not make two names one.
_WEAK = {"forces", "fighters", "group", "groups", "army", "people", "militants"}
_DATA = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data"
_HEADER = """\
# How much each feature of a party ({module}) speaks for its being the {role} of an event. A logistic
# regression learned by training/actor_roles.py on articles with a gold coding of events (none of their words is kept).
# Licence: Apache-2.0. Version: 2
feature,weight
"""
Row = tuple[Mapping[str, float], Mapping[Role, bool]]
"""The features of a party, and whether it truly has each role."""


@dataclass(frozen=True)
class Case:
    """A coded event: each party's features, its words in the row, and, where it was paired with a gold event, whether
    it is one of those the gold names (``truth``), whether the types agree, and the gold's names."""

    event: Event
    parties: Mapping[str, Mapping[str, float]]
    told: Mapping[str, str]
    truth: Mapping[str, Mapping[Role, bool]]
    same_type: bool
    gold: Mapping[Role, list[str]]


Article = list[Case]


def articles_of(gold: Path, score: Any) -> dict[str, Article]:
    """The material events of each article, those beside that the scorer pairs with a gold one told what is true."""
    coder, found = Coder(), {}
    documents = {reading.document.id: reading.document for reading in read(gold)}
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parsed, data, mentioned = coder.before_parties(documents[row["id"]])
        cast = cast_of(candidates_of(parsed, data.context), mentioned, data.attributions, data.casualties)
        events = [event for event in (Event(mentions, cast) for mentions in mentioned) if _is_scored(event)]
        wanted = [e for e in score.from_gold(row) if e["type"] not in score.VERBAL | {"other"}]
        paired = {id(p["event"]): g for g, p in score.pairs(wanted, [_as_coded(event) for event in events])}
        found[row["id"]] = [_case(parsed.text, event, paired.get(id(event)), score) for event in events]
    return found


def _is_scored(event: Event) -> bool:
    return not is_verbal(event) and event.type != "other"


def _as_coded(event: Event) -> dict[str, Any]:
    """An event as the scorer wants it."""
    sentence = event.main.trigger.sentence.span
    spans = [(m.trigger.span.start, m.trigger.span.end) for m in event.mentions]
    return {
        "type": event.type, "spans": spans, "sentence": (sentence.start, sentence.end),
        "place": "", "admin1": "", "kind": None, "event": event,
    }  # fmt: skip


def _case(text: str, event: Event, wanted: dict[str, Any] | None, score: Any) -> Case:
    gold: dict[Role, list[str]] = {role: wanted[role] if wanted else [] for role in ROLES}
    truth: dict[str, dict[Role, bool]] = {}
    told = {}
    for key in event.parties:
        shown = told_as(event, key, "mentioned")
        told[key] = f"{shown.span.of(text)} {shown.name}"
        words = {f"{c.actor.span.of(text)} {c.actor.name}" for c in event.cast.parties[key]}
        if wanted:
            truth[key] = {role: any(is_same(g, w, score) for g in gold[role] for w in words) for role in ROLES}
    parties = {key: features(event, key) for key in event.parties}
    return Case(event, parties, told, truth, wanted is not None and wanted["type"] == event.type, gold)


def is_same(name: str, other: str, score: Any) -> bool:
    """Whether two names are of one party: they share half of the shorter one's words, and more than a common noun."""
    a, b = score.words(name), score.words(other)
    shared = a & b
    return bool(shared) and 2 * len(shared) >= min(len(a), len(b)) and bool(shared - _WEAK or a <= b or b <= a)


def learn(articles: Mapping[str, Article]) -> RoleModel:
    """The weights of both looks, from these articles alone."""
    first = _tables([(c.parties[key], c.truth[key]) for of in articles.values() for c in of for key in c.truth])
    rows: list[Row] = []
    for number in range(_INNER):
        inside = {name for name in articles if _fold(name, _INNER, "inner") == number}
        rest = [c for name, of in articles.items() if name not in inside for c in of]
        tables = _tables([(c.parties[key], c.truth[key]) for c in rest for key in c.truth])
        for of in (articles[name] for name in articles if name in inside):
            seen = company([c.event for c in of], [look(c.parties, tables) for c in of])
            rows += [(found[key], c.truth[key]) for c, found in zip(of, seen, strict=True) for key in c.truth]
    return RoleModel(first, _tables(rows))


def _tables(rows: Sequence[Row]) -> dict[Role, dict[str, float]]:
    """Weights by feature for each role; the intercept counts to the feature "bias"."""
    seen = Counter(name for found, _ in rows for name in found)
    names = sorted(name for name, times in seen.items() if times >= _SEEN)
    column = {name: at for at, name in enumerate(names)}
    cells = [(at, column[n], v) for at, (found, _) in enumerate(rows) for n, v in found.items() if n in column]
    at, where, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (at, where)), shape=(len(rows), len(names)))
    tables: dict[Role, dict[str, float]] = {}
    for role in ROLES:
        model = LogisticRegression(C=_STRENGTH, max_iter=500).fit(matrix, [truth[role] for _, truth in rows])
        weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
        weights["bias"] += float(model.intercept_[0])
        tables[role] = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= _LEAST}
    return tables


def left_out(articles: Mapping[str, Article]) -> list[tuple[Case, Chances]]:
    """The cases with gold of the same type, each with chances learned without its article."""
    found = []
    for number in range(_FOLDS):
        inside = {name for name in articles if _fold(name, _FOLDS, "outer") == number}
        model = learn({name: of for name, of in articles.items() if name not in inside})
        for of in (articles[name] for name in articles if name in inside):
            chances = chances_of([c.event for c in of], model)
            found += [(c, own) for c, own in zip(of, chances, strict=True) if c.same_type]
    return found


def _fold(article: str, number: int, salt: str) -> int:
    return random.Random(f"{salt} {article}").randrange(number)


def figures(cases: Sequence[tuple[Case, Chances]], score: Any) -> dict[str, dict[str, float | str]]:
    """What is right, by role."""
    counts: dict[Role, Counter[str]] = {role: Counter() for role in ROLES}
    for case, own in cases:
        for at, role in enumerate(ROLES):
            gold, n, likely = case.gold[role], counts[role], own[at]
            names = [case.told[key] for key in chosen(*own, (case.event.doers, case.event.sufferers))[at]]
            n["names"] += len(names)
            n["right"] += sum(any(is_same(g, name, score) for g in gold) for name in names)
            n["wanted"] += len(gold)
            n["found"] += sum(any(is_same(g, name, score) for name in names) for g in gold)
            n["events" if gold else "untold"] += 1
            n["agree" if gold else "filled"] += score.same_names(gold, names) if gold else bool(names)
            if gold and likely:
                n["top"] += score.same_names(gold, [case.told[max(likely, key=lambda key: (likely[key], key))]])
    return {role: _figures(n) for role, n in counts.items()}


def _figures(n: Counter[str]) -> dict[str, float | str]:
    return {
        "agree": round(n["agree"] / n["events"], 3),
        "likeliest party right": round(n["top"] / n["events"], 3),
        "filled though untold": f"{n['filled']} of {n['untold']}",
        "names an event": round(n["names"] / (n["events"] + n["untold"]), 2),
        "precision of names": round(n["right"] / n["names"], 3),
        "recall of names": round(n["found"] / n["wanted"], 3),
    }


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    sys.path.insert(0, str(paths[1].parent))
    import score  # type: ignore[import-not-found]

    articles = articles_of(paths[0], score)
    print(json.dumps(figures(left_out(articles), score), indent=1), flush=True)
    if "--write" in sys.argv:
        model = learn(articles)
        for look, tables in ((1, model.first), (2, model.second)):
            for role in ROLES:
                _write(role, look, tables[role])


def _write(role: Role, look: int, weights: Mapping[str, float]) -> None:
    """Keep the weights."""
    module = "coding/actor_features.py" if look == 1 else "coding/actor_company.py"
    rows = sorted((name, str(weight)) for name, weight in weights.items())
    text = _HEADER.format(role=role, module=module) + csv_lines(rows)
    (_DATA / weights_file(role, look)).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
