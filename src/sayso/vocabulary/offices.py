"""Who held which office when: ``data/actors/offices.csv``, and the ways to write an office: ``office_titles.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sayso.vocabulary.dated_names import day_of
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged

#: Inclusive days.
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Term:
    """That ``person`` (an actor's id) held ``title`` of ``of`` (ISO 3166-1 alpha-2, or an actor's id).

    ``first`` and ``last`` are inclusive days; ``ongoing`` says that the term went on after ``last``, for how long is
    not known. ``line`` is where the file says so.
    """

    of: str
    title: str
    person: str
    first: date
    last: date
    ongoing: bool
    line: int


class Offices:
    """Terms by office, in all the ways an office is written (``also`` maps a title to its other ways)."""

    def __init__(self, terms: Iterable[Term], also: Mapping[str, Iterable[str]] = MappingProxyType({})) -> None:
        self.terms = tuple(terms)
        self._by_title: dict[tuple[str, str], list[Term]] = {}
        self._by_person: dict[str, list[Term]] = {}
        for term in self.terms:
            self._by_person.setdefault(term.person, []).append(term)
            for title in (term.title, *also.get(term.title, ())):
                self._by_title.setdefault((term.of, title), []).append(term)

    @classmethod
    def load(cls) -> Offices:
        """The offices that come with Sayso. Raises ``VocabularyError`` naming file and line."""
        terms, titles = "actors/offices.csv", "actors/office_titles.csv"
        return cls(read_terms(packaged(terms), terms), read_titles(packaged(titles), titles))

    def holder(self, of: str, title: str, days: Days) -> str | None:
        """The id of the one person who held the office on all of ``days``; None where it was another or is unknown."""
        first, last = days
        then = [t for t in self._by_title.get((of, title), ()) if t.first <= last and first <= t.last]
        persons = {term.person for term in then}
        whole = any(term.first <= first and last <= term.last for term in then)
        return persons.pop() if len(persons) == 1 and whole else None

    def held_by(self, person: str) -> tuple[Term, ...]:
        """The terms of the actor with the id ``person``."""
        return tuple(self._by_person.get(person, ()))


def read_terms(text: str, file: str) -> list[Term]:
    """The terms of a CSV file. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    terms = []
    for row in csv_rows(text, file, ("of", "office", "person", "from", "to")):
        title, end = row.text("office"), row.text("to")
        if title != title.lower():
            raise row.error(f"the office {title!r} must be in small letters")
        first, last = day_of(row, row.text("from"), False), day_of(row, end.removesuffix("+"), True)
        if last < first:
            raise row.error(f"ends ({last}) before it begins ({first})")
        terms.append(Term(row.text("of"), title, row.text("person"), first, last, end.endswith("+"), row.line))
    return terms


def read_titles(text: str, file: str) -> dict[str, tuple[str, ...]]:
    """The other ways to write each office. Raises ``VocabularyError`` naming ``file`` and the line."""
    titles: dict[str, tuple[str, ...]] = {}
    for row in csv_rows(text, file, ("office", "also")):
        also = tuple(row.text("also").split("|"))
        if not all(title and title == title.strip().lower() for title in also):
            raise row.error("'also' must be titles in small letters, parted by |")
        if row.text("office") in titles:
            raise row.error(f"{row.text('office')!r} is given twice")
        titles[row.text("office")] = also
    return titles
