"""Actors: who is named or described in a document, under a neutral name, led back to the words.

``actors_of_phrase`` reads one noun phrase (the role finder asks it about subjects, agents and objects);
``tag_actors`` reads every phrase of a document. A phrase is read in this order: a known name that covers its head; a
describing noun with its owner ("Russian warplanes", "Islamic State fighters", "government troops"); an entity of the
parser; nothing. What the words leave open stays open: ``actor_id`` is None and the name is the phrase, with the words
that take a side put neutrally.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from sayso.coding.actor_antecedents import antecedent, group_meant
from sayso.coding.actor_context import ActorContext, NameHit, Names, document_context, section_context
from sayso.coding.actor_offices import holders
from sayso.coding.actor_phrases import Phrase, conjuncts, loyal_to, object_of, phrase_of
from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.tokens import Token
from sayso.model import Actor, Span
from sayso.vocabulary.actors import ActorEntry, ActorRegistry, Naming
from sayso.vocabulary.descriptions import Head, Modifier

_ENTITY_SECTORS = {"PERSON": None, "ORG": None, "NORP": "CVL", "GPE": None, "FAC": None, "LOC": None}
_NO_ACTOR = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_INSIDE_A_PHRASE = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod", "nummod"})
_AGENT_PREPOSITIONS = frozenset({"by", "with", "between", "from", "against", "of", "to", "among"})
#: Classes of nouns that may describe a group which was named just before.
_COLLECTIVE = frozenset({"group", "force", "member"})
#: What follows a noun that owns nothing.
_NO_POSSESSION = frozenset({"ADP", "AUX", "CCONJ", "SCONJ", "PRON", "DET", "PART"})
_FINITE = frozenset({"VBD", "VBZ", "MD"})
_MAX_DEPTH = 4


def tag_actors(
    parsed: ParsedDocument, registry: ActorRegistry, context: ActorContext | None = None
) -> tuple[Actor, ...]:
    """Every actor named or described in ``parsed``, in the order of the text, each with role ``mentioned``.

    Countries and capitals are left out where they only say where something is ("in Syria"), and so are bare places.
    """
    context = context or document_context(parsed, registry)
    found: dict[tuple[Span, str | None], Actor] = {}
    for section in parsed.sections:
        names = context.names_of(section.doc)
        covered: set[tuple[int, str]] = set()
        for token in section.doc:
            if token.pos_ in _NOMINAL and token.dep_ not in _INSIDE_A_PHRASE:
                for actor in _mentioned(token, section, context, names):
                    found.setdefault((actor.span, actor.actor_id), actor)
                    covered.update((at, actor.actor_id) for at in _starts(actor, section, names) if actor.actor_id)
        for hit in names.hits:
            named = _named(hit, section, context)
            if named is not None and named.actor_id and (hit.start, named.actor_id) not in covered:
                found.setdefault((named.span, named.actor_id), named)
    return tuple(sorted(found.values(), key=lambda a: (a.span, a.actor_id or "")))


def actor_of_phrase(
    head: Token, section: Section, registry: ActorRegistry, context: ActorContext | None = None
) -> Actor | None:
    """The actor that the noun phrase headed by ``head`` names or describes, or None if it can be none.

    ``context`` is ``document_context(parsed, registry)``; without it only the section itself is looked at. The actor
    of a pronoun is that of the phrase it stands for, with that phrase's span.
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


def actors_of_head(head: Token, section: Section, context: ActorContext) -> tuple[Actor, ...]:
    """As ``actors_of_phrase``, for ``head`` alone and nothing coordinated with it."""
    return _read(head, section, context, 0)


def class_of_head(head: Token, section: Section, context: ActorContext) -> str:
    """What sort of party the phrase headed by ``head`` is: a kind of the registry, or a class and its sector."""
    names = context.names_of(section.doc)
    hit = names.hit_at.get(head.i)
    naming = context.choose(hit) if hit is not None else None
    if naming is not None:
        return naming.entry.kind if naming.way in ("name", "capital") else naming.way
    described = _phrase(head, context, names)[1]
    if described is not None:
        return f"{described[0].kind} {described[0].sector or '-'}"
    return f"entity {head.ent_type_}" if head.ent_type_ else head.pos_


