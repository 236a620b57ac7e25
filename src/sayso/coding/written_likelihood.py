"""How likely each day makes what a text says: one part for every clue and for its words at every grain.

A part is an array over the days considered, in logarithms and up to a constant; ``Model.weights`` say how much each
kind of part counts, since parts lean on each other. ``written`` adds them up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from sayso.coding.parse import ParsedDocument
from sayso.coding.written_clues import Clue, told
from sayso.model import Span
from sayso.vocabulary.dated_names import NamedDays
from sayso.vocabulary.written_gaps import GapTable, written_gaps, written_weights
from sayso.vocabulary.written_words import GRAINS, LONGEST, WordTable, hashed, placed_words, written_words

Days = npt.NDArray[np.float64]

#: The days considered. Texts older than this are not what Sayso reads; later ones are not written yet.
FIRST, LAST = date(1950, 1, 1), date(2034, 12, 31)
COUNT = (LAST - FIRST).days + 1
#: Of dates without a year, and of names, no more than so many are weighed: the first ones.
_MOST = 40
#: What a name says against a day outside its own (log): before it, after it, and for every year after it. An office
#: is still named some time after it ended; what was written about fades.
_NAME_COSTS = {
    "office": (-6.0, -2.5, -0.05),
    "candidate": (-5.0, -2.0, -0.15),
    "since": (-6.0, 0.0, 0.0),
    "matter": (-4.0, -0.7, -0.15),
    "event": (-9.0, 0.0, 0.0),
}
#: How fast a happening fades from the texts (log): by this times log(1 + days since / 30).
_EVENT_FADES = -0.6
#: What is said against a day that a weekday, or "today" or "last week's", before a date rules out (log): writers err.
_AGAINST, _FAR_AGAINST = -4.0, -16.0
#: What is said against the days before a day or month told in the past tense (log): writers err, and tenses are misread
#: ("was due on 15 October 1999").
_UNHAPPENED = -6.0
#: Scores of words no higher than this are of texts unlike those learned from: chance, which is not listened to.
_HEARD = 0.05
#: Texts that machines hold were mostly written in these years; each year before or after them is less likely (log).
_USUAL, _UNUSUAL = (1985, 2026), (-0.08, -0.3)
#: Many dates without a year, weekdays or names count for less than one by one: the sum of n is taken n ** -_CROWD.
_CROWD = 0.5
#: The tenses in the names of the tables.
TENSES = ("past", "plain", "ahead")
_EARLY = ("later", "early", "first")


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: tables of gaps, weights of words, and how much each kind of part counts."""

    gaps: GapTable
    words: WordTable | None
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """What one clue, or the words at one grain, say of each day. ``span`` is None for words."""

    kind: str
    span: Span | None
    days: Days


@dataclass(frozen=True, slots=True)
class Calendar:
    """Fields of every day considered."""

    year: Days
    month: Days
    day: Days
    weekday: Days
    number: Days


def shipped() -> Model:
    """The model that comes with Sayso."""
    return Model(written_gaps(), written_words(), written_weights())


def likelihoods(clues: Sequence[Clue], inputs: Mapping[int, float], model: Model) -> list[Part]:
    """The parts of a text, weighed; ``inputs`` are those of its words (``WordTable.inputs``)."""
    parts = [*clue_parts(clues, model.gaps), *(word_parts(inputs, model.words) if model.words else [])]
    weighed_parts = [Part(part.kind, part.span, part.days * model.weights.get(part.kind, 1.0)) for part in parts]
    return [part for part in weighed_parts if part.days.any()]


def clue_parts(clues: Sequence[Clue], gaps: GapTable) -> list[Part]:
    """For every clue that is weighed, what it says."""
    out: list[Part] = []
    for group in weighed(clues):
        crowd = len(group) ** -_CROWD
        for clue in group:
            if clue.kind == "name":
                out.append(Part("name", clue.span, _by_names(clue.names) + _by_deixis(clue)))
            else:
                share = 1.0 if clue.kind == "weekday" and clue.early == 2 else crowd
                out.append(Part(clue.kind, clue.span, _by_gap(clue, gaps) * share))
    if any(clue.kind == "weekday" for clue in clues):
        span = next(clue.span for clue in clues if clue.kind == "weekday")
        out.append(Part("weekday", span, gaps.log_density("day of week", calendar().weekday - 1)))
    return out


