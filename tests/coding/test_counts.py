"""Counts of killed and injured: a text beside the numbers it gives, and which event they go to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plain_text import article, trigger_at

from sayso.coding.counts import counts_of, merged, shared_out, tag_casualties
from sayso.coding.mention import Mention
from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.triggers import Trigger
from sayso.model import Count, Span


def parsed_text(parser: Parser, text: str) -> ParsedDocument:
    return parser.parse(article(text))


def trigger(parsed: ParsedDocument, word: str, kind: str = "air_strike") -> Trigger:
    return trigger_at(parsed, word, kind)


CASES = [
    ("At least 70 people were killed.", "killed", 70, None),
    ("The blast killed 8 people.", "killed", 8, 8),
    ("Dozens of civilians were killed in the raid.", "killed", 24, None),
    ("More than 30 soldiers died.", "killed", 30, None),
    ("Shelling killed up to 20 people.", "killed", None, 20),
    ("Between 20 and 30 fighters were killed.", "killed", 20, 30),
    ("The raid killed 15 people, including 4 children.", "killed", 15, 15),
    ("The shell killed a woman and two children.", "killed", 3, 3),
    ("Nobody was killed in the attack.", "killed", 0, 0),
    ("The death toll rose to 45.", "killed", 45, 45),
    ("The attack claimed the lives of 18 civilians.", "killed", 18, 18),
    ("The strike left 12 dead.", "killed", 12, 12),
    ("A bomb exploded, wounding 20 people.", "injured", 20, 20),
    ("Seventy-six people were killed.", "killed", 76, 76),
    ("The war has killed more than 300,000 people.", "killed", 300_000, None),
    ("The war has killed more than 100000people.", "killed", 100_000, None),
    ("Since then more than a quarter of a million people have been killed.", "killed", 250_000, None),
    ("The north bore the brunt of it with 374 people recorded killed there.", "killed", 374, 374),
    ("It brought the number of soldiers killed in the country to 18.", "killed", 18, 18),
    ("A group has put the death toll from the six-year conflict at more than 470000.", "killed", 470_000, None),
    ("The number of dead rose from 12 to 17.", "killed", 17, 17),
    ("Around 130 people are reported to have died.", "killed", 130, 130),
    ("Three soldiers and six officers were killed.", "killed", 9, 9),
    ("A man, his wife and three children were killed.", "killed", 5, 5),
    ("Strikes hit the west killing at least seven people both soldiers and civilians.", "killed", 7, None),
    ("This has killed more than 670, 40% of them children.", "killed", 670, None),
    ("The shelling led to the injury of 40 others.", "injured", 40, 40),
    ("The raid left another 30 injured, a doctor said.", "injured", 30, 30),
    ("A 12-year-old boy was killed.", "killed", 1, 1),
    ("Two girls aged 5 and 7 were killed.", "killed", 2, 2),
    ("Four children, aged from four to 10, were killed.", "killed", 4, 4),
    ("A 500-kg bomb killed 20.", "killed", 20, 20),
    ("The 2015 attack on Unit 101 killed four men.", "killed", 4, 4),
    ("A blast 40 km from the town at 5 p.m. killed six.", "killed", 6, 6),
    ("Hundreds, even thousands of people were killed.", "killed", 200, None),
    ("Dozens of people, if not hundreds, died.", "killed", 24, None),
    ("No fewer than 20 people were killed.", "killed", 20, None),
    ("The shelling wounded three nurses in addition to five patients.", "injured", 8, 8),
    ("The raid killed 11 fighters, along with one rebel.", "killed", 12, 12),
    ("The strikes killed 14 fighters from the group and five civilians.", "killed", 19, 19),
    ("The group executed 23 people and crucified two others.", "killed", 25, 25),
    ("The militants shot at the crowd, killing 3 of them.", "killed", 3, 3),
    ("Three of the wounded died in hospital.", "killed", 3, 3),
    ("No one was injured in the attack.", "injured", 0, 0),
    ("One hundred and twenty people were killed.", "killed", 120, 120),
    ("Two hundred thirty-five people were killed.", "killed", 235, 235),
    ("Some two hundred thousand people died.", "killed", 200_000, 200_000),
    ("Two Nigerians, aged 17 and 22, were shot dead.", "killed", 2, 2),
    ("After the gas attack 27 people were hospitalised.", "injured", 27, 27),
    ("The shell caused no injuries.", "injured", 0, 0),
    ("There were no deaths.", "killed", 0, 0),
]


@pytest.mark.parametrize(("text", "kind", "minimum", "maximum"), CASES)
def test_casualties(parser: Parser, text: str, kind: str, minimum: int | None, maximum: int | None) -> None:
    found = tag_casualties(parsed_text(parser, text))
    assert [(c.kind, c.minimum, c.maximum) for c in found] == [(kind, minimum, maximum)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("6 citizens killed, 22 injured in attacks with shells.", [("killed", 6), ("injured", 22)]),
        ("The strikes killed 45 civilians in the city and 22 in the south.", [("killed", 45), ("killed", 22)]),
        ("It has killed more than 132 civilians and injured around 900 more.", [("killed", 132), ("injured", 900)]),
        ("The governor put the toll at six and the number of injured at 28.", [("killed", 6), ("injured", 28)]),
        ("At least 545 people including 84 children and 35 women have been killed.", [("killed", 545)]),
        ("One person was killed and another nine wounded, among them a child.", [("killed", 1), ("injured", 9)]),
        ("A bomber killed 30 people injured 90 on Monday in an attack.", [("killed", 30), ("injured", 90)]),
        ("The blast killed five injured 20 people.", [("killed", 5), ("injured", 20)]),
        ("Seven of the 12 wounded died.", [("killed", 7), ("injured", 12)]),
        ("There were no casualties.", [("killed", 0), ("injured", 0)]),
        ("The rocket fell in a field without causing any casualties.", [("killed", 0), ("injured", 0)]),
    ],
)
def test_several_counts_of_a_sentence(parser: Parser, text: str, numbers: list[tuple[str, int]]) -> None:
    assert [(c.kind, c.minimum) for c in tag_casualties(parsed_text(parser, text))] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "The raid destroyed 12 tanks and three houses.",
        "Civilians were killed on 13 October 2016.",
        "Troops killed time for 3 hours.",
        "Twelve officials met in Geneva.",
        "Children aged four to 10 were killed.",
        "Ahmed, 34, was killed.",
        "Members of Brigade 46 were killed.",
        "At least 50 people were killed or wounded.",
        "The shelling killed and injured 50 people.",
        "Several dozen dead and wounded were counted.",
    ],
)
def test_what_is_no_count_of_people(parser: Parser, text: str) -> None:
    assert tag_casualties(parsed_text(parser, text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "There were no visible injuries on the bodies.",
        "The children had no injuries.",
        "No casualties were reported.",
        "There were no immediate reports of casualties.",
        "There were no casualties among civilians.",
        "There would be no casualties.",
        "No one was reported killed in the raid.",
        "None of its soldiers was killed.",
        "No civilians were killed.",
    ],
)
def test_what_does_not_say_that_there_were_none(parser: Parser, text: str) -> None:
    assert tag_casualties(parsed_text(parser, text)) == ()


def test_the_words_of_a_count(parser: Parser) -> None:
    text = "Officials said that at least 70 villagers were killed."
    casualty = tag_casualties(parsed_text(parser, text))[0]
    assert casualty.span.of(text) == "at least 70"
    assert casualty.whose is not None
    assert casualty.whose.of(text) == "villagers"
    assert casualty.verb.text == "killed"


def test_counts_go_to_their_event(parser: Parser) -> None:
    parsed = parsed_text(parser, "Jets struck the market, killing 12 people and wounding 20.")
    killed, injured = counts_of(trigger(parsed, "struck"), parsed)
    assert killed is not None
    assert injured is not None
    assert (killed.minimum, killed.maximum, injured.minimum, injured.maximum) == (12, 12, 20, 20)


def test_a_result_may_follow_in_the_next_sentence(parser: Parser) -> None:
    parsed = parsed_text(parser, "A bomb exploded near the station. The attack killed 12 people.")
    killed, injured = counts_of(trigger(parsed, "exploded"), parsed)
    assert killed is not None
    assert (killed.minimum, killed.maximum) == (12, 12)
    assert injured is None


@pytest.mark.parametrize(
    ("text", "least", "greatest"),
    [
        ("An air strike on Monday killed four people. The observatory put the toll at six dead.", 4, 6),
        ("An air strike killed more than 180 people, the monitor says, while the UN puts the figure at 191.", 180, 191),
        ("An air strike killed 12 people. Residents put the death toll at 9.", 9, 12),
        ("An air strike killed 12 people. A raid elsewhere killed 3. The army put the toll at 20.", 12, 12),
        ("An air strike killed 12 people. The school was closed. The army put the toll at 20.", 12, 12),
        ("An air strike killed 12 people. The army put the number of wounded at 20.", 12, 12),
        ("An air strike killed 42 people, said the monitor, which on Thursday had given a death toll of 17.", 42, 42),
    ],
)
def test_a_number_put_beside_another_rivals_it(parser: Parser, text: str, least: int, greatest: int) -> None:
    killed, _ = counts_of(trigger(parsed := parsed_text(parser, text), "strike"), parsed)
    assert killed is not None
    assert (killed.minimum, killed.maximum) == (least, greatest)
    assert len(killed.evidence) == 1 + (least != greatest)


def test_a_count_of_another_event_is_left_alone(parser: Parser) -> None:
    parsed = parsed_text(parser, "Troops left the base. A flood in the south killed 12 people.")
    assert counts_of(trigger(parsed, "left"), parsed) == (None, None)


def test_a_count_two_kinds_share_goes_to_the_first_named(parser: Parser) -> None:
    parsed = parsed_text(parser, "Air strikes and shelling killed 12 people.")
    one, two = trigger(parsed, "strikes"), trigger(parsed, "shelling", "shelling")
    casualties = tag_casualties(parsed)
    first = counts_of(one, parsed, casualties, (one, two))[0]
    assert first is not None
    assert (first.minimum, first.maximum) == (12, 12)
    assert counts_of(two, parsed, casualties, (one, two)) == (None, None)


def mention(parsed: ParsedDocument, word: str, kind: str) -> Mention:
    found = trigger(parsed, word, kind)
    killed, injured = counts_of(found, parsed)
    return Mention(found, 0, "happened", (), (), None, None, killed, injured)


def killed_by_event(parsed: ParsedDocument, *events: tuple[Mention, ...]) -> list[list[int | None]]:
    shared = shared_out(events, parsed, tag_casualties(parsed))
    return [[m.killed.minimum if m.killed else None for m in event] for event in shared]


def test_once_events_are_known_a_count_goes_to_the_nearest(parser: Parser) -> None:
    parsed = parsed_text(parser, "Rockets hit the market, killing 12 people, as troops attacked the town.")
    attack = mention(parsed, "attacked", "armed_clash")
    assert attack.killed is not None  # alone in the sentence it would be taken for its count
    assert killed_by_event(parsed, (mention(parsed, "hit", "shelling"),), (attack,)) == [[12], [None]]


def test_mentions_of_one_event_share_their_count(parser: Parser) -> None:
    parsed = parsed_text(parser, "Shelling killed 12 people.")
    own = mention(parsed, "Shelling", "shelling"), mention(parsed, "killed", "shelling")
    assert killed_by_event(parsed, own) == [[12, 12]]


def test_the_killing_word_does_not_keep_a_count_from_the_attack_it_hangs_on(parser: Parser) -> None:
    parsed = parsed_text(parser, "A blast killed six soldiers.")
    blast, killed = mention(parsed, "blast", "bombing"), mention(parsed, "killed", "killing")
    assert killed_by_event(parsed, (blast,), (killed,)) == [[6], [6]]


def test_only_force_is_given_a_toll(parser: Parser) -> None:
    parsed = parsed_text(parser, "Shelling killed 12 people. Envoys met.")
    met = replace(mention(parsed, "met", "talks"), killed=None)
    assert killed_by_event(parsed, (met,), (mention(parsed, "Shelling", "shelling"),)) == [[None], [12]]


def test_unknown_is_none(parser: Parser) -> None:
    parsed = parsed_text(parser, "Civilians were killed in the raid.")
    assert counts_of(trigger(parsed, "raid"), parsed) == (None, None)


SPAN = Span(0, 1)


@pytest.mark.parametrize(
    ("counts", "result"),
    [
        ([(8, 8)], (8, 8)),
        ([(24, None), (31, 31)], (31, 31)),
        ([(44, 44), (48, 48)], (44, 48)),
        ([(48, 48), (10, 10)], (48, 48)),
        ([(70, None), (70, 70)], (70, None)),
    ],
)
def test_merged(counts: list[tuple[int | None, int | None]], result: tuple[int | None, int | None]) -> None:
    whole = merged([Count(low, high, (SPAN,)) for low, high in counts])
    assert whole is not None
    assert (whole.minimum, whole.maximum) == result


def test_nothing_to_merge() -> None:
    assert merged([]) is None


@pytest.mark.parametrize("text", ["killed " * 300, "9" * 400 + " people were killed.", "one hundred " * 200 + "killed"])
def test_hostile_numbers(parser: Parser, text: str) -> None:
    for casualty in tag_casualties(parsed_text(parser, text)):
        assert casualty.span.of(text)
