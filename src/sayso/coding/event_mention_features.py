"""What speaks for a trigger being a report of an event: the features that ``event_mention_weights.csv`` weighs.

Each is a short readable text that is there or not ("dep relcl", "object people"). Names are left out: a model that
learned places and persons by heart would know one war. ``training/event_model.py`` learns the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.coding.parse import Sentence
from sayso.coding.syntax import governing_verb, is_passive, lemma, patients, subjects
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.vocabulary.triggers import SAME

#: Words on either side of a trigger that count as near.
_NEAR = 6
#: Steps up the tree that are looked at.
_ABOVE = 6
_WORDED = frozenset({"aux", "auxpass", "neg", "mark", "det", "poss", "prep", "prt", "agent", "expl"})
_COUNTED = frozenset({"nummod", "advmod", "amod", "compound", "npadvmod"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "conj", "appos", "pcomp"})
#: Limits of the intervals in which a sentence's number is told.
_SENTENCES = (0, 1, 2, 5, 14)
#: Features that mean different things for different types and words: "under tag VBD" of a meeting and of a strike. Each
#: is told once more with the type, or the lemma, before it. Out of fold this ranks triggers better (average precision
#: .903 for .891).
_OF_TYPE = ("tag ", "dep ", "lemma ", "verb ", "sentence ", "type told", "under dep")
_OF_LEMMA = ("tag ", "dep ", "verb tag", "sentence ", "lemma told", "type told", "under dep")
_OPENERS = frozenset({'"', "“"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The other triggers of a document, and where it told of a lemma or a type for the first time (sentence index)."""

    by_sentence: dict[int, tuple[Trigger, ...]]
    lemma_first: dict[str, int]
    type_first: dict[str, int]
    opening: frozenset[str]

    @classmethod
    def of(cls, triggers: Sequence[Trigger], sentences: Sequence[Sentence]) -> Surroundings:
        """``sentences`` are all of the document, ``triggers`` all of its triggers."""
        by_sentence: dict[int, list[Trigger]] = {}
        lemma_first: dict[str, int] = {}
        type_first: dict[str, int] = {}
        for trigger in triggers:
            index = trigger.sentence.index
            by_sentence.setdefault(index, []).append(trigger)
            lemma_first.setdefault(lemma(trigger.token), index)
            type_first.setdefault(trigger.type, index)
        heads = (s for s in sentences if s.index == 0 or s.section.is_headline)
        opening = frozenset(lemma(token) for sentence in heads for token in sentence.tokens)
        return cls({k: tuple(v) for k, v in by_sentence.items()}, lemma_first, type_first, opening)


def mention_features(trigger: Trigger, around: Surroundings) -> list[str]:
    """The features of ``trigger``."""
    token = trigger.token
    found = [
        *_own_words(trigger),
        *_dependents(token),
        *_governors(token),
        *_arguments(token),
        *_company(trigger, around),
        *_position(trigger, around),
        *_neighbours(trigger),
    ]
    found += [
        *(f"{trigger.type}: {feature}" for feature in found if feature.startswith(_OF_TYPE)),
        *(f"{lemma(token)}: {feature}" for feature in found if feature.startswith(_OF_LEMMA)),
    ]
    return found


def _word(token: Token) -> str:
    """The lemma, or for a name what kind of thing bears it."""
    if token.pos_ == "PROPN" or token.ent_type_ in ("PERSON", "GPE", "ORG", "NORP", "FAC", "LOC"):
        return token.ent_type_ or "NAME"
    return "NUMBER" if token.like_num else lemma(token)


def _own_words(trigger: Trigger) -> Iterator[str]:
    token = trigger.token
    yield f"lemma {lemma(token)}"
    yield f"tag {token.tag_}"
    yield f"dep {token.dep_}"
    yield f"type {trigger.type}"
    raw = trigger.rule.partition("/")[0]
    if raw == SAME:
        yield "type of another"
    if trigger.later:
        yield "points back"
    if trigger.span.end - trigger.span.start > len(token):
        yield "phrase"


