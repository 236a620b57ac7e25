"""What speaks for two mentions of one type reporting one event: the features ``same_event_weights.csv`` weighs.

Each is a short readable text that is there or not. Each comes once by itself, once for two mentions of one sentence or
of different ones, and once for their parts of speech, since the same sign means different things there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.coding.event_fit import content
from sayso.coding.intervals import interval
from sayso.coding.mention import Mention, place_identity
from sayso.coding.syntax import lemma, patients
from sayso.coding.tokens import Token, Tokens
from sayso.model import HEADLINE_KINDS, TOOK_PLACE, Actor, Count, Place, TimeSpan
from sayso.vocabulary.triggers import trigger_vocabulary

_LEVELS = {"country": 0, "region": 1, "district": 2, "near": 3, "exact": 3}
#: Words by which a clause says that it tells of something else than the one before.
_ELSE = frozenset(
    {"another", "also", "separately", "elsewhere", "other", "later", "earlier", "meanwhile", "second", "further"}
    | {"additional", "new", "fresh", "previous", "previously", "similar", "third", "again", "addition", "ago", "last"}
)
_DETERMINERS = {"the": "the", "a": "a", "an": "a", "another": "another", "no": "no"} | dict.fromkeys(
    ("this", "that", "these", "those"), "this"
)
_CONTENT = ("NOUN", "PROPN", "VERB", "NUM", "ADJ")
_INNER = frozenset({"advcl", "ccomp", "relcl", "parataxis", "conj"})
#: Tokens of a clause that are looked at.
_CLAUSE = 120
_NEAR_WORDS = 8
_FIT_STEPS = tuple((step / 2.5, f"fit above {step / 2.5:.1f}") for step in range(-3, 5))


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with what pairs of mentions compare, worked out once."""

    mention: Mention
    clause: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    modifiers: frozenset[str]
    says_else: bool
    determiner: str
    form: str
    patients: frozenset[str]
    above: frozenset[int]

    @classmethod
    def of(cls, mention: Mention) -> Told:
        """Everything about ``mention``."""
        token, tokens = mention.trigger.token, mention.trigger.sentence.tokens
        at = token.i - tokens.start
        near = tokens[max(0, at - _NEAR_WORDS) : at + _NEAR_WORDS]
        return cls(
            mention,
            frozenset(lemma(word) for word in islice(_clause(token), _CLAUSE) if word.pos_ in _CONTENT),
            *_names_and_numbers(tokens),
            frozenset(c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nummod", "nmod")),
            any(word.lower_ in _ELSE for word in near),
            _determiner(token),
            _verb_form(token) if token.pos_ in ("VERB", "AUX") else _noun_form(token),
            frozenset(lemma(noun) for noun in patients(token)[:3]) if token.pos_ in ("VERB", "AUX") else frozenset(),
            frozenset(above.i for above in islice(token.ancestors, 20)),
        )


def _names_and_numbers(tokens: Tokens) -> tuple[frozenset[str], frozenset[str]]:
    """Of a sentence. Kept with the parse: every mention in it asks for them."""
    kept = tokens.doc.user_data.setdefault("sayso.names_and_numbers", {})
    if tokens.start not in kept:
        kept[tokens.start] = (
            frozenset(lemma(word) for word in tokens if word.pos_ == "PROPN"),
            frozenset(word.lower_ for word in tokens if word.like_num),
        )
    found: tuple[frozenset[str], frozenset[str]] = kept[tokens.start]
    return found


def pair_features(
    later: Told,
    earlier: Told,
    between: int,
    others: Sequence[Mention],
    document: tuple[int, int],
    by_hand: float,
) -> list[str]:
    """The features of two mentions of one type; ``between``: how many others of the type stand between them.

    ``others``: mentions of any type between them; ``document``: how many mentions of the type it has, and the number of
    its last sentence with a mention; ``by_hand``: how well the two ``fit``.
    """
    same = later.mention.trigger.sentence.index == earlier.mention.trigger.sentence.index
    kind = "one sentence" if same else "apart"
    found = [
        *_of_type(later.mention),
        *_distance(later.mention, earlier.mention, between),
        *_place(later.mention, earlier.mention),
        *_time(later.mention, earlier.mention),
        *_counts(later.mention, earlier.mention),
        *_actors(later.mention, earlier.mention),
        *_words(later, earlier),
        *_form(later, earlier),
        *_between(later.mention, earlier.mention, others),
        *(_syntax(later, earlier) if same else ()),
    ]
    found.append(f"of the type {min(document[0] // 3, 4)}")
    found.append(f"document {min(document[1] // 8, 4)}")
    found += _fits(by_hand)
    forms = f"{later.mention.trigger.token.pos_} {earlier.mention.trigger.token.pos_}"
    return [kind, *found, *map(f"{kind}: ".__add__, found), *map(f"{forms}: ".__add__, found)]


def _fits(fit_by_hand: float) -> list[str]:
    """One feature for each step that the fit by hand reaches."""
    return [name for step, name in _FIT_STEPS if fit_by_hand > step]


def _of_type(mention: Mention) -> Iterator[str]:
    yield f"type {mention.trigger.type}"
    if mention.trigger.type in trigger_vocabulary().single:
        yield "type seldom told twice"


def _distance(a: Mention, b: Mention, between: int) -> Iterator[str]:
    apart = a.trigger.sentence.index - b.trigger.sentence.index
    yield f"sentences apart {interval(apart, (0, 1, 2, 3, 5, 8, 15))}"
    yield f"mentions between {interval(between, (0, 1, 2, 4, 8))}"
    kinds = {a.trigger.sentence.section.segment.kind, b.trigger.sentence.section.segment.kind}
    if len(kinds) == 2 and kinds & HEADLINE_KINDS:
        yield f"headline and text {a.heading == b.heading and abs(apart) <= 3}"
    if b.trigger.sentence.index == 0:
        yield "first sentence"


def _place(a: Mention, b: Mention) -> Iterator[str]:
    relation = _relation(a.place, b.place)
    own = sum(m.place is not None and m.trigger.sentence.span.contains(m.place.span) for m in (a, b))
    yield f"places {relation}"
    yield f"places {relation}, {own} in own sentence"


def _relation(one: Place | None, other: Place | None) -> str:
    if one is None or other is None:
        return "unknown" if one is other else "one unknown"
    if place_identity(one) == place_identity(other):
        return "same country" if one.precision == "country" else "same"
    first, second = _LEVELS[one.precision], _LEVELS[other.precision]
    if 0 in (first, second):
        return "wide and narrow" if one.country == other.country else "other country"
    if one.admin1 and one.admin1 == other.admin1:
        return "region and narrower" if 1 in (first, second) else "same region"
    return "other" if one.admin1 and other.admin1 else "perhaps other"


def _time(a: Mention, b: Mention) -> Iterator[str]:
    yield f"times {_times(a.time, b.time)}"
    bounded = {a.time and a.time.basis, b.time and b.time.basis} & {"reported", "heading", None}
    yield f"times {_times(a.time, b.time)}, {'bounded' if bounded else 'told'}"


def _times(one: TimeSpan | None, other: TimeSpan | None) -> str:
    if one is None or other is None:
        return "unknown"
    if (one.earliest, one.latest) == (other.earliest, other.latest):
        return "same"
    return "meet" if one.earliest <= other.latest and other.earliest <= one.latest else "apart"


def _counts(a: Mention, b: Mention) -> Iterator[str]:
    yield f"killed {_count(a.killed, b.killed)}"
    yield f"injured {_count(a.injured, b.injured)}"


def _count(one: Count | None, other: Count | None) -> str:
    if one is None or other is None:
        return "none" if one is other else "of one"
    if one.minimum == other.minimum:
        return "same" if (one.minimum or 0) > 2 else "same, few"
    low, high = max(one.minimum or 0, other.minimum or 0), min(one.maximum or 10**9, other.maximum or 10**9)
    return "apart" if low > high else "may agree"


def _actors(a: Mention, b: Mention) -> Iterator[str]:
    yield f"actors {_shared(a.actors, b.actors)}"
    yield f"targets {_shared(a.targets, b.targets)}"
    yield f"status {'same' if a.status == b.status else ((a.status in TOOK_PLACE) == (b.status in TOOK_PLACE))}"


def _shared(one: Sequence[Actor], other: Sequence[Actor]) -> str:
    first, second = ({actor.actor_id or actor.name for actor in actors} for actors in (one, other))
    if not first or not second:
        return "none" if first == second else "of one"
    return "other" if first.isdisjoint(second) else "shared"


def _words(a: Told, b: Told) -> Iterator[str]:
    yield f"lemma {lemma(a.mention.trigger.token) == lemma(b.mention.trigger.token)}"
    yield f"clause words {_share(a.clause, b.clause)}"
    yield f"clause words shared {interval(len(a.clause & b.clause), (0, 1, 2, 3, 5, 8))}"
    yield f"sentence words {_share(content(a.mention), content(b.mention))}"
    yield f"names {_share(a.names, b.names)}"
    yield f"new names {interval(len(a.names - b.names), (0, 1, 2, 4))}"
    yield f"numbers shared {interval(len(a.numbers & b.numbers), (0, 1, 2))}"
    yield f"new numbers {interval(len(a.numbers - b.numbers), (0, 1, 2))}"
    yield f"modifiers shared {bool(a.modifiers & b.modifiers)}"


def _form(a: Told, b: Told) -> Iterator[str]:
    one, other = a.mention.trigger.token, b.mention.trigger.token
    yield f"parts of speech {one.pos_} {other.pos_}"
    yield f"determiner {a.determiner}"
    yield f"form {a.form}"
    yield f"earlier form {b.form}"
    yield f"forms {_coarse(a.form)}, {_coarse(b.form)}"
    yield f"patients {_common(a.patients, b.patients)}"
    if a.mention.trigger.later:
        yield "points back"
    if a.says_else:
        yield "says it is another"
    if b.says_else:
        yield "earlier says it is another"
    yield f"plural {one.tag_ in ('NNS', 'NNPS')} {other.tag_ in ('NNS', 'NNPS')}"


def _between(a: Mention, b: Mention, others: Sequence[Mention]) -> Iterator[str]:
    """How far the text went elsewhere between the two: it takes up a thread again less often than it goes on."""
    own = {place_identity(m.place) for m in (a, b) if m.place is not None}
    places = {place_identity(m.place) for m in others if m.place is not None} - own
    yield f"other places between {min(len(places), 2)}"
    yield f"types between {min(len({m.trigger.type for m in others}), 4)}"


def _syntax(a: Told, b: Told) -> Iterator[str]:
    one, other = a.mention.trigger.token, b.mention.trigger.token
    if one.i in b.above:
        yield "over the earlier"
    if other.i in a.above:
        yield "under the earlier"
    if one.head.i == other.i or other.head.i == one.i:
        yield f"directly, {one.dep_ if one.head.i == other.i else other.dep_}"
    elif one.head.head.i == other.i or other.head.head.i == one.i:
        yield "nearly directly"
    yield f"words apart {interval(one.i - other.i, (2, 4, 7, 12, 20))}"


def _clause(token: Token) -> Iterator[Token]:
    """The words of a trigger's own clause: below it, and what its governing verb takes."""
    stack = [token]
    while stack:
        word = stack.pop()
        yield word
        stack.extend(c for c in word.children if not (c.dep_ in _INNER and c.pos_ in ("VERB", "AUX")))
    if token.pos_ == "VERB":
        return
    above = next((word for word in islice(token.ancestors, 4) if word.pos_ == "VERB"), None)
    if above is not None:
        yield above
        for child in above.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "agent", "npadvmod", "prep"):
                yield from child.subtree


def _determiner(token: Token) -> str:
    found = next((child.lower_ for child in token.children if child.dep_ in ("det", "poss")), None)
    return "none" if found is None else _DETERMINERS.get(found, "whose")


def _noun_form(token: Token) -> str:
    number = " numbered" if any(child.dep_ == "nummod" for child in token.children) else ""
    return f"{'plural' if token.tag_ in ('NNS', 'NNPS') else 'singular'} {_determiner(token)}{number}"


def _verb_form(token: Token) -> str:
    helpers = sorted(child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass"))
    return " ".join([token.tag_, *helpers])


def _coarse(form: str) -> str:
    """The tag or number of a form, and whether it is a perfect: "had" goes back behind what was told."""
    words = form.split(" ")
    return words[0] + (" perfect" if {"had", "has", "have"} & set(words) else "")


def _common(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return "none" if one == other else "of one"
    return "other" if one.isdisjoint(other) else "shared"


def _share(one: frozenset[str], other: frozenset[str]) -> str:
    least = min(len(one), len(other))
    return "none" if not least else interval(int(10 * len(one & other) / least), (0, 1, 2, 3, 4, 5, 7, 9))
