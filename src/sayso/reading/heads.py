"""The head of an article: the stamp, the repeated title, the buttons and the dateline before its first words.

Where a page was flattened, often all of it onto one line, these run into the body: "Sun 10 Jul 2016 29 killed in
Aleppo. At least 29 ...". Here they are cut off again, by rule: a head part is one only where it stands at the very
start, or right after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.model import Segment, SegmentKind
from sayso.reading.datelines import dateline_end, is_credit
from sayso.reading.datestamp import find_stamps, stamp_at
from sayso.reading.headstamps import HeadStamp, label_before, prose_goes_on, stamped, time_end
from sayso.reading.wordlists import rows

_WORD = re.compile(r"[^\W_]+")
_BLANK = re.compile(r"[\s|•·]*")
_BYLINE = re.compile(r"[Bb]y\s(?:[A-Z][\w'’.-]*)(?:\s(?:[A-Z][\w'’.-]*|and|al|de|van|von|bin)){0,7}")
_STRAY_ADDRESS = re.compile(r"\s{0,3}\S{0,10}https?\S{2,60}")
_CLOSING = re.compile(r"[.!?\"'”’)]*(?:\s\.(?=\s|$))?")
_WORDS_BEFORE = re.compile(r"[A-Z][^\W_]*\W{0,3}$")
#: Characters into a body in which a stamp may still stand, after a summary or the names of sections.
_SUMMARY_CHARACTERS = 400
#: Segments from the top in which a head is looked for, and characters of a body in which its tail is.
_HEAD_SEGMENTS = 14
_TAIL_CHARACTERS = 300
#: A line shorter than this that ends no sentence does not begin the text.
_SCRAP_CHARACTERS = 50
_MOST_FURNITURE = 8
_BUTTONS_CHARACTERS = 200
_SENTENCE_ENDS = frozenset((*'.!?)"”', ""))
_LEAST_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """All segments of a text, heads cut off, and the stamps found in them."""

    segments: tuple[Segment, ...]
    stamps: tuple[HeadStamp, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    kind: SegmentKind
    stamps: tuple[HeadStamp, ...] = ()


def split_head(text: str, segments: tuple[Segment, ...], title: str | None, month_first: bool = False) -> Head:
    """``segments`` of ``text`` with the head parts of an article cut off and labelled, and the date stamps in them.

    ``title`` is the title known from elsewhere (a column, a tag), recognised where the text repeats it.
    """
    found: list[Segment] = []
    stamps: list[HeadStamp] = []
    title_seen = False
    body_seen = False
    for index, segment in enumerate(segments):
        if body_seen or index >= _HEAD_SEGMENTS:
            found.append(segment)
            continue
        parts = list(_parts(text, segment.start, segment.end, None if title_seen else title, title_seen, month_first))
        rest = _start_of_rest(text, parts, segment)
        if segment.kind == "chrome":
            # A date in the furniture of a page is today's, unless it says that it is not.
            parts = [p for p in parts if any(s.role == "published" for s in p.stamps)] if rest is None else []
            rest = None if parts else segment.start
        elif rest is not None and segment.kind not in ("body", "quote", "dateline", "byline"):
            parts, rest = [], segment.start
        if not parts or (rest is None and segment.kind == "title"):
            found.append(segment)
            stamps.extend(_stamps_inside(text, segment, month_first))
        else:
            found.extend(Segment(part.start, part.end, part.kind) for part in parts)
            stamps.extend(stamp for part in parts for stamp in part.stamps)
            if rest is not None:
                found.append(Segment(rest, segment.end, segment.kind))
        title_seen = title_seen or any(s.kind == "title" for s in found[-1 - len(parts) :])
        body_seen = segment.kind == "body" and rest is not None and not _is_scrap(text, segment)
    if not stamps and (middle := _after_summary(text, found, month_first)):
        index, parts = middle
        found[index : index + 1] = [Segment(part.start, part.end, part.kind) for part in parts]
        stamps.extend(stamp for part in parts for stamp in part.stamps)
    if not any(stamp.role in ("published", "plain") for stamp in stamps):
        stamps.extend(_tail_stamps(text, segments, month_first))
    return Head(_covering(text, found), tuple(stamps))


def _is_scrap(text: str, segment: Segment) -> bool:
    """Whether a line is too short and too open to be where the article's text begins: "By our foreign desk"."""
    line = text[segment.start : segment.end].rstrip()
    return len(line) < _SCRAP_CHARACTERS and line[-1:] not in _SENTENCE_ENDS


