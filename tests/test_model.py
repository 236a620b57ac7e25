"""Spans: the only evidence pointer there is."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import CODED_KINDS, Span

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_only_spans_are_spans(start: int, end: int) -> None:
    if 0 <= start < end:
        assert (Span(start, end).start, Span(start, end).end) == (start, end)
    else:
        with pytest.raises(ValueError, match=f"not a span: {start}..{end}"):
            Span(start, end)


@given(spans, st.text(min_size=80, max_size=90))
def test_words(span: Span, text: str) -> None:
    assert span.of(text) == text[span.start : span.end]
    assert len(span.of(text)) == span.end - span.start


@given(spans, spans)
def test_overlap_and_containment_are_those_of_sets(a: Span, b: Span) -> None:
    x, y = set(range(a.start, a.end)), set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(x & y)
    assert a.contains(b) == (y <= x)
    assert a.contains(a)


@given(st.lists(spans))
def test_order_is_that_of_the_text(some: list[Span]) -> None:
    assert sorted(some) == sorted(some, key=lambda span: (span.start, span.end))


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Span(0, 1).start = 5  # type: ignore[misc]


def test_furniture_is_not_coded() -> None:
    assert sorted(CODED_KINDS) == ["body", "caption", "heading", "quote", "title"]
