"""What the words around a number say befell the people it counts, where the parse does not tell.

Headlines and long enumerations are often parsed wrongly, but what they say of a number stands beside it: after it
("6 citizens killed, 22 injured", "374 people recorded killed"), before it ("killing 14, injuring scores"), or at the
end of a toll ("put the death toll at six and the number of injured at 28").
"""

from __future__ import annotations

from sayso.coding.quantities import Quantity
from sayso.coding.tokens import Doc, Token
from sayso.vocabulary.numbers import CasualtyKind, CountVocabulary

#: So many words on are looked at, and so many back for a toll.
_AHEAD, _BACK = 12, 14
_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON", "AUX", "ADV", "NUM", "PART", "CCONJ", "SYM"})
_LINKS = frozenset({"of", "among", "amongst", "including"})
#: Words of reporting that stand between the people and what befell them ("374 people recorded killed").
_TOLD = frozenset(
    {"record", "report", "confirm", "say", "believe", "know", "fear", "leave", "find", "count", "include"}
)
_REACHING = frozenset({"to", "at", "of", "reach", "reaches", "reached", "hit", "is", "was", "stands", "stood", "as"})
#: "puts the figure at 30": words for putting, and for what is put.
_PUTTING = frozenset({"put", "place", "set", "give"})
_PUT = frozenset({"figure", "number", "toll", "total", "count"})
#: Beside the verb, these say that the number is an older one.
_BEFORE_NOW = frozenset({"had", "earlier", "previously", "initially", "first"})
_RISES = frozenset({"rise", "climb", "jump", "increase", "go", "grow", "soar", "update", "revise"})


