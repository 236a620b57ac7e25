"""An article to a ``Document``: its segments, its metadata, its date and its id."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sayso.errors import TooLarge, Unreadable
from sayso.model import Document
from sayso.reading.address import web_address
from sayso.reading.article import Article
from sayso.reading.dating import written
from sayso.reading.furniture import label_lines
from sayso.reading.heads import split_head
from sayso.reading.language import detect_language, language_code
from sayso.reading.limits import TEXT_CHARACTERS
from sayso.reading.metadata import complete, writes_month_first
from sayso.reading.wrapping import join_wrapped

_SPACE = re.compile(r"\s+")


def document(article: Article, item: str, document_id: str, capture_id: str, published: date | None) -> Document:
    """The document of ``article``. ``item`` names it in errors; ``published`` is what the user said of its day.

    Raises ``Unreadable`` where there is no text, ``TooLarge`` where there is too much.
    """
    if not article.text.strip():
        raise Unreadable(item, "holds no text")
    if len(article.text) > TEXT_CHARACTERS:
        raise TooLarge(item, f"{len(article.text):,} characters of text; the limit is {TEXT_CHARACTERS:,}")
    article = replace(article, url=web_address(article.url))
    month_first = writes_month_first(article)
    labelled = article.segments if article.segments is not None else label_lines(article.text)
    head = split_head(article.text, labelled, article.title, month_first)
    segments = join_wrapped(article.text, head.segments) if article.wraps else head.segments
    when = written(article, head.stamps, published, month_first)
    article = complete(article, segments)
    extra = dict(article.extra)
    if article.published and when.unread:
        extra["published"] = article.published
    return Document(
        id=document_id,
        capture_id=capture_id,
        text=article.text,
        segments=segments,
        title=squeezed(article.title),
        outlet=squeezed(article.outlet),
        author=squeezed(article.author),
        url=article.url,
        language=language_code(article.language) or detect_language(article.text, segments),
        written=when.written,
        extra=extra,
    )


def squeezed(value: str | None) -> str | None:
    """``value`` on one line, or None where it is blank."""
    return _SPACE.sub(" ", value).strip() or None if value else None
