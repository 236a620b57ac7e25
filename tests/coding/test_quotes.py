"""Where quotations open and close."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.quotes import quotes_of


def found(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotes_of(text)]


def test_marks() -> None:
    assert found('He said "no" and “never”.') == ['"no"', "“never”"]
    assert found("He said ''no'' twice.") == ["''no''"]


def test_a_paragraph_that_another_mark_follows_needs_no_closing_one() -> None:
    assert found('"They came.\n"They left."\n') == ['"They came.', '"They left."']


def test_a_line_may_open_with_the_closing_mark() -> None:
    assert found("”They came.” He left.") == []
    assert found("Voices.\n”They came.” He left.") == ["”They came.”"]


def test_lost_marks_open_nothing() -> None:
    assert found('Where are they?" he said.') == []
    assert found('"Where are they? he said.') == []


@given(st.text(alphabet="\"“”' a.\n", max_size=200))
def test_quotes_are_in_order_and_apart(text: str) -> None:
    quotes = quotes_of(text)
    assert all(0 <= q.start < q.end <= len(text) for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))