def weighed(clues: Sequence[Clue]) -> list[list[Clue]]:
    """The clues that count, in groups of a kind: of periods told only the last (ahead: the next), others once each."""
    out: list[list[Clue]] = []
    for group_name, found in groupby(sorted(clues, key=_group_of), key=_group_of):
        group = list(found)
        if group_name == "weekday":
            group = sorted(group, key=lambda clue: clue.span)[:_MOST]
        elif group_name.startswith("told"):
            if group_name.endswith("ahead"):
                group = [min(group, key=lambda clue: clue.first or LAST)]
            else:
                group = [max(group, key=lambda clue: clue.last or FIRST)]
        else:
            distinct = {(clue.month, clue.day, clue.weekday, clue.names): clue for clue in reversed(group)}
            group = sorted(distinct.values(), key=lambda clue: clue.span)[:_MOST]
        out.append(group)
    return out


def table_of(clue: Clue) -> str:
    """The table of gaps a clue is read with."""
    if clue.kind == "name":
        return "name"
    if clue.kind == "weekday":
        return f"weekday, {TENSES[clue.tense + 1]}, {clue.lead}, {_EARLY[clue.early]}"
    return f"{clue.kind}, {TENSES[clue.tense + 1]}"


def _group_of(clue: Clue) -> str:
    return "weekday" if clue.kind == "weekday" else table_of(clue)


def gaps_of(clue: Clue) -> Days:
    """How long after what ``clue`` names each day considered lies, in the units of its table (0 to 6 for weekdays)."""
    days = calendar()
    if clue.kind == "weekday":
        return np.mod(days.weekday - (clue.weekday or 1), 7)
    if clue.kind == "yearless month":
        return np.mod(days.month - (clue.month or 1) + 5, 12) - 5
    if clue.kind == "yearless day":
        since = _day_of_year(days.month, days.day) - float(_day_of_year(clue.month or 1, clue.day or 1))
        return np.mod(since + 182, 365) - 182
    last = clue.last or LAST
    if clue.kind in ("told year", "newest name"):
        return days.year - last.year
    if clue.kind == "told month":
        return (days.year - last.year) * 12 + days.month - last.month
    return days.number - (last - FIRST).days


def _by_gap(clue: Clue, gaps: GapTable) -> Days:
    gap = gaps_of(clue)
    part = gaps.log_density(table_of(clue), gap)
    if clue.kind == "yearless day" and clue.weekday:
        # "Monday, March 9": only some years have it so
        named = np.mod(calendar().weekday - 1 - gap, 7) + 1
        part = part + np.where(named == clue.weekday, 0.0, _AGAINST)
    if clue.kind in ("told day", "told month") and clue.tense < 0:
        part = part + np.where(gap < -1, _UNHAPPENED, 0.0)
    if clue.lead == "today":
        part = part + np.where(gap == 0, 0.0, _FAR_AGAINST)
    return part


def _by_deixis(clue: Clue) -> Days:
    """What "last week's" says before a happening: the days that long after it, and no others."""
    number = calendar().number
    starts = [(stretch.first - FIRST).days for stretch in clue.names if stretch.kind == "event"]
    if clue.within is None or not starts:
        return np.zeros(COUNT)
    near = np.any([(number >= start) & (number <= start + clue.within) for start in starts], axis=0)
    return np.where(near, 0.0, _FAR_AGAINST)


def _by_names(names: Sequence[NamedDays]) -> Days:
    """The best any of the name's stretches says of each day; what did not exist yet cannot be named."""
    number = calendar().number
    parts = []
    for stretch in names:
        before, after, fading = _NAME_COSTS[stretch.kind]
        first = (stretch.first - FIRST).days
        last = (stretch.last - FIRST).days if stretch.last else COUNT
        late = np.maximum(0.0, number - last) / 365.0
        inside = _EVENT_FADES * np.log1p(np.maximum(0.0, number - first) / 30) if stretch.kind == "event" else 0.0
        parts.append(np.where(number < first, before, np.where(number > last, after + fading * late, inside)))
    since = [part for part, stretch in zip(parts, names, strict=True) if stretch.kind == "since"]
    others = [part for part, stretch in zip(parts, names, strict=True) if stretch.kind != "since"]
    best = np.max(others, axis=0) if others else np.zeros(COUNT)
    return np.asarray(np.min([best, *since], axis=0), dtype=np.float64)


