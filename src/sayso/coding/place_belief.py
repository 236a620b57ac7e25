"""How surely a name in a text is a place.

A sum of named features with learned weights (``place_belief_weights.csv``), twice: first by what stands around the name
and what the document's other mentions of it look like; then also by which place it would be, and how well that one
fits the document (``place_choice``). The first belief decides how much a name may tell about its neighbours, the second
whether it counts as a place.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, repeat
from operator import mul

from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.place_choice import Chosen, Context
from sayso.coding.place_mentions import PLACE_ENTITIES, Features, Mention, capitalised
from sayso.coding.place_roles import Beside, assign_role, beside, is_deed
from sayso.coding.tokens import Token
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.place_names import ARTICLES, place_key
from sayso.vocabulary.place_tables import place_belief_weights, place_words

_INSIDE = frozenset({"in", "at", "near", "inside", "outside", "around"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_HONOURS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."})
#: What a feature's name says of the parser's label, for those that tell most.
_LABELS = frozenset({"GPE", "LOC", "FAC", "PERSON", "ORG", "NORP", "DATE", ""})
_RELATIONS = frozenset({"pobj", "nsubj", "compound", "poss", "appos", "conj", "dobj", "nmod", "amod", "npadvmod"})
_KINDS = frozenset({"country", "continent", "capital", "admin1", "admin2", "city"})
_SMALL = 20_000


def believe(mentions: Sequence[Mention], parsed: ParsedDocument, gazetteer: Gazetteer) -> None:
    """Fill in ``features``, ``role`` and ``belief`` (in logits, before a place is chosen) of a document's mentions."""
    describe(mentions, parsed, gazetteer)
    first, _ = place_belief_weights()
    for mention in mentions:
        mention.belief = weigh(mention.features, first)


def describe(mentions: Sequence[Mention], parsed: ParsedDocument, gazetteer: Gazetteer) -> None:
    """Fill in ``features`` and ``role``."""
    for _, group in groupby(mentions, key=lambda mention: id(mention.section)):
        found = list(group)
        starts = {mention.first: mention for mention in found}
        ends = {mention.last: mention for mention in found}
        shouting = _shouting(found[0].section)
        for mention in found:
            around = beside(mention, shouting, starts, ends)
            assign_role(mention, around, shouting, gazetteer)
            mention.features = _features(mention, around, shouting, starts, ends)
    _look_at_each_other(mentions, parsed)


def believe_again(mentions: Sequence[Mention], chosen: Sequence[Chosen | None], context: Context) -> None:
    """Fill in ``belief`` in the light of the places chosen; from 0 upward a name is more likely a place than not."""
    _, then = place_belief_weights()
    best: dict[str, float] = defaultdict(lambda: -9.0)
    for mention in mentions:
        best[mention.key] = max(best[mention.key], mention.belief)
    for mention, choice in zip(mentions, chosen, strict=True):
        mention.features["belief"] = mention.belief
        mention.features["best belief"] = best[mention.key]
        _add_choice(mention.features, choice, context)
        mention.belief = weigh(mention.features, then)


def weigh(features: Features, weights: Mapping[str, float]) -> float:
    """The sum of the weighted features, in logits."""
    total: float = sum(map(mul, map(weights.get, features, repeat(0.0)), features.values()))
    return total + weights["always"]


def _shouting(section: Section) -> bool:
    """Whether capitals mean nothing here: a headline with most of its words capitalised."""
    if not section.is_headline:
        return False
    words = [token for token in section.doc if token.is_alpha and not token.is_stop]
    return len(words) > 3 and sum(capitalised(word) for word in words) >= 0.7 * len(words)


def _features(
    mention: Mention, around: Beside, shouting: bool, starts: Mapping[int, Mention], ends: Mapping[int, Mention]
) -> Features:
    """What stands in and around the name; a feature left out is 0."""
    doc, words = mention.doc, place_words()
    tokens = doc[mention.first : mention.last + 1]
    label = Counter(token.ent_type_ for token in tokens).most_common(1)[0][0]
    before_it, after_it = ends.get(mention.first - 1), starts.get(mention.last + 1)
    if label == "PERSON" and ((before_it and before_it.end_cut) or (mention.end_cut and after_it)):
        # "Syrias Aleppo" is no person
        label = "GPE"
    lone = len(mention.key.split()) == 1
    inside = around.before is not None and around.before.lower_ in _INSIDE
    found: Features = {f"role {mention.role}": 1.0, f"label {label if label in _LABELS else 'other'}": 1.0}
    if label == "PERSON":
        # The parser takes most Arabic names for persons; "in X" and "X village" say otherwise.
        found["person, kind word"] = bool(mention.kind)
        found["person, in"] = inside
    relation = mention.head.dep_
    if relation in _RELATIONS:
        found[f"relation {relation}"] = 1.0
    found["kind word"] = bool(mention.kind)
    found["site word inside"] = doc[mention.last].text.islower()
    found["known"] = mention.known
    found["words"] = min(len(mention.key.split()), 4)
    found["letters"] = min(len(mention.key), 20) / 10
    found["capitals"] = mention.text.isupper() and not shouting
    found["everyday word"] = mention.key in words.common and not mention.kind
    found["everyday word, kind word"] = mention.key in words.common and bool(mention.kind)
    found["given name"] = mention.key in words.first
    found["no proper noun"] = lone and not shouting and not any(token.pos_ == "PROPN" for token in tokens)
    found["deed"] = lone and is_deed(doc[mention.last])
    found["shouted"] = lone and shouting and label not in PLACE_ENTITIES
    found["s cut off"] = mention.end_cut > 0
    found["sentence start"] = tokens[0].is_sent_start is True
    found["entity goes on before"] = tokens[0].ent_iob_ == "I"
    found["of a preposition"] = mention.head.head.pos_ == "ADP"
    found["of a noun"] = mention.head.head.pos_ == "NOUN"
    found["of a verb"] = mention.head.head.pos_ == "VERB"
    _add_before(found, mention, around, ends)
    _add_after(found, mention, around, starts, lone)
    return found


