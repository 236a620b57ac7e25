"""Status, counts and who says so, given the event. ``python bench/event_fields.py GOLD.jsonl SCORE.py [-v]``

On the gold articles' material events. The trigger is the head of the analyst's main mention (further mentions only for
counts, and for the claim where the main one has none), so that the figures are of these fields and not of finding
events. Agreement is that of ``gold/score.py``: status equal; least and greatest number equal; a word in common with
the cited source. ``false`` counts events for which the analyst left the field empty and Sayso fills it.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from sayso.coding.attribution import claimed_by, tag_attributions
from sayso.coding.counts import COUNTED, counts_of, merged, tag_casualties
from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.sources import words_at
from sayso.coding.status import status_of
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment, Span

VERBAL = {"accusation", "denial", "threat", "demand", "support", "other"}
#: Verbs an analyst's mention may begin with, though the event is the word under them ("accused rebels of using").
GOVERNING = frozenset(
    [
        "be",
        "have",
        "put",
        "place",
        "announce",
        "accuse",
        "allege",
        "aim",
        "consider",
        "try",
        "seek",
        "continue",
        "claim",
        "call",
        "begin",
        "plan",
        "prevent",
        "fail",
        "agree",
        "attempt",
        "carry",
        "launch",
        "conduct",
        "press",
        "decide",
        "intend",
        "set",
        "work",
        "suspect",
        "blame",
        "report",
        "stop",
        "cancel",
        "start",
        "help",
        "offer",
        "approve",
        "ask",
        "want",
        "threaten",
        "vow",
    ]
)


def main(gold: Path, scorer: Path, verbose: bool) -> None:
    """Print the figures as JSON."""
    sys.path.insert(0, str(scorer.parent))
    import score  # type: ignore[import-not-found]

    parser, n, confused, spent = Parser(), Counter[str](), Counter[str](), 0.0
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        parsed = parser.parse(Document(row["id"], "cap", text, (Segment(0, len(text), "body"),)))
        events = [event for event in score.from_gold(row) if event["type"] not in VERBAL]
        triggers = [[t for a, b in e["spans"] if (t := trigger_at(parsed, a, b, e["type"]))] for e in events]
        n["articles"] += 1
        begun = time.process_time()
        attributions, casualties = tag_attributions(parsed), tag_casualties(parsed)
        spent += time.process_time() - begun
        for event, mentions in zip(events, triggers, strict=True):
            if not mentions:
                continue
            begun = time.process_time()
            status = status_of(mentions[0], attributions, parsed)
            claims = [claimed_by(t, attributions, parsed) for t in mentions]
            # As the coder shares numbers out: against the other events that take lives.
            others = [t for of, ts in zip(events, triggers, strict=True) if of is not event for t in ts]
            others = [t for t in others if t.type in COUNTED]
            counts = [counts_of(t, parsed, casualties, others) for t in mentions if t.type in COUNTED]
            spent += time.process_time() - begun
            n["events"] += 1
            n["status"] += status == event["status"]
            if status != event["status"]:
                confused[f"{event['status']} read as {status}"] += 1
            for name, claim in (("claim", next((c for c in claims if c), ())), ("claim, main mention", claims[0])):
                _claim(n, name, event, score.words(" ".join(s.of(text) for s in claim)), score)
            for index, kind in enumerate(("killed", "injured")):
                count = merged([c for pair in counts if (c := pair[index])])
                told = event[f"{kind}_min"], event[f"{kind}_max"]
                _count(n, kind, told, (count.minimum, count.maximum) if count else (None, None))
    figures: dict[str, Any] = {"status": round(n["status"] / n["events"], 3)}
    for name in ("killed", "injured", "claim", "claim, main mention"):
        figures[name] = {
            "right": round(n[name] / n[f"{name} gold"], 3),
            "false": f"{n[f'{name} false']} of {n['events'] - n[f'{name} gold']}",
        }
    figures["milliseconds an article, parse not counted"] = round(1000 * spent / n["articles"], 2)
    if verbose:
        figures["confused"] = dict(confused.most_common())
    print(json.dumps(figures))


def _claim(n: Counter[str], name: str, event: dict[str, Any], found: set[str], score: Any) -> None:
    if event["claimed_by"]:
        n[f"{name} gold"] += 1
        n[name] += bool(found & score.words(event["claimed_by"]))
    else:
        n[f"{name} false"] += bool(found)


def _count(n: Counter[str], name: str, gold: tuple[int | None, int | None], found: tuple[int | None, ...]) -> None:
    if gold != (None, None):
        n[f"{name} gold"] += 1
        n[name] += gold == found
    else:
        n[f"{name} false"] += found != (None, None)


def trigger_at(parsed: ParsedDocument, start: int, end: int, kind: str) -> Trigger | None:
    """The trigger an analyst meant by the words from ``start`` to ``end``."""
    span = Span(start, end)
    for section in parsed.sections:
        words = words_at(section, span)
        if words is None:
            continue
        token = words.root
        for _ in range(3):
            if token.lemma_ not in GOVERNING:
                break
            below = [c for c in token.children if c.dep_ in ("xcomp", "dobj", "ccomp", "pcomp", "acl")]
            below += [g for c in token.children if c.dep_ == "prep" for g in c.children if g.dep_ in ("pobj", "pcomp")]
            token = next((t for t in below if t in words and t.pos_ in ("NOUN", "VERB")), token)
        here = section.span(token)
        for sentence in parsed.sentences:
            if sentence.section is section and sentence.span.contains(here):
                return Trigger(token, span, sentence, kind)
    return None


if __name__ == "__main__":
    given = [Path(a) for a in sys.argv[1:] if a != "-v"]
    if len(given) != 2:
        sys.exit("usage: python bench/event_fields.py GOLD.jsonl SCORE.py [-v]")
    main(given[0], given[1], "-v" in sys.argv)
