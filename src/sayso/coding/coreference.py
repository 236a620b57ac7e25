"""Mentions of one event within a document: which triggers report the same thing.

A mention joins the earlier event of its type to whose mentions it is most likely linked, if likely enough, and if it
may be one with each of them. How likely two mentions are one is weighed from named features (``event_pair_features``)
by a learned, readable table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.coding.event_fit import fit, other_heading, other_time
from sayso.coding.event_pair_features import Told, pair_features
from sayso.coding.mention import Mention
from sayso.vocabulary.weights import Weights

#: A mention is compared with so many mentions of its type before it: what lies farther back is another story, and the
#: cost of a text that names one thing thousands of times stays bounded.
_COMPARED = 40
#: So many mentions of any type before one are looked at for what stands between it and another.
_BETWEEN = 60
#: Two mentions that fit worse than this by hand are never one event; out of fold this detects as well as no limit.
_LEAST_FIT = -0.4
#: The share that the link to an event's first mention has in how likely another joins it, beside the mean of all: an
#: event is told in full where it is told first. Chosen on 147 articles, out of fold.
_OF_FIRST = 0.4


@dataclass(frozen=True, slots=True)
class Links:
    """How likely two mentions of a document are one event: ``links[later, earlier]``, by their place in the text.

    Only mentions of one type have a link, and only near ones.
    """

    chances: Mapping[tuple[int, int], float]

    def between(self, one: Sequence[int], other: Sequence[int]) -> list[float]:
        """The links between two groups of mentions."""
        pairs = ((max(a, b), min(a, b)) for a in one for b in other if a != b)
        return [self.chances[pair] for pair in pairs if pair in self.chances]


def links(mentions: Sequence[Mention], weights: Weights) -> Links:
    """The links between ``mentions`` (in order of the text)."""
    return Links({pair: weights.chance(features) for pair, features in pairs(mentions)})


def pairs(mentions: Sequence[Mention]) -> list[tuple[tuple[int, int], list[str]]]:
    """((later, earlier), features) of every two mentions that may be one event.

    Mentions under different headings never are: the entries of a list are stories of their own. Nor are those that by
    hand fit too badly, as do strikes on two days: that so few coded articles hardly show it proves nothing. A heading
    that names another time than the words under it stays a telling of its own, so that linking can show the two.
    """
    told: list[Told] = []
    of_type: dict[str, list[int]] = defaultdict(list)
    counts = Counter(mention.trigger.type for mention in mentions)
    last = mentions[-1].trigger.sentence.index if mentions else 0
    found = []
    for number, mention in enumerate(mentions):
        told.append(Told.of(mention))
        before = of_type[mention.trigger.type]
        document = counts[mention.trigger.type], last
        for between, other in enumerate(reversed(before[-_COMPARED:])):
            earlier = mentions[other]
            if other_heading(mention, earlier) or _told_at_other_times(mention, earlier):
                continue
            by_hand = fit(mention, earlier)
            if by_hand >= _LEAST_FIT:
                others = mentions[max(other + 1, number - _BETWEEN) : number]
                features = pair_features(told[number], told[other], between, others, document, by_hand)
                found.append(((number, other), features))
        before.append(number)
    return found


def group(mentions: Sequence[Mention], found: Links, threshold: float) -> tuple[tuple[int, ...], ...]:
    """Partition ``mentions``, given by their place in the sequence, into events in order of their first mention.

    Mentions of a type that have no link though they are within reach are of two events.
    """
    events: dict[str, list[list[int]]] = defaultdict(list)
    of_type: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        reach = of_type[mention.trigger.type][-_COMPARED:]
        best: list[int] | None = None
        likeliest = threshold
        for event in events[mention.trigger.type]:
            near = event[bisect_left(event, reach[0]) :]
            chances = found.between((number,), near)
            # "The attack" between strikes on two towns is like both: that these are unlike each other keeps them two.
            if not near or len(chances) < len(near):
                continue
            likely = _OF_FIRST * chances[0] + (1 - _OF_FIRST) * sum(chances) / len(chances)
            if likely > likeliest:
                best, likeliest = event, likely
        if best is None:
            events[mention.trigger.type].append([number])
        else:
            best.append(number)
        of_type[mention.trigger.type].append(number)
    return tuple(sorted(tuple(event) for found_ in events.values() for event in found_))


def _told_at_other_times(one: Mention, other: Mention) -> bool:
    """Whether one stands in a heading, and each has a time from the words of its own sentence that does not meet."""
    if _in_heading(one) is _in_heading(other):
        return False
    return bool(other_time(one, other)) and _by_own_words(one) and _by_own_words(other)


def _by_own_words(mention: Mention) -> bool:
    sentence = mention.trigger.sentence.span
    return mention.time is not None and any(sentence.contains(span) for span in mention.time.evidence)


def _in_heading(mention: Mention) -> bool:
    return mention.trigger.sentence.section.segment.kind == "heading"
