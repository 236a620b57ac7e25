"""Grammar rules for times that hang on another time, and for lengths and sets."""

from __future__ import annotations

from sayso.coding.time_date_rules import is_part_of_name, month_at
from sayso.coding.time_forms import Calendar, Found, Length, Offset, Recurrence, Shift, Vague, Which
from sayso.coding.time_numbers import (
    Tokens,
    context,
    ends_phrase,
    lower,
    number,
    ordinal,
    phrase,
    sense,
    skip_hyphen,
    unit,
)

#: Nights are counted as days; a fortnight is two weeks.
_PERIODS = frozenset({"D", "N", "W", "WE", "M", "Q", "Y", "DE", "CE"})


def _which(tokens: Tokens, i: int) -> tuple[int, Which] | None:
    """(end, which) of "last", "this coming", "the previous", "that same", "the very next" at ``i``."""
    at = i + 1 if lower(tokens, i) in ("the", "its", "their") else i
    definite = at > i
    value = sense(tokens, at, "which")
    if sense(tokens, at, "which_filler"):
        at += 1
        value = sense(tokens, at, "which")
    if not value:
        return None
    at += 1
    second = sense(tokens, at, "which")
    if second and lower(tokens, at - 1) == "that":
        if lower(tokens, at) != "same":
            return None
        at += 1
    elif second and lower(tokens, at - 1) == "this":
        value, at = second, at + 1
    anchor, shift = value.split()
    # "the next day" counts from the story, "next day" and "next week" from the speaker
    if definite and shift == "1":
        anchor = "reference"
    if definite and lower(tokens, at - 1) == "last":
        return None if not unit(tokens, at) else (at, Which("speech", -1))
    return at, Which("reference" if anchor == "reference" else "speech", int(shift))


def deictic(tokens: Tokens, i: int) -> list[Found] | None:
    """today, yesterday, tomorrow, tonight, overnight."""
    shift = sense(tokens, i, "deictic")
    if shift:
        return [Found(i, i + 1, Shift("D", Which("speech", int(shift))))]
    if sense(tokens, i, "deictic_night"):
        return [Found(i, i + 1, Shift("D", Which("speech", 0), daypart="NI"))]
    if sense(tokens, i, "deictic_overnight"):
        return [Found(i, i + 1, Shift("N", Which("speech", -1), daypart="NI"))]
    return None


def day_beside(tokens: Tokens, i: int) -> list[Found] | None:
    """the day before yesterday, the day after tomorrow, the day before, a day after."""
    at = i + 1 if lower(tokens, i) == "the" else i
    if lower(tokens, at) != "day" or at == i:
        return None
    sign = {"before": -1, "after": 1, "following": 1}.get(lower(tokens, at + 1))
    if not sign:
        return None
    shift = sense(tokens, at + 2, "deictic")
    if shift:
        return [Found(i, at + 3, Shift("D", Which("speech", int(shift) + sign)))]
    if ends_phrase(tokens, at + 2):
        return [Found(i, at + 2, Shift("D", Which("reference", sign)))]
    return None


def named_relative(tokens: Tokens, i: int) -> list[Found] | None:
    """last October, next Friday, this summer, last night, that afternoon, the same morning."""
    found = _which(tokens, i)
    if not found:
        return None
    at, which = found
    month = month_at(tokens, at)
    if month:
        return [Found(i, month[0], Calendar(month=month[1], which=which))]
    for kind in ("weekday", "season", "daypart"):
        value = sense(tokens, at, kind)
        if not value:
            continue
        if kind == "weekday":
            return [Found(i, at + 1, Calendar(weekday=int(value), which=which))]
        if kind == "season":
            return [Found(i, at + 1, Calendar(season=value, which=which))]
        return [Found(i, at + 1, Shift("D", which, daypart=value))]
    place = ordinal(tokens, at)
    if place and 1 <= place[1] <= 4 and sense(tokens, place[0], "unit") == "Q" and lower(tokens, i) != "that":
        return [Found(i, place[0] + 1, Calendar(quarter=place[1], which=which))]
    return None


