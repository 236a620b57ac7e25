"""Names are found whatever their case, accents, article or transliteration, and never where they are not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.vocabulary.name_index import NameIndex, word_key, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [("Qaeda", "Qa'ida"), ("Jaish", "Jaysh"), ("Nusra", "Nusrah"), ("Séléka", "Seleka")],
)
def test_spellings_of_one_word_share_a_key(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


def test_short_words_are_compared_as_they_are() -> None:
    assert word_key("IS") == "is"
    assert word_key("U.S.") == "us"
    assert word_key("sea") != word_key("see")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Jabhat al-Nusra", "fighters of Jabhat Al Nusrah said", "Jabhat Al Nusrah"),
        ("Ahrar al-Sham", "the Ahrar ash-Sham group", "Ahrar ash-Sham"),
        ("al-Nusra", "Al-Nusra advanced", "Al-Nusra"),
        ("=IS", "IS said", "IS"),
        ("=UN", "the U.N. said", "U.N."),
        ("Unicef", "UNICEF said", "UNICEF"),
        ("Assad", "Assads forces", "Assad"),
        ("Islamic State", "Islamic State's men", "Islamic State"),
        ("Islamic State", "the Islamic-State group", "Islamic-State"),
    ],
)
def test_found(name: str, text: str, found: str) -> None:
    (match,) = NameIndex([(name, 1)]).find(text)
    assert text[match.start : match.end] == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("=IS", "this is it"),
        ("WHO", "those who left"),
        ("WHO", "Who left?"),
        ("Islamic State", "an islamic state"),
        ("Islamic State", "Islamic. State"),
        ("Islamic State", "Islamic, State"),
        ("Hamas", "Hamassa"),
    ],
)
def test_not_found(name: str, text: str) -> None:
    assert NameIndex([(name, 1)]).find(text) == []


def test_the_longest_name_wins_and_names_do_not_overlap() -> None:
    index = NameIndex([("Islamic State", "is"), ("Islamic State of Iraq", "isi"), ("Iraq", "irq")])
    text = "Islamic State of Iraq and Islamic State in Iraq"
    assert [(text[m.start : m.end], m.values) for m in index.find(text)] == [
        ("Islamic State of Iraq", ("isi",)),
        ("Islamic State", ("is",)),
        ("Iraq", ("irq",)),
    ]


def test_a_name_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        NameIndex([("---", 1)])


def test_get_asks_for_the_whole_name() -> None:
    index = NameIndex([("Jabhat al-Nusra", "nusra")])
    assert index.get("jabhat al nusrah") == ("nusra",)
    assert index.get("jabhat") == ()
    assert index.get("") == ()


@given(st.text(max_size=200))
def test_words_slice_back(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end] == word.text


@given(st.text(alphabet="aAlIS -'.\n", max_size=120))
def test_matches_are_in_order_and_apart(text: str) -> None:
    matches = NameIndex([("al-Is", 1), ("=IS", 2), ("A S", 3), ("Is a", 4)]).find(text)
    for before, after in pairwise(matches):
        assert before.start < before.end <= after.start


def test_a_hostile_text_takes_linear_time() -> None:
    index = NameIndex([("al-al al-al x", 1), ("a a a a a a a b", 2), ("U.S. U.S.", 3)])
    begun = time.process_time()
    for text in ("al-" * 60_000, "a " * 60_000, "U." * 60_000, "'" * 100_000, "a'" * 60_000):
        index.find(text)
    assert time.process_time() - begun < 10
