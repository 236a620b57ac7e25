"""A partition of ids into groups, built by joining (disjoint sets)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Partition:
    """Disjoint groups of ids. The root of a group is its smallest id, so nothing depends on the order of joining."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

    def __contains__(self, member: object) -> bool:
        return member in self._parent

    def root(self, member: str) -> str:
        """The id that stands for the group of ``member``."""
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, first: str, second: str) -> None:
        """Make one group of the groups of ``first`` and ``second``."""
        low, high = sorted((self.root(first), self.root(second)))
        self._parent[high] = low

    def groups(self) -> list[tuple[str, ...]]:
        """Every group with its members in order, in the order of their first members."""
        groups: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parent):
            groups[self.root(member)].append(member)
        return [tuple(members) for members in groups.values()]
