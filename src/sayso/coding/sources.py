"""The noun phrases that speak: the subject of a reporting verb, and names that stand directly before it."""

from __future__ import annotations

from sayso.coding.parse import Section
from sayso.coding.tokens import Doc, Token, Tokens
from sayso.model import Span
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


def words_at(section: Section, span: Span) -> Tokens | None:
    """The tokens that ``span`` touches, None where it lies outside the section."""
    return section.doc.char_span(span.start - section.offset, span.end - section.offset)


def subject_of(verb: Token) -> Token | None:
    """Head noun of whoever does ``verb``: its nearest subject, or that of the verb it is joined or attached to."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if subjects:
        return min(subjects, key=lambda c: abs(c.i - verb.i))
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    joined = verb.dep_ == "conj" or (verb.tag_ == "VBG" and verb.dep_ in ("advcl", "xcomp", "ccomp", "pcomp", "prep"))
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if joined and above.pos_ in ("VERB", "AUX") and above != verb:
        return subject_of(above)
    return None


def noun_phrase(head: Token) -> tuple[int, int]:
    """First and last token of the phrase of ``head``: with what modifies it, without relative clauses."""
    left, right = head.left_edge.i, head.i
    for child in head.rights:
        if child.dep_ == "punct":
            continue
        if child.dep_ in ("relcl", "acl"):
            right = child.right_edge.i
            continue
        if child.dep_ in ("relcl", "advcl", "ccomp") or (child.dep_ == "acl" and child.tag_ != "VBN"):
            break
        right = child.right_edge.i
    return left, _closed(head.doc, left, right)


def _closed(doc: Doc, left: int, right: int) -> int:
    """The last token, with the bracket that closes what stands open before it: "Jo Lee (D-Ohio)"."""
    words = [t.text for t in doc[left : right + 2]]
    if words[-1] == ")" and right + 1 < len(doc) and words[:-1].count("(") > words[:-1].count(")"):
        return right + 1
    return right


def opening_phrase(left: int, verb: Token, first: int) -> tuple[int, int] | None:
    """The name a sentence opens with, where the parse took a later description for the subject.

    Text that has lost its commas reads "The Civil Defence a group of first responders said": the parse names "group"
    (which begins at ``left``) the subject. Gives the whole stretch, or only the name where a relative clause follows it
    ("The Observatory which relies on ... medics said"), and None where the stretch holds anything else.
    """
    doc = verb.doc
    at = first
    while at < left and (doc[at].pos_ in ("ADV", "PUNCT", "CCONJ", "SPACE", "ADP", "SCONJ") or is_time(doc[at])):
        at = doc[at].right_edge.i + 1 if doc[at].pos_ == "ADP" and doc[at].right_edge.i < left else at + 1
    if at >= left or doc[at].pos_ not in ("DET", "PROPN", "NOUN", "ADJ"):
        return None
    named = False
    for index in range(at, left):
        token = doc[index]
        if token.tag_ in ("WDT", "WP"):
            return (at, index - 1) if named else None
        if token.pos_ in ("VERB", "AUX") and token.tag_ != "VBN":
            return None
        named = named or token.pos_ in ("PROPN", "NOUN")
    return (at, -1) if named and doc[left].pos_ in ("DET", "PROPN", "NOUN", "ADJ") else None


def is_time(token: Token) -> bool:
    """Whether ``token`` is part of a date or a time of day."""
    return token.ent_type_ in ("DATE", "TIME")


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
