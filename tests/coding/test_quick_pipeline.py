"""The quick pipeline sets on every token what the plain one sets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG

from sayso.coding.parse import load_pipeline
from sayso.coding.quick_pipeline import QuickPipeline

_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, HEAD, DEP, SENT_START, ENT_IOB, ENT_TYPE]

#: Rules over several tokens, white space as tokens, entities at the end and across lines, other scripts, no words.
_ODD = (
    "Let's go. There is no way he's gonna stop, y'all; they ain't got to. There're 3, there was one.",
    "I gotta say it isn't so: let 's all see. C'm on, nothin' doin', ol' man. That's 'em, 'nuff said. He'd've gone.",
    "On 12 May 2014\n\nthe\tFree Syrian Army   took \n Kafr  Nabl in\nIdlib Province and New York",
    "In Aleppo",
    "Homs",
    ".",
    "قتل 12 شخصا في حلب. 😀 Взрыв в Дамаске, Сирия.",
    "ALEPPO, SYRIA (REUTERS) - DOZENS KILLED IN GHOUTA ATTACK, U.N. SAYS",
    "\u00a0\u2003 (a) 1,000-2,000 dead; <b>$5m</b> http://example.org/?q=1#x",
    " ".join(f"word{number}" for number in range(1_500)),
)


@pytest.fixture(scope="module")
def plain() -> Any:
    return load_pipeline()


@pytest.fixture(scope="module")
def quick() -> QuickPipeline:
    return QuickPipeline(load_pipeline())


def _cases() -> Iterator[str]:
    for path in sorted((Path(__file__).parent / "cases").glob("*.txt")):
        yield path.read_text("utf-8")
    yield from _ODD


def test_sets_what_the_plain_pipeline_sets(plain: Any, quick: QuickPipeline) -> None:
    for text in _cases():
        assert _attributes(quick(text)) == _attributes(plain(text)), text[:80]


@pytest.mark.parametrize("size", [2, 3, 8])
def test_a_text_among_others_comes_out_as_alone(quick: QuickPipeline, size: int) -> None:
    texts = ["", *_cases(), ""]
    alone = [quick(text) for text in texts]
    for start in range(0, len(texts), size):
        for one, other in zip(alone[start:], quick.many(texts[start : start + size]), strict=False):
            assert _attributes(one) == _attributes(other)
            assert (one.tensor == other.tensor).all()


def test_many_texts_are_gone_through_in_bounded_groups(quick: QuickPipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [_attributes(quick(text)) for text in _ODD]
    monkeypatch.setattr("sayso.coding.quick_pipeline._TOGETHER", 40)
    asked: list[int] = []

    def texts() -> Iterator[str]:
        for number, text in enumerate(_ODD):
            asked.append(number)
            yield text

    many = quick.many(texts())
    assert _attributes(next(many)) == alone[0]
    assert len(asked) < len(_ODD), "texts are asked for as they are needed"
    assert [_attributes(doc) for doc in many] == alone[1:]


def test_what_was_read_before_changes_nothing(quick: QuickPipeline) -> None:
    text = _ODD[2]
    fresh = QuickPipeline(load_pipeline())
    for other in _ODD:
        quick(other)
    assert _attributes(quick(text)) == _attributes(fresh(text))
    assert (quick(text).tensor == fresh(text).tensor).all()


def test_forgets_when_too_much_is_kept(plain: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.coding.word_vectors._KEPT", 12)
    monkeypatch.setattr("sayso.coding.word_forms._KEPT", 12)
    forgetful = QuickPipeline(load_pipeline())
    for text in ("The army shelled Homs.", *_ODD[:5], "Rebels took it."):
        assert _attributes(forgetful(text)) == _attributes(plain(text)), text[:80]


def test_a_text_of_no_tokens(quick: QuickPipeline) -> None:
    assert len(quick("")) == 0


def _attributes(doc: Any) -> list[list[int]]:
    rows: list[list[int]] = doc.to_array(_ATTRIBUTES).tolist()
    return rows
