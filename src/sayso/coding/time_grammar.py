"""The grammar of time expressions: tokens to forms.

Each rule looks at a bounded number of tokens, from one place on, and returns what it found there or nothing; the
longest find wins, an earlier rule on a tie. So the whole runs in time linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from sayso.coding.time_company_rules import year_end
from sayso.coding.time_date_rules import clock_time, day_and_month, feast, month_and_day, numeric_date, weekday
from sayso.coding.time_event_rules import from_event
from sayso.coding.time_forms import Calendar, Counted, Form, Found, FromEvent, Length, Offset, Shift, Which
from sayso.coding.time_length_rules import length, recurrence, several_units
from sayso.coding.time_numbers import HYPHENS, Tokens, context, lower, number, ordinal, phrase, sense, skip_hyphen, unit
from sayso.coding.time_period_rules import decade_or_century, quarter_or_half, season, year
from sayso.coding.time_relative_rules import (
    day_beside,
    deictic,
    named_relative,
    offset,
    part_of_day,
    relative_unit,
    vague,
)
from sayso.coding.time_tokens import phrase_index

Rule: TypeAlias = Callable[[Tokens, int], "list[Found] | None"]

RULES: tuple[Rule, ...] = (
    numeric_date,
    day_and_month,
    month_and_day,
    weekday,
    year,
    decade_or_century,
    season,
    quarter_or_half,
    clock_time,
    feast,
    deictic,
    day_beside,
    named_relative,
    relative_unit,
    several_units,
    offset,
    length,
    recurrence,
    part_of_day,
    vague,
    year_end,
    from_event,
)
#: Those of them that can begin with digits: the others need not be asked.
DIGIT_RULES: tuple[Rule, ...] = (
    numeric_date,
    day_and_month,
    year,
    decade_or_century,
    quarter_or_half,
    clock_time,
    offset,
    length,
    from_event,
)
#: How many parts one expression may be put together from ("5 am | on Friday | , 3 May | 2015").
_PARTS = 4
#: How deep parts may nest ("early in | the first week of | May"): what bounds the work at each token.
_DEPTH = 2
#: Words that join a part to the larger period it lies in, or to its day.
_JOINS = frozenset({"of", "in", "on", ","})


def find_forms(tokens: Tokens) -> list[Found]:
    """Every time expression of ``tokens``, in order, without overlaps."""
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        best = _expression(tokens, at)
        if best:
            found.extend(best)
            at = max(at + 1, best[-1].end)
        else:
            at += 1
    return _inherit(tokens, found)


def _expression(tokens: Tokens, i: int) -> list[Found] | None:
    """The longest expression at ``i``: a core, with what modifies it and what it is part of."""
    if not _may_start(tokens, i):
        return None
    if tokens[i].digits and not tokens[i].suffix:
        return _joined(tokens, i, 0)
    approx = phrase(tokens, i, "approx")
    if approx and approx[0] > i:
        inner = _expression_without_approximation(tokens, approx[0])
        if inner and inner[0].start == approx[0] and _can_be_about(inner[0].form, tokens, i):
            return [replace(inner[0], start=i), *inner[1:]]
    return _expression_without_approximation(tokens, i)


def _can_be_about(form: Form, tokens: Tokens, i: int) -> bool:
    """Whether the approximating word at ``i`` belongs to what follows: "about 1910", "over a month", not "over May"."""
    if isinstance(form, Length):
        return form.side == 0
    if isinstance(form, Offset | FromEvent):
        return True
    plain = isinstance(form, Calendar) and form.which is None and form.modifier is None
    return plain and context(tokens, i, "about")


def _expression_without_approximation(tokens: Tokens, i: int) -> list[Found] | None:
    plain = _joined(tokens, i, 0)
    modified = _modified(tokens, i, 0)
    if modified and (not plain or modified[-1].end >= plain[-1].end):
        return modified
    return plain


def _core(tokens: Tokens, i: int) -> list[Found] | None:
    best: list[Found] | None = None
    if not _may_start(tokens, i):
        return None
    for rule in DIGIT_RULES if tokens[i].digits else RULES:
        found = rule(tokens, i)
        if found and (best is None or found[-1].end > best[-1].end):
            best = found
    return best


#: Words without a time sense of their own that an expression may start with.
_STARTS = frozenset(
    {"the", "that", "this", "at", "right", "more", "most", "these", "new", "good", "in", "'", "’", "q", "h"}
)


def _may_start(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens):
        return False
    token = tokens[i]
    return bool(token.senses or token.digits) or token.lower in _STARTS or token.lower in phrase_index()


def _joined(tokens: Tokens, i: int, depth: int) -> list[Found] | None:
    found = _core(tokens, i)
    if found is None or len(found) > 1:
        return found
    whole = found[0]
    for _ in range(_PARTS - 1):
        more = _join_once(tokens, whole, depth)
        if more is None:
            break
        whole = more
    return [whole]


def _join_once(tokens: Tokens, whole: Found, depth: int) -> Found | None:
    at = whole.end
    join = lower(tokens, at)
    if join in _JOINS:
        at += 1
    elif join in HYPHENS:
        return None
    else:
        join = ""
    part = _core(tokens, at)
    if not part or len(part) > 1:
        if join in ("of", "in") and whole.start < at:
            part = _modified(tokens, at, depth + 1)
        if not part or len(part) > 1:
            return None
    form = combine(whole.form, part[0].form, join)
    return None if form is None else Found(whole.start, part[0].end, form)


_FINE = ("clock", "daypart")


def combine(first: Form, second: Form, join: str) -> Form | None:
    """One form for two side by side, joined by "of", "in", "on", a comma or nothing; None if they clash.

    A time or part of day takes the day beside it, a weekday its date, a part its whole.
    """
    if isinstance(first, Calendar):
        fine = (first.clock or first.daypart) is not None and _coarsest(first) is None
        if fine and join != "in" and isinstance(second, Calendar | Shift) and _names_a_day(second):
            return _with_time(second, first)
        if isinstance(second, Calendar):
            bare = _coarsest(second) is None
            if bare and join in ("", ",") and _names_a_day(first) and not (first.clock and second.clock):
                return _with_time(first, second)
            if fine and bare and not (first.clock and second.clock) and join in ("", "in", ","):
                return _with_time(first, second)
            if first.weekday and not first.month and second.month and second.day and join in ("", ",", "of", "on"):
                return replace(
                    second,
                    weekday=first.weekday,
                    daypart=first.daypart or second.daypart,
                    clock=first.clock or second.clock,
                )
            if first.weekday and second.weekday and not second.month:
                return None
        if join in ("", "of", "in", ","):
            return _within(first, second, join)
    on_day = isinstance(first, Shift) and first.unit == "D" and join in ("", ",", "in")
    if on_day and isinstance(first, Shift) and isinstance(second, Calendar) and _coarsest(second) is None:
        return replace(first, daypart=second.daypart or first.daypart, clock=second.clock or first.clock)
    return None


def _with_time(day: Calendar | Shift, time: Calendar) -> Form:
    clock, daypart = day.clock or time.clock, day.daypart or time.daypart
    if isinstance(day, Shift):
        return replace(day, clock=clock, daypart=daypart)
    return replace(day, clock=clock, daypart=daypart, zone=time.zone or day.zone)


def _coarsest(form: Calendar) -> str | None:
    """The largest field a form names; None for a mere time or part of day."""
    for name in ("century", "decade", "year", "half", "quarter", "season", "month", "day", "weekday", "feast"):
        if getattr(form, name) is not None:
            return name
    return None


def _names_a_day(form: Form) -> bool:
    if isinstance(form, Shift):
        return form.unit == "D"
    return isinstance(form, Calendar) and bool(form.day or form.weekday or form.feast)


_ORDER = ("day", "feast", "month", "season", "quarter", "half", "year", "decade", "century")


def _within(part: Calendar, whole: Form, join: str) -> Form | None:
    """``part`` as lying in ``whole``: "October of last year", "spring 1942", "the 26th of July"."""
    size = _coarsest(part)
    if part.year is not None or part.within is not None or size not in _ORDER or part.which is not None:
        return None
    if isinstance(whole, Calendar):
        if (
            _coarsest(whole) == "year"
            and whole.modifier is None
            and not (whole.month or whole.feast or whole.season or whole.quarter)
            and size not in ("year", "decade")
        ):
            return replace(part, year=whole.year, before_christ=whole.before_christ)
        return None
    if isinstance(whole, Shift) and whole.unit == "Y" and not whole.modifier and (join or not whole.definite):
        return replace(part, within=whole)
    if isinstance(whole, Shift) and whole.unit == "M" and size == "day" and join == "of":
        return replace(part, within=whole)
    return None


# --- modifiers --------------------------------------------------------------------------------------------------------


def _modified(tokens: Tokens, i: int, depth: int) -> list[Found] | None:
    """ "early March", "the end of the month", "later that year", "the first week of May", "the latter half of 2008"."""
    if depth > _DEPTH:
        return None
    at = i + 1 if lower(tokens, i) == "the" else i
    modifier = sense(tokens, at, "mod") or sense(tokens, at, "mod_rel")
    inner_at: int
    if modifier:
        relative = sense(tokens, at, "mod_rel") is not None
        inner_at = skip_hyphen(tokens, at + 1)
        if (
            lower(tokens, inner_at) in ("part", "days", "months", "years", "weeks", "hours")
            and lower(tokens, inner_at + 1) == "of"
        ):
            inner_at += 2
        elif lower(tokens, inner_at) in ("in", "on", "into") or (relative and lower(tokens, inner_at) == "of"):
            inner_at += 1
        return _modify(tokens, i, inner_at, modifier, depth)
    noun = sense(tokens, at, "mod_noun")
    if noun and lower(tokens, at + 1) == "of":
        return _modify(tokens, i, at + 2, noun, depth)
    if sense(tokens, at, "part_adj"):
        if sense(tokens, at + 1, "half") and lower(tokens, at + 2) == "of":
            return _counted(tokens, i, at + 3, "SE", 2, depth)
        if sense(tokens, at + 1, "part") and lower(tokens, at + 2) == "of":
            return _modify(tokens, i, at + 3, "END", depth)
    place = ordinal(tokens, at)
    if place:
        skip = place[0]
        many = number(tokens, skip)
        if many and many[1] is not None and not tokens[skip].digits > 4 and unit(tokens, many[0]):
            return None
        code = unit(tokens, skip)
        if code and code[0] not in ("CE", "S", "TM") and lower(tokens, skip + 1) in ("of", "in"):
            if code[1]:
                part = "START" if place[1] == 1 else "END" if place[1] == -1 else "MID"
                return _modify(tokens, i, skip + 2, part, depth)
            return _counted(tokens, i, skip + 2, code[0], place[1], depth)
        if sense(tokens, skip, "half") and lower(tokens, skip + 1) == "of":
            return _counted(tokens, i, skip + 2, "SE", place[1], depth)
    return None


def _modify(tokens: Tokens, start: int, inner_at: int, modifier: str, depth: int) -> list[Found] | None:
    inner = _joined(tokens, inner_at, depth + 1) or _modified(tokens, inner_at, depth + 1)
    if not inner:
        return None
    head = inner[0]
    form = head.form
    if isinstance(form, Calendar | Shift | Counted) and form.modifier is None:
        return [Found(start, head.end, replace(form, modifier=modifier)), *inner[1:]]
    return None


def _counted(tokens: Tokens, start: int, inner_at: int, code: str, which: int, depth: int) -> list[Found] | None:
    inner = _joined(tokens, inner_at, depth + 1)
    if not inner or len(inner) > 1 or not isinstance(inner[0].form, Calendar | Shift):
        return None
    if code == "SE" and isinstance(inner[0].form, Calendar) and _coarsest(inner[0].form) == "year":
        half = 2 if which in (2, -1) else 1
        if inner[0].form.month is None:
            return [Found(start, inner[0].end, replace(inner[0].form, half=half))]
    return [Found(start, inner[0].end, Counted(code, which, inner[0].form))]


# --- what a range shares ----------------------------------------------------------------------------------------------

_RANGE_WORDS = frozenset({"and", "to", "or", "until", "till", "through", "-", "–", "—", "&", ","})


def _inherit(tokens: Tokens, found: list[Found]) -> list[Found]:
    """Give the first of two joined dates the year of the second: "October and November 2015"."""
    out = _over_parentheses(tokens, found)
    for i in range(len(out) - 2, -1, -1):
        first, second = out[i], out[i + 1]
        between = [tokens[k].lower for k in range(first.end, min(second.start, first.end + 4))]
        if (
            second.start - first.end > 3
            or not set(between) <= _RANGE_WORDS | {"the", "in", "late", "early", "from"}
            or not between
        ):
            continue
        a, b = first.form, second.form
        if not (isinstance(a, Calendar) and isinstance(b, Calendar)):
            continue
        needs = (a.month or a.season or a.quarter) and a.year is None and a.within is None and a.which is None
        if (
            needs
            and b.year is not None
            and (not a.month or not b.month or (a.month, a.day or 0) <= (b.month, b.day or 31))
        ):
            out[i] = replace(first, form=replace(a, year=b.year, before_christ=b.before_christ))
    return out


#: So many tokens a parenthesis between a day and its year may hold.
_PARENTHESIS = 12


def _over_parentheses(tokens: Tokens, found: list[Found]) -> list[Found]:
    """Give a date the year that stands after a parenthesis: "December 7 (December 8 in Asian time zones), 1941"."""
    out = list(found)
    for i, date in enumerate(out):
        if not _is_day_without_year(date.form) or lower(tokens, date.end) != "(":
            continue
        for k in range(i + 1, min(i + 3, len(out))):
            year_ = out[k].form
            at = out[k].start
            if at > date.end + _PARENTHESIS or not (isinstance(year_, Calendar) and _coarsest(year_) == "year"):
                continue
            if lower(tokens, at - 1) == "," and lower(tokens, at - 2) == ")" and year_.month is None:
                for inner in range(i, k):
                    form = out[inner].form
                    if isinstance(form, Calendar) and _is_day_without_year(form):
                        out[inner] = replace(out[inner], form=replace(form, year=year_.year))
    return out


def _is_day_without_year(form: Form) -> bool:
    return isinstance(form, Calendar) and bool(form.month and form.day) and form.year is None and form.within is None


__all__ = ["RULES", "Which", "combine", "find_forms"]
