"""Asking the registry for a name: who bears it, how, and who that was in a given year."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from sayso.vocabulary.actors import ActorEntry, ActorRegistry
from sayso.vocabulary.name_index import words_of

#: How alike (0 to 100) a name must be to be suggested in another's place, and how many are.
_ALIKE, _SUGGESTED = 80, 5


@dataclass(frozen=True, slots=True)
class Bearer:
    """An actor that bears a name. ``matched`` is which of its names that is.

    ``active`` says whether it bore its name in the year asked about (None where none was asked), and ``then`` who went
    on from it, or had been before it, in that year.
    """

    entry: ActorEntry
    matched: str
    active: bool | None
    then: tuple[ActorEntry, ...]


def bearers(registry: ActorRegistry, name: str, year: int | None = None) -> list[Bearer]:
    """Who bears ``name``, or has it as id: those active in ``year`` first, then by the order of the registry."""
    own = registry.get(name)
    entries = (own,) if own is not None else registry.named(name)
    found = [
        Bearer(
            entry,
            _matched(entry, name),
            None if year is None else entry.active(year),
            () if year is None or entry.active(year) else tuple(_then(registry, entry, year)),
        )
        for entry in entries
    ]
    return sorted(found, key=lambda one: one.active is False)


def suggestions(registry: ActorRegistry, name: str) -> list[str]:
    """Names of actors that are nearly ``name``."""
    names = {alias.removeprefix("=") for entry in registry for alias in (entry.name, *entry.aliases)}
    best = process.extract(name, sorted(names), scorer=fuzz.ratio, limit=_SUGGESTED, score_cutoff=_ALIKE)
    return [found for found, _, _ in best]


def successions(registry: ActorRegistry, entry: ActorEntry) -> list[ActorEntry]:
    """What became of ``entry``, one after the other, as far as each became one thing."""
    found: list[ActorEntry] = []
    while len(entry.successors) == 1:
        following = registry.get(entry.successors[0])
        if following is None or following in found:
            break
        found.append(following)
        entry = following
    return found


def _then(registry: ActorRegistry, entry: ActorEntry, year: int) -> list[ActorEntry]:
    """Who stood in the place of ``entry`` in ``year``: along its successors or predecessors to those active then."""
    later = entry.end is not None and year > entry.end
    seen, ahead, found = {entry.id}, [entry], []
    while ahead:
        step = ahead.pop(0)
        for id in step.successors if later else step.predecessors:
            linked = registry.get(id)
            if linked is None or linked.id in seen:
                continue
            seen.add(linked.id)
            if linked.active(year):
                found.append(linked)
            else:
                ahead.append(linked)
    return found


def _matched(entry: ActorEntry, name: str) -> str:
    keys = [word.key for word in words_of(name)]
    for alias in (entry.name, *entry.aliases):
        if [word.key for word in words_of(alias.removeprefix("="))] == keys:
            return alias.removeprefix("=")
    return entry.name
