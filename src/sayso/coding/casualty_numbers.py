"""Which numbers of a sentence may count people: no dates, shares, ages, measures, parts of names or of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.coding.casualty_words import cue_of, risen
from sayso.coding.parse import Sentence
from sayso.coding.quantities import Quantity, quantities_in
from sayso.coding.tokens import Doc, Token
from sayso.vocabulary.numbers import CountVocabulary

PART_OF = frozenset({"including", "included", "includes", "include"})
BACKWARD = frozenset({"them", "whom", "these", "those", "which"})
#: A number, its people and the parts of it stand this close.
_PARTS_APART = 5
_AGED = frozenset({"aged", "age", "ages"})
_AGED_FROM = _AGED | {"of", "between", "from", "under", "over", "the"}
#: Before a second number, these say that it may be the right one: "hundreds, even thousands".
_CORRECTING = frozenset({"even", "perhaps", "possibly", "maybe", "probably", "potentially"})
#: Kinds of names that a number may be part of ("Brigade 46"), and those it may stand beside ("in Douma 12 died").
_NUMBERED = frozenset({"ORG", "FAC", "PRODUCT", "LAW", "WORK_OF_ART", "EVENT"})
_BESIDE = frozenset({"GPE", "LOC", "DATE", "TIME"})


def whole_numbers(sentence: Sentence, vocabulary: CountVocabulary) -> Iterator[Quantity]:
    """The numbers that may count people, in order, none a part of another that is given."""
    doc = sentence.section.doc
    part: Quantity | None = None
    aged: Quantity | None = None
    before: Quantity | None = None
    for quantity in quantities_in(doc, sentence.tokens.start, sentence.tokens.end, vocabulary):
        if _is_age(doc, quantity) or (aged is not None and _follows(doc, aged, quantity)):
            aged = quantity
            continue
        aged = None
        core = doc[quantity.core]
        if _is_share_or_measure(doc, quantity) or _is_date(core, vocabulary) or _is_of_name(core):
            continue
        if _is_part(doc, quantity, vocabulary) or (part is not None and _goes_on(doc, part, quantity)):
            part = quantity
            continue
        part = None
        if before is not None and _corrects(doc, before, quantity):
            before = replace(before, maximum=quantity.maximum)
            continue
        if before is not None:
            yield before
        before = replace(quantity, minimum=quantity.maximum) if risen(doc, quantity) else quantity
    if before is not None:
        yield before


def counted(core: Token) -> Token | None:
    """The noun that a number counts: "12 people" -> people, "dozens of people" -> dozens, "12 were" -> 12."""
    token = core
    for _ in range(6):
        if (
            token.dep_ in ("nummod", "quantmod", "compound", "amod", "det", "advmod", "npadvmod")
            and token.head != token
        ):
            if token.head.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "PRON", "SYM"):
                token = token.head
                continue
            if token.head.pos_ == "VERB" and token.head.tag_ in ("VBN", "VBD") and token.head.i > token.i:
                return token
        break
    return token


def unit_of(noun: Token) -> Token:
    """What is really counted: the people of "dozens of people"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return noun


def names_people(noun: Token, vocabulary: CountVocabulary) -> bool:
    """Whether the noun, or what it is a number of, is a word for people: "villagers", "Nigerians"."""
    return any(
        vocabulary.nouns.get(t.lemma_.lower()) == "person" or (t.ent_type_ == "NORP" and t.tag_ in ("NNPS", "NNS"))
        for t in (noun, unit_of(noun))
    )


def _is_age(doc: Doc, quantity: Quantity) -> bool:
    """ "aged four to 10", "between the ages of 5 and 7"; "Ahmed, 34, was killed"."""
    for at in range(quantity.left - 1, max(-1, quantity.left - 4), -1):
        if doc[at].lower_ in _AGED:
            return True
        if doc[at].lower_ not in _AGED_FROM:
            break
    beside = quantity.left == quantity.right and quantity.left >= 2 and quantity.right + 1 < len(doc)
    if not beside or doc[quantity.left - 1].text not in (",", "(") or doc[quantity.right + 1].text not in (",", ")"):
        return False
    named = doc[quantity.left - 2]
    return named.pos_ == "PROPN" and named.ent_type_ not in _BESIDE and doc[quantity.core].head == named


def _follows(doc: Doc, first: Quantity, second: Quantity) -> bool:
    """Whether only a comma, "and" or "to" stands between: "aged 5 and 7"."""
    between = doc[first.right + 1 : second.left]
    return len(between) <= 2 and all(token.lower_ in (",", "and", "or", "to") for token in between)


def _is_share_or_measure(doc: Doc, quantity: Quantity) -> bool:
    """A number of hundredths, or one tied to its unit: "40% of them", "a 12-year-old boy", "a 500-kg bomb"."""
    after = doc[quantity.right + 1 : quantity.right + 3]
    if after.text.lower().startswith(("%", "percent", "per cent")):
        return True
    return len(after) == 2 and after[0].text == "-" and after[1].is_alpha and not after[0].whitespace_


def _is_of_name(core: Token) -> bool:
    """A number that is part of a name: "Brigade 46", "Resolution 2254"."""
    if core.ent_iob_ == "I" and core.ent_type_ in _NUMBERED and core.i and not core.nbor(-1).like_num:
        return True
    head = core.head
    return core.dep_ == "nummod" and head.i == core.i - 1 and head.pos_ == "PROPN" and head.ent_type_ not in _BESIDE


def _is_date(core: Token, vocabulary: CountVocabulary) -> bool:
    """A number of a date or clock time: "13 Oct 2016", "June 19"."""
    noun = counted(core)
    if core.ent_type_ not in ("DATE", "TIME") or (noun is not None and names_people(noun, vocabulary)):
        return False
    return core.head.ent_type_ in ("DATE", "TIME") or (len(core) == 4 and core.text.isdigit())


def _corrects(doc: Doc, first: Quantity, second: Quantity) -> bool:
    """Whether the second is said of what the first counts: "hundreds, even thousands", "dozens if not hundreds"."""
    between = [token.lower_ for token in doc[first.right + 1 : second.left]]
    if not between or len(between) > _PARTS_APART:
        return False
    return between[-1] in _CORRECTING or between[-2:] == ["if", "not"]


def _goes_on(doc: Doc, part: Quantity, quantity: Quantity) -> bool:
    """Whether a number goes on with the parts of a whole: "including 4 children and 3 women"."""
    between = doc[part.right + 1 : quantity.left]
    return (
        len(between) <= _PARTS_APART
        and any(t.lower_ in ("and", ",") for t in between[-1:])
        and not any(t.pos_ in ("VERB", "AUX") for t in between)
    )


def _is_part(doc: Doc, quantity: Quantity, vocabulary: CountVocabulary) -> bool:
    """A part of a number already given: "including 4 children", "among them 22 children", "two of them critically"."""
    after = quantity.right + 1
    before = doc[max(0, quantity.left - 2) : quantity.left]
    if after + 1 < len(doc) and doc[after].lower_ == "of" and doc[after + 1].lower_ in BACKWARD:
        killing = cue_of(before[-1], vocabulary) if len(before) and before[-1].pos_ == "VERB" else None
        return not (killing and "object" in killing[1])  # "killing 3 of them": of people no number is given of
    words = [token.lower_ for token in before]
    return bool(words) and (words[-1] in PART_OF or (words[-1] in BACKWARD and words[0] in ("among", "of", "with")))