def _add_before(found: Features, mention: Mention, around: Beside, ends: Mapping[int, Mention]) -> None:
    before, words = around.before, place_words()
    found["name goes on before"] = around.named_before
    if before is None:
        return
    text = before.lower_
    found["after in"] = text in _INSIDE
    found["after a locating word"] = text in words.locates
    found["after the"] = text == "the"
    found["after of"] = text == "of"
    found["after and"] = text == "and"
    found["after place and comma"] = text == "," and mention.first - 2 in ends
    found["after comma"] = text == ","
    found["after a number"] = before.like_num
    found["after a capital"] = capitalised(before)
    found["after a title"] = text.rstrip(".") in words.title
    found["after a given name"] = text in words.first
    found["after Mr"] = text in _HONOURS


def _add_after(found: Features, mention: Mention, around: Beside, starts: Mapping[int, Mention], lone: bool) -> None:
    after, doc, words = around.after, mention.doc, place_words()
    found["name goes on after"] = around.named_after
    if after is None:
        return
    text = after.lower_
    beyond = doc[mention.last + 2] if mention.last + 2 < len(doc) else None
    found["entity goes on after"] = after.ent_iob_ == "I"
    found["before comma and place"] = text == "," and mention.last + 2 in starts
    found["before comma"] = text == ","
    found["before 's"] = text in _POSSESSIVE
    found["before a noun"] = after.pos_ == "NOUN"
    found["before a verb"] = after.pos_ in ("VERB", "AUX")
    found["before a word of saying"] = after.lemma_ in ("say", "tell", "add", "ask", "think")
    found["before a capital"] = capitalised(after) and not after.is_sent_start
    found["before a title"] = text in words.title
    found["before a word of organisations"] = text in words.tail and capitalised(after)
    found["before a kind word"] = text in words.kinds or text in words.heads
    found["before hyphen"] = text == "-"
    # "Jurf al-Sakhar", where only Jurf is known
    found["article goes on"] = text in ARTICLES and beyond is not None and beyond.text == "-"
    # "Temple of Bel": the first word of a longer name
    found["before of and a capital"] = lone and text == "of" and beyond is not None and capitalised(beyond)


def _look_at_each_other(mentions: Sequence[Mention], parsed: ParsedDocument) -> None:
    """One name is one thing in one document: add what the parser takes its other mentions for."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    persons: Counter[str] = Counter()
    cut = {f"{m.text} " for m in mentions if m.end_cut} | {f"{m.text}s " for m in mentions if m.end_cut}
    for mention in mentions:
        labels[mention.key][_label(mention.doc[mention.last])] += 1
    for section in parsed.sections:
        for entity in section.doc.ents:
            if entity.label_ != "PERSON" or len(entity) < 2 or entity[0].lower_ in ARTICLES:
                continue
            if f"{entity[0].text} " not in cut:
                persons[place_key(entity[-1].text)] += 1
    for mention in mentions:
        seen = labels[mention.key]
        times = seen.total()
        mention.features["times"] = math.log1p(times)
        mention.features["share as place"] = seen["place"] / times
        mention.features["share as person"] = seen["PERSON"] / times
        mention.features["share as organisation"] = seen["ORG"] / times
        mention.features["ends a person's name"] = min(persons[mention.key], 3)


def _label(token: Token) -> str:
    return "place" if token.ent_type_ in PLACE_ENTITIES else token.ent_type_


def _add_choice(found: Features, choice: Chosen | None, context: Context) -> None:
    if choice is None:
        found["no place of that name"] = 1.0
        return
    entry = choice.found.entry
    found["chance"] = choice.chance
    found["chance of any"] = choice.chance_of_any
    found["namesakes"] = choice.namesakes
    found["people"] = math.log10((entry.population or 0) + 10) - 4
    found[f"kind {entry.kind if entry.kind in _KINDS else 'other'}"] = 1.0
    found["our own"] = entry.noted
    found["main name"] = choice.found.main
    found["unlike"] = (100.0 - choice.found.likeness) / 10.0
    found["contained"] = choice.contained
    support = context.countries.get(entry.country or "", 0.0)
    found["country's support"] = support
    found["country's support, town"] = support if entry.kind not in ("country", "continent", "admin1") else 0.0
    small = entry.kind in ("city", "admin2") and (entry.population or 0) < _SMALL
    found["small and unsupported"] = small and support < 0.3
