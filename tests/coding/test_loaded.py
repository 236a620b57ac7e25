"""Loaded terms of a document, quoted ones too, and none from what is not coded."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from plain_text import article

from sayso.coding.loaded import tag_loaded
from sayso.coding.loaded_score import LoadedModel, loaded_model
from sayso.coding.loaded_words import worded
from sayso.coding.parse import Parser
from sayso.errors import VocabularyError
from sayso.model import Document, Segment
from sayso.vocabulary.weights import Weights


def test_spans_are_of_the_document_and_only_of_coded_segments(parser: Parser) -> None:
    text = 'The regime fell.\nRead also: regime news\n"Terrorists" fled the regime.'
    segments = (Segment(0, 16, "title"), Segment(17, 39, "teaser"), Segment(40, len(text), "body"))
    found = tag_loaded(parser.parse(Document("d", "c", text, segments)))
    assert [(t.span.start, t.span.of(text), t.neutral) for t in found] == [
        (4, "regime", "government"),
        (41, "Terrorists", "fighters"),
        (62, "regime", "government"),
    ]


def test_a_quoted_term_is_said_to_be_quoted(parser: Parser) -> None:
    text = '"These terrorists will pay," the minister said of the terrorists.'
    found = tag_loaded(parser.parse(article(text)))
    assert [(t.span.of(text), t.kind, t.quoted, t.score) for t in found] == [
        ("terrorists", "label", True, None),
        ("terrorists", "label", False, None),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The spineless council shamelessly grovelled before these ruthless thugs.",
            {"spineless", "ruthless", "thugs"},
        ),
        ("It was a heinous, despicable crime by a deranged clique.", {"heinous", "despicable", "clique"}),
        ("The ludicrous report is a shameful smear against our noble cause.", {"ludicrous", "shameful", "smear"}),
    ],
)
def test_words_that_judge_are_marked_whoever_is_meant(parser: Parser, text: str, words: set[str]) -> None:
    found = tag_loaded(parser.parse(article(text)))
    assert words <= {part for term in found for part in term.span.of(text).split()}
    assert all(term.score is None or 0.5 <= term.score <= 1 for term in found)


@pytest.mark.parametrize(
    "text",
    [
        "Fierce clashes broke out near the besieged town on Monday, killing nine fighters, a monitor said.",
        "The village, which lies north of the airport, was hit by air strikes that caused heavy damage.",
        "The council condemned the attack and demanded an investigation.",
        "Ministers from the two countries met in Geneva on Tuesday.",
    ],
)
def test_the_plain_words_of_war_are_not(parser: Parser, text: str) -> None:
    assert tag_loaded(parser.parse(article(text))) == ()


@pytest.mark.parametrize(
    "camps",
    [("Republicans", "Democrats"), ("conservatives", "liberals"), ("Muslims", "Christians"), ("Russia", "Ukraine")],
)
@pytest.mark.parametrize(
    "sentence",
    [
        "{} said on Tuesday that the talks would go on.",
        "Critics accused {} of reckless lies about the budget.",
        "The report says that {} killed nine people in the village.",
    ],
)
def test_who_is_told_of_does_not_decide_whether_a_sentence_takes_a_side(
    parser: Parser, camps: tuple[str, str], sentence: str
) -> None:
    chances = []
    for camp in camps:
        text = sentence.format(camp)
        (section,) = worded(parser.parse(Document("d", "c", text, (Segment(0, len(text), "body"),))))
        chances.append(loaded_model().score(section.section.doc[:], section.words).chance)
    assert chances[0] == pytest.approx(chances[1], abs=0.05)


def test_marks_lie_apart_and_a_hostile_text_ends_soon(parser: Parser) -> None:
    text = "vile thugs " * 1_500 + '"' * 200
    begun = time.process_time()
    found = tag_loaded(parser.parse(article(text)))
    assert time.process_time() - begun < 30
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_a_table_with_a_gap_in_its_vector_is_refused() -> None:
    with pytest.raises(VocabularyError, match="numbered from 0"):
        LoadedModel.of(Weights({"vector 1": 0.5}, 0.0, 0.5), Weights({}, 0.0, 0.5))
