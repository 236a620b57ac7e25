"""Which of the places of one name is meant: resolution with the document's own context.

Every candidate's score is a sum of features (``place_evidence``) with learned weights (``place_choice_weights.csv``);
"none of them" scores nothing. The chances that follow are worked out three times: from what the candidates are by
themselves, then twice in the light of what the other names of the document most likely mean.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from sayso.coding.parse import ParsedDocument
from sayso.coding.place_evidence import (
    FITS,
    IN_CONTEXT,
    MOST_CANDIDATES,
    PLAIN,
    Floats,
    Integers,
    Name,
    Names,
    is_contained,
)
from sayso.coding.place_mentions import Mention
from sayso.vocabulary.gazetteer import Entry, Found, Gazetteer
from sayso.vocabulary.place_tables import demonyms, place_choice_weights, place_words

#: How much a demonym or a name's likeliest country tells about what the document is about.
_DEMONYM = 0.5
#: A country with this share of the leading one's support is searched for names spelt another way.
_FOCUS = 0.5
_ROUNDS = 2
#: Cosine of the angle between places 50 km apart.
_SAME_PLACE = math.cos(50.0 / 6371.0)
Weights = tuple[Mapping[str, float], Mapping[str, float]]

_AREAS = frozenset({"country", "admin1", "admin2"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The likeliest place of a name, how likely it is (0 to 1) among its namesakes and none of them.

    ``chance`` counts in its namesakes within 50 km: a town and its district are one answer. ``chance_of_any`` is that
    of all places of the name together, ``namesakes`` the logarithm of their number; ``contained``: the words say what
    holds it ("Paris, Texas"), and that does.
    """

    found: Found
    chance: float
    chance_of_any: float
    namesakes: float
    contained: bool


@dataclass(slots=True)
class Context:
    """What the document is about: weight of each country (0 to 1, 1 the most)."""

    countries: dict[str, float] = field(default_factory=dict)


def choose(
    mentions: Sequence[Mention], parsed: ParsedDocument, gazetteer: Gazetteer
) -> tuple[list[Chosen | None], Context]:
    """The place meant by each mention, None where no place bears its name; and what the document is about.

    One name with one kind word beside it means one place throughout a document.
    """
    return choose_with(mentions, parsed, gazetteer, place_choice_weights())


def choose_with(
    mentions: Sequence[Mention], parsed: ParsedDocument, gazetteer: Gazetteer, weights: Weights
) -> tuple[list[Chosen | None], Context]:
    """``choose`` with other weights than those that come with Sayso: at first, and in context."""
    groups: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        groups[mention.key, wanted(mention)].append(number)
    votes = demonym_votes(parsed)
    names, chances = weighed(names_of(mentions, groups, votes, gazetteer), votes, weights)
    chosen: dict[tuple[str, str | None], Chosen | None] = dict.fromkeys(groups)
    countries: dict[str, float] = defaultdict(float, votes)
    for number, group in enumerate(groups):
        rows = np.flatnonzero(names.name == number)
        if not len(rows):
            continue
        best = int(rows[np.argmax(chances[rows])])
        contained = is_contained(names.found[best].entry, names.names[number].containers)
        close = names.points[rows] @ names.points[best] >= _SAME_PLACE
        chosen[group] = Chosen(
            names.found[best], float(chances[rows][close].sum()), float(chances[rows].sum()), math.log1p(len(rows)),
            contained,
        )  # fmt: skip
        country = names.found[best].entry.country
        if country:
            countries[country] += float(chances[best]) * names.names[number].evidence
    return [chosen[mention.key, wanted(mention)] for mention in mentions], Context(_shares(countries))


def wanted(mention: Mention) -> str | None:
    """The kind of place the words beside a name ask for, where entries of the gazetteer have it."""
    return mention.kind if mention.kind in FITS else None