def _mentioned(token: Token, section: Section, context: ActorContext, names: Names) -> tuple[Actor, ...]:
    """As ``_read``, but only where the phrase is there as an actor and not as a place."""
    phrase, described = _phrase(token, context, names)
    if described is not None and described[0].kind == "place":
        return ()
    if described is None:
        hit = names.hit_at.get(token.i)
        if hit is None and token.ent_type_ in ("GPE", "LOC", "FAC", ""):
            return ()
        if token.ent_type_ in _PLACES and token.dep_ == "pobj" and token.head.lower_ not in _AGENT_PREPOSITIONS:
            return ()
    return _of_phrase(phrase, described, section, context, names, 0)


def _read(head: Token, section: Section, context: ActorContext, depth: int) -> tuple[Actor, ...]:
    names = context.names_of(section.doc)
    if depth > _MAX_DEPTH:
        return ()
    if head.i not in names.hit_at:
        if head.pos_ in ("PRON", "DET"):
            meant = antecedent(head, lambda noun: _antecedent_kind(noun, section, context, names))
            return () if meant is None else _read(meant, section, context, depth + 1)
        if head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"):
            return ()
    phrase, described = _phrase(head, context, names)
    return _of_phrase(phrase, described, section, context, names, depth)


def _of_phrase(
    phrase: Phrase,
    described: tuple[Head, int] | None,
    section: Section,
    context: ActorContext,
    names: Names,
    depth: int,
) -> tuple[Actor, ...]:
    key = id(section.doc), phrase.head.i
    if depth or key[0] not in context.names:
        return _meant(phrase, described, section, context, names, depth)
    if key not in context.read:
        context.read[key] = _meant(phrase, described, section, context, names, depth)
    return context.read[key]


def _meant(
    phrase: Phrase,
    described: tuple[Head, int] | None,
    section: Section,
    context: ActorContext,
    names: Names,
    depth: int,
) -> tuple[Actor, ...]:
    head = phrase.head
    hit = names.hit_at.get(head.i)
    if hit is not None:
        naming = context.choose(hit)
        if naming is None or naming.way != "adjective" or head.pos_ != "NOUN":
            return (_of_name(naming, hit, phrase, section),)
    if head.ent_type_ in _NO_ACTOR:
        return ()
    if described is None:
        return _of_entity(phrase, section, context)
    if described[0].kind in _COLLECTIVE and (named := _named_before(phrase, names, context)):
        return (_actor(named, _span(section, phrase)),)
    if described[0].kind == "group" and _only_the(phrase, described[1]):
        span = _span(section, phrase)
        known = context.words.get(head.lower_)
        if known is not None:
            return (_actor(known, span),)
        meant = group_meant(head, lambda noun: _group_kind(noun, section, context, names))
        if meant is not None and (actors := _read(meant, section, context, depth + 1)):
            return tuple(replace(actor, span=span) for actor in actors)
    return _described(described, phrase, names, section, context, depth)


def _only_the(phrase: Phrase, first_of_head: int) -> bool:
    """Whether the phrase is "the group" and no more: it then stands for a group named before."""
    head = phrase.head
    return first_of_head == phrase.first and head.left_edge.lower_ == "the" and head.right_edge.i == head.i


def _named_before(phrase: Phrase, names: Names, context: ActorContext) -> ActorEntry | None:
    """The group that the phrase describes once more: "Hezbollah, a Lebanese group", "the alliance X a coalition of"."""
    doc, at = phrase.doc, phrase.first - 1
    if at < 1 or doc[at].lower_ not in ("a", "an"):
        return None
    hit = names.hit_at.get(at - 2 if doc[at - 1].text == "," else at - 1)
    naming = context.choose(hit) if hit is not None else None
    return naming.entry if naming is not None and naming.way == "name" and _is_group(naming.entry) else None


def _group_kind(noun: Token, section: Section, context: ActorContext, names: Names) -> str | None:
    """As ``_antecedent_kind``; no state is "the group"."""
    hit = names.hit_at.get(noun.i)
    naming = context.choose(hit) if hit is not None else None
    if naming is not None and not _is_group(naming.entry):
        return None
    return _antecedent_kind(noun, section, context, names)


def _antecedent_kind(noun: Token, section: Section, context: ActorContext, names: Names) -> str | None:
    if noun.ent_type_ == "PERSON":
        return "one"
    hit = names.hit_at.get(noun.i)
    if hit is not None:
        naming = context.choose(hit)
        if naming is not None and naming.entry.kind == "person":
            return "one"
        return "many" if naming is not None and naming.way == "people" else "body"
    if noun.ent_type_ == "ORG":
        return "body"
    described = _phrase(noun, context, names)[1]
    if described is None or described[0].kind in ("place", "site", "part"):
        return None
    if noun.tag_ in ("NNS", "NNPS"):
        return "many"
    return "one" if described[0].kind in ("people", "official") else "body"


