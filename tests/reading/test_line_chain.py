"""The linear chain over lines: scores from counts and hashed words, and the exact marginals of a chain."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from sayso.reading.line_chain import LineChain, buckets, line_grams

STEPS = ((0.4, -0.7), (-0.3, 0.9))


def chain(**changed: Any) -> LineChain:
    """One feature cut at 2 and 5; nothing on words."""
    data = {"features": ["x"], "edges": [[2, 5]], "weights": [[-1.5, 0.5, 2.0]], "words": [[], [], []], "steps": STEPS}
    return LineChain.from_json(data | changed)


def column(*values: float) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.asarray(values, dtype=np.float32).reshape(-1, 1)


def test_chances_are_the_marginals_over_all_ways_to_label_the_page() -> None:
    scores = (-1.5, 0.5, 2.0, -1.5)
    share, total = np.zeros(4), 0.0
    for labels in product((0, 1), repeat=4):
        score = sum(own for own, label in zip(scores, labels, strict=True) if label)
        weight = np.exp(score + sum(STEPS[a][b] for a, b in pairwise(labels)))
        share += weight * np.asarray(labels)
        total += weight
    # A value on a limit falls into the interval above it.
    assert chain().chances(["a", "b", "c", "d"], column(1, 2, 7, 0)) == pytest.approx(share / total, abs=1e-6)


def test_words_count_for_their_line_and_for_the_lines_beside_it() -> None:
    (number,) = buckets({"advertisement"}, ">")
    found = chain(steps=((0, 0), (0, 0)), words=[[], [], [[number, 3.0]]])
    chances = found.chances(["One", "Advertisement 7", "Two"], column(3, 3, 3))
    assert chances == pytest.approx([1 / (1 + np.exp(-3.5)), *[1 / (1 + np.exp(-0.5))] * 2])


def test_grams_are_words_pairs_and_ends_with_digits_levelled() -> None:
    assert line_grams("Page 12 of 30") == {
        *("page", "00", "of", "^page", "00$"),
        *("page 00", "00 of", "of 00"),
    }
    assert line_grams("…") == set()


def test_a_long_page_neither_over_nor_underflows() -> None:
    chances = chain(weights=[[-900.0, 0.0, 900.0]]).chances(["a"] * 5_000, column(*[9.0] * 2_500, *[0.0] * 2_500))
    assert chances[:2_499].min() > 0.99
    assert chances[2_501:].max() < 0.01
    assert chain().chances([], column()).shape == (0,)


@pytest.mark.parametrize(
    "changed",
    [{"edges": []}, {"weights": [[1.0, 2.0]]}, {"words": [[[8_192, 1.0]], [], []]}, {"steps": [[0.0, 1.0]]}],
)
def test_weights_that_do_not_fit_together_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="chain"):
        chain(**changed)
