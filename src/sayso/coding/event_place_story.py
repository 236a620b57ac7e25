"""What a whole story says about the place of an event: the sentences around it, and the words that point to them.

"A clinic in a village near X was hit" is told before the village is named; "the town" and "there" after. Features are
named as in ``event_place_features``; an event's type counts here, since a toll is told of a country and a strike of a
quarter.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sayso.coding.event_place_candidates import Candidate, candidates_of, kind_beside
from sayso.coding.event_place_features import (
    Feature,
    Scene,
    is_dateline,
    is_reference,
    kept_level,
    level,
    may_hold,
    relation,
)  # fmt: skip
from sayso.coding.mention import place_identity
from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.syntax import phrase
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Place
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.place_tables import place_words

#: How many sentences back and ahead a place may stand; the first three of a story may always be looked at.
BACK, AHEAD, LEAD = 10, 4, 3
#: Kinds of place that a bare noun may point to.
_FITS: Mapping[str, frozenset[str]] = {
    "city": frozenset({"city", "capital", "camp"}),
    "quarter": frozenset({"quarter", "admin2", "city"}),
    "admin2": frozenset({"admin2", "quarter"}),
    "area": frozenset({"area", "region", "valley", "mountain", "camp"}),
    "countryside": frozenset({"admin1", "region", "area"}),
    "airbase": frozenset({"airbase", "airport", "base"}),
    "airport": frozenset({"airport", "airbase"}),
    "base": frozenset({"base", "airbase"}),
}
#: Words that spread an event over more than one place.
_SPREAD = frozenset(
    {"country", "nationwide", "countrywide", "elsewhere", "across", "throughout", "several", "many", "various"}
    | {"dozens", "areas", "parts", "fronts", "conflict", "war"}
)


class BareNoun(NamedTuple):
    """A common noun for a place, without a name of its own ("the town", "a village near X").

    ``own``: in the trigger's phrase; ``definite``: it points to a place told of; ``named``: its name follows it.
    """

    kind: str
    definite: bool
    own: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Story:
    """What of a document does not depend on the event: by sentence its tagged candidates; by place key, how often it
    is named and what the text calls it."""

    candidates: tuple[tuple[Candidate, ...], ...]
    named: Mapping[str, int]
    called: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, parsed: ParsedDocument, places: Sequence[Place]) -> Story:
        """The story of a document whose places are ``places``."""
        candidates = tuple(tuple(candidates_of(sentence, places, runs=False)) for sentence in parsed.sentences)
        called: dict[str, set[str]] = defaultdict(set)
        for candidate in (one for found in candidates for one in found if one.tagged is not None):
            kinds = (kind_beside(candidate.head.doc, candidate.first, candidate.last), candidate.place.kind)
            called[place_identity(candidate.place)].update(kind for kind in kinds if kind)
        return cls(
            candidates,
            Counter(place_identity(place) for place in places if place.role == "literal"),
            {key: frozenset(kinds) for key, kinds in called.items()},
        )

    def around(self, sentence: Sentence) -> tuple[tuple[int, Candidate], ...]:
        """The literal places of the sentences within reach, with the number of each one's sentence."""
        reach = {*range(min(LEAD, len(self.candidates)))}
        reach.update(range(max(0, sentence.index - BACK), min(len(self.candidates), sentence.index + AHEAD + 1)))
        return tuple(
            (number, candidate)
            for number in sorted(reach - {sentence.index})
            for candidate in self.candidates[number]
            if candidate.tagged is not None and candidate.tagged.role == "literal"
        )


def group_of(type: str) -> str:
    """The group of an event type, "-" for none."""
    found = event_types().get(type)
    return found.group if found else "-"


