"""Author, outlet and date where the text or its address tells them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sayso.model import Document
from sayso.reading import read_bytes
from sayso.reading.address import address_day
from sayso.reading.metadata import byline_author, outlet_of

WORDS = "A bridge near Rivertown was hit on Thursday, officials said. Three people were hurt."


def row(**cells: str) -> Document:
    (reading,) = read_bytes(json.dumps({"text": WORDS} | cells).encode() + b"\n", "t.jsonl")
    return reading.document


@pytest.mark.parametrize(
    ("words", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("by Jane Roe and John O'Doe", "Jane Roe and John O'Doe"),
        ("BY JANE ROE", "JANE ROE"),
        ("Written by: Jane van Roe, Beirut", "Jane van Roe"),
        ("10 July 2016 | By Jane Roe", "Jane Roe"),
        ("By Reuters", None),
        ("By Reuters Staff", None),
        ("By The Guardian", None),
        ("By land and by sea they came to the town", None),
        ("Jane Roe", None),
    ],
)
def test_authors(words: str, author: str | None) -> None:
    assert byline_author(words) == author


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.reuters.com/a", "Reuters"),
        ("https://edition.cnn.com/a", "CNN"),
        ("https://notreuters.com/a", None),
        ("https://reuters.com.example.org/a", None),
        (None, None),
    ],
)
def test_outlets_by_address(url: str | None, name: str | None) -> None:
    known = outlet_of(url)
    assert (known.name if known else None) == name


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"BEIRUT (Reuters) - {WORDS}", "Reuters"),
        (f"{WORDS} --AFP", "AFP"),
        (f"{WORDS} (Reuters and AFP)", "Reuters"),
        (f"{WORDS} (Photo)", None),
        (WORDS, None),
    ],
)
def test_outlets_by_credit(text: str, outlet: str | None) -> None:
    assert row(text=text).outlet == outlet


def test_what_a_column_says_comes_first() -> None:
    document = row(
        text=f"BEIRUT (Reuters) - {WORDS}", outlet="The Daily", url="https://www.bbc.com/a", author="Jane Roe"
    )
    assert (document.outlet, document.author) == ("The Daily", "Jane Roe")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.org/2016/07/10/title", date(2016, 7, 10)),
        ("https://a.org/news/2016-7-1-title", date(2016, 7, 1)),
        ("https://a.org/20160710-title", date(2016, 7, 10)),
        ("https://a.org/2016/07/title", None),
        ("https://a.org/2016/13/10/title", None),
        ("https://a.org/id/120160710", None),
        ("https://a.org/2016/07/10/what-happened-2015/03/01", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert address_day(url) == day


@pytest.mark.parametrize(
    ("cells", "day", "basis"),
    [
        ({"text": f"Sun 10 Jul 2016 {WORDS}", "published": "2016-07-12"}, date(2016, 7, 10), "dateline"),
        ({"text": f"Sun 10 Jul 2016 {WORDS}", "published": "2014-01-01"}, date(2016, 7, 10), "dateline"),
        ({"text": f"Last updated at Jul 262016 {WORDS}", "published": "2016-07-24"}, date(2016, 7, 26), "dateline"),
        ({"text": f"Last updated at Jul 262016 {WORDS}", "published": "2014-01-01"}, date(2014, 1, 1), "given"),
        ({"text": f"02-06-2016 {WORDS}"}, date(2016, 6, 2), "dateline"),
        ({"text": f"02-06-2016 {WORDS}", "url": "https://www.nytimes.com/a"}, date(2016, 2, 6), "dateline"),
        ({"text": f"02-06-2016 {WORDS}", "published": "2016-02-06"}, date(2016, 2, 6), "dateline"),
        ({"text": f"{WORDS} Posted on April 2 2017"}, date(2017, 4, 2), "dateline"),
        ({"text": f"{WORDS} Last Update: 2 April 2017"}, None, None),
        ({"text": f"{WORDS} © 2017 The Daily"}, None, None),
        ({"text": WORDS, "url": "https://a.org/2016/07/10/x"}, date(2016, 7, 10), "url"),
        ({"text": WORDS, "url": "https://a.org/2016/07/10/x", "date": "2016-07-09"}, date(2016, 7, 9), "given"),
        ({"text": f"DAMASCUS, 12 July 2016 (SANA) - {WORDS}"}, date(2016, 7, 12), "dateline"),
        ({"text": f"DAMASCUS, 12 July 2016 (SANA) - {WORDS}", "date": "2016-07-13"}, date(2016, 7, 13), "given"),
        ({"text": f"DAMASCUS, 12 July (SANA) - {WORDS}"}, None, None),
        ({"text": f"02:26 GMT11 July 2020 {WORDS}"}, None, None),
        ({"text": f"On 10 July 2016 it began. {WORDS}"}, None, None),
    ],
)
def test_when_it_was_written(cells: dict[str, str], day: date | None, basis: str | None) -> None:
    document = row(**cells)
    written = document.written
    assert (written and written.best) == day
    assert (written and written.basis) == basis
    if written and basis == "dateline":
        assert any(character.isdigit() for character in written.evidence[0].of(document.text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (WORDS, "en"),
        (
            "Des responsables ont déclaré que le pont avait été touché jeudi près de la ville, faisant trois blessés.",
            "fr",
        ),
        ("Hit.", None),
        ("12 34 56 78 90 " * 20, None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert row(text=text).language == language
