"""Kinds of time expressions that go wrong easily: one case a rule, of news and of stories."""

from __future__ import annotations

from datetime import date

import pytest
from plain_text import article

from sayso.coding.parse import Parser
from sayso.coding.times import find_times, tag_times

WEDNESDAY = date(2016, 7, 27)
#: Enough dates of its own to make any text a story.
STORY = "It began in May 1911, went on in 1912, in June 1913 and in 1914, and in 1915 it was over. "


def values(parser: Parser, text: str, written: date = WEDNESDAY) -> list[tuple[str, str]]:
    return [(found.span.of(text), found.value) for found in tag_times(parser.parse(article(text, written)))]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # counted from an event that the text dates
        ("Rebels besieged the town on 3 May 2016. Three weeks after the siege began, it fell.",
         ("Three weeks after the siege began", "2016-W21")),
        ("The offensive began on 3 May 2016. On day 12 of the offensive it rained.",
         ("day 12 of the offensive", "2016-05-14")),
        ("The battle started on Monday. On the third night of the battle, jets came.",
         ("the third night of the battle", "2016-07-27TNI")),
        ("Girona fell on 5 February 2016. Five days after the fall of Girona, it ended.",
         ("Five days after the fall of Girona", "2016-02-10")),
        ("The town was seized on 3 May 2016. The day before its capture, talks failed.",
         ("The day before its capture", "2016-05-02")),
        # beside its own day
        ("On 21 July 2016, the fifth day of the revolt, they won.", ("the fifth day of the revolt", "2016-07-21")),
        ("Today is the tenth day of the truce.", ("the tenth day of the truce", "2016-07-27")),
        # where nothing dates it, the length is all there is
        ("Two days after the attack, the mayor resigned.", ("Two days", "P2D")),
        ("The revolt began in 2014. Two days after the truce, it ended.", ("Two days", "P2D")),
        ("Girona fell on 5 February 2016. Two days after the fall of Lleida, it rained.", ("Two days", "P2D")),
        ("The raids of Monday hit the town. The talks come two days after the raids on Homs began.",
         ("two days", "P2D")),
        # a date of its own is no event
        ("Two days after 5 May 2016 it ended.", ("5 May 2016", "2016-05-05")),
        # years of accounts, halves, centuries
        ("In fiscal year 2014-15 it grew.", ("fiscal year 2014-15", "2014")),
        ("In FY2013 it grew.", ("FY2013", "2013")),
        ("In H1 2015 it grew.", ("H1 2015", "2015-H1")),
        ("In the seventh and eighth centuries it grew.", ("the seventh", "06")),
        ("It grew on Coptic Christmas Eve, Orthodox Easter 2016.", ("Orthodox Easter 2016", "2016-05-01")),
        # what is due to something is not yet to come, what is due to happen is
        ("People fled due to shelling by forces on Sunday.", ("Sunday", "2016-07-24")),
        ("The truce is due to end on Sunday.", ("Sunday", "2016-07-31")),
        # "May" is a month here and tells no tense
        ("On May 3, 4 and 5, shells fell.", ("4", "2016-05-04")),
    ],
)  # fmt: skip
def test_counted_from_events_and_other_calendars(parser: Parser, text: str, expected: tuple[str, str]) -> None:
    assert expected in values(parser, text)


def test_a_time_counted_from_an_event_names_the_day_it_was_counted_from() -> None:
    text = "Rebels besieged the town on 3 May 2016. Three weeks after the siege began, it fell."
    stamped, counted = find_times([(text, 0)], None)
    assert (stamped.basis, counted.basis) == ("explicit", "anchored")
    assert [span.of(text) for span in counted.anchor] == ["3 May 2016"]


def test_a_year_of_accounts_may_begin_before_the_year_it_names() -> None:
    (found,) = find_times([("It grew in fiscal 2015.", 0)], None)
    assert (found.earliest, found.latest) == (date(2014, 7, 1), date(2016, 6, 30))
