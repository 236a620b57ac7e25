"""Time expressions of a document, normalised to TIMEX3 and put on the calendar.

What an expression is counted from is chosen by the text: the day the document was written in news, the running date of
the story in history texts, the heading it stands under in a list. Nobody sets a mode: ``is_narrative`` reads it off the
dates the text itself gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.coding.parse import ParsedDocument
from sayso.coding.time_calendar import add_days
from sayso.coding.time_context import Anchor, Context, Resolved
from sayso.coding.time_events import Told, resolve_from_event
from sayso.coding.time_forms import Calendar, Counted, Form, Found, FromEvent, Length, Offset, Recurrence, Shift, Vague
from sayso.coding.time_grammar import find_forms
from sayso.coding.time_numbers import lower
from sayso.coding.time_resolution import resolve
from sayso.coding.time_story import story_years
from sayso.coding.time_tense_words import tense_of_words
from sayso.coding.time_tokens import TimeToken, time_tokens
from sayso.model import Span, TimeBasis, TimeExpression, Written
from sayso.vocabulary.times import time_vocabulary

#: So many years away from the year of writing, a date is history and not news.
_NEWS_YEARS = 1
#: A story names at least so many years, so many of them past, and this many for every word of news. Set on WikiWars
#: train and TimeBank, where it parts all texts rightly, with room on both sides.
_STORY_DATES, _STORY_PAST, _NEWS_WEIGHT = 5, 4, 5


#: Months that a company reports on together: what is compared "with a year earlier" then is no quarter.
_LONGER_THAN_A_QUARTER = frozenset({6.0, 9.0, 12.0})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of running text, with where it starts in the document."""

    text: str
    offset: int
    tokens: Sequence[TimeToken]


@dataclass(frozen=True, slots=True)
class _Item:
    piece: _Piece
    found: Found
    start: int
    end: int


def tag_times(parsed: ParsedDocument) -> tuple[TimeExpression, ...]:
    """Every time expression of the coded segments, in order of the text, without overlaps.

    Relative expressions are resolved against ``document.written`` (its best day, else its interval), against the time
    last told of, or not at all where neither is known; ``anchor`` holds the words of what they were counted from.
    """
    return find_times(((section.doc.text, section.offset) for section in parsed.sections), parsed.document.written)


def find_times(pieces: Iterable[tuple[str, int]], written: Written | None) -> tuple[TimeExpression, ...]:
    """``tag_times`` for text that nobody has parsed: ``pieces`` are (text, where it starts in the document), in order.

    Nothing here needs a parse, which takes five to twenty times as long as this.
    """
    speech = _speech(written)
    items = [item for text, offset in pieces for item in _items(_Piece(text, offset, time_tokens(text)))]
    narrative = is_narrative([item.found.form for item in items], written)
    if not narrative:
        items = [item for item in items if not _is_of_stories(item)]
    out: list[TimeExpression] = []
    forms = [(item.found.form, _span(item)) for item in items]
    years = story_years(forms) if narrative else {}
    told: list[Told] = []
    quarter: Anchor | None = None
    reference: Anchor | None = None
    era_year: int | None = None
    for index, item in enumerate(items):
        form = item.found.form
        if isinstance(form, FromEvent):
            dated = index + 1 < len(items) and _is_dated_by(item, form, items[index + 1])
            counted = _from_event(item, form, [] if dated else told, None if narrative else speech)
            if counted is not None:
                out.append(counted)
            continue
        tense = _tense(item)
        local = narrative or _looks_back(reference, speech, form, out, item)
        year = years.get(index)
        resolved = resolve(
            form,
            Context(
                speech,
                reference,
                local,
                tense,
                era_year,
                quarter,
                year.year if year else None,
                year.evidence if year else None,
            ),
        )
        if isinstance(form, Length) and form.unit == "M" and form.amount in _LONGER_THAN_A_QUARTER:
            quarter = None
        span = _span(item)
        expression = _by_sighting(form, _expression(span, resolved))
        out.append(expression)
        if isinstance(form, Calendar) and form.before_christ and form.year:
            era_year, reference = form.year, None
        period = resolved.period
        named = expression.type in ("DATE", "TIME") and not period.value.endswith("_REF")
        if not narrative and isinstance(form, Offset) and form.sign < 0 and form.unit == "Y":
            # what is compared with "a year earlier" twice is compared with the same year
            named = False
        if named and period.earliest and period.latest and period.precision:
            reference = Anchor(period.earliest, period.latest, period.precision, (span,))
            era_year = None
            told.append(Told(reference, item.piece.tokens, item.found.start, item.found.end))
            if "-Q" in period.value:
                quarter = reference
    return tuple(out)


def _is_dated_by(item: _Item, form: FromEvent, after: _Item) -> bool:
    """Whether a time follows the event it is counted from: "a year after the offensive stalled in March" is two."""
    between = [token.lower for token in item.piece.tokens[form.event[1] : after.found.start][:3]]
    return after.piece is item.piece and isinstance(after.found.form, Calendar) and between in (["in"], ["on"], [])


