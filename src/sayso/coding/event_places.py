"""Where an event happened: which of the places a text names belongs to a trigger.

The choice is between every name of the trigger's sentence that may be a place, every place of the sentences around it,
and none. Each is weighed by named features (``event_place_features``, ``event_place_story``) against a learned,
readable table; the chances of all mentions of one place are added up, and the likeliest answer wins. Metonyms ("Moscow
denied") and parts of names ("Aleppo University") are never where something happened, unless the whole name is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.coding.event_place_candidates import Candidate, candidates_of
from sayso.coding.event_place_features import Feature, Scene, ancestry, bearing, level, listed, silence, standing
from sayso.coding.event_place_story import Asking, Setting, Story, distances, told_around, told_here, untold
from sayso.coding.mention import place_identity
from sayso.coding.parse import ParsedDocument
from sayso.coding.syntax import patients, subjects
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Place
from sayso.vocabulary.place_tables import event_place_weights
from sayso.vocabulary.triggers import trigger_vocabulary

#: A sentence by itself has no other to tell the place: none must be this likely to be the answer. For a word of no
#: type, where the token F1 of answers is best, cross-validated on the corpus of event locations, which has none for 43%
#: of its words. Coded events have none for 18%: even chances for those are .78 by the corpus's measure.
_NONE_ALONE, _NONE_OF_EVENT = 0.6, 0.78
_KEPT = "sayso.event_places"


def place_of(trigger: Trigger, places: Sequence[Place], parsed: ParsedDocument) -> Place | None:
    """The place the event of ``trigger`` happened at, or None where the words do not tell.

    ``places`` are those of the same document (``tag_places``). The span of the place is its name as the text gives it
    in full ("Kuweires Military Airport"); a name that no source knows has no point.
    """
    asking, chances, best = _weigh(trigger, places, parsed)
    none = chances.pop(None)
    if not chances:
        return None
    likeliest = max(chances, key=lambda key: chances[key])
    alone = _NONE_OF_EVENT if trigger.type else _NONE_ALONE
    if none > (chances[likeliest] if asking.around else alone):
        return None
    return _first_of_list(best[likeliest], asking.scene.candidates).place


def weighed(trigger: Trigger, places: Sequence[Place], parsed: ParsedDocument) -> list[tuple[Place | None, float]]:
    """Every answer of ``place_of``, None among them, with its chance (together 1), the likeliest first."""
    _, chances, best = _weigh(trigger, places, parsed)
    found = [(best[key].place if key in best else None, chance) for key, chance in chances.items()]
    return sorted(found, key=lambda answer: -answer[1])


def _weigh(
    trigger: Trigger, places: Sequence[Place], parsed: ParsedDocument
) -> tuple[Asking, dict[str | None, float], dict[str | None, Candidate]]:
    """The question, the chance of each place (by its key; None of none), and the likeliest name of each."""
    told = _told(parsed, places)
    asking = told.asking(trigger)
    options = [(None, _total(_silence(asking))), *told.here(asking), *told.around(asking, parsed)]
    highest = max(score for _, score in options)
    chances: dict[str | None, float] = defaultdict(float)
    best: dict[str | None, tuple[float, Candidate]] = {}
    for candidate, score in options:
        key = place_identity(candidate.place) if candidate else None
        chances[key] += math.exp(score - highest)
        if candidate and (key not in best or score > best[key][0]):
            best[key] = score, candidate
    total = sum(chances.values())
    return (
        asking,
        {key: chance / total for key, chance in chances.items()},
        {key: candidate for key, (_, candidate) in best.items()},
    )


def options(
    trigger: Trigger, places: Sequence[Place], parsed: ParsedDocument
) -> list[tuple[Place | None, dict[str, float]]]:
    """Every answer that ``place_of`` weighs, none first, with its features: the cases ``training/`` learns from."""
    told = _told(parsed, places)
    asking = told.asking(trigger)
    found: list[tuple[Place | None, dict[str, float]]] = [(None, dict(_silence(asking)))]
    here = asking.scene.candidates
    for candidate, own in zip(here, _bearings(asking), strict=True):
        found.append((candidate.place, {**dict(standing(candidate, here)), **dict(own)}))
    for place, (number, candidate) in enumerate(asking.around):
        features = dict(told_around(candidate, number, parsed.sentences[number], told.story))
        found.append((candidate.place, {**features, **dict(distances(asking, place))}))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """A document's story, and what has been worked out of it that does not depend on the event; kept with the parse."""

    places: Sequence[Place]
    story: Story
    scenes: dict[int, tuple[Scene, Setting, tuple[tuple[int, Candidate], ...]]] = field(default_factory=dict)
    standing: dict[int, list[float]] = field(default_factory=dict)
    told_around: dict[tuple[int, int], float] = field(default_factory=dict)

    def asking(self, trigger: Trigger) -> Asking:
        """The question of ``trigger``."""
        sentence = trigger.sentence
        if sentence.index not in self.scenes:
            scene = Scene.of(sentence, candidates_of(sentence, self.places))
            self.scenes[sentence.index] = scene, Setting.of(sentence), self.story.around(sentence)
        return Asking.of(trigger, self.story, *self.scenes[sentence.index])

    def here(self, asking: Asking) -> list[tuple[Candidate, float]]:
        """The candidates of the trigger's own sentence with their weight."""
        index, here = asking.trigger.sentence.index, asking.scene.candidates
        if index not in self.standing:
            self.standing[index] = [_total(standing(one, here)) for one in here]
        return [
            (candidate, fixed + _total(own))
            for candidate, fixed, own in zip(here, self.standing[index], _bearings(asking), strict=True)
        ]

    def around(self, asking: Asking, parsed: ParsedDocument) -> list[tuple[Candidate, float]]:
        """The candidates of the sentences around with their weight."""
        found = []
        for place, (number, candidate) in enumerate(asking.around):
            key = number, candidate.first
            if key not in self.told_around:
                sentence = parsed.sentences[number]
                self.told_around[key] = _total(told_around(candidate, number, sentence, self.story))
            found.append((candidate, self.told_around[key] + _total(distances(asking, place))))
        return found


