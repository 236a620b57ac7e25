"""Which triggers of a document report one event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from plain_text import article

from sayso.coding.coreference import Links, group, links
from sayso.coding.event_model import EventModel
from sayso.coding.mention import Mention
from sayso.coding.parse import Parser
from sayso.coding.triggers import find_triggers
from sayso.model import Actor, Count, Place, Span, TimeSpan
from sayso.vocabulary.triggers import trigger_vocabulary

Mentions = Callable[[str], list[Mention]]


@pytest.fixture
def mentions(parser: Parser) -> Mentions:
    def found(text: str) -> list[Mention]:
        parsed = parser.parse(article(text))
        bare = (0, "happened", (), (), None, None, None, None)
        return [Mention(trigger, *bare) for trigger in find_triggers(parsed, trigger_vocabulary())]  # type: ignore[arg-type]

    return found


def place(name: str) -> Place:
    return Place(Span(0, 1), name, None, None, "city", "exact", "SY", None, name)


def day(number: int) -> TimeSpan:
    return TimeSpan(date(2016, 3, number), date(2016, 3, number), "day", "explicit", ())


def sizes(mentions: list[Mention]) -> list[int]:
    return [len(event) for event in events_of(mentions)]


def events_of(mentions: list[Mention]) -> list[tuple[Mention, ...]]:
    pair = EventModel.load().pair
    return [tuple(mentions[n] for n in event) for event in group(mentions, links(mentions, pair), pair.threshold)]


# Two sentences with little in common, so that the features under test decide.
APART = "Warplanes bombed a busy market. Later that week, jets bombed some remote quarry."
POINTING = "Warplanes bombed a busy market. The strike left a crater."


def test_nothing() -> None:
    assert events_of([]) == []


def test_every_mention_is_in_one_event_in_order_of_the_text(mentions: Mentions) -> None:
    found = mentions(APART + " Rebels shelled the hills. The shelling went on. " + POINTING)
    events = events_of(found)
    assert sorted((m for event in events for m in event), key=lambda m: m.trigger.span) == found
    assert [event[0].trigger.span for event in events] == sorted(event[0].trigger.span for event in events)


def test_words_that_point_back_join(mentions: Mentions) -> None:
    assert sizes(mentions(POINTING)) == [2]


def test_one_clause_is_one_event(mentions: Mentions) -> None:
    assert sizes(mentions("The air strike killed nine people.")) == [2]


def test_types_are_never_mixed(mentions: Mentions) -> None:
    assert sizes(mentions("Warplanes bombed Homs and rebels shelled Homs.")) == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"place": place("a"), "time": day(1)}, {"place": place("b"), "time": day(2)}),
        ({"time": day(1)}, {"time": day(2)}),
        ({"heading": 1}, {"heading": 2}),
    ],
)
def test_what_keeps_two_apart(mentions: Mentions, one: dict[str, object], other: dict[str, object]) -> None:
    first, second = mentions(APART)
    assert sizes([replace(first, **one), replace(second, **other)]) == [1, 1]  # type: ignore[arg-type]


def test_two_towns_each_named_in_its_own_sentence_are_two(mentions: Mentions) -> None:
    first, second = mentions(APART)
    here, there = (replace(place(n), span=m.trigger.span, admin1=n) for n, m in (("a", first), ("b", second)))
    assert sizes([replace(first, place=here), replace(second, place=there)]) == [1, 1]


def test_one_place_and_toll_join_what_differs_in_words(mentions: Mentions) -> None:
    first, second = mentions(APART)
    told = {"place": place("a"), "killed": Count(12, 12, ())}
    assert sizes([replace(first, **told), replace(second, **told)]) == [2]  # type: ignore[arg-type]


def test_what_is_like_two_does_not_make_them_one(mentions: Mentions) -> None:
    first, second, third = mentions(POINTING + " Later that week, jets bombed some remote quarry.")
    here, there = replace(first, place=place("a"), time=day(1)), replace(third, place=place("b"), time=day(4))
    assert sizes([here, second, there]) == [2, 1]


def test_joins_what_it_is_linked_to_and_nothing_it_cannot_be_one_with(mentions: Mentions) -> None:
    three = mentions(POINTING + " Later that week, jets bombed some remote quarry.")
    assert group(three, Links({(1, 0): 0.9, (2, 1): 0.9}), 0.5) == ((0, 1), (2,))
    assert group(three, Links({(1, 0): 0.9, (2, 1): 0.9, (2, 0): 0.4}), 0.5) == ((0, 1, 2),)


def test_pointing_back_does_not_reach_over_a_heading_and_another_day(mentions: Mentions) -> None:
    first, second = mentions(POINTING)
    kept = [replace(first, heading=1, time=day(1)), replace(second, heading=2, time=day(2))]
    assert sizes(kept) == [1, 1]


def test_another_name_for_the_actor_alone_does_not_part_what_points_back(mentions: Mentions) -> None:
    first, second = mentions(POINTING)
    named = [replace(m, actors=(Actor(Span(0, 1), n),)) for m, n in ((first, "jets"), (second, "air force"))]
    assert sizes(named) == [2]
