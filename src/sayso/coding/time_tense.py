"""Past or future: the tense of the clause a time expression stands in."""

from __future__ import annotations

from sayso.coding.parse import Section
from sayso.coding.tokens import Token
from sayso.vocabulary.times import time_vocabulary

#: So far up the tree a governing verb is looked for.
_STEPS = 12


def tense_at(section: Section, start: int, end: int) -> int:
    """-1 past, 1 future, 0 neither, of the clause that holds the words ``start``..``end`` of the section's text."""
    span = section.doc.char_span(start, end)
    if span is None or not len(span):
        return 0
    return tense_of(span.root)


def tense_of(token: Token) -> int:
    """The tense of the nearest verb that governs ``token`` (or is it): -1, 0 or 1."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX"):
            found = _verb_tense(token)
            if found is not None:
                return found
        if token.head is token or token.head.i == token.i:
            return 0
        token = token.head
    return 0


def _helped(word: Token) -> list[Token]:
    """The children of a verb, or of the verb that an adjective complements ("had been due")."""
    verb = word if word.pos_ in ("VERB", "AUX") or word.dep_ not in ("acomp", "attr", "oprd") else word.head
    return list(verb.children)


def _verb_tense(verb: Token) -> int | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & time_vocabulary().context["ahead"]:
        return 1
    if "to" in words:
        if verb.head.lemma_.lower() not in time_vocabulary().context["plan"]:
            return None
        # "had been due to expire on Friday": what was planned then is past now
        return -1 if any(child.dep_ == "aux" and child.lower_ == "had" for child in _helped(verb.head)) else 1
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helpers) or "had" in words:
        due = verb.lemma_.lower() in time_vocabulary().context["scheduled"] and verb.tag_ == "VBN"
        return 1 if due else -1
    if words & {"has", "have", "'ve", "’ve"}:
        return -1
    if verb.tag_ == "VBN":
        return 1 if verb.lemma_.lower() in time_vocabulary().context["scheduled"] else -1
    if verb.tag_ == "VBG" and words & {"is", "are", "'s", "’s", "'re"}:
        return 0
    return None if verb.tag_ in ("VBG", "VB") else 0
