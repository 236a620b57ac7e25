"""What is known where a time expression stands, and what it is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.coding.time_calendar import Period
from sayso.coding.time_forms import Which
from sayso.model import Precision, Span, TimexType


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of days something can be counted from, and the words it was read in (none: it came from outside)."""

    earliest: date
    latest: date
    precision: Precision
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where an expression stands.

    ``speech``: the day of speaking (an interval, where only that is known). ``reference``: the time last told of.
    ``era_year``: the year before Christ last told of. ``narrative``: the text runs along its own dates, not along the
    day of speaking. ``tense``: -1 past, 1 future, 0 neither, of the clause. ``quarter``: the quarter last told of.
    ``year``: the year the story is in, for a date that names none, with the words that gave it.
    """

    speech: Anchor | None
    reference: Anchor | None
    narrative: bool = False
    tense: int = 0
    era_year: int | None = None
    quarter: Anchor | None = None
    year: int | None = None
    year_evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A form on the calendar. ``anchor`` is None where the words say all themselves."""

    type: TimexType
    period: Period
    anchor: Anchor | None = None


#: The value of a unit nobody can put on the calendar.
OPEN_VALUES = {
    "Y": "XXXX",
    "M": "XXXX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "D": "XXXX-XX-XX",
    "N": "XXXX-XX-XX",
    "Q": "XXXX-QX",
    "DE": "XXX",
    "CE": "XX",
    "SE": "XXXX-HX",
    "F": "XXXX-WXX",
}


def anchor_of(which: Which | None, context: Context) -> Anchor | None:
    """What a form counts from: as its words say, else what the kind of text makes the default."""
    if which is None:
        return context.reference if context.narrative else context.speech
    if which.anchor == "speech":
        if context.speech is None:
            # nobody knows when "last week" was said; the time last told of is no better than any other
            return None
        return context.speech if not context.narrative or context.reference is None else context.reference
    return context.reference or (None if context.narrative else context.speech)


def timed_period(period: Period, clock: str | None, daypart: str | None, zone: str = "") -> Period:
    """``period`` with its time of day in the value; the days stay."""
    time = clock or daypart
    if not time:
        return period
    value = period.value
    if not (len(value.removeprefix("BC")) == 10 or value.startswith("XXXX-WXX-")):
        return period
    return Period(f"{value}T{time}{zone if clock else ''}", period.earliest, period.latest, period.precision)
