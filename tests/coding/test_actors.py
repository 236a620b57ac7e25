"""Actors in text: named or described, neutrally, and led back to the words."""

from __future__ import annotations

import pytest

from sayso.coding.actors import actor_of_phrase, actors_of_phrase, document_context, tag_actors
from sayso.coding.parse import ParsedDocument, Parser, Section
from sayso.coding.tokens import Token
from sayso.model import Document, Segment
from sayso.vocabulary.actors import ActorRegistry

SYRIA = "Fighting went on in Syria on Monday. "


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load()


def parsed_text(parser: Parser, text: str) -> ParsedDocument:
    segments = (Segment(0, len(text), "body"),) if text else ()
    return parser.parse(Document("d", "c", text, segments))


def token(parsed: ParsedDocument, word: str) -> tuple[Token, Section]:
    section = parsed.sections[0]
    return next(t for t in reversed(list(section.doc)) if t.text == word), section


@pytest.mark.parametrize(
    ("sentence", "head", "words", "actor_id", "sector"),
    [
        ("Russian warplanes struck the town.", "warplanes", "Russian warplanes", "rus-air", "MIL"),
        ("Government troops took the hill.", "troops", "Government troops", "syr-mil", "MIL"),
        ("Regime forces took the hill.", "forces", "Regime forces", "syr-mil", "MIL"),
        ("Israeli occupation forces took the hill.", "forces", "Israeli occupation forces", "isr-mil", "MIL"),
        ("The occupation authorities closed it.", "authorities", "occupation authorities", None, "GOV"),
        ("Occupying forces took the hill.", "forces", "Occupying forces", None, "MIL"),
        ("The army shelled the town.", "army", "army", "syr-mil", "MIL"),
        ("Islamic State fighters fled.", "fighters", "Islamic State fighters", "is", "REB"),
        ("The jets bombed ISIL positions.", "positions", "ISIL positions", "is", "REB"),
        ("The US-led coalition bombed it.", "coalition", "US-led coalition", "coalition-inherent-resolve", "MIL"),
        ("Members of the Nusra Front fled.", "Members", "Members of the Nusra Front", "nusra", "REB"),
        ("Assads forces withdrew.", "forces", "Assads forces", "syr-mil", "MIL"),
        ("The regimes capture of the hill ended it.", "regimes", "regime", "syr-gov", "GOV"),
        ("Western governments spoke.", "governments", "Western governments", None, "GOV"),
        ("Hama Two soldiers fled.", "soldiers", "Two soldiers", "syr-mil", "MIL"),
        ("The Free Syrian Army a rebel alliance withdrew.", "alliance", "rebel alliance", "fsa", "REB"),
        ("One Syrian fled.", "Syrian", "One Syrian", None, "CVL"),
        ("Turkey spoke. The group executed him.", "group", "group", None, None),
        ("Thousands fled.", "Thousands", "Thousands", None, None),
        ("Turkish-backed rebels advanced.", "rebels", "Turkish-backed rebels", None, "REB"),
        ("Opposition fighters advanced.", "fighters", "Opposition fighters", None, "REB"),
        ("The raid killed dozens of civilians.", "dozens", "dozens of civilians", None, "CVL"),
        ("Planes hit four hospitals.", "hospitals", "four hospitals", None, "CVL"),
        ("Gunmen who came by night attacked.", "Gunmen", "Gunmen", None, "UAF"),
        ("Sergei Lavrov met officials.", "Lavrov", "Sergei Lavrov", "sergei-lavrov", "GOV"),
        ("Moscow denied it.", "Moscow", "Moscow", "rus", "GOV"),
    ],
)
def test_phrase(
    parser: Parser,
    registry: ActorRegistry,
    sentence: str,
    head: str,
    words: str,
    actor_id: str | None,
    sector: str,
) -> None:
    parsed = parsed_text(parser, SYRIA + sentence)
    actor = actor_of_phrase(*token(parsed, head), registry)
    assert actor is not None
    assert (actor.span.of(parsed.text), actor.actor_id, actor.sector) == (words, actor_id, sector)


@pytest.mark.parametrize(
    ("sentence", "head"),
    [
        ("The attack went on.", "attack"),
        ("It cost four million dollars.", "dollars"),
        ("He came on Friday.", "Friday"),
        ("It rained.", "It"),
    ],
)
def test_no_actor(parser: Parser, registry: ActorRegistry, sentence: str, head: str) -> None:
    assert actors_of_phrase(*token(parsed_text(parser, sentence), head), registry) == ()


