"""Which event a number of killed or injured belongs to, and what several mentions of one event give together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sayso.coding.casualties import Casualty, casualties_in, has_subject, tag_casualties
from sayso.coding.mention import Mention
from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Count
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.numbers import count_vocabulary

__all__ = ["COUNTED", "Casualty", "counts_of", "merged", "shared_out", "tag_casualties"]

#: Farther apart than this in the tree (see ``distance``), a count does not belong to a trigger of its sentence.
_FARTHEST = 12.0
#: This near, a count belongs to an event even where the word that tells it is taken for another event's: "a blast
#: killed six", "300 were killed in bombardments".
_SPOKEN_OF = 2.0
#: Only force takes lives: a meeting in the same sentence as a death toll has none of its own.
COUNTED = frozenset(event_type.id for event_type in event_types().values() if event_type.group == "force")
#: Plain numbers within this factor of each other are rival counts of one event. Hardly matters: killed right on gold
#: was .769 with 1.3 and .766 with 1.0 and 1.6.
_NEAR = 1.3
#: So many counts, from the start of the trigger's sentence, are looked at.
_AHEAD = 40
_POINTING = frozenset({"the", "this", "that", "these", "those", "both"})


def shared_out(
    events: Iterable[Sequence[Mention]], parsed: ParsedDocument, casualties: Sequence[Casualty]
) -> list[tuple[Mention, ...]]:
    """``events`` (the mentions of each) with each count at the event it is nearest to, once all events are known."""
    events = [tuple(event) for event in events]
    beside: dict[int, list[tuple[int, Trigger]]] = {}
    for number, event in enumerate(events):
        for mention in event:
            if mention.trigger.type in COUNTED:
                beside.setdefault(mention.trigger.sentence.index, []).append((number, mention.trigger))
    return [
        tuple(_with_counts(mention, number, beside, parsed, casualties) for mention in event)
        for number, event in enumerate(events)
    ]


def _with_counts(
    mention: Mention,
    number: int,
    beside: Mapping[int, Sequence[tuple[int, Trigger]]],
    parsed: ParsedDocument,
    casualties: Sequence[Casualty],
) -> Mention:
    trigger = mention.trigger
    if trigger.type not in COUNTED:
        return mention
    index = trigger.sentence.index
    others = [other for at in (index, index + 1) for of, other in beside.get(at, ()) if of != number]
    killed, injured = counts_of(trigger, parsed, casualties, others)
    return replace(mention, killed=killed, injured=injured)


def counts_of(
    trigger: Trigger,
    parsed: ParsedDocument,
    casualties: Sequence[Casualty] | None = None,
    others: Sequence[Trigger] = (),
) -> tuple[Count | None, Count | None]:
    """(killed, injured) of the event at ``trigger``; None where the words give no number.

    ``casualties`` are those of ``tag_casualties`` (where left out, those of its own and the next sentence are
    found anew). ``others`` are the document's further
    triggers: a count goes to the nearest one, and one that two kinds of event share to the first named.
    """
    if casualties is None:
        index = trigger.sentence.index
        casualties = casualties_in(parsed.sentences[index : index + 2])
    else:
        casualties = _nearby(trigger, casualties)
    here = [c for c in casualties if trigger.sentence.span.contains(c.span)]
    if not here and _stands_last(trigger, others):
        here = _of_result(trigger, parsed, casualties, others)
        killed = next((c for c in here if c.kind == "killed"), None)
        injured = next((c for c in here if c.kind == "injured"), None)
    else:
        killed = _nearest(trigger, [c for c in here if c.kind == "killed"], others)
        injured = _nearest(trigger, [c for c in here if c.kind == "injured"], others)
    return _with_rivals(killed, trigger, parsed, casualties), _with_rivals(injured, trigger, parsed, casualties)


def _with_rivals(
    casualty: Casualty | None, trigger: Trigger, parsed: ParsedDocument, casualties: Sequence[Casualty]
) -> Count | None:
    """The count, with the numbers that others put beside it at once: least and greatest of all."""
    if casualty is None:
        return None
    rivals: list[Casualty] = []
    reach = _reach(trigger, parsed)
    first = bisect_left(casualties, casualty.span.start, key=lambda c: c.span.end)
    for at in range(first, len(casualties)):
        other = casualties[at]
        if other.span.start <= casualty.span.start or other.kind != casualty.kind:
            continue
        if not other.rival or not any(s.span.contains(other.span) for s in reach):
            break
        rivals.append(other)
    told = [x for c in (casualty, *rivals) for x in (c.minimum, c.maximum) if x is not None]
    minimum = casualty.minimum if casualty.minimum is None else min(told)
    maximum = casualty.maximum if not rivals else max(told)
    return Count(minimum, maximum, tuple(c.span for c in (casualty, *rivals)))


def _reach(trigger: Trigger, parsed: ParsedDocument) -> Sequence[Sentence]:
    """The sentence of the trigger and the next of its section."""
    index = trigger.sentence.index
    return [s for s in parsed.sentences[index : index + 2] if s.section is trigger.sentence.section]


def _nearby(trigger: Trigger, casualties: Sequence[Casualty]) -> Sequence[Casualty]:
    """Those from the trigger's sentence on, as far as a result may stand."""
    first = bisect_left(casualties, trigger.sentence.span.start, key=lambda c: c.span.end)
    return casualties[first : first + _AHEAD]


