"""When a document was written, with the words that say so.

In order: the article's own date stamp; the date given by a table, front matter or the user; the page's metadata; a
date in its address; the date of a dateline ("DAMASCUS, 12 July 2016 -"). An "updated" stamp counts only where one of
the others bears it out. A clock on the page, the year of a copyright and the dates of other stories say nothing of when
this one was written. What none of these tells stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.model import Written
from sayso.reading.address import address_day
from sayso.reading.article import Article
from sayso.reading.datestamp import Interval, read_date
from sayso.reading.headstamps import HeadStamp

#: An "updated" stamp further than this from the date given is of some later change of the page, not of the article.
_LATE_CHANGE_DAYS = 60
#: A numeric stamp is read month first against the usual order only where that makes the given date all but the same
#: (days), and the usual order takes it away from it (days).
_SAME_DAYS = 3
_APART_DAYS = 25


@dataclass(frozen=True, slots=True)
class Dating:
    """``written``, and whether a date was given that could not be read as one (``unread``)."""

    written: Written | None
    unread: bool


def written(
    article: Article, stamps: tuple[HeadStamp, ...], published: date | None, month_first: bool = False
) -> Dating:
    """When ``article``, in whose head ``stamps`` stand, was written, as far as that can be known.

    ``published`` is what the user says; ``month_first`` whether the outlet writes numeric dates the American way.
    """
    given = read_date(article.published, month_first) if article.published else None
    unread = article.published is not None and given is None
    if given is None and published is not None:
        given = Interval(published, published, published)
    by_address = address_day(article.url)
    dateline = next((stamp.stamp.day for stamp in stamps if stamp.role == "dateline"), None)
    reference = (given and given.best) or article.dated or by_address or dateline
    ranked = sorted(stamps, key=lambda stamp: ("published", "plain", "updated", "dateline", "clock").index(stamp.role))
    for stamp in ranked:
        if stamp.role not in ("published", "plain", "updated"):
            continue
        day = _settled(stamp, reference)
        if stamp.role == "updated" and not (reference and abs((day - reference).days) <= _LATE_CHANGE_DAYS):
            continue
        return Dating(_by_stamp(stamp, day), unread)
    if given:
        return Dating(Written(given.earliest, given.latest, given.best, "given", ()), unread)
    if article.dated:
        return Dating(Written(article.dated, article.dated, article.dated, "metadata", ()), unread)
    if by_address:
        return Dating(Written(by_address, by_address, by_address, "url", ()), unread)
    for stamp in ranked:
        if stamp.role == "dateline":
            return Dating(_by_stamp(stamp, stamp.stamp.day), unread)
    return Dating(None, unread)


def _settled(stamp: HeadStamp, reference: date | None) -> date:
    """The day of a stamp; of one that can be read two ways, the way that agrees with what else is known."""
    day, other = stamp.stamp.day, stamp.stamp.other
    if other and reference:
        agrees = abs((other - reference).days) <= _SAME_DAYS
        if agrees and abs((day - reference).days) >= _APART_DAYS:
            return other
    return day


def _by_stamp(stamp: HeadStamp, day: date) -> Written:
    return Written(day, day, day, "byline" if stamp.byline else "dateline", (stamp.stamp.span,))
