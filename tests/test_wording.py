"""Dates and counts as people write them."""

from __future__ import annotations

import pytest

from sayso.wording import chapter, count, first_day, last_day, period


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2016-03-12", "2016-03-12", "12 Mar 2016"),
        ("2016-03-01", "2016-03-31", "March 2016"),
        ("2016-07-01", "2016-07-02", "1–2 Jul 2016"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2015-10-01", "2015-11-30", "Oct–Nov 2015"),
        ("2015-12-01", "2016-12-31", "Dec 2015 – Dec 2016"),
        ("2016-06-30", "2016-07-01", "30 Jun – 1 Jul 2016"),
    ],
)
def test_a_period_is_written_no_finer_than_it_is_known(earliest: str, latest: str, words: str) -> None:
    assert period({"earliest": earliest, "latest": latest}) == words


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [(8, 8, "8"), (70, None, "at least 70"), (None, 20, "at most 20"), (19, 42, "19 to 42"), (2000, 2000, "2,000")],
)
def test_a_count_keeps_what_is_open(minimum: int | None, maximum: int | None, words: str) -> None:
    assert count({"minimum": minimum, "maximum": maximum}) == words


def test_chapters_are_months_then_years_then_the_undated() -> None:
    march = {"earliest": "2016-03-02", "latest": "2016-03-02"}
    year = {"earliest": "2016-01-01", "latest": "2016-12-31"}
    assert [chapter(time)[1] for time in (march, year, None)] == ["March 2016", "2016, month not told", "Date not told"]
    assert chapter(year)[0] < chapter(march)[0] < chapter(None)[0]
    assert chapter({"earliest": "2014-01-01", "latest": "2016-12-31"})[1] == "2014–2016"


def test_first_and_last_day_bound_what_is_written() -> None:
    assert (first_day("2016-02").isoformat(), last_day("2016-02").isoformat()) == ("2016-02-01", "2016-02-29")
    assert (first_day("2016").isoformat(), last_day("2016").isoformat()) == ("2016-01-01", "2016-12-31")


@pytest.mark.parametrize("value", ["", "16", "2016-13", "2016-02-30", "2016-00", "yesterday", "2016-1-1-1"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        first_day(value)
