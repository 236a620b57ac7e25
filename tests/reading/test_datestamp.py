"""Date stamps: the usual forms are read, and nothing is made a date that is none."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.datestamp import find_stamps, read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun 10 Jul 2016 Something", date(2016, 7, 10)),
        ("Tuesday, 19 July 2016 16:45", date(2016, 7, 19)),
        ("July 2 2016 by", date(2016, 7, 2)),
        ("July 2nd, 2016", date(2016, 7, 2)),
        ("Aug. 1, 2016", date(2016, 8, 1)),
        ("the 3rd of March 2020", date(2020, 3, 3)),
        ("Jul 262016", date(2016, 7, 26)),
        ("Aug 012016", date(2016, 8, 1)),
        ("02-06-2016", date(2016, 6, 2)),
        ("6-09-2013", date(2013, 9, 6)),
        ("24.07.2016(updated", date(2016, 7, 24)),
        ("12/25/2016", date(2016, 12, 25)),
        ("2016-07-10T12:00:00Z", date(2016, 7, 10)),
        ("2016/7/1", date(2016, 7, 1)),
        ("10-Jul-2016", date(2016, 7, 10)),
        ("GMT11 July 2020", date(2020, 7, 11)),
        ("Fri 03/04/2020", date(2020, 4, 3)),
        ("Wed 03/04/2020", date(2020, 3, 4)),
        ("12 mars 2022", date(2022, 3, 12)),
        ("3 мая 2022", date(2022, 5, 3)),
    ],
)
def test_forms(text: str, expected: date) -> None:
    assert [stamp.day for stamp in find_stamps(text, 0, len(text))] == [expected]


@pytest.mark.parametrize(
    "text",
    ["31 February 2016", "July 2016", "10 July", "in 2016", "12345-06-2016", "32/13/2016", "May 5 killed", "10.7.20161",
     "version 1.2.2016.3", "marched 12 2016", "2016"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    assert not find_stamps(text, 0, len(text))


def test_what_can_be_read_two_ways_says_so() -> None:
    (stamp,) = find_stamps("02-06-2016", 0, 10)
    assert (stamp.day, stamp.other) == (date(2016, 6, 2), date(2016, 2, 6))
    (american,) = find_stamps("02-06-2016", 0, 10, month_first=True)
    assert (american.day, american.other) == (date(2016, 2, 6), date(2016, 6, 2))


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%A %d %b %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_every_day_is_read_back_with_its_words(day: date, form: str) -> None:
    words = day.strftime(form)
    text = f"Posted {words}. More"
    (stamp,) = find_stamps(text, 0, len(text))
    assert stamp.day == day
    assert stamp.span.of(text) == words


@pytest.mark.parametrize(
    ("value", "earliest", "latest", "best"),
    [
        ("2016-07-10", date(2016, 7, 10), date(2016, 7, 10), date(2016, 7, 10)),
        ("20160710", date(2016, 7, 10), date(2016, 7, 10), date(2016, 7, 10)),
        ("2016-07", date(2016, 7, 1), date(2016, 7, 31), None),
        ("February 2016", date(2016, 2, 1), date(2016, 2, 29), None),
        ("2016", date(2016, 1, 1), date(2016, 12, 31), None),
    ],
)
def test_columns_keep_their_precision(value: str, earliest: date, latest: date, best: date | None) -> None:
    interval = read_date(value)
    assert interval
    assert (interval.earliest, interval.latest, interval.best) == (earliest, latest, best)


@pytest.mark.parametrize("value", ["", "yesterday", "20161399", "1 May 2016 to 3 May 2016", "None", "1467331200"])
def test_columns_that_are_no_date(value: str) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize("piece", ["1", "Mon ", "2016-", "July ", "12 ", "Sunday, "])
def test_long_runs_take_linear_time(piece: str) -> None:
    text = piece * 40_000
    started = time.perf_counter()
    find_stamps(text, 0, len(text))
    assert time.perf_counter() - started < 10
