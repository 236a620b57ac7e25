"""Time expressions: found, normalised, put on the calendar, and never on a day nobody gave."""

from __future__ import annotations

from datetime import date

import pytest
from plain_text import article

from sayso.coding.parse import Parser
from sayso.coding.time_calendar import easter, hijri
from sayso.coding.times import tag_times
from sayso.model import Document, Segment, TimeExpression, Written

WEDNESDAY = date(2016, 7, 27)


def tagged(parser: Parser, text: str, written: date | None = WEDNESDAY) -> tuple[TimeExpression, ...]:
    return tag_times(parser.parse(article(text, written)))


def values(parser: Parser, text: str, written: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(found.span.of(text), found.value) for found in tagged(parser, text, written)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 26 July 2016.", [("26 July 2016", "2016-07-26")]),
        ("It fell on July 26, 2016.", [("July 26, 2016", "2016-07-26")]),
        ("It fell on the 26th of July 2016.", [("the 26th of July 2016", "2016-07-26")]),
        ("Last updated at Jul 262016 in Beirut.", [("Jul 262016", "2016-07-26")]),
        ("It fell on Wed 05 Apr 2017.", [("Wed 05 Apr 2017", "2017-04-05")]),
        ("It fell on 2016-03-27.", [("2016-03-27", "2016-03-27")]),
        ("It fell on 27/03/2016 and 27.3.2016.", [("27/03/2016", "2016-03-27"), ("27.3.2016", "2016-03-27")]),
        ("In October and November 2015 it burned.", [("October", "2015-10"), ("November 2015", "2015-11")]),
        ("From 3 to 7 May 2016 it burned.", [("3", "2016-05-03"), ("7 May 2016", "2016-05-07")]),
        ("Raids, December 2015- late 2016, went on.", [("December 2015", "2015-12"), ("late 2016", "2016")]),
        ("It burned in early March 2016.", [("early March 2016", "2016-03")]),
        ("It burned in the summer of 2014.", [("the summer of 2014", "2014-SU")]),
        ("It burned in the third quarter of 2014.", [("the third quarter of 2014", "2014-Q3")]),
        ("It burned in the latter half of 2008.", [("the latter half of 2008", "2008-H2")]),
        ("It burned in the mid-1990s.", [("the mid-1990s", "199")]),
        ("It burned in the 19th century.", [("the 19th century", "18")]),
        ("It burned in 490 BC.", [("490 BC", "BC0490")]),
        ("On the night of April 18, 2015, they came.", [("the night of April 18, 2015", "2015-04-18TNI")]),
        ("They came at 5 p.m. on Friday.", [("5 p.m. on Friday", "2016-07-22T17:00")]),
        ("They fought for two and a half years.", [("two and a half years", "P2.5Y")]),
        ("A three-day truce held.", [("three-day", "P3D")]),
        ("They met every Friday.", [("every Friday", "XXXX-WXX-5")]),
        ("By Christmas of 2016 it was over.", [("Christmas of 2016", "2016-12-25")]),
        ("It began in nineteen ninety-six.", [("nineteen ninety-six", "1996")]),
    ],
)
def test_what_the_words_say_themselves(parser: Parser, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(parser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army took the town on Friday.", "2016-07-22"),
        ("The army took the town on Wednesday.", "2016-07-27"),
        ("Envoys will meet in Geneva on Friday.", "2016-07-29"),
        ("The army took the town yesterday.", "2016-07-26"),
        ("The army took the town last week.", "2016-W29"),
        ("The army took the town two days ago.", "2016-07-25"),
        ("The army took the town one year ago today.", "2015-07-27"),
        ("The army took the town two years ago this week.", "2014-W30"),
        ("The army took the town three years ago this month.", "2013-07"),
        ("The army took the town two weeks ago today.", "2016-07-13"),
        ("The army took the town four years ago.", "2012"),
        ("The army took the town last October.", "2015-10"),
        ("The army took the town in October.", "2015-10"),
        ("Envoys will meet in October.", "2016-10"),
        ("The army took the town on July 5.", "2016-07-05"),
        ("It denied Tuesdays attack in the city.", "2016-07-26"),
    ],
)
def test_news_counts_from_the_day_it_was_written(parser: Parser, text: str, expected: str) -> None:
    (found,) = tagged(parser, text)
    assert found.value == expected
    assert found.basis == "anchored"