def _starts(actor: Actor, section: Section, names: Names) -> list[int]:
    """Where the known names inside an actor's words begin, as offsets in the section."""
    inside = Span(actor.span.start - section.offset, actor.span.end - section.offset)
    first, last = (bisect_left(names.hits, at, key=lambda hit: hit.start) for at in (inside.start, inside.end))
    return [hit.start for hit in names.hits[first:last] if hit.end <= inside.end]


def _of_name(naming: Naming | None, hit: NameHit, phrase: Phrase, section: Section) -> Actor:
    span = _span(section, phrase)
    if naming is None:
        entries = {n.entry.sector for n in hit.namings}
        return Actor(span, phrase.text, sector=entries.pop() if len(entries) == 1 else None)
    if naming.way == "people" or (naming.way == "adjective" and _is_counted(phrase.head)):
        return Actor(span, phrase.text, country=naming.entry.country, sector="CVL")
    return _actor(naming.entry, span)


def _is_counted(noun: Token) -> bool:
    """Whether a people's adjective stands for persons: "one Syrian", "a Syrian living there"."""
    return any(child.dep_ == "nummod" or child.lower_ in ("a", "an", "another") for child in noun.lefts)


def _actor(entry: ActorEntry, span: Span) -> Actor:
    return Actor(span, entry.name, entry.id, entry.country, entry.sector)


def _phrase(head: Token, context: ActorContext, names: Names) -> tuple[Phrase, tuple[Head, int] | None]:
    """The phrase around ``head`` and the noun that describes it. Kept with the parse: roles and parties ask again."""
    kept = head.doc.user_data.setdefault(f"sayso.phrases.{id(context.registry)}", {})
    if head.i not in kept:
        phrase = phrase_of(head, names)
        described = _vocabulary(phrase, context)
        kept[head.i] = phrase.without(_lost_possessive(phrase, described, names, context)), described
    found: tuple[Phrase, tuple[Head, int] | None] = kept[head.i]
    return found


def _lost_possessive(phrase: Phrase, described: tuple[Head, int] | None, names: Names, context: ActorContext) -> int:
    """Letters at the end of ``phrase`` that are a possessive s without apostrophe: "Assads", "the regimes capture"."""
    final = phrase.doc[phrase.last - 1]
    hit = names.hit_at.get(final.i)
    if hit is not None:
        return int(final.idx) + len(final) - hit.end if hit.last == phrase.last else 0
    if described is None or not context.registry.descriptions.is_possessive(final.lower_):
        return 0
    if phrase.first == 0 or final.i + 1 == len(phrase.doc) or phrase.doc[phrase.first - 1].lower_ != "the":
        return 0
    follows = final.nbor()
    return int(follows.is_alpha and follows.pos_ not in _NO_POSSESSION and follows.tag_ not in _FINITE)


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
    names: Names,
    section: Section,
    context: ActorContext,
    depth: int,
) -> tuple[Actor, ...]:
    head, first_of_head = described
    span = _span(section, phrase)
    if head.kind == "part":
        return _part(phrase, section, context, depth)
    modifiers = [
        m for u in phrase.units if u.last <= first_of_head and (m := context.registry.descriptions.modifier(u.text))
    ]
    sides = {m.side for m in modifiers if m.side}
    owners, span = _owners(phrase, first_of_head, names, span, section, context, depth)
    held = holders(phrase, names, owners, context)
    if held:
        return tuple(_actor(person, span) for person in held)
    groups = [o for o in owners if _is_group(o)]
    if groups and head.kind in ("force", "member", "asset", "group"):
        return tuple(_actor(o, span) for o in groups)
    countries = list(dict.fromkeys(o.country for o in owners if o.country))
    several = not phrase.cut and context.registry.descriptions.is_possessive(phrase.head.lower_)  # "the governments"
    if not countries and ("state" in sides or (head.focus and not sides and not several)):
        home = _speaking_for(phrase.head, section, context, depth) if head.focus else None
        countries = [country for country in (home or context.focus,) if country]
    name = _neutral(phrase, first_of_head, head, context)
    if head.kind == "member" and head.label is None and phrase.head.dep_ in _INSIDE_A_PHRASE and name[-1:] != "s":
        name += "s"  # "rebel shelling" is the rebels'
    sector = next((m.sector for m in modifiers if m.sector), None) or head.sector
    if head.kind == "official" and sector == "GOV" and groups and groups[-1].sector == "IGO":
        sector = "IGO"  # "the UN secretary-general" is nobody's government
    stated = sides <= {"state", "occupier"} and (head.kind in ("force", "asset", "body") or "state" in sides)
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


