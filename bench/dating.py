"""Dating texts by their own words against the days they were written.

    python bench/dating.py dev.jsonl [--parting document|outlet|collection] [--without KIND] [--every N]

A line is {"source", "id", "date", "text"}; the date is taken away before reading. What is learned is cross-validated:
learned from the texts of the other folds, and used on those of the fold. --parting says how the texts are parted:

    document    every fifth text: other texts of the same outlets, days and stories are known
    outlet      by outlet as far as ids tell: others that wrote on the same matters in the same months are known
    collection  by collection: nothing of the same years and matters need be known (what a user has to expect)

Shares are of all texts read: year and day right of the best guess, and of the baseline (the latest date told); week: no
more than three days off. Intervals: share that hold the day, of those given, with their median width in days; "sure"
are the texts for which one day is given, "sure right" how many of them are. --without leaves out a kind of part (of
``training/written_weights.py``; "words" leaves out them all), --every N reads each Nth text only. Of the last lines,
one is a collection, the last all of them; each is a JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import written_weights
import written_words
from written import PARTINGS, Example, examples, samples_of, tables_of_folds

from sayso.coding.parse import Parser
from sayso.coding.written import guess, interval, speaks, sure_day
from sayso.coding.written_clues import Clue
from sayso.coding.written_likelihood import Model, Part, likelihoods
from sayso.vocabulary.written_words import word_counts

_CLOSE_DAYS = 3


def latest_told(clues: Sequence[Clue]) -> date | None:
    """The baseline: the last day of the latest period told with its year."""
    return max((clue.last for clue in clues if clue.kind.startswith("told") and clue.last), default=None)


def models(texts: Sequence[Example], folds: Sequence[Hashable], without: Sequence[str]) -> Mapping[Hashable, Model]:
    """For each fold, the model of all the others: tables, and weights learned from the others' samples."""
    counts = written_words.counts_matrix([text.text for text in texts])
    tables = tables_of_folds(texts, folds, counts)
    own = samples_of(texts, folds, tables)
    rest = "document" if folds[0] == texts[0].source else "collection"
    other_folds = [PARTINGS[rest](place, text) for place, text in enumerate(texts)]
    other = samples_of(texts, other_folds, tables_of_folds(texts, other_folds, counts))
    for sample, _ in (*own, *other):
        for place, kind in enumerate(written_weights.KINDS):
            if kind.startswith(tuple(without)):
                sample[:, place] = 0.0
    out: dict[Hashable, Model] = {}
    for fold in tables:
        kept = [place for place, name in enumerate(folds) if name != fold]
        sources = [texts[place].source for place in kept] * 2
        weights = written_weights.fit([own[place] for place in kept] + [other[place] for place in kept], sources)
        weights |= {kind: 0.0 for kind in written_weights.KINDS if kind.startswith(tuple(without))}
        out[fold] = Model(*tables[fold], weights)
    return out


class Figures:
    """The figures over some texts."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.widths: list[int] = []

    def add(self, day: date, clues: Sequence[Clue], parts: Sequence[Part]) -> None:
        """Count one text."""
        counts = self.counts
        told = latest_told(clues)
        counts["texts"] += 1
        counts["baseline year"] += told is not None and told.year == day.year
        counts["baseline day"] += told == day
        if not speaks(parts):
            return
        best, sure = guess(parts), sure_day(parts)
        counts["year"] += best.year == day.year
        counts["day"] += best == day
        counts["week"] += abs((best - day).days) <= _CLOSE_DAYS
        found = interval(parts)
        if found:
            counts["intervals"] += 1
            counts["held"] += found[0] <= day <= found[1]
            counts["sure"] += sure is not None
            counts["sure right"] += sure == day
            self.widths.append((found[1] - found[0]).days + 1)

    def record(self, name: str) -> dict[str, object]:
        """As it is printed."""
        counts = self.counts
        out: dict[str, object] = {"of": name, "texts": counts["texts"]}
        for key in ("year", "week", "day", "baseline year", "baseline day"):
            out[key] = round(100 * counts[key] / counts["texts"], 1)
        out["intervals"] = counts["intervals"]
        out["coverage"] = round(100 * counts["held"] / counts["intervals"], 1) if counts["intervals"] else None
        out["median width"] = statistics.median(self.widths) if self.widths else None
        return out | {"sure": counts["sure"], "sure right": counts["sure right"]}


def measure(texts: Sequence[Example], parting: str, without: Sequence[str]) -> Iterable[dict[str, object]]:
    """The figures of every collection, then of all."""
    folds = [PARTINGS[parting](place, text) for place, text in enumerate(texts)]
    of_folds = models(texts, folds, without)
    figures: dict[str, Figures] = {}
    every = Figures()
    for text, fold in zip(texts, folds, strict=True):
        model = of_folds[fold]
        assert model.words is not None
        parts = likelihoods(text.clues, model.words.inputs(word_counts(text.text)), model)
        for one in (figures.setdefault(text.source, Figures()), every):
            one.add(text.day, text.clues, parts)
    return [one.record(name) for name, one in {**figures, "all": every}.items()]


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--parting", choices=tuple(PARTINGS), default="collection")
    arguments.add_argument("--without", action="append", default=[], metavar="KIND", help="leave out a kind of part")
    arguments.add_argument("--every", type=int, default=1, metavar="N", help="read each Nth text only")
    options = arguments.parse_args()
    lines = options.corpus.read_text(encoding="utf-8").splitlines()[:: options.every]
    texts = list(examples((json.loads(line) for line in lines if line.strip()), Parser()))
    for record in measure(texts, options.parting, options.without):
        print(json.dumps(record))


if __name__ == "__main__":
    main()
