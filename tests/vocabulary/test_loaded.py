"""Loaded terms: found in context, left alone in names and terms of law, and from every side."""

from __future__ import annotations

import time

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.loaded import LoadedTerms, load_loaded_terms, parse_loaded_terms


@pytest.fixture(scope="module")
def terms() -> LoadedTerms:
    return load_loaded_terms()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The regime shelled the town", [("regime", "government")]),
        ("Terrorists attacked", [("Terrorists", "fighters")]),
        ('"terrorist groups" attacked', [("terrorist groups", "armed group")]),
        ("The village was liberated", [("liberated", "captured")]),
        ("the so-called caliphate", [("so-called", None)]),
        ("the Zionist entity's army", [("Zionist entity", "Israel")]),
        ("three martyrs fell", [("martyrs", "people killed")]),
        ("soldiers neutralized ten men", [("neutralized", "killed or captured")]),
        ("our heroes", [("our heroes", None)]),
        ("the Kiev regime", [("Kiev regime", "Ukrainian government")]),
        ("the Putin regime", [("Putin regime", "Russian government")]),
        ("Indian-occupied Kashmir", [("Indian-occupied Kashmir", "Kashmir under Indian administration")]),
        ("Pakistan-occupied Kashmir", [("Pakistan-occupied Kashmir", "Kashmir under Pakistani administration")]),
        ("towns in Judea and Samaria", [("Judea and Samaria", "West Bank")]),
    ],
)
def test_found(terms: LoadedTerms, text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(text[f.start : f.end], f.entry.neutral) for f in terms.find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "the Al-Aqsa Martyrs Brigades",
        "the Homs Martyrs Brigade",
        "calls for regime change",
        "a sanctions regime",
        "the bomb was neutralised",
        "the Palestine Liberation Organization",
        "ethnic cleansing",
        "a designated terrorist organisation",
        "a crusader castle",
        "The army shelled the town and 12 people were killed",
        "the Pacific Ocean",
        "",
    ],
)
def test_names_and_terms_of_law_are_not_loaded(terms: LoadedTerms, text: str) -> None:
    assert terms.find(text) == []


def test_every_side_is_covered(terms: LoadedTerms) -> None:
    words = {" ".join(entry.words).lower() for entry in terms.entries}
    assert {"regime", "terrorists", "zionist entity", "occupation forces", "kiev regime", "rashist*"} <= words
    assert {"special military operation", "moderate rebels", "collateral damage", "axis of resistance"} <= words
    assert len(words) >= 100


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("regime,government,label,", "line 2: 4 cells"),
        ("regime,government,slur,,", "line 2: kind is 'slur'"),
        (",government,label,,", "line 2: 'term' must be a text"),
        ("a,b,label,,\na,c,label,,", "line 3: the term 'a' is given twice"),
    ],
)
def test_malformed_rows_name_file_and_line(row: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        parse_loaded_terms(f"term,neutral,kind,unless,note\n{row}\n", "l.csv")


def test_a_hostile_text_takes_linear_time(terms: LoadedTerms) -> None:
    begun = time.process_time()
    for text in ("terrorist " * 20_000, "liberat" * 20_000, "so-" * 50_000, "'" * 100_000):
        terms.find(text)
    assert time.process_time() - begun < 10
