"""Frames whose content does not stand behind its verb, or not all of it.

"As X said, A"; "what X called a trap"; "the town which X says has fallen": the relative word is part of what is said.
"""

from __future__ import annotations

from sayso.coding.attribution_words import Frame, Range, cue_range, edges
from sayso.coding.parse import Sentence
from sayso.coding.sources import noun_phrase, subject_of
from sayso.coding.tokens import Token
from sayso.vocabulary.attribution import Cue

_WH = frozenset({"WDT", "WP", "WP$"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr", "dative"})


def as_said(verb: Token, cue: Cue, sentence: Sentence) -> Frame | None:
    """As X said, A: the content is the sentence that the clause stands in."""
    if verb.dep_ != "advcl" or verb.left_edge.lower_ != "as" or "clause" not in cue.frames:
        return None
    source = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if source is None or source.lower_ == "it" or any(c.dep_ in _COMPLEMENTS for c in verb.rights):
        return None
    left, right = edges(verb)
    first, last = sentence.tokens.start, sentence.tokens.end - 1
    if right < last and not (verb.doc[right].is_punct or verb.doc[right + 1].is_punct):
        return None
    content = [r for r in ((first, left - 1), (right + 1, last)) if r[0] <= r[1]]
    return [noun_phrase(source)], [cue_range(verb)], content


def with_relative(frame: Frame | None, verb: Token, cue: Cue) -> Frame | None:
    """The frame with the relative word that belongs to what is said, or the frame that such a word alone makes."""
    source = subject_of(verb)
    if source is None or source.i > verb.i or source.tag_ in _WH:
        return frame
    before = noun_phrase(source)[0]
    word = next((t for t in verb.doc[verb.left_edge.i : before] if t.tag_ in _WH or t.tag_ == "WRB"), None)
    if frame is None:
        if cue.kind not in ("report", "assert", "hold") or "object" not in cue.frames:
            return None
        piece = _noun_before(verb, before) if word is None else _phrase(word, verb, before)
        return ([noun_phrase(source)], [_with_preposition(verb)], [piece]) if piece else None
    said, words, content = frame
    if word is None or len(content) != 1 or content[0][0] < words[0][0]:
        return frame
    left, right = content[0]
    if not (left <= word.head.i <= right or (word.head == verb and word.dep_ == "dobj")):
        return frame
    piece = _phrase(word, verb, before)
    return (said, words, [piece, *content]) if piece else frame


def _phrase(word: Token, verb: Token, before: int) -> Range | None:
    """The relative word, with the noun it stands before ("whose conclusions")."""
    if word.tag_ == "WRB" or (word.i and word.nbor(-1).pos_ == "ADP"):
        return None
    head = word
    while head.dep_ in ("poss", "det") and head.i < head.head.i < before:
        head = head.head
    return word.i, head.i


def _noun_before(verb: Token, before: int) -> Range | None:
    """The noun that a clause without a relative word says more of: "the remedies he has promoted"."""
    if verb.dep_ != "relcl" or verb.head.i != before - 1 or verb.head.pos_ not in ("NOUN", "PROPN"):
        return None
    return verb.head.left_edge.i, verb.head.i


def _with_preposition(verb: Token) -> Range:
    """The cue with the preposition left behind by the relative word: "which X pointed to"."""
    left, right = cue_range(verb)
    after = verb.doc[right + 1] if right + 1 < len(verb.doc) else None
    stranded = after is not None and after.head == verb and after.dep_ == "prep" and not any(after.children)
    return (left, right + 1) if stranded else (left, right)
