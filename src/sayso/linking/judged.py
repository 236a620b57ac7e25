"""What people have decided about which statements tell one event: constraints that clustering must keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sayso.linking.partition import Partition


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of statement ids that tell the same event, and pairs that tell different ones. Unknown ids are ignored."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()

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
