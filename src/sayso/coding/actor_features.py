"""What speaks for a party being who did an event, or whom it was done to: the features that ``actor_choice`` weighs.

All are of an event (its mentions) and a party (all phrases of a document that mean one): what the rules of ``roles``
made of it, how it hangs on the triggers, where it stands, how often and as what it is named elsewhere. None is a word
of a text but prepositions. The same ones serve both roles; weights are learned by ``training/actor_roles.py``.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.coding.actor_candidates import Candidate, key_of, tied_to
from sayso.coding.casualties import Casualty
from sayso.coding.event_choice import main_mention
from sayso.coding.mention import Mention
from sayso.coding.parse import Sentence
from sayso.coding.syntax import is_passive
from sayso.coding.tokens import Token
from sayso.model import Attribution, Span
from sayso.vocabulary.event_types import event_types

#: Parties are looked for in the sentences of an event and in these many before and after its main mention.
_BACK, _AHEAD = 3, 1
#: Longest way through the tree that is a feature of its own.
_LONGEST_WAY = 5
_SUBJECTS = ("nsubj", "nsubjpass")
#: Sorts of parties that fight.
_ARMED = frozenset(
    {"state", "state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces", "alliance"}
    | {"government", "adjective", "force MIL", "member REB", "member UAF", "member OPP", "body GOV"}
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of a document by key, and what is known of each before any event is looked at.

    ``cited`` and ``counted``: offsets of heads that stand in a cited source, and of those counted as killed or injured;
    ``facing``: pairs of keys that the rules set against one another; ``doing`` and ``suffering``: in how many events
    of a group (of any, under "") the rules make a party doer or sufferer.
    """

    parties: Mapping[str, tuple[Candidate, ...]]
    cited: frozenset[int]
    counted: frozenset[int]
    facing: frozenset[tuple[str, str]]
    doing: Mapping[tuple[str, str], int]
    suffering: Mapping[tuple[str, str], int]
    total: int


class Event:
    """The mentions of one event, and what of them every party is asked for."""

    def __init__(self, mentions: Sequence[Mention], cast: Cast) -> None:
        self.mentions = mentions
        self.cast = cast
        self.main = main_mention(mentions)
        self.type = self.main.trigger.type
        self.group = event_types()[self.type].group
        self.at = self.main.trigger.sentence.index
        self.sentences = {m.trigger.sentence.index for m in mentions}
        self.doers, self.sufferers = keys(mentions, "actors"), keys(mentions, "targets")
        self.first_doers, self.first_sufferers = keys([self.main], "actors"), keys([self.main], "targets")

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Keys of the parties that stand in a sentence of the event or near its main mention."""
        near = {*self.sentences, *range(self.at - _BACK, self.at + _AHEAD + 1)}
        return tuple(key for key, found in self.cast.parties.items() if any(c.sentence.index in near for c in found))

    @cached_property
    def hooks(self) -> tuple[tuple[int, Hook], ...]:
        """What the parties of a sentence hang on: its number, and each trigger of the event in it."""
        found = ((mention.trigger.token, mention.trigger.sentence) for mention in self.mentions)
        return tuple((sentence.index, Hook.of(token, sentence)) for token, sentence in found)

    @cached_property
    def armed(self) -> frozenset[str]:
        """Keys of those who fight in the event's own sentences."""
        return frozenset(
            key
            for key in self.parties
            if any(c.sort in _ARMED and c.sentence.index in self.sentences for c in self.cast.parties[key])
        )


def cast_of(
    candidates: Sequence[Candidate],
    events: Sequence[Sequence[Mention]],
    attributions: Sequence[Attribution],
    casualties: Sequence[Casualty],
) -> Cast:
    """The cast of a document, from what was read in it."""
    parties: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        parties[candidate.key].append(candidate)
    for candidate in (c for mentions in events for mention in mentions for c in tied_to(mention)):
        if candidate.key not in parties:
            parties[candidate.key].append(candidate)
    heads = [candidate.at for candidate in candidates]
    doing: Counter[tuple[str, str]] = Counter()
    suffering: Counter[tuple[str, str]] = Counter()
    facing: set[tuple[str, str]] = set()
    for mentions in events:
        group = event_types()[mentions[0].trigger.type].group
        doers, sufferers = keys(mentions, "actors"), keys(mentions, "targets")
        doing.update((key, of) for key in doers for of in (group, ""))
        suffering.update((key, of) for key in sufferers for of in (group, ""))
        if group in ("force", "control"):
            facing.update(pair for a in doers for b in sufferers for pair in ((a, b), (b, a)))
    return Cast(
        parties={key: tuple(found) for key, found in parties.items()},
        cited=_inside(heads, [span for a in attributions for span in a.source]),
        counted=_inside(heads, [c.whose for c in casualties if c.whose]),
        facing=frozenset(facing),
        doing=doing,
        suffering=suffering,
        total=len(candidates),
    )