def _covering(text: str, segments: list[Segment]) -> tuple[Segment, ...]:
    """``segments``, each widened over the bars and points that stand between it and the next."""
    covering: list[Segment] = []
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        start = segment.start if covering else len(text) - len(text.lstrip())
        between = text[segment.end : following.start if following else len(text)]
        covering.append(Segment(min(start, segment.start), segment.end + len(between.rstrip()), segment.kind))
    return tuple(covering)


def _start_of_rest(text: str, parts: list[_Part], segment: Segment) -> int | None:
    """Where what is left of ``segment`` after ``parts`` begins; None where nothing is left."""
    at = parts[-1].end if parts else segment.start
    while at < segment.end and text[at].isspace():
        at += 1
    return at if at < segment.end and any(c.isalnum() for c in text[at : segment.end]) else None


def _parts(text: str, start: int, end: int, title: str | None, title_seen: bool, month_first: bool) -> Iterator[_Part]:
    """The head parts at the start of ``text[start:end]``, without gaps but blanks."""
    at = start
    furniture = 0
    dated = False
    while at < end:
        blank = _BLANK.match(text, at, end)
        here = blank.end() if blank else at
        part = None
        title_end = _title_end(text, here, end, title) if title else None
        if title_end:
            part, title, title_seen = _Part(at, title_end, "title"), None, True
        if part is None and (stamp := stamped(text, here, end, title_seen, month_first)):
            part = _Part(here, stamp[0], "chrome" if stamp[1].role == "clock" else "dateline", (stamp[1],))
        if part is None:
            part = _byline(text, here, end, title) if dated else _credit(text, here, end, month_first)
        if part is None and furniture < _MOST_FURNITURE:
            after = _furniture_end(text, here, end)
            near = min(end, here + _BUTTONS_CHARACTERS)
            # Before anything else a button is one only if a stamp follows it.
            if after and (dated or title_seen or _stamp_follows(text, after, near, title_seen, month_first)):
                part = _Part(here, after, "chrome")
                furniture += 1
        if part is None:
            break
        yield _Part(max(here, part.start), part.end, part.kind, part.stamps)
        dated = dated or bool(part.stamps)
        at = part.end
    here = at
    while here < end and text[here].isspace():
        here += 1
    after_place = dateline_end(text, here, end)
    if after_place:
        days = find_stamps(text, here, after_place, month_first)
        stop = len(text[:after_place].rstrip())
        yield _Part(here, stop, "dateline", tuple(HeadStamp(day, "dateline") for day in days[:1]))


def _stamp_follows(text: str, at: int, end: int, title_seen: bool, month_first: bool) -> bool:
    blank = _BLANK.match(text, at, end)
    here = blank.end() if blank else at
    after = _furniture_end(text, here, end)
    return stamped(text, here, end, title_seen, month_first) is not None or (
        after is not None and _stamp_follows(text, after, end, title_seen, month_first)
    )


def _stamps_inside(text: str, segment: Segment, month_first: bool) -> Iterator[HeadStamp]:
    """The stamp somewhere in a byline or dateline: "Jane Roe in Beirut, 12 July 2016". Two dates are none."""
    if segment.kind in ("byline", "dateline"):
        days = find_stamps(text, segment.start, segment.end, month_first)
        if len(days) == 1:
            label = label_before(text, segment.start, days[0])
            yield HeadStamp(days[0], label[1] if label else "plain", segment.kind == "byline")


def _after_summary(text: str, segments: list[Segment], month_first: bool) -> tuple[int, list[_Part]] | None:
    """The first body cut at a stamp standing after a summary, and its index: "... say monitors AFP Friday 2 May 2014".

    Dates stand in prose too; this one is a stamp because a credit stands before it or a time of day after it, and it
    follows a capitalised word.
    """
    index = next((i for i, segment in enumerate(segments) if segment.kind == "body"), None)
    if index is None:
        return None
    body = segments[index]
    for stamp in find_stamps(text, body.start, min(body.end, body.start + _SUMMARY_CHARACTERS), month_first):
        before = text[max(body.start, stamp.span.start - 40) : stamp.span.start]
        if not _WORDS_BEFORE.search(before):
            continue
        words = before.split()
        credit = next((n for n in (2, 1) if len(words) >= n and is_credit(" ".join(words[-n:]))), 0)
        after = time_end(text, stamp, body.end)
        if not credit and not after:
            continue
        start = stamp.span.start
        if credit:
            start = text.rindex(words[-credit], body.start, stamp.span.start)
        parts = [_Part(body.start, len(text[:start].rstrip()), "body")] if text[body.start : start].strip() else []
        if credit:
            parts.append(_Part(start, len(text[: stamp.span.start].rstrip()), "byline"))
        stop = after or stamp.span.end
        parts.append(_Part(stamp.span.start, stop, "dateline", (HeadStamp(stamp, "plain"),)))
        for part in _parts(text, stop, body.end, None, True, month_first):
            parts.append(part)
            stop = part.end
        while stop < body.end and text[stop].isspace():
            stop += 1
        if stop < body.end:
            parts.append(_Part(stop, body.end, "body"))
        return index, parts
    return None