@pytest.mark.parametrize("words", ["terrorists", "terrorist groups", "the takfiri terrorists"])
def test_a_loaded_word_stays_in_the_words_and_out_of_the_name(
    parser: Parser, registry: ActorRegistry, words: str
) -> None:
    parsed = parsed_text(parser, f"On Monday {words} shelled the town.")
    actor = actor_of_phrase(*token(parsed, words.split()[-1]), registry)
    assert actor is not None
    assert words.endswith(actor.span.of(parsed.text))
    assert "terror" not in actor.name
    assert "takfiri" not in actor.name
    assert actor.actor_id is None


def test_each_part_of_a_coordination_is_an_actor(parser: Parser, registry: ActorRegistry) -> None:
    parsed = parsed_text(parser, "Russia and Turkey agreed on a truce.")
    assert [a.actor_id for a in actors_of_phrase(*token(parsed, "Russia"), registry)] == ["rus", "tur"]
    parsed = parsed_text(parser, "Russian and Syrian warplanes struck the town.")
    found = actors_of_phrase(*token(parsed, "warplanes"), registry)
    assert {a.actor_id for a in found} == {"rus-air", "syr-air"}
    assert {a.span.of(parsed.text) for a in found} == {"Russian and Syrian warplanes"}


def test_the_country_is_not_guessed(parser: Parser, registry: ActorRegistry) -> None:
    parsed = parsed_text(parser, "Government troops took the hill.")
    actor = actor_of_phrase(*token(parsed, "troops"), registry)
    assert actor is not None
    assert (actor.actor_id, actor.country) == (None, None)


def test_the_context_of_the_document_decides(parser: Parser, registry: ActorRegistry) -> None:
    text = "Fighting went on in Sudan.\nThe army advanced."
    segments = (Segment(0, 26, "title"), Segment(27, len(text), "body"))
    parsed = parser.parse(Document("d", "c", text, segments))
    section = parsed.sections[1]
    army = next(t for t in section.doc if t.text == "army")
    alone = actor_of_phrase(army, section, registry)
    within = actor_of_phrase(army, section, registry, document_context(parsed, registry))
    assert alone is not None
    assert within is not None
    assert (alone.actor_id, within.actor_id) == (None, "sdn-mil")


def test_a_pronoun_takes_the_words_it_stands_for(parser: Parser, registry: ActorRegistry) -> None:
    parsed = parsed_text(parser, "Hezbollah entered the town. It captured two men.")
    actor = actor_of_phrase(*token(parsed, "It"), registry)
    assert actor is not None
    assert (actor.span.of(parsed.text), actor.actor_id) == ("Hezbollah", "hezbollah")


def test_a_pronoun_that_may_mean_two_stays_open(parser: Parser, registry: ActorRegistry) -> None:
    parsed = parsed_text(parser, "Hezbollah attacked while Hamas fled. It captured two men.")
    assert actor_of_phrase(*token(parsed, "It"), registry) is None


def test_tagged_actors_lead_back_to_their_words(parser: Parser, registry: ActorRegistry) -> None:
    text = SYRIA + "Syrian warplanes struck a hospital in Aleppo, the Syrian Observatory for Human Rights said."
    actors = tag_actors(parsed_text(parser, text), registry)
    assert [(a.span.of(text), a.actor_id) for a in actors] == [
        ("Syrian warplanes", "syr-air"),
        ("hospital", None),
        ("Syrian Observatory for Human Rights", "sohr"),
    ]
    assert {a.role for a in actors} == {"mentioned"}


@pytest.mark.parametrize("text", ["", "\n", "... --- ...", "the the the of of of", "of " * 3000, "al-" * 3000])
def test_hostile_texts_name_nobody(parser: Parser, registry: ActorRegistry, text: str) -> None:
    for actor in tag_actors(parsed_text(parser, text), registry):
        assert actor.span.of(text)
        assert actor.actor_id is None


def test_the_armed_forces_in_a_ministrys_own_report_are_its_states(parser: Parser, registry: ActorRegistry) -> None:
    text = "Fighting in Ukraine, near Odesa, went on. The Russian defence ministry said the armed forces hit a base."
    parsed = parsed_text(parser, text)
    context = document_context(parsed, registry)
    found = actors_of_phrase(*token(parsed, "forces"), registry, context)
    assert [actor.country for actor in found] == ["RU"]


def test_a_pronoun_owns_what_stands_after_it(parser: Parser, registry: ActorRegistry) -> None:
    parsed = parsed_text(parser, "Islamic State said its fighters had left the town.")
    assert [a.actor_id for a in actors_of_phrase(*token(parsed, "fighters"), registry)] == ["is"]


def test_a_side_named_before_a_deed_is_named_as_its_members(parser: Parser, registry: ActorRegistry) -> None:
    parsed = parsed_text(parser, "Rebel shelling hit a market.")
    assert [a.name for a in actors_of_phrase(*token(parsed, "Rebel"), registry)] == ["Rebels"]