def names_of(
    mentions: Sequence[Mention], groups: Mapping[tuple[str, str | None], Sequence[int]], votes: Mapping[str, float],
    gazetteer: Gazetteer,
) -> list[Name]:  # fmt: skip
    """Each group of mentions with the places it could mean; spelt another way where the gazetteer has none."""
    containers = _containers(mentions, gazetteer)
    names = []
    for (key, kind), numbers in groups.items():
        first = mentions[numbers[0]]
        candidates = gazetteer.found(key)[:MOST_CANDIDATES] if first.known else ()
        sure = max(1.0 / (1.0 + math.exp(-mentions[n].belief)) for n in numbers)
        around = tuple({e.id: e for n in numbers for e in containers[n]}.values())
        speaks = any(mentions[n].role == "metonym" for n in numbers)
        goes_on = any(mentions[n].features.get("article goes on", 0.0) for n in numbers)
        names.append(Name(key, kind, candidates, around, sure * math.sqrt(len(numbers)), speaks, goes_on))
    focus = _focus(names, votes)
    for number, numbers in enumerate(groups.values()):
        name = names[number]
        countries = {*focus, *(container.country for container in name.containers if container.country)}
        if not name.candidates and countries:
            alike = gazetteer.alike(mentions[numbers[0]].text, sorted(countries))[:MOST_CANDIDATES]
            names[number] = replace(name, candidates=alike)
    return names


def _focus(names: Sequence[Name], votes: Mapping[str, float]) -> list[str]:
    """The countries a document is most about, from the first place of each name."""
    counts: dict[str, float] = defaultdict(float, votes)
    for name in names:
        if name.candidates and name.candidates[0].entry.country:
            entry = name.candidates[0].entry
            large = entry.kind in ("country", "admin1", "capital") or (entry.population or 0) > 100_000
            counts[entry.country or ""] += name.evidence if large else 0.1 * name.evidence
    return [code for code, share in _shares(counts).items() if share >= _FOCUS]


def weighed(names: Sequence[Name], votes: Mapping[str, float], weights: Weights) -> tuple[Names, Floats]:
    """All candidates, and the chance of each."""
    flat = Names(names, votes)
    if not flat.found:
        return flat, np.zeros(0)
    first, then = weights
    plain = flat.plain()
    chances = softmax(plain @ [first[feature] for feature in PLAIN], flat.name)
    for _ in range(_ROUNDS):
        features = np.hstack([plain, flat.in_context(chances)])
        chances = softmax(features @ [then[feature] for feature in (*PLAIN, *IN_CONTEXT)], flat.name)
    return flat, chances


def softmax(scores: Floats, name: Integers) -> Floats:
    """The chance of each candidate among those of its name and none of them, which scores 0."""
    most = np.zeros(int(name.max()) + 1)
    np.maximum.at(most, name, scores)
    powers = np.exp(scores - most[name])
    totals = np.bincount(name, powers, len(most)) + np.exp(-most)
    chances: Floats = powers / totals[name]
    return chances


def _containers(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[list[Entry]]:
    """For each mention, what may hold it: "X, Y", "X in northern Y", "Y's X"."""
    words = place_words()
    result: list[list[Entry]] = [[] for _ in mentions]
    for number, (one, other) in enumerate(pairwise(mentions)):
        if one.doc is not other.doc or not 0 < other.first - one.last <= 7:
            continue
        between = [
            token.lower_
            for token in one.doc[one.last + 1 : other.first]
            if token.lower_ not in words.direction and token.lower_ not in words.kinds and token.lower_ != "the"
        ]
        if between in ([","], ["in"], [",", "in"], ["of"], [",", "of"]):
            result[number] += _areas(gazetteer.found(other.key), 12)
        elif between in ([], ["'s"], ["’s"], ["-"]):
            result[number + 1] += _areas(gazetteer.found(one.key), 3)
    return result


def _areas(found: Iterable[Found], most: int) -> list[Entry]:
    """What can hold a place: areas, and the largest towns."""
    entries = [f.entry for f in found][:most]
    return [entry for number, entry in enumerate(entries) if entry.kind in _AREAS or number < 3]


def demonym_votes(parsed: ParsedDocument) -> dict[str, float]:
    """What the demonyms of a document ("Syrian") say about the countries it is about."""
    counts: dict[str, float] = defaultdict(float)
    known = demonyms()
    for section in parsed.sections:
        for token in section.doc:
            if token.text[:1].isupper():
                country = known.get(token.lower_) or known.get(token.lower_.removesuffix("s"))
                if country:
                    counts[country] += _DEMONYM
    return dict(counts)


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    most = max(counts.values(), default=0.0)
    return {key: count / most for key, count in counts.items()} if most else {}
