"""When the event of a trigger happened, chosen among the times in reach of it.

Nearest by syntax first: the trigger's own clause, then its sentence, then the heading it stands under, then the
sentence before where the story goes on. Where nothing is stated, a report of the day bounds the event by the day it was
written (basis ``reported``), never more: a publication day is no event's day. Rulings 2 and 3 of the coding guide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sayso.coding.parse import ParsedDocument, Section, Sentence
from sayso.coding.time_tense import tense_of
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Precision, Span, TimeBasis, TimeExpression, TimeSpan
from sayso.vocabulary.attribution import attribution_vocabulary
from sayso.vocabulary.times import time_vocabulary

#: How the time of an event was found; the last four say why it has none.
TimeRule = Literal[
    "words", "saying", "beginning", "heading", "story", "going on", "day of writing",
    "earlier", "coming", "undated", "said of other",
]  # fmt: skip

_DAY = timedelta(days=1)
#: A stamp ("Posted on 3 August 2016 by ...") stands within so many characters of the start of a document.
_STAMP_REACH = 90
#: Path costs between a trigger and a time; a clause boundary weighs more than a step inside a clause.
_CLAUSE_COST = {
    "ccomp": 3.0,
    "advcl": 3.0,
    "relcl": 3.5,
    "acl": 2.5,
    "parataxis": 4.0,
    "conj": 1.2,
    "csubj": 3.0,
    "appos": 2.0,
}
_FARTHEST = 14.0
#: A time inside a clause below the trigger's is farther than a trigger inside one below the time's: "said on Friday
#: that" spans more than "whether the strikes last week".
_INNER = 1.5
#: So many sentences on, a story still runs at the time it last gave.
_STORY_REACH = 1


@dataclass(frozen=True, slots=True)
class _Stated:
    """A time of the sentence as a stretch of days, with its words and the token they hang on."""

    earliest: date
    latest: date
    precision: Precision
    basis: TimeBasis
    evidence: tuple[Span, ...]
    token: Token
    opened: tuple[date, date] | None = None
    """Of a stretch that "since" opens: the days of its beginning."""


def time_of(trigger: Trigger, times: Sequence[TimeExpression], parsed: ParsedDocument) -> TimeSpan | None:
    """When the event of ``trigger`` happened; None where nothing in the text bounds it.

    ``times`` are those of ``tag_times(parsed)``, in order of the text.
    """
    return dated(trigger, times, parsed)[0]


def dated(
    trigger: Trigger, times: Sequence[TimeExpression], parsed: ParsedDocument
) -> tuple[TimeSpan | None, TimeRule]:
    """``time_of`` with the rule that gave the time, or that left it open."""
    written = parsed.document.written
    sentence = trigger.sentence
    tense = tense_of(trigger.token)
    candidates = _stated_in(sentence, times, parsed)
    if written is not None and tense < 0:
        # what has happened did not happen after the day of writing
        candidates = [time for time in candidates if time.earliest <= written.latest]
    stated = _choose(trigger, candidates)
    if stated is not None:
        if _is_time_of_saying(stated.token, trigger.token) and stated.earliest == stated.latest:
            if _is_background(trigger.token) or tense > 0:
                return None, "said of other"
            return TimeSpan(stated.earliest - _DAY, stated.latest, "span", "reported", stated.evidence), "saying"
        if stated.opened and stated.token.is_ancestor(trigger.token):
            # "since 7 July, when they advanced": the beginning, not all that followed
            first, last = stated.opened
            precision: Precision = "day" if first == last else "span"
            return TimeSpan(first, last, precision, "anchored", stated.evidence), "beginning"
        latest, precision = stated.latest, stated.precision
        if written is not None and tense < 0 and stated.earliest <= written.latest < latest:
            # "this month", of what has happened, ends with the day of writing
            latest, precision = written.latest, "span"
        return TimeSpan(stated.earliest, latest, precision, stated.basis, stated.evidence), "words"
    heading = _heading_time(sentence, times, parsed)
    if heading is not None:
        return heading, "heading"
    if _is_background(trigger.token):
        return None, "earlier"
    if tense > 0:
        return None, "coming"
    told = None if _is_present(trigger.token) else _story_time(sentence, times, parsed)
    if told is not None:
        return told, "story"
    if written is None or written.best is None:
        return None, "undated"
    day = written.best
    if _is_going_on(trigger.token):
        return TimeSpan(day, day, "day", "reported", written.evidence), "going on"
    return TimeSpan(day - _DAY, day, "span", "reported", written.evidence), "day of writing"


# --- the times of a sentence ------------------------------------------------------------------------------------------


def _within(span: Span, times: Sequence[TimeExpression]) -> Sequence[TimeExpression]:
    low = bisect_left(times, span.start, key=lambda time: time.span.start)
    high = bisect_left(times, span.end, key=lambda time: time.span.start)
    return times[low:high]


def _is_stamp(time: TimeExpression, parsed: ParsedDocument) -> bool:
    """Whether the words say when the document was written, not when anything happened."""
    written = parsed.document.written
    if written is None:
        return False
    if any(time.span.overlaps(span) for span in written.evidence):
        return True
    if time.basis != "explicit" or time.earliest != time.latest or time.span.start >= _STAMP_REACH:
        return False
    before = parsed.text[: time.span.start].lower().split()
    # "On 3 August jets struck" tells a day of the story; "Posted on 3 August" and a bare day do not.
    told = bool(before) and all(word in _words("date_preposition") for word in before)
    if not told and all(word.strip(":|,.-–—") in _words("stamp") for word in before):
        return True
    return time.earliest == written.best and before[-1] not in _words("date_preposition")


def _stated_in(sentence: Sentence, times: Sequence[TimeExpression], parsed: ParsedDocument) -> list[_Stated]:
    """The times of a sentence that lie on the calendar, ranges joined and "since" stretched to the day of writing."""
    written = parsed.document.written
    last_day = written.latest if written else None
    usable = [t for t in _within(sentence.span, times) if t.earliest and t.latest and not _is_stamp(t, parsed)]
    out: list[_Stated] = []
    i = 0
    while i < len(usable):
        time = usable[i]
        assert time.earliest is not None
        assert time.latest is not None
        assert time.precision is not None
        earliest, latest, precision = time.earliest, time.latest, time.precision
        spans: tuple[Span, ...] = (time.span,)
        before = _word_before(parsed.text, time.span.start)
        opened: tuple[date, date] | None = None
        if (
            i + 1 < len(usable)
            and usable[i + 1].value != "PRESENT_REF"
            and _joined(parsed.text, time.span, usable[i + 1].span, before)
        ):
            end = usable[i + 1]
            if end.latest is not None and end.latest >= earliest:
                latest, precision, spans = end.latest, "span", (time.span, end.span)
            i += 1
        elif before in _words("opens_range") and last_day and earliest <= last_day:
            opened, latest, precision = (earliest, latest), last_day, "span"
        elif time.value == "PRESENT_REF":
            i += 1
            continue
        token = _token_at(sentence.section, time.span)
        if token is not None:
            open_end = len(spans) == 1 and before in _words("opens_range")
            basis: TimeBasis = "explicit" if time.basis == "explicit" and not open_end else "anchored"
            out.append(_Stated(earliest, latest, precision, basis, (*spans, *time.anchor), token, opened))
        i += 1
    return out


def _words(kind: str) -> frozenset[str]:
    return time_vocabulary().context[kind]


def _word_before(text: str, start: int) -> str:
    words = text[max(0, start - 24) : start].split()
    return words[-1].lower().lstrip("(\"'“‘") if words else ""


def _joined(text: str, first: Span, second: Span, before: str) -> bool:
    between = text[first.end : second.start].strip().lower().split()
    if len(between) > 2 or not between:
        return False
    if between[0] in _words("closes_range"):
        return True
    return between[0] in _words("joins_range")


def _token_at(section: Section, span: Span) -> Token | None:
    found = section.doc.char_span(span.start - section.offset, span.end - section.offset)
    return None if found is None or not len(found) else found.root


# --- which of them ----------------------------------------------------------------------------------------------------


def _choose(trigger: Trigger, stated: Sequence[_Stated]) -> _Stated | None:
    """The time nearest to the trigger in the parse; None where all are too far."""
    best: tuple[float, int, _Stated] | None = None
    for time in stated:
        cost = path_cost(trigger.token, time.token)
        if _is_time_of_saying(time.token, trigger.token):
            cost += 6.0
        key = (cost, abs(time.token.i - trigger.token.i))
        if cost <= _FARTHEST and (best is None or key < best[:2]):
            best = (*key, time)
    return best[2] if best else None


def path_cost(first: Token, second: Token) -> float:
    """Cost of the way between two tokens through the parse; the sentence's ends count as unreachable (99)."""
    up: dict[int, float] = {}
    cost, token = 0.0, first
    while True:
        up[token.i] = cost
        if token.head.i == token.i:
            break
        cost += _CLAUSE_COST.get(token.dep_, 1.0)
        token = token.head
    cost, token = 0.0, second
    while token.i not in up:
        if token.head.i == token.i:
            return 99.0
        cost += _CLAUSE_COST[token.dep_] * _INNER if token.dep_ in _CLAUSE_COST else 1.0
        token = token.head
    return cost + up[token.i]


