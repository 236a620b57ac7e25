"""Relative forms put on the calendar: periods and points some units from an anchor, and lengths beside one."""

from __future__ import annotations

from datetime import date

from sayso.coding.time_calendar import (
    Period,
    add_days,
    add_months,
    century_period,
    day_period,
    decade_period,
    half_period,
    month_period,
    part_of,
    quarter_period,
    week_period,
    year_period,
)
from sayso.coding.time_context import OPEN_VALUES, Anchor, Context, Resolved, anchor_of, timed_period
from sayso.coding.time_forms import Length, Offset, Shift, Which
from sayso.coding.time_length_rules import duration_value
from sayso.model import TimexType

#: How far "recent days" and the like reach, in days. Days and weeks are the coding guide's ruling 3.
_VAGUE_REACH = {"H": 1, "D": 7, "N": 7, "W": 28, "M": 183}


def resolve_shift(form: Shift, context: Context) -> Resolved:
    """Like "last week", "that day", "the year"."""
    timed = form.clock or form.daypart
    kind: TimexType = "TIME" if timed else "DATE"
    anchor = (
        anchor_of(form.which, context)
        if not (form.definite and context.reference is None and context.narrative)
        else None
    )
    if form.which.anchor == "speech" and form.unit in ("D", "N") and not context.narrative:
        anchor = context.speech
    period: Period | None = None
    if form.unit == "Q" and form.which == Which("reference", 0):
        period, anchor = _this_quarter(context)
    elif form.unit == "WE" and form.definite and context.speech is not None and not context.narrative:
        period, anchor = _the_weekend(context.speech, context.tense), context.speech
    elif context.era_year is not None and context.reference is None and form.which.anchor == "reference":
        period = _moved_before_christ(context.era_year, form.unit, form.which.shift)
    elif anchor is not None:
        period = _moved(anchor, form.unit, form.which.shift)
    if period is None:
        return Resolved(kind, timed_period(Period(OPEN_VALUES[form.unit]), form.clock, form.daypart))
    if form.unit == "N":
        # a night lies on two days: it began on the day before
        first = period.earliest
        last = add_days(first, 1) if first else None
        period = Period(period.value, first, last or first, "span")
    return Resolved(kind, timed_period(part_of(period, form.modifier), form.clock, form.daypart), anchor)


def _the_weekend(speech: Anchor, tense: int) -> Period | None:
    """The weekend news speaks of: the one before the day of speaking (or begun by then), else the one after it."""
    if (speech.latest - speech.earliest).days > 6:
        return None
    day = add_days(speech.latest, 0 if tense > 0 or speech.latest.isoweekday() > 5 else -7)
    return week_period(day, True) if day else None


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


def resolve_offset(form: Offset, context: Context) -> Resolved:
    """Like "two days later", "a year ago"."""
    anchor = anchor_of(Which(form.anchor, form.sign), context)
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
        if form.amount is None or form.amount > 1_000_000 or form.unit not in OPEN_VALUES:
            return Resolved("DATE", Period(vague))
        return Resolved("DATE", Period(OPEN_VALUES[form.unit]))
    if form.grain and anchor.earliest == anchor.latest:
        that_day = reach(anchor.latest, form.amount, form.unit, form.sign)
        if that_day is not None:
            return Resolved("DATE", _around(that_day, form.grain), anchor)
    steps = form.sign * form.amount
    unit = form.unit
    if unit in ("H", "TM", "S"):
        days = int(steps // 24) if unit == "H" and abs(steps) >= 24 else 0
        moved_day = add_days(anchor.earliest if form.sign < 0 else anchor.latest, days)
        if moved_day is None or (anchor.latest - anchor.earliest).days > 6:
            return Resolved("TIME", Period("XXXX-XX-XX"))
        day = moved_day
        other = add_days(day, form.sign if days == 0 else 0) or day
        return Resolved(
            "TIME", Period(day.isoformat(), min(day, other), max(day, other), "day" if day == other else "span"), anchor
        )
    if steps != int(steps):
        unit, steps = ("M", steps * 12) if unit == "Y" else ("D", steps * {"W": 7, "M": 30}.get(unit, 1))
    if unit in ("DE", "CE"):
        if unit == "DE":
            return _decades_away(anchor, int(steps))
        unit, steps = "Y", steps * 100
    found = _moved(anchor, unit, int(steps)) or _somewhere_after(anchor, unit, form)
    return Resolved("DATE", found, anchor) if found else Resolved("DATE", Period(OPEN_VALUES.get(unit, "XXXX-XX-XX")))


def _around(day: date, unit: str) -> Period:
    """The day, week or month that holds ``day``."""
    return (
        month_period(day.year, day.month)
        if unit == "M"
        else week_period(day, False)
        if unit == "W"
        else day_period(day)
    )


def _decades_away(anchor: Anchor, steps: int) -> Resolved:
    """ "two decades ago": a decade, and its days those of the decade around that year."""
    year = (anchor.earliest if steps < 0 else anchor.latest).year + 10 * steps
    if not 10 <= year < 9990:
        return Resolved("DATE", Period(OPEN_VALUES["DE"]))
    return Resolved("DATE", decade_period(year // 10), anchor)


def _somewhere_after(anchor: Anchor, unit: str, form: Offset) -> Period | None:
    """ "four days later" where only the year or month is known it counts from: within that, or just after it."""
    value = OPEN_VALUES.get(unit)
    if value is None or anchor.precision not in ("year", "month", "season") or form.sign < 0:
        return None
    last = reach(anchor.latest, form.amount, unit, form.sign)
    if last is None or (last - anchor.latest).days > 92:
        return None
    return Period(f"{anchor.latest.year:04d}{value[4:]}", anchor.earliest, last, "span")


def resolve_length(form: Length, context: Context) -> Resolved:
    """Like "three weeks", "the past two years"; days only where it has a side and an anchor."""
    value = duration_value(form.amount, form.unit)
    anchor = anchor_of(Which(form.anchor, form.side), context) if form.side else None
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