def cue_of(token: Token, vocabulary: CountVocabulary) -> tuple[CasualtyKind, frozenset[str]] | None:
    """What ``token`` says befell people; None where it says nothing of the kind."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBG", "VBN", "VBD"):
        return vocabulary.casualties.get((lemma, "verb")) or vocabulary.casualties.get((token.lower_, "adjective"))
    if token.pos_ == "ADJ":
        found = vocabulary.casualties.get((token.lower_, "adjective"))
        return found or (vocabulary.casualties.get((lemma, "verb")) if token.lower_.endswith("ed") else None)
    if token.pos_ in ("NOUN", "PROPN"):
        return vocabulary.casualties.get((lemma, "noun")) or vocabulary.casualties.get((token.lower_, "noun"))
    return None


def said_beside(
    doc: Doc, quantity: Quantity, numbers: set[int], taken: set[int], vocabulary: CountVocabulary
) -> tuple[Token, CasualtyKind] | None:
    """(word that says it, killed or injured) of the people ``quantity`` counts.

    ``numbers`` are the tokens at which other numbers begin that are no part of this one; ``taken`` those words that
    already say it of others.
    """
    return (
        _after(doc, quantity, numbers, vocabulary)
        or _toll(doc, quantity, vocabulary)
        or _before(doc, quantity, taken, vocabulary)
    )


def _after(
    doc: Doc, quantity: Quantity, numbers: set[int], vocabulary: CountVocabulary
) -> tuple[Token, CasualtyKind] | None:
    """ "374 people recorded killed", "22 injured", "65 people among them 22 children killed"."""
    people = False
    for at in range(quantity.right + 1, min(len(doc), quantity.right + 1 + _AHEAD)):
        token = doc[at]
        noun = vocabulary.nouns.get(token.lemma_.lower())
        if at in numbers or noun == "thing":
            return None
        cue = cue_of(token, vocabulary)
        if cue and cue[1] & {"object", "state"} and token.tag_ in ("VBN", "VBD", "JJ", "NN", "NNP", "NNS"):
            kills = any(child.dep_ == "dobj" for child in token.children)
            return (token, cue[0]) if not kills and (people or at - quantity.right <= 2) else None
        people = people or noun == "person"
        if token.pos_ in _PHRASE or token.lower_ in _LINKS or (token.text == "," and people):
            continue
        if token.lemma_.lower() not in _TOLD:
            return None
    return None


def _before(
    doc: Doc, quantity: Quantity, taken: set[int], vocabulary: CountVocabulary
) -> tuple[Token, CasualtyKind] | None:
    """ "killing 14", "injure scores", "has killed 132 and injured 900"."""
    at = quantity.left - 1
    if at < 0 or at in taken:
        return None
    token = doc[at]
    cue = vocabulary.casualties.get((token.lemma_.lower(), "verb"))
    if not cue and token.lower_.endswith("ing"):
        cue = cue_of(token, vocabulary)  # parsed as a noun: "hit the west killing at least seven"
    if not cue or token.dep_ == "amod" or _is_passive(token):
        return None
    after = doc[quantity.right + 1].lemma_.lower() if quantity.right + 1 < len(doc) else ""
    noun = vocabulary.nouns.get(after)
    if "life" in cue[1] and after == "life":
        return token, cue[0]
    if noun == "thing" or not (cue[1] & {"object", "of"} or (noun == "person" and "people" in cue[1])):
        return None
    return token, cue[0]


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _toll(doc: Doc, quantity: Quantity, vocabulary: CountVocabulary) -> tuple[Token, CasualtyKind] | None:
    """ "the death toll at six", "the number of injured at 28", "brought the number of soldiers killed to 18"."""
    at = quantity.left - 1
    if doc[quantity.left].lower_ in ("between", "from"):
        at = quantity.left
    while at > 0 and doc[at].lower_ in ("high", "as", "now"):
        at -= 1
    if at < 0 or not (doc[at].lower_ in _REACHING or doc[at].lower_ == "from"):
        return None
    start = doc[quantity.core].sent.start
    for back in range(at - 1, max(start, at - _BACK) - 1, -1):
        found = _toll_word(doc, back, at, vocabulary)
        if found:
            return found
        if doc[back].like_num and doc[back + 1].text != "-":
            return None
    after = quantity.right + 1
    if doc[at].lower_ == "to" and after + 1 < len(doc) and doc[after].lower_ == "the":
        return _toll_word(doc, after + 1, min(len(doc), after + 8), vocabulary)
    return None


def _toll_word(doc: Doc, at: int, end: int, vocabulary: CountVocabulary) -> tuple[Token, CasualtyKind] | None:
    """The toll that the word ``at`` names: "toll", or "number of civilians killed" up to ``end``."""
    token = doc[at]
    cue = cue_of(token, vocabulary)
    if cue and "toll" in cue[1]:
        return token, cue[0]
    if token.lower_ == "number" and at + 1 < end and doc[at + 1].lower_ == "of":
        for other in doc[at + 2 : end]:
            cue = cue_of(other, vocabulary)
            if cue and cue[1] & {"object", "state", "count"}:
                return other, cue[0]
    return None


def put_at(doc: Doc, quantity: Quantity) -> Token | None:
    """The verb by which somebody puts a number beside another's: "the UN puts the figure at 30"."""
    at = quantity.left - 1
    while at > 0 and doc[at].lower_ in ("high", "as", "now"):
        at -= 1
    if at < 0 or doc[at].lower_ not in ("at", "of"):
        return None
    before = doc[max(doc[quantity.core].sent.start, at - _BACK) : at]
    noun = next((token.i for token in reversed(before) if token.lemma_.lower() in _PUT), None)
    verb = next((t for t in reversed(before) if noun is not None and t.i < noun and t.lemma_ in _PUTTING), None)
    return None if verb is None or any(child.lower_ in _BEFORE_NOW for child in verb.children) else verb


def risen(doc: Doc, quantity: Quantity) -> bool:
    """Whether a range tells how far a toll rose, not between what it lies: "rose from 12 to 17"."""
    return doc[quantity.left].lower_ == "from" and any(
        token.lemma_.lower() in _RISES for token in doc[max(0, quantity.left - 3) : quantity.left]
    )


def opens_number(token: Token, vocabulary: CountVocabulary) -> bool:
    """Whether a number that is no date follows: "injured 90"."""
    if token.i + 1 >= len(token.doc):
        return False
    after = token.nbor()
    return after.ent_type_ not in ("DATE", "TIME") and (after.like_num or (after.lower_,) in vocabulary.vague)


def is_joint(word: Token, quantity: Quantity, vocabulary: CountVocabulary) -> bool:
    """Whether of one number both is said, and nobody tells how many were which: "50 people were killed or wounded"."""
    doc = word.doc
    step = 1 if quantity.core < word.i else -1
    at = word.i + step
    joined = False
    while 0 <= at < len(doc) and (doc[at].lower_ in ("and", "or", "/") or doc[at].pos_ == "ADV"):
        joined = joined or doc[at].pos_ != "ADV"
        at += step
    if not joined or not 0 <= at < len(doc) or doc[at].dep_ == "amod":
        return False
    one, other = cue_of(word, vocabulary), cue_of(doc[at], vocabulary)
    if one is None or other is None or one[0] == other[0]:
        return False
    return not opens_number(doc[at], vocabulary) if step > 0 else not _is_passive(doc[at])
