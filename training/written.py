"""Learn what dates texts: ``written_gaps.csv``, ``written_words.npz`` and ``written_weights.csv``.

    python training/written.py DATED.jsonl

DATED holds a text a line: {"id", "source", "date", "text"}; see the data statement of ``written_words.py``. Takes six
minutes on one core, most of them for reading the texts.

Gaps are how long after a date the texts that tell it are written. Every clue that is weighed gives one; gaps are
counted in bins, every bin with a little added, and each kind of source counts the same, however many texts it has.
Those of weekdays are learned together (a conditional logit over the seven days), since a text names many.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import written_weights
import written_words
from scipy.optimize import minimize

from sayso.coding.parse import Parser
from sayso.coding.times import tag_times
from sayso.coding.written_clues import Clue, clues_of, told
from sayso.coding.written_likelihood import FIRST, TENSES, Model, gaps_of, likelihoods, table_of, weighed
from sayso.model import Document, Segment
from sayso.vocabulary.written_gaps import GapTable
from sayso.vocabulary.written_words import LONGEST, WordTable, word_counts

#: Lower ends of the bins, by kind of clue; the outermost ones reach as far as the last column says.
_BINS: dict[str, tuple[list[int], int]] = {
    "told day": ([-20000, -366, -31, -8, -1, 0, 1, 2, 3, 8, 32, 183, 366, 1096, 3653], 30000),
    "told month": ([-600, -24, -6, -1, 0, 1, 2, 3, 6, 12, 24, 60, 120], 600),
    "told year": ([-50, -10, -4, -2, -1, 0, 1, 2, 3, 4, 6, 11, 21], 60),
    "yearless day": ([-182, -90, -31, -14, -7, -3, -1, 0, 1, 2, 3, 4, 5, 8, 15, 32, 91], 183),
    "yearless month": ([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6], 7),
    "newest name": ([-80, -1, 0, 1, 2, 3, 4, 6, 8, 11, 16, 26], 60),
}
#: Gaps added to every table, spread evenly over its bins.
_PRIOR = 0.5
#: A source with few texts counts for no more than it has; one with many for no more than this.
_MOST_OF_SOURCE = 150.0
_DATA = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data"
_HEADER = """\
# How long after a date the texts that tell it are written: log density from each gap on, per day ("told day",
# "yearless day" and weekdays), month ("told month", "yearless month") or year ("told year", "newest name"), by tense.
# Learned by training/written.py on dated news texts; weights are of Sayso. Licence: Apache-2.0. Version: 2
table,from,log_density
"""
#: A ridge on the weights of weekdays.
_WEEKDAY_RIDGE = 2.0
#: Texts are parted into so many folds to learn how much each kind of part counts.
_FOLDS = 5
_WEIGHTS_HEADER = """\
# How much each kind of part counts where the day of writing is worked out from the text: written_likelihood.
# Learned by training/written.py on dated news texts. Licence: Apache-2.0. Version: 1
kind,weight
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A text read without its date. ``outlet`` is as fine as the corpus tells, ``source`` the collection it is of."""

    source: str
    outlet: str
    day: date
    text: str
    clues: tuple[Clue, ...]


def examples(rows: Iterable[dict[str, Any]], parser: Parser) -> Iterator[Example]:
    """The texts of ``rows``, cut where Sayso stops reading."""
    for row in rows:
        text = told(row["text"][:LONGEST])
        parsed = parser.parse(Document(row["id"], row["id"], text, (Segment(0, len(text), "body"),)))
        source = row["source"].split("_")[0]
        name, _, rest = row["id"].partition("_")
        outlet = f"{source} {name}" if rest else source
        yield Example(source, outlet, date.fromisoformat(row["date"]), text, clues_of(parsed, tag_times(parsed)))


# --- gaps -------------------------------------------------------------------------------------------------------------


def learn_gaps(texts: Sequence[Example]) -> GapTable:
    """The tables of gaps of these texts."""
    counted: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for text in texts:
        at = (text.day - FIRST).days
        for group in weighed(text.clues):
            for clue in group:
                if clue.kind in _BINS:
                    place = int(np.searchsorted(_BINS[clue.kind][0], gaps_of(clue)[at], side="right")) - 1
                    counted[(table_of(clue), text.source)][max(0, place)] += 1
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
    return GapTable(tables | learn_weekdays(texts))


def learn_weekdays(texts: Sequence[Example]) -> dict[str, tuple[Any, Any]]:
    """Tables of what each kind of weekday named says of the weekday of writing, and of that weekday by itself."""
    names = ["day of week"]
    rows: list[list[tuple[int, int, float]]] = []
    for text in texts:
        row = [(0, 0, 1.0)]
        named = next((group for group in weighed(text.clues) if group[0].kind == "weekday"), [])
        for clue in named:
            if table_of(clue) not in names:
                names.append(table_of(clue))
            row.append((names.index(table_of(clue)), clue.weekday or 1, 1.0 if clue.early == 2 else len(named) ** -0.5))
        rows.append(row)
    inputs = np.zeros((len(texts), 7, len(names), 7), dtype=np.float32)
    for place, row in enumerate(rows):
        for table, weekday, share in row:
            for day in range(7):
                gap = (day + 1 - weekday) % 7 if table else day
                inputs[place, day, table, gap] += share
    flat = inputs.reshape(len(texts), 7, -1)
    right = np.array([text.day.weekday() for text in texts])
    own = flat[np.arange(len(texts)), right]

    def loss(weights: Any) -> tuple[float, Any]:
        scores = flat @ weights
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        slope = own - np.einsum("td,tdk->tk", chances, flat)
        told = np.log(chances[np.arange(len(texts)), right]).sum()
        return float(-told + _WEEKDAY_RIDGE / 2 * weights @ weights), -slope.sum(axis=0) + _WEEKDAY_RIDGE * weights

    found = minimize(loss, np.zeros(flat.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    weights = found.x.reshape(len(names), 7)
    return {name: (np.arange(7, dtype=float), weights[place]) for place, name in enumerate(names)}


# --- the whole model --------------------------------------------------------------------------------------------------


def tables_of_folds(
    texts: Sequence[Example], folds: Sequence[Hashable], counts: Any
) -> dict[Hashable, tuple[GapTable, WordTable]]:
    """For each fold, the tables of all the others."""
    out: dict[Hashable, tuple[GapTable, WordTable]] = {}
    for fold in dict.fromkeys(folds):
        kept = [place for place, other in enumerate(folds) if other != fold]
        others = [texts[place] for place in kept]
        out[fold] = learn_gaps(others), written_words.fit(counts[kept], [text.day for text in others])
    return out


def samples_of(
    texts: Sequence[Example], folds: Sequence[Hashable], tables: Mapping[Hashable, tuple[GapTable, WordTable]]
) -> list[tuple[Any, Any]]:
    """For each text, the sample of days that weights are learned from, by tables that have not seen it."""
    out = []
    for place, (text, fold) in enumerate(zip(texts, folds, strict=True)):
        gaps, words = tables[fold]
        parts = likelihoods(text.clues, words.inputs(word_counts(text.text)), Model(gaps, words, {}))
        out.append(written_weights.sample(parts, (text.day - FIRST).days, place))
    return out


#: The ways texts are parted for learning weights: some of every source unseen, and whole sources.
PARTINGS: dict[str, Callable[[int, Example], Hashable]] = {
    "document": lambda place, _: place % _FOLDS,
    "outlet": lambda _, text: text.outlet,
    "collection": lambda _, text: text.source,
}


def main() -> None:
    """Write the three files."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    texts = list(examples((json.loads(line) for line in lines if line.strip()), Parser()))
    counts = written_words.counts_matrix([text.text for text in texts])
    samples: list[tuple[Any, Any]] = []
    for parting in ("document", "collection"):
        folds = [PARTINGS[parting](place, text) for place, text in enumerate(texts)]
        samples.extend(samples_of(texts, folds, tables_of_folds(texts, folds, counts)))
    write(
        learn_gaps(texts),
        written_words.fit(counts, [text.day for text in texts]),
        written_weights.fit(samples, [text.source for text in texts] * 2),
    )


def write(gaps: GapTable, words: WordTable, weights: Mapping[str, float]) -> None:
    """Write the files into the package."""
    lines = [
        f'"{name}",{low:g},{density:.3f}'
        for name, (lows, densities) in gaps.tables.items()
        for low, density in zip(lows, densities, strict=True)
        if math.isfinite(density)
    ]
    (_DATA / "written_gaps.csv").write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    (_DATA / "written_words.npz").write_bytes(written_words.pack(words))
    rows = [f'"{kind}",{weight:.3f}' for kind, weight in weights.items()]
    (_DATA / "written_weights.csv").write_text(_WEIGHTS_HEADER + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
