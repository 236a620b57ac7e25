"""The learned tables at work: what is an event, and what is only a word in passing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from plain_text import article

from sayso.coding.coder import Coder
from sayso.coding.event_model import EventModel
from sayso.coding.parse import Parser
from sayso.model import CodedDocument, Document
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.weights import Weights

Code = Callable[[str], CodedDocument]


def document(text: str) -> Document:
    return article(text)


@pytest.fixture(scope="module")
def code(gazetteer: Gazetteer) -> Code:
    coder = Coder(gazetteer=gazetteer)
    return lambda text: coder(document(text))


def types(coded: CodedDocument) -> list[str]:
    return [statement.type for statement in coded.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warplanes bombed a market in Idlib on Monday, killing 12 people.", ["air_strike"]),
        ("Rebels shelled Homs. Two days later the army captured the town of Tadmur.", ["shelling", "capture"]),
        ("A car bomb exploded in Azaz. Rescuers took the wounded to hospital.", ["bombing", "humanitarian_aid"]),
    ],
)
def test_plain_reports_are_events(code: Code, text: str, expected: list[str]) -> None:
    assert types(code(text)) == expected


def test_the_words_that_are_scored_are_what_decides(gazetteer: Gazetteer) -> None:
    text = document("Warplanes bombed Homs on Monday. Rebels shelled Hama on Tuesday.")
    always = Weights({}, 9.0, 0.5)
    never = Weights({}, -9.0, 0.5)
    only_strikes = Weights({"type air_strike": 18.0}, -9.0, 0.5)

    def found(model: EventModel) -> list[str]:
        return types(Coder(gazetteer=gazetteer, events=model)(text))

    assert found(EventModel(always, never, always)) == ["air_strike", "shelling"]
    assert found(EventModel(only_strikes, never, always)) == ["air_strike"]
    assert found(EventModel(always, never, only_strikes)) == ["air_strike"]
    assert found(EventModel(never, never, always)) == []


def test_what_anyone_says_is_left_to_the_rules(gazetteer: Gazetteer) -> None:
    never = Weights({}, -9.0, 0.5)
    coder = Coder(gazetteer=gazetteer, events=EventModel(never, never, never))
    assert types(coder(document("The minister condemned the governor."))) == ["accusation"]


def test_chances_are_chances_and_repeat_exactly(parser: Parser, gazetteer: Gazetteer) -> None:
    text = document("Warplanes bombed Homs. The attack killed three people. Rebels then shelled Hama.")
    parts = [Coder(gazetteer=gazetteer).before_parties(text)[2] for _ in range(2)]
    chances = [[mention.chance for event in events for mention in event] for events in parts]
    assert chances[0] == chances[1]
    assert all(0.0 < chance < 1.0 for chance in chances[0])


def test_a_text_that_names_one_thing_over_and_over_ends(code: Code) -> None:
    coded = code("The strike on the town killed many, and the strike and the strike went on. " * 150)
    assert coded.statements
