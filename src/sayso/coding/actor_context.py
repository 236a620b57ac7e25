"""What a whole document tells about its actors: the known names in it, and the country it is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.tokens import Doc
from sayso.model import Actor, Place, Written
from sayso.vocabulary.actors import ActorEntry, ActorRegistry, Naming

#: What a mention of a country counts for, when asking which country a text is about: an armed group of the country
#: says more than its capital, and a name after "in" more than an adjective. Ratios set by hand.
_WEIGHT_LOCATIVE = 3.0
_WEIGHT_GROUP = 2.0
_WEIGHT_NAMED = 1.0
#: The country must lead the next one by this factor, else the text has no single focus.
_LEAD = 2.0
_NOWHERE: Mapping[str, int] = MappingProxyType({})
_LOCATIVE = frozenset({"in", "inside", "across", "throughout", "into", "northern", "southern", "eastern", "western"})
#: Sectors whose members are named by their initials anywhere: agencies, bodies, monitors.
_WORLD_WIDE = frozenset({"MED", "IGO", "NGO", "JUD"})
_NO_GROUP = frozenset({"state", "government", "person", "state_forces", "civilians"})
_ARMED = frozenset({"REB", "UAF", "PRM", "MIL"})


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name in a section: token range (half open), character offsets in the section, and whom it may mean."""

    first: int
    last: int
    start: int
    end: int
    namings: tuple[Naming, ...]
    text: str = ""
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names in one parse: known ones in order, and by token; the parser's entities by token (token ranges)."""

    hits: tuple[NameHit, ...]
    hit_at: Mapping[int, NameHit]
    entity_at: Mapping[int, tuple[int, int]]

    def between(self, first: int, last: int) -> list[NameHit]:
        """The known names inside the tokens from ``first`` up to ``last`` (not inclusive)."""
        start, end = (bisect_left(self.hits, bound, key=lambda hit: hit.first) for bound in (first, last))
        return [hit for hit in self.hits[start:end] if hit.last <= last]


@dataclass(frozen=True, slots=True)
class ActorContext:
    """``focus`` is the ISO code of the country the text is about, ``year`` when it was written; None where unclear.

    ``days`` are the first and last day it can have been written on. ``read`` keeps whom a phrase means, by its parse
    and head: roles, parties and mentions ask for the same ones.
    """

    registry: ActorRegistry
    focus: str | None
    year: int | None
    names: Mapping[int, Names]
    surnames: Mapping[str, ActorEntry]
    countries: frozenset[str]
    words: Mapping[str, ActorEntry | None]
    days: tuple[date, date] | None = None
    read: dict[tuple[int, int], tuple[Actor, ...]] = field(default_factory=dict, compare=False, repr=False)

    def names_of(self, doc: Doc) -> Names:
        """The names in a section's parse."""
        found = self.names.get(id(doc))
        return names_in(doc, self.registry) if found is None else found

    def choose(self, hit: NameHit) -> Naming | None:
        """The one actor meant, or None where the name is borne by several and nothing decides.

        An acronym is only trusted in a text that speaks of its country: SAF is an army of Sudan, and of Singapore.
        """
        namings = hit.namings
        if hit.acronym and self.focus is not None:
            namings = tuple(
                n
                for n in namings
                if n.entry.country in self.countries or n.entry.country is None or n.entry.sector in _WORLD_WIDE
            )
        if len(namings) <= 1:
            return namings[0] if namings else None
        for keep in (
            [n for n in namings if n.way == "name"],
            [n for n in namings if self.year is None or n.entry.active(self.year)],
            [n for n in namings if n.entry.country == self.focus and self.focus],
        ):
            if len(keep) == 1:
                return keep[0]
            namings = tuple(keep) or namings
        return None


