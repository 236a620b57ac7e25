"""Which of the places of one name is meant: resolution with the document's own context."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from sayso.coding.parse import ParsedDocument
from sayso.coding.place_mentions import Mention
from sayso.vocabulary.gazetteer import Entry, Found, Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres
from sayso.vocabulary.place_tables import demonyms, place_words

_Key = TypeVar("_Key")

#: Kinds of entry that a word beside the name asks for.
_FITS: Mapping[str, frozenset[str]] = {
    "admin1": frozenset({"admin1"}),
    "countryside": frozenset({"admin1"}),
    "admin2": frozenset({"admin2", "quarter"}),
    "city": frozenset({"city", "capital"}),
    "capital": frozenset({"capital", "city"}),
    "quarter": frozenset({"quarter"}),
}


@dataclass(slots=True)
class Context:
    """What the document is about: weight of each country and first-level region (0 to 1), points already settled."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[tuple[str, str], float] = field(default_factory=dict)
    points: list[tuple[str, float, float]] = field(default_factory=list)


def choose(
    mentions: Sequence[Mention], parsed: ParsedDocument, gazetteer: Gazetteer
) -> tuple[list[Found | None], Context]:
    """The entry meant by each mention, or None where nothing fits well enough; and the context it was judged in.

    One name with one kind word beside it means one place throughout a document. Two rounds: the first settles what is
    clear by itself, the second judges all in the light of the first.
    """
    groups: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        groups[mention.key, _wanted(mention)].append(number)
    containers = _containers(mentions, gazetteer)
    context = _context_of_demonyms(parsed)
    chosen: dict[tuple[str, str | None], Found | None] = {}
    for _ in range(2):
        chosen = {
            group: _best(group, [mentions[n] for n in numbers], [containers[n] for n in numbers], context, gazetteer)
            for group, numbers in groups.items()
        }
        context = _context_of_places(
            _context_of_demonyms(parsed),
            ((chosen[group], len(numbers)) for group, numbers in groups.items()),
            gazetteer,
        )
    return [chosen[m.key, _wanted(m)] for m in mentions], context


def _wanted(mention: Mention) -> str | None:
    return mention.kind if mention.kind in _FITS else None


def _best(
    group: tuple[str, str | None], mentions: Sequence[Mention], containers: Iterable[Sequence[Entry]], context: Context,
    gazetteer: Gazetteer,
) -> Found | None:  # fmt: skip
    key, wanted = group
    candidates = gazetteer.found(key) if mentions[0].known else ()
    focus = [code for code, weight in context.countries.items() if weight >= 0.5]
    if not candidates and focus:
        candidates = gazetteer.alike(mentions[0].text, focus)[:20]
    around = [entry for entries in containers for entry in entries]
    scored = [(score(found, wanted, context, around), -number, found) for number, found in enumerate(candidates[:80])]
    return max(scored)[2] if scored else None


def weight(entry: Entry) -> float:
    """How likely a place is meant when nothing else is known: by kind and the decimal logarithm of its people."""
    people = math.log10((entry.population or 0) + 10)
    if entry.kind in ("country", "continent"):
        return 8.5
    if entry.kind == "capital":
        return max(people, 5.0) + 1.0
    if entry.kind == "admin1":
        return max(5.0, people - 0.3)
    if entry.kind == "admin2":
        return max(2.0, people - 1.5)
    if entry.source == "sayso":
        return max(people, 4.5)
    return people


def score(found: Found, wanted: str | None, context: Context, around: Sequence[Entry]) -> float:
    """How well a candidate fits: the sum of named parts, each readable by itself."""
    entry = found.entry
    total = weight(entry) + (0.7 if found.main else 0.0) - (100.0 - found.likeness) / 15
    if wanted:
        total += 2.5 if entry.kind in _FITS[wanted] else -0.5
    if entry.country:
        total += (1.0 if entry.kind == "country" else 3.0) * context.countries.get(entry.country, 0.0)
    if entry.country and entry.admin1 and entry.kind != "admin1":
        total += 1.5 * context.regions.get((entry.country, entry.admin1), 0.0)
    total += _nearness(entry, context)
    if any(_inside(entry, container) for container in around):
        total += 4.0
    return total


def _nearness(entry: Entry, context: Context) -> float:
    if entry.kind in ("country", "continent", "admin1"):
        return 0.0
    distances = sorted(
        kilometres(entry.latitude, entry.longitude, latitude, longitude)
        for id, latitude, longitude in context.points
        if id != entry.id
    )[:3]
    return sum(0.5 * math.exp(-distance / 80.0) for distance in distances)


def _inside(entry: Entry, container: Entry) -> bool:
    if entry.id == container.id or entry.country != container.country:
        return False
    if container.kind == "country":
        return entry.kind != "country"
    if container.kind == "admin1":
        return entry.admin1 == container.admin1 and entry.kind != "admin1"
    return (
        entry.kind not in ("country", "admin1", "admin2")
        and kilometres(entry.latitude, entry.longitude, container.latitude, container.longitude) < 40.0
        and (entry.population or 0) <= (container.population or 0)
    )


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
            result[number] += [found.entry for found in gazetteer.found(other.key)[:12]]
        elif between in ([], ["'s"], ["’s"], ["-"]):
            result[number + 1] += [found.entry for found in gazetteer.found(one.key)[:3]]
    return result


def _context_of_demonyms(parsed: ParsedDocument) -> Context:
    counts: dict[str, float] = defaultdict(float)
    known = demonyms()
    for section in parsed.sections:
        for token in section.doc:
            if token.text[:1].isupper():
                country = known.get(token.lower_) or known.get(token.lower_.removesuffix("s"))
                if country:
                    counts[country] += 0.5
    return Context(countries=_shares(counts))


def _context_of_places(
    demonyms_context: Context, chosen: Iterable[tuple[Found | None, int]], gazetteer: Gazetteer
) -> Context:
    countries: dict[str, float] = defaultdict(float)
    regions: dict[tuple[str, str], float] = defaultdict(float)
    points = []
    for found, times in chosen:
        if found is None or found.entry.country is None:
            continue
        entry = found.entry
        # A small place of a common name is no evidence for its country: it may be the wrong one.
        sure = min(1.0, max(0.1, (weight(entry) - 2.0) / 4.0))
        countries[entry.country or ""] += sure * math.sqrt(times)
        if entry.admin1:
            regions[entry.country or "", entry.admin1] += sure * math.sqrt(times)
        if entry.kind not in ("country", "continent", "admin1"):
            points.append((entry.id, entry.latitude, entry.longitude))
    for country, share in demonyms_context.countries.items():
        countries[country] += share
    return Context(_shares(countries), _shares(regions), points[:60])


def _shares(counts: Mapping[_Key, float]) -> dict[_Key, float]:
    most = max(counts.values(), default=0.0)
    return {key: count / most for key, count in counts.items()} if most else {}