def _dependents(token: Token) -> Iterator[str]:
    for child in token.children:
        yield f"child {child.dep_}"
        if child.dep_ in _WORDED:
            yield f"{child.dep_} {lemma(child)}"
        elif child.dep_ in _COUNTED:
            yield f"modifier {_word(child)}"
        if child.ent_type_:
            yield f"{child.dep_} is {child.ent_type_}"
        for inner in child.children:
            if inner.dep_ == "pobj":
                yield f"{lemma(child)} {inner.ent_type_ or 'common'}"


def _governors(token: Token) -> Iterator[str]:
    head = token.head
    if head.i != token.i:
        yield f"under {_word(head)}"
        yield f"under tag {head.tag_}"
        yield f"under dep {head.dep_}"
    if token.dep_ == "pobj":
        yield f"by preposition {lemma(head)}"
        yield f"by preposition under {_word(head.head)}"
    verb = governing_verb(token) if token.pos_ not in ("VERB", "AUX") else (head if head.pos_ == "VERB" else None)
    if verb is not None:
        yield f"verb {lemma(verb)}"
        yield f"verb tag {verb.tag_}"
    depth = 0
    for above in islice(token.ancestors, _ABOVE):
        depth += 1
        if above.dep_ in _CLAUSES:
            yield f"inside {above.dep_}"
        if above.pos_ == "VERB":
            yield f"inside verb {lemma(above)}"
    yield f"depth {depth}"


def _arguments(token: Token) -> Iterator[str]:
    if token.pos_ not in ("VERB", "AUX"):
        return
    if is_passive(token):
        yield "passive"
    doers, hit = subjects(token)[:3], patients(token)[:3]
    yield f"subject {bool(doers)} object {bool(hit)}"
    for noun in doers:
        yield f"subject {_word(noun)}"
    for noun in hit:
        yield f"object {_word(noun)}"


def _company(trigger: Trigger, around: Surroundings) -> Iterator[str]:
    token = trigger.token
    beside = [other for other in around.by_sentence.get(trigger.sentence.index, ()) if other is not trigger]
    heads = {other.token.i: other for other in beside}
    for other in beside:
        yield f"beside {other.type}"
    before = [other for other in beside if other.token.i < token.i]
    yield f"triggers before {min(len(before), 3)} after {min(len(beside) - len(before), 3)}"
    if any(other.type == trigger.type for other in before):
        yield "same type before it"
    if token.head.i in heads:
        yield f"under trigger {heads[token.head.i].type == trigger.type}"
    if any(child.i in heads for child in token.children):
        yield "over trigger"


def _position(trigger: Trigger, around: Surroundings) -> Iterator[str]:
    sentence, own = trigger.sentence, lemma(trigger.token)
    yield f"segment {sentence.section.segment.kind}"
    yield f"sentence {next((limit for limit in _SENTENCES if sentence.index <= limit), 'late')}"
    yield f"length {min(len(sentence.tokens) // 12, 4)}"
    told = sentence.index - around.lemma_first.get(own, sentence.index)
    yield f"lemma told {_steps(told)}"
    yield f"type told {_steps(sentence.index - around.type_first.get(trigger.type, sentence.index))}"
    if sentence.index and own in around.opening:
        yield "lemma of the opening"


def _steps(sentences: int) -> str:
    return "now" if sentences == 0 else ("just before" if sentences <= 1 else ("near" if sentences <= 4 else "far"))


def _neighbours(trigger: Trigger) -> Iterator[str]:
    token, bounds = trigger.token, trigger.sentence.tokens
    opened = sum(word.text in _OPENERS for word in token.doc[bounds.start : token.i])
    if opened % 2:
        yield "in quotation marks"
    for kind in dict.fromkeys(word.ent_type_ for word in bounds if word.ent_type_):
        yield f"sentence names {kind}"
    near = token.doc[max(bounds.start, token.i - _NEAR) : min(bounds.end, token.i + _NEAR + 1)]
    for kind in dict.fromkeys(word.ent_type_ for word in near if word.ent_type_):
        yield f"near {kind}"
    if any(word.like_num for word in near):
        yield "near number"
    for word in near:
        if word.i != token.i and (word.is_alpha or word.like_num):
            yield f"{'before' if word.i < token.i else 'after'} {_word(word)}"
