"""Runs: the whole text, in order, whatever marks lie on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.web.marking import Mark, document_marks, runs

_TEXT = "Jets struck Hama on Tuesday."


def test_overlapping_marks_are_cut_where_they_begin_and_end() -> None:
    found = list(runs("abcdef", [Mark(0, 4, "x"), Mark(2, 6, "y", "t")]))
    assert [(run.text, run.kinds, run.target) for run in found] == [
        ("ab", ("x",), None),
        ("cd", ("x", "y"), "t"),
        ("ef", ("y",), "t"),
    ]


def test_loaded_words_and_opinions_are_shown_and_records_of_before_are_read() -> None:
    record = dict.fromkeys(("segments", "times", "places", "actors", "attributions", "statements"), ())
    told = record | {"loaded": [{"start": 0, "end": 4}], "opinions": [{"start": 0, "end": 9}]}
    assert {(mark.start, mark.end, mark.kind) for mark in document_marks(told)} == {
        (0, 4, "loaded"),
        (0, 9, "opinion"),
    }
    assert list(document_marks(record | {"loaded": []})) == []


@given(st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40), st.sampled_from("abc"))))
def test_runs_always_make_up_the_text(ranges: list[tuple[int, int, str]]) -> None:
    found = list(runs(_TEXT, [Mark(start, end, kind) for start, end, kind in ranges]))
    assert "".join(run.text for run in found) == _TEXT
