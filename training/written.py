"""Learn ``written_gaps.csv``: how long after a date the texts that tell it are written.

    python training/written.py DATED.jsonl

DATED holds a text a line: {"id", "source", "date", "text"}. Every clue that is weighed gives one gap; gaps are counted
in bins, every bin with a little added, and each kind of source counts the same, however many texts it has.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sayso.coding.parse import Parser
from sayso.coding.times import tag_times
from sayso.coding.written import TENSES, gaps_of, table_of, weighed
from sayso.coding.written_clues import Clue, clues_of
from sayso.model import Document, Segment
from sayso.vocabulary.written_gaps import GapTable

_FIRST = date(1950, 1, 1)
#: Lower ends of the bins, by kind of clue; the outermost ones reach as far as the last column says.
_BINS: dict[str, tuple[list[int], int]] = {
    "told day": ([-20000, -366, -31, -8, -1, 0, 1, 2, 3, 8, 32, 183, 366, 1096, 3653], 30000),
    "told month": ([-600, -24, -6, -1, 0, 1, 2, 3, 6, 12, 24, 60, 120], 600),
    "told year": ([-50, -10, -4, -2, -1, 0, 1, 2, 3, 4, 6, 11, 21], 60),
    "yearless day": ([-182, -90, -31, -14, -7, -3, -1, 0, 1, 2, 3, 4, 5, 8, 15, 32, 91], 183),
    "yearless month": ([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6], 7),
    "newest name": ([-80, -1, 0, 1, 2, 3, 4, 6, 8, 11, 16, 26], 60),
    "weekday": ([0, 1, 2, 3, 4, 5, 6], 7),
}
#: Gaps added to every table, spread evenly over its bins.
_PRIOR = 0.5
#: A source with few texts counts for no more than it has; one with many for no more than this.
_MOST_OF_SOURCE = 150.0
_OUT = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data" / "written_gaps.csv"
_HEADER = """\
# How long after a date the texts that tell it are written: log density from each gap on, per day ("told day",
# "yearless day", "weekday"), month ("told month", "yearless month") or year ("told year", "newest name"), by tense.
# Learned by training/written.py on dated news texts; weights are of Sayso. Licence: Apache-2.0. Version: 1
table,from,log_density
"""
Example = tuple[str, date, Sequence[Clue]]


def examples(rows: Iterable[dict[str, Any]], parser: Parser) -> list[Example]:
    """(source, day written, clues) of every text, read without its date."""
    out: list[Example] = []
    for row in rows:
        text = row["text"]
        parsed = parser.parse(Document(row["id"], row["id"], text, (Segment(0, len(text), "body"),)))
        out.append((row["source"], date.fromisoformat(row["date"]), clues_of(parsed, tag_times(parsed))))
    return out


def learn(texts: Iterable[Example]) -> GapTable:
    """The tables of these texts."""
    counted: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for source, day, clues in texts:
        at = (day - _FIRST).days
        for group in weighed(clues):
            for clue in group:
                if clue.kind != "name":
                    gap = gaps_of(clue)[at]
                    place = int(np.searchsorted(_BINS[clue.kind][0], gap, side="right")) - 1
                    counted[(table_of(clue), source)][max(0, place)] += 1
    tables = {}
    for kind, (lows, end) in _BINS.items():
        widths = np.diff([*lows, end])
        for name in (f"{kind}, {tense}" for tense in TENSES):
            sums = np.full(len(lows), _PRIOR / len(lows))
            for (table, _), counts in counted.items():
                if table == name:
                    size = sum(counts.values())
                    share = min(size, _MOST_OF_SOURCE) / size
                    for place, count in counts.items():
                        sums[place] += count * share
            tables[name] = (np.array(lows, dtype=float), np.log(sums / sums.sum() / widths))
    return GapTable(tables)


def main() -> None:
    """Write the table."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line.strip()]
    table = learn(examples(rows, Parser()))
    write(table)


def write(table: GapTable) -> None:
    """Write ``table`` into the package."""
    lines = [
        f'"{name}",{low:g},{density:.3f}'
        for name, (lows, densities) in table.tables.items()
        for low, density in zip(lows, densities, strict=True)
        if math.isfinite(density)
    ]
    _OUT.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
