"""What people have decided about which statements tell one event: constraints that clustering must keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from types import MappingProxyType

from sayso.linking.partition import Partition
from sayso.model import Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of statement ids that tell the same event, and pairs that tell different ones. Unknown ids are ignored."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Judged:
        """From judgements of kind "same" or "different" about statement ids, in the order they were given.

        "same" joins all its subjects, "different" parts each from each; the verdict "no" turns either round. Withdrawn
        ones count for nothing; of two about one pair the later counts.
        """
        decided: dict[tuple[str, str], bool] = {}
        for judgement in judgements:
            if judgement.withdrawn_at is None and judgement.kind in ("same", "different"):
                subject = sorted(set(judgement.subject))
                same = (judgement.kind == "same") is (judgement.verdict.casefold() != "no")
                for pair in pairwise(subject) if same else combinations(subject, 2):
                    decided[pair] = same
        return cls(
            frozenset(pair for pair, same in decided.items() if same),
            frozenset(pair for pair, same in decided.items() if not same),
        )

    def groups(self, ids: Iterable[str]) -> list[tuple[str, ...]]:
        """``ids`` in groups that must stay together."""
        partition = Partition(ids)
        for first, second in sorted(self.same):
            if first in partition and second in partition:
                partition.join(first, second)
        return partition.groups()

    def parted(self) -> Mapping[str, frozenset[str]]:
        """Statement id -> the ids it must be kept from."""
        apart: dict[str, set[str]] = defaultdict(set)
        for first, second in self.different:
            apart[first].add(second)
            apart[second].add(first)
        return MappingProxyType({one: frozenset(others) for one, others in apart.items()})
