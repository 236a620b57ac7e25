"""Who does what to whom, as the parse has it: clauses, subjects and objects, whatever the voice.

The labels are those of spaCy's English pipelines (ClearNLP style: nsubj, nsubjpass, dobj, agent, pobj, relcl, acl...).
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.tokens import Token

_CLAUSES = {"advcl", "ccomp", "relcl", "parataxis", "csubj", "csubjpass"}
_OBJECT_CONTROL = {"of", "for", "from"}
_RELATIVE = {"who", "which", "that", "whom"}
#: Verbs that lend a noun its subject: "warplanes carried out strikes".
LIGHT_VERBS = frozenset(
    {"carry", "conduct", "launch", "make", "mount", "wage", "stage", "perform", "execute", "begin", "start", "continue"}
    | {"resume", "intensify", "commit", "hold", "undertake", "order", "announce", "declare", "sign", "reach", "impose"}
    | {"lay", "lift", "break", "step", "escalate", "open", "set", "do", "have", "give", "provide", "lead", "attempt"}
)


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return token.lemma_.lower()


def phrase(head: Token) -> Iterator[Token]:
    """The tokens of ``head``'s own phrase: a noun's modifiers and complements, a verb's arguments, no inner clause.

    A noun that is the object of a verb also sees that verb's subject ("warplanes carried out raids").
    """
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        for child in token.children:
            if child.dep_ in _CLAUSES or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")):
                continue
            stack.append(child)
    if head.dep_ == "relcl":
        yield from np_tokens(head.head)  # "the rockets that rebels fired"
    if head.pos_ != "VERB":
        verb = governing_verb(head)
        if verb is not None:
            for subject in subjects(verb):
                yield from np_tokens(subject)


def np_tokens(head: Token) -> Iterator[Token]:
    """``head`` with its modifiers to the left and names joined to it."""
    yield head
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "poss", "appos", "nummod"):
            yield from np_tokens(child)


def conjuncts(head: Token) -> Iterator[Token]:
    """``head`` and the nouns coordinated with it."""
    yield head
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            yield from conjuncts(child)


def governing_verb(noun: Token) -> Token | None:
    """The verb whose object (direct or through a preposition) or subject ``noun`` is."""
    token = noun
    for _ in range(4):
        if token.dep_ in ("dobj", "pobj", "conj", "nsubj", "nsubjpass", "prep", "compound", "nmod", "attr"):
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                return token
        else:
            return None
    return None


def is_passive(verb: Token) -> bool:
    """Whether ``verb`` is a passive, full ("was hit") or reduced ("the town hit by")."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "agent") for child in verb.children):
        return True
    return bool(verb.dep_ == "acl" and verb.tag_ == "VBN")


def subjects(verb: Token) -> list[Token]:
    """Heads of those who do it: the subject of an active verb, the agent of a passive one."""
    if is_passive(verb):
        return [noun for agent in verb.children if agent.dep_ == "agent" for noun in objects_of_preposition(agent)]
    own = [child for child in verb.children if child.dep_ == "nsubj"]
    if len(own) == 1 and _speaks_of_itself(own[0], verb):
        return subjects(verb.head)
    if own:
        return [noun for child in own for noun in conjuncts(_antecedent(child, verb))]
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep") and verb.head is not verb:
        head = verb.head
        if head.pos_ in ("VERB", "AUX"):
            # "were sent to retake": who is sent is who retakes.
            return patients(head) if is_passive(head) and verb.dep_ != "conj" else subjects(head)
        if head.dep_ == "prep" and head.head.pos_ in ("VERB", "AUX"):
            # "accused the army of shelling", "stopped it from shelling": the object is who acts.
            controlled = patients(head.head) if head.lower_ in _OBJECT_CONTROL else []
            return controlled or subjects(head.head)
    if verb.dep_ == "acl":
        return list(conjuncts(verb.head))
    return []


def _speaks_of_itself(subject: Token, verb: Token) -> bool:
    """Whether a speaker's own pronoun stands before ``verb``: "The group said it had shot down a drone"."""
    if verb.dep_ != "ccomp" or subject.pos_ != "PRON" or subject.lower_ not in ("it", "they", "he", "she", "we", "i"):
        return False
    speakers = [child for child in verb.head.children if child.dep_ == "nsubj" and child.i < subject.i]
    if len(speakers) != 1 or speakers[0].pos_ not in ("NOUN", "PROPN") or is_passive(verb.head):
        return False
    many = speakers[0].tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in speakers[0].children)
    return (subject.lower_ in ("they", "we")) == many or speakers[0].ent_type_ == "ORG"


def patients(verb: Token) -> list[Token]:
    """Heads of those it is done to: the direct object, or the subject of a passive."""
    if is_passive(verb):
        own = [child for child in verb.children if child.dep_ == "nsubjpass"]
        if own:
            return [noun for child in own for noun in conjuncts(_antecedent(child, verb))]
        if verb.dep_ in ("acl", "relcl"):
            return list(conjuncts(verb.head))
        if verb.dep_ == "conj" and is_passive(verb.head):
            return patients(verb.head)
        return []
    own = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.pos_ != "ADP"]
    if not own and verb.dep_ == "relcl" and not any(c.dep_ == "nsubj" and c.lower_ in _RELATIVE for c in verb.children):
        return list(conjuncts(verb.head))  # "the road the army cut"
    return [noun for child in own for noun in conjuncts(_antecedent(child, verb))]


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return subject


def objects_of_preposition(preposition: Token) -> list[Token]:
    """Heads of the nouns a preposition (or agent marker) governs."""
    return [noun for child in preposition.children if child.dep_ in ("pobj", "pcomp") for noun in conjuncts(child)]


def prepositional(head: Token, *words: str) -> list[Token]:
    """Heads of the nouns under ``head`` that one of ``words`` introduces ("on", "against")."""
    return [
        noun
        for child in head.children
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in words
        for noun in objects_of_preposition(child)
    ]