def _from_event(item: _Item, form: FromEvent, told: list[Told], speech: Anchor | None) -> TimeExpression | None:
    """A time counted from an event; where nothing dates that, its mere length ("three weeks"), or nothing."""
    tokens = item.piece.tokens
    resolved = resolve_from_event(form, tokens, item.found.start, told, speech)
    if resolved is not None:
        return _expression(_span(item), resolved)
    if form.sign == 0 or lower(tokens, item.found.start) == "the":
        return None
    span = Span(_span(item).start, item.piece.offset + tokens[form.length_end - 1].end)
    return _expression(span, resolve(Length(form.amount, form.unit), Context(None, None)))


def _items(piece: _Piece) -> list[_Item]:
    tokens = piece.tokens
    return [_Item(piece, found, tokens[found.start].start, tokens[found.end - 1].end) for found in find_forms(tokens)]


def _tense(item: _Item) -> int:
    """The tense of the clause, unless the word before says more of this date: "was named, effective 1 February"."""
    before = _word_before(item)
    if before in time_vocabulary().context["comes_into_force"]:
        return 1
    if _describes_a_noun(item):
        return 0
    tense = tense_of_words(item.piece.tokens, item.found.start, item.found.end)
    return 0 if tense < 0 and before in time_vocabulary().context["reaches_on"] else tense


def _word_before(item: _Item) -> str:
    words = item.piece.text[max(0, item.start - 24) : item.start].lower().split()
    return words[-1] if words else ""


def _describes_a_noun(item: _Item) -> bool:
    """Whether a month says which one of many: "under a June agreement" has no tense of its own."""
    form = item.found.form
    if not isinstance(form, Calendar) or not form.month or form.day or form.which or form.within:
        return False
    after = item.piece.text[item.end : item.end + 24].split(maxsplit=1)
    return _word_before(item) in time_vocabulary().context["noun_lead"] and bool(after) and after[0].isalpha()


def _is_of_stories(item: _Item) -> bool:
    """Whether the words tell a time in stories only; in news "the former minister" says who, not when."""
    form = item.found.form
    if isinstance(form, Length):
        return form.age
    return (
        isinstance(form, Vague | Recurrence)
        and item.piece.text[item.start : item.end].lower() in time_vocabulary().context["story_only"]
    )


def _span(item: _Item) -> Span:
    return Span(item.piece.offset + item.start, item.piece.offset + item.end)


def _speech(written: Written | None) -> Anchor | None:
    if written is None:
        return None
    if written.best is not None:
        return Anchor(written.best, written.best, "day", written.evidence)
    return Anchor(written.earliest, written.latest, "span", written.evidence)


def is_narrative(forms: Sequence[Form], written: Written | None) -> bool:
    """Whether a text with these expressions runs along its own dates rather than along the day of writing.

    A text of unknown day can do nothing else. Otherwise years given in full speak for a story, if some of them are not
    those of the news; words counted from the day of speaking ("yesterday", a bare weekday) speak for news.
    """
    if written is None:
        return True
    year = written.latest.year
    years = [form.year for form in forms if isinstance(form, Calendar) and form.year is not None]
    past = sum(abs(named - year) > _NEWS_YEARS for named in years)
    news = sum(_is_news_word(form) for form in forms)
    return len(years) >= _STORY_DATES and past >= _STORY_PAST and len(years) > _NEWS_WEIGHT * news


def _is_news_word(form: Form) -> bool:
    """Whether a form is counted from the day of speaking, as news does: "yesterday", "last week", a bare weekday."""
    if isinstance(form, Shift):
        return form.unit in ("D", "W") and form.which.anchor == "speech"
    return isinstance(form, Calendar) and form.weekday is not None and form.month is None


def _looks_back(
    reference: Anchor | None, speech: Anchor | None, form: Form, before: list[TimeExpression], item: _Item
) -> bool:
    """Whether a news text tells of an earlier year just here, so that a date without a year belongs to that."""
    if reference is None or speech is None or not before or not isinstance(form, Calendar):
        return False
    if form.year is not None or form.weekday or not (form.month or form.season) or form.which or form.within:
        return False
    if abs(reference.latest.year - speech.latest.year) <= _NEWS_YEARS or before[-1].basis != "explicit":
        return False
    if _word_before(item) in time_vocabulary().context["reaches_on"]:
        return False
    between = item.piece.text[max(0, before[-1].span.end - item.piece.offset) : item.start]
    return before[-1].span.start >= item.piece.offset and len(between) < 200 and ". " not in between


def _by_sighting(form: Form, found: TimeExpression) -> TimeExpression:
    """Feasts of the Islamic calendar begin when the moon is seen: a day earlier or later than the tables have it."""
    whole = form.within if isinstance(form, Counted) else form
    if not isinstance(whole, Calendar) or not (whole.feast or "").startswith("hijri"):
        return found
    if found.earliest is None or found.latest is None:
        return found
    earliest, latest = add_days(found.earliest, -1), add_days(found.latest, 1)
    if earliest is None or latest is None:
        return found
    return replace(found, earliest=earliest, latest=latest, precision="span")


def _expression(span: Span, resolved: Resolved) -> TimeExpression:
    period = resolved.period
    basis: TimeBasis | None = None
    if period.earliest is not None:
        basis = "explicit" if resolved.anchor is None else "anchored"
    return TimeExpression(
        span=span,
        type=resolved.type,
        value=period.value,
        earliest=period.earliest,
        latest=period.latest,
        precision=period.precision,
        basis=basis,
        anchor=resolved.anchor.evidence if resolved.anchor and basis else (),
    )
