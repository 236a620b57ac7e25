"""Kinds of time expressions that go wrong easily: one case a rule, of news and of stories."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.coding.parse import Parser
from sayso.coding.times import tag_times
from sayso.model import Document, Segment, Written

WEDNESDAY = date(2016, 7, 27)
#: Enough dates of its own to make any text a story.
STORY = "It began in May 1911, went on in 1912, in June 1913 and in 1914, and in 1915 it was over. "


def values(parser: Parser, text: str, written: date = WEDNESDAY) -> list[tuple[str, str]]:
    document = Document(
        "d", "c", text, (Segment(0, len(text), "body"),), written=Written(written, written, written, "given", ())
    )
    return [(found.span.of(text), found.value) for found in tag_times(parser.parse(document))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers and lengths
        ("The Hundred Days went by.", [("The Hundred Days", "P100D")]),
        ("A year-long siege ended.", [("year-long", "P1Y")]),
        ("They held a months-long siege.", [("months-long", "PXM")]),
        ("They held out for a month-and-a-half.", [("a month-and-a-half", "P1.5M")]),
        ("It fell from 90 in the four previous weeks.", [("the four previous weeks", "P4W")]),
        # a risky month before a noun, in a parenthesis, and one that is none
        ("The army opened a March offensive.", [("March", "2016-03")]),
        ("They joined the March on the capital.", []),
        ("The Fall of the city came.", []),
        # a month that says which agreement has no tense of its own
        ("They will try to keep to the June agreement.", [("June", "2016-06")]),
        # names and greetings
        ("The story was told by Russia Today.", []),
        ('He spoke on "This Week" about it.', []),
        ("Good evening from the capital.", []),
        # of company reports: the quarter told of, a year before; a longer stretch is no quarter
        ("In the third quarter of 2015 it earned less than in the 2014 period.",
         [("the third quarter of 2015", "2015-Q3"), ("the 2014 period", "2014-Q3")]),
        ("The third quarter of 2015 beat the corresponding quarter a year earlier.",
         [("The third quarter of 2015", "2015-Q3"), ("the corresponding quarter a year earlier", "2014-Q3")]),
        ("In the third quarter of 2015 it grew. In nine months it lost, compared with a year earlier.",
         [("the third quarter of 2015", "2015-Q3"), ("nine months", "P9M"), ("a year earlier", "2014")]),
        # a clock of some place
        ("It began at 5:30 am Baghdad time on 3 May 2016.",
         [("5:30 am Baghdad time on 3 May 2016", "2016-05-03T05:30")]),
        # a date between which and its year a parenthesis stands
        ("On December 7 (December 8 in other zones), 1941, it began.",
         [("December 7", "1941-12-07"), ("December 8", "1941-12-08"), ("1941", "1941")]),
        # a year named in passing does not take what is bought until now
        ("Under a plan of 1987 it had bought shares through June 29.", [("1987", "1987"), ("June 29", "2016-06-29")]),
    ],
)  # fmt: skip
def test_news(parser: Parser, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(parser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were 18 years old.", ("18 years old", "P18Y")),
        ("The front broke (May-August 1915).", ("May", "1915-05")),
        # where only the year is known it counts from, so much at least is told
        ("Four days later it ended.", ("Four days later", "1915-XX-XX")),
        ("Less than a week later it ended.", ("Less than a week later", "1915-WXX")),
        ("Two decades earlier it had begun.", ("Two decades earlier", "189")),
    ],
)
def test_stories(parser: Parser, text: str, expected: tuple[str, str]) -> None:
    assert expected in values(parser, STORY + text)


def test_an_age_is_no_time_of_news(parser: Parser) -> None:
    assert values(parser, "The conscripts were 18 years old.") == []


def test_a_glance_back_does_not_move_the_story(parser: Parser) -> None:
    text = (
        "In March 1940 it stirred, and in 1938 and 1939 it had slept. In June 1941 it rose. In July it moved. "
        "It had stood still the previous year. On December 7, 1941 it struck, and in 1942 it stopped."
    )
    assert ("July", "1941-07") in values(parser, text)
