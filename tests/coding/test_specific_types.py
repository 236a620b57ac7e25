"""Which type an event has that is told more than once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plain_text import article

from sayso.coding.mention import Mention
from sayso.coding.parse import Parser
from sayso.coding.specific_types import with_specific_types
from sayso.coding.triggers import find_triggers
from sayso.model import Place, Span, TimeSpan
from sayso.vocabulary.triggers import trigger_vocabulary

TOWN = Place(Span(0, 1), "Town", None, None, "city", "exact", "SY", None, "1")
VILLAGE = replace(TOWN, name="Village", gazetteer_id="2")
COUNTRY = replace(TOWN, name="Country", precision="country", gazetteer_id="3")
MONDAY = TimeSpan(date(2016, 3, 7), date(2016, 3, 7), "day", "explicit", ())
TUESDAY = TimeSpan(date(2016, 3, 8), date(2016, 3, 8), "day", "explicit", ())


def types(parser: Parser, text: str, *told: dict[str, object]) -> list[str]:
    """The types of the mentions of ``text``, each with what its clause ``told``."""
    found = find_triggers(parser.parse(article(text)), trigger_vocabulary())
    bare = (0, "happened", (), (), None, None, None, None)
    mentions = [Mention(trigger, *bare) for trigger in found]  # type: ignore[arg-type]
    given = [replace(m, **of) for m, of in zip(mentions, told, strict=True)]  # type: ignore[arg-type]
    return [m.trigger.type for m in with_specific_types(given)]


BLAST = "A bomb blast shook the market. A suicide bomber had come on foot."
HERE = {"place": TOWN, "time": MONDAY}


def test_the_blast_is_the_suicide_attack_of_its_place_and_day(parser: Parser) -> None:
    assert types(parser, BLAST, HERE, HERE) == ["suicide_attack", "suicide_attack"]


@pytest.mark.parametrize(
    "other",
    [
        {"place": VILLAGE, "time": MONDAY},
        {"place": TOWN, "time": TUESDAY},
        {"place": TOWN, "time": None},
        {"place": None, "time": MONDAY},
        {"place": TOWN, "time": MONDAY, "status": "planned"},
    ],
)
def test_another_place_or_day_or_a_plan_is_another(parser: Parser, other: dict[str, object]) -> None:
    assert types(parser, BLAST, HERE, other) == ["bombing", "suicide_attack"]


def test_a_country_is_too_wide_to_tell(parser: Parser) -> None:
    there = {"place": COUNTRY, "time": MONDAY}
    assert types(parser, BLAST, there, there) == ["bombing", "suicide_attack"]


def test_barrels_with_gas_are_a_chemical_attack_and_shells_are_shells(parser: Parser) -> None:
    text = "Barrel bombs fell. A chlorine attack was reported. Later the shelling began."
    assert types(parser, text, HERE, HERE, HERE) == ["chemical_attack", "chemical_attack", "shelling"]


def test_nothing(parser: Parser) -> None:
    assert types(parser, "The weather was fine.") == []
