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
    ((form, sense),) = read_time_words("x.csv", ["# source: own", HEADER, "march,month,3,capital"])
    assert (form, sense.kind, sense.value, sense.capital) == ("march", "month", "3", True)


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([], "x.csv:1"),
        (["form;class"], "x.csv:1"),
        (["# source", HEADER, "may,month"], "x.csv:3"),
        ([HEADER, "may,month,5,sometimes"], "x.csv:2"),
        ([HEADER, "May,month,5,any"], "x.csv:2"),
        ([HEADER, ",month,5,any"], "x.csv:2"),
    ],
)
def test_a_malformed_row_names_file_and_line(lines: list[str], where: str) -> None:
    with pytest.raises(VocabularyError, match=where):
        read_time_words("x.csv", lines)
