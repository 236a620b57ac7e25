"""Ids derive from content: stable, and different wherever the content is."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from sayso.ids import content_id, sha256_hex

leaves = st.none() | st.integers() | st.text(max_size=8)
parts = st.lists(st.recursive(leaves, lambda inner: st.lists(inner, max_size=4), max_leaves=12), max_size=4)


def test_pinned() -> None:
    # Ids stand in people's workspaces and judgements: they must not change with the machine or the version.
    assert content_id("doc", "a", 1) == "doc_135f17a475a61afd"
    assert content_id("stm", "d", 0, 4, "air_strike") == content_id("stm", "d", 0, 4, "air_strike")


@given(parts, parts)
def test_equal_only_where_the_parts_are(one: list[object], other: list[object]) -> None:
    assert (content_id("x", *one) == content_id("x", *other)) == (one == other)


@given(parts)
def test_shape(some: list[object]) -> None:
    prefix, _, digits = content_id("evt", *some).partition("_")
    assert (prefix, len(digits)) == ("evt", 16)
    assert set(digits) <= set("0123456789abcdef")


@given(parts)
def test_tuples_are_lists(some: list[object]) -> None:
    assert content_id("x", tuple(some)) == content_id("x", some)


def test_neighbours_differ() -> None:
    neighbours = [("ab", "c"), ("a", "bc"), ("abc",), (["a", "bc"],), ("a", ["bc"]), ("a,b",), ("a", "b"), (1,), ("1",)]
    neighbours += [(None,), ("null",), ((),), (), ("",), ('"',), ("\\",), ("é",), ("e\u0301",), ("\ud800",)]
    assert len({content_id("x", *some) for some in neighbours}) == len(neighbours)
    assert content_id("x") != content_id("y")


@given(st.binary(max_size=100))
def test_sha256(data: bytes) -> None:
    assert sha256_hex(data) == hashlib.sha256(data).hexdigest()
