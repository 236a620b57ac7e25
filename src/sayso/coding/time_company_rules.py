"""Grammar rules for the periods companies report on: "year-end", "the year-earlier quarter"."""

from __future__ import annotations

from sayso.coding.time_forms import Calendar, Found, Length, Offset, Shift, Which
from sayso.coding.time_numbers import Tokens, context, lower, number, ordinal, sense, skip_hyphen, unit


def year_end(tokens: Tokens, i: int) -> list[Found] | None:
    """year-end, the year's end, month's end; year-earlier and the year-ago period, of company reports."""
    at = i + 1 if lower(tokens, i) == "the" else i
    if context(tokens, at, "same_period"):
        if lower(tokens, at + 1) in ("period", "quarter"):
            return _period_a_year_before(tokens, i, at + 2)
        at += at > i
    code = sense(tokens, at, "unit")
    if code not in ("Y", "M", "Q"):
        return None
    after = at + 2 if lower(tokens, at + 1) == "'s" else skip_hyphen(tokens, at + 1)
    if lower(tokens, after) == "end":
        return [Found(i, after + 1, Shift(code, Which("reference", 0), modifier="END"))]
    if code == "Y" and after > at + 1 and lower(tokens, after) in ("ago", "earlier"):
        end = after + 1
        many = number(tokens, end)
        months = unit(tokens, many[0]) if many else None
        if at > i and many and months == ("M", True):
            return [Found(i, many[0] + 1, Length(many[1], "M"))]
        if at > i and lower(tokens, end) in ("quarter", "period"):
            end += 1
        back = Offset(1.0, "Y", -1, "speech" if lower(tokens, after) == "ago" else "reference")
        place = ordinal(tokens, end)
        if at > i and place and 1 <= place[1] <= 4 and sense(tokens, place[0], "unit") == "Q":
            return [Found(i, place[0] + 1, Calendar(quarter=place[1], within=back))]
        return [Found(i if end > after + 1 else at, end, back)]
    return None


def _period_a_year_before(tokens: Tokens, i: int, at: int) -> list[Found] | None:
    """ "the corresponding period last year", "the comparable quarter a year earlier"; ``at`` is after the noun."""
    at += lower(tokens, at) in ("of", "in")
    words = [lower(tokens, k) for k in range(at, at + 3)]
    if words[:2] == ["last", "year"]:
        return [Found(i, at + 2, Offset(1.0, "Y", -1, "speech"))]
    if words[:2] == ["a", "year"] and words[2] in ("ago", "earlier"):
        return [Found(i, at + 3, Offset(1.0, "Y", -1, "speech" if words[2] == "ago" else "reference"))]
    return None
