"""The learned part of finding events: three small tables of weights, each over named features.

``mention``: does a trigger report an event at all; ``pair``: are two mentions one event; ``event``: is a group of
mentions an event that the document reports. Learned by ``training/event_model.py``; docs/design/events.md has reasons
and figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.coding.coreference import group, links
from sayso.coding.event_choice import Group, event_features, groups_of
from sayso.coding.event_mention_features import Surroundings, mention_features
from sayso.coding.mention import Mention
from sayso.coding.parse import Sentence
from sayso.coding.triggers import Trigger
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.weights import Weights, packaged_weights

#: The tables, in the vocabulary's ``data``.
MENTION_FILE, PAIR_FILE, EVENT_FILE = "event_mention_weights.csv", "same_event_weights.csv", "event_weights.csv"

#: The mentions of an event, in order of the text, and how likely it is one that the document reports.
ScoredEvent = tuple[tuple[Mention, ...], float]


@dataclass(frozen=True, slots=True)
class EventModel:
    """The three tables. ``mention.threshold`` is low: it only spares the work on what is hardly ever an event."""

    mention: Weights
    pair: Weights
    event: Weights

    @classmethod
    def load(cls) -> EventModel:
        """The tables that come with Sayso; ``VocabularyError`` names one that is missing or malformed."""
        return cls(*(packaged_weights(name) for name in (MENTION_FILE, PAIR_FILE, EVENT_FILE)))

    def likely(self, triggers: Sequence[Trigger], sentences: Sequence[Sentence]) -> list[tuple[Trigger, float]]:
        """The triggers that may report an event, each with the chance that it does."""
        around = Surroundings.of(triggers, sentences)
        scored = ((trigger, self.mention.chance(mention_features(trigger, around))) for trigger in triggers)
        return [(t, c) for t, c in scored if c >= self.mention.threshold or _is_verbal(t.type)]

    def events(self, mentions: Sequence[Mention]) -> list[ScoredEvent]:
        """The events that ``mentions`` (in order of the text) report, each with the chance that it is one.

        A verbal event is one where the rules found it: the article's news, not what anyone says in it.
        """
        told = ((one, self.event.chance(features)) for one, features in self.groups(mentions))
        return [
            (tuple(mentions[number] for number in one.numbers), chance)
            for one, chance in told
            if chance >= self.event.threshold or _is_verbal(one.type)
        ]

    def groups(self, mentions: Sequence[Mention]) -> list[tuple[Group, list[str]]]:
        """All that ``mentions`` are put together to, each with the features by which it is judged."""
        found = links(mentions, self.pair)
        groups = groups_of(mentions, group(mentions, found, self.pair.threshold))
        return list(zip(groups, event_features(mentions, groups, found), strict=True))


def _is_verbal(event_type: str) -> bool:
    return event_types()[event_type].is_verbal
