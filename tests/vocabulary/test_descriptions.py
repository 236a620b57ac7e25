"""What the words that describe an actor tell."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.descriptions import Descriptions, parse_descriptions


@pytest.fixture(scope="module")
def descriptions() -> Descriptions:
    return Descriptions.load()


@pytest.mark.parametrize(
    ("words", "kind", "sector", "organ", "taken"),
    [
        ("government troops", "force", "MIL", "mil", 1),
        ("the security forces", "force", "COP", "sec", 2),
        ("russian warplanes", "asset", "MIL", "air", 1),
        ("four hospitals", "site", "CVL", None, 1),
        ("two women", "people", "CVL", None, 1),
        ("schoolchildren", "people", "CVL", None, 1),
        ("policemen", "force", "COP", "pol", 1),
        ("terrorist groups", "member", "UAF", None, 2),
    ],
)
def test_heads(descriptions: Descriptions, words: str, kind: str, sector: str, organ: str | None, taken: int) -> None:
    found = descriptions.head(words.split())
    assert found is not None
    head, used = found
    assert (head.kind, head.sector, head.organ, used) == (kind, sector, organ, taken)


@pytest.mark.parametrize("words", ["", "attack", "monday", "dollars", "statement"])
def test_other_nouns_are_no_heads(descriptions: Descriptions, words: str) -> None:
    assert descriptions.head(words.split()) is None


def test_modifiers(descriptions: Descriptions) -> None:
    regime, rebel = descriptions.modifier("Regime"), descriptions.modifier("rebel")
    assert regime is not None
    assert (regime.side, regime.neutral) == ("state", "government")
    assert rebel is not None
    assert (rebel.side, rebel.sector, rebel.neutral) == ("rebel", "REB", None)
    assert descriptions.modifier("green") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("heads:\n  - {class: crowd, nouns: [a]}\nmodifiers: []\n", "line 2: unknown class"),
        ("heads:\n  - {class: force, default: always, nouns: [a]}\nmodifiers: []\n", "line 2: unknown default"),
        ("heads: []\nmodifiers: []\n", "no heads"),
        ("heads:\n  - {class: force, nouns: [a]}\nmodifiers:\n  - {side: good, words: [b]}\n", "line 4: unknown side"),
    ],
)
def test_malformed_rows_name_file_and_line(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=f"d.yaml, {message}" if "line" in message else message):
        parse_descriptions(text, "d.yaml")
