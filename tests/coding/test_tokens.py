"""Tokens say what spaCy's own say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.parse import load_pipeline
from sayso.coding.tokens import Doc

_OWN = (
    *("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_"),
    *("is_alpha", "is_punct", "is_sent_start", "is_space", "is_stop", "is_title", "is_upper", "like_num"),
)
_ONE = ("head", "left_edge", "right_edge")
_MANY = ("children", "lefts", "rights", "ancestors", "subtree")

_ODD = (
    "Homs",
    ".",
    "On 12 May 2014\n\nthe\tSyrian Army   took \n Kafr  Nabl in\nIdlib Province. And New York, which they say fell",
    "قتل 12 شخصا في حلب. 😀 Взрыв в Дамаске, Сирия.",
    "Six pieces that were taken from a smuggler had been lost, it said, which the ministry that runs it denied.",
)


@pytest.fixture(scope="module")
def pipeline() -> Any:
    return load_pipeline()


@pytest.fixture(scope="module")
def both(pipeline: Any) -> Sequence[tuple[Doc, Any]]:
    return [(Doc(parsed), parsed) for parsed in pipeline.pipe(_texts())]


def _texts() -> Iterator[str]:
    yield from _ODD
    for path in sorted((Path(__file__).parent / "cases").glob("*.txt"))[:12]:
        yield path.read_text("utf-8")


def test_tokens_say_what_spacys_say(both: Sequence[tuple[Doc, Any]]) -> None:
    for doc, parsed in both:
        assert (doc.text, len(doc)) == (parsed.text, len(parsed))
        for own, other in zip(doc, parsed, strict=True):
            assert [getattr(own, name) for name in _OWN] == [getattr(other, name) for name in _OWN]
            assert [getattr(own, name).i for name in _ONE] == [getattr(other, name).i for name in _ONE]
            for name in _MANY:
                assert [token.i for token in getattr(own, name)] == [token.i for token in getattr(other, name)], name
            assert (own.sent.start, own.sent.end) == (other.sent.start, other.sent.end)
            assert (str(own), len(own)) == (str(other), len(other))
            assert (own.vector == other.vector).all()


def test_runs_of_tokens_say_what_spacys_say(both: Sequence[tuple[Doc, Any]]) -> None:
    for doc, parsed in both:
        for name in ("ents", "sents"):
            own, other = list(getattr(doc, name)), list(getattr(parsed, name))
            assert [_told(run) for run in own] == [_told(run) for run in other]
            assert [run.label_ for run in own] == [run.label_ for run in other]
        for start in range(len(doc)):
            for length in (1, 2, 5, 40):
                assert _told(doc[start : start + length]) == _told(parsed[start : start + length])


def _told(run: Any) -> tuple[Any, ...]:
    return run.start, run.end, len(run), run.start_char, run.end_char, run.text, run.root.i, run[0].i, run[-1:].text


def test_slices_are_cut_to_what_is_there(both: Sequence[tuple[Doc, Any]]) -> None:
    doc, _ = both[2]
    assert (doc[5:3].text, len(doc[5:3]), list(doc[5:3])) == ("", 0, [])
    assert doc[2:1000].end == doc[-2:].end == len(doc)
    assert [token.i for token in doc[4:9][1:3]] == [5, 6]
    assert doc[4:9][-1].i == 8


def test_neighbours_and_ancestors(both: Sequence[tuple[Doc, Any]]) -> None:
    doc, parsed = both[2]
    assert (doc[0].nbor(), doc[1].nbor(-1)) == (doc[1], doc[0])
    for token, by in ((doc[0], -1), (doc[len(doc) - 1], 1)):
        with pytest.raises(IndexError):
            token.nbor(by)
    for one in range(len(doc)):
        for other in range(len(doc)):
            assert doc[one].is_ancestor(doc[other]) == parsed[one].is_ancestor(parsed[other])


@given(data=st.data())
def test_tokens_that_characters_touch(both: Sequence[tuple[Doc, Any]], data: st.DataObject) -> None:
    doc, parsed = data.draw(st.sampled_from(both))
    start = data.draw(st.integers(0, len(doc.text) + 2))
    end = data.draw(st.integers(start + 1, len(doc.text) + 3))
    own, other = doc.char_span(start, end), parsed.char_span(start, end, alignment_mode="expand")
    assert [(run.start, run.end) for run in (own,) if run is not None] == [
        (run.start, run.end) for run in (other,) if run is not None
    ]


def test_a_form_is_one_string_in_a_text(pipeline: Any) -> None:
    first, *_, last = Doc(pipeline("Rebels fought rebels, and rebels"))
    assert first.lower_ is last.lower_
