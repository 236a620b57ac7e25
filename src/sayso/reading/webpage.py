"""Web pages: all the visible text, with what is article told from what is page.

Three voices are heard: the markup (a caption is a caption), trafilatura (which paragraphs are article), and the line
labeller for flattened text (what sort of furniture the rest is). Metadata come from the page's own tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import htmldate
import trafilatura
from lxml import etree

from sayso.model import Segment, SegmentKind
from sayso.reading.address import address_day, web_address
from sayso.reading.article import Article
from sayso.reading.decode import decode, printable
from sayso.reading.furniture import label_lines
from sayso.reading.limits import PAGE_DEPTH
from sayso.reading.pagelines import Page, PageLine, page_lines
from sayso.reading.pagemeta import PageMeta, page_meta

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_WORDS = re.compile(r"[^\W_]+")
_SHINGLE = 5
#: What a library that walks a page may raise on one it did not expect.
_UNEXPECTED = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, etree.LxmlError)
_PROSE_CHARACTERS = 80
_FURNITURE: frozenset[SegmentKind] = frozenset(("chrome", "teaser", "disclaimer"))


@dataclass(frozen=True, slots=True)
class _Extracted:
    """What trafilatura takes for the article: its paragraphs as words, and what it says of it."""

    paragraphs: frozenset[tuple[str, ...]]
    shingles: frozenset[tuple[str, ...]]
    title: str | None
    author: str | None
    outlet: str | None

    def holds(self, words: tuple[str, ...]) -> bool:
        if len(words) < _SHINGLE:
            return words in self.paragraphs
        found = _shingles(words)
        return sum(shingle in self.shingles for shingle in found) * 2 >= len(found)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.lower()))


def _shingles(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1)]


def read_page(data: bytes, item: str) -> Article:
    """The article in a web page. Raises ``Unreadable`` where the page holds no text."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    html = printable(decode(data, item, declared[1].decode("ascii") if declared else None))
    page = page_lines(html, item)
    text = "\n".join(line.text for line in page.lines)
    shallow = page.tree is not None and page.depth <= PAGE_DEPTH
    extracted = _extract(html) if shallow else None
    meta = page_meta(page.tree) if page.tree is not None else PageMeta()
    title = _title(page, meta, extracted)
    return Article(
        text=text,
        segments=_segments(text, page, extracted, title),
        title=title,
        wraps=False,
        outlet=meta.outlet or (extracted.outlet if extracted else None),
        author=meta.author or (extracted.author if extracted else None),
        url=meta.url,
        dated=meta.published or (_dated(html, meta.url) if shallow else None),
    )


def _extract(html: str) -> _Extracted | None:
    try:
        found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, include_tables=True)
    except _UNEXPECTED:
        return None
    if found is None or not found.text:
        return None
    paragraphs = [_words(paragraph) for paragraph in found.text.splitlines()]
    return _Extracted(
        frozenset(paragraphs),
        frozenset(shingle for paragraph in paragraphs for shingle in _shingles(paragraph)),
        found.title or None,
        (found.author or "").replace("; ", ", ") or None,
        found.sitename or None,
    )


def _dated(html: str, url: str | None) -> date | None:
    """The day htmldate finds in the page's tags; never one guessed from its text, nor that of its address."""
    try:
        found = htmldate.find_date(html, extensive_search=False, original_date=True)
        day = date.fromisoformat(found) if found else None
    except _UNEXPECTED:
        return None
    return None if day == address_day(web_address(url)) else day


def _title(page: Page, meta: PageMeta, extracted: _Extracted | None) -> str | None:
    """The page's first heading of the highest rank if its tags agree, else what they say."""
    said = meta.title or (extracted.title if extracted else None)
    headings = [line for line in page.lines if line.heading == 1 and line.kind not in _FURNITURE]
    if said is None:
        return headings[0].text if headings else None
    words = set(_words(said))
    for line in headings:
        own = _words(line.text)
        if own and sum(word in words for word in own) * 2 >= len(own):
            return line.text
    return said


def _segments(text: str, page: Page, extracted: _Extracted | None, title: str | None) -> tuple[Segment, ...]:
    labelled = {segment.start: segment.kind for segment in label_lines(text)}
    title_words = _words(title or "")
    article = [
        extracted is not None and line.kind not in _FURNITURE and extracted.holds(_words(line.text))
        for line in page.lines
    ]
    first = next((i for i, held in enumerate(article) if held), 0)
    last = next((i for i in range(len(article) - 1, -1, -1) if article[i]), len(article) - 1)
    found: list[Segment] = []
    at = 0
    title_seen = False
    for index, line in enumerate(page.lines):
        by_words = labelled.get(at, "body")
        if title_words and not title_seen and line.kind not in _FURNITURE and _words(line.text) == title_words:
            kind: SegmentKind = "title"
            title_seen = True
        else:
            inside = first <= index <= last
            kind = _kind(line, by_words, article[index] if extracted else None, inside)
        found.append(Segment(at, at + len(line.text), kind))
        at += len(line.text) + 1
    return tuple(found)


def _kind(line: PageLine, by_words: SegmentKind, article: bool | None, inside: bool) -> SegmentKind:
    """What a line is. ``article``: what trafilatura says, None where nothing; ``inside``: in the article's range."""
    if line.kind in _FURNITURE:
        return line.kind or "chrome"
    if line.kind in ("byline", "dateline"):
        return line.kind if len(line.text) <= _PROSE_CHARACTERS * 2 else "body"
    if line.heading is not None:
        if inside and by_words not in ("teaser", "disclaimer"):
            return "heading"
        return by_words if by_words in _FURNITURE else "teaser"
    if line.kind == "caption":
        return "caption" if article is None or inside else "chrome"
    if article is None:
        return line.kind or by_words
    if article:
        # Where trafilatura takes a line for article, only what its words say outright stands against that.
        specific = by_words in ("byline", "dateline", "disclaimer", "teaser")
        return by_words if specific else line.kind or ("body" if by_words == "chrome" else by_words)
    if by_words in _FURNITURE or by_words in ("byline", "dateline"):
        return by_words
    if inside and len(line.text) >= _PROSE_CHARACTERS:
        return line.kind or "body"
    return "chrome"
