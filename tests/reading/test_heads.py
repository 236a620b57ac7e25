"""Heads of articles: what is cut off the body, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Segment
from sayso.reading.heads import split_head


def parts(text: str, title: str | None = None) -> list[tuple[str, str]]:
    head = split_head(text, (Segment(0, len(text), "body"),), title)
    return [(segment.kind, text[segment.start : segment.end]) for segment in head.segments]


TITLE = "Three hurt as bridge is hit"


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (
            "Sun 10 Jul 2016 Three hurt as bridge is hit. Three people were hurt.",
            TITLE,
            [("dateline", "Sun 10 Jul 2016"), ("title", f"{TITLE}."), ("body", "Three people were hurt.")],
        ),
        (
            "Three hurt as bridge is hit Friday 15 Aug 2014 Print Tweet Views 458 Three people",
            f"{TITLE} - World - The Daily",
            [("title", TITLE), ("dateline", "Friday 15 Aug 2014"), ("chrome", "Print"), ("chrome", "Tweet"),
             ("chrome", "Views 458"), ("body", "Three people")],
        ),
        (
            "Posted on July 2 2016 by Jane Roe Three hurt as bridge is hit Three people",
            TITLE,
            [("dateline", "Posted on July 2 2016"), ("byline", "by Jane Roe"), ("title", TITLE),
             ("body", "Three people")],
        ),
        (
            "Print this page Tuesday 19 July 2016 16:45 Three people were hurt.",
            None,
            [("chrome", "Print this page"), ("dateline", "Tuesday 19 July 2016 16:45"),
             ("body", "Three people were hurt.")],
        ),
        (
            "Last updated at Jul 262016 RIVERTOWN — Three people",
            None,
            [("dateline", "Last updated at Jul 262016"), ("dateline", "RIVERTOWN —"), ("body", "Three people")],
        ),
        (
            "24.07.2016(updated 2042 24.07.2016) Get short URL 0 46 Three people",
            None,
            [("dateline", "24.07.2016"), ("dateline", "(updated 2042 24.07.2016)"), ("chrome", "Get short URL 0 46"),
             ("body", "Three people")],
        ),
        (
            "A bridge was hit, officials say AFP Friday 2 May 2014 Three people were hurt.",
            None,
            [("body", "A bridge was hit, officials say"), ("byline", "AFP"), ("dateline", "Friday 2 May 2014"),
             ("body", "Three people were hurt.")],
        ),
        ("BEIRUT (Reuters) - Three people", None, [("dateline", "BEIRUT (Reuters) -"), ("body", "Three people")]),
        ("(KYIV) -- Three people", None, [("dateline", "(KYIV) --"), ("body", "Three people")]),
        ("DAMASCUS, 12 July (SANA) – Three", None, [("dateline", "DAMASCUS, 12 July (SANA) –"), ("body", "Three")]),
        ("SANA-One person", None, [("dateline", "SANA-"), ("body", "One person")]),
        ("Beirut- Three people", None, [("dateline", "Beirut-"), ("body", "Three people")]),
        # and what only looks like a head
        ("11 September 2001 was a Tuesday.", None, [("body", "11 September 2001 was a Tuesday.")]),
        ("Three hurt as bridge is hit again, officials say.", TITLE,
         [("body", "Three hurt as bridge is hit again, officials say.")]),
        ("On July 2 2016 a bridge was hit.", None, [("body", "On July 2 2016 a bridge was hit.")]),
        ("The bridge was hit on Friday 2 May 2014 by shells.", None,
         [("body", "The bridge was hit on Friday 2 May 2014 by shells.")]),
        ("Print media were closed.", None, [("body", "Print media were closed.")]),
        ("President Someone (left) - a picture", None, [("body", "President Someone (left) - a picture")]),
    ],
)  # fmt: skip
def test_heads(text: str, title: str | None, expected: list[tuple[str, str]]) -> None:
    assert parts(text, title) == expected


def test_a_clock_above_the_title_is_furniture_and_no_date() -> None:
    text = "02:26 GMT11 July 2020\nA paragraph that follows the clock of the page."
    head = split_head(text, (Segment(0, 21, "dateline"), Segment(22, len(text), "body")), None)
    assert head.segments[0].kind == "chrome"
    assert [stamp.role for stamp in head.stamps] == ["clock"]


def test_today_in_the_furniture_is_no_date() -> None:
    text = "Saturday, 21 November 2020\nThe title of it\nA paragraph of the article."
    segments = (Segment(0, 26, "chrome"), Segment(27, 42, "title"), Segment(43, len(text), "body"))
    assert split_head(text, segments, None).stamps == ()


WORDS = ["Sun 10 Jul 2016", "Print", "by Jane Roe", "Tweet", "Views 12", TITLE, "BEIRUT (AFP) -", "Updated:",
         "02-06-2016",
         "14:00 GMT", "body words", ".", "(", "\u00a0", "AFP", "http://x.y", "Posted on", "|"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from([None, TITLE]))
def test_segments_stay_in_order_and_cover_every_word(text: str, title: str | None) -> None:
    if not text.strip():
        return
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    head = split_head(text, (Segment(start, end, "body"),), title)
    at = 0
    for segment in head.segments:
        assert at <= segment.start < segment.end <= len(text)
        assert not text[at : segment.start].strip()
        at = segment.end
    assert not text[at:].strip()


def test_thousands_of_buttons_end() -> None:
    text = "Print " * 50_000
    assert parts(text.strip())[-1][0] in ("body", "chrome")
