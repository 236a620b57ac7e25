"""Grammar rules for days: dates in words and figures, weekdays, clock times, feasts."""

from __future__ import annotations

from dataclasses import replace

from sayso.coding.time_forms import Calendar, Found
from sayso.coding.time_numbers import (
    HYPHENS,
    Tokens,
    context,
    day_number,
    is_digits,
    is_year,
    lower,
    phrase,
    sense,
    skip_hyphen,
    unit,
    written_year,
)

_NUMERIC_MARKS = frozenset({"/", "-", "."})
#: What may stand between the two ends of a range, or the items of a list.
RANGE_MARKS = frozenset({"-", "–", "—", "to", "and", "or", "until", "till", "through", "&"})


def numeric_date(tokens: Tokens, i: int) -> list[Found] | None:
    """2016-03-27, 27/03/2016, 27.3.2016, 03-27-16; with a time where "T13:37" follows."""
    if not (is_digits(tokens, i, 4) and lower(tokens, i + 1) in _NUMERIC_MARKS and is_digits(tokens, i + 2, 2)):
        return None
    mark = lower(tokens, i + 1)
    if lower(tokens, i + 3) != mark or not is_digits(tokens, i + 4, 4):
        return None
    if i and tokens[i].glued and (tokens[i - 1].lower in _NUMERIC_MARKS or tokens[i - 1].digits):
        return None
    a, b, c = (tokens[k].number or 0 for k in (i, i + 2, i + 4))
    other: tuple[int, int] | None = None
    if tokens[i].digits == 4:
        year_, month, day = a, b, c
    elif tokens[i + 4].digits == 4 or (tokens[i + 4].digits == 2 and mark != "."):
        year_ = c if tokens[i + 4].digits == 4 else c + (1900 if c >= 50 else 2000)
        month, day = (b, a) if mark != "/" else (a, b)
        if month > 12 or day > 31:
            month, day = day, month
        elif day <= 12 and day != month:
            other = (day, month)
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year_ < 2200):
        return None
    day_ = Calendar(year=year_, month=month, day=day, other_order=other)
    if lower(tokens, i + 5) == "t" and tokens[i + 5].glued:
        time = clock_time(tokens, i + 6)
        if time and isinstance(time[0].form, Calendar):
            return [Found(i, time[0].end, replace(day_, clock=time[0].form.clock, zone=time[0].form.zone))]
    return [Found(i, i + 5, day_)]


def month_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """(end, month) at ``i``; a full stop after an abbreviation belongs to it."""
    value = sense(tokens, i, "month")
    if not value:
        return None
    end = i + 1
    if (
        lower(tokens, end) == "."
        and len(tokens[i].lower) <= 4
        and tokens[i].lower not in ("may", "june", "july")
        and tokens[end].glued
    ):
        end += 1
    return end, int(value)


def year_after(tokens: Tokens, i: int) -> tuple[int, int, bool] | None:
    """(end, year, before Christ) after a month or a day: "1942", ", 1942", "of 1942", "'15", "490 BC"."""
    at = i + 1 if lower(tokens, i) in (",", "of") else i
    if lower(tokens, at) in ("the",) and lower(tokens, at + 1) == "year":
        at += 2
    if is_digits(tokens, at, 4) and (sense(tokens, at + 1, "era") == "BC"):
        return at + 2, tokens[at].number or 0, True
    if is_year(tokens, at):
        return at + 1, tokens[at].number or 0, False
    if lower(tokens, at) in ("'", "’") and is_digits(tokens, at + 1, 2) and tokens[at + 1].digits == 2:
        short = tokens[at + 1].number or 0
        return at + 2, short + (1900 if short >= 50 else 2000), False
    spoken = written_year(tokens, at)
    return (spoken[0], spoken[1], False) if spoken else None


def _glued_day_and_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """(day, year) of "262016" in "July 262016": punctuation was lost between them."""
    if not is_digits(tokens, i, 6) or tokens[i].digits < 5:
        return None
    value = tokens[i].number or 0
    day, year_ = divmod(value, 10000)
    return (day, year_) if 1 <= day <= 31 and 1900 <= year_ < 2100 else None


