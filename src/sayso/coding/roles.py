"""Roles: who did it and to whom, from the syntax around a trigger.

Only phrases that syntax ties to the trigger fill a role; an actor that is merely implied stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from sayso.coding.actor_context import ActorContext
from sayso.coding.actors import actors_of_phrase
from sayso.coding.parse import Section
from sayso.coding.syntax import (
    LIGHT_VERBS,
    governing_verb,
    is_passive,
    patients,
    prepositional,
    subjects,
)
from sayso.coding.triggers import Trigger
from sayso.model import Actor, Span
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.triggers import trigger_vocabulary

#: Types whose parties all act: nobody is done to.
_MUTUAL = frozenset({"talks", "agreement", "ceasefire"})
#: Types whose object is ground, not a party: who lost it stands under "from".
_GROUND = frozenset({"capture", "withdrawal", "siege", "demining"})
_FROM = ("from",)
_ON = ("on", "against", "at", "targeting", "into", "over")
_IN_WHICH = ("in", "by", "during", "from", "with")


def roles_of(
    trigger: Trigger, registry: ActorRegistry, context: ActorContext
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """(actors, targets) of the event at ``trigger``, each with the words that name them.

    ``context`` is the document's: it decides whose army "the army" is.
    """
    if trigger.token.pos_ in ("NOUN", "PROPN"):
        doers, done_to = _of_noun(trigger.token, trigger.type)
    else:
        doers, done_to = _of_verb(trigger.token, trigger.type)
    if trigger.type in _MUTUAL:
        doers, done_to = [*doers, *done_to], []
    section = trigger.sentence.section
    actors = _named(doers, section, registry, context)
    taken = {actor.span for actor in actors}
    targets = _named(done_to, section, registry, context)
    return actors, tuple(actor for actor in targets if actor.span not in taken)


def _named(
    heads: Iterable[Token], section: Section, registry: ActorRegistry, context: ActorContext
) -> tuple[Actor, ...]:
    # "Russian and Syrian warplanes" are two actors with one span.
    found: dict[tuple[Span, str], Actor] = {}
    for head in heads:
        for actor in actors_of_phrase(head, section, registry, context):
            found.setdefault((actor.span, actor.name), actor)
    return tuple(found.values())


def _of_verb(verb: Token, type_: str) -> tuple[list[Token], list[Token]]:
    doers, done_to = subjects(verb), patients(verb)
    # "Air strikes killed 12": who struck killed; the strikes are not an actor.
    deeds = [noun for noun in doers if _is_deed(noun)]
    for deed in deeds:
        doers = [noun for noun in doers if noun is not deed] + _doers_of_noun(deed)
    if not doers:
        # "killed in Russian air strikes", "wounded by rebel shelling"
        for deed in prepositional(verb, *_IN_WHICH):
            if _is_deed(deed):
                doers = _doers_of_noun(deed)
                break
    if type_ in _GROUND:
        ground = [noun for noun in done_to if not _is_party(noun)]
        done_to = [noun for noun in done_to if _is_party(noun)] + prepositional(verb, *_FROM)
        done_to += [owner for place in ground for owner in prepositional(place, *_FROM)]
        if type_ == "withdrawal" and not doers:
            doers, done_to = done_to, []
    else:
        done_to = done_to + prepositional(verb, *_ON, "with")
        if type_ == "armed_clash":
            done_to += prepositional(verb, "against")
    # "fired rockets at the town": the rocket is an instrument, the town is hit.
    return doers, [noun for noun in done_to if not _is_deed(noun)]


def _of_noun(noun: Token, type_: str) -> tuple[list[Token], list[Token]]:
    doers = _doers_of_noun(noun)
    done_to = prepositional(noun, *_ON)
    if type_ not in _GROUND:
        done_to += prepositional(noun, "of")
    between = prepositional(noun, "between", "among")
    if between:
        doers, done_to = [*doers, between[0]], [*done_to, *between[1:]]
    done_to += prepositional(noun, "with")
    verb = governing_verb(noun)
    if verb is not None:
        if noun.dep_ == "nsubj" and not is_passive(verb) and verb.lemma_ not in LIGHT_VERBS:
            done_to += patients(verb)  # "the strike hit a market"
        elif verb.lemma_ in LIGHT_VERBS or noun.dep_ in ("dobj", "nsubjpass"):
            doers = doers or [token for token in subjects(verb) if token is not noun]
            if verb.lemma_ in LIGHT_VERBS:
                done_to += prepositional(verb, *_ON)
        elif noun.dep_ == "pobj" and not done_to and is_passive(verb):
            done_to += patients(verb)  # "civilians were killed in the strike"
    if type_ in _GROUND:
        done_to = [token for token in done_to if _is_party(token)] + prepositional(noun, *_FROM)
    return doers, [token for token in done_to if token is not noun and not _is_deed(token)]


def _doers_of_noun(noun: Token) -> list[Token]:
    """Those whose deed ``noun`` is: "by X", "X's", "Russian strikes", "coalition raids"."""
    doers = prepositional(noun, "by")
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod") or (
            child.dep_ == "amod" and child.ent_type_ in ("NORP", "GPE", "ORG")
        ):
            if not _is_deed(child):
                doers.append(child)
        elif child.dep_ in ("acl", "relcl"):
            doers.extend(token for token in subjects(child) if token.i != noun.i)
    return doers


def _is_deed(noun: Token) -> bool:
    """Whether the noun names an act or an instrument rather than someone. A day or a sum is nobody either."""
    return noun.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") or (
        (lemma := noun.lemma_.lower()) in trigger_vocabulary().nouns or lemma in trigger_vocabulary().instruments
    )


def _is_party(noun: Token) -> bool:
    return noun.ent_type_ in ("ORG", "NORP", "PERSON") or (
        noun.pos_ == "NOUN" and noun.lemma_.lower() in trigger_vocabulary().parties
    )