def relative_unit(tokens: Tokens, i: int) -> list[Found] | None:
    """last week, this month, the previous day, the same year, the year, last year's third quarter."""
    found = _which(tokens, i)
    if found:
        at, which = found
        if lower(tokens, at) == "period" and lower(tokens, at - 1) == "latest":
            return [Found(i, at + 1, Shift("Q", Which("reference", 0)))]
        if sense(tokens, at, "fiscal"):
            at += 1
        kind = unit(tokens, at)
        if not kind or kind[1] or kind[0] not in _PERIODS:
            return None
        if kind[0] == "N":
            return [Found(i, at + 1, Shift("D", which, daypart="NI"))]
        return _possessive(tokens, i, Found(i, at + 1, Shift(kind[0], which)))
    if lower(tokens, i) != "the":
        return None
    at = i + 1
    if sense(tokens, at, "fiscal") or lower(tokens, at) in ("full", "calendar"):
        at += 1
    kind = unit(tokens, at)
    if kind and kind[0] == "Y" and lower(tokens, at + 1) in ("ended", "ending"):
        return [Found(i, at + 1, Length(1.0, "Y"))]
    if (
        kind
        and not kind[1]
        and kind[0] in ("Y", "M", "Q", "WE", "W")
        and lower(tokens, at + 1) not in ("-", "of", "after", "before")
    ):
        return [Found(i, at + 1, Shift(kind[0], Which("reference", 0), definite=True))]
    return None


def _possessive(tokens: Tokens, i: int, whole: Found) -> list[Found]:
    """ "last year's third quarter", "this year's summer": the part named after the whole."""
    if lower(tokens, whole.end) == "'s":
        place = ordinal(tokens, whole.end + 1)
        if place and 1 <= place[1] <= 4 and sense(tokens, skip_hyphen(tokens, place[0]), "unit") == "Q":
            end = skip_hyphen(tokens, place[0]) + 1
            return [Found(i, end, Calendar(quarter=place[1], within=whole.form))]
    return [whole]


def several_units(tokens: Tokens, i: int) -> list[Found] | None:
    """the past two weeks, the next few days, the first nine months, recent weeks, coming months, the following days."""
    at = i + 1 if lower(tokens, i) in ("the", "these", "its", "in") and lower(tokens, i) != "in" else i
    value = sense(tokens, at, "which")
    side, anchor = 0, "speech"
    if value:
        anchor, shift = value.split()
        side = {"-1": -1, "0": 0, "1": 1}[shift]
        if lower(tokens, at) in ("this", "that", "same", "current", "latest", "present"):
            return None
        if lower(tokens, at) == "following" and at == i:
            # "following days of shelling" is after them
            return None
    elif lower(tokens, at) == "recent":
        side = -1
    else:
        place = ordinal(tokens, at)
        if not place or at == i:
            return None
        at = place[0] - 1
    at += 1
    many = number(tokens, at)
    end, amount = many if many else (at, None)
    while sense(tokens, end, "filler"):
        end += 1
    kind = unit(tokens, end)
    if not kind or (not kind[1] and not many):
        return None
    return [Found(i, end + 1, Length(amount, kind[0], side, "reference" if anchor == "reference" else "speech"))]


def offset(tokens: Tokens, i: int) -> list[Found] | None:
    """two days ago, a week later, months earlier, three years on, the year before, two days after 5 May."""
    many = number(tokens, i)
    if many is None:
        kind = unit(tokens, i)
        if not kind or not (kind[1] or lower(tokens, i) == "moments"):
            return None
        many = (i, None)
    end, amount = many
    while sense(tokens, end, "filler"):
        end += 1
    end = skip_hyphen(tokens, end)
    kind = unit(tokens, end)
    if not kind:
        return None
    end += 1
    if lower(tokens, end) == "or" and lower(tokens, end + 1) == "so":
        end += 2
    end = skip_hyphen(tokens, end) if not kind[1] else end
    found = phrase(tokens, end, "direction")
    if not found and sense(tokens, end, "direction_end") and kind[1] and ends_phrase(tokens, end + 1):
        found = (end + 1, sense(tokens, end, "direction_end") or "")
    if not found:
        return None
    anchor, shift = found[1].split()
    sign = int(shift)
    word = lower(tokens, end)
    stop = found[0]
    if word in ("before", "after", "prior", "back") and not ends_phrase(tokens, stop):
        # "two days after 5 May" is two expressions in TIMEX3: a length, and the date it counts from
        return None
    return [Found(i, stop, Offset(amount, kind[0], sign, "speech" if anchor == "speech" else "reference"))]