def keys(mentions: Sequence[Mention], field: str) -> frozenset[str]:
    """Keys of the actors or targets that the rules give ``mentions``."""
    return frozenset(key_of(actor) for mention in mentions for actor in getattr(mention, field))


def features(event: Event, key: str) -> dict[str, float]:
    """Named features of the party ``key`` of ``event.parties``; those that are 0 are left out."""
    found_at = event.cast.parties[key]
    beside = [c for c in found_at if c.sentence.index in event.sentences]
    found: dict[str, float] = {"bias": 1.0, f"type {event.type}": 1.0}
    _by_rule(event, key, found)
    _by_sort(event, key, found_at, beside, found)
    _by_place(event, found_at, beside, found)
    _by_tie(event, beside, found)
    _by_document(event, key, found_at, beside, found)
    return {name: value for name, value in found.items() if value}


def _by_rule(event: Event, key: str, found: dict[str, float]) -> None:
    for name, holds, first in (
        ("doer", event.doers, event.first_doers),
        ("sufferer", event.sufferers, event.first_sufferers),
    ):
        others = holds - {key}
        found[f"other {name}"] = float(bool(others))
        found[f"faces a {name}"] = float(any((key, other) in event.cast.facing for other in others))
        if key in holds:
            found[name] = found[f"{name}, {event.group}"] = found[f"{name}, {event.type}"] = 1.0
            found[f"{name} main"] = float(key in first)


def _by_sort(
    event: Event, key: str, found_at: Sequence[Candidate], beside: Sequence[Candidate], found: dict[str, float]
) -> None:
    role = "doer" if key in event.doers else "sufferer" if key in event.sufferers else None
    for sort in dict.fromkeys(c.sort for c in (beside or found_at)):
        found[f"class {sort}"] = found[f"class {sort}, {event.group}"] = 1.0
        if role:
            found[f"class {sort}, {role}"] = 1.0
        found[f"class {sort}, {event.type}"] = 1.0
    if any(c.sort in _ARMED for c in found_at):
        found["armed"] = found[f"armed, {event.type}"] = 1.0
        found[f"armed rivals {min(3, len(event.armed - {key}))}"] = 1.0
        found["armed, often"] = math.log1p(len(found_at))
    if any(c.holds for c in beside):
        found["holds"] = found[f"holds, {event.type}"] = 1.0


def _by_place(
    event: Event, found_at: Sequence[Candidate], beside: Sequence[Candidate], found: dict[str, float]
) -> None:
    here = [c for c in found_at if c.sentence.index == event.at]
    if here:
        found["in the sentence"] = 1.0
    elif beside:
        found["in a sentence"] = 1.0
    else:
        before = min((event.at - c.sentence.index for c in found_at if c.sentence.index < event.at), default=4)
        found[f"before {min(before, 4)}"] = 1.0
        found["after"] = float(any(c.sentence.index > event.at for c in found_at))
    found["pronoun"] = float(bool(beside) and all(c.head.pos_ == "PRON" for c in beside))
    subjects = [c for c in found_at if c.head.dep_ in _SUBJECTS]
    found["subject before"] = float(any(c.sentence.index == event.at - 1 for c in subjects))
    found["root subject"] = float(any(c.sentence.index == event.at and c.head.head.dep_ == "ROOT" for c in subjects))


def _by_tie(event: Event, beside: Sequence[Candidate], found: dict[str, float]) -> None:
    for sentence, hook in event.hooks:
        for candidate in beside:
            if candidate.sentence.index == sentence:
                for name in _ties(hook, _first_of_list(candidate.head)):
                    found[name] = found[f"{name}, {event.group}"] = 1.0
                    if name.startswith("as "):
                        found[f"{name}, {event.type}"] = 1.0


