"""When a document was written, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.model import Segment, Written
from sayso.reading.article import Article
from sayso.reading.datestamp import Interval, read_date


@dataclass(frozen=True, slots=True)
class Dating:
    """``written``, and whether a date was given that could not be ``unread`` as one."""

    written: Written | None
    unread: bool


def written(article: Article, segments: tuple[Segment, ...], published: date | None) -> Dating:
    """When ``article`` was written, as far as that can be known."""
    given = read_date(article.published) if article.published else None
    unread = article.published is not None and given is None
    if given is None and published is not None:
        given = Interval(published, published, published)
    if given:
        return Dating(Written(given.earliest, given.latest, given.best, "given", ()), unread)
    return Dating(None, unread)