# --- words ------------------------------------------------------------------------------------------------------------


def inputs_of(parsed: ParsedDocument, table: WordTable) -> dict[int, float]:
    """The inputs of the words of the coded segments."""
    counts: Counter[int] = Counter()
    for words, _ in _words(parsed):
        counts[hashed(words)] += 1
    return table.inputs(counts)


def word_parts(inputs: Mapping[int, float], table: WordTable) -> list[Part]:
    """What the words say, at each grain; days of no stretch of a grain are neither likely nor unlikely."""
    if not inputs:
        return []
    scores = np.maximum(0.0, table.scores(inputs) - _HEARD)
    out: list[Part] = []
    for number, grain in enumerate(GRAINS):
        days = np.zeros(COUNT)
        for stretch in np.flatnonzero(table.grain == number):
            low, high = (int(end[stretch]) - FIRST.toordinal() for end in (table.first, table.last))
            days[max(0, low) : max(0, high + 1)] = scores[stretch]
        out.append(Part(f"words, {grain}", None, days))
    return out


def telling_words(parsed: ParsedDocument, inputs: Mapping[int, float], table: WordTable, day: date) -> list[Span]:
    """Where the words first stand that speak most for the month of ``day`` (its year, where the table has no such
    month), the strongest first; empty where none does."""
    number = day.toordinal()
    for grain in ("month", "year"):
        held = (table.grain == GRAINS.index(grain)) & (table.first <= number) & (number <= table.last)
        for stretch in np.flatnonzero(held):
            shares = {bucket: value * table.share(bucket, int(stretch)) for bucket, value in inputs.items()}
            best = sorted((bucket for bucket in shares if shares[bucket] > 0), key=lambda b: (-shares[b], b))
            wanted = {bucket: rank for rank, bucket in enumerate(best[:_MOST_WORDS])}
            found: dict[int, Span] = {}
            for words, span in _words(parsed):
                bucket = hashed(words)
                if bucket in wanted:
                    found.setdefault(wanted[bucket], span)
            if found:
                return [found[rank] for rank in sorted(found)]
    return []


#: So many words are shown as evidence.
_MOST_WORDS = 3


def _words(parsed: ParsedDocument) -> list[tuple[str, Span]]:
    out: list[tuple[str, Span]] = []
    left = LONGEST
    for section in parsed.sections:
        if left <= 0:
            break
        text = told(section.doc.text[:left])
        left -= len(text)
        out.extend((words, Span(section.offset + a, section.offset + b)) for words, a, b in placed_words(text))
    return out


# --- days -------------------------------------------------------------------------------------------------------------


@cache
def calendar() -> Calendar:
    """The days considered."""
    days = [FIRST + timedelta(days=n) for n in range(COUNT)]
    return Calendar(
        np.array([day.year for day in days], dtype=np.float64),
        np.array([day.month for day in days], dtype=np.float64),
        np.array([day.day for day in days], dtype=np.float64),
        np.array([day.isoweekday() for day in days], dtype=np.float64),
        np.arange(COUNT, dtype=np.float64),
    )


@cache
def usual() -> Days:
    """How likely each day is before anything is read."""
    years = calendar().year
    early, late = np.maximum(0, _USUAL[0] - years), np.maximum(0, years - _USUAL[1])
    return np.asarray(early * _UNUSUAL[0] + late * _UNUSUAL[1], dtype=np.float64)


def _day_of_year(month: Days | int, day: Days | int) -> Days:
    """A day of a year of 365 days, near enough for gaps: 29 February is 1 March."""
    starts = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])
    return np.asarray(starts[np.asarray(month, dtype=np.int64) - 1] + day, dtype=np.float64)
