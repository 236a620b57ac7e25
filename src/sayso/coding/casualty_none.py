"""Words that say nobody was killed or injured.

Zero is told, never concluded. "No casualties were reported" says that nobody reported any, "no visible injuries" that
none could be seen, "none of its soldiers" and "no casualties among civilians" nothing about others: then the number
stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.casualty_words import cue_of
from sayso.coding.parse import Sentence
from sayso.coding.quantities import Quantity
from sayso.coding.tokens import Token
from sayso.vocabulary.numbers import CasualtyKind, CountVocabulary

_NOBODY = frozenset({"nobody", "none"})
_ANYBODY = frozenset({"one", "person", "people"})
#: Words of telling and knowing: of what nobody was told or knows there may be some.
_UNSURE = frozenset({"report", "believe", "know", "confirm", "say", "announce", "record", "register", "think"})
#: What an attack does with casualties, if it has any, and what it is that ends in them.
_CAUSING = frozenset({"cause", "leave", "produce", "inflict", "claim", "involve"})
_ENDING = frozenset({"result", "lead", "end", "pass"})
#: After these, the words speak of some only: "no casualties among civilians", "no deaths on our side".
_OF_SOME = frozenset({"among", "amongst", "on", "to", "from", "for", "of"})
_MODALS = frozenset({"will", "would", "may", "might", "could", "should", "can"})


def nobody_in(sentence: Sentence) -> Iterator[tuple[Token, Quantity]]:
    """Each "nobody", "no one", "no people" as a noun and the number 0; "none of" some is not everybody."""
    doc = sentence.section.doc
    for token in sentence.tokens:
        after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        if token.lower_ in _NOBODY and after != "of":
            yield token, Quantity(token.i, token.i, token.i, 0, 0)
        elif token.lower_ == "no" and after in _ANYBODY:
            yield doc[token.i + 1], Quantity(token.i, token.i + 1, token.i + 1, 0, 0)


def is_unsure(noun: Token, verb: Token) -> bool:
    """Whether nobody is only said to be known or reported: "no one was reported killed"."""
    first, last = sorted((noun.i, verb.i))
    return any(token.lemma_.lower() in _UNSURE for token in noun.doc[first:last])


def no_casualties_in(
    sentence: Sentence, vocabulary: CountVocabulary
) -> Iterator[tuple[Token, Quantity, tuple[CasualtyKind, ...]]]:
    """Each noun that says there were none, the number phrase, and what: "there were no injuries"."""
    doc = sentence.section.doc
    for token in sentence.tokens:
        cue = cue_of(token, vocabulary) if token.pos_ == "NOUN" else None
        if cue is None or not cue[1] & {"count", "both"} or _is_qualified(token):
            continue
        determiner = doc[token.i - 1] if token.i else token
        denies = determiner.lower_ in ("no", "zero") and _is_there(token)
        if denies or _is_without(token):
            left = determiner.i if determiner.lower_ in ("no", "zero", "any", "without") else token.i
            kinds: tuple[CasualtyKind, ...] = ("killed", "injured") if "both" in cue[1] else (cue[0],)
            yield token, Quantity(left, token.i, token.i, 0, 0), kinds


def _is_qualified(noun: Token) -> bool:
    """Whether only some are spoken of: "no visible injuries", "no casualties among civilians", "no deaths reported"."""
    return any(
        child.dep_ in ("amod", "compound", "acl", "relcl", "poss")
        or (child.dep_ == "prep" and child.lower_ in _OF_SOME)
        for child in noun.children
    )


def _is_there(noun: Token) -> bool:
    """Whether it is what there is, or what an attack did."""
    head = noun.head
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        return head.head.lemma_ in _ENDING and _is_plain(head.head)
    if noun.dep_ == "attr":
        return _is_plain(head) and any(child.dep_ == "expl" for child in head.children)
    return noun.dep_ == "dobj" and head.lemma_ in _CAUSING and _is_plain(head)


def _is_plain(verb: Token) -> bool:
    return not any(child.dep_ == "aux" and child.lower_ in _MODALS for child in verb.children)


def _is_without(noun: Token) -> bool:
    """ "without casualties", "without causing any injuries"."""
    causing = noun.dep_ == "dobj" and noun.head.dep_ == "pcomp" and noun.head.lemma_ in _CAUSING
    governor: Token = noun.head.head if causing else noun.head
    return bool(causing or noun.dep_ == "pobj") and governor.lower_ == "without"
