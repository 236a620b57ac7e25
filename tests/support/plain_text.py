"""Texts as documents without furniture, and the triggers in them, for tests of what coding finds."""

from __future__ import annotations

from datetime import date

from sayso.coding.parse import ParsedDocument
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment, Written


def article(text: str, written: date | Written | None = None) -> Document:
    """A document that is all body; ``written``, if a day, is the one its user gives."""
    if isinstance(written, date):
        written = Written(written, written, written, "given", ())
    return Document("doc", "cap", text, (Segment(0, len(text), "body"),), written=written)


def trigger_at(parsed: ParsedDocument, word: str, kind: str = "armed_clash") -> Trigger:
    """The first token ``word`` as a trigger of an event of ``kind``."""
    for sentence in parsed.sentences:
        for token in sentence.tokens:
            if token.text == word:
                return Trigger(token, sentence.section.span(token), sentence, kind)
    raise AssertionError(f"{word!r} is not in the text")