def _governor(token: Token) -> Token:
    """The verb a time hangs on (or the top of its tree)."""
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            break
    return token


def _is_time_of_saying(time: Token, trigger: Token) -> bool:
    """Whether the time belongs to a verb of saying that only reports the trigger."""
    verb = _governor(time)
    if verb.i == trigger.i or (verb.lemma_.lower(), "verb") not in attribution_vocabulary().cues:
        return False
    token = trigger
    while token.head.i != token.i:
        if token.head.i == verb.i:
            return token.dep_ in ("ccomp", "advcl", "parataxis", "dep", "dobj", "conj", "xcomp", "nsubj")
        token = token.head
    return False


# --- what the discourse says ------------------------------------------------------------------------------------------


def _heading_time(sentence: Sentence, times: Sequence[TimeExpression], parsed: ParsedDocument) -> TimeSpan | None:
    """The time of the heading the sentence stands under, or of the sentence itself where it is that heading."""
    heading: Section | None = None
    for section in parsed.sections:
        if section.offset > sentence.span.start:
            break
        if section.segment.kind == "heading":
            heading = section
    if heading is None or heading is sentence.section:
        return None
    found: list[_Stated] = []
    for other in parsed.sentences:
        if other.section is heading:
            found.extend(_stated_in(other, times, parsed))
    if not found:
        return None
    time = found[0]
    return TimeSpan(time.earliest, time.latest, time.precision, "heading", time.evidence)


