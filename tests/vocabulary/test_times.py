"""The vocabulary of time."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.times import read_time_words, time_vocabulary

HEADER = "form,class,value,case"


def test_words_phrases_and_context_are_kept_apart() -> None:
    vocabulary = time_vocabulary()
    assert {sense.kind for sense in vocabulary.words["second"]} == {"unit", "ordinal", "risky"}
    assert vocabulary.phrases["eid al fitr"][0].value == "hijri 10 1 3"
    assert "since" in vocabulary.context["opens_range"]
    assert "since" not in vocabulary.words


def test_rows_are_read_with_their_case() -> None:
    ((form, sense),) = read_time_words(f"# source: own\n{HEADER}\nmarch,month,3,capital\n", "x.csv")
    assert (form, sense.kind, sense.value, sense.capital) == ("march", "month", "3", True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("form;class", 1),
        (f"# source\n{HEADER}\nmay,month", 3),
        (f"{HEADER}\nmay,month,5,sometimes", 2),
        (f"{HEADER}\nMay,month,5,any", 2),
        (f"{HEADER}\n,month,5,any", 2),
        (f"{HEADER}\nmay,,5,any", 2),
    ],
)
def test_a_malformed_row_names_file_and_line(text: str, line: int) -> None:
    with pytest.raises(VocabularyError, match=rf"x\.csv, line {line}:"):
        read_time_words(text, "x.csv")
