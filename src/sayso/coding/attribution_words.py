"""The words of an attribution as ranges of tokens."""

from __future__ import annotations

from sayso.coding.tokens import Token

#: Token offsets in a section, both inclusive.
Range = tuple[int, int]
#: Source, cue, content.
Frame = tuple[list[Range], list[Range], list[Range]]
#: What these verbs have as their object is whom the source speaks to.
ADDRESSING = frozenset({"tell", "inform"})


def edges(token: Token) -> Range:
    """First and last token of what hangs on ``token``."""
    return token.left_edge.i, token.right_edge.i


def cue_range(verb: Token) -> Range:
    """The verb with auxiliaries, negation and adverbs that stand directly before it, and its particle."""
    first = verb.i
    while first > 0:
        before = verb.doc[first - 1]
        if before.head == verb and before.dep_ in ("aux", "auxpass", "neg", "advmod") and before.tag_ not in ("WRB",):
            first -= 1
        else:
            break
    last = verb.i
    if last + 1 < len(verb.doc):
        after = verb.doc[last + 1]
        if after.head == verb and after.dep_ == "prt":
            last += 1
    return first, last
