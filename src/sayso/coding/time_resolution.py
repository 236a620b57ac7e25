"""Forms put on the calendar.

What a form leaves open is filled from the day of speaking or from the time last told of. Where neither is known the
value keeps an X, and there are no days: an expression is never resolved against a day nobody gave.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.coding.time_calendar import (
    Period,
    add_days,
    add_months,
    book_year_period,
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
from sayso.coding.time_context import OPEN_VALUES, Anchor, Context, Resolved, anchor_of, timed_period
from sayso.coding.time_forms import Calendar, Counted, Form, Length, Offset, Recurrence, Shift, Vague, Which
from sayso.coding.time_relative_resolution import resolve_length, resolve_offset, resolve_shift
from sayso.model import TimexType


def resolve(form: Form, context: Context) -> Resolved:
    """Put ``form`` on the calendar as far as ``context`` allows."""
    if isinstance(form, Calendar):
        return _calendar(form, context)
    if isinstance(form, Shift):
        return resolve_shift(form, context)
    if isinstance(form, Counted):
        return _counted(form, context)
    if isinstance(form, Offset):
        return resolve_offset(form, context)
    if isinstance(form, Length):
        return resolve_length(form, context)
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
    elif form.year is not None and form.fiscal and form.quarter is None and context.quarter is not None:
        # "the 1988 period": the same quarter of that year
        anchor = context.quarter
        period = quarter_period(form.year, (anchor.earliest.month + 2) // 3)
    elif form.year is not None and form.book_year:
        period = book_year_period(form.year)
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
        # a winter is named by the year it ends in, which before Christ is the smaller number
        over = form.season == "WI" and context.era_year > 1
        period = placed(replace(form, before_christ=True), context.era_year - over)
    else:
        period, anchor = _yearless(form, context)
    if period is None:
        period = Period(_open_value(form))
        anchor = None
    return Resolved(kind, timed_period(part_of(period, form.modifier), form.clock, form.daypart, form.zone), anchor)


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
    anchor = anchor_of(which, context)
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


def _yearless(form: Calendar, context: Context) -> tuple[Period | None, Anchor | None]:
    anchor = anchor_of(form.which, context)
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
    if form.fiscal and context.tense <= 0:
        ended = [p for p in options if p.latest and p.latest <= anchor.latest]
        options = ended[-1:] or options
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


# --- parts of a whole -------------------------------------------------------------------------------------------------


def _counted(form: Counted, context: Context) -> Resolved:
    """ "the second week of June": the n-th unit of the whole."""
    whole = resolve(form.within, context)
    first, last = whole.period.earliest, whole.period.latest
    if first is None or last is None or form.unit not in ("D", "W", "M", "Y", "DE", "WE", "Q", "SE"):
        return Resolved("DATE", Period(OPEN_VALUES.get(form.unit, "XXXX-XX-XX")))
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
        return Resolved("DATE", Period(OPEN_VALUES.get(form.unit, "XXXX-XX-XX")))
    return Resolved("DATE", part_of(period, form.modifier), whole.anchor)
