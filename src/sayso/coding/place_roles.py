"""How a place's name is used: for the place, for its government, or inside another name.

"Fighting in Moscow" is literal; "Moscow denied" and "U.S. air strikes" are metonyms; the Aleppo of "Aleppo University"
is part of a name. Only literal places locate events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.coding.place_mentions import Mention, capitalised
from sayso.coding.tokens import Token
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.place_tables import demonyms, place_words
from sayso.vocabulary.triggers import trigger_vocabulary


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands next to a name: the words around it, and whether they carry on its name on either side."""

    before: Token | None
    after: Token | None
    named_before: bool
    named_after: bool


def beside(mention: Mention, shouting: bool, starts: Mapping[int, Mention], ends: Mapping[int, Mention]) -> Beside:
    """The neighbours of a name within its sentence; ``shouting``: a headline whose capitals mean nothing."""
    doc = mention.doc
    before = doc[mention.first - 1] if mention.first and not doc[mention.first].is_sent_start else None
    after = doc[mention.last + 1] if mention.last + 1 < len(doc) else None
    if shouting:
        return Beside(before, after, False, False)
    words = place_words()
    named_before = (
        before is not None and before.pos_ == "PROPN" and capitalised(before) and mention.first - 1 not in ends
        and before.lower_ not in words.direction and before.lower_ not in words.kinds
        and before.lower_ not in demonyms() and before.ent_type_ not in ("DATE", "TIME")
    )  # fmt: skip
    named_after = (
        after is not None and _follows(after) and after.lower_ not in words.tail and not _unit(mention, after)
        and mention.last + 1 not in starts and after.pos_ == "PROPN" and after.ent_type_ not in ("DATE", "TIME")
        and after.lower_ not in words.kinds and after.lower_ not in words.heads and after.lower_ not in demonyms()
    )  # fmt: skip
    return Beside(before, after, named_before, named_after)


def assign_role(mention: Mention, around: Beside, shouting: bool, gazetteer: Gazetteer) -> None:
    """Fill in ``role``."""
    if not shouting and _in_name(mention, around):
        mention.role = "part_of_name"
    elif (
        (not shouting and _does(mention, around)) or _speaks(mention, gazetteer) or _modifies(mention, gazetteer)
    ):  # fmt: skip
        mention.role = "metonym"


def _follows(after: Token) -> bool:
    return capitalised(after) and not after.is_sent_start


def _unit(mention: Mention, after: Token) -> bool:
    return after.lower_ in place_words().unit and mention.kind is None


def _in_name(mention: Mention, around: Beside) -> bool:
    doc, words, before, after = mention.doc, place_words(), around.before, around.after
    if around.named_before or around.named_after:
        return True
    if before is not None and before.lower_ == "of" and mention.first >= 2:
        owner = doc[mention.first - 2]
        named = owner.lower_ in words.tail or owner.lower_ in words.heads or owner.ent_type_ == "ORG"
        # "First Liberation of Palmyra" names a deed, and Palmyra is where it was done.
        named = named and not is_deed(owner)
        if named and capitalised(owner) and owner.lower_ not in words.kinds and owner.lower_ not in words.direction:
            return True
    if after is not None and (_unit(mention, after) or (_follows(after) and after.lower_ in words.tail)):
        return True
    if doc[mention.first].ent_type_ != "ORG" or _does(mention, around):
        return False
    if before is not None and before.lower_ in ("of", "in") and mention.first >= 2 and is_deed(doc[mention.first - 2]):
        return False
    neighbours = [doc[i] for i in (mention.first - 1, mention.last + 1) if 0 <= i < len(doc)]
    return any(token.ent_type_ == "ORG" and token.ent_iob_ != "O" and capitalised(token) for token in neighbours)


def _does(mention: Mention, around: Beside) -> bool:
    """Whether only what it does is told: "Damascus-based", "Moscow-backed"."""
    after = around.after
    if after is None or after.text != "-" or after.whitespace_ or mention.last + 2 >= len(mention.doc):
        return False
    beyond = mention.doc[mention.last + 2]
    return beyond.text.islower() and beyond.lower_ not in place_words().kinds


def is_deed(token: Token) -> bool:
    """Whether the word is one that reports an event."""
    nouns = trigger_vocabulary().nouns
    return token.lemma_.lower() in nouns or token.lower_ in nouns


def _speaks(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether the name stands for a government: who says, decides, attacks, or is dealt with; or stands beside one."""
    head = mention.head
    if head.i < mention.first or head.i > mention.last or mention.kind not in (None, "capital"):
        return False
    while head.dep_ == "conj" and head.head.pos_ == "PROPN":
        head = head.head
    if head.dep_ == "nsubj":
        return head.head.lemma_.lower() in place_words().says
    if head.dep_ != "pobj":
        return False
    if head.head.dep_ == "agent":
        return True
    if head.head.lower_ not in ("with", "between") or head.head.head.lemma_.lower() not in place_words().dealing:
        return False
    found = gazetteer.found(mention.key)
    return bool(found) and found[0].entry.kind in ("country", "capital")


def _modifies(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name only says whose something is: "U.S. air strikes", "at Damascus' request".

    Not "Syria conflict's Aleppo", nor what a place has as a place ("Aleppo's suburbs", "Syria's war").
    """
    relation = mention.head.dep_
    if relation not in ("compound", "amod", "nmod", "poss") or mention.end_cut or not mention.known:
        return False
    owned = mention.head.head
    found = gazetteer.found(mention.key)
    if owned.pos_ != "NOUN" or owned.i <= mention.last or not found:
        return False
    kind = found[0].entry.kind
    if owned.lemma_.lower() in place_words().statecraft:
        return kind in ("country", "capital")
    return kind == "country" and relation != "poss"
