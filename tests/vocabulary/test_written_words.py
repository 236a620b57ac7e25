"""The weights of words that date texts."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import numpy as np
import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.written_gaps import read_written_weights, written_weights
from sayso.vocabulary.written_words import (
    BUCKETS,
    GRAINS,
    LONGEST,
    hashed,
    placed_words,
    read_written_words,
    word_counts,
    written_words,
)


def packed(**changes: object) -> bytes:
    counts = np.zeros(BUCKETS, dtype=np.uint16)
    rarity = np.zeros(BUCKETS, dtype=np.uint8)
    counts[hashed("river")] = 2
    rarity[hashed("river")] = 160
    arrays: dict[str, object] = {
        "grain": np.array([0, 0], dtype=np.uint8),
        "first": np.array([date(2001, 1, 1).toordinal(), date(2002, 1, 1).toordinal()]),
        "last": np.array([date(2001, 12, 31).toordinal(), date(2002, 12, 31).toordinal()]),
        "rarity": rarity,
        "counts": counts,
        "stretches": np.array([0, 1], dtype=np.uint16),
        "weights": np.array([100, -50], dtype=np.int8),
        "scale": np.float64(0.01),
    }
    out = BytesIO()
    np.savez(out, **(arrays | changes))  # type: ignore[arg-type]
    return out.getvalue()


def test_known_words_score_and_others_do_not() -> None:
    table = read_written_words(packed(), "x.npz")
    inputs = table.inputs(word_counts("The river, the river"))
    assert list(inputs) == [hashed("river")]
    first, second = table.scores(inputs)
    assert first == pytest.approx(-2 * second)
    assert first > 0
    assert table.share(hashed("river"), 0) == pytest.approx(1.0)
    assert not table.scores(table.inputs(word_counts("mountains"))).any()


def test_a_short_text_says_less_than_a_long_one() -> None:
    table = read_written_words(packed(), "x.npz")
    short, long = (sum(table.inputs(word_counts("river " * n)).values()) for n in (1, 500))
    assert 0 < short < long < 1


def test_words_stand_where_they_are_said_to() -> None:
    text = "Two ships\nsank"
    assert [(words, text[start:end]) for words, start, end in placed_words(text)] == [
        ("two", "Two"), ("ships", "ships"), ("sank", "sank"), ("two ships", "Two ships"), ("ships sank", "ships\nsank"),
    ]  # fmt: skip


def test_no_more_than_the_start_of_a_text_is_read() -> None:
    assert word_counts("a " * LONGEST) == word_counts("a " * (LONGEST // 2))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"PK\x03\x04 nothing",
        packed(grain=np.array([0], dtype=np.uint8)),
        packed(stretches=np.array([0, 7], dtype=np.uint16)),
        packed(weights=np.array([1], dtype=np.int8)),
        packed(rarity=np.zeros(3, dtype=np.uint8)),
        packed(scale=np.array(["a"])),
        packed(grain=np.array([{}], dtype=object)),
    ],
)
def test_a_broken_table_is_named(broken: bytes) -> None:
    with pytest.raises(VocabularyError, match=r"x\.npz"):
        read_written_words(broken, "x.npz")


def test_what_comes_with_sayso_can_be_read() -> None:
    table = written_words()
    assert set(table.grain.tolist()) == set(range(len(GRAINS)))
    assert bool(np.all(table.first <= table.last))
    assert written_weights()["words, year"] > 0


@pytest.mark.parametrize("rows", ["a,-1\n", "a,x\n", "a,1\na,2\n", "a\n"])
def test_malformed_weights_are_named(rows: str) -> None:
    with pytest.raises(VocabularyError, match=r"x\.csv, line"):
        read_written_weights("kind,weight\n" + rows, "x.csv")
