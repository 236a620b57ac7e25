"""Loaded language: the words of a document that take a side, each with a neutral one beside it where there is one.

Terms of ``loaded_terms.csv`` are marked wherever they stand. Words of ``evaluative_words.yaml`` are marked where the
learned score finds them loaded in a sentence that takes a side. Quoted words are marked too and said to be quoted: they
are somebody's, and a reader should see that they are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.coding.loaded_score import LoadedModel, loaded_model
from sayso.coding.loaded_words import Word, Worded, worded
from sayso.coding.parse import ParsedDocument, Section
from sayso.model import LoadedTerm, Span
from sayso.vocabulary.evaluative import evaluative_words


def tag_loaded(
    parsed: ParsedDocument, sections: Sequence[Worded] | None = None, model: LoadedModel | None = None
) -> tuple[LoadedTerm, ...]:
    """Every loaded term and word in the coded segments, in the order of the text, not overlapping.

    ``sections`` are those of ``worded(parsed)``, ``model`` is the one that comes with Sayso unless given.
    """
    model = loaded_model() if model is None else model
    sections = worded(parsed) if sections is None else sections
    return tuple(term for section in sections for term in _of_section(section, model))


def _of_section(told: Worded, model: LoadedModel) -> list[LoadedTerm]:
    section, words = told.section, told.words
    found: list[LoadedTerm] = []
    covered: set[int] = set()
    for term in told.terms:
        inside = [word for word in words if term.start <= word.token.idx < term.end]
        covered.update(word.token.i for word in inside)
        span = Span(section.offset + term.start, section.offset + term.end)
        quoted = any(word.quoted for word in inside)
        found.append(LoadedTerm(span, term.entry.neutral, term.entry.kind, quoted))
    for sentence in section.doc.sents:
        here = words[sentence.start : sentence.end]
        # Of a sentence with no listed word nothing would be marked.
        if any(word.listed for word in here):
            score = model.score(sentence, here)
            if score.chance >= model.threshold:
                loaded = [here[at] for at in score.words if here[at].listed and here[at].token.i not in covered]
                found += _marked(section, loaded, round(score.chance, 3))
    return sorted(found, key=lambda term: term.span)


def _marked(section: Section, loaded: Sequence[Word], chance: float) -> Iterator[LoadedTerm]:
    """The ``loaded`` words of a sentence; neighbours are one mark."""
    silent = evaluative_words().silent
    runs: list[list[Word]] = []
    for word in loaded:
        if runs and runs[-1][-1].token.i == word.token.i - 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        span = Span(section.span(run[0].token).start, section.span(run[-1].token).end)
        kind = min(kind for word in run for kind in word.kinds - silent)
        yield LoadedTerm(span, None, kind, run[0].quoted, chance)


__all__ = ["tag_loaded"]
