"""What holds of every time expression, whatever the words: properties, odd input, and the values' own grammar."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.coding.time_context import Anchor, Context
from sayso.coding.time_forms import FromEvent
from sayso.coding.time_grammar import find_forms
from sayso.coding.time_resolution import resolve
from sayso.coding.time_tokens import time_tokens
from sayso.coding.times import find_times
from sayso.model import Written

# TIMEX3 values as TimeML 1.2.1 describes them, written down here anew so that the package is not its own judge.
_YEAR = r"(?:BC)?(?:[0-9X]{4})"
_CLOCK = r"(?:[01][0-9]|2[0-4]):[0-5][0-9](?:Z|[+-][0-9]{2})?"
_PARTS = r"(?:MO|MI|AF|EV|NI|DT)"
TIMEX3 = re.compile(
    rf"""(?:(?:PAST|PRESENT|FUTURE)_REF
    |P(?:[0-9]+(?:\.[0-9]+)?|X)(?:CE|DE|Y|Q|M|W|WE|D)
    |PT(?:[0-9]+(?:\.[0-9]+)?|X)[HMS]
    |(?:BC)?[0-9X]{{2,3}}
    |{_YEAR}
    |{_YEAR}-(?:SP|SU|FA|WI|Q[1-4X]|H[12X])
    |{_YEAR}-W(?:[0-5][0-9]|XX)
    |{_YEAR}-W(?:[0-5][0-9]|XX)-(?:WE|[1-7])(?:T(?:{_CLOCK}|{_PARTS}))?
    |{_YEAR}-(?:0[1-9]|1[0-2]|XX)
    |{_YEAR}-(?:0[1-9]|1[0-2]|XX)-(?:[0-2][0-9]|3[01]|XX)(?:T(?:{_CLOCK}|{_PARTS}))?)""",
    re.VERBOSE,
)

DAYS = st.dates(date(1600, 1, 1), date(2099, 12, 31))
FORMATS = [
    "%d-%m-%Y",
    "%B %dth, %Y",
    "%A, %B %dth, %Y",
    "%Y/%m/%d",
    "%a %d %b %Y",
    "%A the %dth of %B, %Y",
    "%d %B, %Y",
    "%Y-%m-%dT10:30",
    "%d %B %Y",
    "%B %d, %Y",
    "%Y-%m-%d",
    "%A, %d %B %Y",
    "%A %B %d %Y",
    "the %dth of %B %Y",
    "%d.%m.%Y",
    "%d %b %Y",
]
WORDS = [
    "siege",
    "began",
    "battle",
    "it",
    "will",
    "took",
    "Homs",
    "(",
    ")",
    "FY",
    "Q3",
    "H1",
    "'s",
    "old",
    "long",
    "today",
    "period",
    "early",
    "late",
    "mid",
    "the",
    "of",
    "in",
    "on",
    "last",
    "next",
    "this",
    "two",
    "3",
    "26",
    "1945",
    "2016",
    "may",
    "May",
    "March",
    "spring",
    "summer",
    "Friday",
    "Monday",
    "week",
    "weeks",
    "months",
    "year",
    "years",
    "ago",
    "later",
    "before",
    "after",
    "every",
    "day",
    "days",
    "night",
    "morning",
    ",",
    "-",
    "/",
    ":",
    ".",
    "5",
    "p.m.",
    "quarter",
    "century",
    "1990s",
    "BC",
    "Ramadan",
    "Easter",
    "and",
    "to",
    "from",
    "end",
    "second",
    "third",
    "a",
    "few",
    "several",
    "half",
    "490",
    "hundred",
    "twenty-one",
    "decade",
    "weekend",
    "hours",
    "fiscal",
]


@given(DAYS, st.sampled_from(FORMATS))
def test_a_day_written_out_is_read_back(day: date, pattern: str) -> None:
    tokens = time_tokens(f"On {day.strftime(pattern)} it fell.")
    (found,) = find_forms(tokens)
    resolved = resolve(found.form, Context(None, None))
    assert (resolved.period.earliest, resolved.period.latest) == (day, day)


@given(DAYS, st.integers(-6, 0))
def test_a_weekday_of_the_past_is_the_last_one(day: date, back: int) -> None:
    meant = day + timedelta(back)
    (found,) = find_forms(time_tokens(meant.strftime("on %A")))
    context = Context(Anchor(day, day, "day", ()), None, tense=-1)
    assert resolve(found.form, context).period.earliest == meant


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.one_of(st.none(), DAYS), st.integers(-1, 1), st.booleans())
@settings(max_examples=150)
def test_every_value_is_timex3_and_every_stretch_is_in_order(
    words: list[str], day: date | None, tense: int, narrative: bool
) -> None:
    anchor = Anchor(day, day, "day", ()) if day else None
    context = Context(None if narrative else anchor, anchor, narrative, tense)
    tokens = time_tokens(" ".join(words))
    end = 0
    for found in find_forms(tokens):
        assert end <= found.start < found.end
        end = found.end
        if isinstance(found.form, FromEvent):
            continue
        period = resolve(found.form, context).period
        assert TIMEX3.fullmatch(period.value), period.value
        assert (period.earliest is None) == (period.latest is None) == (period.precision is None)
        if period.earliest and period.latest:
            assert period.earliest <= period.latest


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_survived(text: str) -> None:
    tokens = time_tokens(text)
    for found in find_forms(tokens):
        assert text[tokens[found.start].start : tokens[found.end - 1].end]
    for time in find_times([(text, 0)], None):
        assert TIMEX3.fullmatch(time.value)


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.one_of(st.none(), DAYS))
@settings(max_examples=150)
def test_every_time_of_a_text_is_timex3_with_its_words_and_its_anchor(words: list[str], day: date | None) -> None:
    text = " ".join(words)
    written = Written(day, day, day, "given", ()) if day else None
    end = 0
    for time in find_times([(text, 0)], written):
        assert end <= time.span.start < time.span.end <= len(text)
        end = time.span.end
        assert TIMEX3.fullmatch(time.value), time.value
        assert (time.earliest is None) == (time.latest is None) == (time.basis is None)
        if time.earliest and time.latest:
            assert time.earliest <= time.latest
        assert all(span.of(text) for span in time.anchor)
        assert not time.anchor or time.basis == "anchored"


@given(DAYS, st.integers(2, 400), st.sampled_from([("after", 1), ("before", -1)]))
def test_days_counted_from_an_event_are_so_many_days_from_it(day: date, many: int, side: tuple[str, int]) -> None:
    text = f"The siege began on {day.strftime('%d %B %Y')}. {many} days {side[0]} the siege began, it rained."
    counted = find_times([(text, 0)], None)[-1]
    assert counted.earliest == day + timedelta(side[1] * many)


@pytest.mark.parametrize(
    "unit",
    [
        "1", "1 ", "1/", "12/12/", "Friday ", " ", "early ", "the end of ", "May 3, ", "two hundred and ", "2016-",
        "\n ",        "of last year ", "1941 ", "two days after the siege ", "day 12 of the battle ",
        "the siege began on 3 May 2016. ",
        "it will be set to ", "(May 3, ", "may ", "a year earlier ",
    ],
)  # fmt: skip
def test_large_odd_input_is_gone_through_to_its_end(unit: str) -> None:
    # how long it takes, and that twice as much takes twice as long, is measured by `bench/times.py --hostile`
    text = unit * (60_000 // len(unit)) + "\n\nIt fell on 26 July 2016."
    last = find_times([(text, 0)], None)[-1]
    assert last.span.of(text) == "26 July 2016"
    assert last.value == "2016-07-26"
