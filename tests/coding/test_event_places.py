from __future__ import annotations

import pytest

from sayso.coding.event_places import place_of
from sayso.coding.parse import Parser
from sayso.coding.places import tag_places
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment, Span
from sayso.vocabulary.gazetteer import Gazetteer


def located(parser: Parser, gazetteer: Gazetteer, text: str, word: str, type: str) -> str | None:
    """The words of the place of the event that the first ``word`` of ``text`` reports."""
    parsed = parser.parse(Document("d", "c", text, (Segment(0, len(text), "body"),)))
    start = text.index(word)
    for sentence in parsed.sentences:
        for token in sentence.tokens:
            if sentence.section.span(token).start <= start < sentence.section.span(token).end:
                trigger = Trigger(token, Span(start, start + len(word)), sentence, type)
                place = place_of(trigger, tag_places(parsed, gazetteer), parsed)
                return place.span.of(text) if place else None
    raise AssertionError(f"{word!r} is in no sentence")


@pytest.mark.parametrize(
    ("text", "word", "type", "expected"),
    [
        ("Government forces seized Leramun in Aleppo on Tuesday.", "seized", "capture", "Leramun"),
        ("Air strikes killed ten people in Saraqeb in Idlib province.", "strikes", "air_strike", "Saraqeb"),
        ("A car bomb exploded near the market in Baghdad, killing four.", "exploded", "bombing", "Baghdad"),
        ("Moscow said its jets had bombed positions in Palmyra.", "bombed", "air_strike", "Palmyra"),
        ("The army withdrew from Kherson in November.", "withdrew", "withdrawal", "Kherson"),
        ("Shelling hit Hanano and Sakhour in Aleppo.", "Shelling", "shelling", "Hanano"),
        ("Shells fell on Douma. At least six people were killed.", "killed", "killing", "Douma"),
        ("More than 300,000 people have been killed in the war in Syria.", "killed", "toll", "Syria"),
    ],
)
def test_the_event_is_put_where_its_words_put_it(
    parser: Parser, gazetteer: Gazetteer, text: str, word: str, type: str, expected: str
) -> None:
    assert located(parser, gazetteer, text, word, type) == expected


@pytest.mark.parametrize(
    ("text", "word", "type"),
    [
        ("Moscow denied the report.", "denied", "denial"),
        ("The council voted on Monday.", "voted", "legal_action"),
        ("U.S. air strikes killed four people.", "strikes", "air_strike"),
        ("Gunmen killed two men.", "killed", "killing"),
    ],
)
def test_nowhere_rather_than_at_an_actor(parser: Parser, gazetteer: Gazetteer, text: str, word: str, type: str) -> None:
    assert located(parser, gazetteer, text, word, type) is None
