"""Where an event happened: which of the places a text names belongs to a trigger.

The literal places of the trigger's sentence are scored by named features of the parse, weighed by a learned, readable
table; the best one wins if it is likelier than not. Where the sentence has none, the place of the sentences before
holds for events that are told over several sentences, never a country and never for events that have no one place.
Metonyms ("Moscow denied") and parts of names ("Aleppo University") are never where something happened.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sayso.coding.event_place_features import Candidate, features, level, listed
from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.syntax import phrase, subjects
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
#: Types that are mostly told of a whole country ("300,000 killed in Syria's war"): a country in the sentence is enough.
_COUNTRYWIDE = frozenset({"ceasefire", "toll", "protest", "military_support", "force_change", "legal_action", "talks"})
#: How likely a place of the sentence must be, and how likely not to give way to its country for the types above.
_LIKELY, _SURE = 0.25, 0.8
#: How many sentences back a place may stand and still hold; and ahead, for "a town in the east" named later.
_MEMORY, _AHEAD = 8, 3


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
        # "Russia created a corps": whoever acts is not where it happens.
        acting = {head.i for head in subjects(trigger.token)}
        countries = [item for item in scored if level(item[2].place) == 0 and item[2].head.i not in acting]
        if trigger.type in _COUNTRYWIDE and countries and best[0] <= _SURE:
            return max(countries, key=lambda item: item[:2])[2].place
        if best[0] >= _LIKELY:
            return _first_of_list(best[2], candidates).place
        # "the withdrawal of troops from Syria": a country in the event's own phrase beats a town of another sentence.
        own = {token.i for token in phrase(trigger.token)} if trigger.token.pos_ in ("NOUN", "PROPN") else set()
        named = [item for item in countries if item[2].head.i in own and item[2].head.dep_ == "pobj"]
        if named:
            return max(named, key=lambda item: item[:2])[2].place
    if trigger.type in _NOWHERE:
        return _country_at_war(trigger, places) if trigger.type in _COUNTRYWIDE else None
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


def _first_of_list(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """What happened at several places named together is put at the first of them."""
    for other in reversed([other for other in candidates if other.first < candidate.first]):
        if listed(other, candidate) and level(other.place) >= level(candidate.place):
            candidate = other
    return candidate


def _country_at_war(trigger: Trigger, places: Sequence[Place]) -> Place | None:
    """The country most named as a place so far, for events told of a whole country."""
    named = [
        place
        for place in places
        if place.precision == "country" and place.kind == "country" and place.role == "literal"
        and place.span.start < trigger.span.start
    ]  # fmt: skip
    counts = Counter(place.country for place in named)
    return max(named, key=lambda place: (counts[place.country], place.span.start), default=None)


def _from_before(sentence: Sentence, places: Sequence[Place], parsed: ParsedDocument) -> Place | None:
    """The narrowest place of the nearest sentence before that has one, else after, else of the title; no country."""
    back = range(sentence.index - 1, max(-1, sentence.index - 1 - _MEMORY), -1)
    ahead = range(sentence.index + 1, min(len(parsed.sentences), sentence.index + 1 + _AHEAD))
    # What a heading leaves out stands under it.
    order = (*ahead, *back) if sentence.section.segment.kind == "heading" else (*back, *ahead)
    for index in order:
        found = _narrowest(
            candidate.place
            for candidate in _candidates(parsed.sentences[index], places)
            if not features(candidate.head, candidate, ()).get("dateline")
        )
        if found is not None:
            return found
    titles = [section.segment for section in parsed.sections if section.segment.kind == "title"]
    return _narrowest(
        place
        for place in places
        if place.role == "literal" and any(title.start <= place.span.start < title.end for title in titles)
    )


def _narrowest(places: Iterable[Place]) -> Place | None:
    narrow = [place for place in places if level(place) > 0]
    return max(narrow, key=lambda place: (level(place), -place.span.start), default=None)