def _speaking_for(head: Token, section: Section, context: ActorContext, depth: int) -> str | None:
    """Whose "the armed forces" are in a report that a body of a state gives: that state's."""
    for above in (head, *head.ancestors):
        if above.dep_ != "ccomp" or above.head.pos_ != "VERB":
            continue
        for speaker in above.head.children:
            if speaker.dep_ == "nsubj" and speaker.pos_ in _NOMINAL:
                for actor in _read(speaker, section, context, depth + 1):
                    if actor.actor_id and actor.country and actor.sector in ("GOV", "MIL"):
                        return actor.country
    return None


def _owners(
    phrase: Phrase,
    first_of_head: int,
    names: Names,
    span: Span,
    section: Section,
    context: ActorContext,
    depth: int,
) -> tuple[list[ActorEntry], Span]:
    """Whom the phrase belongs to: names before the head, or after "of" and "loyal to" (the span then grows)."""
    relations = [(u.first, u.last) for u in phrase.units if u.relation]
    inside = [
        hit
        for hit in names.between(phrase.first, first_of_head)
        if not any(first <= hit.first < last for first, last in relations)
    ]
    owners = [naming.entry for hit in inside if (naming := context.choose(hit))]
    if len(owners) > 1 and not any(t.pos_ == "CCONJ" for t in phrase.doc[phrase.first : first_of_head]):
        groups = [o for o in owners if _is_group(o)]
        owners = groups[-1:] or owners[:1]
    if owners:
        return owners, span
    head = phrase.head
    whose = next((child for child in head.lefts if child.dep_ == "poss" and child.pos_ == "PRON"), None)
    beneath = loyal_to(head) or object_of(head, "of") or whose
    if beneath is None:
        return [], span
    below = _read(beneath, section, context, depth + 1)
    known = [entry for a in below if a.actor_id and (entry := context.registry.get(a.actor_id))]
    if known and beneath is not whose:
        span = Span(span.start, max(span.end, *(a.span.end for a in below)))
    return known, span


def _is_group(entry: ActorEntry) -> bool:
    return entry.kind not in ("state", "government", "person", "state_forces")


def _part(phrase: Phrase, section: Section, context: ActorContext, depth: int) -> tuple[Actor, ...]:
    beneath = object_of(phrase.head, "of")
    if beneath is None:
        # "Thousands fled", "dozens were killed": people who are not described.
        alone = phrase.head.ent_type_ == "CARDINAL" and phrase.head.tag_ == "NNS"
        return (Actor(_span(section, phrase), phrase.text),) if alone else ()
    start = _span(section, phrase).start
    below = _read(beneath, section, context, depth + 1)
    return tuple(replace(a, span=Span(start, a.span.end)) for a in below if a.span.end > start)


def _of_entity(phrase: Phrase, section: Section, context: ActorContext) -> tuple[Actor, ...]:
    head = phrase.head
    known = context.surnames.get(head.text) if head.pos_ == "PROPN" else None
    if known is not None and head.ent_type_ in ("PERSON", ""):
        return (_actor(known, _span(section, phrase)),)
    if head.ent_type_ in _ENTITY_SECTORS:
        return (Actor(_span(section, phrase), phrase.text, sector=_ENTITY_SECTORS[head.ent_type_]),)
    if head.pos_ == "PROPN" and head.text[:1].isupper() and not head.ent_type_:
        return (Actor(_span(section, phrase), phrase.text),)
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
            if head.label is None:  # "terrorist organisations": the head's own neutral word says enough
                words.append(modifier.neutral)
        elif unit.text not in ("'s", "’s", "'"):
            words.append(unit.text)
    text = " ".join(word for word in words if word)
    return text or phrase.text


def _named(hit: NameHit, section: Section, context: ActorContext) -> Actor | None:
    naming = context.choose(hit)
    if naming is None or naming.way != "name" or naming.entry.kind == "state":
        return None
    return _actor(naming.entry, Span(section.offset + hit.start, section.offset + hit.end))


def _span(section: Section, phrase: Phrase) -> Span:
    return Span(section.offset + section.doc[phrase.first].idx, section.offset + phrase.end)


__all__ = ["actor_of_phrase", "actors_of_phrase", "document_context", "tag_actors"]
