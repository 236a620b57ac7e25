"""Grammar rules for what a calendar names: dates, months, years, decades, seasons, quarters, clock times, feasts."""

from __future__ import annotations

from sayso.coding.time_forms import Calendar, Found
from sayso.coding.time_numbers import (
    HYPHENS,
    Tokens,
    day_number,
    is_digits,
    is_year,
    lower,
    ordinal,
    phrase,
    sense,
    skip_hyphen,
    unit,
    written_year,
)

_NUMERIC_MARKS = frozenset({"/", "-", "."})
_RANGE_MARKS = frozenset({"-", "–", "—", "to", "and", "or", "until", "till", "through", "&"})
_RANGE_OPENERS = frozenset({"from", "between"})
#: A word before a bare number that makes it a year.
_YEAR_LEADS = frozenset(
    {
        "in",
        "of",
        "since",
        "by",
        "until",
        "till",
        "from",
        "before",
        "after",
        "during",
        "throughout",
        "through",
        "between",
        "year",
        "years",
        "early",
        "mid",
        "late",
        "circa",
        "and",
        "to",
        "(",
        "-",
        "–",
        "/",
    }
)
#: A word before a risky name ("May", "spring") that makes it a time.
_TIME_LEADS = frozenset(
    {
        "in",
        "of",
        "since",
        "by",
        "until",
        "till",
        "from",
        "during",
        "throughout",
        "through",
        "between",
        "last",
        "this",
        "next",
        "early",
        "mid",
        "late",
        "every",
        "each",
        "before",
        "after",
        "previous",
        "following",
        "coming",
        "and",
        "to",
        "-",
        "–",
        "—",
        "on",
        "for",
    }
)
_CURRENCY = frozenset({"$", "£", "€", "no", "than", "least", "nearly", "route", "highway", "flight", "resolution"})


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
    return [Found(i, i + 5, Calendar(year=year_, month=month, day=day, other_order=other))]


def _month(tokens: Tokens, i: int) -> tuple[int, int] | None:
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


def _year_after(tokens: Tokens, i: int) -> tuple[int, int, bool] | None:
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
    while len(days) < 5 and (lower(tokens, at) in _RANGE_MARKS or lower(tokens, at) == ","):
        start = at + 1
        again = day_number(tokens, start + 1 if lower(tokens, start) == "the" else start)
        if not again:
            break
        days.append((start, again[0], again[1]))
        at = again[0]
    if lower(tokens, at) == "of" or lower(tokens, at) in HYPHENS:
        at += 1
    month = _month(tokens, at)
    if not month:
        return None
    end = month[0]
    when = _year_after(tokens, skip_hyphen(tokens, end))
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
    month = _month(tokens, i)
    if not month:
        return None
    at = month[0]
    glued = _glued_day_and_year(tokens, at)
    if glued:
        return [Found(i, at + 1, Calendar(year=glued[1], month=month[1], day=glued[0]))]
    first = day_number(tokens, at + 1 if lower(tokens, at) == "the" else at)
    if first and not (tokens[first[0] - 1].digits and lower(tokens, first[0]) in (":", "%")):
        return _days_of_month(tokens, i, month[1], first)
    when = _year_after(tokens, skip_hyphen(tokens, at) if lower(tokens, at) != "the" else at)
    if when:
        return [Found(i, when[0], Calendar(year=when[1], month=month[1], before_christ=when[2]))]
    if sense(tokens, i, "risky") and not _is_lead(tokens, i):
        return None
    if len(tokens[i].lower) <= 3 and tokens[i].lower != "may" and not _is_lead(tokens, i):
        return None
    return [Found(i, at, Calendar(month=month[1]))]


def _days_of_month(tokens: Tokens, i: int, month: int, first: tuple[int, int]) -> list[Found]:
    days = [(i, first[0], first[1])]
    at = first[0]
    while len(days) < 5 and (lower(tokens, at) in _RANGE_MARKS or lower(tokens, at) == ","):
        again = day_number(tokens, at + 1)
        if (
            not again
            or again[1] <= days[-1][2]
            or unit(tokens, again[0])
            or sense(tokens, again[0], "month")
            or lower(tokens, again[0]) == ":"
        ):
            break
        # "May 3, 12 people were killed": after a comma only more of the list makes a number a day
        if lower(tokens, at) == "," and lower(tokens, again[0]) not in _RANGE_MARKS | {","}:
            break
        days.append((at + 1, again[0], again[1]))
        at = again[0]
    end, year_, before_christ = at, None, False
    when = _year_after(tokens, at)
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


