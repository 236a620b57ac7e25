"""Dating texts by their own words against the days they were written.

    python bench/dating.py dev.jsonl [--every N] [--by-source]

A line is {"source", "id", "date", "text"}; the date is taken away before reading. Shares are of all texts read: year
right and day right of the best guess, and of the baseline (the latest date told). Intervals: share that hold the day,
of those given, with their median width in days; "sure" are the texts for which one day is given, "sure right" how many
of them are. The tables of gaps are cross-validated: learned from four fifths and used on the fifth or, with
--by-source, learned from all sources but the one they are used on. --every N reads each Nth text only. The last line
is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from written import Example, examples, learn

from sayso.coding.parse import Parser
from sayso.coding.written import guess, interval, likelihoods, sure_day
from sayso.coding.written_clues import Clue

_FOLDS = 5


def latest_told(clues: Sequence[Clue]) -> date | None:
    """The baseline: the last day of the latest period told with its year."""
    return max((clue.last for clue in clues if clue.kind.startswith("told") and clue.last), default=None)


def figures(texts: Sequence[Example], folds: Sequence[object]) -> dict[str, float | int | None]:
    """The figures over ``texts``, each read with tables learned from the other folds."""
    counts: Counter[str] = Counter()
    widths: list[int] = []
    for fold in dict.fromkeys(folds):
        tables = learn(text for text, other in zip(texts, folds, strict=True) if other != fold)
        for (_, day, clues), own in zip(texts, folds, strict=True):
            if own != fold:
                continue
            told = latest_told(clues)
            counts["baseline year"] += told is not None and told.year == day.year
            counts["baseline day"] += told == day
            parts = likelihoods(clues, tables)
            if not parts:
                continue
            best = guess(parts)
            earliest, latest = interval(parts)
            sure = sure_day(parts)
            counts["intervals"] += 1
            counts["year"] += best.year == day.year
            counts["day"] += best == day
            counts["held"] += earliest <= day <= latest
            counts["sure"] += sure is not None
            counts["sure right"] += sure == day
            widths.append((latest - earliest).days + 1)
    out: dict[str, float | int | None] = {"texts": len(texts)}
    for key in ("year", "day", "baseline year", "baseline day"):
        out[key] = round(100 * counts[key] / len(texts), 1) if texts else None
    out["intervals"] = counts["intervals"]
    out["coverage"] = round(100 * counts["held"] / counts["intervals"], 1) if counts["intervals"] else None
    out["median width"] = statistics.median(widths) if widths else None
    out["sure"], out["sure right"] = counts["sure"], counts["sure right"]
    return out


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--every", type=int, default=1, metavar="N", help="read each Nth text only")
    arguments.add_argument("--by-source", action="store_true", help="leave whole sources out, not fifths")
    options = arguments.parse_args()
    lines = options.corpus.read_text(encoding="utf-8").splitlines()[:: options.every]
    texts = examples((json.loads(line) for line in lines if line.strip()), Parser())
    folds: list[object] = [text[0].split("_")[0] if options.by_source else n % _FOLDS for n, text in enumerate(texts)]
    for source in dict.fromkeys(text[0].split("_")[0] for text in texts):
        print(source, sum(text[0].startswith(source) for text in texts))
    print(json.dumps(figures(texts, folds)))


if __name__ == "__main__":
    main()