def _by_document(
    event: Event, key: str, found_at: Sequence[Candidate], beside: Sequence[Candidate], found: dict[str, float]
) -> None:
    cast = event.cast
    if any(c.at in cast.counted for c in beside):
        found["counted"] = found[f"counted, {event.type}"] = 1.0
    cited = [c.at in cast.cited for c in beside or found_at]
    found["cited"] = float(all(cited))
    found["once cited"] = float(any(cited))
    found["often"] = math.log1p(len(found_at))
    found["share"] = len(found_at) / max(1, cast.total)
    found["lead"] = float(any(c.sentence.index <= 1 for c in found_at))
    for verb, noun, counts, holds in (
        ("does", "nobody does", cast.doing, event.doers),
        ("suffers", "nobody suffers", cast.suffering, event.sufferers),
    ):
        own = int(key in holds)
        found[f"{verb} elsewhere"] = math.log1p(counts.get((key, ""), 0) - own)
        found[f"{verb} alike"] = math.log1p(counts.get((key, event.group), 0) - own)
        if not holds:
            found[noun] = 1.0
            found[f"{noun}, {verb} alike"] = found[f"{verb} alike"]


@dataclass(frozen=True, slots=True)
class Hook:
    """A trigger's word as what others hang on: its voice, the numbers of the words above it with the labels that lead
    there from it, and the numbers of its sentence's verbs, in order."""

    at: int
    voice: str
    above: dict[int, tuple[str, ...]]
    verbs: Sequence[int]

    @classmethod
    def of(cls, trigger: Token, sentence: Sentence) -> Hook:
        """The hook that ``trigger`` of ``sentence`` is."""
        voice = "passive" if trigger.pos_ == "VERB" and is_passive(trigger) else trigger.pos_.lower()
        above: dict[int, tuple[str, ...]] = {trigger.i: ()}
        labels = [str(trigger.dep_)]
        for token in trigger.ancestors:
            above[token.i] = tuple(labels)
            labels.append(str(token.dep_))
        return cls(trigger.i, voice, above, [token.i for token in sentence.tokens if token.pos_ == "VERB"])


def _ties(hook: Hook, head: Token) -> Iterator[str]:
    """How ``head`` hangs on ``hook`` in one sentence: the way through the tree, and its coarser parts."""
    up, down = _way(hook, head)
    if len(up) + len(down) <= _LONGEST_WAY:
        yield f"way {hook.voice} {' '.join(up)}>{' '.join(down)}"
    yield f"length {min(len(up) + len(down), 8)}"
    label, at = _label(head), head.i
    yield f"as {label}"
    yield f"{'before' if at < hook.at else 'after'} as {label}"
    low, high = sorted((hook.at, at))
    yield f"verbs between {min(3, max(0, bisect_left(hook.verbs, high) - bisect_right(hook.verbs, low)))}"


def _label(token: Token) -> str:
    if token.dep_ in ("pobj", "pcomp") and token.head.dep_ in ("prep", "agent", "dative"):
        return str(token.head.lower_)
    return str(token.dep_)


def _first_of_list(token: Token) -> Token:
    """The first of the nouns that ``token`` is coordinated or in apposition with: all hang where it hangs."""
    for _ in range(20):
        if token.dep_ not in ("conj", "appos") or token.head.pos_ not in ("NOUN", "PROPN"):
            break
        token = token.head
    return token


def _way(hook: Hook, end: Token) -> tuple[Sequence[str], Sequence[str]]:
    """Labels from ``hook`` up to the nearest word above both, and from there down to ``end``."""
    down, at = [], end
    while at.i not in hook.above and at.head.i != at.i:
        if at.dep_ not in ("prep", "agent"):
            down.append(_label(at))
        at = at.head
    to_the_top = next(reversed(hook.above.values()))
    return hook.above.get(at.i, to_the_top), down[::-1]


def _inside(offsets: Sequence[int], spans: Sequence[Span]) -> frozenset[int]:
    covered = {at for span in spans for at in range(span.start, span.end)}
    return frozenset(offsets) & covered
