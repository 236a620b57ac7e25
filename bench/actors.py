"""How much of what analysts named as actor or target Sayso finds: ``python bench/actors.py GOLD.jsonl RE3D.jsonl [-v]``

Two figures on the gold articles, each for actors and for targets of material events, over the names the text holds:

  tagged     an actor of ``tag_actors`` overlaps a word of the name where it stands nearest the event's trigger
  phrase     ``actors_of_phrase`` reads a phrase there when asked: the ceiling of the role finder

and on re3d (development part) the share of organisations, people, military and government terms and nationalities
that an actor overlaps.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.coding.actors import actors_of_phrase, document_context, tag_actors
from sayso.coding.parse import ParsedDocument, Parser
from sayso.model import Document, Segment, Span
from sayso.vocabulary.actors import ActorRegistry

VERBAL = {"accusation", "denial", "threat", "demand", "support", "other"}
ENTITIES = {"Organisation", "Person", "MilitaryPlatform", "Nationality"}


def main(gold: Path, entities: Path, verbose: bool) -> None:
    """Print the figures as JSON."""
    registry, parser = ActorRegistry.load(), Parser()
    counts: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    spent = 0.0
    for row in _rows(gold):
        parsed = parser.parse(_document(row["id"], row["text"]))
        begun = time.perf_counter()
        actors = tag_actors(parsed, registry)
        spent += time.perf_counter() - begun
        counts["articles"] += 1
        tagged = [actor.span for actor in actors]
        known = [actor.span for actor in actors if actor.actor_id]
        phrases = _phrases(parsed, registry)
        for role, name, span in _gold(row):
            counts[role] += 1
            counts[f"{role} tagged"] += any(span.overlaps(other) for other in tagged)
            counts[f"{role} known"] += any(span.overlaps(other) for other in known)
            if any(span.overlaps(other) for other in phrases):
                counts[f"{role} phrase"] += 1
            else:
                missed[f"{role}: {name}"] += 1
    for row in _rows(entities):
        parsed = parser.parse(_document(row["id"], row["text"]))
        tagged = [actor.span for actor in tag_actors(parsed, registry)]
        for entity in row["entities"]:
            if entity["type"] in ENTITIES:
                counts[f"re3d {entity['type']}"] += 1
                span = Span(entity["start"], entity["end"])
                counts[f"re3d {entity['type']} tagged"] += any(span.overlaps(other) for other in tagged)
    figures = {
        key: round(value / counts[key.rsplit(" ", 1)[0]], 3)
        for key, value in sorted(counts.items())
        if key.rsplit(" ", 1)[-1] in ("tagged", "known", "phrase")
    }
    figures["milliseconds an article"] = round(1000 * spent / counts["articles"], 2)
    print(json.dumps(figures))
    if verbose:
        for name, times in missed.most_common(80):
            print(times, name)


def _phrases(parsed: ParsedDocument, registry: ActorRegistry) -> list[Span]:
    context = document_context(parsed, registry)
    return [
        actor.span
        for section in parsed.sections
        for token in section.doc
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
        for actor in actors_of_phrase(token, section, registry, context)
    ]


def _gold(row: dict[str, Any]) -> Iterator[tuple[str, str, Span]]:
    text = row["text"]
    for event in row["events"]:
        if event["type"] in VERBAL:
            continue
        trigger = max(0, text.find(event["mentions"][0]))
        for role in ("actor", "target"):
            for name in event[role]:
                places = _places(text, name)
                if places:
                    start = min(places, key=lambda at: abs(at - trigger))
                    yield role, name, Span(start, start + len(name))


def _places(text: str, name: str) -> list[int]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(at)
        at = text.find(name, at + 1)
    return found


def _document(document_id: str, text: str) -> Document:
    return Document(document_id, "bench", text, (Segment(0, len(text), "body"),))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    paths = [Path(a) for a in sys.argv[1:] if not a.startswith("-")]
    if len(paths) != 2:
        sys.exit("usage: python bench/actors.py GOLD.jsonl RE3D.jsonl [-v]")
    main(paths[0], paths[1], "-v" in sys.argv)
