"""When an event happened: the time chosen for it, its basis, its words; and where there is none."""

from __future__ import annotations

from datetime import date

import pytest
from plain_text import article, trigger_at

from sayso.coding.event_times import time_of
from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.times import tag_times
from sayso.model import Document, Segment, Span, TimeSpan, Written

WEDNESDAY = date(2016, 7, 27)


def parsed_news(parser: Parser, text: str, written: date | None = WEDNESDAY) -> ParsedDocument:
    return parser.parse(article(text, written))


def when(parsed: ParsedDocument, word: str) -> TimeSpan | None:
    """The time of the event that the first token ``word`` reports."""
    return time_of(trigger_at(parsed, word, "other"), tag_times(parsed), parsed)


@pytest.mark.parametrize(
    ("text", "word", "earliest", "latest", "basis"),
    [
        # the clause's own time
        ("Rebels captured the town on Sunday.", "captured", "2016-07-24", "2016-07-24", "anchored"),
        ("Rebels captured the town on 3 May 2015.", "captured", "2015-05-03", "2015-05-03", "explicit"),
        ("Rebels captured the town in March 2016.", "captured", "2016-03-01", "2016-03-31", "explicit"),
        ("Rebels captured the town in early 2016.", "captured", "2016-01-01", "2016-04-30", "explicit"),
        ("Rebels captured the town in late 2015.", "captured", "2015-09-01", "2015-12-31", "explicit"),
        # what has happened is over by the day of writing
        ("Rebels have captured two towns this month.", "captured", "2016-07-01", "2016-07-27", "anchored"),
        ("Rebels will leave the town this month.", "leave", "2016-07-01", "2016-07-31", "anchored"),
        # two clauses, two times
        ("Rebels took the town on Sunday but lost it on Tuesday.", "took", "2016-07-24", "2016-07-24", "anchored"),
        ("Rebels took the town on Sunday but lost it on Tuesday.", "lost", "2016-07-26", "2016-07-26", "anchored"),
        # ruling 2: the time of saying bounds the event, it is not the event's own
        ("Six people were killed, state TV said on Wednesday.", "killed", "2016-07-26", "2016-07-27", "reported"),
        ("State TV said on Tuesday that six were killed on Sunday.", "killed", "2016-07-24", "2016-07-24", "anchored"),
        ("Jets struck the town, the monitor said.", "struck", "2016-07-26", "2016-07-27", "reported"),
        # ruling 3
        ("Fighting continues in the town.", "Fighting", "2016-07-27", "2016-07-27", "reported"),
        ("Shells hit the town in recent days.", "hit", "2016-07-20", "2016-07-27", "anchored"),
        ("Shells hit the town in recent weeks.", "hit", "2016-06-29", "2016-07-27", "anchored"),
        ("Shells hit the town overnight.", "hit", "2016-07-26", "2016-07-27", "anchored"),
        ("The army has besieged the town since March 23.", "besieged", "2016-03-23", "2016-07-27", "anchored"),
        # a range
        ("Jets struck the town from 3 to 7 May 2016.", "struck", "2016-05-03", "2016-05-07", "explicit"),
        ("Jets struck the town in October and November 2015.", "struck", "2015-10-01", "2015-11-30", "explicit"),
        # reported speech shifts the tense back, not the event
        ("The group said on Wednesday it had captured the town.", "captured", "2016-07-26", "2016-07-27", "reported"),
    ],
)  # fmt: skip
def test_the_time_of_an_event(parser: Parser, text: str, word: str, earliest: str, latest: str, basis: str) -> None:
    time = when(parsed_news(parser, text), word)
    assert time is not None
    assert (time.earliest.isoformat(), time.latest.isoformat(), time.basis) == (earliest, latest, basis)


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("Rebels, who had captured the town earlier, left on Sunday.", "captured", None),
        ("The army had previously captured the town.", "captured", WEDNESDAY),
        ("Jets struck the town, the monitor said.", "struck", None),
        ("Rebels captured the town on Sunday.", "captured", None),
        ("Envoys will meet in Geneva.", "meet", WEDNESDAY),
    ],
)
def test_what_nothing_bounds_has_no_time(parser: Parser, text: str, word: str, written: date | None) -> None:
    assert when(parsed_news(parser, text, written), word) is None


def test_every_time_carries_its_words_unless_the_day_came_from_outside(parser: Parser) -> None:
    text = "Rebels captured the town on Sunday. Jets struck a village in March 2015."
    parsed = parsed_news(parser, text)
    for word, words in (("captured", ["Sunday"]), ("struck", ["March 2015"])):
        time = when(parsed, word)
        assert time is not None
        assert [span.of(text) for span in time.evidence] == words


def test_a_stamp_bounds_a_report_and_is_never_the_events_day(parser: Parser) -> None:
    text = "Posted on July 27 2016. Jets struck the town."
    stamp = Span(10, 22)
    written = Written(WEDNESDAY, WEDNESDAY, WEDNESDAY, "dateline", (stamp,))
    parsed = parser.parse(article(text, written))
    time = when(parsed, "struck")
    assert time is not None
    assert (time.basis, time.earliest, time.latest) == ("reported", date(2016, 7, 26), WEDNESDAY)
    assert [span.of(text) for span in time.evidence] == ["July 27 2016"]


def test_a_list_takes_the_time_of_its_heading(parser: Parser) -> None:
    heading = "2. Strikes in the coastal region, December 2015- late 2016"
    text = f"{heading}\nThe strikes helped the army."
    segments = (Segment(0, len(heading), "heading"), Segment(len(heading) + 1, len(text), "body"))
    parsed = parser.parse(Document("d", "c", text, segments))
    time = when(parsed, "helped")
    assert time is not None
    assert (time.earliest, time.latest, time.basis) == (date(2015, 12, 1), date(2016, 12, 31), "heading")
    assert [span.of(text) for span in time.evidence] == ["December 2015", "late 2016"]
