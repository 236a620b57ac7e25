"""How well the place of an event is found, on sentences with an event word and the words that name its place.

    python bench/event_place.py DEV.jsonl

A line holds {"text", "event": [{"start", "end"}], "places": [{"start", "end"}]}. Figure: token F1 over all lines (words
of the predicted place against words of the gold places, articles and punctuation left out); lines without a place count
against a prediction. Baseline: the place nearest to the event word in its sentence.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from sayso.coding.event_places import place_of
from sayso.coding.parse import Parser
from sayso.coding.places import tag_places
from sayso.coding.triggers import Trigger
from sayso.model import Document, Place, Segment, Span
from sayso.vocabulary.gazetteer import Gazetteer

#: The corpus has no event types; this one has no rule of its own.
_TYPE = "killing"


def main(path: str) -> None:
    gazetteer, parser = Gazetteer.open(), Parser()
    ours, nearest = _Tokens(), _Tokens()
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        text, gold = row["text"], [Span(p["start"], p["end"]) for p in row["places"]]
        if not row["event"] or not text.strip():
            continue
        parsed = parser.parse(Document(row["id"], "-", text, (Segment(0, len(text), "body"),)))
        places = tag_places(parsed, gazetteer)
        start, end = row["event"][0]["start"], row["event"][0]["end"]
        for sentence in parsed.sentences:
            if sentence.span.start <= start < sentence.span.end:
                offset = sentence.section.offset
                token = sentence.section.doc.char_span(start - offset, end - offset, alignment_mode="expand").root
                place = place_of(Trigger(token, Span(start, end), sentence, _TYPE), places, parsed)
                ours.add(text, gold, place)
                here = [p for p in places if sentence.span.contains(p.span)]
                nearest.add(text, gold, min(here, key=lambda p: abs(p.span.start - start), default=None))
                break
        else:
            ours.add(text, gold, None)
            nearest.add(text, gold, None)
    print(json.dumps({"event_place": ours.figures(), "baseline": nearest.figures()}))


class _Tokens:
    """Counts of words: predicted, gold, and both."""

    def __init__(self) -> None:
        self.predicted = self.gold = self.both = self.lines = 0

    def add(self, text: str, gold: list[Span], place: Place | None) -> None:
        wanted = {i for span in gold for i in _words(text, span)}
        found = _words(text, place.span) if place else set()
        self.predicted += len(found)
        self.gold += len(wanted)
        self.both += len(found & wanted)
        self.lines += 1

    def figures(self) -> dict[str, Any]:
        return {
            "f1": round(2 * self.both / max(1, self.predicted + self.gold), 3),
            "precision": round(self.both / max(1, self.predicted), 3),
            "recall": round(self.both / max(1, self.gold), 3),
            "lines": self.lines,
        }


def _words(text: str, span: Span) -> set[int]:
    """Where the words inside ``span`` start."""
    return {
        span.start + m.start() for m in re.finditer(r"\w+", span.of(text)) if m[0].lower() not in ("the", "al", "el")
    }


if __name__ == "__main__":
    main(sys.argv[1])
