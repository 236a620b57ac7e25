"""The words of a sentence as ``loaded_score`` weighs them: which lists they stand in, and where they stand.

A quoted word is somebody else's: it is told apart everywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.quotes import quotes_of
from sayso.coding.tokens import Doc, Token
from sayso.vocabulary.evaluative import PHRASE, evaluative_words
from sayso.vocabulary.loaded import LoadedFound, LoadedTerms, load_loaded_terms

#: Parts of speech that can carry a judgement.
_CARRIERS = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "INTJ", "AUX", "X"})


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its kinds in ``evaluative_words.yaml``, and ``term KIND`` as a term of ``loaded_terms.csv``."""

    token: Token
    kinds: frozenset[str]
    quoted: bool
    #: Whether a list has it as a word that can be marked.
    listed: bool

    @property
    def carries(self) -> bool:
        """Whether it can be loaded at all: a word of meaning, written with letters."""
        return self.token.pos_ in _CARRIERS and any(sign.isalpha() for sign in self.token.text)


@dataclass(frozen=True, slots=True)
class Worded:
    """A section with its words, and the loaded terms in its text (offsets of the section's own text)."""

    section: Section
    words: tuple[Word, ...]
    terms: tuple[LoadedFound, ...]


def worded(parsed: ParsedDocument, terms: LoadedTerms | None = None) -> tuple[Worded, ...]:
    """The sections of ``parsed`` with their words; ``terms`` are those that come with Sayso unless given."""
    terms = load_loaded_terms() if terms is None else terms
    told = []
    for section in parsed.sections:
        found = tuple(terms.find(section.doc.text))
        told.append(Worded(section, words_of(section.doc, found), found))
    return tuple(told)


def words_of(doc: Doc, terms: Sequence[LoadedFound] | None = None) -> tuple[Word, ...]:
    """Every token of ``doc``, in order. ``terms`` are the loaded terms of its text, found unless given."""
    evaluative = evaluative_words()
    if terms is None:
        terms = load_loaded_terms().find(doc.text)
    tokens = list(doc)
    written = [token.lower_ for token in tokens]
    bases = [token.lemma_.lower() for token in tokens]
    kinds = [
        evaluative.kinds(word, base, token.pos_ == "VERB")
        for word, base, token in zip(written, bases, tokens, strict=True)
    ]
    for row in (written, bases):
        for at, word in enumerate(row):
            if word in evaluative.phrases:
                length, found = evaluative.phrase(row, at)
                for number in range(at, at + length):
                    kinds[number] = kinds[number] | found | {PHRASE}
    starts = [token.idx for token in tokens]
    for term in terms:
        for number in range(bisect_right(starts, term.start) - 1, bisect_left(starts, term.end)):
            kinds[number] = kinds[number] | {f"term {term.entry.kind}"}
    quoted = [False] * len(starts)
    for quote in quotes_of(doc.text):
        for number in range(bisect_right(starts, quote.start), bisect_left(starts, quote.end - 1)):
            quoted[number] = True
    return tuple(
        Word(token, of, inside, evaluative.marks(of)) for token, of, inside in zip(tokens, kinds, quoted, strict=True)
    )


def word_features(words: Sequence[Word], at: int) -> list[str]:
    """What is known of one word, as names of features that are there."""
    word, token = words[at], words[at].token
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    found = [
        f"word {token.lemma_.lower()}",
        f"written {token.lower_}",
        f"head {token.head.lemma_.lower()}",
        f"tag {token.tag_}",
        f"relation {token.dep_}",
        f"ending {token.lower_[-3:]}",
        f"long ending {token.lower_[-4:]}",
        f"beginning {token.lower_[:3]}",
        *(f"kind {kind}" for kind in word.kinds),
    ]
    if word.listed:
        found.append("listed")
    if word.quoted:
        found.append("quoted")
    if token.ent_type_:
        found.append(f"name {token.ent_type_}")
    if "-" in token.text or (after is not None and after.token.text == "-"):
        found.append("hyphen")
    for place, beside in (("before", before), ("after", after)):
        if beside is not None:
            found.append(f"{place} {beside.token.lower_}")
            found += [f"{place} kind {kind}" for kind in beside.kinds]
    return found


__all__ = ["Word", "Worded", "word_features", "worded", "words_of"]
