"""What the parse says about a place being where an event of its own sentence happened.

Features are named and small; each counts 1 unless a value stands beside it. Their weights are learned
(``training/event_places.py``) and kept in ``vocabulary/data/event_place_weights.csv``: a name there can be read as the
reason it is. ``standing`` needs no trigger, so that it is worked out once for a candidate however many events ask.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.coding.event_place_candidates import Candidate
from sayso.coding.parse import Sentence
from sayso.coding.tokens import Token
from sayso.model import Place, PlacePrecision
from sayso.vocabulary.place_tables import place_words

#: A feature and how much of it there is.
Feature = tuple[str, float]

_LEVELS: dict[PlacePrecision, int] = {"country": 0, "region": 1, "district": 2, "near": 3, "exact": 3}
_NARROW_KINDS = frozenset(
    {"quarter", "camp", "road", "square", "facility", "airbase", "airport", "base", "prison", "site"}
)
#: Prepositions told apart; the rest count as one.
_PREPOSITIONS = frozenset(
    {"in", "at", "on", "of", "from", "to", "into", "near", "over", "through", "across", "around", "inside", "outside"}
    | {"against", "between", "toward", "towards", "along", "by", "for", "with", "within", "off", "throughout", "under"}
    | {"about"}
)
_STEPS = 8


def level(place: Place) -> int:
    """How narrowly a place locates: 0 country, 1 region, 2 district, 3 town, 4 quarter, road or building."""
    if _LEVELS[place.precision] == 3 and place.kind in _NARROW_KINDS:
        return 4
    return _LEVELS[place.precision]


def kept_level(candidate: Candidate) -> int:
    """``level``, or 9 for a name no source knows."""
    return level(candidate.place) if candidate.tagged else 9


def ancestry(token: Token) -> tuple[tuple[int, str], ...]:
    """The token and what it hangs on, up to the root: (number, relation), prepositions by name."""
    found = []
    for _ in range(_STEPS):
        relation = token.dep_
        if relation == "prep":
            relation = f"prep_{token.lower_ if token.lower_ in _PREPOSITIONS else 'x'}"
        found.append((token.i, relation))
        if token.head.i == token.i:
            break
        token = token.head
    return tuple(found)


def relation(candidate: Candidate) -> str:
    """The preposition that governs a place ("in", also through "the town of X"), or its role without one."""
    token, preposition = candidate.head, None
    for _ in range(_STEPS):
        if token.dep_ == "prep" and preposition in (None, "of"):
            preposition = token.lower_
        if token.head.i == token.i or token.head.pos_ in ("VERB", "AUX"):
            break
        token = token.head
    if preposition is not None:
        return preposition if preposition in _PREPOSITIONS else "other"
    return f"as {candidate.head.dep_}"


def standing(candidate: Candidate, others: Sequence[Candidate]) -> Iterator[Feature]:
    """Features of a candidate by itself; ``others`` are all candidates of its sentence."""
    doc, words, place = candidate.head.doc, place_words(), candidate.place
    yield f"level {kept_level(candidate)}", 1.0
    yield f"kind {place.kind}", 1.0
    before, directed = _before(candidate)
    yield f"before {doc[before].lemma_.lower() if before >= 0 else '^'}", 1.0
    if before > 0 and doc[before].lower_ == "of":
        yield f"of {doc[before - 1].lemma_.lower()}", 1.0
        yield f"of kind {words.kinds.get(doc[before - 1].lower_)}", 1.0
    if directed:
        yield "direction", 1.0
    yield f"after {_after(candidate)}", 1.0
    if candidate.tagged is None:
        yield f"run {candidate.head.ent_type_ or 'none'}", 1.0
        yield f"run {relation(candidate)}", 1.0
        yield f"run kind {place.kind}", 1.0
        yield "run words", min(4, candidate.last - candidate.first) / 4
        if doc[candidate.first : candidate.last + 1].text.isupper():
            yield "run capitals", 1.0
        if doc[candidate.first].is_sent_start:
            yield "run first", 1.0
    else:
        role = candidate.tagged.role
        yield f"role {role}", 1.0
        if role != "literal":
            yield f"role {role} {relation(candidate)}", 1.0
            yield f"role {role} whole", float(candidate.tagged.span != place.span)
        yield f"entity {candidate.head.ent_type_ or 'none'}", 1.0
        if candidate.tagged.gazetteer_id is None:
            yield "unknown", 1.0
    literal = [other for other in others if other.tagged is not None and other.tagged.role == "literal"]
    if literal == [candidate]:
        yield "only", 1.0
    narrower = [other for other in literal if level(other.place) > level(place) and may_hold(place, other.place)]
    if any(_beside(candidate, other) for other in narrower):
        yield "holds one beside", 1.0
    if place.precision == "near":
        yield "near", 1.0
    if is_reference(candidate):
        yield "reference", 1.0
    if any(listed(other, candidate) for other in literal):
        yield "listed later", 1.0
    if any(listed(candidate, other) for other in literal):
        yield "listed first", 1.0
    if is_dateline(candidate):
        yield "dateline", 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What of a sentence does not depend on the event: its candidates, each with its ``relation`` and ``ancestry``,
    and the token numbers of its verbs and of the heads of its tagged candidates, in order."""

    candidates: tuple[Candidate, ...]
    relations: tuple[str, ...]
    ancestries: tuple[tuple[tuple[int, str], ...], ...]
    verbs: tuple[int, ...]
    heads: tuple[int, ...]

    @classmethod
    def of(cls, sentence: Sentence, candidates: Sequence[Candidate]) -> Scene:
        """The scene of a sentence with these candidates."""
        return cls(
            tuple(candidates),
            tuple(relation(one) for one in candidates),
            tuple(ancestry(one.head) for one in candidates),
            tuple(token.i for token in sentence.tokens if token.pos_ == "VERB") if candidates else (),
            tuple(sorted(one.head.i for one in candidates if one.tagged is not None)),
        )