def test_without_a_day_of_writing_the_relative_stays_relative(parser: Parser) -> None:
    text = "On 3 May 2016 it fell. Earlier this week, yesterday and on Friday they met, two days ago."
    by_words = {found.span.of(text): found for found in tagged(parser, text, None)}
    for words in ("Earlier this week", "yesterday", "two days ago"):
        assert by_words[words].earliest is None
        assert by_words[words].basis is None


def test_a_story_runs_along_its_own_dates(parser: Parser) -> None:
    text = (
        "In April 1775 the war began. The militia won in June 1775. On December 31 they lost. "
        "In early March the guns came, and the army left on March 17, 1776. In July 1776 it declared. "
        "In 1770 there had been a riot. The next month the fleet came. Two days later it attacked."
    )
    found = dict(values(parser, text, date(2009, 12, 19)))
    assert found["December 31"] == "1775-12-31"
    assert found["early March"] == "1776-03"


def test_an_anchored_time_names_the_words_it_was_worked_out_from(parser: Parser) -> None:
    text = "Posted on 2 April 2017. The army took the town on Friday."
    stamp = tagged(parser, text, None)[0].span
    day = date(2017, 4, 2)
    document = Document(
        "d", "c", text, (Segment(0, len(text), "body"),), written=Written(day, day, day, "dateline", (stamp,))
    )
    friday = tag_times(parser.parse(document))[1]
    assert (friday.value, [span.of(text) for span in friday.anchor]) == ("2017-03-31", ["2 April 2017"])


def test_only_coded_segments_are_read(parser: Parser) -> None:
    text = "02:26 GMT 11 July 2020\nThe army left in May 2016."
    document = Document("d", "c", text, (Segment(0, 22, "chrome"), Segment(23, len(text), "body")))
    assert [found.span.of(text) for found in tag_times(parser.parse(document))] == ["May 2016"]


@pytest.mark.parametrize(
    "text",
    [
        "Some 1500 soldiers may march on the second village.",
        "The 25-year-old sat by the sun; prices fall.",
        "Resolution 2254 and $2000 for 1,950 people.",
        "Operation Dawn began.",
    ],
)
def test_what_is_no_time_is_left_alone(parser: Parser, text: str) -> None:
    assert values(parser, text) == []


def test_part_of_a_period_bounds_the_days(parser: Parser) -> None:
    by_words = {t.value: (t.earliest, t.latest) for t in tagged(parser, "It fell in early 2016 or late May 2015.")}
    assert by_words == {
        "2016": (date(2016, 1, 1), date(2016, 4, 30)),
        "2015-05": (date(2015, 5, 21), date(2015, 5, 31)),
    }


def test_feasts_against_published_tables() -> None:
    assert [easter(year) for year in (2000, 2016, 2024)] == [date(2000, 4, 23), date(2016, 3, 27), date(2024, 3, 31)]
    assert [easter(year, orthodox=True) for year in (2016, 2024)] == [date(2016, 5, 1), date(2024, 5, 5)]


