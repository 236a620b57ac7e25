"""The most specific type of what is told more than once: the blast of a lead is the suicide attack of its body.

The coding guide's rule that the most specific type wins, for mentions whose own words tell the wider type, where others
of the same place and day tell the specific one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sayso.coding.mention import Mention, place_identity
from sayso.model import TOOK_PLACE
from sayso.vocabulary.triggers import SAME

#: The specific type, and the wider ones that its deeds are told as too.
_WIDER: Mapping[str, frozenset[str]] = {
    "suicide_attack": frozenset({"bombing"}),
    "chemical_attack": frozenset({"air_strike"}),
}


def with_specific_types(mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` (of one document), those of a wider type given the specific one that another tells of their deed."""
    told: dict[str, set[_Deed]] = defaultdict(set)
    for mention in mentions:
        deed = _deed(mention)
        if deed and mention.place and deed.type in _WIDER and not mention.trigger.rule.startswith(SAME):
            told[place_identity(mention.place)].add(deed)
    return [_specific(mention, told) for mention in mentions] if told else list(mentions)


class _Deed(NamedTuple):
    """What is told of a deed at a place: when, and whether it took place or is only planned, supposed or denied."""

    type: str
    earliest: date
    latest: date
    took_place: bool


def _deed(mention: Mention) -> _Deed | None:
    if mention.place is None or mention.place.precision == "country" or mention.time is None:
        return None
    return _Deed(mention.trigger.type, mention.time.earliest, mention.time.latest, mention.status in TOOK_PLACE)


def _specific(mention: Mention, told: Mapping[str, Collection[_Deed]]) -> Mention:
    own = _deed(mention)
    if own is None or mention.place is None:
        return mention
    for deed in sorted(told.get(place_identity(mention.place), ())):
        meet = own.earliest <= deed.latest and deed.earliest <= own.latest
        if own.type in _WIDER[deed.type] and meet and own.took_place == deed.took_place:
            return replace(mention, trigger=replace(mention.trigger, type=deed.type))
    return mention