def bearing(
    token: Token, above: Sequence[tuple[int, str]], scene: Scene, which: int, part: str | None
) -> Iterator[Feature]:
    """Features of candidate ``which`` of a scene for the event whose trigger's head is ``token``.

    ``above`` is the trigger's ``ancestry``; ``part`` is what the candidate is to the event, "acting" or "undergoing".
    """
    candidate, by, lemma = scene.candidates[which], scene.relations[which], token.lemma_.lower()
    route = _route(above, scene.ancestries[which])
    yield f"{lemma} {by}", 1.0
    if route is not None:
        yield f"route {route}", 1.0
        steps = route.count("<") + route.count(">")
        yield f"{'down' if route[0] == '^' else 'up' if route[-1] == '^' else 'across'} {by}", 1.0
        if steps <= 2:
            yield f"{lemma} route {route}", 1.0
    before = candidate.last < token.i
    far = math.log1p(max(0, token.i - candidate.last if before else candidate.first - token.i))
    yield "distance", far
    if before:
        yield "before", 1.0
        yield "distance before", far
    low, high = sorted((token.i, candidate.head.i))
    yield f"verbs {min(3, _between(scene.verbs, low, high))} {'before' if before else 'after'}", 1.0
    yield f"places between {min(3, _between(scene.heads, low, high))}", 1.0
    if part is not None:
        yield part, 1.0


def silence(token: Token, candidates: Sequence[Candidate]) -> Iterator[Feature]:
    """Features of a sentence by itself that naming no place of the event would have."""
    yield "none", 1.0
    yield f"none {token.lemma_.lower()}", 1.0
    yield f"none tag {token.tag_}", 1.0
    yield f"none {token.dep_}", 1.0
    yield f"none under {token.head.lemma_.lower()}", 1.0
    literal = sum(one.tagged is not None and one.tagged.role == "literal" for one in candidates)
    yield f"none of {min(3, literal)}", 1.0
    yield "none of runs", min(3, sum(one.tagged is None for one in candidates)) / 3
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass", "nsubj"):
            yield f"none {child.dep_} {child.ent_type_ or child.lemma_.lower()}", 1.0
            yield f"none {child.dep_} {child.pos_}", 1.0
        elif child.dep_ == "aux":
            yield f"none aux {child.lower_}", 1.0
        elif child.dep_ == "neg":
            yield "none neg", 1.0
    yield "none length", min(1.0, len(token.sent) / 60)


def _between(numbers: Sequence[int], low: int, high: int) -> int:
    return max(0, bisect_left(numbers, high) - bisect_right(numbers, low))


def _route(above: Sequence[tuple[int, str]], below: Sequence[tuple[int, str]]) -> str | None:
    """How to go from the trigger up to the common word and down to the place: "dobj<^prep_in>pobj"."""
    up = {number: step for step, (number, _) in enumerate(above)}
    for step, (number, _) in enumerate(below):
        if number in up:
            rise = "<".join(name for _, name in above[: up[number]])
            fall = ">".join(name for _, name in reversed(below[:step]))
            return f"{rise}{'<' if rise else ''}^{fall}"
    return None


def _before(candidate: Candidate) -> tuple[int, bool]:
    """The word before a name and its articles and adjectives (-1: none), and whether a direction is among these."""
    doc, words, i, directed = candidate.head.doc, place_words(), candidate.first - 1, False
    while i >= 0 and candidate.first - i < 5:
        word = doc[i].lower_
        if word in words.direction:
            directed = True
        elif word not in ("the", "a", "an", "'s") and doc[i].pos_ != "ADJ":
            break
        i -= 1
    return i, directed


def _after(candidate: Candidate) -> str:
    doc, words, at = candidate.head.doc, place_words(), candidate.last + 1
    if at >= len(doc):
        return "$"
    word = str(doc[at].lower_)
    return word if word in words.kinds or word in words.heads or not word.isalpha() else str(doc[at].pos_)


def may_hold(a: Place, b: Place) -> bool:
    """Whether the place ``b`` may lie in the wider ``a``, as far as country and region tell."""
    if a.country is None or b.country is None or level(a) == 0:
        return a.country is None or b.country is None or a.country == b.country
    return a.country == b.country and (a.admin1 is None or b.admin1 is None or a.admin1 == b.admin1)


def _beside(one: Candidate, other: Candidate) -> bool:
    gap = other.first - one.last if other.first > one.last else one.first - other.last
    return 0 < gap <= 8


def is_reference(candidate: Candidate) -> bool:
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


def is_dateline(candidate: Candidate) -> bool:
    """A place in capitals, or before a dash or bracket, at the head of a text: where it was written."""
    doc, first = candidate.head.doc, candidate.first
    text = doc[first : candidate.last + 1].text
    after = doc[candidate.last + 1] if candidate.last + 1 < len(doc) else None
    if text.isupper() and len(text) > 3 and after is not None and not (after.is_alpha and after.is_upper):
        return True
    return first <= 2 and after is not None and after.text in ("(", "-", "–", "—", ":")