def length(tokens: Tokens, i: int) -> list[Found] | None:
    """three days, a 52-week, half an hour, years, months-long, two to three weeks."""
    at = i + 1 if lower(tokens, i) in ("the", "those", "these") else i
    many = number(tokens, at)
    if many is None:
        kind = unit(tokens, at)
        if not kind:
            return None
        if kind[1] and at == i and kind[0] not in ("S", "N", "Q", "WE", "TM") and not is_age(tokens, at + 1):
            return [Found(i, at + 1, Length(None, kind[0]))]
        after = skip_hyphen(tokens, at + 1)
        if at == i and not kind[1] and after > at + 1 and lower(tokens, after) == "long":
            return [Found(i, at + 1, Length(1.0, kind[0]))]
        return None
    end, amount = many
    if lower(tokens, end) in ("to", "or", "-", "–"):
        second = number(tokens, end + 1)
        if second and unit(tokens, skip_hyphen(tokens, second[0])):
            end, amount = second
    while sense(tokens, end, "filler"):
        end += 1
    hyphen = skip_hyphen(tokens, end)
    kind = unit(tokens, hyphen)
    if (
        not kind
        or (amount is not None and amount >= 1000 and not kind[1])
        or (kind[0] == "S" and not kind[1] and amount == 1.0)
    ):
        return None
    if sense(tokens, at, "article") and not kind[1] and amount == 1.0 and kind[0] in ("N", "S", "TM", "Q", "WE"):
        return None
    if is_age(tokens, hyphen + 1) or (kind[0] == "Q" and lower(tokens, hyphen + 1) == "of"):
        return None
    if (
        sense(tokens, at, "article")
        and amount == 1.0
        and i
        and (tokens[i - 1].digits or context(tokens, i - 1, "rate"))
    ):
        return None
    stop = hyphen + 1
    if not kind[1] and amount != 1.0 and amount != 0.5 and (at > i or sense(tokens, at, "article")):
        # "a three-year plan", "the 46-day siege": the article belongs to the noun
        i = at if at > i else at + 1
        if number(tokens, i) is None:
            return None
    if (
        lower(tokens, stop) == "and"
        and sense(tokens, stop + 1, "article")
        and sense(tokens, stop + 2, "half")
        and amount is not None
    ):
        stop, amount = stop + 3, amount + 0.5
    return [Found(i, stop, Length(amount, kind[0]))]


def is_age(tokens: Tokens, i: int) -> bool:
    """Whether what stands at ``i`` makes the years before it an age: "-old", "old", "of age"."""
    at = skip_hyphen(tokens, i)
    return lower(tokens, at) in ("old", "olds") or (lower(tokens, at) == "of" and lower(tokens, at + 1) == "age")


_SET_WEEKDAY = "XXXX-WXX-{}"