def _stands_last(trigger: Trigger, others: Sequence[Trigger]) -> bool:
    """Whether no other event stands in the trigger's sentence: its result may then follow in the next."""
    return not any(o.sentence.index == trigger.sentence.index and o.token != trigger.token for o in others)


def _of_result(
    trigger: Trigger, parsed: ParsedDocument, casualties: Sequence[Casualty], others: Sequence[Trigger]
) -> list[Casualty]:
    """The counts of a directly following sentence that only gives a result: "The attack killed 12"."""
    index = trigger.sentence.index + 1
    if index >= len(parsed.sentences):
        return []
    following = parsed.sentences[index]
    if following.section is not trigger.sentence.section:
        return []
    if any(o.sentence.index == index and o.token not in [c.verb for c in casualties] for o in others):
        return []
    found = [c for c in casualties if following.span.contains(c.span)]
    return [c for c in found if _is_result(c.verb, trigger)]


def _is_result(verb: Token, trigger: Trigger) -> bool:
    """Whether a casualty word takes up an event just told: "the attack killed", "it left", "were killed"."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "agent"):
            noun = child
            for inner in child.children:
                if child.dep_ == "agent" and inner.dep_ == "pobj":
                    noun = inner
            if noun.lower_ in ("it", "this", "that", "which"):
                return True
            if noun.lemma_ == trigger.token.lemma_ or any(c.lower_ in _POINTING for c in noun.children):
                return not noun.ent_type_
            return verb.pos_ != "VERB"
        if child.dep_ == "prep" and child.lower_ in ("in", "during", "by") and child.i > verb.i:
            inner_nouns = [g for g in child.children if g.dep_ == "pobj"]
            if any(not g.ent_type_ and not any(c.lower_ in _POINTING for c in g.children) for g in inner_nouns):
                return False
    return True


def _nearest(trigger: Trigger, casualties: Sequence[Casualty], others: Sequence[Trigger]) -> Casualty | None:
    best: tuple[float, int] | None = None
    chosen: Casualty | None = None
    for order, casualty in enumerate(casualties):
        far = distance(trigger.token, casualty.verb)
        if far > _FARTHEST:
            continue
        rivals = [
            o
            for o in others
            if o.sentence.index == trigger.sentence.index
            and o.token != trigger.token
            and not (o.token == casualty.verb and far <= _SPOKEN_OF)
            and (distance(o.token, casualty.verb), o.token.i) < (far, trigger.token.i)
        ]
        if rivals:
            continue
        if best is None or (far, order) < best:
            best, chosen = (far, order), casualty
    return chosen


def distance(one: Token, other: Token) -> float:
    """How far apart two words stand in the tree; joined clauses and reported speech count for more than one step."""
    if one == other:
        return 0.0
    up: dict[int, float] = {}
    cost = 0.0
    token = one
    for _ in range(60):
        up[token.i] = cost
        if token.head == token:
            break
        cost += _step(token)
        token = token.head
    cost = 0.0
    token = other
    for _ in range(60):
        if token.i in up:
            return up[token.i] + cost
        if token.head == token:
            break
        cost += _step(token)
        token = token.head
    return float("inf")


def _step(token: Token) -> float:
    if token.dep_ in ("conj", "parataxis") and token.pos_ in ("VERB", "AUX"):
        return 2.0
    if token.dep_ == "advcl" and has_subject(token):
        return 2.0
    return 2.0 if token.dep_ == "ccomp" else 1.0


def merged(counts: Sequence[Count]) -> Count | None:
    """The counts that several mentions of one event give, main mention first, as one.

    The first that is not vague stands ("dozens" gives way to a number). Numbers near to it rival it
    (least minimum, greatest maximum); those far below it are parts of it, those far above sums that it is part of:
    both are left out.
    """
    if not counts:
        return None
    first = next((count for count in counts if not is_vague(count)), counts[0])
    low, high = first.minimum, first.maximum
    evidence = list(first.evidence)
    if low is not None and high is not None and low > 0:
        for count in counts:
            number = count.minimum
            if number is None or number != count.maximum or number == low:
                continue
            if low / _NEAR <= number <= high * _NEAR:
                low, high = min(low, number), max(high, number)
                evidence.extend(span for span in count.evidence if span not in evidence)
    return Count(low, high, tuple(evidence))


def is_vague(count: Count) -> bool:
    """Whether the count is of a quantity that gives no number: "dozens"."""
    return count.maximum is None and (count.minimum, None) in count_vocabulary().vague.values()
