"""Learn which triggers report events, which of them report the same one, and which events a document reports.

    python training/event_model.py GOLD.jsonl SCORE.py
    python training/event_model.py GOLD.jsonl SCORE.py --out-of-fold CODED.jsonl

GOLD holds an article a line with its coded events, SCORE.py the rules by which a coded event matches one of them. The
first form writes the three tables of weights into the package; the second writes none, but codes each article by
weights learned without it (and without the rest of its fold), for SCORE.py to score. The model card, with the data
statement, is ``training/event_model.md``.

Three logistic regressions (scikit-learn, quadratic penalty, lbfgs from zero), each on features that are there or not.
The third sees the chances of the first two: for its training these come from models of the other inner folds. The
thresholds that score best on inner out-of-fold chances are taken. No randomness but the folds', which are drawn by a
hash of the article's id.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from weight_rows import csv_lines

from sayso.coding.coder import Coder
from sayso.coding.coreference import Links, group, pairs
from sayso.coding.event_choice import Group, event_features, groups_of
from sayso.coding.event_mention_features import Surroundings, mention_features
from sayso.coding.event_model import EVENT_FILE, MENTION_FILE, PAIR_FILE, EventModel
from sayso.coding.mention import Mention
from sayso.coding.specific_types import with_specific_types
from sayso.coding.triggers import find_triggers
from sayso.contract import document_record
from sayso.reading import read
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.triggers import SAME, trigger_vocabulary
from sayso.vocabulary.weights import BIAS, THRESHOLD, Weights

OUTER, INNER = 5, 5
#: Inverse strength of each model's penalty; the larger the freer.
MENTION_C, PAIR_C, EVENT_C = 0.05, 0.015, 0.01
#: A feature must stand in so many cases and articles to be learned.
CASES, ARTICLES = 4, 3
#: Mentions less likely than this are left out before events are put together.
LEAST = 0.08
PAIR_THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)
EVENT_THRESHOLDS = tuple(number / 50 for number in range(12, 30))
#: Weights nearer to nothing than this are not written.
NOTHING = 0.005
DATA = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data"

Example = tuple[str, Sequence[str], bool, float]
"""(article, features, verdict, weight)"""


@dataclass(frozen=True)
class Article:
    """An article with all its triggers, what may be learned from each, and its gold events.

    ``events``: for each mention the numbers of the gold events it is a mention of. ``verdict``: whether it reports
    one; None where the gold leaves that open (a second trigger in the words or the sentence of an event).
    """

    id: str
    parsed: Any
    found: Any
    mentions: list[Mention]
    features: list[list[str]]
    pairs: list[tuple[tuple[int, int], list[str]]]
    verdict: list[bool | None]
    events: list[frozenset[int]]
    gold: list[dict[str, Any]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("scorer", type=Path)
    arguments.add_argument("--out-of-fold", type=Path, metavar="CODED")
    options = arguments.parse_args()
    sys.path.insert(0, str(options.scorer.parent))
    import score  # type: ignore[import-not-found]

    coder = Coder(events=EventModel(*[Weights({}, 0.0, 0.5)] * 3))
    articles = list(gathered(options.gold, coder, score))
    if options.out_of_fold is None:
        written(fit(articles, score))
        return
    coded = {}
    for number in range(OUTER):
        model = fit([a for a in articles if fold(a.id, OUTER, "outer") != number], score)
        for article in articles:
            if fold(article.id, OUTER, "outer") == number:
                coded[article.id] = document_record(
                    coder.coded(article.parsed, article.found, [event for event, _ in apply(model, article)])
                )
    with options.out_of_fold.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(coded[article.id], ensure_ascii=False) + "\n" for article in articles)


def fold(article: str, number: int, salt: str) -> int:
    """Which of ``number`` folds an article is in."""
    return int(hashlib.sha256(f"{salt} {article}".encode()).hexdigest(), 16) % number


def gathered(path: Path, coder: Coder, score: Any) -> Iterable[Article]:
    """Parse every article, find its triggers and their clauses' facts, and set them beside the gold events."""
    with path.open(encoding="utf-8") as file:
        gold = {row["id"]: row for row in map(json.loads, file)}
    for reading in read(path):
        document = reading.document
        parsed, found = coder.found(document)
        triggers = find_triggers(parsed, trigger_vocabulary())
        around = Surroundings.of(triggers, parsed.sentences)
        mentions = with_specific_types([coder.mention(trigger, parsed, found) for trigger in triggers])
        events = list(score.from_gold(gold[document.id]))
        verdict, numbers = verdicts(mentions, events)
        yield Article(
            document.id, parsed, found, mentions, [mention_features(t, around) for t in triggers],
            pairs(mentions), verdict, numbers, [e for e in events if _is_scored(e["type"])],
        )  # fmt: skip