def recurrence(tokens: Tokens, i: int) -> list[Found] | None:
    """every day, each Friday, every two weeks, Mondays, daily, once a week, per month."""
    value = sense(tokens, i, "set")
    if value:
        return [Found(i, i + 1, Recurrence(value))]
    day = sense(tokens, i, "weekdays")
    if day:
        return [Found(i, i + 1, Recurrence(_SET_WEEKDAY.format(day)))]
    if sense(tokens, i, "per"):
        kind = unit(tokens, i + 1)
        if not kind or kind[1] or kind[0] in ("S", "TM"):
            return None
        return [Found(i, i + 2, Recurrence(duration_value(1.0, kind[0])))]
    if not sense(tokens, i, "every"):
        return None
    at = i + 1
    many = number(tokens, at)
    if many and many[0] > at:
        kind = unit(tokens, many[0])
        return [Found(i, many[0] + 1, Recurrence(duration_value(many[1], kind[0])))] if kind else None
    kind = unit(tokens, at)
    if kind and not kind[1]:
        every = "XXXX-XX-XX" if kind[0] == "D" else duration_value(1.0, kind[0])
        return [Found(i, at + 1, Recurrence(every))]
    for name, form in (("weekday", _SET_WEEKDAY), ("season", "XXXX-{}"), ("daypart", "XXXX-XX-XXT{}")):
        word = sense(tokens, at, name)
        if word:
            return [Found(i, at + 1, Recurrence(form.format(word)))]
    month = month_at(tokens, at)
    return [Found(i, month[0], Recurrence(f"XXXX-{month[1]:02d}"))] if month else None


def duration_value(amount: float | None, code: str) -> str:
    """TIMEX3 duration of ``amount`` units; X where the amount is vague.

    >>> duration_value(2.5, "Y"), duration_value(None, "D"), duration_value(2, "F"), duration_value(10, "TM")
    ('P2.5Y', 'PXD', 'P4W', 'PT10M')
    """
    factor, unit_ = {"F": (2, "W"), "SE": (6, "M"), "N": (1, "D"), "WE": (1, "WE")}.get(code, (1, code))
    if amount == 0.5 and code in ("H", "Y", "D"):
        amount, unit_ = {"H": (30, "TM"), "Y": (6, "M"), "D": (12, "H")}[code]
    shown = "X" if amount is None else f"{amount * factor:g}" if amount < 1e6 else str(int(amount * factor))
    return f"PT{shown}{unit_[-1]}" if unit_ in ("H", "TM", "S") else f"P{shown}{unit_}"


def part_of_day(tokens: Tokens, i: int) -> list[Found] | None:
    """the morning, night, dawn: one beside a date is joined to it; alone it is one of the running day."""
    at = i + 1 if lower(tokens, i) == "the" else i
    code = sense(tokens, at, "daypart")
    if code:
        if is_part_of_name(tokens, at):
            return None
        return [Found(i, at + 2 if lower(tokens, at + 1) == "hours" else at + 1, Calendar(daypart=code))]
    if sense(tokens, at, "unit") == "N" and lower(tokens, at) == "night":
        return [Found(i, at + 1, Calendar(daypart="NI"))]
    return None


def year_end(tokens: Tokens, i: int) -> list[Found] | None:
    """year-end, the year's end, month's end; year-earlier and the year-ago period, of company reports."""
    at = i + 1 if lower(tokens, i) == "the" else i
    code = sense(tokens, at, "unit")
    if code not in ("Y", "M", "Q"):
        return None
    after = at + 2 if lower(tokens, at + 1) == "'s" else skip_hyphen(tokens, at + 1)
    if lower(tokens, after) == "end":
        return [Found(i, after + 1, Shift(code, Which("reference", 0), modifier="END"))]
    if code == "Y" and after > at + 1 and lower(tokens, after) in ("ago", "earlier"):
        end = after + 1
        if at > i and lower(tokens, end) in ("quarter", "period"):
            end += 1
        back = Offset(1.0, "Y", -1, "speech" if lower(tokens, after) == "ago" else "reference")
        place = ordinal(tokens, end)
        if at > i and place and 1 <= place[1] <= 4 and sense(tokens, place[0], "unit") == "Q":
            return [Found(i, place[0] + 1, Calendar(quarter=place[1], within=back))]
        return [Found(i if end > after + 1 else at, end, back)]
    return None


def vague(tokens: Tokens, i: int) -> list[Found] | None:
    """now, recently, the future, former."""
    found = phrase(tokens, i, "vague")
    return [Found(i, found[0], Vague(found[1]))] if found else None
