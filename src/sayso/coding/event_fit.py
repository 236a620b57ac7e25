"""How well two mentions fit one event by hand: named features with weights chosen by people, on one screen.

The learned table of pairs (``event_pair_features``) takes this fit as one of its signs: what people know of stories in
general steadies what few coded articles can teach.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.coding.mention import Mention, place_identity
from sayso.coding.syntax import lemma
from sayso.model import HEADLINE_KINDS, TOOK_PLACE
from sayso.vocabulary.triggers import trigger_vocabulary


def fit(later: Mention, earlier: Mention) -> float:
    """How well the two fit: from about -5, two stories, to about 5, surely one."""
    return sum(weight * feature(later, earlier) for feature, weight in _WEIGHTS.items())


# --- what speaks for one event ----------------------------------------------------------------------------------------


def same_sentence(a: Mention, b: Mention) -> float:
    """1 where both stand in one sentence."""
    return float(a.trigger.sentence.index == b.trigger.sentence.index)


def one_clause(a: Mention, b: Mention) -> float:
    """1 where one trigger stands in the other's clause: "the strike killed"."""
    if a.trigger.sentence.index != b.trigger.sentence.index:
        return 0.0
    x, y = a.trigger.token, b.trigger.token
    return float(x.head.i == y.i or y.head.i == x.i or x.head.head.i == y.i or y.head.head.i == x.i)


def points_back(a: Mention, b: Mention) -> float:
    """1 where the later words point back ("the attack") and the earlier event is near."""
    distance = a.trigger.sentence.index - b.trigger.sentence.index
    return float(a.trigger.later and 0 <= distance <= 2)


def headline(a: Mention, b: Mention) -> float:
    """1 where one of the two stands in the title or heading and the other in the first sentences under it."""
    kinds = {a.trigger.sentence.section.segment.kind, b.trigger.sentence.section.segment.kind}
    near = abs(a.trigger.sentence.index - b.trigger.sentence.index) <= 3
    return float(bool(kinds & HEADLINE_KINDS) and len(kinds) == 2 and a.heading == b.heading and near)


def same_place(a: Mention, b: Mention) -> float:
    """1 where both name one place; a country says little and counts a third."""
    if a.place is None or b.place is None or place_identity(a.place) != place_identity(b.place):
        return 0.0
    return 1 / 3 if a.place.precision == "country" else 1.0


def same_count(a: Mention, b: Mention) -> float:
    """1 where both give the same number of dead above two."""
    if a.killed is None or b.killed is None or a.killed.minimum is None:
        return 0.0
    return float(a.killed.minimum == b.killed.minimum and a.killed.minimum > 2)


def single(a: Mention, b: Mention) -> float:
    """1 for a type of which an article seldom tells two events."""
    return float(a.trigger.type in trigger_vocabulary().single)


def same_words(a: Mention, b: Mention) -> float:
    """Share of the two sentences' content words that they have in common."""
    x, y = content(a), content(b)
    return len(x & y) / max(1, min(len(x), len(y)))


# --- what speaks against it -------------------------------------------------------------------------------------------


def other_heading(a: Mention, b: Mention) -> float:
    """1 where they stand under different headings: the entries of a list are stories of their own."""
    return float(a.heading != b.heading and a.heading > 0 and b.heading > 0)


def other_place(a: Mention, b: Mention) -> float:
    """1 where each names a place of its own and neither lies in the other."""
    if a.place is None or b.place is None or place_identity(a.place) == place_identity(b.place):
        return 0.0
    wide = {"country", "region"}
    if a.place.precision in wide or b.place.precision in wide:
        return 0.3
    # A place taken from another sentence is a guess at what this one leaves out.
    own = all(m.trigger.sentence.span.contains(m.place.span) for m in (a, b) if m.place)
    return 1.0 if own else 0.3


def other_time(a: Mention, b: Mention) -> float:
    """1 where the two times do not meet."""
    if a.time is None or b.time is None:
        return 0.0
    return float(a.time.latest < b.time.earliest or b.time.latest < a.time.earliest)


def other_told_time(a: Mention, b: Mention) -> float:
    """1 where, besides, each has a time of its own in the words, not one that bounds its report."""
    bounded = {a.time and a.time.basis, b.time and b.time.basis} & {"reported", "heading"}
    return 0.0 if bounded else other_time(a, b)


def other_count(a: Mention, b: Mention) -> float:
    """1 where the numbers of dead cannot be one."""
    if a.killed is None or b.killed is None:
        return 0.0
    low = max(a.killed.minimum or 0, b.killed.minimum or 0)
    high = min(a.killed.maximum or 10**9, b.killed.maximum or 10**9)
    return float(low > high)


def other_actor(a: Mention, b: Mention) -> float:
    """1 where both name who did it, and no name is shared."""
    x, y = ({actor.actor_id or actor.name for actor in m.actors} for m in (a, b))
    return float(bool(x) and bool(y) and x.isdisjoint(y))


def other_status(a: Mention, b: Mention) -> float:
    """1 where one has happened and the other is only planned, denied or supposed."""
    return float((a.status in TOOK_PLACE) != (b.status in TOOK_PLACE))


def distance(a: Mention, b: Mention) -> float:
    """Sentences between the two, in tens, at most 1."""
    return min(10, abs(a.trigger.sentence.index - b.trigger.sentence.index)) / 10


_WEIGHTS: dict[Callable[[Mention, Mention], float], float] = {
    same_sentence: 0.9,
    one_clause: 0.8,
    points_back: 1.8,
    headline: 1.0,
    same_place: 1.1,
    same_count: 0.8,
    same_words: 1.5,
    single: 1.1,
    other_place: -0.9,
    other_time: -0.4,
    other_told_time: -2.5,
    other_count: -0.8,
    other_actor: -0.3,
    other_status: -0.2,
    distance: -0.4,
    other_heading: -1.5,
}


def content(mention: Mention) -> frozenset[str]:
    """Lemmas of the sentence's content words. Kept with the parse: every pair of mentions asks for them."""
    tokens = mention.trigger.sentence.tokens
    kept = tokens.doc.user_data.setdefault("sayso.content", {})
    if tokens.start not in kept:
        kept[tokens.start] = frozenset(
            lemma(token) for token in tokens if token.pos_ in ("NOUN", "PROPN", "VERB", "NUM") and not token.is_stop
        )
    found: frozenset[str] = kept[tokens.start]
    return found
