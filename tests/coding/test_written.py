"""When a text was written, from its own words."""

from __future__ import annotations

import time
from datetime import date

import pytest
from plain_text import article

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.times import tag_times
from sayso.coding.written import best_guess, written_from_text
from sayso.coding.written_likelihood import inputs_of, telling_words
from sayso.model import Written
from sayso.vocabulary.written_words import written_words


def parsed_text(parser: Parser, text: str) -> ParsedDocument:
    return parser.parse(article(text))


def written(parser: Parser, text: str) -> Written | None:
    parsed = parsed_text(parser, text)
    return written_from_text(parsed, tag_times(parsed))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        # a date told in the past tense, and an office that had an end
        (
            "President Barack Obama spoke to the troops. They had entered the city on 3 March 2014.",
            date(2009, 1, 20),
            date(2023, 12, 31),
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
            date(2009, 6, 1),
            date(2024, 12, 31),
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


@pytest.mark.parametrize("day", [date(1971, 6, 12), date(1994, 6, 12), date(2016, 3, 3)])
def test_one_day_of_the_past_bounds_the_text_from_below(parser: Parser, day: date) -> None:
    words = f"{day.day} {day:%B} {day.year}"
    text = f"Soldiers took the village on {words}."
    found = written(parser, text)
    assert found is not None
    assert abs((found.earliest - day).days) <= 31
    assert found.latest > found.earliest.replace(year=day.year + 5)
    assert words in [span.of(text) for span in found.evidence]


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


def test_a_happening_bounds_the_day_from_below(parser: Parser) -> None:
    text = "Flags flew at half mast after the Brussels attacks, and the mayor spoke to Prime Minister David Cameron."
    found = written(parser, text)
    assert found is not None
    assert found.earliest >= date(2016, 1, 1)
    assert "Brussels attacks" in [span.of(text) for span in found.evidence]


def test_last_weeks_happening_is_near(parser: Parser) -> None:
    parsed = parsed_text(parser, "Mourners gathered on Sunday after last week's Brussels attacks.")
    guessed = best_guess(parsed, tag_times(parsed))
    assert guessed is not None
    assert date(2016, 3, 22) <= guessed <= date(2016, 4, 5)
    found = written_from_text(parsed, tag_times(parsed))
    assert found is not None
    assert (found.latest - found.earliest).days < 60


@pytest.mark.parametrize(
    "words",
    ["Today, 12 July 2016, the army", "This morning, Tuesday, 12 July 2016, the army", "Today (12 July 2016) it"],
)
def test_today_beside_a_date_is_the_day_of_writing(parser: Parser, words: str) -> None:
    parsed = parsed_text(parser, f"{words} entered the town. Thousands had left it on 3 May 2016.")
    assert best_guess(parsed, tag_times(parsed)) == date(2016, 7, 12)


def test_words_alone_are_evidence_where_they_tell(parser: Parser) -> None:
    # words of one campaign, none of which is a name that dates the text
    text = (
        "The Republican front-runner led in the debate, and the delegates in Iowa and New Hampshire heard that the "
        "billionaire would pay for his campaign. Sanders, the Vermont senator, drew crowds of his own, while Cruz, "
        "Rubio, Kasich and Carson sought evangelical voters ahead of the caucuses and the primaries. "
    ) * 3
    parsed = parsed_text(parser, text)
    guessed = best_guess(parsed, tag_times(parsed))
    assert guessed is not None
    assert 2015 <= guessed.year <= 2016
    inputs = inputs_of(parsed, written_words())
    spans = telling_words(parsed, inputs, written_words(), date(2016, 1, 15))
    assert spans
    names = ("republican", "sanders", "cruz", "rubio", "kasich", "carson", "iowa", "hampshire", "caucuses", "debate")
    assert all(any(name in span.of(text).lower() for name in names) for span in spans)
    assert telling_words(parsed, inputs, written_words(), date(1955, 1, 1)) == []


def test_an_interval_holds_its_single_day(parser: Parser) -> None:
    found = written(parser, "Today, 12 July 2016, the army entered the town. On Monday, 11 July 2016, it shelled it.")
    assert found is not None
    assert found.earliest == found.best == found.latest == date(2016, 7, 12)


def test_long_and_hostile_texts_take_linear_time(parser: Parser) -> None:
    text = "On 3 March 2014 President Obama. " * 200 + "president " * 2000 + "1/2/2014 " * 1000
    parsed = parsed_text(parser, text)
    times = tag_times(parsed)
    before = time.perf_counter()
    assert written_from_text(parsed, times) is not None
    assert time.perf_counter() - before < 3.0
