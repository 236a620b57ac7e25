"""What the parse says about a place being where an event happened: the features that ``event_places`` weighs.

Each is small and readable by itself; their weights are learned (``training/event_places.py``) and kept in
``vocabulary/data/event_place_weights.csv``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from sayso.model import Place, PlacePrecision
from sayso.vocabulary.place_tables import place_words

_LEVELS: dict[PlacePrecision, int] = {"country": 0, "region": 1, "district": 2, "near": 3, "exact": 3}
_NARROW_KINDS = frozenset(
    {"quarter", "camp", "road", "square", "facility", "airbase", "airport", "base", "prison", "site"}
)
_PREPOSITIONS = {
    **dict.fromkeys(("in", "inside", "within", "throughout", "across"), "in"),
    **dict.fromkeys(("near", "outside", "around", "beside", "by", "off", "along", "over"), "near"),
    **dict.fromkeys(("to", "into", "toward", "towards", "for"), "to"),
    **{name: name for name in ("at", "on", "from", "of", "against", "between", "with", "through")},
}
_CLAUSES = frozenset({"ccomp", "relcl", "parataxis", "advcl", "acl", "csubj"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A literal place of the trigger's sentence: its tokens ``first`` to ``last`` and their syntactic head."""

    place: Place
    head: Token
    first: int
    last: int


def level(place: Place) -> int:
    """How narrowly a place locates: 0 country, 1 region, 2 district, 3 town, 4 quarter, road or building."""
    if _LEVELS[place.precision] == 3 and place.kind in _NARROW_KINDS:
        return 4
    return _LEVELS[place.precision]


def features(token: Token, candidate: Candidate, others: Sequence[Candidate]) -> dict[str, float]:
    """Named features of ``candidate`` for the event whose trigger's head is ``token``; ``others``: all candidates."""
    anchor, preposition, of_place = _anchor(candidate.head, others)
    found = {"bias": 1.0, f"attached {_attachment(token, anchor)}": 1.0, f"level {level(candidate.place)}": 1.0}
    if preposition:
        found[f"by {_PREPOSITIONS.get(preposition, 'other')}"] = 1.0
    else:
        found[f"as {_role(candidate.head)}"] = 1.0
    distance = candidate.first - token.i if candidate.first > token.i else token.i - candidate.last
    found["distance"] = math.log1p(max(distance, 0))
    found["before"] = float(candidate.last < token.i)
    low, high = sorted((token.i, candidate.head.i))
    between = token.doc[low + 1 : high]
    found["verbs between"] = min(3.0, sum(one.pos_ == "VERB" for one in between))
    found["places between"] = min(3.0, sum(low < other.head.i < high for other in others))
    found["only"] = float(len(others) == 1)
    narrower = [
        other for other in others if level(other.place) > level(candidate.place) and _may_hold(candidate, other)
    ]
    found["holds another"] = float(bool(narrower))
    found["holds one beside"] = float(any(_beside(candidate, other) for other in narrower))
    found["reference"] = float(_is_reference(candidate))
    found["listed later"] = float(any(listed(other, candidate) for other in others))
    found["of a place"] = float(of_place)
    found["dateline"] = float(_is_dateline(candidate))
    found["unknown"] = float(candidate.place.gazetteer_id is None)
    return {name: value for name, value in found.items() if value}


def _anchor(head: Token, others: Sequence[Candidate]) -> tuple[Token, str | None, bool]:
    """What a place is attached to, by which preposition, and whether through another place ("X in Y").

    Climbs through "the village of X", "X's suburbs", "X and Y", so that these count as one phrase.
    """
    heads = {other.head.i for other in others}
    token, preposition, through = head, None, False
    for _ in range(15):
        parent = token.head
        if parent.i == token.i:
            break
        if token.dep_ == "prep":
            if token.lower_ != "of" or preposition is None:
                preposition = preposition if preposition not in (None, "of") else token.lower_
            if parent.i in heads and parent.i != head.i:
                through = True
            elif preposition != "of" or parent.pos_ in ("VERB", "AUX"):
                return parent, preposition, through
        elif (
            token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and parent.pos_ in ("VERB", "AUX")
        ) or parent.pos_ in ("VERB", "AUX"):
            return parent, preposition, through
        token = parent
    return token, preposition, through


def _attachment(token: Token, anchor: Token) -> str:
    if anchor.i == token.i:
        return "here"
    if any(one.i == token.i for one in anchor.ancestors):
        return "below, other clause" if _clause_between(anchor, token) else "below"
    if any(one.i == anchor.i for one in token.ancestors):
        return "above, other clause" if _clause_between(token, anchor) else "above"
    common = {one.i for one in token.ancestors} & {one.i for one in anchor.ancestors}
    return "beside" if common else "apart"


def _clause_between(token: Token, ancestor: Token) -> bool:
    while token.i != ancestor.i and token.head.i != token.i:
        if token.dep_ in _CLAUSES or (token.dep_ == "conj" and token.pos_ == "VERB"):
            return True
        token = token.head
    return False


def _role(head: Token) -> str:
    for names, role in (
        (("nsubj", "agent"), "subject"), (("nsubjpass",), "passive subject"), (("dobj", "obj"), "object"),
        (("poss", "compound", "amod", "nmod"), "modifier"), (("appos", "conj"), "apposition"),
    ):  # fmt: skip
        if head.dep_ in names:
            return role
    return "other"


def _may_hold(one: Candidate, other: Candidate) -> bool:
    a, b = one.place, other.place
    if a.country is None or b.country is None or level(a) == 0:
        return a.country is None or b.country is None or a.country == b.country
    return a.country == b.country and (a.admin1 is None or b.admin1 is None or a.admin1 == b.admin1)


def _beside(one: Candidate, other: Candidate) -> bool:
    gap = other.first - one.last if other.first > one.last else one.first - other.last
    return 0 < gap <= 8


def _is_reference(candidate: Candidate) -> bool:
    """Only named to say where another place lies: "north of X", "40 km from X", "not far from X"."""
    doc, i = candidate.head.doc, candidate.first - 1
    while (i >= 0 and doc[i].lower_ in ("the", "city", "town", "capital", "province")) or (
        i >= 0 and doc[i].pos_ == "ADJ"
    ):
        i -= 1
    if i < 1 or doc[i].lower_ not in ("of", "from"):
        return False
    return (
        doc[i - 1].lower_ in place_words().direction or doc[i - 1].lower_ in place_words().near or doc[i - 1].like_num
    )


def listed(first: Candidate, second: Candidate) -> bool:
    """Whether ``second`` follows ``first`` in a list of places."""
    if not 0 < second.first - first.last <= 6:
        return False
    doc = first.head.doc
    words = place_words()
    between = [token.lower_ for token in doc[first.last + 1 : second.first]]
    return "and" in between[:4] and all(
        word in ("and", ",", "the", "of", "in", "as", "well", "-") or word in words.kinds or word in words.direction
        for word in between
    )


def _is_dateline(candidate: Candidate) -> bool:
    """A place in capitals, or before a dash or bracket, at the head of a text: where it was written."""
    doc, first = candidate.head.doc, candidate.first
    text = doc[first : candidate.last + 1].text
    after = doc[candidate.last + 1] if candidate.last + 1 < len(doc) else None
    if text.isupper() and len(text) > 3 and after is not None and not (after.is_alpha and after.is_upper):
        return True
    return first <= 2 and after is not None and after.text in ("(", "-", "–", "—", ":")
