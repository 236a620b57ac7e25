"""The noun phrases that speak: the subject of a reporting verb, and names that stand directly before it."""

from __future__ import annotations

from spacy.tokens import Token

from sayso.vocabulary.attribution import AttributionVocabulary, SourceKind

_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})


def source_kind(token: Token, vocabulary: AttributionVocabulary) -> SourceKind | None:
    """What kind of source ``token`` names; None where it names none."""
    kind = vocabulary.sources.get(token.lower_) or vocabulary.sources.get(token.lemma_.lower())
    if kind:
        return kind
    if token.ent_type_ == "PERSON":
        return "person"
    return "group" if token.ent_type_ in _NAMES else None


def subject_of(verb: Token) -> Token | None:
    """Head noun of whoever does ``verb``: its nearest subject, or that of the verb it is joined or attached to."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if subjects:
        nearest = min(subjects, key=lambda c: abs(c.i - verb.i))
        if nearest.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
            return verb.head
        return nearest
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    if verb.dep_ in ("acl",) and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in ("advcl", "xcomp", "ccomp") and verb.tag_ == "VBG" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    return None


def noun_phrase(head: Token) -> tuple[int, int]:
    """First and last token of the phrase of ``head``: its words without relative clauses and what follows them."""
    left, right = head.left_edge.i, head.i
    for child in head.rights:
        if child.dep_ in ("relcl", "acl", "advcl", "ccomp", "punct", "cc", "conj") and child.dep_ not in ("cc", "conj"):
            if child.dep_ == "punct":
                continue
            break
        right = child.right_edge.i
    return left, max(right, head.i)


def phrase_left_of(end: int, verb: Token, vocabulary: AttributionVocabulary) -> tuple[int, int] | None:
    """The noun phrase of a source that ends just before token ``end``, where the parse gave the verb no subject."""
    if end == 0:
        return None
    token = verb.doc[end - 1]
    best: tuple[int, int] | None = None
    for _ in range(12):
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.right_edge.i <= end - 1 and source_kind(token, vocabulary):
            best = token.left_edge.i, end - 1
            break
        if token.head == token or token.head.i >= end:
            break
        token = token.head
    return best
