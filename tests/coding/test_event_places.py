from __future__ import annotations

import time

import pytest
from plain_text import article, trigger_at

from sayso.coding.event_place_candidates import candidates_of
from sayso.coding.event_places import place_of
from sayso.coding.parse import Parser
from sayso.coding.places import tag_places
from sayso.coding.triggers import Trigger
from sayso.model import Span
from sayso.vocabulary.gazetteer import Gazetteer


def located(parser: Parser, gazetteer: Gazetteer, text: str, word: str, type: str) -> str | None:
    """The words of the place of the event that the first ``word`` of ``text`` reports."""
    parsed = parser.parse(article(text))
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


@pytest.mark.parametrize(
    ("text", "word", "type", "expected"),
    [
        ("Shelling hit Kuweires Military Airport on Monday.", "hit", "shelling", "Kuweires Military Airport"),
        ("Rebels captured the village of Zorbatan on Friday.", "captured", "capture", "Zorbatan"),
        ("Troops stormed Hill 30 after a fierce battle.", "stormed", "armed_clash", "Hill 30"),
        ("Gunmen opened fire in Port-au-Prince on Sunday.", "fire", "killing", "Port-au-Prince"),
    ],
)
def test_a_place_is_named_as_fully_as_the_text_names_it(
    parser: Parser, gazetteer: Gazetteer, text: str, word: str, type: str, expected: str
) -> None:
    assert located(parser, gazetteer, text, word, type) == expected


def test_a_place_told_before_holds_for_what_follows(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Rebels hold Douma. Warplanes bombed the town on Sunday. Ten people were killed in the raids."
    assert located(parser, gazetteer, text, "bombed", "air_strike") == "Douma"
    assert located(parser, gazetteer, text, "raids", "air_strike") == "Douma"


def test_a_name_nobody_knows_has_no_point(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Rebels captured the village of Zorbatan on Friday."
    parsed = parser.parse(article(text))
    place = place_of(trigger_at(parsed, "captured", "capture"), tag_places(parsed, gazetteer), parsed)
    assert place is not None
    assert (place.latitude, place.gazetteer_id, place.span.of(text)) == (None, None, "Zorbatan")


def test_every_candidate_slices_back_to_its_name(parser: Parser, gazetteer: Gazetteer) -> None:
    text = (
        "Syrias Aleppo and al-Bab, St. Petersburg's Old City, Port-au-Prince, Mas 'Idyah and \u2018Arak were named; "
        "AT - THE - IN Al- Al-'Anbar Governorate 30 30 Hill 30 -- \u2019\u2019 x-Y-Z."
    )
    parsed = parser.parse(article(text))
    places = tag_places(parsed, gazetteer)
    found = [(sentence, one) for sentence in parsed.sentences for one in candidates_of(sentence, places)]
    assert len(found) > 3
    for sentence, candidate in found:
        words = candidate.place.span.of(text)
        assert words == words.strip()
        assert sentence.span.contains(candidate.place.span)
        assert candidate.tagged is None or candidate.place.span.contains(candidate.tagged.span)


def test_capitals_without_end_are_read_in_linear_time(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Troops attacked " + "Al-Tal " * 3000 + "on Monday."
    parsed = parser.parse(article(text))
    trigger = trigger_at(parsed, "attacked")
    begun = time.process_time()
    place_of(trigger, tag_places(parsed, gazetteer), parsed)
    assert time.process_time() - begun < 20
