"""When a text was written, worked out from the text itself where nothing else tells.

Every clue (``written_clues``) makes some days likelier than others: the latest year told, a day without a year, the
weekday a report counts from, an office somebody holds. How long after a date texts that tell it are written was
measured (``data/written_gaps.csv``, learned by ``training/written.py``); the clues are taken as independent, and the
sum is tempered, since they are not. ``written_from_text`` gives an interval that holds the day in nine texts of ten,
and a single day only where the clues leave hardly any other; ``best_guess`` always gives the likeliest day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from sayso.coding.parse import ParsedDocument
from sayso.coding.written_clues import Clue, clues_of
from sayso.model import Span, TimeExpression, Written
from sayso.vocabulary.dated_names import NamedDays
from sayso.vocabulary.written_gaps import GapTable, written_gaps

Days = npt.NDArray[np.float64]

#: The days considered. Texts older than this are not what Sayso reads; later ones are not written yet.
_FIRST, _LAST = date(1950, 1, 1), date(2034, 12, 31)
_COUNT = (_LAST - _FIRST).days + 1
#: Of dates without a year, and of names, no more than so many are weighed: the first ones.
_MOST = 40
#: What a name says against a day outside its own (log): before it, after it, and for every year after it. An office
#: is still named some time after it ended; what was written about fades.
_NAME_COSTS = {
    "office": (-5.0, -2.5, -0.05),
    "candidate": (-5.0, -2.0, -0.15),
    "since": (-5.0, 0.0, 0.0),
    "matter": (-4.0, -0.7, -0.15),
}
#: Texts that machines hold were mostly written in these years; each year before or after them is less likely (log).
_USUAL, _UNUSUAL = (1985, 2026), (-0.08, -0.3)
#: Many dates without a year, weekdays or names count for less than one by one: the sum of n is taken n ** -_CROWD.
_CROWD = 0.5
#: The share of the likelihood left out at either end of the interval, and the tempering of the sum before it is
#: taken. Set by ``bench/dating.py`` so that nine intervals of ten hold the day, in sources not learned from.
_TAIL, _TEMPER = 0.035, 0.75
#: The tenses in the names of the tables.
TENSES = ("past", "plain", "ahead")
#: A single day is given only where it has at least this share of the likelihood.
_SURE = 0.97
#: A clue is evidence of a bound where it speaks against the days beyond it by at least this (log).
_TELLING = 0.7


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Fields of every day considered."""

    year: Days
    month: Days
    day: Days
    weekday: Days
    number: Days


def written_from_text(parsed: ParsedDocument, times: Sequence[TimeExpression]) -> Written | None:
    """When ``parsed.document`` was written, from its own words; None where they bound nothing.

    For documents whose ``written`` is None. ``times`` are those of ``tag_times(parsed)``. ``basis`` is "text",
    ``evidence`` the words that bound the interval, and ``best`` None unless hardly another day is possible.
    """
    clues = clues_of(parsed, times)
    parts = likelihoods(clues, written_gaps())
    if not parts:
        return None
    earliest, latest = interval(parts)
    evidence = _evidence(parts, (earliest - _FIRST).days, (latest - _FIRST).days)
    return Written(earliest, latest, sure_day(parts), "text", evidence) if evidence else None


def best_guess(parsed: ParsedDocument, times: Sequence[TimeExpression]) -> date | None:
    """The likeliest day, however unlikely; None where the text has no clue at all. Never to be taken for a date known.

    The year is chosen first, by all its days, then the day in it.
    """
    parts = likelihoods(clues_of(parsed, times), written_gaps())
    return guess(parts) if parts else None


def guess(parts: Sequence[tuple[Clue, Days]]) -> date:
    """The likeliest day of the likeliest year, by ``likelihoods``."""
    shares = _shares(_sum(parts))
    years = _calendar().year
    by_year = np.bincount((years - _FIRST.year).astype(np.int64), weights=shares)
    inside = np.where(years == _FIRST.year + int(np.argmax(by_year)), shares, -1.0)
    return _day(int(np.argmax(inside)))


def interval(parts: Sequence[tuple[Clue, Days]]) -> tuple[date, date]:
    """The days between which the text was written, by ``likelihoods``, both inclusive."""
    low, high = _bounds(_shares(_TEMPER * _sum(parts)))
    return _day(low), _day(high)


def sure_day(parts: Sequence[tuple[Clue, Days]]) -> date | None:
    """The day the text was written, by ``likelihoods``, where they leave hardly any other."""
    shares = _shares(_TEMPER * _sum(parts))
    best = int(np.argmax(shares))
    return _day(best) if shares[best] >= _SURE else None


# --- what each clue says ----------------------------------------------------------------------------------------------


def likelihoods(clues: Sequence[Clue], gaps: GapTable) -> list[tuple[Clue, Days]]:
    """For every clue that is weighed, how likely (log, up to a constant) it makes each day considered."""
    out: list[tuple[Clue, Days]] = []
    for group in weighed(clues):
        weight = len(group) ** -_CROWD
        for clue in group:
            part = _by_names(clue.names) if clue.kind == "name" else _by_gap(clue, gaps)
            out.append((clue, part * (1.0 if clue.kind == "name" else weight)))
    return out


