"""Learn the weights of ``event_place_weights.csv``: which of the places a text names an event happened at.

    python training/event_places.py TRAIN.jsonl --apart DEV.jsonl --gold GOLD.jsonl --scorer SCORE.py [--unseen OUT]

TRAIN holds a sentence a line: {"text", "event": [{"start"...}], "places": [{"start", "end"...}]}; a text that DEV holds
too is left out. GOLD holds articles with coded events, of which SCORE knows the spans (``from_gold``) and which places
are right (``same_place``). With --unseen every article of GOLD is also coded by weights that were learned without it
and without any article that shares text with it, and written to OUT for SCORE; the share of places right given the
event is printed, and for TRAIN the token F1, both out of fold.

The model: the chance of an answer goes with the exponential of its weighted features, among all answers for one event;
learned is the chance of the right answers together (several mentions may name the right place), with a quadratic
penalty. Beside Sayso it needs scipy. The same input gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from weight_rows import csv_lines

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from event_fields import VERBAL, trigger_at
from event_place import token_f1, words_at

import sayso
from sayso.coding import event_places
from sayso.coding.coder import Coder
from sayso.coding.event_places import options, place_of
from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.places import tag_places
from sayso.coding.triggers import Trigger
from sayso.contract import document_record
from sayso.model import Document, Place, Segment, Span
from sayso.vocabulary.gazetteer import Gazetteer

#: A feature of fewer events is left out; the penalty; the weight of an event's further mentions. Chosen out of fold
#: among penalties 1, 2, 4 and least counts 5, 8 (place right of GOLD .739 to .754, token F1 of TRAIN .751 to .757).
_LEAST, _PENALTY, _FURTHER, _STEPS = 5, 2.0, 0.3, 150
#: Weights nearer to nothing than this are not kept.
_SMALL = 0.02
_FOLDS = 5
_OUT = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data" / "event_place_weights.csv"
_HEADER = """\
# How much each feature of an answer speaks for it being where an event happened: names are those of
# coding/event_place_features.py (route: how the parse leads from the event's word to the place) and
# coding/event_place_story.py. Learned by training/event_places.py on an MIT-licensed corpus of sentences with an event
# and its place and on coded articles of our own. Licence: Apache-2.0. Version: 2
feature,weight
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One event: the features of every answer, and whether it is right; ``fold`` is the part it is left out with."""

    answers: tuple[dict[str, float], ...]
    right: tuple[bool, ...]
    weight: float
    fold: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An event whose place is known, with what is needed to ask for it again."""

    trigger: Trigger
    places: Sequence[Place]
    parsed: ParsedDocument
    case: Case
    judge: Any


def sentences(path: Path, apart: Path, gazetteer: Gazetteer, parser: Parser) -> Iterator[Asked]:
    """The events of TRAIN; right are the answers that share most words with a place of the line."""
    left_out = {row["text"].strip() for row in _rows(apart)}
    for number, row in enumerate(_rows(path)):
        text = row["text"]
        if text.strip() in left_out or not row["event"] or not text.strip():
            continue
        parsed = parser.parse(Document(str(number), "-", text, (Segment(0, len(text), "body"),)))
        start, end = row["event"][0]["start"], row["event"][0]["end"]
        trigger = trigger_at(parsed, start, end, "")
        if trigger is None:
            continue
        places = tag_places(parsed, gazetteer)
        found = options(trigger, places, parsed)
        wanted = [words_at(text, Span(p["start"], p["end"])) for p in row["places"]]
        shared = [max((_alike(words_at(text, p.span), w) for w in wanted), default=0.0) if p else 0.0 for p, _ in found]
        right = [one > 0.4 and one == max(shared) for one in shared]
        if not any(right):
            right[0] = True
        fold = zlib.crc32(text.strip().encode()) % _FOLDS
        case = Case(tuple(features for _, features in found), tuple(right), 1.0, fold)
        yield Asked(trigger, places, parsed, case, {i for words in wanted for i in words})


def articles(gold: Path, score: Any, gazetteer: Gazetteer, parser: Parser, folds: Mapping[str, int]) -> Iterator[Asked]:
    """The mentions of the material events of GOLD."""
    coded = {row["id"]: row for row in _rows(gold)}
    for reading in sayso.read(gold):
        document = reading.document
        parsed = parser.parse(document)
        places = tag_places(parsed, gazetteer)
        for event in score.from_gold(coded[document.id]):
            if event["type"] in VERBAL:
                continue
            for order, (start, end) in enumerate(event["spans"]):
                trigger = trigger_at(parsed, start, end, event["type"])
                if trigger is None:
                    continue

                def judge(place: Place | None, event: Any = event, text: str = document.text) -> bool:
                    return bool(score.same_place(event, _as_scored(place, text)))

                found = options(trigger, places, parsed)
                case = Case(
                    tuple(features for _, features in found),
                    tuple(judge(place) for place, _ in found),
                    _FURTHER if order else 1.0,
                    folds[document.id],
                )
                yield Asked(trigger, places, parsed, case, judge)


