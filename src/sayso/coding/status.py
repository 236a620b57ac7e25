"""Whether an event happened, goes on, is planned, denied, hypothetical, or alleged."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from sayso.coding.parse import ParsedDocument
from sayso.coding.triggers import Trigger
from sayso.model import Attribution, Status
from sayso.vocabulary.status import StatusVocabulary, status_vocabulary


def status_of(trigger: Trigger, attributions: Sequence[Attribution], parsed: ParsedDocument) -> Status:
    """The status of the event at ``trigger``: what its own words and those that govern it say; else happened."""
    vocabulary = status_vocabulary()
    return _own(trigger.token, vocabulary) or _governed(trigger.token, vocabulary) or "happened"


def _own(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """What modifies the trigger itself."""
    if token.pos_ in ("VERB", "AUX"):
        return _of_verb(token, vocabulary)
    for child in token.children:
        if child.dep_ in ("amod", "compound", "det", "advmod"):
            found = vocabulary.get((child.lower_, "adjective"))
            if found:
                return found
            if child.dep_ == "det" and child.lower_ == "no":
                return "denied"
    return None


def _of_verb(verb: Token, vocabulary: StatusVocabulary) -> Status | None:
    """Negation, hearsay, modals, tense and marks of a verb."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.dep_ == "neg" for c in verb.children):
        return "denied"
    for child in verb.children:
        if child.dep_ == "advmod":
            found = vocabulary.get((child.lower_, "adverb"))
            if found:
                return found
        if child.dep_ == "mark":
            found = vocabulary.get((child.lower_, "mark"))
            if found:
                return found
    perfect = any(c.lemma_ == "have" for c in auxiliaries)
    for auxiliary in auxiliaries:
        found = vocabulary.get((auxiliary.lower_, "auxiliary"))
        if found and not (perfect and found == "planned"):
            return found
    if verb.tag_ == "VBG" and any(c.lower_ in ("is", "are", "'re", "'s", "been") for c in auxiliaries):
        return "ongoing"
    return None


def _governed(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """What the words above the trigger make of it, nearest first."""
    below = token
    for _ in range(8):
        above = below.head
        if above == below:
            return None
        if below.dep_ == "prep" and vocabulary.get((below.lower_, "preposition")):
            return vocabulary[below.lower_, "preposition"]
        relation = below.dep_
        if above.pos_ in ("VERB", "AUX"):
            if relation in ("dobj", "xcomp", "ccomp", "pobj", "pcomp", "prep", "nsubjpass", "oprd"):
                found = vocabulary.get((above.lemma_.lower(), "verb"))
                if found:
                    return found
            if relation in ("nsubj", "nsubjpass", "dobj", "conj", "xcomp", "prep", "pobj"):
                found = _of_verb(above, vocabulary)
                if found:
                    return found
            if relation in ("ccomp", "advcl", "parataxis", "conj"):
                return None
        elif above.pos_ == "NOUN":
            found = vocabulary.get((above.lemma_.lower(), "noun"))
            if found and relation in ("prep", "acl", "compound", "pobj", "pcomp"):
                return found
            if relation == "relcl":
                return None
        below = above
    return None
