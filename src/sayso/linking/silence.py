"""Which sides' outlets print nothing of an event they could have printed: an observation, not a verdict.

A side is a state or a party whose own outlets are in the collection (the outlet registry tells who owns them). It can
only be silent where it spoke: it must have printed other things in the days an event is news.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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


class Press:
    """The outlets of states and parties among some documents, with the days they wrote on."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._of: dict[str, str] = {}
        days: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for document in documents:
            outlet = outlets().find(document.outlet) if document.outlet else None
            owner = registry().get(outlet.actor_id or "") if outlet and outlet.owner in ("state", "party") else None
            if owner is None or outlet is None:
                continue
            # Named after the outlets' owner as a whole: a state, not one of its ministries.
            whole = registry().get(speaker_of(owner).key) or owner
            self._of[document.id] = whole.name
            if document.written:
                days[whole.name].append((document.written.earliest, outlet.name))
        self._days = {side: sorted(written) for side, written in sorted(days.items())}

    def silences(self, earliest: date, latest: date, told_in: Iterable[str]) -> tuple[Silence, ...]:
        """The sides that wrote while what happened between two days was news, but not the documents ``told_in``."""
        if (latest - earliest).days > _LONGEST:
            return ()
        telling = {self._of.get(document_id) for document_id in told_in}
        found = []
        for side, written in self._days.items():
            if side not in telling:
                first = bisect_left(written, (earliest, ""))
                last = bisect_right(written, (latest + timedelta(days=_NEWS_DAYS), "\uffff"))
                if last - first >= _SPOKE:
                    found.append(Silence(side, tuple(sorted({n for _, n in written[first:last]})), last - first))
        return tuple(found)
