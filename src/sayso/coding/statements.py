"""Statements: one reported event of one document, put together from all its mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sayso.coding.counts import merged
from sayso.coding.event_choice import main_mention
from sayso.coding.mention import Mention
from sayso.coding.status_choice import event_status
from sayso.ids import content_id
from sayso.model import Actor, Document, Place, Span, Statement, TimeSpan

_Value = TypeVar("_Value")

#: A place this wide gives way to a narrower one inside it that another mention names.
_WIDE = ("country", "region")
#: Mentions this many sentences from the main one add to what it names as hit.
_NEAR = 1
#: Words that many names share do not make two names one.
_SHARED = frozenset({"the", "an", "of", "for", "in", "and", "at", "from", "s"})


def statement(
    document: Document, mentions: Sequence[Mention], claimed_by: Callable[[Mention], tuple[Span, ...]], coder: str
) -> Statement:
    """The statement that ``mentions`` (at least one, in order of the text) make together.

    The main mention is the first outside title and headings: headlines leave out where and when. What it does not
    tell is taken from the first mention that does.
    """
    main = main_mention(mentions)
    ordered = [main, *(m for m in mentions if m is not main)]
    trigger = main.trigger
    actors: tuple[Actor, ...] = _first(m.actors for m in ordered)
    return Statement(
        id=content_id("stm", document.id, trigger.span.start, trigger.span.end, trigger.type),
        document_id=document.id,
        trigger=trigger.span,
        mentions=tuple(m.trigger.span for m in ordered),
        sentence=trigger.sentence.span,
        type=trigger.type,
        status=event_status(ordered, document.written),
        actors=actors,
        targets=_targets(ordered, actors),
        place=_place(ordered),
        time=_time([m.time for m in ordered if m.time]),
        killed=merged([m.killed for m in ordered if m.killed]),
        injured=merged([m.injured for m in ordered if m.injured]),
        claimed_by=_claim(document.text, ordered, claimed_by),
        coder=f"{coder} {trigger.rule}",
        certainty=main.certainty,
    )


def _first(values: Iterable[tuple[_Value, ...]]) -> tuple[_Value, ...]:
    return next((value for value in values if value), ())


def _claim(
    text: str, ordered: Sequence[Mention], claimed_by: Callable[[Mention], tuple[Span, ...]]
) -> tuple[Span, ...]:
    """Whoever is cited for most mentions; of those cited for as many, for the main mention or the one nearest to it.

    Mentions in titles and headings come last: they shorten names.
    """
    at = ordered[0].trigger.sentence.index

    def rank(mention: Mention) -> tuple[bool, int]:
        sentence = mention.trigger.sentence
        return sentence.section.is_headline, abs(sentence.index - at)

    chains = [chain for mention in sorted(ordered, key=rank) if (chain := claimed_by(mention))]
    named = [{word for span in chain for word in _words(span.of(text))} for chain in chains]
    shared = Counter(word for words in named for word in words)
    votes = [max((shared[word] for word in words), default=0) for words in named]
    return chains[votes.index(max(votes))] if chains else ()


def _words(name: str) -> list[str]:
    """The words of a name that tell it from others."""
    return [word for word in re.findall(r"\w+", name.casefold()) if word not in _SHARED]


def _targets(ordered: Sequence[Mention], actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """All that the main mention and those near it name as hit, or else the first mention that names any.

    "They fired shells on the suburb. The attack killed two people": the suburb and the people. Who acts is no target.
    """
    main = ordered[0].trigger.sentence.index
    doers = {actor.actor_id or actor.name for actor in actors}
    near = [m for m in ordered if abs(m.trigger.sentence.index - main) <= _NEAR]
    for mentions in (near, *([m] for m in ordered)):
        found: dict[str, Actor] = {}
        for target in (target for mention in mentions for target in mention.targets):
            key = target.actor_id or target.name.casefold()
            if key not in doers:
                found.setdefault(key, target)
        if found:
            return tuple(found.values())
    return ()


def _place(mentions: Sequence[Mention]) -> Place | None:
    """The main mention's place; a country or region gives way to a narrower place named beside another mention."""
    first = next((m.place for m in mentions if m.place), None)
    if first is None or first.precision not in _WIDE:
        return first
    beside = (m.place for m in mentions if m.place and m.trigger.sentence.span.contains(m.place.span))
    return next((p for p in beside if p.precision not in _WIDE and p.country == first.country), first)


def _time(times: Sequence[TimeSpan]) -> TimeSpan | None:
    """The main mention's time, unless it only bounds a report and another mention tells more.

    Of two times one of which lies in the other, the narrower says more.
    """
    told = [time for time in times if time.basis != "reported"] or list(times)
    if not told:
        return None
    best = told[0]
    for time in told[1:]:
        if best.earliest <= time.earliest and time.latest <= best.latest:
            best = time
    return best
