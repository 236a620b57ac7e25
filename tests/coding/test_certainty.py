"""Certainty: the words of a sentence put an event as sure, open or ruled out."""

from __future__ import annotations

import pytest
from plain_text import article, trigger_at

from sayso.coding.certainty import LEAST, MOST, certainty_features, certainty_of, certainty_value
from sayso.coding.parse import Parser
from sayso.coding.status import status_of
from sayso.vocabulary.weights import BIAS


def certainty(parser: Parser, text: str, word: str) -> float:
    parsed = parser.parse(article(text))
    found = trigger_at(parsed, word)
    return certainty_of(found, status_of(found, (), parsed))


@pytest.mark.parametrize(
    ("surer", "word", "less_sure", "other"),
    [
        ("The army attacked the town.", "attacked", "The army may attack the town.", "attack"),
        ("The army may attack the town.", "attack", "The army did not attack the town.", "attack"),
        ("Troops withdrew on Friday.", "withdrew", "Troops plan to withdraw on Friday.", "withdraw"),
        ("The raid killed two people.", "raid", "If the raid kills two people, talks end.", "talks"),
    ],
)
def test_order_of_certainty(parser: Parser, surer: str, word: str, less_sure: str, other: str) -> None:
    assert certainty(parser, surer, word) > certainty(parser, less_sure, other)


def test_sign_and_decimals(parser: Parser) -> None:
    told, denied = (
        certainty(parser, "The army attacked the town.", "attacked"),
        certainty(parser, "The army did not attack the town.", "attack"),
    )
    assert denied < 0 < told
    assert round(told, 1) == told


@pytest.mark.parametrize("text", ["attack", "Attack?", "attack " * 400, "if " * 400 + "they attack"])
def test_any_text_stays_within_the_scale(parser: Parser, text: str) -> None:
    word = "Attack" if "?" in text else "attack"
    assert LEAST <= certainty(parser, text, word) <= MOST


def test_weights_add_up_and_unknown_features_count_nothing(parser: Parser) -> None:
    assert certainty_value(["a", "b", "unknown"], {BIAS: 1.0, "a": 0.5, "b": -0.25}) == 1.25
    assert certainty_value(["a"], {BIAS: 2.0, "a": 7.0}) == MOST
    assert certainty_value([], {}) == 0.0
    # No -0.0 in the machine contract.
    found = trigger_at(parser.parse(article("The army attacked.")), "attacked")
    assert str(certainty_of(found, "happened", {BIAS: -0.01})) == "0.0"


def test_words_of_names_are_no_features(parser: Parser) -> None:
    found = trigger_at(parser.parse(article("Amnesty condemned the Arda attack.")), "attack")
    assert not any("arda" in name or "amnesty" in name for name in certainty_features(found, "happened"))
