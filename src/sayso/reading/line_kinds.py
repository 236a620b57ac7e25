"""What kind of segment each line is, once it is known which lines are article: rules over vocabulary, in plain sight.

The rules may take a line out of the article (a "READ MORE:" inside it, a disclaimer, a heading with nothing under it)
and may name what stands around it (title, byline, dateline); they never put running text into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.model import SegmentKind
from sayso.vocabulary.furniture import PhraseHit, function_words, furniture_phrases, words_of

#: Kinds of phrase that only web pages show; the others (a byline, a caption, "Sources") stand in plain documents too.
_PAGE_ONLY = frozenset(
    {"share", "comment", "subscribe", "account", "cookie", "rights", "advert", "related", "follow", "media", "tags"}
)
#: Rubrics under which other stories or the reader's voice begin.
_ENDS_ARTICLE = frozenset({"comment", "related", "tags", "rights", "subscribe", "follow", "share"})
_HEADING_WORDS, _TITLE_WORDS = 18, 28
_PROSE_CHARACTERS = 60
_MENU_LINES, _MENU_WORDS = 12, 5
#: A title stands at most so many lines above the article's first sentence.
_TITLE_REACH = 14
_MEASURED = 2_000

_BULLET = re.compile(r"\s*(?:[*+•·▪◦‣›»|]|[-–—o](?=\s))")
_NUMBERED = re.compile(r"\s*(?:\d{1,3}|[IVX]{1,5}|[a-zA-Z])\s?[.)]\s")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_DATE_WORD = re.compile(
    r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|gmt|utc|est|edt|pst|bst|cet|eest|msk|am|pm|a\.m|p\.m|at|on|of|st|nd|rd|th|last|first|published|updated|posted"
    r"|modified|date|local|time)\b\.?"
)
_GLUED_DIGIT = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)")
_NUMERIC_DATE = re.compile(r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDS_SENTENCE = (".", "!", "?", "…", "。", "！", "？")
_QUOTED = re.compile(r"[“\"«][^”\"»]*[”\"»]\W*")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    words: tuple[str, ...]
    hits: tuple[PhraseHit, ...]
    prose: bool

    def has(self, kind: str, *matches: str) -> bool:
        return any(hit.kind == kind and (not matches or hit.match in matches) for hit in self.hits)

    @property
    def marker(self) -> bool:
        """Whether the line opens with, or is, a phrase that only pages show."""
        return any(hit.kind in _PAGE_ONLY and hit.match != "any" for hit in self.hits)


def looks_like_page(units: Sequence[str]) -> bool:
    """Whether the text shows signs of having been a web page: two different lines that only pages have, or a menu.

    A menu, whatever its language, is ``_MENU_LINES`` lines of at most ``_MENU_WORDS`` words, no sentence among them.
    """
    signs: set[tuple[str, ...]] = set()
    run = 0
    for line in map(_measure, units):
        short = len(line.words) <= 12 and line.marker
        notice = any(line.has(kind) for kind in ("cookie", "rights", "subscribe")) and len(line.words) <= 120
        if short or notice or _is_teaser(line):
            signs.add(line.words)
        fragment = (
            0 < len(line.words) <= _MENU_WORDS and len(line.text) <= 40 and not line.text.endswith(_ENDS_SENTENCE)
        )
        run = run + 1 if fragment and not any(word.isdigit() for word in line.words) else 0
        if len(signs) >= 2 or run >= _MENU_LINES:
            return True
    return False


def kinds_of(units: Sequence[str], article: Sequence[bool], page: bool) -> list[SegmentKind]:
    """The kind of each unit (a line, or a paragraph of wrapped lines).

    ``article`` says which the model takes for article; ``page`` whether the text was a web page at all.
    """
    lines = [_measure(unit) for unit in units]
    inside = [own and not (page and _only_furniture(line)) for own, line in zip(article, lines, strict=True)]
    if page:
        _keep_lone_text(lines, inside)
        _drop_loose_ends(lines, inside)
        _keep_headings(lines, inside)
    first = next((i for i, line in enumerate(lines) if inside[i] and line.prose), None)
    if first is None:
        first = next((i for i, own in enumerate(inside) if own), 0)
    last = max((i for i, own in enumerate(inside) if own), default=-1)
    title = _title(lines, inside, first, page)
    kinds: list[SegmentKind] = []
    rubric = False
    for index, line in enumerate(lines):
        rubric = rubric or line.has("related", "start", "whole")
        if index == title:
            kind: SegmentKind = "title"
        elif line.has("disclaimer") and len(line.words) <= 120:
            kind = "disclaimer"
        elif _is_teaser(line):
            kind = "teaser"
        elif _is_byline(line) and (index <= first + 2 or index >= last - 1):
            kind = "byline"
        elif _is_dateline(line) and _dates_article(lines, index, title, first, page):
            kind = "dateline"
        elif inside[index]:
            kind = _article_kind(lines, inside, index)
        elif first < index < last and line.has("caption") and len(line.words) >= 5:
            kind = "caption"
        elif rubric and index > last and 4 <= len(line.words) <= 25 and not line.marker:
            kind = "teaser"
        else:
            kind = "chrome"
        kinds.append(kind)
    return kinds


def _measure(unit: str) -> _Line:
    text = unit[:_MEASURED].strip()
    words = tuple(words_of(text))
    share = sum(1 for word in words if any(word in listed for listed in function_words().values())) / max(len(words), 1)
    prose = len(unit) >= _PROSE_CHARACTERS and (share >= 0.2 or text.endswith(_ENDS_SENTENCE))
    return _Line(text, words, tuple(furniture_phrases().hits(words)), prose)


def _only_furniture(line: _Line) -> bool:
    """Whether page-only phrases cover nearly all of a short line."""
    covered = max((hit.words for hit in line.hits if hit.kind in _PAGE_ONLY and hit.match != "any"), default=0)
    return len(line.words) <= 8 and 0 < covered >= 0.6 * len(line.words)


def _keep_lone_text(lines: Sequence[_Line], inside: list[bool]) -> None:
    """Where no running text is left, keep what there is: nobody saves a page that is all furniture."""
    if any(own and line.prose for own, line in zip(inside, lines, strict=True)):
        return
    for index, line in enumerate(lines):
        notice = any(hit.kind in _PAGE_ONLY for hit in line.hits) and len(line.words) <= 60
        inside[index] = inside[index] or (line.prose and len(line.words) >= 15 and not notice)


def _keep_headings(lines: Sequence[_Line], inside: list[bool]) -> None:
    """Keep a heading right over running text of the article that has more of it within three lines above."""
    for index in range(1, len(lines) - 1):
        line = lines[index]
        if inside[index] or line.hits or len(line.words) < 3 or not (inside[index + 1] and lines[index + 1].prose):
            continue
        above = any(inside[i] and lines[i].prose for i in range(max(index - 3, 0), index))
        inside[index] = above and _is_heading(lines, inside, index)


def _drop_loose_ends(lines: Sequence[_Line], inside: list[bool]) -> None:
    """Take out what follows the last running text where a rubric such as "Related" or "Comments" stands between."""
    prose = [i for i, own in enumerate(inside) if own and lines[i].prose]
    if not prose:
        return
    ended = False
    for index in range(prose[-1] + 1, len(lines)):
        ended = ended or any(hit.kind in _ENDS_ARTICLE and hit.match != "any" for hit in lines[index].hits)
        ended = ended or lines[index].has("disclaimer")
        if ended:
            inside[index] = False


def _title(lines: Sequence[_Line], inside: Sequence[bool], first: int, page: bool) -> int | None:
    """The line above the first running text that looks most like its headline; None where none does."""
    if not page:
        # Nothing stands above the title of a plain document but a date or an author.
        for index in range(min(first, 3)):
            if _headline(lines[index]) and not _is_dateline(lines[index]) and not _is_byline(lines[index]):
                return index
        return None
    told = {w for line, own in zip(lines, inside, strict=True) if own and line.prose for w in line.words if len(w) > 3}
    best, best_score = None, 0.45
    for index in range(max(first - _TITLE_REACH, 0), first):
        line = lines[index]
        content = {word for word in line.words if len(word) > 3}
        if len(line.words) < 3 or not content or not _headline(line) or line.marker or line.has("disclaimer"):
            continue
        if _is_dateline(line) or _is_byline(line) or _is_teaser(line) or line.has("caption"):
            continue
        score = len(content & told) / len(content) + 0.02 * min(len(content), 10) - 0.01 * (first - index)
        if score > best_score:
            best, best_score = index, score
    return best


def _headline(line: _Line) -> bool:
    text = line.text.rstrip("\"'”’»)")
    if _BULLET.match(line.text) or not 1 <= len(line.words) <= _TITLE_WORDS or text.endswith((".", ";", ":", ",")):
        return False
    return line.text[:1].isupper() or line.text[:1].isdigit() or not line.text[:1].isalpha()


def _is_teaser(line: _Line) -> bool:
    """ "READ MORE: ..." and its like: the phrase, then a colon or the end of the line."""
    if len(line.words) > 40:
        return False
    opening = max((hit.words for hit in line.hits if hit.kind == "teaser" and hit.match == "start"), default=0)
    if not opening:
        return False
    after = len(line.words) - opening
    start = " ".join(line.text.split()[: opening + 1])
    return after <= 1 or any(sign in start for sign in ":|»>→")


def _is_byline(line: _Line) -> bool:
    if not line.has("byline") or len(line.words) > 16 or line.text.endswith((".", "?", "!")):
        return False
    if line.has("byline", "whole"):
        return True
    opening = max(hit.words for hit in line.hits if hit.kind == "byline")
    names = line.text.replace(":", " ").split()[opening : opening + 2]
    return bool(names) and all(name[:1].isupper() or name.isupper() for name in names[:1])


def _is_dateline(line: _Line) -> bool:
    """Whether the line holds a date and otherwise at most a place in capitals."""
    if len(line.words) > 14 or len(line.text) > 120:
        return False
    numeric = bool(_NUMERIC_DATE.search(line.text))
    rest = _LETTERS.findall(_DATE_WORD.sub(" ", _GLUED_DIGIT.sub(" ", line.text)))
    if not numeric and not (_YEAR.search(line.text) and _DATE_WORD.search(line.text)):
        return False
    # "DAMASCUS, 3 March 2016" and "Beirut - 12 May 2014"; a list heading such as "3. Palmyra – March 2017" is none.
    if _NUMBERED.match(line.text) and rest:
        return False
    return len(rest) <= 3 and all(word[:1].isupper() for word in rest) and (not rest or line.text[:1].isalpha())


def _dates_article(lines: Sequence[_Line], index: int, title: int | None, first: int, page: bool) -> bool:
    """Whether a date line stands where the article's own date does; elsewhere on a page it is a clock or a list."""
    if not page:
        return index <= first
    if lines[index].has("meta", "start") and abs(index - first) <= 6:
        return True
    if title is not None:
        return title - 3 <= index <= first + 1 and not (index < title and _CLOCK.search(lines[index].text))
    return index == first - 1 and not _CLOCK.search(lines[index].text)


def _article_kind(lines: Sequence[_Line], inside: Sequence[bool], index: int) -> SegmentKind:
    line = lines[index]
    if line.has("caption", "start") and len(line.words) <= 60 and (":" in line.text[:40] or len(line.words) <= 12):
        return "caption"
    if len(line.words) >= 6 and _QUOTED.fullmatch(line.text):
        return "quote"
    return "heading" if _is_heading(lines, inside, index) else "body"


def _is_heading(lines: Sequence[_Line], inside: Sequence[bool], index: int) -> bool:
    """A short line in capitals, numbered or of a few words, without a full stop, over running text."""
    line = lines[index]
    if not _headline(line) or len(line.words) > _HEADING_WORDS or line.text.endswith((".", "!", "…")):
        return False
    below = next((other for other in range(index + 1, min(index + 4, len(lines))) if inside[other]), None)
    if below is None or not (lines[below].prose and len(lines[below].words) > len(line.words)):
        return False
    if _NUMBERED.match(line.text) or len(line.words) <= 7:
        return True
    english = function_words()["en"]
    telling = [token for token in line.text.split() if token.strip(".,'’\"").lower() not in english]
    return sum(1 for token in telling if not token[:1].islower()) >= 0.8 * len(telling)
