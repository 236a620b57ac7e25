"""Which groups of mentions are events that the document reports: what ``event_weights.csv`` weighs.

A trigger's words are seldom all there is to go by: an event told twice and placed is more likely one than a word in
passing, and what may well be another event's mention is less likely one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.coding.coreference import Links
from sayso.coding.intervals import interval
from sayso.coding.mention import Mention
from sayso.vocabulary.event_types import event_types

_TENTHS = 10
#: Limits between the intervals in which a count is told.
_FEW = (0, 1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions taken for one event: their places in the document's sequence, the main one, and the type."""

    numbers: tuple[int, ...]
    main: Mention
    type: str


def main_mention(mentions: Sequence[Mention]) -> Mention:
    """The first mention outside title and headings (headlines leave out where and when), else the first."""
    return next((m for m in mentions if not m.trigger.sentence.section.is_headline), mentions[0])


def groups_of(mentions: Sequence[Mention], events: Sequence[Sequence[int]]) -> list[Group]:
    """The groups that ``events`` (places in ``mentions``) make."""
    found = []
    for event in events:
        main = main_mention([mentions[number] for number in event])
        found.append(Group(tuple(event), main, main.trigger.type))
    return found


def event_features(mentions: Sequence[Mention], groups: Sequence[Group], links: Links) -> list[list[str]]:
    """The features of each group beside the others of the document."""
    sentences = max((mention.trigger.sentence.index for mention in mentions), default=0)
    return [
        [
            f"type {group.type}",
            f"kind {event_types()[group.type].group}",
            *_own(group, mentions),
            *_among(group, groups, mentions, links),
            f"sentence {interval(group.main.trigger.sentence.index, _FEW)}",
            f"after it {interval(sentences - group.main.trigger.sentence.index, _FEW)}",
        ]
        for group in groups
    ]


def _own(group: Group, mentions: Sequence[Mention]) -> Iterator[str]:
    own = [mentions[number] for number in group.numbers]
    chances = sorted((mention.chance for mention in own), reverse=True)
    yield from _steps("best chance", chances[0])
    yield from _steps("main chance", group.main.chance)
    yield from _steps("first chance", own[0].chance)
    missed = 1.0
    for chance in chances:
        missed *= 1.0 - chance
    yield from _steps("some chance", 1.0 - missed)
    yield f"second chance {int(chances[1] * _TENTHS) if len(own) > 1 else 'none'}"
    yield f"mentions {interval(len(own), (1, 2, 3, 5, 8))}"
    yield f"in sentences {interval(len({m.trigger.sentence.index for m in own}), (1, 2, 4))}"
    yield f"status {group.main.status}"
    token = group.main.trigger.token
    yield f"part of speech {token.pos_}"
    yield f"dep {token.dep_}"
    place = group.main.place
    yield f"place {place.precision if place else 'unknown'}"
    spans = [(m, m.trigger.sentence.span) for m in own]
    yield f"own place {any(m.place is not None and span.contains(m.place.span) for m, span in spans)}"
    yield f"own time {any(m.time is not None and any(span.contains(e) for e in m.time.evidence) for m, span in spans)}"
    yield f"killed {any(m.killed for m in own)} injured {any(m.injured for m in own)}"
    yield f"actors {any(m.actors for m in own)} targets {any(m.targets for m in own)}"
    yield f"all point back {all(m.trigger.later for m in own)}"
    yield f"headline {any(m.trigger.sentence.section.segment.kind in ('title', 'heading') for m in own)}"
    yield f"first sentence {any(m.trigger.sentence.index == 0 for m in own)}"


def _among(group: Group, groups: Sequence[Group], mentions: Sequence[Mention], links: Links) -> Iterator[str]:
    others = [other for other in groups if other is not group]
    same = [other for other in others if other.type == group.type]
    index = group.main.trigger.sentence.index
    before = [other for other in same if other.numbers[0] < group.numbers[0]]
    yield f"same type before {interval(len(before), _FEW)}"
    yield f"same type {interval(len(same), _FEW)}"
    yield f"events {interval(len(groups), (1, 2, 4, 8, 12, 16, 24))}"
    found = [(links.between(group.numbers, other.numbers), other) for other in same]
    linked = [(chances, other) for chances, other in found if chances]
    yield from _steps("best link", max((max(chances) for chances, _ in linked), default=0.0))
    yield from _steps("best mean link", max((sum(c) / len(c) for c, _ in linked), default=0.0))
    earlier = [c for c, other in linked if other.numbers[0] < group.numbers[0]]
    yield from _steps("best earlier link", max((max(c) for c in earlier), default=0.0))
    beside = [other for other in others if any(_index(mentions[n]) == index for n in other.numbers)]
    yield f"beside {interval(len(beside), (0, 1, 2, 3))}"
    yield f"beside of type {any(other.type == group.type for other in beside)}"
    surest = max((mentions[n].chance for other in beside for n in other.numbers), default=0.0)
    yield from _steps("surest beside", surest)
    yield f"surest beside is surer {surest > group.main.chance}"


def _index(mention: Mention) -> int:
    return mention.trigger.sentence.index


def _steps(name: str, chance: float) -> Iterator[str]:
    """One feature for each tenth that ``chance`` reaches, so that a table can tell any rising or falling curve."""
    for tenth in range(1, int(chance * _TENTHS) + 1):
        yield f"{name} from .{tenth}"
