"""Tables of learned weights: read, added up, and refused where they are malformed or missing."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.weights import packaged_weights, read_weights

TABLE = '# about\nfeature,weight\nbias,-1\nthreshold,0.4\nred,2\n"blue, or green",0.5\n'


def test_features_add_up_and_unknown_ones_count_nothing() -> None:
    weights = read_weights(TABLE, "t.csv")
    assert weights.odds(["red", "blue, or green", "square"]) == 1.5
    assert weights.odds([]) == -1
    assert weights.threshold == 0.4
    assert weights.chance(["red"]) > 0.7 > 0.3 > weights.chance([])


def test_a_chance_stays_one_however_far_the_odds_go() -> None:
    weights = read_weights("feature,weight\nbias,1e9\nthreshold,0.5\nred,-3e9\n", "t.csv")
    assert 0.999 < weights.chance([]) <= 1.0
    assert 0.0 <= weights.chance(["red"]) < 0.001


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TABLE + "green,much\n", "t.csv, line 7: weight is 'much'"),
        (TABLE + "green,nan\n", "line 7"),
        (TABLE + "green,inf\n", "line 7"),
        (TABLE + "red,1\n", "line 7: feature 'red' stands here twice"),
        (TABLE + "green\n", "line 7"),
        (TABLE + ",1\n", "line 7"),
        (TABLE.replace("bias", "base"), "needs a row for bias"),
        (TABLE.replace("0.4", "1.4"), "threshold"),
        (TABLE.replace("feature,", "name,"), "line 2"),
        ("", "t.csv"),
    ],
)
def test_a_malformed_table_is_refused_by_name_and_line(text: str, told: str) -> None:
    with pytest.raises(VocabularyError, match=r"^t\.csv") as refused:
        read_weights(text, "t.csv")
    assert told in str(refused.value)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"^no_such_weights\.csv: cannot be read"):
        packaged_weights("no_such_weights.csv")
