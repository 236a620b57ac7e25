"""The status of a whole event: the rules' answer and a learned table's, and when which stands."""

from __future__ import annotations

from datetime import date

import pytest
from plain_text import article, trigger_at

from sayso.coding.mention import Mention
from sayso.coding.parse import Parser
from sayso.coding.status import status_of
from sayso.coding.status_choice import chosen_status, event_status, status_by_rules, status_chances
from sayso.coding.status_features import status_features
from sayso.errors import VocabularyError
from sayso.model import TimeSpan, Written
from sayso.vocabulary.status_weights import STATUSES, StatusWeights, read_status_weights

DAY = date(2016, 3, 30)
WRITTEN = Written(DAY, DAY, DAY, "given", ())
HEADER = "feature," + ",".join(STATUSES) + "\n"


def mention(parser: Parser, text: str, word: str, kind: str = "armed_clash", time: TimeSpan | None = None) -> Mention:
    parsed = parser.parse(article(text))
    trigger = trigger_at(parsed, word, kind)
    return Mention(trigger, 0, status_of(trigger, (), parsed), (), (), None, time, None, None)


def weights(feature: str, status: str, value: float) -> StatusWeights:
    return StatusWeights({feature: tuple(value if one == status else 0.0 for one in STATUSES)})


def test_another_mention_tells_that_it_goes_on(parser: Parser) -> None:
    main = mention(parser, "Government forces began an offensive on the town on Sunday.", "offensive")
    later = mention(parser, "The offensive continues.", "offensive")
    told = weights("rules of some ongoing", "ongoing", 9.0)
    assert event_status([main], WRITTEN, told) == "happened"
    assert event_status([main, later], WRITTEN, told) == "ongoing"


def test_time_is_told_by_length_and_end(parser: Parser) -> None:
    month = TimeSpan(date(2016, 3, 1), DAY, "span", "anchored", ())
    features = status_features([mention(parser, "Troops besieged the town.", "besieged", "siege", month)], WRITTEN)
    assert {"time to 32", "time to 32, now", "time to 32, type siege"} <= features
    assert "time none" in status_features([mention(parser, "Troops besieged the town.", "besieged")], None)


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The ministry denied the attack.", "attack", "denied"),
        ("If troops attack the town, thousands may flee.", "attack", "hypothetical"),
    ],
)
def test_what_is_denied_or_supposed_is_the_rules_to_say(parser: Parser, text: str, word: str, status: str) -> None:
    assert event_status([mention(parser, text, word)], WRITTEN, weights("any", "happened", 20.0)) == status


def test_the_rules_stand_unless_a_status_is_likely_enough() -> None:
    assert chosen_status("happened", {"happened": 0.4, "ongoing": 0.6}) == "happened"
    assert chosen_status("happened", {"happened": 0.1, "ongoing": 0.9}) == "ongoing"
    assert chosen_status("planned", {}) == "planned"


def test_chances_sum_to_one_and_sayings_have_none(parser: Parser) -> None:
    assert sum(status_chances([mention(parser, "Rebels attacked.", "attacked")], WRITTEN).values()) == pytest.approx(1)
    assert status_chances([mention(parser, "They denied it.", "denied", "denial")], WRITTEN) == {}


def test_what_is_planned_has_happened_where_another_mention_tells_so(parser: Parser) -> None:
    planned = mention(parser, "Troops will withdraw on Friday.", "withdraw")
    done = mention(parser, "Troops withdrew on Friday.", "withdrew")
    assert status_by_rules([planned]) == "planned"
    assert status_by_rules([planned, done]) == "happened"


def test_names_are_no_features(parser: Parser) -> None:
    features = status_features([mention(parser, "ARDA: Rebels of Arda attacked the town.", "attacked")], WRITTEN)
    assert not any("arda" in name.casefold() for name in features)


@pytest.mark.parametrize("text", ["attack", "attack " * 500, "if " * 400 + "they attack"])
def test_any_text_has_a_status(parser: Parser, text: str) -> None:
    assert event_status([mention(parser, text, "attack")], None) in STATUSES


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("any,1,x,,,,\n", "weights.csv, line 2"),
        ("any,1,inf,,,,\n", "weights.csv, line 2"),
        ("any,1,,,,,\nany,1,,,,,\n", "twice"),
    ],
)
def test_a_malformed_table_is_named_by_line(rows: str, said: str) -> None:
    with pytest.raises(VocabularyError, match=said):
        read_status_weights(HEADER + rows, "weights.csv")
