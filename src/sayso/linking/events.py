"""Events: clusters of statements, of one document and of many, that report the same thing.

Pairs that share a block are scored; the best are joined first, and two clusters only if EVERY pair across them is
possible and the pairs agree on the whole (complete link, then average link). So nothing is chained together that no one
would compare, and a vague report cannot glue two strikes of one day. Documents by themselves come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.ids import content_id
from sayso.linking.blocking import candidate_pairs
from sayso.linking.headings import retold_at_another_time
from sayso.linking.mention import Mention, mentions
from sayso.linking.scoring import join_from, score
from sayso.model import CodedDocument, CopyGroup, Event

#: Clusters larger than this are compared by this many members of each, evenly taken: reports of one event are alike.
_SAMPLE = 10
#: How far the pairs across two clusters may fall short of what joins a pair: on average, and any one of them.
_SLACK, _SPREAD = 0.25, 0.95


def find_events(documents: Sequence[CodedDocument], copies: Sequence[CopyGroup] = ()) -> tuple[Event, ...]:
    """Every statement in exactly one event, in the order of their ids; the order of ``documents`` does not matter.

    ``copies`` (``find_copies``) lets the same sentence of two reprints meet where it names neither time nor place.
    """
    voices = {document_id: group.id for group in copies for document_id in group.document_ids}
    all_mentions: dict[str, Mention] = {}
    host: dict[str, str] = {}
    for coded in distinct(documents):
        document = coded.document
        for mention in mentions(document, coded.statements, voices.get(document.id, document.id)):
            all_mentions.setdefault(mention.statement.id, mention)
        host.update(retold_at_another_time(document, coded.statements))
    clusters = _Clusters({i: m for i, m in sorted(all_mentions.items()) if i not in host})
    scored = clusters.scored(candidate_pairs(list(clusters.mentions.values())))
    for same_document in (True, False):
        for pair in scored:
            if clusters.one_document(*pair) is same_document:
                clusters.consider(*pair)
    return tuple(_events(clusters.groups(), host))


def distinct(documents: Iterable[CodedDocument]) -> list[CodedDocument]:
    """One coded document an id, in the order of their ids; of two with one id the one whose text sorts first."""
    by_id: dict[str, CodedDocument] = {}
    for coded in documents:
        known = by_id.get(coded.document.id)
        if known is None or (coded.document.text, _signature(coded)) < (known.document.text, _signature(known)):
            by_id[coded.document.id] = coded
    return [by_id[document_id] for document_id in sorted(by_id)]


def _signature(coded: CodedDocument) -> list[str]:
    return [statement.id for statement in coded.statements]


def _events(groups: Iterable[list[str]], host: Mapping[str, str]) -> list[Event]:
    guests: dict[str, list[str]] = defaultdict(list)
    for guest, statement_id in host.items():
        guests[statement_id].append(guest)
    events = []
    for group in groups:
        members = tuple(sorted(group + [guest for member in group for guest in guests[member]]))
        events.append(Event(content_id("evt", members), members))
    return sorted(events, key=lambda event: event.statement_ids)


class _Clusters:
    """Clusters of mentions while they grow. A cluster goes by its smallest statement id."""

    def __init__(self, by_id: Mapping[str, Mention]) -> None:
        self.mentions = by_id
        self._root = {member: member for member in by_id}
        self._members = {member: [member] for member in by_id}
        self._scores: dict[tuple[str, str], float] = {}
        self._refused: set[tuple[str, int, str, int]] = set()

    def groups(self) -> list[list[str]]:
        return list(self._members.values())

    def one_document(self, first: str, second: str) -> bool:
        return self.mentions[first].statement.document_id == self.mentions[second].statement.document_id

    def scored(self, pairs: Iterable[tuple[Mention, Mention]]) -> list[tuple[str, str]]:
        """The pairs good enough to join, best first."""
        good = []
        for first, second in pairs:
            worth = self._score(first.statement.id, second.statement.id)
            if worth >= join_from(first, second):
                good.append((-round(worth, 9), first.statement.id, second.statement.id))
        return [(first, second) for _, first, second in sorted(good)]

    def _score(self, first: str, second: str) -> float:
        key = (first, second) if first < second else (second, first)
        known = self._scores.get(key)
        if known is None:
            known = self._scores[key] = score(self.mentions[key[0]], self.mentions[key[1]])
        return known

    def consider(self, first: str, second: str) -> None:
        """Join the clusters of two statements if every pair across them allows it."""
        low, high = sorted((self._root[first], self._root[second]))
        if low == high:
            return
        attempt = (low, len(self._members[low]), high, len(self._members[high]))
        if attempt in self._refused:
            return
        if not self._agree(self._members[low], self._members[high]):
            self._refused.add(attempt)
            return
        moved = self._members.pop(high)
        for member in moved:
            self._root[member] = low
        self._members[low] = sorted(self._members[low] + moved)

    def _agree(self, one: Sequence[str], other: Sequence[str]) -> bool:
        total, compared = 0.0, 0
        for first in _sample(one):
            for second in _sample(other):
                over = self._score(first, second) - join_from(self.mentions[first], self.mentions[second])
                if over < (-_SLACK if self.one_document(first, second) else -_SPREAD):
                    return False
                total += over
                compared += 1
        return total >= -_SLACK * compared


def _sample(members: Sequence[str]) -> Sequence[str]:
    if len(members) <= _SAMPLE:
        return members
    return [members[i * len(members) // _SAMPLE] for i in range(_SAMPLE)]
