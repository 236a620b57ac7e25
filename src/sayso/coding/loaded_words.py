"""The words of a sentence as ``loaded_score`` weighs them: which lists they stand in, and where they stand.

A quoted word is somebody else's: it is told apart everywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Token

from sayso.coding.quotes import quotes_of
from sayso.vocabulary.evaluative import NO_KINDS, EvaluativeWords, evaluative_words
from sayso.vocabulary.loaded import LoadedTerms, load_loaded_terms

#: Parts of speech that can carry a judgement.
_CARRIERS = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "INTJ", "AUX", "X"})


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its kinds in ``evaluative_words.yaml``, and ``term KIND`` as a term of ``loaded_terms.csv``."""

    token: Token
    kinds: frozenset[str]
    quoted: bool

    @property
    def carries(self) -> bool:
        """Whether it can be loaded at all: a word of meaning, written with letters."""
        return self.token.pos_ in _CARRIERS and any(sign.isalpha() for sign in self.token.text)


def words_of(
    doc: SpacyDoc, evaluative: EvaluativeWords | None = None, terms: LoadedTerms | None = None
) -> tuple[Word, ...]:
    """Every token of ``doc``, in order. The lists are those that come with Sayso unless given."""
    evaluative = evaluative or evaluative_words()
    terms = terms or load_loaded_terms()
    written = [token.lower_ for token in doc]
    bases = [token.lemma_.lower() for token in doc]
    kinds = [evaluative.kinds(word, base) for word, base in zip(written, bases, strict=True)]
    for row in (written, bases):
        for at in range(len(row)):
            length, found = evaluative.phrase(row, at)
            for number in range(at, at + length):
                kinds[number] = kinds[number] | found | {"phrase"}
    starts = [token.idx for token in doc]
    for term in terms.find(doc.text):
        for number in range(bisect_right(starts, term.start) - 1, len(starts)):
            if starts[number] >= term.end:
                break
            kinds[number] = kinds[number] | {f"term {term.entry.kind}"}
    quoted = [False] * len(starts)
    for quote in quotes_of(doc.text):
        for number in range(bisect_right(starts, quote.start), bisect_right(starts, quote.end - 1)):
            quoted[number] = True
    return tuple(Word(token, kinds[token.i], quoted[token.i]) for token in doc)


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
    if word.kinds:
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
            found += [f"{place} kind {kind}" for kind in beside.kinds or NO_KINDS]
    return found


__all__ = ["Word", "word_features", "words_of"]
