"""Where an event happened: which of the places a text names belongs to a trigger.

The literal places of the trigger's sentence are scored by named features of the parse, weighed by a learned, readable
table; the best one wins if it is likelier than not. Where the sentence has none, the place of the sentences before
holds for events that are told over several sentences, never a country and never for events that have no one place.
Metonyms ("Moscow denied") and parts of names ("Aleppo University") are never where something happened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sayso.coding.event_place_features import Candidate, features, level
from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.triggers import Trigger
from sayso.model import Place
from sayso.vocabulary.place_tables import event_place_weights

#: Types told without a place of their own, unless the sentence gives one: they do not inherit from sentences before.
_NOWHERE = frozenset(
    {
        "toll", "talks", "legal_action", "sanction", "agreement", "force_change", "accusation", "denial", "threat",
        "demand", "support", "military_support", "protest", "ceasefire",
    }
)  # fmt: skip
#: How likely a place of the sentence must be.
_LIKELY = 0.35
#: How many sentences back a place may stand and still hold.
_MEMORY = 4


def place_of(trigger: Trigger, places: Sequence[Place], parsed: ParsedDocument) -> Place | None:
    """The place the event of ``trigger`` happened at, or None where the words do not tell.

    ``places`` are those of the same document (``tag_places``). Own sentence first, by its parse; then the sentences
    before; then the title. The most specific literal place, never a metonym, never a country that only acts.
    """
    candidates = list(_candidates(trigger.sentence, places))
    scored = [
        (likelihood(features(trigger.token, candidate, candidates)), -candidate.first, candidate)
        for candidate in candidates
    ]
    if scored:
        best = max(scored, key=lambda item: item[:2])
        if best[0] >= _LIKELY:
            return best[2].place
    if trigger.type in _NOWHERE:
        return None
    return _from_before(trigger.sentence, places, parsed)


def likelihood(found: dict[str, float]) -> float:
    """How likely a place with these features is where the event happened (logistic, 0 to 1)."""
    weights = event_place_weights()
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _candidates(sentence: Sentence, places: Sequence[Place]) -> Iterator[Candidate]:
    offset, doc = sentence.section.offset, sentence.section.doc
    for place in places:
        if place.role == "literal" and sentence.span.contains(place.span):
            tokens = doc.char_span(place.span.start - offset, place.span.end - offset, alignment_mode="expand")
            if tokens is not None:
                yield Candidate(place, tokens.root, tokens.start, tokens.end - 1)


def _from_before(sentence: Sentence, places: Sequence[Place], parsed: ParsedDocument) -> Place | None:
    """The narrowest place of the nearest sentence before that has one, else of the title; never a country."""
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _MEMORY), -1):
        held = [
            candidate.place
            for candidate in _candidates(parsed.sentences[index], places)
            if level(candidate.place) > 0 and not features(candidate.head, candidate, ()).get("dateline")
        ]
        if held:
            return max(held, key=lambda place: (level(place), -place.span.start))
    for section in parsed.sections:
        if section.segment.kind == "title":
            held = [
                place
                for place in places
                if place.role == "literal"
                and level(place) > 0
                and section.segment.start <= place.span.start < section.segment.end
            ]
            if held:
                return max(held, key=lambda place: (level(place), -place.span.start))
    return None
