"""Who did an event and to whom, where syntax alone does not tell: the parties of its sentences weighed against another.

The rules of ``roles`` read what hangs on a trigger. Much is told otherwise: by the sentence before, by who holds the
ground. Here every party named in an event's sentences, or just before its main mention, is scored for either role by
named features (``actor_features``) and a learned table of weights; the parties of one event, and "nobody that is
named", share one probability (a conditional logit). What the rules found is a feature among others. A party is taken
where it is likely enough, and nobody where no one is.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from operator import mul

from sayso.coding.actor_candidates import candidates_of, key_of
from sayso.coding.actor_context import ActorContext
from sayso.coding.actor_features import Event, cast_of, features
from sayso.coding.casualties import Casualty
from sayso.coding.mention import Mention
from sayso.coding.parse import ParsedDocument
from sayso.model import Actor, ActorRole, Attribution
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.weights import packaged_table

#: How likely the likeliest party must be to be taken, how likely each further one ("a strike killed two people in a
#: rebel-held town" is done to the people, the town and the rebels), and how likely one that syntax ties to the event.
#: Chosen on gold articles left out of learning: about as many events as by the rules alone are given a party where the
#: analyst named none.
LIKELY, ALSO, TIED = 0.2, 0.15, 0.1
#: The weights of the features of an event's actor and of its target.
ACTOR_FILE, TARGET_FILE = "actors/actor_weights.csv", "actors/target_weights.csv"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A party that an event's sentences name: how likely it did the event, how likely it suffered it, and whether
    syntax ties it to the event."""

    actor: Actor
    doing: float
    suffering: float
    tied: bool


def with_parties(
    events: Iterable[Sequence[Mention]],
    parsed: ParsedDocument,
    context: ActorContext,
    attributions: Sequence[Attribution],
    casualties: Sequence[Casualty],
) -> list[tuple[Mention, ...]]:
    """``events`` (the mentions of each), every mention of one with the actors and targets of the whole event."""
    return [_with_parties(event) for event in _told_of(events, parsed, context, attributions, casualties)]


def weighed(
    events: Iterable[Sequence[Mention]],
    parsed: ParsedDocument,
    context: ActorContext,
    attributions: Sequence[Attribution],
    casualties: Sequence[Casualty],
) -> list[list[Weighed]]:
    """For each event every party that ``with_parties`` weighs, the likelier first; none for verbal events."""
    found = []
    for event in _told_of(events, parsed, context, attributions, casualties):
        doing, suffering = ({}, {}) if _is_verbal(event) else _likelihoods(event)
        parties = [
            Weighed(
                _told(event, key, "mentioned"), doing[key], suffering[key], key in event.doers or key in event.sufferers
            )
            for key in doing
        ]
        found.append(sorted(parties, key=lambda party: -max(party.doing, party.suffering)))
    return found


def _told_of(
    events: Iterable[Sequence[Mention]],
    parsed: ParsedDocument,
    context: ActorContext,
    attributions: Sequence[Attribution],
    casualties: Sequence[Casualty],
) -> list[Event]:
    events = list(events)
    cast = cast_of(candidates_of(parsed, context), events, attributions, casualties)
    return [Event(mentions, cast) for mentions in events]


def likelihoods(found: Mapping[str, Mapping[str, float]], type_: str, weights: Mapping[str, float]) -> dict[str, float]:
    """How likely each party, by its features, has the role that ``weights`` are of. With "nobody" they sum to 1."""
    scores = {key: sum(map(mul, map(weights.get, of, repeat(0.0)), of.values())) for key, of in found.items()}
    nobody = weights.get("nobody", 0.0) + weights.get(f"nobody, type {type_}", 0.0)
    top = max(nobody, *scores.values()) if scores else nobody
    total = math.exp(nobody - top) + sum(math.exp(score - top) for score in scores.values())
    return {key: math.exp(score - top) / total for key, score in scores.items()}


def chosen(
    doing: Mapping[str, float], suffering: Mapping[str, float], tied: tuple[Collection[str], Collection[str]]
) -> tuple[list[str], list[str]]:
    """Who does it and who suffers it, by how likely each is, the likeliest first.

    ``tied``: whom the rules gave each role. Nobody is both: a party is what it is likelier to be.
    """
    doers = {key: value for key, value in doing.items() if value >= suffering[key]}
    sufferers = {key: value for key, value in suffering.items() if key not in doers}
    return _likely(doers, tied[0]), _likely(sufferers, tied[1])


def _likely(parties: Mapping[str, float], tied: Collection[str]) -> list[str]:
    ranked = sorted(parties.items(), key=lambda item: (-item[1], item[0]))
    if not any(value >= (TIED if key in tied else LIKELY) for key, value in ranked):
        return []
    return [key for key, value in ranked if value >= (TIED if key in tied else ALSO)]


def _with_parties(event: Event) -> tuple[Mention, ...]:
    if _is_verbal(event):
        return tuple(event.mentions)  # who says what to whom is syntax; none of these was learned from
    doing, suffering = _likelihoods(event)
    actors, targets = chosen(doing, suffering, (event.doers, event.sufferers))
    doers, sufferers = _in_order(event, actors, "actor"), _in_order(event, targets, "target")
    return tuple(replace(mention, actors=doers, targets=sufferers) for mention in event.mentions)


def _is_verbal(event: Event) -> bool:
    return event_types()[event.type].is_verbal


def _likelihoods(event: Event) -> tuple[dict[str, float], dict[str, float]]:
    """How likely each party did the event, and how likely it suffered it."""
    found = {key: features(event, key) for key in event.parties}
    doing, suffering = (likelihoods(found, event.type, packaged_table(file)) for file in (ACTOR_FILE, TARGET_FILE))
    return doing, suffering


def _in_order(event: Event, keys: Sequence[str], role: ActorRole) -> tuple[Actor, ...]:
    return tuple(sorted((_told(event, key, role) for key in keys), key=lambda actor: (actor.span, actor.name)))


def _told(event: Event, key: str, role: ActorRole) -> Actor:
    """The party in the words nearest to the main mention; those the rules tied to a trigger come first."""
    by_rule = [
        actor
        for mention in (event.main, *event.mentions)
        for actor in (*mention.actors, *mention.targets)
        if key_of(actor) == key
    ]
    if by_rule:
        return replace(by_rule[0], role=role)
    nearest = min(
        event.cast.parties[key],
        key=lambda c: (c.sentence.index not in event.sentences, abs(c.sentence.index - event.at), c.at),
    )
    return replace(nearest.actor, role=role)