def _story_time(sentence: Sentence, times: Sequence[TimeExpression], parsed: ParsedDocument) -> TimeSpan | None:
    """The day the sentences just before told of, in the same segment."""
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _STORY_REACH), -1):
        before = parsed.sentences[index]
        if before.section.segment is not sentence.section.segment:
            return None
        stated = [s for s in _stated_in(before, times, parsed) if s.latest - s.earliest <= _DAY]
        if stated:
            time = stated[-1]
            return TimeSpan(time.earliest, time.latest, time.precision, "anchored", time.evidence)
    return None


def _clause_verb(token: Token) -> Token:
    return token if token.pos_ in ("VERB", "AUX") else _governor(token)


def _is_background(token: Token) -> bool:
    """Whether the clause tells of a time before the story: the pluperfect, "previously", "an earlier attack"."""
    verb = _clause_verb(token)
    pluperfect = any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in verb.children)
    if pluperfect and not _is_reported(verb):
        return True
    near = [child.lower_ for node in (token, verb) for child in node.children if child.dep_ in ("advmod", "amod")]
    return any(word in _words("before_now") for word in near)


def _is_reported(verb: Token) -> bool:
    """Whether ``verb`` is in the content of a verb of saying, where "had" only shifts the tense back."""
    while verb.head.i != verb.i and verb.dep_ in ("ccomp", "conj", "xcomp", "advcl"):
        if verb.dep_ == "ccomp" and (verb.head.lemma_.lower(), "verb") in attribution_vocabulary().cues:
            return True
        verb = verb.head
    return False


def _is_present(token: Token) -> bool:
    """Whether the clause speaks of now: the present tense or the perfect, which need no story before them."""
    verb = _clause_verb(token)
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return bool(helpers & {"has", "have"}) or verb.tag_ in ("VBZ", "VBP") or bool(helpers & {"is", "are"})


def _is_going_on(token: Token) -> bool:
    """Whether the event lasts: "is advancing", "fighting continues", "ongoing clashes"."""
    verb = _clause_verb(token)
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBG" and helpers & {"is", "are", "'s", "been", "'re"}:
        return True
    if verb.lemma_.lower() in _words("going_on") and verb.tag_ in ("VBZ", "VBP", "VBG"):
        return True
    return any(child.lower_ in _words("going_on") for child in token.children if child.dep_ in ("amod", "advmod"))
