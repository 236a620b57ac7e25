"""Evaluative words: found in any form, as phrases too, and from every side."""

from __future__ import annotations

import time

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.evaluative import EvaluativeWords, evaluative_words, read_evaluative_words


@pytest.fixture(scope="module")
def words() -> EvaluativeWords:
    return evaluative_words()


@pytest.mark.parametrize(
    ("written", "base", "kind"),
    [
        ("slammed", "slam", "attack_verb"),
        ("recklessly", "recklessly", "bad"),
        ("horribly", "horribly", "bad"),
        ("drastically", "drastically", "intensity"),
        ("heroic", "heroic", "good"),
        ("thugs", "thug", "insult"),
    ],
)
def test_a_word_is_found_in_its_forms(words: EvaluativeWords, written: str, base: str, kind: str) -> None:
    assert kind in words.kinds(written, base)


@pytest.mark.parametrize("word", ["said", "army", "killed", "town", "monday", "early", "family", "reply"])
def test_words_of_plain_report_are_not_listed(words: EvaluativeWords, word: str) -> None:
    assert not words.marks(words.kinds(word, word))


def test_phrases_and_hyphens(words: EvaluativeWords) -> None:
    assert words.phrase(["the", "far", "-", "left", "party"], 1) == (3, frozenset({"label"}))
    assert words.phrase(["of", "course"], 0) == (2, frozenset({"stance"}))
    assert words.phrase(["of"], 0) == (0, frozenset())


def test_every_side_is_labelled_alike(words: EvaluativeWords) -> None:
    for one, other in (
        ("leftist", "rightist"),
        ("communist", "fascist"),
        ("zionist", "islamist"),
        ("woke", "trumpist"),
    ):
        assert words.kinds(one, one) & words.kinds(other, other)
        assert words.marks(words.kinds(one, one)) == words.marks(words.kinds(other, other))


def test_a_verb_is_none_of_the_nouns_and_adjectives_spelt_like_it(words: EvaluativeWords) -> None:
    assert words.marks(words.kinds("lies", "lie"))
    assert not words.marks(words.kinds("lies", "lie", verb=True))
    assert words.marks(words.kinds("slammed", "slam", verb=True))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kinds:\n- kind: bad\n  words: Evil\n", "line 2: 'Evil' is no base form"),
        ("kinds:\n- kind: bad\n  words: evil_\n", "line 2: 'evil_' is no base form"),
        ("kinds:\n- kind: bad\n", "line 2: 'words' must be a text"),
        ("kinds:\n- kind: bad\n  words: evil\n- kind: bad\n  words: vile\n", "line 4: the kind 'bad' is given twice"),
        ("kinds: []\n", "line 1: no words"),
        ("kinds:\n- kind: bad\n  worlds: evil\n", "line 2: unknown key 'worlds'"),
    ],
)
def test_malformed_rows_name_file_and_line(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=f"w.yaml, {message}"):
        read_evaluative_words(text, "w.yaml")


def test_a_long_text_takes_linear_time(words: EvaluativeWords) -> None:
    begun = time.process_time()
    text = ["of", "so"] * 100_000
    for at in range(len(text)):
        words.phrase(text, at)
    assert time.process_time() - begun < 5
