"""Who of a document could have a part in its events: every phrase that names or describes someone, read once.

A party has a *key*, the same for every phrase that means it ("ISIL", "the group"), and a *sort*: the registry's kind of
a known actor ("state_forces"), else what its describing noun tells ("people CVL").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.coding.actor_context import ActorContext
from sayso.coding.actors import actors_of_head, class_of_head
from sayso.coding.deeds import HELD, is_deed, is_ground
from sayso.coding.mention import Mention
from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.tokens import Token
from sayso.model import Actor

_NOMINAL = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod", "nummod", "poss"})
_POINTING = frozenset({"he", "she", "they", "them", "it", "him", "who", "which", "that"})
_NUMBERING = frozenset(
    {"a", "an", "the", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"}
    | {"more", "than", "over", "about", "around", "nearly", "almost", "some"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One phrase: its head, its sentence, whom it means (under which key), and what sort of party that is.

    ``holds`` says that ground is told to be theirs ("rebel-held").
    """

    head: Token
    sentence: Sentence
    actor: Actor
    key: str
    sort: str
    holds: bool

    @property
    def at(self) -> int:
        """Where its head starts in the document."""
        return int(self.sentence.section.offset + self.head.idx)


def key_of(actor: Actor) -> str:
    """The same for all phrases that mean one party: its id, else its name without number and article."""
    if actor.actor_id:
        return actor.actor_id
    words = [w for w in actor.name.casefold().split() if w not in _NUMBERING and not w[:1].isdigit()]
    return " ".join(words).removesuffix("s") or actor.name.casefold()


def candidates_of(parsed: ParsedDocument, context: ActorContext) -> tuple[Candidate, ...]:
    """Every party of ``parsed``, in the order of the text. ``context`` is the document's."""
    return tuple(found for sentence in parsed.sentences for found in _of_sentence(sentence, context))


def tied_to(mention: Mention) -> Iterator[Candidate]:
    """The parties that the rules tie to ``mention``, where their words stand in its section."""
    sentence = mention.trigger.sentence
    section = sentence.section
    for actor in (*mention.actors, *mention.targets):
        start, end = actor.span.start - section.offset, actor.span.end - section.offset
        words = section.doc.char_span(start, end) if start >= 0 else None
        if words is not None:
            yield Candidate(words.root, sentence, actor, key_of(actor), "adjective", _holds(words.root))


def _of_sentence(sentence: Sentence, context: ActorContext) -> Iterator[Candidate]:
    section = sentence.section
    for token in sentence.tokens:
        if not _may_be_party(token):
            continue
        sort = class_of_head(token, section, context)
        for actor in actors_of_head(token, section, context):
            yield Candidate(token, sentence, actor, key_of(actor), sort, _holds(token))


def _holds(token: Token) -> bool:
    """Whether ground is told to be theirs: "rebel-held", "the group's bastion", "a town held by rebels"."""
    above = token.head
    if above.lower_ in HELD:
        return True
    if token.dep_ == "pobj" and above.head.lower_ in HELD:
        return True
    return token.dep_ in _INSIDE and is_ground(above)


def _may_be_party(token: Token) -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in _POINTING
    if token.dep_ in _INSIDE and token.dep_ != "poss":
        # "Russian strikes", "the rebel stronghold": whose deed or ground it is.
        above = token.head.head if token.head.lower_ in HELD else token.head
        return token.pos_ in ("NOUN", "PROPN", "ADJ") and (is_deed(above) or is_ground(above)) and not is_deed(token)
    return token.pos_ in _NOMINAL and not is_deed(token)
