"""Which sides' outlets print nothing of an event they could have printed: an observation, not a verdict.

A side is a state or a party whose own outlets are in the collection (the outlet registry tells who owns them). It can
only be silent where it spoke: it must have printed other things in the days an event is news.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from sayso.linking.speakers import registry, speaker_of
from sayso.model import Document
from sayso.vocabulary.outlets import outlets

#: An event is news from its first day to so many days after its last; one told of a longer time than a month is none.
_NEWS_DAYS, _LONGEST = 14, 31
#: A side must have printed so many documents in that time, or its silence says nothing.
_SPOKE = 3


@dataclass(frozen=True, slots=True)
class Silence:
    """A side none of whose ``documents`` of those days (how many) tells of the event; ``outlets`` printed them."""

    side: str
    outlets: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True, order=True)
class Printed:
    """A document that an outlet of a side's own printed, and the day it was written, where that is known."""

    side: str
    outlet: str
    document_id: str
    written: date | None


def printed(document: Document) -> Printed | None:
    """Whose own outlet printed ``document``; None where it is nobody's."""
    outlet = outlets().find(document.outlet) if document.outlet else None
    owner = registry().get(outlet.actor_id or "") if outlet and outlet.owner in ("state", "party") else None
    if owner is None or outlet is None:
        return None
    # Named after the outlets' owner as a whole: a state, not one of its ministries.
    whole = registry().get(speaker_of(owner).key) or owner
    return Printed(whole.name, outlet.name, document.id, document.written.earliest if document.written else None)


def news_days(earliest: date, latest: date) -> tuple[date, date] | None:
    """First and last day on which what happened between two days is news; None where that was too long a time."""
    return None if (latest - earliest).days > _LONGEST else (earliest, latest + timedelta(days=_NEWS_DAYS))


def first_day(written: date) -> date:
    """What happened before this day is no news when ``written``."""
    return written - timedelta(days=_NEWS_DAYS + _LONGEST)


class Silences(Protocol):
    """What tells which sides are silent of an event."""

    def silences(self, earliest: date, latest: date, told_in: Iterable[str]) -> tuple[Silence, ...]:
        """The sides that wrote while what happened between two days was news, but not the documents ``told_in``."""


class Press:
    """The outlets of states and parties among some documents, with the days they wrote on."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._of: dict[str, str] = {}
        days: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for one in filter(None, map(printed, documents)):
            self._of[one.document_id] = one.side
            if one.written:
                days[one.side].append((one.written, one.outlet))
        self._days = {side: sorted(written) for side, written in sorted(days.items())}

    def silences(self, earliest: date, latest: date, told_in: Iterable[str]) -> tuple[Silence, ...]:
        news = news_days(earliest, latest)
        if news is None:
            return ()
        telling = {self._of.get(document_id) for document_id in told_in}
        found = []
        for side, written in self._days.items():
            if side not in telling:
                first, last = bisect_left(written, (news[0], "")), bisect_right(written, (news[1], "\uffff"))
                found.append(silence(side, written[first:last]))
        return tuple(filter(None, found))


def silence(side: str, written: Sequence[tuple[date, str]]) -> Silence | None:
    """That ``side`` printed all this (day and outlet) and nothing of an event; None where it printed too little."""
    return Silence(side, tuple(sorted({name for _, name in written})), len(written)) if len(written) >= _SPOKE else None