#: Days on which Ramadan, Eid al-Fitr and Eid al-Adha began in most countries.
KEPT = {
    (1434, 9, 1): date(2013, 7, 10), (1434, 10, 1): date(2013, 8, 8), (1434, 12, 10): date(2013, 10, 15),
    (1435, 9, 1): date(2014, 6, 28), (1435, 10, 1): date(2014, 7, 28), (1435, 12, 10): date(2014, 10, 4),
    (1436, 9, 1): date(2015, 6, 18), (1436, 10, 1): date(2015, 7, 17), (1436, 12, 10): date(2015, 9, 24),
    (1437, 9, 1): date(2016, 6, 6), (1437, 10, 1): date(2016, 7, 6), (1437, 12, 10): date(2016, 9, 12),
    (1438, 9, 1): date(2017, 5, 27), (1438, 10, 1): date(2017, 6, 25), (1438, 12, 10): date(2017, 9, 1),
    (1445, 9, 1): date(2024, 3, 11), (1445, 10, 1): date(2024, 4, 10), (1445, 12, 10): date(2024, 6, 16),
}  # fmt: skip


def test_islamic_feasts_are_a_day_off_at_most_and_mostly_right() -> None:
    off = [(hijri(*day) - kept).days for day, kept in KEPT.items()]
    assert all(abs(days) <= 1 for days in off)
    assert off.count(0) > len(off) / 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of a company's own year, what is told is a report of what has ended
        ("Profit fell in the fiscal fourth quarter.", [("the fiscal fourth quarter", "2015-Q4")]),
        ("Sales fell in the third quarter of 2015.", [("the third quarter of 2015", "2015-Q3")]),
        ("Orders fell in the latest quarter.", [("the latest quarter", "2016-Q2")]),
        ("Orders rise in the current quarter.", [("the current quarter", "2016-Q3")]),
        # the weekend before the Wednesday of writing, or the one to come
        ("They met over the weekend.", [("the weekend", "2016-W29-WE")]),
        ("They will meet over the weekend.", [("the weekend", "2016-W30-WE")]),
        # a date in force lies ahead, whatever the tense around it
        ("He was named chief of staff, effective Feb. 1.", [("Feb. 1", "2017-02-01")]),
        # in news "former" says who, not when
        ("The former minister spoke of the future.", [("the future", "FUTURE_REF")]),
        ("The troops lived in winter quarters.", [("winter", "XXXX-WI")]),
        # a colon after a day ends the date; one before minutes does not
        ("July 25: the army took the hill.", [("July 25", "2016-07-25")]),
        ("July 24-25: the army took the hill.", [("July 24", "2016-07-24"), ("25", "2016-07-25")]),
        # what was planned then is past now
        ("The truce had been due to expire on Friday.", [("Friday", "2016-07-22")]),
        ("The truce is due to expire on Friday.", [("Friday", "2016-07-29")]),
        (
            "In 490 BC they sailed home and passed the winter.",
            [("490 BC", "BC0490"), ("the winter", "BC0489-WI")],
        ),
    ],
)
def test_words_of_reports(parser: Parser, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(parser, text) == expected


def test_a_quarter_named_by_the_year_before(parser: Parser) -> None:
    text = "Profit fell in the second quarter. In the year-earlier second quarter it rose."
    assert values(parser, text)[-1] == ("the year-earlier second quarter", "2015-Q2")


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        # Islamic feasts, by sighting a day earlier or later than the tables have them
        ("Eid al-Fitr 2016", date(2016, 7, 4), date(2016, 7, 8)),
        ("the first day of Ramadan 2015", date(2015, 6, 17), date(2015, 6, 19)),
        # Orthodox and Coptic Easter fell on 1 May in 2016, two days after their Good Friday
        ("Orthodox Good Friday 2016", date(2016, 4, 29), date(2016, 4, 29)),
        ("Coptic Easter 2016", date(2016, 5, 1), date(2016, 5, 1)),
        ("Christmas Eve 2015", date(2015, 12, 24), date(2015, 12, 24)),
    ],
)
def test_feasts(parser: Parser, words: str, earliest: date, latest: date) -> None:
    found = [time for time in tagged(parser, f"The raid came on {words}.") if time.type == "DATE"]
    assert [(time.earliest, time.latest) for time in found] == [(earliest, latest)]