def day_and_month(tokens: Tokens, i: int) -> list[Found] | None:
    """26 July 2016, the 26th of July, 3-7 May, 3 and 7 May."""
    at = i + 1 if lower(tokens, i) == "the" else i
    first = day_number(tokens, at)
    if not first:
        return None
    days = [(i, first[0], first[1])]
    at = first[0]
    while len(days) < 5 and (lower(tokens, at) in RANGE_MARKS or lower(tokens, at) == ","):
        start = at + 1
        again = day_number(tokens, start + 1 if lower(tokens, start) == "the" else start)
        if not again:
            break
        days.append((start, again[0], again[1]))
        at = again[0]
    if lower(tokens, at) == "of" or lower(tokens, at) in HYPHENS:
        at += 1
    month = month_at(tokens, at)
    if not month:
        return None
    end = month[0]
    when = year_after(tokens, skip_hyphen(tokens, end))
    year_, before_christ = None, False
    if when:
        end, year_, before_christ = when
    return [
        Found(
            start,
            end if k == len(days) - 1 else stop,
            Calendar(year=year_, month=month[1], day=day, before_christ=before_christ),
        )
        for k, (start, stop, day) in enumerate(days)
    ]


def month_and_day(tokens: Tokens, i: int) -> list[Found] | None:
    """July 26, 2016, July 26-28, July 262016, July 2016, July of last year (the year by joining), July."""
    month = month_at(tokens, i)
    if not month:
        return None
    at = month[0]
    glued = _glued_day_and_year(tokens, at)
    if glued:
        return [Found(i, at + 1, Calendar(year=glued[1], month=month[1], day=glued[0]))]
    first = day_number(tokens, at + 1 if lower(tokens, at) == "the" else at)
    if first and not (tokens[first[0] - 1].digits and _counts_else(tokens, first[0])):
        return _days_of_month(tokens, i, month[1], first)
    when = year_after(tokens, skip_hyphen(tokens, at) if lower(tokens, at) != "the" else at)
    if when:
        return [Found(i, when[0], Calendar(year=when[1], month=month[1], before_christ=when[2]))]
    if sense(tokens, i, "risky") and not is_lead(tokens, i):
        return None
    if len(tokens[i].lower) <= 3 and tokens[i].lower != "may" and not is_lead(tokens, i):
        return None
    return [Found(i, at, Calendar(month=month[1]))]


def _counts_else(tokens: Tokens, i: int) -> bool:
    """Whether what stands at ``i`` makes the number before it no day: "May 5%", "May 5:30", but not "May 5: the..."."""
    if lower(tokens, i) == "%":
        return True
    return lower(tokens, i) == ":" and i + 1 < len(tokens) and tokens[i + 1].glued and tokens[i + 1].digits > 0


def _days_of_month(tokens: Tokens, i: int, month: int, first: tuple[int, int]) -> list[Found]:
    days = [(i, first[0], first[1])]
    at = first[0]
    while len(days) < 5 and (lower(tokens, at) in RANGE_MARKS or lower(tokens, at) == ","):
        again = day_number(tokens, at + 1)
        if (
            not again
            or again[1] <= days[-1][2]
            or unit(tokens, again[0])
            or sense(tokens, again[0], "month")
            or _counts_else(tokens, again[0])
        ):
            break
        # "May 3, 12 people were killed": after a comma only more of the list makes a number a day
        if lower(tokens, at) == "," and lower(tokens, again[0]) not in RANGE_MARKS | {","}:
            break
        days.append((at + 1, again[0], again[1]))
        at = again[0]
    end, year_, before_christ = at, None, False
    when = year_after(tokens, at)
    if when:
        end, year_, before_christ = when
    return [
        Found(
            start,
            end if k == len(days) - 1 else stop,
            Calendar(year=year_, month=month, day=day, before_christ=before_christ),
        )
        for k, (start, stop, day) in enumerate(days)
    ]


def is_lead(tokens: Tokens, i: int) -> bool:
    """Whether the words before the risky name at ``i`` make it a time: "in May", "since spring"."""
    capital = tokens[i].text[0].isupper()
    if sense(tokens, i, "season") and capital and i and tokens[i - 1].text[-1].isalnum():
        return True
    if capital and sense(tokens, i, "month") and context(tokens, i - 1, "noun_lead"):
        return _is_lower_word(tokens, i + 1)
    return context(tokens, i - 1, "time_lead") and (capital or not context(tokens, i - 1, "weak_lead"))


