"""What in a text bounds the day it was written: dates it tells, weekdays it counts from, names that had their days.

A clue says nothing by itself; ``written`` weighs them. Clocks, copyright lines and lists of what is most read are no
clues: they belong to the page, not to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.time_forms import Calendar, Form
from sayso.coding.time_grammar import find_forms
from sayso.coding.time_resolution import placed
from sayso.coding.time_tense import tense_at
from sayso.coding.time_tokens import time_tokens
from sayso.model import Span, TimeExpression
from sayso.vocabulary.dated_names import NAME_WORD, NamedDays, dated_names
from sayso.vocabulary.times import time_vocabulary

#: What a clue names. ``told``: a period with its year; ``yearless``: a day or month without one.
ClueKind = Literal[
    "told day", "told month", "told year", "yearless day", "yearless month", "weekday", "name", "newest name"
]
#: What the word before a weekday makes of it: the classes of ``context_written.csv``, and "other".
WEEKDAY_LEADS = ("told", "on", "back", "ahead", "of", "other")
_WORD_OR_POINT = re.compile(r"[\w’']+|[,.;:]")
#: How long ago what is called so was at most, in days: "this week's", said of a Monday's happening on the Sunday after
#: next, is as wide as usage goes.
_DEIXIS_DAYS = {"deixis_day": 2, "deixis_week": 14, "deixis_month": 62, "deixis_year": 730}
#: How many characters before a weekday are looked at, and how near the start of the text one is early.
_LOOK_BACK, _NEAR = 30, 600
#: More clues than this of one document are not looked at: the first ones tell.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue. ``first`` and ``last`` bound a period told; ``month``, ``day``, ``weekday`` what a date without year
    says; ``tense`` is that of its clause (-1, 0, 1); ``names`` the days a name speaks for; ``lead`` is what the words
    before make of it: of a weekday one of ``WEEKDAY_LEADS``, of a date "today" where it is the day of writing;
    ``early`` whether a weekday is the first (2) or near the start (1); ``within`` how many days ago a happening was at
    most ("last week's")."""

    kind: ClueKind
    span: Span
    tense: int = 0
    first: date | None = None
    last: date | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    names: tuple[NamedDays, ...] = ()
    lead: str = "other"
    early: int = 0
    within: int | None = None


def clues_of(parsed: ParsedDocument, times: Sequence[TimeExpression]) -> tuple[Clue, ...]:
    """The clues of the coded segments, dates first; ``times`` are those of ``tag_times(parsed)``."""
    known = {time.span for time in times}
    out: list[Clue] = []
    for section in parsed.sections:
        out.extend(clue for clue in _dates(section) if clue.span in known)
        if len(out) > _MOST:
            break
    names = list(_names(parsed))
    return (*_weekdays_led(out[:_MOST], parsed.document.text), *names, *newest(names))


def _weekdays_led(clues: Sequence[Clue], text: str) -> Iterator[Clue]:
    """``clues``, with what stands before each weekday, and where it stands."""
    first: int | None = None
    for clue in clues:
        if clue.kind != "weekday":
            yield clue
            continue
        start = clue.span.start
        first = start if first is None else first
        early = 2 if start == first else 1 if start < _NEAR else 0
        yield replace(clue, lead=_lead(text[max(0, start - _LOOK_BACK) : start]), early=early)


def _lead(before: str) -> str:
    words = _WORD_OR_POINT.findall(before.lower())
    word = words[-1] if words else ""
    context = time_vocabulary().context
    for lead in WEEKDAY_LEADS:
        if word in context.get(f"weekday_{lead}", ()):
            return lead
    return "told" if len(word) > 4 and word.endswith("ed") else "other"


def newest(names: Sequence[Clue]) -> list[Clue]:
    """Of clues that are names, the one whose days begin last, as a clue of its own: texts name what is new."""
    if not names:
        return []
    first, clue = max(((min(days.first for days in name.names), name) for name in names), key=lambda pair: pair[0])
    return [Clue("newest name", clue.span, 0, first, first)]


