"""Time expressions against corpora annotated with TIMEX3.

    python bench/times.py wikiwars_train.jsonl timebank.jsonl [-v]

A line of a corpus is {"id", "published", "text", "times": [{"start", "end", "type", "value"}]}. Figures are those of
TempEval-3: strict F1 (same extent), relaxed F1 (overlapping extents, one to one), value accuracy (among the relaxed
matches) and value F1 = relaxed F1 x value accuracy. One setting for all corpora: the text decides its mode.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sayso.coding.parse import Parser
from sayso.coding.times import tag_times
from sayso.model import Document, Segment, TimeExpression, Written


def document_of(row: dict[str, Any]) -> Document:
    """The corpus line as a document whose whole text is body."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    written = Written(day, day, day, "given", ()) if day else None
    return Document(row["id"], row["id"], row["text"], (Segment(0, len(row["text"]), "body"),), written=written)


def score(gold: Sequence[dict[str, Any]], found: Sequence[TimeExpression], text: str, verbose: bool) -> Counter[str]:
    """Counts of one text: gold, found, strict, relaxed, value."""
    counts = Counter(gold=len(gold), found=len(found))
    free = list(found)
    for row in gold:
        start, end = row["start"], row["end"]
        near = [t for t in free if t.span.start < end and start < t.span.end]
        if not near:
            if verbose:
                print(f"MISS  {text[start:end]!r} {row['value']}   …{text[max(0, start - 40) : end + 40]!r}")
            continue
        best = min(near, key=lambda t: abs(t.span.start - start) + abs(t.span.end - end))
        free.remove(best)
        counts["relaxed"] += 1
        counts["strict"] += (best.span.start, best.span.end) == (start, end)
        counts["value"] += best.value == row["value"]
        if verbose and best.value != row["value"]:
            print(
                f"VALUE {text[start:end]!r} gold {row['value']} found {best.span.of(text)!r} {best.value}"
                f"   …{text[max(0, start - 40) : end + 40]!r}"
            )
        elif verbose and (best.span.start, best.span.end) != (start, end):
            print(f"SPAN  {text[start:end]!r} found {best.span.of(text)!r} {best.value}")
    if verbose:
        for extra in free:
            start, end = extra.span.start, extra.span.end
            print(f"EXTRA {text[start:end]!r} {extra.value}   …{text[max(0, start - 40) : end + 40]!r}")
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """TempEval-3 figures, in percent."""
    both = counts["gold"] + counts["found"]
    relaxed = 200 * counts["relaxed"] / both if both else 0.0
    accuracy = counts["value"] / counts["relaxed"] if counts["relaxed"] else 0.0
    return {
        "strict_f1": round(200 * counts["strict"] / both if both else 0.0, 2),
        "relaxed_f1": round(relaxed, 2),
        "value_accuracy": round(100 * accuracy, 2),
        "value_f1": round(relaxed * accuracy, 2),
        "gold": counts["gold"],
        "found": counts["found"],
    }


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", nargs="+", type=Path)
    arguments.add_argument("-v", "--verbose", action="store_true", help="print every disagreement")
    options = arguments.parse_args()
    parser = Parser()
    result: dict[str, Any] = {}
    for path in options.corpus:
        total: Counter[str] = Counter()
        sentences = 0
        parsing = tagging = 0.0
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            before = time.perf_counter()
            parsed = parser.parse(document_of(row))
            between = time.perf_counter()
            found = tag_times(parsed)
            parsing += between - before
            tagging += time.perf_counter() - between
            sentences += len(parsed.sentences)
            total += score(row["times"], found, row["text"], options.verbose)
        result[path.stem] = figures(total) | {
            "sentences": sentences,
            "tagging_seconds_per_1000_sentences": round(1000 * tagging / sentences, 3),
            "parsing_seconds_per_1000_sentences": round(1000 * parsing / sentences, 3),
        }
        print(path.stem, result[path.stem])
    print(json.dumps(result))


if __name__ == "__main__":
    main()
