"""Passages in which the document itself judges, argues, advises or appeals: its opinion, marked as such.

What somebody is cited for is theirs: a sentence of which much lies in that is left out. A passage is a run of sentences
that a logistic regression takes for opinion, each with words that show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.coding.loaded_numbers import FIRST_PERSON, sentence_numbers
from sayso.coding.loaded_words import Word, Worded, worded
from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.tokens import Tokens
from sayso.model import Attribution, Opinion, Span
from sayso.vocabulary.evaluative import PLAIN
from sayso.vocabulary.weights import Weights, packaged_weights

FILE = "opinion_weights.csv"
#: Kinds of words that show an opinion, beside those that can be marked as loaded.
_SHOWS = frozenset({"normative", "stance"})
_SIGNS = frozenset({"?", "!"})
#: A sentence of which a larger share lies in what others are cited for is theirs.
_OTHERS = 0.4


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    cues: tuple[Span, ...]
    chance: float


def tag_opinions(
    parsed: ParsedDocument,
    attributions: Sequence[Attribution],
    sections: Sequence[Worded] | None = None,
    weights: Weights | None = None,
) -> tuple[Opinion, ...]:
    """The passages of opinion in the body, in the order of the text.

    ``sections`` are those of ``worded(parsed)``, ``weights`` those that come with Sayso unless given.
    """
    weights = opinion_weights() if weights is None else weights
    cited = sorted({span for one in attributions if not _is_own(parsed.text, one) for span in one.content})
    return tuple(
        passage
        for section in (worded(parsed) if sections is None else sections)
        if section.section.segment.kind == "body"
        for passage in _passages(parsed.text, section, cited, weights)
    )


def opinion_numbers(tokens: Tokens, words: Sequence[Word]) -> dict[str, float]:
    """What the regression sees of a sentence."""
    first = words[0].token if words else None
    return sentence_numbers(tokens, words) | {
        "begins with a verb": float(first is not None and first.tag_ == "VB"),
        "root is to be": float(tokens.root.lemma_ == "be"),
        "root is present": float(tokens.root.tag_ in ("VBZ", "VBP")),
        "subject is this": float(any(t.dep_ == "nsubj" and t.lower_ in ("this", "that", "it") for t in tokens)),
        "shows": float(sum(_shows(word) for word in words)),
    }


def _passages(text: str, told: Worded, cited: Sequence[Span], weights: Weights) -> Iterator[Opinion]:
    run: list[_Sentence] = []
    for sentence in told.section.doc.sents:
        found = _opinion(told.section, sentence, told.words[sentence.start : sentence.end], cited, weights)
        if run and (found is None or "\n\n" in text[run[-1].span.end : found.span.start]):
            yield _passage(run)
            run = []
        if found is not None:
            run.append(found)
    if run:
        yield _passage(run)


def _passage(run: Sequence[_Sentence]) -> Opinion:
    cues = tuple(cue for sentence in run for cue in sentence.cues)
    return Opinion(Span(run[0].span.start, run[-1].span.end), cues, round(max(one.chance for one in run), 3))


def _opinion(
    section: Section, tokens: Tokens, words: Sequence[Word], cited: Sequence[Span], weights: Weights
) -> _Sentence | None:
    shown = [word for word in words if _shows(word)]
    span = _trimmed(section, tokens)
    # "We" alone shows nothing: many a page has lost the marks of its quotations.
    if all(word.token.lower_ in FIRST_PERSON for word in shown) or _share(span, cited) > _OTHERS:
        return None
    chance = weights.chance_by(opinion_numbers(tokens, words))
    if chance < weights.threshold:
        return None
    return _Sentence(span, tuple(section.span(word.token) for word in shown), chance)


def _trimmed(section: Section, tokens: Tokens) -> Span:
    whole = section.span(tokens)
    return Span(whole.start, whole.start + len(tokens.text.rstrip()))


def _shows(word: Word) -> bool:
    if word.quoted or PLAIN in word.kinds:
        return False
    written = word.token.text
    first_person = written != "US" and written.lower() in FIRST_PERSON
    return word.listed or first_person or written in _SIGNS or not _SHOWS.isdisjoint(word.kinds)


def _is_own(text: str, attribution: Attribution) -> bool:
    """Whether the writer speaks: "we trust that..." cites nobody else."""
    return any(source.of(text).lower() in FIRST_PERSON for source in attribution.source)


def _share(span: Span, cited: Sequence[Span]) -> float:
    """How much of ``span`` lies in the ``cited`` spans (in order), 0 to 1."""
    inside, reached = 0, span.start
    for content in cited:
        start, end = max(content.start, reached), min(content.end, span.end)
        if start < end:
            inside += end - start
            reached = end
    return inside / max(1, span.end - span.start)


@cache
def opinion_weights() -> Weights:
    """The table that comes with Sayso, read once; ``VocabularyError`` if it is missing or malformed."""
    return packaged_weights(FILE)


__all__ = ["opinion_numbers", "opinion_weights", "tag_opinions"]