def _is_lead(tokens: Tokens, i: int) -> bool:
    word = lower(tokens, i - 1)
    return word in _TIME_LEADS or (word == "the" and sense(tokens, i, "season") is not None)


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
    return (
        after is not None
        and after.text.isalpha()
        and after.text.islower()
        and lower(tokens, i - 1) not in ("on", "and", "or")
        and after.lower not in ("and", "or", "in", "at", "from", "to", "the", "when", "are", "is", "after", "before")
    )


def year(tokens: Tokens, i: int) -> list[Found] | None:
    """2016, 1939-45, 490 BC, AD 70, fiscal 1989, the year 2000, nineteen ninety-six."""
    at = i
    if lower(tokens, at) == "the" and lower(tokens, at + 1) in ("year", "years"):
        at += 2
    elif lower(tokens, at) == "the" and is_digits(tokens, at + 1, 4) and sense(tokens, at + 2, "era") is None:
        return None
    if sense(tokens, at, "fiscal") and is_year(tokens, at + 1):
        return [Found(i, at + 2, Calendar(year=tokens[at + 1].number))]
    if sense(tokens, at, "era") and tokens[at].text.isupper() and is_digits(tokens, at + 1, 4):
        return [Found(i, at + 2, Calendar(year=tokens[at + 1].number, before_christ=sense(tokens, at, "era") == "BC"))]
    if (
        lower(tokens, at) in ("'", "’")
        and is_digits(tokens, at + 1, 2)
        and tokens[at + 1].digits == 2
        and tokens[at + 1].glued
    ):
        if lower(tokens, at - 1) in _YEAR_LEADS:
            short = tokens[at + 1].number or 0
            return [Found(i, at + 2, Calendar(year=short + (1900 if short >= 50 else 2000)))]
        return None
    spoken = written_year(tokens, at)
    if spoken and (lower(tokens, at - 1) in _YEAR_LEADS or 1900 <= spoken[1] < 2100):
        return [Found(i, spoken[0], Calendar(year=spoken[1]))]
    if not is_digits(tokens, at, 4):
        return None
    value = tokens[at].number or 0
    if sense(tokens, at + 1, "era") and tokens[at + 1].text.upper() == tokens[at + 1].text:
        return [Found(i, at + 2, Calendar(year=value, before_christ=sense(tokens, at + 1, "era") == "BC"))]
    # "490-479 BC"
    if lower(tokens, at + 1) in HYPHENS and is_digits(tokens, at + 2, 4) and sense(tokens, at + 3, "era") == "BC":
        return [
            Found(i, at + 1, Calendar(year=value, before_christ=True)),
            Found(at + 2, at + 4, Calendar(year=tokens[at + 2].number, before_christ=True)),
        ]
    if not is_year(tokens, at) or not _reads_as_year(tokens, at):
        return None
    found = [Found(i, at + 1, Calendar(year=value))]
    if (
        lower(tokens, at + 1) in ("-", "–", "/")
        and is_digits(tokens, at + 2, 2)
        and tokens[at + 2].digits == 2
        and tokens[at + 2].glued
        and lower(tokens, at + 3) not in HYPHENS
    ):
        second = value // 100 * 100 + (tokens[at + 2].number or 0)
        if value < second <= value + 60:
            found.append(Found(at + 2, at + 3, Calendar(year=second)))
    return found


def _reads_as_year(tokens: Tokens, i: int) -> bool:
    """Whether the four digits at ``i`` are a year rather than a count ("1500 men", "$2000", "2,000")."""
    before, after = lower(tokens, i - 1), lower(tokens, i + 1)
    if before in _CURRENCY or (
        before in (".", ",") and tokens[i].glued and i > 1 and tokens[i - 1].glued and tokens[i - 2].digits
    ):
        return False
    if after in ("%", "°") or (
        after in (",", ".") and is_digits(tokens, i + 2) and tokens[i + 2].glued and tokens[i + 1].glued
    ):
        return False
    value = tokens[i].number or 0
    counted = (
        after.isalpha() and after.endswith("s") and len(after) > 4 and tokens[i + 1].text.islower() if after else False
    )
    if unit(tokens, i + 1) or after in ("people", "men", "women", "children", "km", "metres", "feet", "ft", "soldiers"):
        return False
    lead = (
        before in _YEAR_LEADS or sense(tokens, i - 1, "month") is not None or sense(tokens, i - 1, "season") is not None
    )
    if 1900 <= value < 2100:
        return not counted or lead or before == "the"
    return lead and not counted and value >= 1000


