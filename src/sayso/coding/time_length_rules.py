"""Grammar rules for lengths and for sets: "three days", "the past two weeks", "every Friday"."""

from __future__ import annotations

from sayso.coding.time_date_rules import month_at
from sayso.coding.time_forms import Found, Length, Recurrence
from sayso.coding.time_numbers import Tokens, context, lower, number, ordinal, sense, skip_hyphen, unit


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
    elif at > i and number(tokens, at) and not sense(tokens, at, "article"):
        return _counted_beside(tokens, i, at)
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


def _counted_beside(tokens: Tokens, i: int, at: int) -> list[Found] | None:
    """ "the four previous weeks", "the two following days": the number before the word that says which."""
    many = number(tokens, at)
    value = sense(tokens, many[0], "which") if many else None
    kind = unit(tokens, many[0] + 1) if many else None
    if many is None or not value or kind is None or not kind[1]:
        return None
    anchor, shift = value.split()
    return [
        Found(i, many[0] + 2, Length(many[1], kind[0], int(shift), "reference" if anchor == "reference" else "speech"))
    ]


def length(tokens: Tokens, i: int) -> list[Found] | None:
    """three days, a 52-week, half an hour, years, months-long, two to three weeks."""
    at = i + 1 if lower(tokens, i) in ("the", "those", "these") else i
    many = number(tokens, at)
    if many is None:
        kind = unit(tokens, at)
        if not kind:
            return None
        if kind[1] and at == i and kind[0] not in ("S", "N", "Q", "WE", "TM") and not is_age(tokens, at + 1):
            return [
                Found(i, skip_hyphen(tokens, at + 1) + 1 if _is_long(tokens, at) else at + 1, Length(None, kind[0]))
            ]
        after = skip_hyphen(tokens, at + 1)
        if at == i and not kind[1] and after > at + 1 and lower(tokens, after) == "long":
            return [Found(i, after + 1, Length(1.0, kind[0]))]
        return None
    end, amount = many
    if sense(tokens, at, "article") and end == at + 1 and _is_long(tokens, end):
        # "a year-long siege": the article belongs to the noun
        return None
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
    stop, more = _and_half_after(tokens, hyphen + 1)
    if (
        sense(tokens, at, "article")
        and not (kind[1] or more)
        and amount == 1.0
        and kind[0] in ("N", "S", "TM", "Q", "WE")
    ):
        return None
    if is_age(tokens, hyphen + 1):
        # "18 years old"; "an 18-year-old" is a person
        return [Found(i, _age_end(tokens, hyphen + 1), Length(amount, kind[0], age=True))] if kind[1] else None
    if kind[0] == "Q" and lower(tokens, hyphen + 1) == "of":
        return None
    if (
        sense(tokens, at, "article")
        and amount == 1.0
        and i
        and (tokens[i - 1].digits or context(tokens, i - 1, "rate"))
    ):
        return None
    if not kind[1] and amount != 1.0 and amount != 0.5 and (at > i or sense(tokens, at, "article")):
        # "a three-year plan", "the 46-day siege": the article belongs to the noun
        i = at if at > i else at + 1
        if number(tokens, i) is None:
            return None
    if lower(tokens, skip_hyphen(tokens, stop)) == "long" and (not kind[1] or stop < skip_hyphen(tokens, stop)):
        stop = skip_hyphen(tokens, stop) + 1
    return [Found(i, stop, Length(amount if amount is None else amount + more, kind[0]))]


def _and_half_after(tokens: Tokens, i: int) -> tuple[int, float]:
    """(end, 0.5) of "and a half" or "-and-a-half" at ``i``; (``i``, 0) where nothing like it stands there."""
    at = skip_hyphen(tokens, i)
    if lower(tokens, at) != "and" or not sense(tokens, skip_hyphen(tokens, at + 1), "article"):
        return i, 0.0
    half = skip_hyphen(tokens, skip_hyphen(tokens, at + 1) + 1)
    return (half + 1, 0.5) if sense(tokens, half, "half") else (i, 0.0)


def _age_end(tokens: Tokens, i: int) -> int:
    return skip_hyphen(tokens, i) + (2 if lower(tokens, skip_hyphen(tokens, i)) == "of" else 1)


def _is_long(tokens: Tokens, i: int) -> bool:
    """Whether a unit with "-long" stands at ``i``: "year-long", "months-long"."""
    after = skip_hyphen(tokens, i + 1)
    return unit(tokens, i) is not None and after > i + 1 and lower(tokens, after) == "long"


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