def verdicts(
    mentions: Sequence[Mention], events: Sequence[Mapping[str, Any]]
) -> tuple[list[bool | None], list[frozenset[int]]]:
    """For each mention whether it reports an event, and which."""
    verdict: list[bool | None] = []
    numbers: list[frozenset[int]] = []
    told: dict[tuple[int, str], set[int]] = {}
    for mention in mentions:
        trigger = mention.trigger
        section = trigger.sentence.section
        here = section.span(trigger.token)
        of: set[int] = set()
        sure = False
        for number, event in enumerate(events):
            for start, end in event["spans"]:
                if start <= here.start and here.end <= end:
                    words = section.doc.char_span(start - section.offset, end - section.offset)
                    of.add(number)
                    sure |= words is not None and words.root.i == trigger.token.i
                    sure |= trigger.type == event["type"] or trigger.rule.startswith(SAME)
        verdict.append(bool(of) if sure or not of else None)
        numbers.append(frozenset(of))
        for number in of:
            told.setdefault((trigger.sentence.index, events[number]["type"]), set()).add(number)
    for at, mention in enumerate(mentions):
        beside = told.get((mention.trigger.sentence.index, mention.trigger.type), set())
        if not numbers[at] and beside:
            verdict[at] = None
            numbers[at] = frozenset(beside) if len(beside) == 1 else frozenset()
    return verdict, numbers


def fit(articles: Sequence[Article], score: Any) -> EventModel:
    """The three tables, learned from ``articles`` alone."""
    mention = learned(_mention_examples(articles), MENTION_C, LEAST)
    pair = learned(_pair_examples(articles), PAIR_C, 0.5)
    chances: dict[str, list[float]] = {}
    linked: dict[str, Links] = {}
    for number in range(INNER):
        rest = [a for a in articles if fold(a.id, INNER, "inner") != number]
        own_mention, own_pair = (
            learned(_mention_examples(rest), MENTION_C, LEAST),
            learned(_pair_examples(rest), PAIR_C, 0.5),
        )
        for article in (a for a in articles if fold(a.id, INNER, "inner") == number):
            chances[article.id] = [own_mention.chance(features) for features in article.features]
            linked[article.id] = Links({at: own_pair.chance(features) for at, features in article.pairs})
    best: tuple[float, float, float, list[Example]] = (-1.0, 0.0, 0.0, [])
    for pair_threshold in PAIR_THRESHOLDS:
        grouped = {a.id: _groups(a, chances[a.id], linked[a.id], pair_threshold) for a in articles}
        examples = [e for a in articles for e in _event_examples(a, *grouped[a.id], score)]
        held: dict[str, list[float]] = {}
        for number in range(INNER):
            model = learned([e for e in examples if fold(e[0], INNER, "inner") != number], EVENT_C, 0.5)
            for article in (a for a in articles if fold(a.id, INNER, "inner") == number):
                held[article.id] = [model.chance(features) for features in grouped[article.id][1]]
        figures = [_figure(articles, grouped, held, threshold, score) for threshold in EVENT_THRESHOLDS]
        # A single peak is chance: what counts is how a threshold and those beside it do.
        smooth = np.convolve(np.pad(figures, 2, mode="edge"), np.full(5, 0.2), mode="valid")
        for threshold, figure in zip(EVENT_THRESHOLDS, smooth, strict=True):
            if figure > best[0]:
                best = (float(figure), pair_threshold, threshold, examples)
    print(f"inner out-of-fold figure {best[0]:.3f} at pair {best[1]}, event {best[2]}", file=sys.stderr)
    event = learned(best[3], EVENT_C, best[2])
    return EventModel(mention, replace(pair, threshold=best[1]), event)


def apply(model: EventModel, article: Article) -> list[tuple[tuple[Mention, ...], float]]:
    """The events that ``model`` finds in ``article``."""
    chances = [model.mention.chance(features) for features in article.features]
    kept = [
        replace(mention, chance=chance)
        for mention, chance in zip(article.mentions, chances, strict=True)
        if chance >= model.mention.threshold or not _is_material(mention.trigger.type)
    ]
    return model.events(kept)


def _mention_examples(articles: Sequence[Article]) -> list[Example]:
    return [
        (a.id, features, verdict, 1.0)
        for a in articles
        for features, verdict in zip(a.features, a.verdict, strict=True)
        if verdict is not None
    ]


def _pair_examples(articles: Sequence[Article]) -> list[Example]:
    """Every two mentions whose events are known. A long article has many pairs: each counts for less."""
    found: list[Example] = []
    for a in articles:
        own = [(a.events[x], a.events[y], features) for (x, y), features in a.pairs if a.events[x] and a.events[y]]
        found += [(a.id, features, bool(x & y), 1.0 / (1 + len(own)) ** 0.5) for x, y, features in own]
    mean = sum(example[3] for example in found) / max(1, len(found))
    return [(article, features, verdict, weight / mean) for article, features, verdict, weight in found]


