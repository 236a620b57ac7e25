"""Offices: every row sound, and the holder on a day."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.offices import Offices, read_terms, read_titles

HEADING = "of,office,person,from,to\n"


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load()


def test_every_term_is_of_a_known_person_and_body(registry: ActorRegistry) -> None:
    assert len(registry.offices.terms) >= 300
    for term in registry.offices.terms:
        person = registry.get(term.person)
        assert person is not None, term
        assert person.kind == "person", term
        assert (registry.state(term.of) if term.of.isupper() else registry.get(term.of)) is not None, term


def test_nobody_holds_an_office_with_another(registry: ActorRegistry) -> None:
    for first in registry.offices.terms:
        for second in registry.offices.terms:
            if first.line < second.line and (first.of, first.title) == (second.of, second.title):
                # A month or year alone is taken whole, so that terms written so meet in it.
                assert (second.first - first.last).days >= -31, (first, second)


def test_terms_agree_with_the_years_in_the_rows_of_persons(registry: ActorRegistry) -> None:
    for entry in registry:
        for term in registry.offices.held_by(entry.id):
            same = [office for office in entry.offices if office.title.lower() == term.title]
            assert not same or any(
                (office.start or 0) - 1 <= term.first.year and (office.end is None or term.last.year <= office.end + 1)
                for office in same
            ), term


@pytest.mark.parametrize(
    ("of", "title", "first", "last", "person"),
    [
        ("RU", "president", date(2010, 1, 1), date(2010, 12, 31), "dmitry-medvedev"),
        ("RU", "head of state", date(2016, 5, 1), date(2016, 5, 1), "vladimir-putin"),
        ("US", "secretary of defense", date(2016, 5, 1), date(2016, 5, 1), "ash-carter"),
        ("un", "secretary-general", date(2017, 1, 1), date(2017, 1, 1), "antonio-guterres"),
        ("RU", "president", date(2012, 5, 7), date(2012, 5, 7), None),  # the day it changed hands
        ("RU", "president", date(2012, 1, 1), date(2012, 12, 31), None),
        ("LB", "president", date(2015, 6, 1), date(2015, 6, 1), None),  # vacant
        ("LB", "president", date(2014, 5, 1), date(2014, 12, 31), None),  # vacant for a part of the time
        ("RU", "president", date(2190, 1, 1), date(2190, 1, 1), None),  # nobody can know
        ("XX", "president", date(2016, 5, 1), date(2016, 5, 1), None),
        ("RU", "", date(2016, 5, 1), date(2016, 5, 1), None),
    ],
)
def test_holder(registry: ActorRegistry, of: str, title: str, first: date, last: date, person: str | None) -> None:
    assert registry.offices.holder(of, title, (first, last)) == person


def test_two_holders_at_once_are_nobody() -> None:
    rows = "XA,president,one,2010,2012\nXA,president,two,2011-05,2013+\n"
    offices = Offices(read_terms(HEADING + rows, "mine.csv"), {"president": ("head",)})
    day = date(2011, 6, 1)
    assert offices.holder("XA", "head", (day, day)) is None
    assert offices.holder("XA", "head", (date(2013, 12, 31), date(2013, 12, 31))) == "two"
    assert [(t.first, t.last, t.ongoing) for t in offices.held_by("two")] == [
        (date(2011, 5, 1), date(2013, 12, 31), True)
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("XA,President,one,2010,2012", "small letters"),
        ("XA,president,one,2012,2010", "before it begins"),
        ("XA,president,one,2012-13,2014", "2012-13"),
        ("XA,president,one,2012-02-30,2014", "2012-02-30"),
        ("XA,president,one,2012,", "'to' must be a text"),
        ("XA,president,,2012,2014", "'person' must be a text"),
        ("XA,president,one,2012", "4 cells instead of 5"),
    ],
)
def test_malformed_terms_name_file_and_line(row: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=f"mine.csv, line 2: .*{message}"):
        read_terms(HEADING + row + "\n", "mine.csv")


@pytest.mark.parametrize("row", ["president,Head", "president,head||chief", "president,", "president"])
def test_malformed_titles_name_file_and_line(row: str) -> None:
    with pytest.raises(VocabularyError, match=r"mine\.csv, line 2: "):
        read_titles(f"office,also\n{row}\n", "mine.csv")


def test_a_title_is_listed_once() -> None:
    with pytest.raises(VocabularyError, match=r"mine\.csv, line 3: .*given twice"):
        read_titles("office,also\npresident,head\npresident,chief\n", "mine.csv")