def _bearings(asking: Asking) -> list[list[Feature]]:
    """For each candidate of the trigger's own sentence, the features that depend on the event."""
    here, token, found = asking.scene.candidates, asking.trigger.token, []
    above = ancestry(token)
    acting, undergoing = _parts(token) if here else (frozenset(), frozenset())
    for which, one in enumerate(here):
        numbers = range(one.first, one.last + 1)
        part = "acting" if not acting.isdisjoint(numbers) else None
        part = "undergoing" if part is None and not undergoing.isdisjoint(numbers) else part
        features = list(bearing(token, above, asking.scene, which, part))
        found.append([*features, *told_here(asking.trigger, one, asking.nouns)] if asking.around else features)
    return found


def _parts(token: Token) -> tuple[frozenset[int], frozenset[int]]:
    """The token numbers of those who do it and of those it is done to; what falls is done to."""
    if token.pos_ not in ("VERB", "AUX"):
        return frozenset(one.i for one in subjects(token)), frozenset()
    doers, done_to = (frozenset(one.i for one in some(token)) for some in (subjects, patients))
    if token.lemma_.lower() in trigger_vocabulary().losses:
        return frozenset(), doers | done_to
    return doers, done_to


def _told(parsed: ParsedDocument, places: Sequence[Place]) -> _Told:
    kept = parsed.sections[0].doc.user_data
    if _KEPT not in kept or kept[_KEPT].places is not places:
        kept[_KEPT] = _Told(places, Story.of(parsed, places))
    told: _Told = kept[_KEPT]
    return told


def _silence(asking: Asking) -> Iterable[Feature]:
    return untold(asking) if asking.around else silence(asking.trigger.token, asking.scene.candidates)


def _total(features: Iterable[Feature]) -> float:
    weights, total = event_place_weights(), 0.0
    for name, value in features:
        total += weights.get(name, 0.0) * value
    return total


def _first_of_list(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """What happened at several places named together is put at the first of them (the coding guide's ruling)."""
    for other in reversed([other for other in candidates if other.first < candidate.first and other.tagged]):
        if listed(other, candidate) and level(other.place) >= level(candidate.place):
            candidate = other
    return candidate