@dataclass(frozen=True, slots=True)
class Setting:
    """What of a sentence points to places told elsewhere: its bare nouns with their token numbers, and the words that
    spread an event over many places."""

    nouns: tuple[tuple[int, BareNoun], ...]
    spread: tuple[str, ...]

    @classmethod
    def of(cls, sentence: Sentence) -> Setting:
        """The setting of a sentence; whether a noun is an event's ``own`` is left open."""
        words, nouns, spread = place_words(), [], set()
        for token in sentence.tokens:
            word = token.lower_
            if word in _SPREAD:
                spread.add(word)
            kind = words.kinds.get(word) or words.heads.get(word)
            if kind is not None and token.pos_ == "NOUN" and token.text.islower():
                noun = _bare(token, kind)
                if noun is not None:
                    nouns.append((token.i, noun))
        return cls(tuple(nouns), tuple(sorted(spread)))

    def nouns_for(self, trigger: Trigger) -> Iterator[BareNoun]:
        """The bare nouns, knowing which stand in the trigger's phrase."""
        if self.nouns:
            own = {one.i for one in phrase(trigger.token)}
            for number, noun in self.nouns:
                yield noun._replace(own=number in own)


def _bare(token: Token, kind: str) -> BareNoun | None:
    children = list(token.children)
    if any(child.pos_ == "PROPN" and child.dep_ in ("compound", "nmod", "poss") for child in children):
        return None
    definite = any(
        child.lower_ in ("the", "this", "that", "its", "their") and child.dep_ in ("det", "poss") for child in children
    )
    named = any(
        child.dep_ == "prep" and child.lower_ in ("of", "in") and any(one.pos_ == "PROPN" for one in child.children)
        for child in children
    )
    return BareNoun(kind, definite, False, named)


def told_here(trigger: Trigger, candidate: Candidate, nouns: Sequence[BareNoun]) -> Iterator[Feature]:
    """Further features of a candidate of the trigger's own sentence, in a story of more than one."""
    how = kept_level(candidate)
    yield f"here {how}", 1.0
    yield f"here {group_of(trigger.type)} {how}", 1.0
    yield f"here {trigger.type} {how}", 1.0
    if candidate.tagged is not None and candidate.tagged.role != "literal":
        yield f"here {candidate.tagged.role}", 1.0
    if any(noun.own and not noun.definite for noun in nouns):
        yield f"here vague {how}", 1.0
        if trigger.sentence.index < LEAD:
            yield "here vague lead", 1.0
    if any(noun.own and noun.definite for noun in nouns):
        yield f"here definite {how}", 1.0


def told_around(candidate: Candidate, number: int, sentence: Sentence, story: Story) -> Iterator[Feature]:
    """Features of a candidate of sentence ``number``, whatever event asks. ``sentence`` is its sentence."""
    how, place = level(candidate.place), candidate.place
    yield "around", 1.0
    yield f"around {how}", 1.0
    if sentence.section.is_headline:
        yield f"around {sentence.section.segment.kind}", 1.0
    if number == 0:
        yield "around first sentence", 1.0
    if place.precision == "near":
        yield "around near", 1.0
    if is_dateline(candidate):
        yield "around dateline", 1.0
    if is_reference(candidate):
        yield "around reference", 1.0
    if place.gazetteer_id is not None:
        yield "around known", 1.0
    times = story.named.get(place_identity(place), 0)
    yield "around named", math.log1p(times)
    yield f"around {how} named", math.log1p(times)
    yield "around share", times / max(1, sum(story.named.values()))
    same = [one for one in story.candidates[number] if one is not candidate and one.tagged is not None]
    same = [one for one in same if one.tagged is not None and one.tagged.role == "literal"]
    if any(level(one.place) > how and may_hold(place, one.place) for one in same):
        yield "around narrower beside", 1.0
    if all(level(one.place) <= how for one in same):
        yield "around narrowest", 1.0
    if all(one.first > candidate.first for one in same):
        yield "around first", 1.0
    yield f"around {relation(candidate)}", 1.0


@dataclass(frozen=True, slots=True)
class Asking:
    """An event's question for its place: what is worked out once for all candidates around it."""

    trigger: Trigger
    group: str
    story: Story
    scene: Scene
    setting: Setting
    around: tuple[tuple[int, Candidate], ...]
    nouns: tuple[BareNoun, ...]
    literal: tuple[Candidate, ...]

    @classmethod
    def of(
        cls, trigger: Trigger, story: Story, scene: Scene, setting: Setting, around: tuple[tuple[int, Candidate], ...]
    ) -> Asking:
        """The question of ``trigger``, whose sentence has this scene and setting and these candidates around it."""
        literal = [one for one in scene.candidates if one.tagged is not None and one.tagged.role == "literal"]
        nouns = tuple(setting.nouns_for(trigger)) if around else ()
        return cls(trigger, group_of(trigger.type), story, scene, setting, around, nouns, tuple(literal))


