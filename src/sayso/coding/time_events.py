"""Which day an event had that a time is counted from: "three weeks after the siege began".

Only what the document itself dates is used: the sentences before that give a day and tell of the same kind of event,
with the same names. Where there is none, the time stays relative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.coding.time_calendar import add_days, day_period
from sayso.coding.time_context import Anchor, Context, Resolved, timed_period
from sayso.coding.time_forms import FromEvent, Offset
from sayso.coding.time_numbers import Tokens, lower
from sayso.coding.time_relative_resolution import resolve_offset
from sayso.coding.time_tokens import BREAK
from sayso.model import Precision
from sayso.vocabulary.times import time_vocabulary

#: So many dated sentences back are looked at, and so many words of each on either side of its date.
_DATED, _REACH = 60, 30
_ENDS = frozenset({".", "!", "?", BREAK})
_APART = frozenset({",", "-", "–", "—", "(", '"', "“", "on", "i", "e"})
#: A point so many days or weeks off needs the day of what it is counted from, one of months its month.
_ALL: frozenset[Precision | None] = frozenset({"day", "month", "season", "year", "week", "span"})
_NEEDED: dict[str, frozenset[Precision | None]] = {
    **dict.fromkeys(("D", "H", "W", "F"), frozenset({"day"})),
    "M": frozenset({"day", "month"}),
}
#: Everything is a fight: without a name only the same word will do.
_LOOSE = "event_battle"


@dataclass(frozen=True, slots=True)
class Told:
    """A date the text gave, the tokens it stands among, and its own tokens (half open)."""

    anchor: Anchor
    tokens: Tokens
    start: int
    end: int


def resolve_from_event(
    form: FromEvent, tokens: Tokens, start: int, told: Sequence[Told], speech: Anchor | None
) -> Resolved | None:
    """``form``, found at token ``start``, on the calendar; None where the document does not date its event."""
    beside = _beside(tokens, start, told)
    if beside is not None and (form.sign == 0 or (form.sign > 0 and speech is None)):
        # "on 21 July, the fifth day of the rebellion"; in news "on Friday, two days after ..." tells two times
        return _at(form, beside)
    if form.sign == 0 and speech is not None and lower(tokens, start - 1) in ("is", "'s", "’s"):
        # "today is the eighth day of the operation"
        return _at(form, speech)
    anchor = _event_anchor(form, tokens, told)
    if anchor is None:
        return None
    if form.sign == 0:
        day = add_days(anchor.earliest, int(form.amount) - 1)
        return _at(form, Anchor(day, day, "day", anchor.evidence)) if day else None
    context = Context(None, anchor, narrative=True)
    found = resolve_offset(Offset(form.amount, form.unit, form.sign, "reference"), context)
    if found.period.latest is None or (speech is not None and found.period.latest > speech.latest):
        # "the deaths come a day after the raids began": news counts from what it tells of, and not beyond today
        return None
    return found


def _at(form: FromEvent, anchor: Anchor) -> Resolved:
    period = day_period(anchor.earliest)
    return Resolved("TIME" if form.night else "DATE", timed_period(period, None, "NI" if form.night else None), anchor)


def _beside(tokens: Tokens, start: int, told: Sequence[Told]) -> Anchor | None:
    """The day that stands just before, parted by a mark alone."""
    if not told or told[-1].tokens is not tokens or told[-1].anchor.precision != "day":
        return None
    between = tokens[told[-1].end : start]
    return told[-1].anchor if 0 < len(between) <= 3 and all(token.lower in _APART for token in between) else None


def _event_anchor(form: FromEvent, tokens: Tokens, told: Sequence[Told]) -> Anchor | None:
    event = tokens[form.event[0] : form.event[1]]
    names = {token.lower for token in event if _is_name(token.text) and not token.senses}
    kinds = {kind for token in event for kind in _families().get(token.lower, ())}
    if not names and not kinds:
        return None
    begins = any(token.lower in time_vocabulary().context["begins"] for token in event)
    heads = {token.lower[:4] for token in event if token.lower in _families()}
    first: Anchor | None = None
    for mention in reversed(told[-_DATED:]):
        if mention.anchor.precision not in _NEEDED.get(form.unit, _ALL):
            continue
        around = _sentence(mention)
        words = {token.lower for token in around}
        if len(names & words) * 2 < len(names) or not _same_kind(kinds, heads, words, bool(names)):
            continue
        if form.sign and not begins:
            return mention.anchor
        if words & time_vocabulary().context["begins"]:
            return mention.anchor
        first = mention.anchor
    return first


def _same_kind(kinds: set[str], heads: set[str], words: set[str], named: bool) -> bool:
    found = {kind for word in words for kind in _families().get(word, ())}
    if named:
        return bool(kinds & found) if kinds else bool(found)
    if kinds == {_LOOSE}:
        return any(word[:4] in heads for word in words)
    return bool(kinds & found)


def _sentence(told: Told) -> Tokens:
    """The words around a date, no farther than its sentence goes."""
    low = told.start
    while low > max(0, told.start - _REACH) and told.tokens[low - 1].lower not in _ENDS:
        low -= 1
    high = told.end
    while high < min(len(told.tokens), told.end + _REACH) and told.tokens[high].lower not in _ENDS:
        high += 1
    return told.tokens[low:high]


def _is_name(text: str) -> bool:
    return text[0].isupper() and text.isalpha() and len(text) > 1


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """Word -> the families of events it tells of (context_events.csv)."""
    families: dict[str, tuple[str, ...]] = {}
    for kind, words in time_vocabulary().context.items():
        if kind.startswith("event_"):
            for word in words:
                families[word] = (*families.get(word, ()), kind)
    return families
