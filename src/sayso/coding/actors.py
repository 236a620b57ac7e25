"""Actors: who is named or described in a document, under a neutral name, led back to the words.

``actors_of_phrase`` reads one noun phrase (the role finder asks it about subjects, agents and objects);
``tag_actors`` reads every phrase of a document. A phrase is read in this order: a known name that covers its head; a
describing noun with its owner ("Russian warplanes", "Islamic State fighters", "government troops"); an entity of the
parser; nothing. What the words leave open stays open: ``actor_id`` is None and the name is the phrase, with the words
that take a side put neutrally.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from sayso.coding.actor_context import ActorContext, NameHit, document_context, section_context
from sayso.coding.actor_phrases import Phrase, conjuncts, loyal_to, object_of, phrase_of
from sayso.coding.parse import ParsedDocument, Section
from sayso.model import Actor, Span
from sayso.vocabulary.actors import ActorEntry, ActorRegistry, Naming
from sayso.vocabulary.descriptions import Head, Modifier

_ENTITY_SECTORS = {"PERSON": None, "ORG": None, "NORP": "CVL", "GPE": None, "FAC": None, "LOC": None}
_NO_ACTOR = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
_BELONGING = frozenset({"force", "member", "asset", "body"})
_MAX_DEPTH = 4


def tag_actors(parsed: ParsedDocument, registry: ActorRegistry) -> tuple[Actor, ...]:
    """Every actor named or described in ``parsed``, in the order of the text, each with role ``mentioned``.

    Countries and capitals are left out where they only say where something is ("in Syria"), and so are bare places.
    """
    context = document_context(parsed, registry)
    found: dict[tuple[Span, str | None], Actor] = {}
    for section in parsed.sections:
        for token in section.doc:
            if _heads_a_phrase(token, section, context):
                for actor in _read(token, section, context, 0):
                    found.setdefault((actor.span, actor.actor_id), actor)
        for hit in context.hits_of(section.doc):
            actor = _named(hit, section, context)
            if actor is not None and not any(
                a.actor_id == actor.actor_id and a.span.contains(actor.span) for a in found.values()
            ):
                found.setdefault((actor.span, actor.actor_id), actor)
    return tuple(sorted(found.values(), key=lambda a: (a.span, a.actor_id or "")))


def actor_of_phrase(
    head: Token, section: Section, registry: ActorRegistry, context: ActorContext | None = None
) -> Actor | None:
    """The actor that the noun phrase headed by ``head`` names or describes, or None if it can be none.

    ``context`` is ``document_context(parsed, registry)``; without it only the section itself is looked at.
    """
    actors = _read(head, section, context or section_context(section, registry), 0)
    return actors[0] if actors else None


def actors_of_phrase(
    head: Token, section: Section, registry: ActorRegistry, context: ActorContext | None = None
) -> tuple[Actor, ...]:
    """As ``actor_of_phrase``, for every part of a coordination: "Russia and Turkey", "Russian and Syrian jets"."""
    context = context or section_context(section, registry)
    found: list[Actor] = []
    for part in conjuncts(head):
        for actor in _read(part, section, context, 0):
            if actor not in found:
                found.append(actor)
    return tuple(found)


def _read(head: Token, section: Section, context: ActorContext, depth: int) -> tuple[Actor, ...]:
    if depth > _MAX_DEPTH or head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "PRON"):
        return ()
    if head.pos_ == "PRON" or head.ent_type_ in _NO_ACTOR:
        return ()
    hits = context.hits_of(section.doc)
    phrase = phrase_of(head, hits)
    covering = next((h for h in hits if h.first <= head.i < h.last), None)
    if covering is not None:
        naming = context.choose(covering.namings)
        if naming is None or naming.way != "adjective":
            return (_of_name(naming, covering, phrase, section),)
    described = _vocabulary(phrase, context)
    if described is not None:
        return _described(described, phrase, hits, section, context, depth)
    return _of_entity(phrase, section)


def _of_name(naming: Naming | None, hit: NameHit, phrase: Phrase, section: Section) -> Actor:
    span = _span(section, phrase.first, phrase.last)
    if naming is None:
        entries = {n.entry.sector for n in hit.namings}
        return Actor(span, phrase.text, sector=entries.pop() if len(entries) == 1 else None)
    if naming.way == "people":
        return Actor(span, phrase.text, country=naming.entry.country, sector="CVL")
    return _actor(naming.entry, span)


def _actor(entry: ActorEntry, span: Span) -> Actor:
    return Actor(span, entry.name, entry.id, entry.country, entry.sector)


def _vocabulary(phrase: Phrase, context: ActorContext) -> tuple[Head, int] | None:
    """The describing noun that heads the phrase, and the token its words begin at."""
    ending = [u for u in phrase.units if u.first <= phrase.head.i]
    if not ending:
        return None
    words = [u.text.lower() for u in ending]
    found = context.registry.descriptions.head(words)
    if found is None and phrase.head.lemma_.lower() != words[-1]:
        found = context.registry.descriptions.head([*words[:-1], phrase.head.lemma_.lower()])
    if found is None:
        return None
    head, taken = found
    return head, ending[-taken].first


def _described(
    described: tuple[Head, int],
    phrase: Phrase,
    hits: tuple[NameHit, ...],
    section: Section,
    context: ActorContext,
    depth: int,
) -> tuple[Actor, ...]:
    head, first_of_head = described
    span = _span(section, phrase.first, phrase.last)
    if head.kind == "part":
        return _part(phrase, section, context, depth)
    modifiers = [
        m for u in phrase.units if u.last <= first_of_head and (m := context.registry.descriptions.modifier(u.text))
    ]
    sides = {m.side for m in modifiers if m.side}
    owners, span = _owners(phrase, first_of_head, hits, span, section, context, depth)
    groups = [o for o in owners if _is_group(o)]
    if groups and head.kind in ("force", "member", "asset", "group"):
        return tuple(_actor(o, span) for o in groups)
    countries = list(dict.fromkeys(o.country for o in owners if o.country))
    if not countries and ("state" in sides or (head.focus and not sides)) and context.focus:
        countries = [context.focus]
    name = _neutral(phrase, first_of_head, head, context)
    sector = next((m.sector for m in modifiers if m.sector), None) or head.sector
    stated = sides <= {"state"} and (head.kind in ("force", "asset", "body") or "state" in sides)
    organ = head.organ or ("mil" if head.kind == "member" and "state" in sides else None)
    actors = []
    for country in countries:
        entry = context.registry.organ(country, organ) if stated and organ and head.kind != "official" else None
        actors.append(_actor(entry, span) if entry else Actor(span, name, country=country, sector=sector))
    if actors:
        return tuple(actors)
    if "state" in sides and head.kind in ("member", "force"):
        sector = "MIL"
    return (Actor(span, name, sector=sector),)


def _owners(
    phrase: Phrase,
    first_of_head: int,
    hits: tuple[NameHit, ...],
    span: Span,
    section: Section,
    context: ActorContext,
    depth: int,
) -> tuple[list[ActorEntry], Span]:
    """Whom the phrase belongs to: names before the head, or after "of" and "loyal to" (the span then grows)."""
    relations = [(u.first, u.last) for u in phrase.units if u.relation]
    inside = [
        hit
        for hit in hits
        if phrase.first <= hit.first
        and hit.last <= first_of_head
        and not any(first <= hit.first < last for first, last in relations)
    ]
    owners = [naming.entry for hit in inside if (naming := context.choose(hit.namings))]
    if len(owners) > 1 and not any(t.pos_ == "CCONJ" for t in phrase.doc[phrase.first : first_of_head]):
        groups = [o for o in owners if _is_group(o)]
        owners = groups[-1:] or owners[:1]
    if owners:
        return owners, span
    head = phrase.head
    beneath = loyal_to(head) or object_of(head, "of")
    if beneath is None:
        return [], span
    below = _read(beneath, section, context, depth + 1)
    known = [entry for a in below if a.actor_id and (entry := context.registry.get(a.actor_id))]
    if known:
        span = Span(span.start, max(span.end, *(a.span.end for a in below)))
    return known, span


def _is_group(entry: ActorEntry) -> bool:
    return entry.kind not in ("state", "government", "person", "state_forces")


def _part(phrase: Phrase, section: Section, context: ActorContext, depth: int) -> tuple[Actor, ...]:
    beneath = object_of(phrase.head, "of")
    if beneath is None:
        return ()
    start = _span(section, phrase.first, phrase.last).start
    below = _read(beneath, section, context, depth + 1)
    return tuple(replace(a, span=Span(start, a.span.end)) for a in below if a.span.end > start)


def _of_entity(phrase: Phrase, section: Section) -> tuple[Actor, ...]:
    head = phrase.head
    if head.ent_type_ in _ENTITY_SECTORS:
        return (Actor(_span(section, phrase.first, phrase.last), phrase.text, sector=_ENTITY_SECTORS[head.ent_type_]),)
    if head.pos_ == "PROPN" and head.text[:1].isupper() and not head.ent_type_:
        return (Actor(_span(section, phrase.first, phrase.last), phrase.text),)
    return ()


def _neutral(phrase: Phrase, first_of_head: int, head: Head, context: ActorContext) -> str:
    """The phrase in words that take no side: modifiers and the head that do are put neutrally or left out."""
    words: list[str] = []
    for unit in phrase.units:
        if unit.first >= first_of_head and head.label is not None:
            words.append(head.label)
            break
        modifier: Modifier | None = context.registry.descriptions.modifier(unit.text)
        if unit.last <= first_of_head and modifier is not None and modifier.neutral is not None:
            words.append(modifier.neutral)
        elif unit.text not in ("'s", "’s", "'"):
            words.append(unit.text)
    text = " ".join(word for word in words if word)
    return text or phrase.text


def _named(hit: NameHit, section: Section, context: ActorContext) -> Actor | None:
    naming = context.choose(hit.namings)
    if naming is None or naming.way != "name" or naming.entry.kind == "state":
        return None
    return _actor(naming.entry, Span(section.offset + hit.start, section.offset + hit.end))


def _heads_a_phrase(token: Token, section: Section, context: ActorContext) -> bool:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    if token.dep_ in ("compound", "amod", "nmod", "npadvmod", "quantmod"):
        return False
    if token.pos_ == "ADJ" and token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    phrase = phrase_of(token, context.hits_of(section.doc))
    located = token.dep_ == "pobj" and token.head.lower_ not in ("by", "with", "between", "from", "against", "of", "to")
    described = _vocabulary(phrase, context)
    if described is not None:
        return described[0].kind not in ("place",)
    return not (located and token.ent_type_ in ("GPE", "LOC", "FAC"))


def _span(section: Section, first: int, last: int) -> Span:
    return section.span(section.doc[first:last])


__all__ = ["actor_of_phrase", "actors_of_phrase", "document_context", "tag_actors"]
