"""How event types behave when reports of them are compared (``vocabulary/data/linking``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.rows import Row, csv_rows
from sayso.vocabulary.tables import choice, number, packaged

_YES_NO = ("yes", "no")
_FLAGS = ("recurs", "by_one", "spoken", "lethal")


@dataclass(frozen=True, slots=True)
class TypeKind:
    """What the linker knows of one event type.

    ``recurs``: a place sees many of the kind within weeks. ``by_one``: one side does it. ``spoken``: done by words, so
    that a country told with it may be a party to it. ``lethal``: a way to kill. ``family``: stands for every type that
    can be told as this one, directly or by a chain; events of different families never meet.
    """

    recurs: bool
    by_one: bool
    spoken: bool
    lethal: bool
    family: str

    @property
    def is_battle(self) -> bool:
        """Whether both sides do it: what one report tells, or denies, is a part of it."""
        return self.lethal and not self.by_one


@dataclass(frozen=True, slots=True)
class TypePair:
    """Two types one event can be told as: how readily (0..1), and whether they are rivals."""

    nearness: float
    rival: bool


@dataclass(frozen=True, slots=True)
class Kinds:
    """Both tables."""

    types: Mapping[str, TypeKind]
    pairs: Mapping[frozenset[str], TypePair]

    def of(self, type_id: str) -> TypeKind:
        """The row of a type; a type the table does not know recurs, and meets only its own kind."""
        return self.types.get(type_id) or TypeKind(
            recurs=True, by_one=False, spoken=False, lethal=False, family=type_id
        )

    def nearness(self, first: str, second: str) -> float:
        """1 for one type, the table's figure for a listed pair, else 0."""
        if first == second:
            return 1.0
        pair = self.pairs.get(frozenset((first, second)))
        return pair.nearness if pair else 0.0

    def rivals(self, first: str, second: str) -> bool:
        """Whether one event cannot be both."""
        pair = self.pairs.get(frozenset((first, second)))
        return bool(pair and pair.rival)


@cache
def kinds() -> Kinds:
    """The packaged tables."""
    return parse_kinds(packaged("linking/types.csv"), packaged("linking/type-pairs.csv"))


def parse_kinds(types: str, pairs: str) -> Kinds:
    """The two tables from their CSV. VocabularyError names file and line of what is wrong."""
    flags: dict[str, tuple[bool, ...]] = {}
    for row in csv_rows(types, "linking/types.csv", ("type", *_FLAGS)):
        flags[_known(row, "type")] = tuple(choice(row, flag, _YES_NO) == "yes" for flag in _FLAGS)
    found: dict[frozenset[str], TypePair] = {}
    family = {type_id: type_id for type_id in flags}
    for row in csv_rows(pairs, "linking/type-pairs.csv", ("first", "second", "nearness", "rival")):
        first, second = _known(row, "first"), _known(row, "second")
        key = frozenset((first, second))
        if len(key) < 2 or key in found:
            raise row.error(f"{first}, {second} stands twice; write each pair of two types once")
        found[key] = TypePair(_share(row, "nearness"), choice(row, "rival", _YES_NO) == "yes")
        low, high = sorted((family.get(first, first), family.get(second, second)))
        family = {type_id: low if root == high else root for type_id, root in family.items()}
    table = {t: TypeKind(flags[t][0], flags[t][1], flags[t][2], flags[t][3], family[t]) for t in flags}
    return Kinds(MappingProxyType(table), MappingProxyType(found))


def _known(row: Row, column: str) -> str:
    value = row.text(column)
    if value not in event_types():
        raise row.error(f"{value!r} is no event type; see event_types.csv")
    return value


def _share(row: Row, column: str) -> float:
    share = number(row, column)
    if share is None or not 0 < share <= 1:
        raise row.error(f"{column} is {row.text(column)!r}; write a number above 0 and up to 1")
    return share
