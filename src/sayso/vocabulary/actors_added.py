"""Tables of actors a user added, and how they join the registry that comes with Sayso.

An added row is an actor we have where it gives one of our ids, shares an identifier (``ucdp``, ``wikidata``), or bears
a name of exactly one of ours of its country and sort; it then lends that one its other names and identifiers. Else it
is an actor of its own. A name that already belongs to one of ours never changes hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.errors import VocabularyError
from sayso.vocabulary import additions
from sayso.vocabulary.actor_formats import read_actors
from sayso.vocabulary.actors import ActorEntry, ActorRegistry, Lent, entry_of
from sayso.vocabulary.additions import Table
from sayso.vocabulary.rows import Row
from sayso.vocabulary.table_lines import Report


@dataclass(frozen=True, slots=True)
class Joined:
    """What added rows come to: actors of their own, what ours gain, and how many rows had nothing new to say."""

    new: tuple[ActorEntry, ...]
    lent: dict[str, Lent]
    known: int


def add(path: Path, format: str, name: str, root: Path | None = None) -> tuple[Table, bool, Report]:
    """Keep the actors of the table in ``path`` under ``name``; also whether anything changed, and what was refused.

    Raises ``VocabularyError`` where nothing of it can be used.
    """
    report, told = Report(), {"refused": 0, "left_out": 0}

    def rows() -> Iterator[dict[str, Any]]:
        for line, values in read_actors(path, format, report):
            try:
                entry_of(Row(path.name, line, values), path.name)
            except VocabularyError as error:
                report.refuse(line, str(error).partition(": ")[2])
                continue
            yield values
        told["refused"], told["left_out"] = report.refused, report.left_out.total()

    try:
        table, changed = additions.keep("actors", name, path.name, format, rows(), told, root)
    except VocabularyError as error:
        first = "".join(f"; line {line}: {problem}" for line, problem in report.problems[:1])
        raise VocabularyError(f"{error}{first}") from None
    return table, changed, report


def load_registry(root: Path | None = None) -> ActorRegistry:
    """The registry that comes with Sayso and the tables that were added to it."""
    ours = ActorRegistry.load()
    tables = additions.tables("actors", root)
    if not tables:
        return ours
    joined = join(ours, [entry for table in tables for entry in entries(table, root)])
    return ActorRegistry.load(joined.new, joined.lent)


def entries(table: Table, root: Path | None = None) -> list[ActorEntry]:
    """The actors of an added table. Raises ``VocabularyError`` where its kept file was spoilt."""
    try:
        return [
            entry_of(Row(f"added table {table.name}", number, row), f"{table.name} ({table.file})")
            for number, row in enumerate(additions.rows(table, root), 2)
        ]
    except VocabularyError as error:
        raise VocabularyError(f"{error}; take the table out with 'sayso actors remove {table.name}'") from None


def join(ours: ActorRegistry, rows: Iterable[ActorEntry]) -> Joined:
    """How ``rows`` join ``ours``. Of two rows with one id or name, the first keeps it."""
    by_identifier: dict[tuple[str, str], ActorEntry] = {}
    for entry in ours:
        for identifier in entry.identifiers:
            # UCDP counts a renamed group as one actor; the first of ours with its id stands for it.
            by_identifier.setdefault(identifier, entry)
    new: dict[str, ActorEntry] = {}
    lent: dict[str, Lent] = {}
    known = 0
    for row in rows:
        unknown = [name for name in (row.name, *row.aliases) if not ours.named(name)]
        same = ours.get(row.id) or _same(row, ours, by_identifier)
        if same is not None:
            known += 1
            had = lent.get(same.id, Lent())
            schemes = {scheme for scheme, _ in (*same.identifiers, *had.identifiers)}
            identifiers = tuple(pair for pair in row.identifiers if pair[0] not in schemes)
            names = tuple(name for name in unknown if name not in had.aliases)
            lent[same.id] = Lent((*had.aliases, *names), (*had.identifiers, *identifiers))
        elif row.id in new or not unknown:
            known += 1
        else:
            bare = tuple(unknown)
            main = row.name if row.name in bare else bare[0].removeprefix("=")
            new[row.id] = replace(row, name=main, aliases=tuple(name for name in bare if name != main))
    ids = {entry.id for entry in ours} | new.keys()
    return Joined(tuple(_linked(entry, ids) for entry in new.values()), lent, known)


def _same(row: ActorEntry, ours: ActorRegistry, by_identifier: dict[tuple[str, str], ActorEntry]) -> ActorEntry | None:
    for identifier in row.identifiers:
        if identifier in by_identifier:
            return by_identifier[identifier]
    for name in (row.name, *row.aliases):
        named = [entry for entry in ours.named(name) if _could_be(row, entry)]
        if len(named) == 1:
            return named[0]
    return None


def _could_be(row: ActorEntry, entry: ActorEntry) -> bool:
    countries = row.country is None or entry.country is None or row.country == entry.country
    years = (row.start or 0) <= (entry.end or 9999) and (entry.start or 0) <= (row.end or 9999)
    return countries and years and (row.kind == "person") == (entry.kind == "person")


def _linked(entry: ActorEntry, ids: set[str]) -> ActorEntry:
    """``entry`` without links to actors that are not there: the table they came in was taken out, or never had them."""
    return replace(
        entry,
        parents=tuple(id for id in entry.parents if id in ids),
        predecessors=tuple(id for id in entry.predecessors if id in ids),
        successors=tuple(id for id in entry.successors if id in ids),
    )