def names_in(doc: Doc, registry: ActorRegistry) -> Names:
    """The names in one parse."""
    hits = []
    for match in registry.named_in(doc.text):
        span = doc.char_span(match.start, match.end)
        if span is not None:
            hits.append(
                NameHit(span.start, span.end, match.start, match.end, match.values, span.text, _is_acronym(span.text))
            )
    return Names(
        hits=tuple(hits),
        hit_at={at: hit for hit in hits for at in range(hit.first, hit.last)},
        entity_at={at: (entity.start, entity.end) for entity in doc.ents for at in range(entity.start, entity.end)},
    )


def document_context(parsed: ParsedDocument, registry: ActorRegistry, places: Sequence[Place] = ()) -> ActorContext:
    """The context of a whole document: build it once and hand it to ``actors_of_phrase`` for every phrase.

    ``places`` are those of the document: where things happen says most of which country a text is about.
    """
    docs = [section.doc for section in parsed.sections]
    located = Counter(place.country for place in places if place.country and place.role == "literal")
    return _context(docs, registry, parsed.document.written, located)


def section_context(section: Section, registry: ActorRegistry) -> ActorContext:
    """The context of one section alone, for when no more is at hand. Kept with the parse: it is asked for often."""
    key = f"sayso.actors.{id(registry)}"
    kept = section.doc.user_data.get(key)
    if isinstance(kept, ActorContext):
        return kept
    context = _context([section.doc], registry, None)
    section.doc.user_data[key] = context
    return context


def _context(
    docs: Iterable[Doc], registry: ActorRegistry, written: Written | None, located: Mapping[str, int] = _NOWHERE
) -> ActorContext:
    docs = list(docs)
    names = {id(doc): names_in(doc, registry) for doc in docs}
    surnames: dict[str, ActorEntry] = {}
    for naming in (n for found in names.values() for hit in found.hits for n in hit.namings):
        if naming.entry.kind == "person":
            surnames.setdefault(naming.entry.name.split()[-1], naming.entry)
    spelled = (n.entry.country for found in names.values() for h in found.hits if not h.acronym for n in h.namings)
    countries = frozenset(country for country in spelled if country)
    words = _words_of_names(hit for found in names.values() for hit in found.hits)
    focus, days = _focus(docs, names, located), (written.earliest, written.latest) if written else None
    return ActorContext(registry, focus, _year(written), names, surnames, countries, words, days)


def _words_of_names(hits: Iterable[NameHit]) -> dict[str, ActorEntry | None]:
    """Which one of the groups named in a text a single word of its name stands for; None where several share it."""
    found: dict[str, ActorEntry | None] = {}
    for hit in hits:
        entry = hit.namings[0].entry
        if len(hit.namings) > 1 or entry.kind in _NO_GROUP:
            continue
        for word in f"{entry.name} {hit.text}".replace("-", " ").lower().split():
            if len(word) > 3 and found.setdefault(word, entry) is not entry:
                found[word] = None
    return found


def _focus(docs: Iterable[Doc], names: Mapping[int, Names], located: Mapping[str, int]) -> str | None:
    scores: Counter[str] = Counter(located)
    for doc in docs:
        for hit in names[id(doc)].hits:
            for country, weight in _votes(doc, hit):
                scores[country] += weight  # type: ignore[assignment]
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    return ranked[0][0]


def _votes(doc: Doc, hit: NameHit) -> Iterator[tuple[str, float]]:
    countries = {n.entry.country for n in hit.namings if n.entry.country}
    if len(countries) != 1:
        return
    naming = hit.namings[0]
    before = doc[hit.first - 1].lower_ if hit.first else ""
    weight = _WEIGHT_NAMED
    if naming.way in ("name", "capital") and naming.entry.kind == "state" and before in _LOCATIVE:
        weight = _WEIGHT_LOCATIVE
    elif naming.entry.sector in _ARMED:
        weight = _WEIGHT_GROUP
    yield countries.pop(), weight


def _is_acronym(text: str) -> bool:
    """Short capitals that may stand for anything; "US" and "U.K." are states' own names."""
    bare = text.replace(".", "")
    return 2 < len(bare) <= 5 and bare.isupper()


def _year(written: Written | None) -> int | None:
    if written is None or written.earliest.year != written.latest.year:
        return None
    return written.earliest.year
