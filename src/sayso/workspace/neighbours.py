"""Who meets whom, kept in a table: what comes or goes changes that near its own places only.

The same neighbourhood as ``sayso.linking.meeting``, read a few rows at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, bindparam, delete, func, select

from sayso.workspace.chunks import chunks, put
from sayso.workspace.linking_tables import KeyRow, TextKeyRow

#: Key, rank, item.
Entry = tuple[int, bytes, int]
Pair = tuple[int, int]

#: A key of at most so many items is read whole.
_WHOLE = 200


@dataclass(slots=True)
class Changed:
    """Pairs of items, the smaller first: those that may meet now and did not, and those that may not any more."""

    met: set[Pair] = field(default_factory=set)
    parted: set[Pair] = field(default_factory=set)


class Neighbours:
    """The neighbourhoods of one table; ``window`` as in ``meetings``."""

    def __init__(self, connection: Connection, table: type[KeyRow] | type[TextKeyRow], window: int) -> None:
        self._connection = connection
        self._table = table
        self._window = window

    def change(self, gone: Collection[Entry], come: Collection[Entry]) -> Changed:
        """Take away and put in; says whose meetings that may have changed (none of those that are gone)."""
        self._write(gone, come)
        changed = Changed()
        came, went = Counter(key for key, _, _ in come), Counter(key for key, _, _ in gone)
        small = self._read({key for key, number in self._sizes([*came, *went]).items() if number <= _WHOLE})
        for entry in come:
            block, at = self._around(entry, small, came[entry[0]])
            at = next(i for i in range(at, len(block)) if block[i][1] == entry[2])
            self._met(block, at, changed)
            if len(block) > self._window + 1:
                self._parted(block[:at], block[at + 1 :], came[entry[0]], changed)
        for entry in gone:
            block, at = self._around(entry, small, went[entry[0]])
            if len(block) + went[entry[0]] > self._window + 1:
                self._closed(block[:at], block[at:], went[entry[0]], changed)
        return changed

    def meet(self, first: tuple[bytes, Collection[int]], second: tuple[bytes, Collection[int]]) -> bool:
        """Whether two items, by their ranks and keys, are near each other anywhere."""
        low, high = sorted((first[0], second[0]))
        table = self._table
        for key in set(first[1]) & set(second[1]):
            between = select(table.item).where(table.key == key, table.rank > low, table.rank <= high)
            if len(self._connection.scalars(between.limit(self._window + 1)).all()) <= self._window:
                return True
        return False

    def _write(self, gone: Collection[Entry], come: Collection[Entry]) -> None:
        table = self._table
        if gone:
            one = and_(table.key == bindparam("k"), table.rank == bindparam("r"), table.item == bindparam("i"))
            self._connection.execute(delete(table).where(one), [{"k": k, "r": r, "i": i} for k, r, i in gone])
        fill(self._connection, table, come)

    def _sizes(self, keys: Iterable[int]) -> dict[int, int]:
        sizes = dict.fromkeys(keys, 0)
        for some in chunks(sorted(sizes)):
            counted = select(self._table.key, func.count()).where(self._table.key.in_(some)).group_by(self._table.key)
            sizes |= dict(self._connection.execute(counted).all())
        return sizes

    def _read(self, keys: Collection[int]) -> dict[int, list[tuple[bytes, int]]]:
        blocks: dict[int, list[tuple[bytes, int]]] = {key: [] for key in keys}
        table = self._table
        for some in chunks(sorted(keys)):
            for key, rank, item in self._connection.execute(
                select(table.key, table.rank, table.item)
                .where(table.key.in_(some))
                .order_by(table.key, table.rank, table.item)
            ):
                blocks[key].append((rank, item))
        return blocks

    def _around(
        self, entry: Entry, small: Mapping[int, list[tuple[bytes, int]]], moved: int
    ) -> tuple[Sequence[tuple[bytes, int]], int]:
        """What stands about the place of an entry in order, and where in it that place is."""
        key, rank, _ = entry
        block = small.get(key)
        if block is None:
            table, reach = self._table, self._window + moved + 1
            here = select(table.rank, table.item).where(table.key == key)
            before = here.where(table.rank < rank).order_by(table.rank.desc(), table.item.desc()).limit(reach)
            after = here.where(table.rank >= rank).order_by(table.rank, table.item).limit(reach)
            block = [
                (bytes(r), i)
                for r, i in (*reversed(self._connection.execute(before).all()), *self._connection.execute(after))
            ]
        return block, bisect_left(block, (rank,))

    def _met(self, block: Sequence[tuple[bytes, int]], at: int, changed: Changed) -> None:
        item = block[at][1]
        for _, other in block[max(0, at - self._window) : at + self._window + 1]:
            if other != item:
                changed.met.add((min(item, other), max(item, other)))

    def _parted(
        self, before: Sequence[tuple[bytes, int]], after: Sequence[tuple[bytes, int]], moved: int, changed: Changed
    ) -> None:
        """Those that what came has pushed apart: their distance is over the window now by what came at most."""
        changed.parted.update(_across(before, after, self._window, self._window + moved, 2))

    def _closed(
        self, before: Sequence[tuple[bytes, int]], after: Sequence[tuple[bytes, int]], moved: int, changed: Changed
    ) -> None:
        """Those that what went has let meet: their distance is in the window now, and was not by what went at most."""
        changed.met.update(_across(before, after, self._window - moved, self._window, 1))


def _across(
    before: Sequence[tuple[bytes, int]], after: Sequence[tuple[bytes, int]], over: int, to: int, gap: int
) -> Iterator[Pair]:
    """Pairs across a place whose distance is more than ``over`` and at most ``to``; ``gap`` is that of the nearest."""
    for back in range(min(len(before), to)):
        first = before[-1 - back][1]
        for ahead in range(max(0, over + 1 - gap - back), min(len(after), to + 1 - gap - back)):
            second = after[ahead][1]
            yield min(first, second), max(first, second)


def fill(connection: Connection, table: type[KeyRow] | type[TextKeyRow], entries: Iterable[Entry]) -> None:
    """Put entries into ``table``."""
    put(connection, table, ({"key": k, "rank": r, "item": i} for k, r, i in sorted(entries)))
