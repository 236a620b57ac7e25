"""Rows that are wrong against a gold coding: how many of which kind, and some drawn by lot to be read.

    python bench/wrong_rows.py GOLD.jsonl SCORE.py CODED.jsonl [--draw 200] [--seed 20261122]

SCORE says which coded event is which of GOLD; a row is wrong that is missed, false, of the wrong type, or at the wrong
place or time. The kinds are those that a program can tell: why a row is wrong is for a reader of the words to say, and
docs/design/events.md tells what readers found.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Event = dict[str, Any]
"""An event as SCORE has it: type, spans, sentence (both in characters), place, dates."""


@dataclass(frozen=True)
class Wrong:
    """A wrong row: what the analyst has, what the coder has, and all that it was matched among."""

    article: Event
    kind: str
    gold: Event | None
    coded: Event | None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("scorer", type=Path)
    arguments.add_argument("coded", type=Path)
    arguments.add_argument("--draw", type=int, default=0)
    arguments.add_argument("--seed", type=int, default=20261122)
    options = arguments.parse_args()
    sys.path.insert(0, str(options.scorer.parent))
    import score  # type: ignore[import-not-found]

    coded = {row["id"]: row for row in _lines(options.coded)}
    wrong = [row for article in _lines(options.gold) for row in wrong_rows(article, coded[article["id"]], score)]
    for row in random.Random(options.seed).sample(wrong, min(options.draw, len(wrong))):
        print(_told(row), end="\n\n")
    kinds = dict(sorted(Counter(row.kind for row in wrong).items()))
    for kind, count in kinds.items():
        print(f"{count:4} {kind}")
    print(json.dumps({"wrong": len(wrong), "kinds": kinds}))


def _lines(path: Path) -> list[Event]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def wrong_rows(article: Event, document: Event, score: Any) -> Iterator[Wrong]:
    """The wrong rows of one article."""
    unscored = score.VERBAL | {"other"}
    gold = [event for event in score.from_gold(article) if event["type"] not in unscored]
    coded = [event for event in score.from_coded(document) if event["type"] not in unscored]
    pairs = score.pairs(gold, coded)
    found, used = [id(event) for event, _ in pairs], [id(event) for _, event in pairs]
    yield from (
        Wrong(article, f"missed: {_why(event, coded)}", event, None) for event in gold if id(event) not in found
    )
    yield from (Wrong(article, f"false: {_why(event, gold)}", None, event) for event in coded if id(event) not in used)
    for event, other in pairs:
        if event["type"] != other["type"]:
            yield Wrong(article, "wrong type", event, other)
            continue
        place, time = score.same_place(event, other), score.same_time(event, other)
        if not (place and time):
            yield Wrong(article, f"wrong {'time' if place else 'place' if time else 'place and time'}", event, other)


def _why(event: Event, others: list[Event]) -> str:
    """What stands where ``event`` stands and has no partner, among the events of the other side."""
    over = [other for other in others if _meet(event["spans"], other["spans"])]
    if over:
        own = any(other["type"] == event["type"] for other in over)
        return f"its words are of another event, of {'its own' if own else 'another'} type"
    beside = [other for other in others if _meet([event["sentence"]], [other["sentence"], *other["spans"]])]
    if not beside:
        return "nothing in its sentence"
    own = any(other["type"] == event["type"] for other in beside)
    return f"other words of its sentence are of an event, of {'its own' if own else 'another'} type"


def _meet(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for start, end in some for other_start, other_end in others)


def _told(row: Wrong) -> str:
    """The row with its sentence, for a reader."""
    event = row.gold or row.coded or {}
    start, end = event["sentence"]
    text = row.article["text"]
    sides = ((name, of) for name, of in (("gold", row.gold), ("coded", row.coded)) if of)
    told = (
        f"  {name}: {of['type']} {[text[a:b] for a, b in of['spans']]} {of['place'] or of['admin1'] or '-'}"
        f" {of['date_start'] or '-'}/{of['date_end'] or '-'}"
        for name, of in sides
    )
    return "\n".join([f"{row.article['id']}: {row.kind}", f"  {text[start:end].strip()}", *told])


if __name__ == "__main__":
    main()
