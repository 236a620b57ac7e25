"""When a text was written, from its own words."""

from __future__ import annotations

import time
from datetime import date

import pytest

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.times import tag_times
from sayso.coding.written import best_guess, written_from_text
from sayso.model import Document, Segment, Written


def parsed_text(parser: Parser, text: str) -> ParsedDocument:
    return parser.parse(Document("d", "c", text, (Segment(0, len(text), "body"),)))


def written(parser: Parser, text: str) -> Written | None:
    parsed = parsed_text(parser, text)
    return written_from_text(parsed, tag_times(parsed))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        # a date told in the past tense, and an office that had an end
        (
            "President Barack Obama spoke to the troops. They had entered the city on 3 March 2014.",
            date(2010, 1, 1),
            date(2018, 12, 31),
            "3 March 2014",
        ),
        # what did not exist yet cannot be named
        (
            "The Syrian Democratic Forces entered the town, said U.N. envoy Staffan de Mistura.",
            date(2014, 1, 1),
            date(2024, 12, 31),
            "Syrian Democratic Forces",
        ),
        # two offices whose terms overlap only in part
        (
            "Defense Secretary Leon Panetta met Prime Minister Vladimir Putin.",
            date(2010, 6, 1),
            date(2014, 12, 31),
            "Defense Secretary Leon Panetta",
        ),
    ],
)
def test_an_interval_is_bounded_by_what_is_told(
    parser: Parser, text: str, earliest: date, latest: date, words: str
) -> None:
    found = written(parser, text)
    assert found is not None
    assert found.basis == "text"
    assert earliest <= found.earliest <= found.latest <= latest
    assert words in [span.of(text) for span in found.evidence]
    assert found.best is None


def test_a_text_without_clues_stays_undated(parser: Parser) -> None:
    text = "The soldiers crossed the river and took the bridge."
    parsed = parsed_text(parser, text)
    assert written_from_text(parsed, tag_times(parsed)) is None
    assert best_guess(parsed, tag_times(parsed)) is None


@pytest.mark.parametrize(
    "page_line",
    [
        "02:26 GMT11 July 2020",
        "Copyright 2020 The Example Company. All rights reserved.",
        "Most read: what happened on 11 July 2020",
    ],
)
def test_lines_of_the_page_are_no_evidence(parser: Parser, page_line: str) -> None:
    body = "The army recaptured the town in March 2015, the ministry said."
    assert written(parser, body) is not None
    with_line, without = written(parser, f"{page_line}\n\n{body}"), written(parser, f"Today\n\n{body}")
    assert with_line is not None
    assert without is not None
    assert (with_line.earliest, with_line.latest) == (without.earliest, without.latest)


def test_an_office_no_longer_held_is_no_clue(parser: Parser) -> None:
    assert written(parser, "Former President Bill Clinton came to the town.") is None
    assert written(parser, "President Bill Clinton came to the town.") is not None


def test_a_weekday_and_a_date_choose_the_year(parser: Parser) -> None:
    # 9 March was a Monday in 2009 and 2015; an office held leaves the first
    text = "Police arrested the man on Monday, March 9. Secretary of State Hillary Clinton was told on Tuesday."
    parsed = parsed_text(parser, text)
    guessed = best_guess(parsed, tag_times(parsed))
    assert guessed is not None
    assert (guessed.year, guessed.month) == (2009, 3)
    assert 9 <= guessed.day <= 13


def test_long_and_hostile_texts_take_linear_time(parser: Parser) -> None:
    text = "On 3 March 2014 President Obama. " * 200 + "president " * 2000 + "1/2/2014 " * 1000
    parsed = parsed_text(parser, text)
    times = tag_times(parsed)
    before = time.perf_counter()
    assert written_from_text(parsed, times) is not None
    assert time.perf_counter() - before < 3.0
