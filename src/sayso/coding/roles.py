"""Roles: who did it and to whom, from the syntax around a trigger.

Only phrases that syntax ties to the trigger fill a role here; ``actor_choice`` weighs them against the other parties
that an event's sentences name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.coding.actor_context import ActorContext
from sayso.coding.actors import actors_of_phrase
from sayso.coding.deeds import (
    AGAINST,
    FROM,
    ON,
    doers_of_deed,
    helped,
    holders,
    is_deed,
    is_ground,
    is_party,
    sufferers_of_deed,
)
from sayso.coding.parse import Section
from sayso.coding.syntax import is_passive, patients, prepositional, subjects
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Actor, ActorRole, Span
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.triggers import trigger_vocabulary

#: Types whose parties all act: nobody is done to.
_MUTUAL = frozenset({"talks", "agreement", "ceasefire"})
#: Types whose object is ground, not a party: who lost it stands under "from", or held it ("the rebel-held town").
_GROUND = frozenset({"capture", "withdrawal"})
#: Types in which the target gets something: it stands under "to" or "for".
_GIVING = frozenset({"military_support", "humanitarian_aid"})
#: What the parser's label of a name must be for it to say who someone is.
_WHO = frozenset({"ORG", "NORP", "PERSON", ""})
_NOUNS = frozenset({"NOUN", "PROPN"})
_IN_WHICH = ("in", "by", "during", "from", "with", "after")


def roles_of(
    trigger: Trigger, registry: ActorRegistry, context: ActorContext
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """(actors, targets) of the event at ``trigger``, each with the words that name them and its role.

    ``context`` is the document's: it decides whose army "the army" is.
    """
    if trigger.token.pos_ in ("NOUN", "PROPN"):
        doers, done_to = _of_noun(trigger.token, trigger.type, context)
    else:
        doers, done_to = _of_verb(trigger.token, trigger.type, context)
    if trigger.type in _MUTUAL:
        doers, done_to = [*doers, *done_to], []
    section = trigger.sentence.section
    found = _named([name for noun in doers for name in _with_names(noun)], "actor", section, registry, context)
    # The parser takes a capitalised deed for a body ("First Liberation of Palmyra"); nobody is their own deed.
    actors = tuple(actor for actor in found if not actor.span.contains(trigger.span))
    taken = {actor.span for actor in actors}
    hit = [name for noun in done_to for name in (_names_of(noun) or _with_names(noun))]
    targets = _named(hit, "target", section, registry, context)
    return actors, tuple(actor for actor in targets if actor.span not in taken)


def _named(
    heads: Iterable[Token], role: ActorRole, section: Section, registry: ActorRegistry, context: ActorContext
) -> tuple[Actor, ...]:
    # "Russian and Syrian warplanes" are two actors with one span.
    found: dict[tuple[Span, str], Actor] = {}
    for head in heads:
        own = section.span(head)
        for actor in actors_of_phrase(head, section, registry, context):
            if head.pos_ in _NOUNS and not actor.span.overlaps(own):
                continue  # a noun coordinated with it, which is asked for by itself
            found.setdefault((actor.span, actor.name), replace(actor, role=role))
    return tuple(found.values())


def _names_of(noun: Token) -> list[Token]:
    """The places themselves in "the towns of A and B"; none where the noun names no ground or the words no place."""
    return [name for name in prepositional(noun, "of") if name.pos_ == "PROPN"] if is_ground(noun) else []


def _with_names(noun: Token) -> list[Token]:
    """The noun and the names that say who they are: "fighters from X", "rebels including X", "the alliance, X"."""
    names = prepositional(noun, "from", "including") if is_party(noun) else []
    names += [child for child in noun.children if child.dep_ == "appos"]
    return [noun, *(name for name in names if name.pos_ == "PROPN" and name.ent_type_ in _WHO)]


def _of_verb(verb: Token, type_: str, context: ActorContext) -> tuple[list[Token], list[Token]]:
    doers, done_to = _voices(verb, type_)
    # "Air strikes killed 12": who struck killed; the strikes are not an actor.
    for deed in [noun for noun in doers if is_deed(noun)]:
        doers = [noun for noun in doers if noun is not deed] + doers_of_deed(deed, context)
    if verb.dep_ == "acl" and verb.tag_ == "VB" and not any(is_party(noun) for noun in doers):
        doers = doers_of_deed(verb.head, context) or doers  # "announced a bid to seize": whose bid it is
    if not doers:
        # "killed in Russian air strikes", "wounded by rebel shelling"
        for deed in prepositional(verb, *_IN_WHICH):
            if is_deed(deed) and not doers:
                doers = doers_of_deed(deed, context)
    if type_ in _GROUND:
        return _over_ground(verb, type_, doers, done_to, context)
    # "fired rockets at the town": the rocket is an instrument, the town is hit.
    upon = _upon(type_)
    done_to = done_to + [hit for thing in done_to if is_deed(thing) for hit in prepositional(thing, *upon)]
    done_to += prepositional(verb, *upon, "with")
    if type_ == "displacement":
        return doers, [noun for noun in done_to if is_party(noun)]
    if type_ == "demand":
        return doers, [asked for asked_of in (verb, *done_to) for asked in prepositional(asked_of, "from", "on", "to")]
    if type_ == "armed_clash":
        done_to += [holder for place in done_to if is_ground(place) for holder in holders(place)]
    if type_ in _GIVING:
        done_to += prepositional(verb, "to")
    return doers, [noun for noun in done_to if not is_deed(noun)]


def _upon(type_: str) -> tuple[str, ...]:
    """The prepositions that introduce who is done to; talks "on" something are about it."""
    if type_ in _MUTUAL:
        return ()
    return ON if event_types()[type_].group == "force" else AGAINST


def _voices(verb: Token, type_: str) -> tuple[list[Token], list[Token]]:
    """Subject and object as the meaning of the verb has them: those who die, fall or lose are done to."""
    doers, done_to, lemma = subjects(verb), patients(verb), verb.lemma_.lower()
    words = trigger_vocabulary()
    if lemma in words.fates:
        return [noun for noun in doers if is_deed(noun)], [noun for noun in doers if not is_deed(noun)]
    if lemma in words.losses and type_ in ("capture", "toll"):
        takers = prepositional(verb, "to", "into")
        takers = [owner for noun in takers for owner in (prepositional(noun, "of") or [noun])]
        return takers, doers + done_to
    if lemma in words.harms and verb.tag_ in ("VBD", "VBN") and not is_passive(verb) and _left_out_were(doers, done_to):
        return [noun for noun in doers if is_deed(noun)], [noun for noun in doers if not is_deed(noun)]
    return doers, done_to


def _left_out_were(doers: list[Token], done_to: list[Token]) -> bool:
    """Whether the subject of a verb of harm is its victim: a headline leaves out "were" ("Two people killed")."""
    counted = any(child.dep_ == "nummod" for noun in doers for child in noun.children)
    return not done_to or (counted and all(noun.lemma_.lower() in trigger_vocabulary().bystanders for noun in doers))


def _over_ground(
    verb: Token, type_: str, doers: list[Token], done_to: list[Token], context: ActorContext
) -> tuple[list[Token], list[Token]]:
    ground = [noun for noun in done_to if not is_party(noun)]
    losers = [noun for noun in done_to if is_party(noun)] + prepositional(verb, *FROM)
    losers += [owner for place in ground for owner in prepositional(place, *FROM)]
    losers += [holder for place in ground for holder in holders(place)]
    if type_ == "withdrawal":
        return (doers, []) if doers else (losers, [])
    return doers, [noun for noun in losers if not is_deed(noun)]


def _of_noun(noun: Token, type_: str, context: ActorContext) -> tuple[list[Token], list[Token]]:
    doers = doers_of_deed(noun, context)
    done_to = sufferers_of_deed(noun, _upon(type_), whole=type_ not in _GROUND)
    between = prepositional(noun, "between", "among")
    if not between and noun.dep_ == "nsubj":
        # "clashes broke out between", "clashes were under way between"
        beneath = (noun.head, *(child for child in noun.head.children if child.dep_ in ("acomp", "advmod", "prep")))
        between = [party for part in beneath for party in prepositional(part, "between", "among")]
    if between:
        doers, done_to = [*doers, between[0]], [*done_to, *between[1:]]
    done_to += prepositional(noun, "with")
    if type_ in _MUTUAL and noun.dep_ == "dobj":
        done_to += prepositional(noun.head, "with")  # "signed an agreement with"
    if type_ == "siege":
        done_to += prepositional(noun, "to") + (prepositional(noun.head, "to") if noun.dep_ == "dobj" else [])
    if type_ in _GIVING:
        doers += prepositional(noun, "from")
        done_to += prepositional(noun, "to", "for") + helped(noun)
    if type_ == "armed_clash":
        places = [place for place in [*done_to, *prepositional(noun, "for", "of", "in")] if is_ground(place)]
        done_to += [holder for place in places for holder in holders(place)]
    if type_ in _GROUND:
        if noun.lemma_.lower() in trigger_vocabulary().losses:
            doers += prepositional(noun, "to")  # "the fall of the town to the army"
        places = prepositional(noun, "of")
        done_to = [token for token in done_to if is_party(token)] + prepositional(noun, *FROM)
        done_to += [holder for place in places for holder in holders(place)]
    return doers, [token for token in done_to if token is not noun and not is_deed(token)]
