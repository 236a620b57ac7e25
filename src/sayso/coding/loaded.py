"""Loaded language: the words of a document that take a side, each with a neutral one beside it where there is one.

Quoted words are marked too: they are somebody's, and a reader should see that they are loaded.
"""

from __future__ import annotations

from sayso.coding.parse import ParsedDocument
from sayso.model import CODED_KINDS, LoadedTerm, Span
from sayso.vocabulary.loaded import LoadedTerms, load_loaded_terms


def tag_loaded(parsed: ParsedDocument, terms: LoadedTerms | None = None) -> tuple[LoadedTerm, ...]:
    """Every loaded term in the coded segments, in the order of the text.

    ``terms`` are those that come with Sayso unless given.
    """
    terms = load_loaded_terms() if terms is None else terms
    found: list[LoadedTerm] = []
    for segment in parsed.document.segments:
        if segment.kind in CODED_KINDS:
            for term in terms.find(parsed.text[segment.start : segment.end]):
                span = Span(segment.start + term.start, segment.start + term.end)
                found.append(LoadedTerm(span, term.entry.neutral))
    return tuple(found)


__all__ = ["load_loaded_terms", "tag_loaded"]
