"""Grammar rules for times that hang on another time: "last week", "two days later", "that morning"."""

from __future__ import annotations

from sayso.coding.time_date_rules import is_part_of_name, month_at
from sayso.coding.time_forms import Calendar, Found, Length, Offset, Shift, Vague, Which
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
    """today, yesterday, tomorrow, tonight, overnight; not the last word of a name ("Russia Today")."""
    shift = sense(tokens, i, "deictic")
    if shift and is_part_of_name(tokens, i):
        return None
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
        if tokens[at].text[0].isupper() and context(tokens, i - 1, "quote_mark"):
            # the name of a programme: "This Week"
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
        if isinstance(whole.form, Shift) and whole.form.unit == "Y" and sense(tokens, whole.end + 1, "unit") == "Q":
            # "last year's quarter": the one told of, a year before
            return (
                [Found(i, whole.end + 2, Offset(1.0, "Y", -1, "speech"))] if whole.form.which.shift == -1 else [whole]
            )
        place = ordinal(tokens, whole.end + 1)
        if place and 1 <= place[1] <= 4 and sense(tokens, skip_hyphen(tokens, place[0]), "unit") == "Q":
            end = skip_hyphen(tokens, place[0]) + 1
            return [Found(i, end, Calendar(quarter=place[1], within=whole.form))]
    return [whole]


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
    if anchor == "speech" and sign < 0 and amount is not None and kind[0] in ("W", "M", "Y", "DE"):
        grain = _grain(tokens, stop)
        if grain:
            return [Found(i, grain[0], Offset(amount, kind[0], sign, "speech", grain[1]))]
    return [Found(i, stop, Offset(amount, kind[0], sign, "speech" if anchor == "speech" else "reference"))]


def _grain(tokens: Tokens, i: int) -> tuple[int, str] | None:
    """(end, unit) of "today", "this week" and "this month" after "a year ago"."""
    if sense(tokens, i, "deictic") == "0":
        return i + 1, "D"
    found = _which(tokens, i)
    kind = unit(tokens, found[0]) if found and found[1] == Which("speech", 0) else None
    if found and kind and not kind[1] and kind[0] in ("W", "M"):
        return found[0] + 1, kind[0]
    return None


def part_of_day(tokens: Tokens, i: int) -> list[Found] | None:
    """the morning, night, dawn: one beside a date is joined to it; alone it is one of the running day."""
    at = i + 1 if lower(tokens, i) == "the" else i
    code = sense(tokens, at, "daypart")
    if code:
        if is_part_of_name(tokens, at) or lower(tokens, i - 1) == "good":
            return None
        return [Found(i, at + 2 if lower(tokens, at + 1) == "hours" else at + 1, Calendar(daypart=code))]
    if sense(tokens, at, "unit") == "N" and lower(tokens, at) == "night":
        return [Found(i, at + 1, Calendar(daypart="NI"))]
    return None


def vague(tokens: Tokens, i: int) -> list[Found] | None:
    """now, recently, the future, former."""
    found = phrase(tokens, i, "vague")
    return [Found(i, found[0], Vague(found[1]))] if found else None
