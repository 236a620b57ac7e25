"""The event mentions of an ECB+ file with what comparing them needs, from Sayso's own parse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.tokens import Token
from sayso.model import Document, Segment

Vector = npt.NDArray[np.float32]
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "poss"})
_OBJECTS = frozenset({"dobj", "obj", "attr", "pobj", "oprd", "compound", "amod"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_TIMES = frozenset({"DATE", "TIME"})
_NUMBER = re.compile(r"\d+")
#: Verbs that only carry the noun that tells what happened.
_LIGHT = frozenset({"be", "have", "do", "make", "take", "give", "get", "go", "come", "say"})


@dataclass(frozen=True, eq=False)
class Story:
    """A document: its content lemmas, and those of its opening sentences."""

    id: str
    topic: int
    words: tuple[str, ...]
    opening: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class EventMention:
    """One annotated mention. ``chain`` is the gold cluster, its own where the corpus gives none."""

    chain: str
    story: int
    sentence: int
    kind: str
    text: str
    lemma: str
    lemmas: frozenset[str]
    verb: bool
    vector: Vector
    subjects: frozenset[str]
    objects: frozenset[str]
    near: tuple[str, ...]
    clause: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]


def read_mentions(path: Path) -> tuple[list[Story], list[EventMention]]:
    """The documents of ``path`` and their event mentions, in the order of the file."""
    parser = Parser()
    stories: list[Story] = []
    mentions: list[EventMention] = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, starts = _joined(row["tokens"], row["sentences"])
        document = Document(row["id"], "bench", text, (Segment(0, len(text), "body"),), language="en")
        parsed = parser.parse(document)
        tokens = _tokens(parsed)
        at = [tokens[start] for start in starts]
        stories.append(_story(row["id"], row["topic"], parsed))
        for place, mention in enumerate(row["mentions"]):
            if "ACTION" in mention["kind"]:
                told = [at[number - 1] for number in mention["tokens"]]  # the corpus counts tokens from 1
                chain = mention.get("chain") or f"{row['id']} {place}"
                mentions.append(_mention(mention, chain, len(stories) - 1, told))
    return stories, mentions


def _joined(words: list[str], sentences: list[int]) -> tuple[str, list[int]]:
    text, starts = "", []
    for index, word in enumerate(words):
        text += "" if not index else "\n" if sentences[index] != sentences[index - 1] else " "
        starts.append(len(text))
        text += word
    return text, starts


def _tokens(parsed: ParsedDocument) -> dict[int, Token]:
    """Every character that begins a word of the corpus -> the token that covers it."""
    found: dict[int, Token] = {}
    for section in parsed.sections:
        for token in section.doc:
            for at in range(token.idx, token.idx + len(token)):
                found[section.offset + at] = token
    return found


def _story(name: str, topic: int, parsed: ParsedDocument) -> Story:
    words = [word for section in parsed.sections for word in _content(section.doc)]
    opening = [word for sentence in parsed.sentences[:3] for word in _content(sentence.tokens)]
    return Story(name, topic, tuple(words), tuple(opening))


def _content(tokens: object) -> Iterator[str]:
    for token in tokens:  # type: ignore[attr-defined]
        if token.is_alpha and not token.is_stop and len(token) > 2:
            yield token.lemma_.lower()
        elif token.like_num:
            yield token.text


def _mention(record: dict[str, str], chain: str, story: int, told: list[Token]) -> EventMention:
    inside = {token.i for token in told}
    heads = [token for token in told if token.head.i not in inside or token.head.i == token.i] or told[:1]
    head = heads[0]
    if head.lemma_.lower() in _LIGHT and len(told) > 1:
        head = next((token for token in reversed(told) if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")), head)
    vectors = [token.vector for token in told if token.vector.any() and not token.is_stop] or [head.vector]
    sentence = head.sent
    subjects, objects = _arguments(head)
    return EventMention(
        chain=chain,
        story=story,
        sentence=next(iter(i for i, sent in enumerate(head.doc.sents) if sent.start <= head.i < sent.end)),
        kind=record["kind"],
        text=record["text"].lower(),
        lemma=head.lemma_.lower(),
        lemmas=frozenset({head.lemma_.lower(), *(token.lemma_.lower() for token in told if not token.is_stop)}),
        verb=head.pos_ in ("VERB", "AUX"),
        vector=np.mean(np.asarray(vectors, dtype=np.float32), axis=0),
        subjects=subjects,
        objects=objects,
        near=tuple(_content(sentence)),
        clause=tuple(_content(head.doc[max(sentence.start, head.i - 6) : min(sentence.end, head.i + 7)])),
        names=frozenset(token.lemma_.lower() for token in sentence if token.ent_type_ in _NAMED),
        numbers=frozenset(token.text for token in sentence if _NUMBER.fullmatch(token.text)),
        times=frozenset(token.lemma_.lower() for token in sentence if token.ent_type_ in _TIMES and token.is_alpha),
    )


def _arguments(head: Token) -> tuple[frozenset[str], frozenset[str]]:
    """Lemmas of who and of whom or what, prepositional phrases with the latter."""
    subjects: set[str] = set()
    objects: set[str] = set()
    verbs = [head]
    if head.dep_ in ("conj", "xcomp", "acl") and head.head.pos_ in ("VERB", "AUX"):
        verbs.append(head.head)
    for verb in verbs:
        for child in verb.children:
            parts = [child, *(c for c in child.children if c.dep_ in ("compound", "amod", "poss", "nmod", "conj"))]
            if child.dep_ in ("prep", "agent", "dative"):
                parts = [c for grand in child.children for c in (grand, *grand.children) if c.dep_ != "det"]
            words = {part.lemma_.lower() for part in parts if part.is_alpha and not part.is_stop}
            if child.dep_ in _SUBJECTS:
                subjects |= words
            elif child.dep_ in _OBJECTS or child.dep_ in ("prep", "dative"):
                objects |= words
    if head.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj") and head.pos_ == "NOUN":
        governor = head.head if head.dep_ != "pobj" else head.head.head
        for child in governor.children:
            if child.dep_ in _SUBJECTS and child.i != head.i and child.is_alpha:
                subjects.add(child.lemma_.lower())
    return frozenset(subjects), frozenset(objects)