def weighed(clues: Sequence[Clue]) -> list[list[Clue]]:
    """The clues that count, in groups of a kind: of periods told only the last (ahead: the next), others once each."""
    out: list[list[Clue]] = []
    keyed = sorted(clues, key=table_of)
    for table, found in groupby(keyed, key=table_of):
        group = list(found)
        if table.startswith("told"):
            if table.endswith("ahead"):
                group = [min(group, key=lambda clue: clue.first or _LAST)]
            else:
                group = [max(group, key=lambda clue: clue.last or _FIRST)]
        else:
            distinct = {(clue.month, clue.day, clue.weekday, clue.names): clue for clue in reversed(group)}
            group = sorted(distinct.values(), key=lambda clue: clue.span)[:_MOST]
        out.append(group)
    return out


def table_of(clue: Clue) -> str:
    """The table of gaps a clue is read with."""
    if clue.kind == "name":
        return "name"
    return f"{clue.kind}, {TENSES[clue.tense + 1]}"


def gaps_of(clue: Clue) -> Days:
    """How long after what ``clue`` names each day considered lies, in the units of its table (0 to 6 for weekdays)."""
    days = _calendar()
    if clue.kind == "weekday":
        return np.mod(days.weekday - (clue.weekday or 1), 7)
    if clue.kind == "yearless month":
        return np.mod(days.month - (clue.month or 1) + 5, 12) - 5
    if clue.kind == "yearless day":
        since = _day_of_year(days.month, days.day) - float(_day_of_year(clue.month or 1, clue.day or 1))
        return np.mod(since + 182, 365) - 182
    last = clue.last or _LAST
    if clue.kind in ("told year", "newest name"):
        return days.year - last.year
    if clue.kind == "told month":
        return (days.year - last.year) * 12 + days.month - last.month
    return days.number - (last - _FIRST).days


def _by_gap(clue: Clue, gaps: GapTable) -> Days:
    gap = gaps_of(clue)
    part = gaps.log_density(table_of(clue), gap)
    if clue.kind == "yearless day" and clue.weekday:
        # "Monday, March 9": only some years have it so
        named = np.mod(_calendar().weekday - 1 - gap, 7) + 1
        part = part + np.where(named == clue.weekday, 0.0, -4.0)
    return part


def _by_names(names: Sequence[NamedDays]) -> Days:
    """The best any of the name's stretches says of each day; what did not exist yet cannot be named."""
    number = _calendar().number
    parts = []
    for stretch in names:
        before, after, fading = _NAME_COSTS[stretch.kind]
        first = (stretch.first - _FIRST).days
        last = (stretch.last - _FIRST).days if stretch.last else _COUNT
        late = np.maximum(0.0, number - last) / 365.0
        parts.append(np.where(number < first, before, np.where(number > last, after + fading * late, 0.0)))
    since = [part for part, stretch in zip(parts, names, strict=True) if stretch.kind == "since"]
    others = [part for part, stretch in zip(parts, names, strict=True) if stretch.kind != "since"]
    best = np.max(others, axis=0) if others else np.zeros(_COUNT)
    return np.asarray(np.min([best, *since], axis=0), dtype=np.float64)


# --- the sum of them --------------------------------------------------------------------------------------------------


def _sum(parts: Sequence[tuple[Clue, Days]]) -> Days:
    years = _calendar().year
    early, late = np.maximum(0, _USUAL[0] - years), np.maximum(0, years - _USUAL[1])
    usual = early * _UNUSUAL[0] + late * _UNUSUAL[1]
    return np.asarray(np.sum([part for _, part in parts], axis=0) + usual, dtype=np.float64)


def _shares(total: Days) -> Days:
    shares = np.exp(total - total.max())
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _bounds(shares: Days) -> tuple[int, int]:
    sums = np.cumsum(shares)
    low = int(np.searchsorted(sums, _TAIL))
    high = int(np.searchsorted(sums, 1 - _TAIL))
    return low, min(high, _COUNT - 1)


def _evidence(parts: Sequence[tuple[Clue, Days]], low: int, high: int) -> tuple[Span, ...]:
    """The words that speak most against the days before the interval, and those against the days after it."""
    found: list[Span] = []
    for outside in (slice(0, low), slice(high + 1, _COUNT)):
        against = []
        for clue, part in parts:
            beyond = part[outside]
            if beyond.size:
                against.append((float(part[low : high + 1].max() - beyond.max()), clue.span))
        against.sort(key=lambda pair: (-pair[0], pair[1]))
        found.extend(span for cost, span in against[:2] if cost >= _TELLING)
    return tuple(sorted(set(found)))


@cache
def _calendar() -> _Calendar:
    days = [_FIRST + timedelta(days=n) for n in range(_COUNT)]
    return _Calendar(
        np.array([day.year for day in days], dtype=np.float64),
        np.array([day.month for day in days], dtype=np.float64),
        np.array([day.day for day in days], dtype=np.float64),
        np.array([day.isoweekday() for day in days], dtype=np.float64),
        np.arange(_COUNT, dtype=np.float64),
    )


def _day_of_year(month: Days | int, day: Days | int) -> Days:
    """A day of a year of 365 days, near enough for gaps: 29 February is 1 March."""
    starts = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])
    return np.asarray(starts[np.asarray(month, dtype=np.int64) - 1] + day, dtype=np.float64)


def _day(number: int) -> date:
    return _FIRST + timedelta(days=number)