def _as_scored(place: Place | None, text: str) -> dict[str, Any]:
    if place is None:
        return {"place": "", "kind": None, "admin1": ""}
    return {"place": f"{place.span.of(text)} {place.name}", "kind": place.precision, "admin1": place.admin1 or ""}


def learn(cases: Iterable[Case]) -> dict[str, float]:
    """Weights by feature name."""
    known = [case for case in cases if any(case.right)]
    counts = Counter(name for case in known for name in {name for answer in case.answers for name in answer})
    column = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= _LEAST))}
    rows, columns, values, owner, right = [], [], [], [], []
    for number, case in enumerate(known):
        for answer, verdict in zip(case.answers, case.right, strict=True):
            for name, value in answer.items():
                if name in column:
                    rows.append(len(owner))
                    columns.append(column[name])
                    values.append(value)
            owner.append(number)
            right.append(verdict)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(owner), len(column)))
    turned, of, is_right = matrix.T.tocsr(), np.array(owner), np.array(right)
    weight = np.array([case.weight for case in known])

    def shares(scores: Any) -> tuple[Any, Any]:
        highest = np.full(len(known), -1e9)
        np.maximum.at(highest, of, scores)
        grown = np.exp(scores - highest[of])
        sums = np.bincount(of, grown, len(known))
        return grown / sums[of], np.log(sums) + highest

    def cost(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        chance, whole = shares(scores)
        chance_right, part = shares(np.where(is_right, scores, -1e9))
        loss = float((weight * (whole - part)).sum() + _PENALTY / 2 * (weights @ weights))
        return loss, turned @ (weight[of] * (chance - chance_right)) + _PENALTY * weights

    found = minimize(cost, np.zeros(len(column)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return {name: float(w) for name, i in column.items() if abs(w := round(float(found.x[i]), 3)) >= _SMALL}


def families(gold: Path) -> dict[str, int]:
    """A fold for each article, the same for all that share more than a seventh of their runs of eight words."""
    runs = {}
    for row in _rows(gold):
        words = row["text"].split()
        runs[row["id"]] = {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
    head = {id: id for id in runs}
    seen: list[str] = []
    for id, mine in runs.items():
        for other in seen:
            if 7 * len(mine & runs[other]) > min(len(mine), len(runs[other])):
                mine_head, old = head[other], head[id]
                head = {key: mine_head if value == old else value for key, value in head.items()}
        seen.append(id)
    return {id: zlib.crc32(head[id].encode()) % _FOLDS for id in runs}


def unseen(train: Sequence[Asked], gold: Sequence[Asked], path: Path, folds: Mapping[str, int], out: Path) -> None:
    """Measure every event with weights learned without its fold; code every article so."""
    right, asked, answers = 0, 0, []
    coded: dict[str, str] = {}
    coder = Coder()
    documents = [reading.document for reading in sayso.read(path)]
    for fold in range(_FOLDS):
        weights = learn([one.case for one in (*train, *gold) if one.case.fold != fold])
        event_places.event_place_weights = lambda weights=weights: weights  # type: ignore[attr-defined]
        for one in (*train, *gold):
            # What a document's story weighs is kept with its parse: not beyond a change of weights.
            one.parsed.sections[0].doc.user_data.clear()
        for one in (one for one in gold if one.case.fold == fold and one.case.weight == 1.0):
            right += one.judge(place_of(one.trigger, one.places, one.parsed))
            asked += 1
        for one in (one for one in train if one.case.fold == fold):
            place = place_of(one.trigger, one.places, one.parsed)
            answers.append((words_at(one.parsed.text, place.span) if place else set(), one.judge))
        for document in documents:
            if folds[document.id] == fold:
                coded[document.id] = json.dumps(document_record(coder(document)))
    out.write_text("".join(f"{coded[document.id]}\n" for document in documents), encoding="utf-8")
    print(json.dumps({"place right, given the event": round(right / asked, 3), "events": asked, **token_f1(answers)}))


def _alike(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / max(1, len(a) + len(b))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("train", type=Path)
    arguments.add_argument("--apart", type=Path, required=True)
    arguments.add_argument("--gold", type=Path, required=True)
    arguments.add_argument("--scorer", type=Path, required=True)
    arguments.add_argument("--unseen", type=Path)
    given = arguments.parse_args()
    sys.path.insert(0, str(given.scorer.parent))
    import score  # type: ignore[import-not-found]

    gazetteer, parser, folds = Gazetteer.open(), Parser(), families(given.gold)
    train = list(sentences(given.train, given.apart, gazetteer, parser))
    gold = list(articles(given.gold, score, gazetteer, parser, folds))
    weights = learn([one.case for one in (*train, *gold)])
    _OUT.write_text(_HEADER + csv_lines((name, f"{weight:.3f}") for name, weight in sorted(weights.items())), "utf-8")
    print(json.dumps({"train": len(train), "gold": len(gold), "weights": len(weights)}), flush=True)
    if given.unseen:
        unseen(train, gold, given.gold, folds, given.unseen)


if __name__ == "__main__":
    main()
