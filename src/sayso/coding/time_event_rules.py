"""Grammar rules for times counted from an event: "two weeks after the siege began", "day 4 of the battle"."""

from __future__ import annotations

from sayso.coding.time_forms import Found, FromEvent
from sayso.coding.time_numbers import HYPHENS, Tokens, context, lower, number, ordinal, sense, skip_hyphen, unit
from sayso.coding.time_tokens import BREAK

#: So many words an event may be named with.
_WORDS = 12
_DIRECTIONS = {"after": 1, "following": 1, "into": 1, "before": -1}
#: Nights are counted as days.
_UNITS = frozenset({"D", "N", "W", "M", "Y", "H", "F", "DE"})
_JOINS = frozenset({"and", "but", "or", "while", "as"})
#: What stands after "the fourth day of the battle" and is no part of its name.
_CLAUSES = frozenset({"by", "when", "that", "which", "who", "where", "it", "they", "he", "she", "we", "there"})
#: Senses of words that begin a time of their own: what is counted from that is no event.
_TIMES = frozenset({"month", "weekday", "season", "feast", "deictic", "vague", "which", "daypart", "unit", "units"})


def from_event(tokens: Tokens, i: int) -> list[Found] | None:
    """two days after the raid, the day before the vote, a year into the war, day 12 of the siege, its third night."""
    return _beside_event(tokens, i) or _day_of_event(tokens, i)


def _beside_event(tokens: Tokens, i: int) -> list[Found] | None:
    many = number(tokens, i)
    if many is None and lower(tokens, i) == "the" and lower(tokens, i + 1) in ("day", "week", "month", "year", "night"):
        many = (i + 1, 1.0)
    if many is None or many[1] is None:
        return None
    at = many[0]
    while sense(tokens, at, "filler"):
        at += 1
    kind = unit(tokens, at)
    sign = _DIRECTIONS.get(lower(tokens, at + 1))
    if not kind or kind[0] not in _UNITS or not sign or kind[1] == (many[1] == 1.0):
        return None
    end = _event_end(tokens, at + 2, clause=True)
    if end is None:
        return None
    return [Found(i, end, FromEvent(many[1], "D" if kind[0] == "N" else kind[0], sign, (at + 2, end), at + 1))]


def _day_of_event(tokens: Tokens, i: int) -> list[Found] | None:
    at = i + 1 if lower(tokens, i) == "the" else i
    place = ordinal(tokens, at) if at > i else None
    if place and place[1] > 0 and lower(tokens, place[0]) in ("day", "night"):
        which, after = float(place[1]), place[0] + 1
        night = lower(tokens, place[0]) == "night"
    elif lower(tokens, at) == "day" and at == i:
        many = number(tokens, skip_hyphen(tokens, at + 1))
        if many is None or not many[1] or many[1] != int(many[1]) or many[1] > 5000:
            return None
        which, after, night = many[1], many[0], False
    else:
        return None
    if lower(tokens, after) not in ("of", "into"):
        return None
    end = _event_end(tokens, after + 1, clause=False)
    if end is None:
        return None
    return [Found(i, end, FromEvent(which, "D", 0, (after + 1, end), after, night=night))]


def _event_end(tokens: Tokens, at: int, clause: bool) -> int | None:
    """Where the words that name an event end, at a mark or another time; None where none is named at ``at``."""
    if at >= len(tokens) or not _is_word(tokens, at) or _tells_time(tokens, at):
        return None
    if lower(tokens, at) in ("that", "this", "which", "it", "then", "being", "having", "all", "and", "or"):
        return None
    if lower(tokens, at) in ("the", "a", "an") and (_tells_time(tokens, at + 1) or not _is_word(tokens, at + 1)):
        return None
    end = at
    while end < len(tokens) and end < at + _WORDS and (_is_word(tokens, end) or _binds(tokens, end)):
        if end > at and (tokens[end].digits > 2 or (_tells_time(tokens, end) and not tokens[end].digits)):
            break
        if end > at and (context(tokens, end, "ahead") or lower(tokens, end) in _JOINS):
            break
        if context(tokens, end, "past_form") and (end == at or not clause):
            break
        if end > at and not clause and lower(tokens, end) in _CLAUSES:
            break
        end += 1
    while end > at and (context(tokens, end - 1, "time_lead") or context(tokens, end - 1, "after_season")):
        end -= 1
    return end if end > at else None


def _is_word(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and tokens[i].lower != BREAK and (tokens[i].text[0].isalnum() or lower(tokens, i) == "'s")


def _binds(tokens: Tokens, i: int) -> bool:
    """Whether a hyphen inside a word stands at ``i``."""
    return tokens[i].lower in HYPHENS and tokens[i].glued and i + 1 < len(tokens) and tokens[i + 1].glued


def _tells_time(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens) or (sense(tokens, i, "risky") and lower(tokens, i + 1) == "of"):
        # "the fall of the city"
        return False
    return bool(tokens[i].digits or not _TIMES.isdisjoint(tokens[i].senses))
