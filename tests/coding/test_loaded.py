"""Loaded terms of a document, quoted ones too, and none from what is not coded."""

from __future__ import annotations

from sayso.coding.loaded import tag_loaded
from sayso.coding.parse import Parser
from sayso.model import Document, Segment


def test_spans_are_of_the_document_and_only_of_coded_segments(parser: Parser) -> None:
    text = 'The regime fell.\nRead also: regime news\n"Terrorists" fled the regime.'
    segments = (Segment(0, 16, "title"), Segment(17, 39, "teaser"), Segment(40, len(text), "body"))
    found = tag_loaded(parser.parse(Document("d", "c", text, segments)))
    assert [(t.span.start, t.span.of(text), t.neutral) for t in found] == [
        (4, "regime", "government"),
        (41, "Terrorists", "fighters"),
        (62, "regime", "government"),
    ]
