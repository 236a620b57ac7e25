"""Whom a pronoun stands for, where the text leaves no doubt.

A rule, not a model: the pronoun takes the one fitting subject of its own sentence before it, or else of the sentence
before; where two different ones fit, it stays open. "Who" and "which" take the noun that they hang on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sayso.coding.tokens import Token

_HE_SHE = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

Kind = Callable[[Token], str | None]
"""Tells "one" (a person), "many" (people), "body" (a group, force or state) or None (no actor) of a noun."""


def antecedent(pronoun: Token, kind: Kind) -> Token | None:
    """The head of the phrase that ``pronoun`` stands for, or None where that is not safe to say."""
    word = pronoun.lower_
    if word in _RELATIVE:
        return _relative(pronoun)
    if word in _HE_SHE:
        wanted = {"one"}
    elif word in _THEY:
        wanted = {"many", "body"}
    elif word in _IT:
        wanted = {"body"}
    else:
        return None
    return _only(pronoun, wanted, kind)


def group_meant(noun: Token, kind: Kind) -> Token | None:
    """What "the group", "the organisation" stands for, by the same rule as "it"."""
    return _only(noun, {"body"}, kind)


def _relative(pronoun: Token) -> Token | None:
    for above in pronoun.ancestors:
        if above.dep_ == "relcl":
            return above.head
    return None


def _only(pronoun: Token, wanted: set[str], kind: Kind) -> Token | None:
    for window in _windows(pronoun):
        fitting = [token for token in window if token is not pronoun and kind(token) in wanted]
        if fitting:
            words = {token.lower_ for token in fitting}
            return fitting[-1] if len(words) == 1 else None
    return None


def _windows(pronoun: Token) -> Iterator[list[Token]]:
    sentence = pronoun.sent
    yield [t for t in pronoun.doc[sentence.start : pronoun.i] if t.dep_ in _SUBJECTS and t.pos_ != "PRON"]
    if sentence.start > 0:
        before = pronoun.doc[sentence.start - 1].sent
        yield [t for t in before if t.dep_ in _SUBJECTS and t.pos_ != "PRON"]
