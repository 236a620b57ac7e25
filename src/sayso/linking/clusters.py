"""Clusters of statements while they grow.

Two clusters are joined only if EVERY pair across them is possible and the pairs agree on the whole (complete link, then
average link). So nothing is chained together that no one would compare, and a vague report cannot glue two strikes of
one day. What people decided holds against any score: what is the same starts together, what differs never meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.judged import Judged
from sayso.linking.mention import Mention
from sayso.linking.scoring import join_from, score

#: Clusters larger than this are compared by this many members of each, evenly taken: reports of one event are alike.
_SAMPLE = 10
#: How far the pairs across two clusters may fall short of what joins a pair: on average, and any one of them.
_SLACK, _SPREAD = 0.25, 0.95


@dataclass(frozen=True, slots=True, order=True)
class Tied:
    """Two statements good enough to join; the smaller the better. ``first`` is the smaller id."""

    worth: float
    first: str
    second: str


def tie(first: Mention, second: Mention) -> Tied | None:
    """How good two reports are, if they are good enough to join."""
    if first.statement.id > second.statement.id:
        first, second = second, first
    worth = score(first, second)
    if worth < join_from(first, second):
        return None
    return Tied(-round(worth, 9), first.statement.id, second.statement.id)


class Groups:
    """Groups of statement ids that may be joined, unless people have parted them. Each goes by its smallest id."""

    def __init__(self, groups: Iterable[Sequence[str]], judged: Judged) -> None:
        self._parted = judged.parted()
        self._members = {group[0]: list(group) for group in map(sorted, groups)}
        self._root = {member: root for root, group in self._members.items() for member in group}

    def groups(self) -> list[list[str]]:
        """All groups, each in the order of its ids."""
        return list(self._members.values())

    def join(self, first: str, second: str) -> None:
        """Join the groups of two statements."""
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


class Clusters(Groups):
    """Groups of mentions that are joined only if their scores agree."""

    def __init__(self, mentions: Mapping[str, Mention], judged: Judged) -> None:
        super().__init__(judged.groups(mentions), judged)
        self._mentions = mentions
        self._scores: dict[tuple[str, str], float] = {}
        self._refused: set[tuple[str, int, str, int]] = set()

    def grow(self, tied: Iterable[Tied]) -> None:
        """Join what agrees, the best first; documents by themselves come before what they have in common."""
        ordered = sorted(tied)
        for same_document in (True, False):
            for one in ordered:
                if self._one_document(one.first, one.second) is same_document:
                    self._consider(one.first, one.second)

    def _one_document(self, first: str, second: str) -> bool:
        return self._mentions[first].statement.document_id == self._mentions[second].statement.document_id

    def _score(self, first: str, second: str) -> float:
        key = (first, second) if first < second else (second, first)
        known = self._scores.get(key)
        if known is None:
            known = self._scores[key] = score(self._mentions[key[0]], self._mentions[key[1]])
        return known

    def _consider(self, first: str, second: str) -> None:
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

    def _agree(self, one: Sequence[str], other: Sequence[str]) -> bool:
        if self._parted and self._are_parted(one, other):
            return False
        total, compared = 0.0, 0
        for first in _sample(one):
            for second in _sample(other):
                over = self._score(first, second) - join_from(self._mentions[first], self._mentions[second])
                if over < (-_SLACK if self._one_document(first, second) else -_SPREAD):
                    return False
                total += over
                compared += 1
        return total >= -_SLACK * compared


def _sample(members: Sequence[str]) -> Sequence[str]:
    if len(members) <= _SAMPLE:
        return members
    return [members[i * len(members) // _SAMPLE] for i in range(_SAMPLE)]
