"""Where an event happened: which of the places a text names belongs to a trigger.

Each literal place of the trigger's sentence is scored by small named rules over the parse, the best one wins if it is
good enough; else the sentences before are asked, then the title. A country that only acts in the sentence
("Russia struck...") is never the place; nor is any metonym or part of a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.triggers import Trigger
from sayso.model import Place

#: Types whose direct object is itself the place ("seized Leramun").
_OBJECT_IS_PLACE = frozenset({"capture", "siege", "demining", "destruction", "air_strike", "shelling", "armed_clash"})
#: Types for which "from X" is where it happened: those who leave a place.
_FROM_IS_PLACE = frozenset({"withdrawal", "evacuation", "displacement", "shelling"})
_LOCATING = frozenset(
    "in at near on inside outside around across within into to toward towards through over of between along "
    "throughout beyond via against off beside by under above below from".split()
)
_SPECIFIC = {"country": 0.0, "region": 0.5, "district": 0.8, "near": 1.0, "exact": 1.0}
_GOOD_ENOUGH = 1.2
#: How many sentences back a place may stand and still hold.
_MEMORY = 4
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: Place
    head: Token


def place_of(trigger: Trigger, places: Sequence[Place], parsed: ParsedDocument) -> Place | None:
    """The place the event of ``trigger`` happened at, or None where the words do not tell.

    ``places`` are those of the same document (``tag_places``). Own clause by syntax first, then the sentence, then the
    sentences before, then the title; the most specific literal place, never a metonym.
    """
    sentence = trigger.sentence
    scored = [
        (_fit(trigger, candidate), -abs(candidate.head.i - trigger.token.i), candidate.place)
        for candidate in _candidates(sentence, places)
    ]
    good = [item for item in scored if item[0] >= _GOOD_ENOUGH]
    if good:
        best = max(good, key=lambda item: item[:2])[2]
        return _narrowest(best, [place for _, _, place in good])
    return _from_before(sentence, places, parsed)


def _candidates(sentence: Sentence, places: Sequence[Place]) -> Iterator[_Candidate]:
    offset, doc = sentence.section.offset, sentence.section.doc
    for place in places:
        if place.role == "literal" and sentence.span.contains(place.span):
            tokens = doc.char_span(place.span.start - offset, place.span.end - offset, alignment_mode="expand")
            if tokens is not None:
                yield _Candidate(place, tokens.root)


def _fit(trigger: Trigger, candidate: _Candidate) -> float:
    """How well the parse supports that the event happened at the place: the sum of named parts."""
    total = _SPECIFIC[candidate.place.precision]
    anchor, preposition = _anchor(candidate.head)
    total += _attachment(trigger, anchor)
    if preposition is None:
        total += _without_preposition(trigger, candidate.head)
    elif preposition in ("from", "against") and trigger.type not in _FROM_IS_PLACE:
        total -= 1.0
    elif preposition == "to" and trigger.type in _FROM_IS_PLACE:
        total -= 0.7
    if candidate.place.precision == "country" and preposition != "in":
        total -= 1.5
    distance = abs(candidate.head.i - trigger.token.i)
    return total - min(distance, 40) * 0.03


def _anchor(head: Token) -> tuple[Token, str | None]:
    """What the place is attached to, and by which preposition; through "village of X", "X's suburb", "X and Y"."""
    token = head
    preposition = None
    for _ in range(12):
        parent = token.head
        if parent.i == token.i:
            break
        if token.dep_ == "prep" and token.lower_ != "of":
            preposition = token.lower_ if preposition is None else preposition
            return parent, preposition
        if token.dep_ in ("nsubj", "nsubjpass", "dobj", "agent") and token.pos_ != "ADP":
            return parent, preposition
        if parent.pos_ in ("VERB", "AUX"):
            return parent, preposition or (token.lower_ if token.dep_ == "prep" else None)
        token = parent
    return token, preposition


def _attachment(trigger: Trigger, anchor: Token) -> float:
    token = trigger.token
    if anchor.i == token.i:
        return 3.0
    if _within(anchor, token):
        # Inside the trigger's own phrase, unless a clause with a verb of its own lies between.
        return 1.2 if _clause_between(anchor, token) else 2.6
    if _within(token, anchor):
        return 1.0 if _clause_between(token, anchor) else 2.4
    return 0.8


def _within(token: Token, ancestor: Token) -> bool:
    return any(one.i == ancestor.i for one in token.ancestors)


def _clause_between(token: Token, ancestor: Token) -> bool:
    while token.i != ancestor.i and token.head.i != token.i:
        if token.dep_ in ("ccomp", "relcl", "parataxis") or (token.dep_ == "conj" and token.pos_ == "VERB"):
            return True
        token = token.head
    return False


def _without_preposition(trigger: Trigger, head: Token) -> float:
    if head.dep_ in ("nsubj", "agent"):
        return -1.5
    if head.dep_ in ("dobj", "nsubjpass", "conj", "appos") and trigger.type in _OBJECT_IS_PLACE:
        return 0.5
    if head.dep_ in ("poss", "compound", "amod", "nmod"):
        return -0.4
    return -0.2


def _narrowest(best: Place, places: Sequence[Place]) -> Place:
    """A place inside the best one, named beside it: "Leramun neighbourhood in the northwest of Aleppo"."""
    for place in places:
        inside = (
            _SPECIFIC[place.precision] > _SPECIFIC[best.precision]
            and place.country == best.country
            and (best.precision == "country" or (best.precision == "region" and place.admin1 == best.admin1))
        )
        if inside and abs(place.span.start - best.span.start) < 60:
            return place
    return best


def _from_before(sentence: Sentence, places: Sequence[Place], parsed: ParsedDocument) -> Place | None:
    """The last place of the sentences before in the same section, else the title's: never a country."""
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _MEMORY), -1):
        earlier = parsed.sentences[index]
        if earlier.section is not sentence.section and earlier.section.segment.kind not in ("heading", "title"):
            continue
        held = [
            candidate.place
            for candidate in _candidates(earlier, places)
            if candidate.place.precision != "country" and candidate.head.dep_ != "nsubj"
        ]
        if held:
            return max(held, key=lambda place: (_SPECIFIC[place.precision], -place.span.start))
    for section in parsed.sections:
        if section.segment.kind == "title":
            held = [
                place
                for place in places
                if place.role == "literal" and place.precision != "country"
                and section.segment.start <= place.span.start < section.segment.end
            ]  # fmt: skip
            if held:
                return held[0]
    return None
