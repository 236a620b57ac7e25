"""Which words report an event, and of which type."""

from __future__ import annotations

import pytest
from plain_text import article

from sayso.coding.parse import Parser
from sayso.coding.triggers import Trigger, find_triggers
from sayso.vocabulary.triggers import TriggerVocabulary, parse_triggers, trigger_vocabulary


def triggers(parser: Parser, text: str, vocabulary: TriggerVocabulary | None = None) -> list[tuple[str, str]]:
    return [(t.span.of(text), t.type) for t in found(parser, text, vocabulary)]


def found(parser: Parser, text: str, vocabulary: TriggerVocabulary | None = None) -> tuple[Trigger, ...]:
    parsed = parser.parse(article(text))
    return find_triggers(parsed, vocabulary or trigger_vocabulary())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the most specific wins
        ("Jets dropped chlorine on the town.", [("dropped", "chemical_attack")]),
        ("Jets dropped bombs on the town.", [("dropped", "air_strike"), ("bombs", "air_strike")]),
        ("A suicide car bomb attack hit the base.", [("attack", "suicide_attack"), ("hit", "suicide_attack")]),
        ("Rebels shot down a warplane.", [("shot down", "disrupted_attack")]),
        ("Snipers shot two women.", [("shot", "killing")]),
        # the head of a compound stands for it all
        ("Barrel bomb attacks continued.", [("attacks", "air_strike")]),
        # a state is no event
        ("The besieged town lies in the hills.", []),
        ("The town is held by the army.", []),
        # what is asked for is no event; what is hit is none either
        ("The government requested military assistance.", [("requested", "demand")]),
        ("Jets struck an aid convoy.", [("struck", "air_strike")]),
        # what is done to those who speak out, and what is done about it
        ("Guards beat the detainees.", [("beat", "mistreatment")]),
        ("The team beat its rivals.", []),
        # a strike of those who stop work or eating hits nobody
        ("A general strike paralysed the capital.", [("general strike", "protest")]),
        ("The prisoners began a hunger strike on Monday.", [("hunger strike", "protest")]),
        ("Unions called off the strike action.", [("strike action", "protest")]),
        ("Police took the editor into custody.", [("took", "arrest")]),
        ("The activist was forcibly disappeared.", [("disappeared", "abduction")]),
        ("The prosecutor filed charges against the reporter.", [("filed", "legal_action")]),
        ("The king pardoned the blogger.", [("pardoned", "release")]),
        ("The ministry recalled its ambassador.", [("recalled", "sanction")]),
        # ground that is only fought for is not taken; people who are taken are no ground
        ("Rebels have been trying to seize the hill.", [("seize", "armed_clash")]),
        ("The minister tried to seize the opportunity.", []),
        ("Villagers tried to take the bus to town.", []),
        ("Rebels captured a commander of the group.", [("captured", "arrest")]),
        # deeds that a truce ends
        ("Moscow announced a moratorium on air strikes.", [("moratorium", "ceasefire")]),
        ("They agreed on a halt to the shelling.", [("halt", "ceasefire")]),
        # the wounded of a toll
        (
            "The war has killed more than 300,000 people and wounded a million.",
            [("killed", "toll"), ("wounded", "toll")],
        ),
        # words inside names, and a headline that writes all words so
        ("He was charged under the Riot Act on Monday.", []),
        ("The general led the Battle Group North for another year.", []),
        ("Car Bomb Kills Ten In City Market", [("Car Bomb", "bombing"), ("Kills", "bombing")]),
        # a film is shot, and hits nobody
        ("Activists posted a video shot on a mobile phone.", []),
        # nothing is reported
        ("The weather was fine.", []),
    ],
)
def test_types(parser: Parser, text: str, expected: list[tuple[str, str]]) -> None:
    assert triggers(parser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warplanes bombed Homs. The attack killed three people.", ["air_strike"] * 3),
        ("Rebels shelled Homs. The attack killed three people.", ["shelling"] * 3),
        ("Three people were killed. It was warm.", ["killing"]),
    ],
)
def test_a_later_mention_takes_the_type_of_what_it_points_to(parser: Parser, text: str, expected: list[str]) -> None:
    assert [type_ for _, type_ in triggers(parser, text)] == expected


def test_a_later_mention_says_so(parser: Parser) -> None:
    first, attack, killed = found(parser, "Warplanes bombed Homs. The attack killed three people.")
    assert (first.later, attack.later, killed.later) == (False, True, True)


def test_a_saying_is_an_event_only_where_it_is_the_news(parser: Parser) -> None:
    text = "Turkey condemned the move. " + "It was warm. " * 5 + "Turkey condemned the move."
    assert triggers(parser, text) == [("condemned", "accusation")]


def test_the_first_rule_that_fits_wins_and_names_itself(parser: Parser) -> None:
    rules = """
sets: {}
rules:
  - {type: bombing, verb: [hit], with: [car], in: phrase}
  - {type: shelling, verb: [hit]}
"""
    vocabulary = parse_triggers(rules, "test.yaml")
    assert triggers(parser, "Shells hit the town.", vocabulary) == [("hit", "shelling")]
    assert triggers(parser, "The car hit the town.", vocabulary) == [("hit", "bombing")]
    assert [t.rule for t in found(parser, "Shells hit the town.", vocabulary)] == ["shelling/2"]