def decade_or_century(tokens: Tokens, i: int) -> list[Found] | None:
    """the 1990s, the '90s, the nineties, 19th century, the fifth century BC."""
    at = i + 1 if lower(tokens, i) == "the" else i
    if at < len(tokens) and tokens[at].suffix == "s" and tokens[at].number is not None:
        value = tokens[at].number
        before_christ = sense(tokens, at + 1, "era") == "BC"
        if (
            tokens[at].digits in (3, 4)
            and value % 10 == 0
            and (before_christ or (tokens[at].digits == 4 and 1000 <= value < 2200))
        ):
            return [
                Found(i, at + 2 if before_christ else at + 1, Calendar(decade=value // 10, before_christ=before_christ))
            ]
        return None
    if is_year(tokens, at) and (tokens[at].number or 0) % 10 == 0 and lower(tokens, at + 1) == "'s" and at > i:
        return [Found(i, at + 2, Calendar(decade=(tokens[at].number or 0) // 10))]
    if (
        lower(tokens, at) in ("'", "’")
        and at + 1 < len(tokens)
        and tokens[at + 1].suffix == "s"
        and tokens[at + 1].digits == 2
    ):
        return [Found(i, at + 2, Calendar(decade=190 + (tokens[at + 1].number or 0) // 10))]
    word = sense(tokens, at, "decade_word")
    if word and at > i:
        return [Found(i, at + 1, Calendar(decade=190 + int(word)))]
    place = ordinal(tokens, at)
    if place and place[1] > 0:
        end = skip_hyphen(tokens, place[0])
        if sense(tokens, end, "unit") == "CE":
            before_christ = sense(tokens, end + 1, "era") == "BC"
            return [
                Found(
                    i,
                    end + 2 if before_christ else end + 1,
                    Calendar(century=place[1] - 1, before_christ=before_christ),
                )
            ]
    return None


def season(tokens: Tokens, i: int) -> list[Found] | None:
    """the summer, spring 1942, the winter of 1941-42 (the year by joining)."""
    at = i + 1 if lower(tokens, i) == "the" else i
    code = sense(tokens, at, "season")
    if not code:
        return None
    end = at + 1
    when = _year_after(tokens, end)
    if when:
        if (
            when[1]
            and lower(tokens, when[0]) in ("-", "–", "/")
            and is_digits(tokens, when[0] + 1, 4)
            and tokens[when[0] + 1].glued
        ):
            return [Found(i, when[0] + 2, Calendar(year=when[1], season=code))]
        return [Found(i, when[0], Calendar(year=when[1], season=code, before_christ=when[2]))]
    if sense(tokens, at, "risky") and at == i and not _is_lead(tokens, at):
        return None
    if (
        sense(tokens, at, "risky")
        and lower(tokens, end) in ("of", "back", "in", "to", "from", "into")
        and not _calendar_near(tokens, end + 1)
    ):
        return None
    return [Found(i, end, Calendar(season=code))]


def _calendar_near(tokens: Tokens, i: int) -> bool:
    return is_year(tokens, i) or sense(tokens, i, "which") is not None or is_digits(tokens, i, 4)


def quarter_or_half(tokens: Tokens, i: int) -> list[Found] | None:
    """the third quarter, third-quarter, Q3, the fiscal first quarter, 1989's first half."""
    at = i
    while at < i + 4 and (lower(tokens, at) in ("the", "its") or sense(tokens, at, "fiscal")):
        at = skip_hyphen(tokens, at + 1)
    when: int | None = None
    if at > i and is_year(tokens, at):
        when, at = tokens[at].number, at + 1
    if tokens[at].text == "Q" if at < len(tokens) else False:
        if is_digits(tokens, at + 1, 1) and tokens[at + 1].glued and 1 <= (tokens[at + 1].number or 0) <= 4:
            return [Found(i, at + 2, Calendar(quarter=tokens[at + 1].number, year=when))]
        return None
    place = ordinal(tokens, at)
    if not place or not 1 <= place[1] <= 4:
        return None
    end = place[0]
    if sense(tokens, end, "fiscal"):
        end += 1
    end = skip_hyphen(tokens, end)
    if sense(tokens, end, "unit") == "Q":
        return [Found(i, end + 1, Calendar(quarter=place[1], year=when))]
    return None


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
    half = sense(tokens, end, "meridiem")
    if half:
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        end, sure = end + 1, True
    elif sense(tokens, end, "clockword") and lower(tokens, end) != "hours":
        end, sure = end + 1, True
    if not sure or hour > 24 or minute > 59 or (i and tokens[i].glued and tokens[i - 1].lower in (":", "/", "-")):
        return None
    zone = phrase(tokens, end, "zone")
    if zone:
        end = zone[0]
    return [Found(i, end, Calendar(clock=f"{hour:02d}:{minute:02d}", zone=zone[1] if zone else ""))]


def feast(tokens: Tokens, i: int) -> list[Found] | None:
    """Christmas, Ramadan, Eid al-Fitr; with a year after it."""
    found = phrase(tokens, i, "feast")
    if not found:
        return None
    when = _year_after(tokens, found[0])
    if when:
        return [Found(i, when[0], Calendar(feast=found[1], year=when[1]))]
    return [Found(i, found[0], Calendar(feast=found[1]))]
