"""Offices in text: the person of the day, or an office that stays one."""

from __future__ import annotations

from datetime import date

import pytest
from plain_text import article

from sayso.coding.actors import tag_actors
from sayso.coding.parse import Parser
from sayso.model import Actor, Written
from sayso.vocabulary.actors import ActorRegistry


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load()


def actors(parser: Parser, registry: ActorRegistry, text: str, day: date | None) -> dict[str, Actor]:
    parsed = parser.parse(article(text, day))
    return {text[a.span.start : a.span.end]: a for a in tag_actors(parsed, registry)}


@pytest.mark.parametrize(
    ("sentence", "words", "actor_id"),
    [
        ("The Russian president spoke.", "Russian president", "vladimir-putin"),
        ("Russia's foreign minister spoke.", "Russia's foreign minister", "sergei-lavrov"),
        ("The Turkish Prime Minister left.", "Turkish Prime Minister", "ahmet-davutoglu"),
        ("The UN secretary-general condemned it.", "UN secretary-general", "ban-ki-moon"),
        ("The UN special envoy for Syria resigned.", "UN special envoy", "staffan-de-mistura"),
        ("The U.S. secretary of state arrived.", "U.S. secretary", "john-kerry"),
        ("The president of Russia spoke.", "president of Russia", "vladimir-putin"),
        ("Israel said its prime minister would go.", "prime minister", "benjamin-netanyahu"),
        ("In 2009, the Russian president said no.", "Russian president", "dmitry-medvedev"),
        ("President Bashar al-Assad spoke.", "President Bashar al-Assad", "bashar-al-assad"),
        ("The former Russian president left.", "former Russian president", None),
        ("The Russian deputy foreign minister spoke.", "Russian deputy foreign minister", None),
        ("The Syrian president of the Red Crescent spoke.", "Syrian president", None),
        ("The chief of a U.N. inspectors team left.", "chief of a U.N. inspectors team", None),
        ("In 2009 and 2014, the Russian president said no.", "Russian president", None),
    ],
)
def test_office(parser: Parser, registry: ActorRegistry, sentence: str, words: str, actor_id: str | None) -> None:
    assert actors(parser, registry, sentence, date(2016, 5, 1))[words].actor_id == actor_id


def test_two_offices_are_two_persons(parser: Parser, registry: ActorRegistry) -> None:
    text = "The Russian and Turkish presidents met."
    parsed = parser.parse(article(text, Written(date(2016, 5, 1), date(2016, 5, 2), None, "given", ())))
    assert {a.actor_id for a in tag_actors(parsed, registry)} == {"vladimir-putin", "recep-tayyip-erdogan"}


@pytest.mark.parametrize(
    ("sentence", "words", "country", "sector", "day"),
    [
        ("The Russian president spoke.", "Russian president", "RU", "GOV", None),
        ("The French president spoke.", "French president", "FR", "GOV", date(2017, 5, 14)),  # the day of the handover
        ("The Norwegian prime minister spoke.", "Norwegian prime minister", "NO", "GOV", date(2016, 5, 1)),
        ("The UN secretary-general spoke.", "UN secretary-general", None, "IGO", None),
    ],
)
def test_an_office_whose_holder_is_unknown_stays_one(
    parser: Parser, registry: ActorRegistry, sentence: str, words: str, country: str | None, sector: str, day: date
) -> None:
    found = actors(parser, registry, sentence, day)[words]
    assert (found.actor_id, found.name, found.country, found.sector) == (None, words, country, sector)
