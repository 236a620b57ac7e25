"""Date stamps in the head of an article: "Posted on July 2 2016", "(updated 20.07.2016)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sayso.reading.datestamp import Stamp, stamp_at
from sayso.reading.wordlists import rows

#: What a stamp is: ``published`` and ``updated`` are introduced by such words; ``plain`` stands for itself;
#: ``clock`` begins with the time of day and has no title above it; ``dateline`` is part of "DAMASCUS, 12 July 2016 -".
StampRole = Literal["published", "plain", "updated", "dateline", "clock"]

_ZONE = r"(?:\s?\(?(?:UTC|GMT|[A-Z]{1,4}T|MSK|KSA|Z)(?![A-Za-z])(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?\)?)"
_CLOCK = rf"\d{{1,2}}[:h]\d\d(?::\d\d)?(?:\.\d+)?(?:\s?[AaPp]\.?[Mm]\.?(?![A-Za-z]))?{_ZONE}?"
_TIME_AFTER = re.compile(
    rf"(?:[\s,|@–-]{{0,4}}(?:at\s|T)?{_CLOCK}|\s?at\s\d{{4}}(?!\d){_ZONE}?"
    rf"|\s\d{{4}}(?:{_ZONE}|\s?[AP]M(?![A-Za-z]))|{_ZONE}(?![a-z]))"
)
_TIME_BEFORE = re.compile(rf"(?:{_CLOCK}|\d{{4}}(?=\s))\s{{0,3}}[,|–-]?\s{{0,3}}")
_PROSE_GOES_ON = re.compile(r"\s?[a-z]|,\s?[a-z]|\s?['’]s\b")
_LABEL_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class HeadStamp:
    """A date stamp of the article itself, with its role; ``byline`` where it stands with the author's name."""

    stamp: Stamp
    role: StampRole
    byline: bool = False


def prose_goes_on(text: str, at: int, end: int) -> bool:
    """Whether what stands at ``at`` goes on with a sentence rather than beginning one."""
    return _PROSE_GOES_ON.match(text, at, end) is not None


@cache
def _labels() -> Callable[[str, int, int], re.Match[str] | None]:
    phrases = {phrase.lower() for _, phrase in rows("stamp_labels", "kind", "phrase")}
    choice = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    by = r"(?:\s(?:by|BY)\s[^\n\d]{2,60}?(?:\son|,|\|))?"
    return re.compile(
        rf"\(?(?P<label>{choice})(?![^\W_]){by}\s{{0,2}}[:–-]?\s{{0,3}}(?:on\s|at\s)?", re.IGNORECASE
    ).match


@cache
def _label_roles() -> dict[str, StampRole]:
    return {
        phrase.lower(): "published" if kind == "published" else "updated"
        for kind, phrase in rows("stamp_labels", "kind", "phrase")
    }


def stamped(text: str, at: int, end: int, title_seen: bool, month_first: bool) -> tuple[int, HeadStamp] | None:
    """The date stamp at ``at``, with the words before it and the time after it, and where all that ends.

    ``title_seen``: a title stands above, so that a date after a time of day is no clock and a date no sentence.
    """
    role: StampRole = "plain"
    label = _labels()(text, at, end)
    here = at
    if label:
        role = _label_roles()[label["label"].lower()]
        here = label.end()
    before = _TIME_BEFORE.match(text, here, end)
    stamp = stamp_at(text, here, end, month_first)
    if stamp is None and before:
        stamp = stamp_at(text, before.end(), end, month_first)
        if stamp and role == "plain" and not title_seen:
            role = "clock"
    if stamp is None:
        return None
    stop = time_end(text, stamp, end) or stamp.span.end
    if role == "plain" and not title_seen and _is_prose(text, stamp, stop, end):
        return None
    if text.startswith(")", stop):
        stop += 1
    while stop < end and text[stop] in ".,:;" and not text[stop - 1].isspace():
        stop += 1
    return stop, HeadStamp(stamp, role)


def label_before(text: str, start: int, stamp: Stamp) -> tuple[int, StampRole] | None:
    """Where the words begin that introduce ``stamp`` ("Published on"), not before ``start``, and the role they give."""
    first = max(start, stamp.span.start - _LABEL_CHARACTERS)
    for word in re.finditer(r"\S+", text[first : stamp.span.start]):
        label = _labels()(text, first + word.start(), stamp.span.start)
        if label and label.end() == stamp.span.start:
            return label.start(), _label_roles()[label["label"].lower()]
    return None


def time_end(text: str, stamp: Stamp, end: int) -> int | None:
    """Where the time of day after ``stamp`` ends; None where there is none."""
    after = _TIME_AFTER.match(text, stamp.span.end, end)
    return after.end() if after else None


def _is_prose(text: str, stamp: Stamp, stop: int, end: int) -> bool:
    """Whether a sentence goes on after a date such as "11 September 2001": nobody writes so with weekday or figures."""
    spelt = not text[stamp.span.start : stamp.span.end].lower().startswith(_weekdays())
    return spelt and text[stamp.span.end - 5] not in "-/." and prose_goes_on(text, stop, end)


@cache
def _weekdays() -> tuple[str, ...]:
    return tuple(word for kind, word, _ in rows("calendar", "kind", "word", "number") if kind == "weekday")
