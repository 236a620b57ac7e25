"""How well the place of an event is found, on sentences with an event word and the words that name its place.

    python bench/event_place.py DEV.jsonl

A line holds {"text", "event": [{"start", "end"}], "places": [{"start", "end"}]}. Figure: token F1 over all lines (words
of the predicted place against words of the gold places, articles and punctuation left out); lines without a place count
against a prediction. Baselines: the place nearest to the event word in its sentence; and the first place of the text.
``with a place``: over the lines alone that have one, which is what is left of the error when annotators' silence is
taken out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso.coding.event_places import place_of
from sayso.coding.parse import Parser
from sayso.coding.places import tag_places
from sayso.coding.triggers import Trigger
from sayso.model import Document, Place, Segment, Span
from sayso.vocabulary.gazetteer import Gazetteer

#: The corpus has no event types, and a sentence by itself asks for none.
_TYPE = ""

#: Words of an answer, words of the truth: each by where it starts.
Answer = tuple[set[int], set[int]]


def main(path: str) -> None:
    gazetteer, parser = Gazetteer.open(), Parser()
    ours: list[Answer] = []
    nearest: list[Answer] = []
    first: list[Answer] = []
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        text = row["text"]
        gold = {i for p in row["places"] for i in words_at(text, Span(p["start"], p["end"]))}
        if not row["event"] or not text.strip():
            continue
        parsed = parser.parse(Document(row["id"], "-", text, (Segment(0, len(text), "body"),)))
        places = tag_places(parsed, gazetteer)
        start, end = row["event"][0]["start"], row["event"][0]["end"]
        found, here = None, []
        for sentence in parsed.sentences:
            if sentence.span.start <= start < sentence.span.end:
                offset = sentence.section.offset
                words = sentence.section.doc.char_span(start - offset, end - offset)
                if words is not None:
                    found = place_of(Trigger(words.root, Span(start, end), sentence, _TYPE), places, parsed)
                here = [p for p in places if sentence.span.contains(p.span)]
        for answers, place in (
            (ours, found),
            (nearest, min(here, key=lambda p: abs(p.span.start - start), default=None)),
            (first, places[0] if places else None),
        ):
            answers.append((_words_of(text, place), gold))
    figures = {"event_place": token_f1(ours), "nearest place": token_f1(nearest), "first place": token_f1(first)}
    print(json.dumps({**figures, "with a place": token_f1([one for one in ours if one[1]])}))


def token_f1(answers: Sequence[Answer]) -> dict[str, Any]:
    """Precision, recall and F1 over the words of all answers together."""
    predicted, gold, both = (sum(map(len, some)) for some in zip(*((a, b, a & b) for a, b in answers), strict=True))
    return {
        "f1": round(2 * both / max(1, predicted + gold), 3),
        "precision": round(both / max(1, predicted), 3),
        "recall": round(both / max(1, gold), 3),
        "lines": len(answers),
    }


def words_at(text: str, span: Span) -> set[int]:
    """Where the words inside ``span`` start, articles left out."""
    return {
        span.start + m.start() for m in re.finditer(r"\w+", span.of(text)) if m[0].lower() not in ("the", "al", "el")
    }


def _words_of(text: str, place: Place | None) -> set[int]:
    return words_at(text, place.span) if place else set()


if __name__ == "__main__":
    main(sys.argv[1])
