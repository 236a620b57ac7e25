"""Who did an event and to whom, where syntax alone does not tell: the parties of its sentences, weighed for each role.

The rules of ``roles`` read what hangs on a trigger. Much is told otherwise: by the sentence before, by who holds the
ground. Here every party named in an event's sentences, or just before its main mention, is looked at twice: by named
features of its own (``actor_features``, where what the rules found is a feature among others), then with what the
first look found likely in the rest of the document (``actor_company``). Each look adds up a learned table of weights
to a chance for each role. A party is taken where it is likely enough, and nobody where no one is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from operator import mul
from types import MappingProxyType
from typing import Literal

from sayso.coding.actor_candidates import candidates_of, key_of
from sayso.coding.actor_company import Chances, company
from sayso.coding.actor_context import ActorContext
from sayso.coding.actor_features import Event, cast_of, features
from sayso.coding.casualties import Casualty
from sayso.coding.mention import Mention
from sayso.coding.parse import ParsedDocument
from sayso.model import Actor, ActorRole, Attribution
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.weights import logistic, packaged_table

Role = Literal["actor", "target"]
ROLES: tuple[Role, Role] = ("actor", "target")
#: How likely the likeliest party must be to be taken for an event's actor, and for its target; how likely each further
#: one ("a strike killed two people in a rebel-held town" is done to the people, the town and the rebels); and how
#: likely one that syntax ties to the event. Chosen on articles left out of learning (docs/design/actors.md).
LIKELY: Mapping[Role, float] = MappingProxyType({"actor": 0.3, "target": 0.2})
ALSO = 0.4
TIED = 0.1


@dataclass(frozen=True, slots=True)
class RoleModel:
    """The weights of each look, by role."""

    first: Mapping[Role, Mapping[str, float]]
    second: Mapping[Role, Mapping[str, float]]

    @classmethod
    @cache
    def load(cls) -> RoleModel:
        """The weights that come with Sayso."""
        first, second = ({role: packaged_table(weights_file(role, look)) for role in ROLES} for look in (1, 2))
        return cls(MappingProxyType(first), MappingProxyType(second))


def weights_file(role: Role, look: int) -> str:
    """The data file of the weights for ``role`` at the first or second ``look``."""
    return f"actors/{role}_weights.csv" if look == 1 else f"actors/{role}_company_weights.csv"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A party that an event's sentences name: how likely it did the event, and how likely it suffered it."""

    actor: Actor
    doing: float
    suffering: float


def with_parties(
    events: Iterable[Sequence[Mention]],
    parsed: ParsedDocument,
    context: ActorContext,
    attributions: Sequence[Attribution],
    casualties: Sequence[Casualty],
) -> list[tuple[Mention, ...]]:
    """``events`` (the mentions of each), every mention of one with the actors and targets of the whole event."""
    told = _told_of(events, parsed, context, attributions, casualties)
    return [_with_parties(event, *chances) for event, chances in zip(told, chances_of(told), strict=True)]


def weighed(
    events: Iterable[Sequence[Mention]],
    parsed: ParsedDocument,
    context: ActorContext,
    attributions: Sequence[Attribution],
    casualties: Sequence[Casualty],
) -> list[list[Weighed]]:
    """For each event every party that ``with_parties`` weighs, the likelier first; none for verbal events."""
    told, found = _told_of(events, parsed, context, attributions, casualties), []
    for event, (doing, suffering) in zip(told, chances_of(told), strict=True):
        parties = [Weighed(told_as(event, key, "mentioned"), doing[key], suffering[key]) for key in doing]
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


def chances_of(events: Sequence[Event], model: RoleModel | None = None) -> list[Chances]:
    """How likely each party of each event of a document did it, and suffered it; nobody is weighed for verbal events.

    Who says what to whom is syntax; none of those was learned from.
    """
    model = model or RoleModel.load()
    features_of = [{} if is_verbal(event) else {key: features(event, key) for key in event.parties} for event in events]
    first = [look(found, model.first) for found in features_of]
    return [look(found, model.second) for found in company(events, first)]


def look(found: Mapping[str, Mapping[str, float]], weights: Mapping[Role, Mapping[str, float]]) -> Chances:
    """How likely each party of an event has each role, by the features of each and the ``weights`` of either role."""
    doing, suffering = ({key: chance(of, weights[role]) for key, of in found.items()} for role in ROLES)
    return doing, suffering


def chance(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely a party with the features ``found`` has the role that ``weights`` are of."""
    return logistic(sum(map(mul, map(weights.get, found, repeat(0.0)), found.values())))


def chosen(
    doing: Mapping[str, float], suffering: Mapping[str, float], tied: tuple[Collection[str], Collection[str]]
) -> tuple[list[str], list[str]]:
    """Who does it and who suffers it, by how likely each is, the likeliest first.

    ``tied``: whom the rules gave each role. Nobody is both: a party is what it is likelier to be.
    """
    doers = {key: value for key, value in doing.items() if value >= suffering[key]}
    sufferers = {key: value for key, value in suffering.items() if key not in doers}
    return _likely(doers, "actor", tied[0]), _likely(sufferers, "target", tied[1])


def _likely(parties: Mapping[str, float], role: Role, tied: Collection[str]) -> list[str]:
    ranked = sorted(parties.items(), key=lambda item: (-item[1], item[0]))
    return [
        key
        for at, (key, value) in enumerate(ranked)
        if value >= (TIED if key in tied else ALSO if at else LIKELY[role])
    ]


def _with_parties(event: Event, doing: Mapping[str, float], suffering: Mapping[str, float]) -> tuple[Mention, ...]:
    if is_verbal(event):
        return tuple(event.mentions)
    actors, targets = chosen(doing, suffering, (event.doers, event.sufferers))
    doers, sufferers = _in_order(event, actors, "actor"), _in_order(event, targets, "target")
    return tuple(replace(mention, actors=doers, targets=sufferers) for mention in event.mentions)


def is_verbal(event: Event) -> bool:
    """Whether the event is something said."""
    return event_types()[event.type].is_verbal


def _in_order(event: Event, keys: Sequence[str], role: ActorRole) -> tuple[Actor, ...]:
    return tuple(sorted((told_as(event, key, role) for key in keys), key=lambda actor: (actor.span, actor.name)))


def told_as(event: Event, key: str, role: ActorRole) -> Actor:
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
