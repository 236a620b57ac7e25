"""Clusters of statements while they grow.

Two clusters are joined only if EVERY pair across them is possible and the pairs agree on the whole (complete link, then
average link). So nothing is chained together that no one would compare, and a vague report cannot glue two strikes of
one day. What people decided holds against any score: what is the same starts together, what differs never meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sayso.linking.judged import Judged
from sayso.linking.mention import Mention
from sayso.linking.scoring import join_from, score

#: Clusters larger than this are compared by this many members of each, evenly taken: reports of one event are alike.
_SAMPLE = 10
#: How far the pairs across two clusters may fall short of what joins a pair: on average, and any one of them.
_SLACK, _SPREAD = 0.25, 0.95


class Clusters:
    """Clusters of mentions. A cluster goes by its smallest statement id."""

    def __init__(self, mentions: Mapping[str, Mention], judged: Judged) -> None:
        self.mentions = mentions
        self._parted = judged.parted()
        self._members: dict[str, list[str]] = {}
        self._root: dict[str, str] = {}
        for group in judged.groups(mentions):
            self._members[group[0]] = list(group)
            self._root.update((member, group[0]) for member in group)
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
        self._merge(low, high)

    def join(self, first: str, second: str) -> None:
        """Join the clusters of two statements, whatever their scores, unless people have parted them."""
        low, high = sorted((self._root[first], self._root[second]))
        if low != high and not self._are_parted(self._members[low], self._members[high]):
            self._merge(low, high)

    def _merge(self, low: str, high: str) -> None:
        moved = self._members.pop(high)
        for member in moved:
            self._root[member] = low
        self._members[low] = sorted(self._members[low] + moved)

    def _are_parted(self, one: Sequence[str], other: Sequence[str]) -> bool:
        apart = {parted for member in one if member in self._parted for parted in self._parted[member]}
        return not apart.isdisjoint(other)

    def _agree(self, one: Sequence[str], other: Sequence[str]) -> bool:
        if self._parted and self._are_parted(one, other):
            return False
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
