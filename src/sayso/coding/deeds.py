"""Deeds named by a noun ("the strike", "rebel shelling"): whose they are and whom they hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.coding.actor_context import ActorContext
from sayso.coding.syntax import LIGHT_VERBS, conjuncts, governing_verb, is_passive, patients, prepositional, subjects
from sayso.coding.tokens import Token
from sayso.vocabulary.triggers import trigger_vocabulary

ON = ("on", "against", "at", "targeting", "into", "over")
#: What of these also marks the one that a deed other than force is done to.
AGAINST = ("on", "against")
FROM = ("from",)
_BEFORE = ("compound", "nmod", "amod", "poss")
_NAMED_GROUPS = ("NORP", "ORG", "PERSON")
_KINDS_OF_DEED = ("terrorist",)
HELD = ("held", "controlled", "occupied")
_MEANS = ("with", "in", "by", "during", "through")


def doers_of_deed(noun: Token, context: ActorContext) -> list[Token]:
    """Those whose deed ``noun`` is: "by X", "X's", "X strikes", "X carried out strikes", "X claimed the attack"."""
    doers: list[Token] = []
    for part in _family(noun):
        doers += prepositional(part, "by") + [token for token in prepositional(part, *FROM) if is_party(token)]
        doers += _names_before(part, context)
        for clause in _clauses(part):
            doers += [token for token in subjects(clause) if token.i != part.i]
    verb = _verb_of(noun)
    if verb is None:
        return _others(doers, noun)
    role = _top(noun).dep_
    if verb.lemma_ == "claim" and not is_passive(verb):
        return _others([*doers, *subjects(verb)], noun)
    if not doers and (verb.lemma_ in LIGHT_VERBS or role in ("dobj", "nsubjpass")):
        doers = subjects(verb)
    elif not doers and role == "pobj" and _top(noun).head.lower_ in _MEANS and _is_trigger(verb):
        doers = subjects(verb)  # "attacked the post with car bombs"
    elif not doers and role == "pobj" and verb.lemma_ == "be":
        doers = subjects(verb)  # "the army was on the offensive"
    return _others(doers, noun)


def sufferers_of_deed(noun: Token, upon: Sequence[str] = ON, whole: bool = True) -> list[Token]:
    """Those whom the deed ``noun`` hits: "on X", "strikes that hit X", "X was killed in the strike".

    ``upon``: the prepositions that introduce them; ``whole``: also the "of" phrase ("the bombing of X").
    """
    hit: list[Token] = []
    for part in [*_family(noun), *_coordinated(noun)]:
        hit += prepositional(part, *upon)
        for clause in _clauses(part):
            hit += [token for token in patients(clause) if token.i != part.i] + prepositional(clause, *upon)
    if whole:
        hit += prepositional(noun, "of")
    verb = _verb_of(noun)
    if verb is None:
        return _others(hit, noun)
    role = _top(noun).dep_
    if role == "nsubj" and not is_passive(verb):
        if verb.lemma_ not in LIGHT_VERBS:
            hit += patients(verb)  # "the strike hit a market"
        hit += prepositional(verb, *upon)
    elif verb.lemma_ in LIGHT_VERBS:
        hit += prepositional(verb, *upon)
    elif role == "pobj" and _top(noun).head.lower_ in _MEANS and not hit and (is_passive(verb) or _is_trigger(verb)):
        hit += patients(verb)  # "civilians were killed in the strike"
    return _others(hit, noun)


def helped(noun: Token) -> list[Token]:
    """Those who do something "with support from" or "in support of" others: the support is for them."""
    top = _top(noun)
    verb = governing_verb(top)
    if top.dep_ != "pobj" or verb is None:
        return []
    if top.head.lower_ == "with":
        return subjects(verb)
    return prepositional(noun, "of") if top.head.lower_ == "in" else []


def holders(place: Token) -> list[Token]:
    """Who holds ``place`` by its words: "the rebel-held town", "the group's stronghold", "a town held by rebels"."""
    found: list[Token] = []
    for child in place.children:
        if child.dep_ == "amod" and child.lower_ in HELD:
            found += [word for word in child.lefts if word.dep_ in ("npadvmod", "compound", "amod", "nmod", "nsubj")]
        elif child.dep_ in ("acl", "relcl") and child.lower_ in HELD:
            found += subjects(child)
        elif child.dep_ in ("compound", "poss") and (is_party(child) or child.ent_type_ == "ORG"):
            found.append(child)
    return [token for token in found if not is_deed(token)]


def is_deed(noun: Token) -> bool:
    """Whether the noun names an act or an instrument rather than someone. A day or a sum is nobody either."""
    words, lemma = trigger_vocabulary(), noun.lemma_.lower()
    if noun.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") or lemma in words.instruments:
        return True
    return lemma in words.nouns and lemma not in words.things


def is_party(noun: Token) -> bool:
    """Whether the noun names people who act or suffer."""
    return noun.ent_type_ in _NAMED_GROUPS or (
        noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in trigger_vocabulary().parties
    )


def is_ground(noun: Token) -> bool:
    """Whether the noun names ground: a town, a hill, a base, a stronghold."""
    return noun.lemma_.lower() in trigger_vocabulary().grounds or noun.ent_type_ in ("GPE", "LOC", "FAC")


def _family(noun: Token) -> Iterator[Token]:
    """``noun``, the noun it is coordinated to ("air strikes and shelling"), and what counts it ("a series of")."""
    yield noun
    for _ in range(4):
        above = noun.head
        if noun.dep_ == "conj" and above.pos_ in ("NOUN", "PROPN") and is_deed(above):
            noun = above
        elif noun.dep_ == "pobj" and above.lower_ == "of" and above.head.pos_ == "NOUN" and not is_party(above.head):
            noun = above.head
        else:
            return
        yield noun


def _coordinated(noun: Token) -> Iterator[Token]:
    """Deeds coordinated to ``noun``: what follows the last of them goes for all."""
    for child in noun.children:
        if child.dep_ == "conj" and is_deed(child):
            yield child
            yield from _coordinated(child)


def _top(noun: Token) -> Token:
    *_, top = _family(noun)
    return top


def _verb_of(noun: Token) -> Token | None:
    return governing_verb(_top(noun))


def _clauses(noun: Token) -> Iterator[Token]:
    return (child for child in noun.children if child.dep_ in ("acl", "relcl") and child.pos_ == "VERB")


def _names_before(noun: Token, context: ActorContext) -> Iterator[Token]:
    for child in noun.lefts:
        if child.dep_ not in _BEFORE:
            continue
        if child.dep_ == "poss":
            if not is_deed(child):
                yield from conjuncts(child)
        elif child.lower_ == "led":
            yield from (word for word in child.lefts if word.ent_type_)  # "US-led strikes"
        elif is_party(child) or _is_adjective_of_party(child):
            yield from conjuncts(child)
        elif child.ent_type_ == "GPE":
            if _is_foreign_state(child, context):
                yield from conjuncts(child)
        else:
            yield from _names_before(child, context)  # "regime barrel bomb attacks"


def _is_adjective_of_party(word: Token) -> bool:
    """Whether an adjective says whose deed it is: "rebel attacks"; "terrorist attacks" only says of what kind."""
    lemma = word.lemma_.lower()
    return word.pos_ == "ADJ" and lemma in trigger_vocabulary().parties and lemma not in _KINDS_OF_DEED


def _is_foreign_state(name: Token, context: ActorContext) -> bool:
    """Whether a place before a deed is who did it ("US strikes") and not where ("Syria strikes")."""
    hit = context.names_of(name.doc).hit_at.get(name.i)
    naming = context.choose(hit) if hit else None
    return (
        naming is not None
        and naming.way in ("name", "adjective")
        and naming.entry.kind == "state"
        and (naming.way == "adjective" or naming.entry.country != context.focus)
    )


def _is_trigger(verb: Token) -> bool:
    return verb.lemma_.lower() in trigger_vocabulary().verbs


def _others(tokens: list[Token], noun: Token) -> list[Token]:
    return [token for token in tokens if token.i != noun.i and not is_deed(token)]