def _groups(
    article: Article, chances: Sequence[float], found: Links, threshold: float
) -> tuple[list[Group], list[list[str]], list[Mention]]:
    """The material groups of an article, their features, and the mentions they are of."""
    numbers = [n for n, m in enumerate(article.mentions) if chances[n] >= LEAST or not _is_material(m.trigger.type)]
    mentions = [replace(article.mentions[n], chance=chances[n]) for n in numbers]
    new = {old: at for at, old in enumerate(numbers)}
    own = Links({(new[x], new[y]): c for (x, y), c in found.chances.items() if x in new and y in new})
    groups = groups_of(mentions, group(mentions, own, threshold))
    features = event_features(mentions, groups, own)
    scored = [at for at, one in enumerate(groups) if _is_scored(one.type)]
    return [groups[at] for at in scored], [features[at] for at in scored], mentions


def _event_examples(
    article: Article,
    groups: Sequence[Group],
    features: Sequence[Sequence[str]],
    mentions: Sequence[Mention],
    score: Any,
) -> list[Example]:
    """Each group twice: whether it matches a gold event, and whether one of its own type."""
    coded = [_as_coded(one, mentions) for one in groups]
    matched = {p["numbers"]: g["type"] == p["type"] for g, p in score.pairs(article.gold, coded)}
    found: list[Example] = []
    for one, names in zip(groups, features, strict=True):
        found.append((article.id, names, one.numbers in matched, 0.5))
        found.append((article.id, names, matched.get(one.numbers, False), 0.5))
    return found


def _figure(
    articles: Sequence[Article],
    grouped: Mapping[str, Any],
    held: Mapping[str, Sequence[float]],
    threshold: float,
    score: Any,
) -> float:
    """F1 of detection and of type, their mean."""
    gold = coded = detected = typed = 0
    for article in articles:
        groups, _, mentions = grouped[article.id]
        kept = [_as_coded(g, mentions) for g, c in zip(groups, held[article.id], strict=True) if c >= threshold]
        matched = score.pairs(article.gold, kept)
        gold, coded, detected = gold + len(article.gold), coded + len(kept), detected + len(matched)
        typed += sum(g["type"] == p["type"] for g, p in matched)
    return (detected + typed) / (gold + coded)


def _as_coded(one: Group, mentions: Sequence[Mention]) -> dict[str, Any]:
    """A group as the scorer wants an event."""
    place, sentence = one.main.place, one.main.trigger.sentence.span
    return {
        "type": one.type, "numbers": one.numbers, "sentence": (sentence.start, sentence.end),
        "spans": [(s.start, s.end) for s in (mentions[n].trigger.span for n in one.numbers)],
        "place": place.name if place else "", "admin1": (place.admin1 if place else "") or "",
        "kind": place.precision if place else None,
    }  # fmt: skip


def learned(examples: Sequence[Example], strength: float, threshold: float) -> Weights:
    """A logistic regression of the verdicts on the features."""
    cases = Counter(name for _, names, _, _ in examples for name in set(names))
    seen: dict[str, set[str]] = {}
    for article, names, _, _ in examples:
        for name in names:
            seen.setdefault(name, set()).add(article)
    names = sorted(n for n, count in cases.items() if count >= CASES and len(seen[n]) >= ARTICLES)
    column = {name: at for at, name in enumerate(names)}
    rows = [(at, column[name]) for at, example in enumerate(examples) for name in set(example[1]) if name in column]
    at, where = np.array(rows).T
    matrix = csr_matrix((np.ones(len(rows)), (at, where)), shape=(len(examples), len(names)))
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(matrix, [e[2] for e in examples], sample_weight=[e[3] for e in examples])
    of = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= NOTHING}
    return Weights(of, round(float(model.intercept_[0]), 3), threshold)


def _is_material(event_type: str) -> bool:
    return not event_types()[event_type].is_verbal


def _is_scored(event_type: str) -> bool:
    return _is_material(event_type) and event_type != "other"


_ABOUT = {
    MENTION_FILE: "How much a trigger's features (coding/event_mention_features.py) say that it reports an event.",
    PAIR_FILE: "How much the features of two mentions (coding/event_pair_features.py) say that they are one event.",
    EVENT_FILE: "How much the features of a group of mentions (coding/event_choice.py) say that it is an event.",
}
_HEADER = """\
# {about}
# Log-odds, learned by training/event_model.py on articles coded by hand; training/event_model.md is the model card.
# Licence: Apache-2.0. Version: 1
feature,weight
"""


def written(model: EventModel) -> None:
    """Write the tables into the package."""
    for name, weights in zip(
        (MENTION_FILE, PAIR_FILE, EVENT_FILE), (model.mention, model.pair, model.event), strict=True
    ):
        rows = [(BIAS, weights.bias), (THRESHOLD, weights.threshold), *sorted(weights.of.items())]
        text = _HEADER.format(about=_ABOUT[name]) + csv_lines((feature, f"{weight:g}") for feature, weight in rows)
        (DATA / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