def _dates(section: Section) -> Iterator[Clue]:
    text = section.doc.text
    tokens = time_tokens(text)
    lines = _page_lines(text)
    for found in find_forms(tokens):
        start, end = tokens[found.start].start, tokens[found.end - 1].end
        if any(low <= start < high for low, high in lines):
            continue
        clue = clue_of(found.form, Span(section.offset + start, section.offset + end), tense_at(section, start, end))
        if clue and clue.kind in ("told day", "yearless day") and _is_today(text[max(0, start - _LOOK_BACK) : start]):
            clue = replace(clue, lead="today")
        if clue:
            yield clue


def _is_today(before: str) -> bool:
    """Whether a date stands right after a word for the day of writing: "today, Friday, 3 May", "today (3 May"."""
    words = [word for word in _WORD_OR_POINT.findall(before.lower()) if word not in ",;("]
    if words and words[-1] in time_vocabulary().words and words[-1].endswith("day") and words[-1] != "today":
        words.pop()
    today = time_vocabulary().context["deixis_today"]
    return bool(words) and (words[-1] in today or " ".join(words[-2:]) in today)


def clue_of(form: Form, span: Span, tense: int) -> Clue | None:
    """The clue a form gives; None where it says nothing of the day of writing."""
    if not isinstance(form, Calendar) or form.before_christ:
        return None
    if form.year is not None:
        period = placed(form, form.year)
        if period is None or period.earliest is None or period.latest is None:
            return None
        length = (period.latest - period.earliest).days
        kind: ClueKind = "told day" if length < 1 else "told month" if length < 93 else "told year"
        return Clue(kind, span, tense, period.earliest, period.latest)
    if form.decade is not None or form.century is not None or form.feast or form.within or form.which:
        return None
    if form.month:
        if form.day:
            return Clue("yearless day", span, tense, month=form.month, day=form.day, weekday=form.weekday)
        return Clue("yearless month", span, tense, month=form.month)
    if form.weekday and not form.season:
        return Clue("weekday", span, tense, weekday=form.weekday)
    return None


def told(text: str) -> str:
    """``text`` with the lines that belong to the page blanked, at the same offsets."""
    for low, high in _page_lines(text):
        text = text[:low] + " " * (high - low) + text[high:]
    return text


def _page_lines(text: str) -> list[tuple[int, int]]:
    """The lines that belong to the page: a copyright, a clock, what is most read."""
    marks = time_vocabulary().context["page_line"]
    out: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        words = line[:200].lower()
        clock = len(line) < 60 and any(mark in words for mark in time_vocabulary().context["page_clock"])
        if clock or any(mark in words for mark in marks):
            out.append((at, at + len(line)))
        at += len(line)
    return out


def _names(parsed: ParsedDocument) -> Iterator[Clue]:
    names = dated_names()
    starts = _first_words()
    seen: set[tuple[str, ...]] = set()
    for section in parsed.sections:
        matches = list(NAME_WORD.finditer(section.doc.text))
        words = [match.group().lower().replace("’", "'") for match in matches]
        for i, word in enumerate(words):
            if word not in starts:
                continue
            for length in range(min(starts[word], len(words) - i), 0, -1):
                key = tuple(words[i : i + length])
                plain = key if key in names else _without_possessive(key)
                if plain not in names:
                    continue
                if plain not in seen and not (i and words[i - 1] in time_vocabulary().context["no_longer"]):
                    seen.add(plain)
                    span = Span(section.offset + matches[i].start(), section.offset + matches[i + length - 1].end())
                    yield Clue("name", span, names=names[plain], within=_days_ago(words[max(0, i - 2) : i]))
                break


def _days_ago(before: Sequence[str]) -> int | None:
    """How many days ago, at most, the words ``before`` a happening say it was; None where they say nothing of it."""
    context = time_vocabulary().context
    for words in (" ".join(before), before[-1] if before else ""):
        for name, days in _DEIXIS_DAYS.items():
            if words in context[name]:
                return days
    return None


def _without_possessive(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words[:-1], words[-1].removesuffix("'s"))


def _first_words() -> dict[str, int]:
    """How long the longest name is that begins with a word."""
    out: dict[str, int] = {}
    for name in dated_names():
        for first in (name[0], f"{name[0]}'s"):
            out[first] = max(out.get(first, 0), len(name))
    return out