def _is_lower_word(tokens: Tokens, i: int) -> bool:
    """Whether a word in lower case that joins nothing stands at ``i``: "a March *offensive*", not "the March on"."""
    return (
        i < len(tokens)
        and tokens[i].text.isalpha()
        and tokens[i].text.islower()
        and not context(tokens, i, "after_season")
    )


def weekday(tokens: Tokens, i: int) -> list[Found] | None:
    """Friday; Fri. where a date stands beside it."""
    value = sense(tokens, i, "weekday")
    if value:
        return [Found(i, i + 1, Calendar(weekday=int(value)))]
    value = sense(tokens, i, "weekdays")
    if value and _lost_apostrophe(tokens, i):
        return [Found(i, i + 1, Calendar(weekday=int(value)))]
    value = sense(tokens, i, "weekday_short")
    if value:
        end = i + 2 if lower(tokens, i + 1) == "." else i + 1
        after = end + 1 if lower(tokens, end) == "," else end
        if (
            day_number(tokens, after)
            or sense(tokens, after, "month")
            or (lower(tokens, i - 1) == "on" and not sense(tokens, i, "risky"))
        ):
            return [Found(i, end, Calendar(weekday=int(value)))]
    return None


def _lost_apostrophe(tokens: Tokens, i: int) -> bool:
    """Whether "Wednesdays" is "Wednesday's": a noun phrase follows, and nothing makes it a recurring day."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if (
        after is None
        or not after.text.isalpha()
        or not after.text.islower()
        or context(tokens, i + 1, "after_recurring")
    ):
        return False
    return lower(tokens, i - 1) not in ("on", "and", "or")


def clock_time(tokens: Tokens, i: int) -> list[Found] | None:
    """5 p.m., 10:30, 10.30 am, 5 o'clock, 0530 hours, noon, midnight; with a zone after it."""
    point = sense(tokens, i, "point")
    if point:
        return [Found(i, i + 1, Calendar(clock=point))]
    if not is_digits(tokens, i, 4):
        return None
    hour, minute, end, sure = tokens[i].number or 0, 0, i + 1, False
    if tokens[i].digits == 4:
        if lower(tokens, end) != "hours" and not sense(tokens, end, "zone"):
            return None
        hour, minute, sure = hour // 100, hour % 100, True
        end += lower(tokens, end) == "hours"
    elif (
        lower(tokens, end) in (":", ".")
        and is_digits(tokens, end + 1, 2)
        and tokens[end + 1].digits == 2
        and tokens[end + 1].glued
    ):
        minute, sure = tokens[end + 1].number or 0, lower(tokens, end) == ":"
        end += 2
        if lower(tokens, end) == ":" and is_digits(tokens, end + 1, 2):
            end += 2
        if sure and lower(tokens, end) in ("hrs", "hours"):
            end += 1
    half = sense(tokens, end, "meridiem")
    if half:
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        end, sure = end + 1, True
    elif sense(tokens, end, "clockword") and lower(tokens, end) != "hours":
        end, sure = end + 1, True
    if not sure or hour > 24 or minute > 59 or (i and tokens[i].glued and tokens[i - 1].lower in (":", "/")):
        return None
    zone = phrase(tokens, end, "zone")
    if zone:
        end = zone[0]
    elif end < len(tokens) and tokens[end].text[0].isupper() and lower(tokens, end + 1) == "time":
        # "5.30 am Baghdad time"
        end += 2
    return [Found(i, end, Calendar(clock=f"{hour:02d}:{minute:02d}", zone=zone[1] if zone else ""))]


def feast(tokens: Tokens, i: int) -> list[Found] | None:
    """Christmas, Ramadan, Eid al-Fitr; with a year after it."""
    found = phrase(tokens, i, "feast")
    if not found or is_part_of_name(tokens, i):
        return None
    when = year_after(tokens, found[0])
    if when:
        return [Found(i, when[0], Calendar(feast=found[1], year=when[1]))]
    return [Found(i, found[0], Calendar(feast=found[1]))]


def is_part_of_name(tokens: Tokens, i: int) -> bool:
    """Whether the capitalised word at ``i`` follows another that is no time word: "Operation Dawn"."""
    if i == 0 or not tokens[i].text[0].isupper():
        return False
    before = tokens[i - 1]
    if not (before.text[0].isupper() and before.text.isalpha()) or before.senses or before.lower in ("the", "at"):
        return False
    return not context(tokens, i - 1, "time_lead")
