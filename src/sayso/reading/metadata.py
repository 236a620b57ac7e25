"""Title, author and outlet, where the text or its address tells what no column or tag does."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from sayso.model import Segment
from sayso.reading.article import Article
from sayso.reading.datelines import credited, is_credit
from sayso.reading.datestamp import find_stamps
from sayso.reading.wordlists import rows

_BY = re.compile(r"(?:^|\b(?:written|reported|posted|published)\s|\|\s?)by:?\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:['’.-][^\W\d_]*)*")
_PARTICLES = frozenset(("and", "al", "el", "de", "van", "von", "bin", "ibn", "la", "der", "den", "da", "di", "y", "et"))
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]]")
_TAIL_CREDIT = re.compile(r"(?:--?|[–—(])\s?([A-Z][\w/ .-]{1,30}?)\)?\s*$")
_MOST_NAMES = 12
_TITLE_CHARACTERS = 250


@dataclass(frozen=True, slots=True)
class Outlet:
    """A known outlet; ``month_first`` where it writes numeric dates the American way."""

    name: str
    month_first: bool


@cache
def _outlets() -> dict[str, Outlet]:
    return {host: Outlet(name, dates == "mdy") for host, name, dates in rows("outlets", "host", "outlet", "dates")}


def outlet_of(url: str | None) -> Outlet | None:
    """The known outlet whose page ``url`` is, by its host or a parent of it."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".") if url else ""
    labels = host.split(".")
    return next((o for i in range(len(labels) - 1) if (o := _outlets().get(".".join(labels[i:])))), None)


def writes_month_first(article: Article) -> bool:
    """Whether the outlet of ``article``, as far as known, writes 07/10/2016 for the tenth of July."""
    known = outlet_of(article.url)
    if known is None and article.outlet:
        wanted = article.outlet.strip().lower()
        known = next((outlet for outlet in _outlets().values() if outlet.name.lower() == wanted), None)
    return known is not None and known.month_first


def complete(article: Article, segments: tuple[Segment, ...]) -> Article:
    """``article`` with title, author and outlet, where unknown, read from its segments and its address."""
    text = article.text
    title = article.title or next((text[s.start : s.end] for s in segments if s.kind == "title"), None)
    if title is not None and article.title is None and len(title) > _TITLE_CHARACTERS:
        title = None
    author = article.author
    for segment in segments:
        if author is None and segment.kind == "byline":
            author = byline_author(text[segment.start : segment.end])
    known = outlet_of(article.url)
    outlet = article.outlet or (known.name if known else None) or _credit(text, segments)
    return replace(article, title=title, author=author, outlet=outlet)


def byline_author(words: str) -> str | None:
    """The person in a byline ("By Jane Roe, Beirut" -> "Jane Roe"); None for outlets and for what is no name."""
    for stamp in find_stamps(words, 0, len(words)):
        words = words[: stamp.span.start] + "|" + words[stamp.span.end :]
    match = _BY.search(words)
    if not match:
        return None
    rest = re.split(r"[|,;(\n•·]|\s[-–—]\s|\sfor\s|\sin\s", words[match.end() :], maxsplit=1)[0].strip(" .:-")
    names = rest.split()
    capitalised = [n for n in names if _NAME.fullmatch(n) and (n[0].isupper() or not n[0].islower())]
    joined = all(n in capitalised or n.lower() in _PARTICLES for n in names)
    if not names or len(names) > _MOST_NAMES or not joined or not capitalised:
        return None
    outlets = {outlet.name.lower() for outlet in _outlets().values()}
    if is_credit(rest) or credited(rest) or rest.lower().removesuffix(" english") in outlets or "staff" in rest.lower():
        return None
    return rest


def _credit(text: str, segments: tuple[Segment, ...]) -> str | None:
    """The outlet credited in a dateline or byline, or at the end of the last paragraph."""
    for segment in segments:
        if segment.kind in ("dateline", "byline"):
            words = text[segment.start : segment.end]
            for part in (*(m[1] for m in _IN_BRACKETS.finditer(words)), *re.split(r"[-–—,|:]|[Bb]y\s", words)):
                if outlet := credited(part.strip()):
                    return outlet
    last = next((s for s in reversed(segments) if s.kind == "body"), None)
    if last is None:
        return None
    match = _TAIL_CREDIT.search(text, max(last.start, last.end - 40), last.end)
    return credited(match[1]) if match else None
