"""How exactly are sources, cues and contents found? ``python bench/attribution.py POLNEAR.jsonl``

PolNeAR development part: F1 over spans that agree to the character, for sources, cues and contents each by
themselves (a source in two pieces counts as one item). PolNeAR marks no source inside what another says, so ours are
taken without those (``outermost``). ``baseline`` is spaCy's parse with the verb "say" alone: its
subject and its clausal complement. PolNeAR is for evaluation only.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.coding.attribution import outermost, tag_attributions
from sayso.coding.parse import ParsedDocument, Parser
from sayso.model import Attribution, Document, Segment, Span

FIELDS = ("source", "cue", "content")
Item = tuple[tuple[int, int], ...]


def main(corpus: Path) -> None:
    """Print the figures as JSON."""
    parser = Parser()
    counts: Counter[tuple[str, str, str]] = Counter()
    spent, articles = 0.0, 0
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            parsed = parser.parse(Document(row["id"], "cap", text, (Segment(0, len(text), "body"),)))
            begun = time.process_time()
            found = outermost(tag_attributions(parsed))
            spent += time.process_time() - begun
            articles += 1
            for field in FIELDS:
                gold = Counter(
                    tuple(sorted((a, b) for a, b in item[field])) for item in row["attributions"] if item[field]
                )
                _add(counts, "sayso", field, gold, _items(found, field))
                _add(counts, "baseline", field, gold, _items(tuple(_said(parsed)), field))
    result: dict[str, Any] = {
        coder: {field: _scores(counts, coder, field) for field in FIELDS} for coder in ("sayso", "baseline")
    }
    result["milliseconds an article, parse not counted"] = round(1000 * spent / articles, 2)
    print(json.dumps(result))


def _items(found: Sequence[Attribution], field: str) -> Counter[Item]:
    return Counter(tuple(sorted((s.start, s.end) for s in getattr(a, field))) for a in found if getattr(a, field))


def _add(
    counts: Counter[tuple[str, str, str]], coder: str, field: str, gold: Counter[Item], found: Counter[Item]
) -> None:
    counts[coder, field, "hit"] += sum((gold & found).values())
    counts[coder, field, "gold"] += sum(gold.values())
    counts[coder, field, "found"] += sum(found.values())


def _scores(counts: Counter[tuple[str, str, str]], coder: str, field: str) -> dict[str, float]:
    hit, gold, found = (counts[coder, field, name] for name in ("hit", "gold", "found"))
    return {
        "precision": round(hit / max(1, found), 3),
        "recall": round(hit / max(1, gold), 3),
        "f1": round(2 * hit / max(1, gold + found), 3),
    }


def _said(parsed: ParsedDocument) -> Iterator[Attribution]:
    """The baseline."""
    for section in parsed.sections:
        for verb in section.doc:
            if verb.lemma_ != "say" or verb.pos_ != "VERB":
                continue
            subjects = [c for c in verb.children if c.dep_ == "nsubj"]
            clauses = [c for c in verb.children if c.dep_ == "ccomp"]
            if subjects and clauses:
                source, content = (
                    Span(section.offset + c.left_edge.idx, section.offset + c.right_edge.idx + len(c.right_edge.text))
                    for c in (subjects[0], clauses[0])
                )
                yield Attribution((source,), (section.span(verb),), (content,), "indirect")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/attribution.py POLNEAR.jsonl")
    main(Path(sys.argv[1]))