def distances(asking: Asking, place: int) -> Iterator[Feature]:
    """Features of the ``place``-th candidate around: how far it is, and how the event's words point to it."""
    number, candidate = asking.around[place]
    index, how, story = asking.trigger.sentence.index, level(candidate.place), asking.story
    steps, ahead = number - index, number > index
    side = "ahead" if ahead else "back"
    yield f"around {side} {min(abs(steps), 6)}", 1.0
    yield f"around {side} {asking.group}", 1.0
    yield "around far", math.log1p(abs(steps))
    yield f"around {how} {asking.group}", 1.0
    yield f"around {asking.trigger.type} {how}", 1.0
    if asking.trigger.sentence.section.is_headline:
        yield f"around heading {side}", 1.0
    nearer: list[Candidate] = []
    if not ahead:
        nearer = [one for other, one in asking.around[place + 1 :] if other < index]
        yield f"around recency {min(len(nearer), 5)}", 1.0
        if how > 0:
            yield f"around narrow recency {min(4, sum(level(one.place) > 0 for one in nearer))}", 1.0
    if asking.trigger.later and abs(steps) <= 2:
        yield "around pointed back", 1.0
    bare = [noun for noun in asking.nouns if not noun.named]
    for noun in bare:
        yield from _pointed(noun, candidate, nearer, side, index, story)
    if not bare:
        yield f"around no noun {asking.group}", 1.0
    vague = any(noun.own and not noun.definite for noun in asking.nouns)
    here = asking.literal
    if not here:
        yield "around none here", 1.0
    for one in here:
        wide = level(one.place)
        if place_identity(one.place) == place_identity(candidate.place):
            yield "around named here", 1.0
        elif wide < how and may_hold(one.place, candidate.place):
            yield f"around inside {wide}", 1.0
            yield f"around inside {side}", 1.0
            if vague:
                yield f"around inside vague {side}", 1.0
                if index < LEAD and ahead:
                    yield "around inside vague lead", 1.0
        elif wide > 0:
            yield "around apart", 1.0


def _pointed(
    noun: BareNoun, candidate: Candidate, nearer: Sequence[Candidate], side: str, index: int, story: Story
) -> Iterator[Feature]:
    fits = _fits(noun, candidate, story)
    how = f"{'own' if noun.own else 'other'} {'definite' if noun.definite else 'vague'}"
    yield f"noun {'fits' if fits else 'misfits'} {how} {side}", 1.0
    yield f"noun {noun.kind} {candidate.place.kind}", 1.0
    if index < LEAD - 1:
        yield f"noun {'fits' if fits else 'misfits'} {how} {side} lead", 1.0
    if fits and side == "back":
        yield f"noun recency {min(3, sum(_fits(noun, one, story) for one in nearer))} {how}", 1.0


def _fits(noun: BareNoun, candidate: Candidate, story: Story) -> bool:
    called = story.called.get(place_identity(candidate.place), frozenset())
    return not called.isdisjoint(_FITS.get(noun.kind, (noun.kind,)))


def untold(asking: Asking) -> Iterator[Feature]:
    """Features of a story that naming no place of the event would have."""
    trigger, token = asking.trigger, asking.trigger.token
    yield "untold", 1.0
    yield f"untold {asking.group}", 1.0
    yield f"untold {trigger.type}", 1.0
    here = len(asking.literal)
    yield f"untold of {min(2, here)}", 1.0
    if not here:
        yield f"untold none here {asking.group}", 1.0
    if asking.nouns:
        yield "untold noun", 1.0
    if any(noun.own for noun in asking.nouns):
        yield "untold own noun", 1.0
    if trigger.later:
        yield "untold pointed back", 1.0
    yield f"untold {token.pos_}", 1.0
    children = list(token.children)
    for child in children:
        if child.dep_ in ("aux", "det"):
            yield f"untold {child.dep_} {child.lower_}", 1.0
    if token.tag_ == "NNS" and not any(child.dep_ in ("det", "poss") for child in children):
        yield "untold bare plural", 1.0
    for word in asking.setting.spread:
        yield f"untold {word}", 1.0
    if trigger.sentence.section.is_headline:
        yield "untold heading", 1.0