def _tail_stamps(text: str, segments: tuple[Segment, ...], month_first: bool) -> Iterator[HeadStamp]:
    """Stamps at the end of the article that say in words that it was published then."""
    last = next((s for s in reversed(segments) if s.kind in ("body", "byline", "dateline")), None)
    if last is None:
        return
    start = max(last.start, last.end - _TAIL_CHARACTERS)
    for stamp in find_stamps(text, start, last.end, month_first):
        label = label_before(text, start, stamp)
        if label and label[1] == "published" and text[last.start : label[0]].rstrip()[-1:] in _SENTENCE_ENDS:
            yield HeadStamp(stamp, "published")


# --- the other parts ------------------------------------------------------------------------------------------------


def _title_end(text: str, at: int, end: int, title: str) -> int | None:
    """Where a repetition of ``title``, with or without the site's name after it, ends; None where there is none."""
    for candidate in dict.fromkeys((title, *(title[: m.start()] for m in re.finditer(r"\s[-–—|:]\s", title[:500])))):
        words = [word.lower() for word in _WORD.findall(candidate)]
        if len(words) < _LEAST_TITLE_WORDS:
            continue
        matches = _WORD.finditer(text, at, min(end, at + 2 * len(candidate) + 50))
        reached = None
        for word, match in zip(words, matches, strict=False):
            if match.group().lower() != word or (reached is None and match.start() > at + 3):
                reached = None
                break
            reached = match
        else:
            if reached is None or len(words) > sum(1 for _ in _WORD.finditer(text, at, reached.end())):
                continue
            stop = reached.end()
            closing = _CLOSING.match(text, stop, end)
            stop = closing.end() if closing else stop
            if not prose_goes_on(text, stop, end):
                return stop
    return None


def _byline(text: str, at: int, end: int, title: str | None) -> _Part | None:
    """ "by Someone" at ``at``, right after a stamp: up to the title or the end of the line, or two names long."""
    match = _BYLINE.match(text, at, end)
    if not match:
        return None
    names = list(re.finditer(r"\S+", match.group()))
    if title:
        for name in names[1:]:
            if _title_end(text, at + name.start(), end, title):
                return _Part(at, at + names[names.index(name) - 1].end(), "byline")
    if match.end() == end:
        return _Part(at, end, "byline")
    return _Part(at, at + names[min(2, len(names) - 1)].end(), "byline")


def _credit(text: str, at: int, end: int, month_first: bool) -> _Part | None:
    """An agency's name between the title and a stamp."""
    match = re.compile(r"\(?[A-Z][\w-]*(?: [A-Z][\w-]*)?\)?").match(text, at, end)
    while match:
        after = _BLANK.match(text, match.end(), end)
        if is_credit(match.group().strip("()")) and after and stamp_at(text, after.end(), end, month_first):
            return _Part(at, match.end(), "byline")
        shorter = match.group().rpartition(" ")[0]
        match = re.compile(re.escape(shorter)).match(text, at, end) if shorter else None
    return None


@cache
def _furniture() -> re.Pattern[str]:
    phrases = sorted((phrase for (phrase,) in rows("head_furniture", "phrase")), key=len, reverse=True)
    choice = "|".join(re.escape(phrase).replace("N", r"\d{1,7}") if " N" in phrase or phrase.startswith("N ")
                      else re.escape(phrase) for phrase in phrases)  # fmt: skip
    return re.compile(rf"(?:{choice})(?![^\W_])(?:\s0\s\d{{1,5}}(?!\d))?")


def _furniture_end(text: str, at: int, end: int) -> int | None:
    match = _furniture().match(text, at, end)
    if not match:
        return None
    address = _STRAY_ADDRESS.match(text, match.end(), end)
    if address:
        return address.end()
    return None if prose_goes_on(text, match.end(), end) else match.end()
