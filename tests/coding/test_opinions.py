"""Passages of opinion: the document's own, not what it cites others for, and none in a plain report."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from sayso.coding.attribution import tag_attributions
from sayso.coding.opinions import tag_opinions
from sayso.coding.parse import Parser
from sayso.model import Document, Opinion, Segment


def opinions(parser: Parser, text: str, kind: str = "body") -> tuple[Opinion, ...]:
    parsed = parser.parse(Document("d", "c", text, (Segment(0, len(text), kind),)))  # type: ignore[arg-type]
    return tag_opinions(parsed, tag_attributions(parsed))


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("The world must act now, and it must not look away again.", {"must"}),
        ("Sadly, our leaders have learned nothing from this shameful war.", {"Sadly", "our", "shameful"}),
        ("Should we really trust such cynical promises?", {"we", "cynical", "?"}),
        ("It is absurd and dangerous to ignore this reckless policy.", {"absurd", "reckless"}),
    ],
)
def test_a_writer_who_judges_is_heard(parser: Parser, text: str, cues: set[str]) -> None:
    (found,) = opinions(parser, text)
    assert found.span.of(text) == text
    assert cues <= {cue.of(text) for cue in found.cues}
    assert 0.5 <= found.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Government forces entered the town of Hajar on Sunday after three days of fighting, killing 14 fighters.",
        '"We must act now, and we must not look away from this shameful war," the minister said.',
        "The minister said that the world must act now and that it was shameful to look away.",
        "The brutal winter of 2013 killed 12 people in the camps near Dara, according to the agency.",
        "The US carried out two strikes on Monday.",
    ],
)
def test_reports_and_the_words_of_others_are_not(parser: Parser, text: str) -> None:
    assert opinions(parser, text) == ()


def test_neighbouring_sentences_are_one_passage_and_others_stay_out(parser: Parser) -> None:
    judged = "The world must act now. It is shameful and absurd to look away again."
    text = f"Troops entered the town on Monday. {judged} Four people were wounded on Tuesday."
    (found,) = opinions(parser, text)
    assert found.span.of(text) == judged


def test_only_the_body_has_a_voice(parser: Parser) -> None:
    assert opinions(parser, "The world must act now!", "caption") == ()


def test_passages_lie_apart_and_a_hostile_text_ends_soon(parser: Parser) -> None:
    text = "We must act, shamefully late! " * 800 + "? " * 2_000
    begun = time.process_time()
    found = opinions(parser, text)
    assert time.process_time() - begun < 60
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(one.span.contains(cue) for one in found for cue in one.cues)
