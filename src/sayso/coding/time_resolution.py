"""Forms put on the calendar.

What a form leaves open is filled from the day of speaking or from the time last told of. Where neither is known the
value keeps an X, and there are no days: an expression is never resolved against a day nobody gave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sayso.coding.time_calendar import (
    Period,
    add_days,
    add_months,
    century_period,
    day_period,
    decade_period,
    feast_period,
    half_period,
    month_period,
    named_day,
    part_of,
    quarter_period,
    season_period,
    week_period,
    year_period,
)
from sayso.coding.time_forms import Calendar, Counted, Form, Length, Offset, Recurrence, Shift, Vague, Which
from sayso.coding.time_relative_rules import duration_value
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


_OPEN = {
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
#: How far "recent days" and the like reach, in days. Days and weeks are the coding guide's ruling 3.
_VAGUE_REACH = {"H": 1, "D": 7, "N": 7, "W": 28, "M": 183}


def resolve(form: Form, context: Context) -> Resolved:
    """Put ``form`` on the calendar as far as ``context`` allows."""
    if isinstance(form, Calendar):
        return _calendar(form, context)
    if isinstance(form, Shift):
        return _shift(form, context)
    if isinstance(form, Counted):
        return _counted(form, context)
    if isinstance(form, Offset):
        return _offset(form, context)
    if isinstance(form, Length):
        return _length(form, context)
    if isinstance(form, Vague):
        if form.value == "PRESENT_REF" and context.speech and not context.narrative:
            speech = context.speech
            return Resolved("DATE", Period(form.value, speech.earliest, speech.latest, speech.precision), speech)
        return Resolved("DATE", Period(form.value))
    assert isinstance(form, Recurrence)
    return Resolved("SET", Period(form.value))


# --- calendar forms ---------------------------------------------------------------------------------------------------


def _calendar(form: Calendar, context: Context) -> Resolved:
    kind: TimexType = "TIME" if form.clock or form.daypart else "DATE"
    if form.decade is not None:
        return Resolved(kind, part_of(decade_period(form.decade, form.before_christ), form.modifier))
    if form.century is not None:
        return Resolved(kind, part_of(century_period(form.century, form.before_christ), form.modifier))
    period: Period | None
    anchor: Anchor | None = None
    if form.within is not None:
        whole = resolve(form.within, context)
        first = whole.period.earliest
        anchor = whole.anchor
        if first is None:
            period = Period(_open_value(form))
        else:
            month = form.month or (first.month if whole.period.precision == "month" else None)
            period = placed(replace(form, month=month), first.year)
    elif form.year is not None:
        period = placed(form, form.year)
    elif not (form.month or form.season or form.quarter or form.half or form.feast or form.weekday or form.day):
        period, anchor = _time_only(context)
    elif form.weekday and not form.month:
        period, anchor = _weekday(form.weekday, form.which, context)
    elif context.year is not None and context.year_evidence is not None and form.which is None:
        period = placed(form, context.year)
        if period and period.earliest and period.latest and period.precision:
            anchor = Anchor(period.earliest, period.latest, period.precision, (context.year_evidence,))
    elif context.era_year is not None and context.reference is None and form.which is None:
        period = placed(replace(form, before_christ=True), context.era_year)
    else:
        period, anchor = _yearless(form, context)
    if period is None:
        period = Period(_open_value(form))
        anchor = None
    return Resolved(kind, _timed(part_of(period, form.modifier), form.clock, form.daypart, form.zone), anchor)


def placed(form: Calendar, year: int) -> Period | None:
    """The days of ``form`` in ``year``; None where there are none (30 February)."""
    era = form.before_christ
    if form.feast:
        return None if era or not 623 <= year <= 9000 else feast_period(form.feast, year)
    if form.month and form.day:
        found = named_day(year, form.month, form.day, era)
        if found is None and form.other_order:
            found = named_day(year, *form.other_order, era)
        return found
    if form.month:
        return month_period(year, form.month, era)
    if form.season:
        found = season_period(year, form.season, era)
        if form.season == "WI" and form.year is None and found.latest is not None:
            # a year worked out is that of the winter's end
            return Period(found.value, found.earliest, add_months(found.latest, -12), found.precision)
        return found
    if form.quarter:
        return quarter_period(year, form.quarter, era)
    if form.half:
        return half_period(year, form.half, era)
    return year_period(year, era)


def _open_value(form: Calendar) -> str:
    if form.month and form.day:
        return f"XXXX-{form.month:02d}-{form.day:02d}"
    if form.month:
        return f"XXXX-{form.month:02d}"
    if form.season:
        return f"XXXX-{form.season}"
    if form.quarter:
        return f"XXXX-Q{form.quarter}"
    if form.half:
        return f"XXXX-H{form.half}"
    if form.weekday:
        return f"XXXX-WXX-{form.weekday}"
    return "XXXX-XX-XX" if form.day or form.clock or form.daypart else "XXXX"


def _timed(period: Period, clock: str | None, daypart: str | None, zone: str = "") -> Period:
    """``period`` with its time of day in the value; the days stay."""
    time = clock or daypart
    if not time:
        return period
    value = period.value
    if not (len(value.removeprefix("BC")) == 10 or value.startswith("XXXX-WXX-")):
        return period
    return Period(f"{value}T{time}{zone if clock else ''}", period.earliest, period.latest, period.precision)


def _time_only(context: Context) -> tuple[Period, Anchor | None]:
    """The day of a bare "in the morning": the one last told of."""
    reference = context.reference
    if reference and reference.earliest == reference.latest:
        return day_period(reference.earliest), reference
    if (
        reference is None
        and context.speech
        and not context.narrative
        and context.speech.earliest == context.speech.latest
    ):
        return day_period(context.speech.earliest), context.speech
    return Period("XXXX-XX-XX"), None


def _weekday(weekday: int, which: Which | None, context: Context) -> tuple[Period | None, Anchor | None]:
    """The weekday that is meant: the last one (or today) in news of the past, the next one in news of the future."""
    anchor = _anchor(which, context)
    if anchor is None:
        return None, None
    if anchor.earliest != anchor.latest and (anchor.latest - anchor.earliest).days > 6:
        return None, None
    day = anchor.latest
    back = (day.isoweekday() - weekday) % 7
    ahead = (weekday - day.isoweekday()) % 7
    if which is not None and which.shift:
        days = -(back or 7) if which.shift < 0 else (ahead or 7)
    elif which is not None:
        days = -back if context.tense < 0 else ahead
    elif anchor is context.speech:
        days = ahead if context.tense > 0 else -back
    else:
        days = ahead
    found = add_days(day, days)
    return (day_period(found) if found else None), anchor


def _anchor(which: Which | None, context: Context) -> Anchor | None:
    """What a form counts from: as its words say, else what the kind of text makes the default."""
    if which is None:
        return context.reference if context.narrative else context.speech
    if which.anchor == "speech":
        if context.speech is None:
            # nobody knows when "last week" was said; the time last told of is no better than any other
            return None
        return context.speech if not context.narrative or context.reference is None else context.reference
    return context.reference or (None if context.narrative else context.speech)


def _yearless(form: Calendar, context: Context) -> tuple[Period | None, Anchor | None]:
    anchor = _anchor(form.which, context)
    if anchor is None:
        return None, None
    base = anchor.latest
    options = [
        p for y in range(base.year - 1, base.year + 2) if 1 <= y <= 9998 and (p := placed(form, y)) and p.earliest
    ]
    if not options:
        return None, None
    if form.which is not None and form.which.shift:
        if form.which.shift < 0:
            past = [p for p in options if p.latest and p.latest < anchor.earliest]
            return (past[-1] if past else options[0]), anchor
        ahead = [p for p in options if p.earliest and p.earliest > anchor.latest]
        return (ahead[0] if ahead else options[-1]), anchor
    if form.which is not None:
        same = [p for p in options if p.earliest and p.earliest.year == base.year]
        return (same[0] if same else options[0]), anchor
    if form.weekday and form.day:
        agreeing = [p for p in options if p.earliest and p.earliest.isoweekday() == form.weekday]
        options = agreeing or options
    return min(options, key=lambda period: _distance(period, anchor, context, form)), anchor


#: How many times farther the side of the anchor lies that the tense speaks against. Set on TimeBank.
_AGAINST_TENSE = 5.0
#: A story rather goes on than back.
_AGAINST_STORY = 1.5


def _distance(period: Period, anchor: Anchor, context: Context, form: Calendar) -> float:
    """How far ``period`` lies from ``anchor``, in days, weighed by what tense and kind of text make likely."""
    if period.earliest is None or period.latest is None:
        return float("inf")
    news = anchor is context.speech
    if period.earliest > anchor.latest:
        weight = _AGAINST_TENSE if news and context.tense < 0 and not form.quarter else 1.0
        return (period.earliest - anchor.latest).days * weight
    if period.latest < anchor.earliest:
        against = _AGAINST_TENSE if news and context.tense > 0 and not form.quarter else 1.0
        return (anchor.earliest - period.latest).days * (against if news else _AGAINST_STORY)
    return 0.0


# --- relative forms ---------------------------------------------------------------------------------------------------


def _shift(form: Shift, context: Context) -> Resolved:
    timed = form.clock or form.daypart
    kind: TimexType = "TIME" if timed else "DATE"
    anchor = (
        _anchor(form.which, context)
        if not (form.definite and context.reference is None and context.narrative)
        else None
    )
    if form.which.anchor == "speech" and form.unit in ("D", "N") and not context.narrative:
        anchor = context.speech
    period: Period | None = None
    if form.unit == "Q" and form.which.shift == 0:
        period, anchor = _this_quarter(context)
    elif context.era_year is not None and context.reference is None and form.which.anchor == "reference":
        period = _moved_before_christ(context.era_year, form.unit, form.which.shift)
    elif anchor is not None:
        period = _moved(anchor, form.unit, form.which.shift)
    if period is None:
        return Resolved(kind, _timed(Period(_OPEN[form.unit]), form.clock, form.daypart))
    if form.unit == "N":
        # a night lies on two days: it began on the day before
        first = period.earliest
        last = add_days(first, 1) if first else None
        period = Period(period.value, first, last or first, "span")
    return Resolved(kind, _timed(part_of(period, form.modifier), form.clock, form.daypart), anchor)


def _this_quarter(context: Context) -> tuple[Period | None, Anchor | None]:
    """The quarter a company reports on: the one named last, else the one that ended last."""
    if context.quarter is not None:
        day = context.quarter.earliest
        return quarter_period(day.year, (day.month + 2) // 3), context.quarter
    if context.speech is None or context.narrative:
        return None, None
    day_before = add_months(context.speech.latest, -3)
    if day_before is None:
        return None, None
    return quarter_period(day_before.year, (day_before.month + 2) // 3), context.speech


def _moved_before_christ(year: int, unit: str, steps: int) -> Period | None:
    """The year or decade that lies ``steps`` of its kind after ``year`` before Christ."""
    if unit == "Y":
        return year_period(year - steps, before_christ=True) if year > steps else None
    if unit == "DE":
        return decade_period(year // 10 - steps, before_christ=True) if year // 10 >= steps else None
    if unit == "CE":
        return century_period(year // 100 - steps, before_christ=True) if year // 100 >= steps else None
    return None


def _moved(anchor: Anchor, unit: str, steps: int, exact: bool = False) -> Period | None:
    """The period of one ``unit`` that lies ``steps`` units from ``anchor``."""
    base = anchor.earliest if steps <= 0 else anchor.latest
    wide = (anchor.latest - anchor.earliest).days
    if unit in ("D", "N"):
        if wide > 6 and anchor.precision != "day":
            return None
        day = add_days(base, steps)
        return day_period(day) if day else None
    if unit in ("W", "WE", "F"):
        if wide > 6:
            return None
        day = add_days(base, steps * (14 if unit == "F" else 7))
        return week_period(day, unit == "WE") if day else None
    if unit in ("M", "Q", "SE"):
        if wide > 31:
            return None if unit == "M" else year_period(base.year + steps) if 0 < base.year + steps < 9999 else None
        moved = add_months(base, steps * {"M": 1, "Q": 3, "SE": 6}[unit])
        if moved is None:
            return None
        if unit == "M":
            return month_period(moved.year, moved.month)
        if unit == "Q":
            return quarter_period(moved.year, (moved.month + 2) // 3)
        return half_period(moved.year, 1 if moved.month < 7 else 2)
    if unit == "Y":
        year = base.year + steps
        return year_period(year) if 0 < year < 9999 else None
    if unit == "DE":
        return decade_period(base.year // 10 + steps)
    if unit == "CE":
        return century_period(base.year // 100 + steps)
    return day_period(base)


def _counted(form: Counted, context: Context) -> Resolved:
    """ "the second week of June": the n-th unit of the whole."""
    whole = resolve(form.within, context)
    first, last = whole.period.earliest, whole.period.latest
    if first is None or last is None or form.unit not in ("D", "W", "M", "Y", "DE", "WE", "Q", "SE"):
        return Resolved("DATE", Period(_OPEN.get(form.unit, "XXXX-XX-XX")))
    period: Period | None = None
    n = form.number
    if form.unit == "SE" and whole.period.precision == "year":
        period = half_period(first.year, 2 if n in (2, -1) else 1)
    elif form.unit == "SE":
        period = part_of(whole.period, "START" if n == 1 else "END")
    elif form.unit == "D":
        day = last if n < 0 else add_days(first, n - 1)
        period = day_period(day) if day and day <= last else None
    elif form.unit in ("W", "WE"):
        day = last if n < 0 else add_days(first, 7 * (n - 1))
        period = week_period(day, form.unit == "WE") if day and day <= last else None
    elif form.unit in ("M", "Q"):
        size = 1 if form.unit == "M" else 3
        day = last if n < 0 else add_months(first, size * (n - 1))
        if day and day <= last:
            period = month_period(day.year, day.month) if size == 1 else quarter_period(day.year, (day.month + 2) // 3)
    elif form.unit == "Y":
        year = last.year if n < 0 else first.year + n - 1
        period = year_period(year) if year <= last.year else None
    elif form.unit == "DE":
        decade = last.year // 10 if n < 0 else first.year // 10 + n - 1
        period = decade_period(decade)
    if period is None:
        return Resolved("DATE", Period(_OPEN.get(form.unit, "XXXX-XX-XX")))
    return Resolved("DATE", part_of(period, form.modifier), whole.anchor)


def _offset(form: Offset, context: Context) -> Resolved:
    anchor = _anchor(Which(form.anchor, form.sign), context)
    years = {"Y": 1, "DE": 10, "CE": 100}.get(form.unit, 0) * (form.amount or 0)
    years_back = form.unit == "Y" and 0 < years < 100 and years == int(years)
    if years and context.era_year is not None and context.reference is None and form.anchor == "reference":
        moved = _moved_before_christ(context.era_year, "Y", form.sign * int(years))
        if moved is not None:
            return Resolved("DATE", moved)
    if years_back and context.quarter is not None and not context.narrative:
        # "a year earlier", of a quarter's figures, is the same quarter
        day, year = context.quarter.earliest, context.quarter.earliest.year + form.sign * int(years)
        if 0 < year < 9999:
            return Resolved("DATE", quarter_period(year, (day.month + 2) // 3), context.quarter)
    vague = "PAST_REF" if form.sign < 0 else "FUTURE_REF"
    if form.amount is None or anchor is None or form.amount > 1_000_000:
        if form.amount is None or form.amount > 1_000_000 or form.unit not in _OPEN:
            return Resolved("DATE", Period(vague))
        return Resolved("DATE", Period(_OPEN[form.unit]))
    steps = form.sign * form.amount
    unit = form.unit
    if unit in ("H", "TM", "S"):
        days = int(steps // 24) if unit == "H" and abs(steps) >= 24 else 0
        day = add_days(anchor.earliest if form.sign < 0 else anchor.latest, days)
        if day is None or (anchor.latest - anchor.earliest).days > 6:
            return Resolved("TIME", Period("XXXX-XX-XX"))
        other = add_days(day, form.sign if days == 0 else 0) or day
        return Resolved(
            "TIME", Period(day.isoformat(), min(day, other), max(day, other), "day" if day == other else "span"), anchor
        )
    if steps != int(steps):
        unit, steps = ("M", steps * 12) if unit == "Y" else ("D", steps * {"W": 7, "M": 30}.get(unit, 1))
    if unit in ("DE", "CE"):
        unit, steps = "Y", steps * (10 if unit == "DE" else 100)
    found = _moved(anchor, unit, int(steps))
    return Resolved("DATE", found, anchor) if found else Resolved("DATE", Period(_OPEN.get(unit, "XXXX-XX-XX")))


def _length(form: Length, context: Context) -> Resolved:
    value = duration_value(form.amount, form.unit)
    anchor = _anchor(Which(form.anchor, form.side), context) if form.side else None
    if anchor is None:
        return Resolved("DURATION", Period(value))
    other = reach(anchor.earliest if form.side < 0 else anchor.latest, form.amount, form.unit, form.side)
    if other is None:
        return Resolved("DURATION", Period(value))
    if form.side < 0:
        return Resolved("DURATION", Period(value, other, anchor.latest, "span"), anchor)
    return Resolved("DURATION", Period(value, anchor.earliest, other, "span"), anchor)


def reach(day: date, amount: float | None, unit: str, sign: int) -> date | None:
    """The day that lies ``amount`` units before or after ``day``; None where that cannot be said."""
    if amount is None:
        days = _VAGUE_REACH.get(unit)
        return add_days(day, sign * days) if days else None
    if amount > 100_000:
        return None
    if unit in ("M", "Q", "SE", "Y", "DE", "CE"):
        months = {"M": 1, "Q": 3, "SE": 6, "Y": 12, "DE": 120, "CE": 1200}[unit]
        return add_months(day, int(sign * round(amount * months)))
    per_day = {"D": 1.0, "N": 1.0, "W": 7.0, "F": 14.0, "WE": 2.0, "H": 1 / 24, "TM": 1 / 1440, "S": 1 / 86400}[unit]
    return add_days(day, sign * -int(-(amount * per_day) // 1))
