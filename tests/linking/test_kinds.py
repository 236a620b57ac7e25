"""The tables of what the linker knows of event types."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.linking.kinds import kinds, parse_kinds
from sayso.vocabulary.event_types import event_types

TYPES = "# c\ntype,recurs,by_one,spoken,lethal\nbombing,yes,yes,no,yes\nkilling,yes,yes,no,yes\n"
PAIRS = "first,second,nearness,rival\nbombing,killing,0.4,no\n"


def test_the_packaged_tables_know_every_event_type() -> None:
    assert set(kinds().types) == set(event_types())


def test_types_told_as_one_another_share_a_family() -> None:
    table = kinds()
    assert table.of("bombing").family == table.of("suicide_attack").family
    assert table.of("bombing").family != table.of("talks").family
    assert table.nearness("bombing", "suicide_attack") == table.nearness("suicide_attack", "bombing") > 0
    assert table.nearness("bombing", "talks") == 0
    assert table.rivals("bombing", "shelling")
    assert not table.rivals("bombing", "suicide_attack")


def test_an_unknown_type_meets_only_itself() -> None:
    table = kinds()
    assert table.nearness("novel", "novel") == 1
    assert table.of("novel").family == "novel"


@pytest.mark.parametrize(
    ("types", "pairs", "message"),
    [
        (TYPES + "bombing\n", PAIRS, r"types.csv, line 5: 1 cells"),
        (TYPES + "nonsense,yes,no,no,no\n", PAIRS, r"types.csv, line 5: 'nonsense' is no event type"),
        (TYPES + "talks,perhaps,no,no,no\n", PAIRS, r"types.csv, line 5: recurs is 'perhaps'"),
        (TYPES, PAIRS + "killing,bombing,0.2,no\n", r"type-pairs.csv, line 3: killing, bombing stands twice"),
        (TYPES, PAIRS + "killing,killing,0.2,no\n", r"type-pairs.csv, line 3"),
        (TYPES, PAIRS + "killing,talks,7,no\n", r"line 3: nearness is '7'"),
        (TYPES, PAIRS + "killing,talks,nan,no\n", r"line 3: nearness is 'nan'"),
        ("", PAIRS, r"types.csv, line 1: columns must be"),
    ],
)
def test_malformed_rows_are_named(types: str, pairs: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        parse_kinds(types, pairs)
