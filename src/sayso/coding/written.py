"""When a text was written, worked out from the text itself where nothing else tells.

Every clue (``written_clues``) makes some days likelier than others: the latest year told, a day without a year, the
weekday a report counts from, an office somebody holds, something that happened. So do the words: what texts wrote
about in which year, month, week and day was learned (``training/written.py``), and says little of a text unlike those.
``written_from_text`` gives the shortest interval that holds the day in nine texts of ten, and a single day only where
hardly any other is left; ``best_guess`` always gives the likeliest day. ``docs/design/dating.md`` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from sayso.coding.parse import ParsedDocument
from sayso.coding.written_clues import clues_of
from sayso.coding.written_likelihood import (
    COUNT,
    FIRST,
    Days,
    Part,
    calendar,
    inputs_of,
    likelihoods,
    shipped,
    telling_words,
    usual,
)
from sayso.model import Span, TimeExpression, Written

#: The share of the likelihood left out of the interval. Set by ``bench/dating.py`` so that nine intervals of ten hold
#: the day, in collections not learned from too.
_OUTSIDE = 0.015
#: An interval of more days (forty years) is none, unless a clue says that no earlier day will do.
_WIDEST = 14610
#: A single day is given only where it has at least this share of the likelihood.
_SURE = 0.99
#: A clue is evidence of a bound where it speaks against the days beyond it by at least this (log).
_TELLING = 0.7
#: Words alone tell something where they make one day of some grain so much likelier than another (log).
_WORDS_TELL = 1.5


def written_from_text(parsed: ParsedDocument, times: Sequence[TimeExpression]) -> Written | None:
    """When ``parsed.document`` was written, from its own words; None where they bound nothing.

    For documents whose ``written`` is None. ``times`` are those of ``tag_times(parsed)``. ``basis`` is "text",
    ``evidence`` the words that bound the interval, and ``best`` None unless hardly another day is possible.
    """
    model = shipped()
    inputs = inputs_of(parsed, model.words) if model.words else {}
    parts = likelihoods(clues_of(parsed, times), inputs, model)
    if not speaks(parts):
        return None
    found = interval(parts)
    if found is None:
        return None
    earliest, latest = found
    evidence = _evidence(parts, (earliest - FIRST).days, (latest - FIRST).days)
    if None in evidence and model.words:
        evidence |= set(telling_words(parsed, inputs, model.words, guess(parts)))
    spans = tuple(sorted(span for span in evidence if span))
    return Written(earliest, latest, sure_day(parts), "text", spans) if spans else None


def best_guess(parsed: ParsedDocument, times: Sequence[TimeExpression]) -> date | None:
    """The likeliest day, however unlikely; None where the text has no clue at all. Never to be taken for a date known.

    The year is chosen first, by all its days, then the day in it.
    """
    model = shipped()
    inputs = inputs_of(parsed, model.words) if model.words else {}
    parts = likelihoods(clues_of(parsed, times), inputs, model)
    return guess(parts) if speaks(parts) else None


def speaks(parts: Sequence[Part]) -> bool:
    """Whether ``likelihoods`` found anything to go by: a clue, or words that tell days apart."""
    return any(part.span or float(np.ptp(part.days)) >= _WORDS_TELL for part in parts)


def guess(parts: Sequence[Part]) -> date:
    """The likeliest day of the likeliest year, by ``likelihoods``."""
    shares = _shares(_sum(parts))
    years = calendar().year
    by_year = np.bincount((years - FIRST.year).astype(np.int64), weights=shares)
    inside = np.where(years == FIRST.year + int(np.argmax(by_year)), shares, -1.0)
    return _day(int(np.argmax(inside)))


def interval(parts: Sequence[Part]) -> tuple[date, date] | None:
    """The days between which the text was written, by ``likelihoods``, both inclusive: as few as will do.

    None where they are so many that nothing was bounded: a text that tells a day long past was written at any time
    after it, and that much is said.
    """
    sums = np.concatenate([[0.0], np.cumsum(_shares(_sum(parts)))])
    ends = np.searchsorted(sums, sums + (1 - _OUTSIDE))
    starts = np.flatnonzero(ends <= COUNT)
    low = int(starts[np.argmin(ends[starts] - starts)])
    high = int(ends[low]) - 1
    return None if high - low > _WIDEST and not _not_before(parts, low) else (_day(low), _day(high))


def _not_before(parts: Sequence[Part], low: int) -> bool:
    """Whether a clue speaks against every day before ``low``."""
    return low > 0 and any(
        part.span and float(part.days[low:].max() - part.days[:low].max()) >= _TELLING for part in parts
    )


def sure_day(parts: Sequence[Part]) -> date | None:
    """The day the text was written, by ``likelihoods``, where they leave hardly any other."""
    shares = _shares(_sum(parts))
    best = int(np.argmax(shares))
    return _day(best) if shares[best] >= _SURE else None


def _sum(parts: Sequence[Part]) -> Days:
    return np.asarray(np.sum([part.days for part in parts], axis=0) + usual(), dtype=np.float64)


def _shares(total: Days) -> Days:
    shares = np.exp(total - total.max())
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _evidence(parts: Sequence[Part], low: int, high: int) -> set[Span | None]:
    """What speaks most against the days before the interval, and against those after it; None stands for the words."""
    found: set[Span | None] = set()
    for outside in (slice(0, low), slice(high + 1, COUNT)):
        against = []
        for part in parts:
            beyond = part.days[outside]
            if beyond.size:
                against.append((float(part.days[low : high + 1].max() - beyond.max()), part.span))
        against.sort(key=lambda pair: (-pair[0], pair[1] or Span(0, 1)))
        found |= {span for cost, span in against[:2] if cost >= _TELLING}
    return found


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)
