"""What kind of event does a sentence tell between a given source and target? ``python bench/event_roots.py PLV.jsonl``

Macro-F1 of the 15 roots of PLOVER on the PLV part named, for a classifier that was trained on nothing: what words say
(``plover_codebook.csv``, then the triggers of Sayso's own event types by their PLOVER equivalents), and how the parse
puts them together, as the scheme's codebook rules: what governs goes before what is governed ("agreed to send aid"
agrees), a light verb leaves it to its object ("held talks"), an act of good will that is still to come is an
agreement and one of ill will a threat, a refused one is a refusal, the end of good will is a sanction and the end of
ill will a concession, and what others must do is a demand. ``vocabulary alone`` takes the first word with a root
between source and target. PLV is for evaluation only.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from plover_codebook import Codebook

from sayso.coding.parse import load_pipeline
from sayso.coding.tokens import Doc, Token

#: Roots of good will: refused, they are a root of their own.
WILLING = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
#: Roots of ill will, in deed.
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_FUTURE = frozenset({"will", "would", "shall", "'ll", "wo", "’ll"})
_DUTY = frozenset({"must", "should", "ought", "need", "have"})
#: Where a word that leaves it to others has them, in the order they are asked.
_GOVERNED = (
    "xcomp",
    "dobj",
    "attr",
    "acomp",
    "oprd",
    "nsubjpass",
    "ccomp",
    "acl",
    "dative",
    "prep",
    "pcomp",
    "pobj",
    "advcl",
    "conj",
    "compound",
    "amod",
)
#: Words asked below one word before giving up: a parse is a tree, but it may be a very deep one.
_DEEPEST = 12


def main(corpus: Path) -> None:
    """Print the figures as JSON."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    codebook = Codebook()
    docs = map(Doc, load_pipeline().pipe(row["text"] for row in rows))
    counts: dict[str, Counter[tuple[str, str | None]]] = {"vocabulary alone": Counter(), "sayso": Counter()}
    for row, doc in zip(rows, docs, strict=True):
        source, target = head_of(doc, row["source"]), head_of(doc, row["target"])
        counts["sayso"][row["type"], root_of(doc, source, target, codebook)] += 1
        counts["vocabulary alone"][row["type"], first_between(doc, source, target, codebook)] += 1
    roots = sorted({row["type"] for row in rows})
    result: dict[str, object] = {}
    for name, found in counts.items():
        each = {root: f1(found, root) for root in roots}
        right = sum(number for (gold, said), number in found.items() if gold == said)
        result[name] = {
            "macro_f1": round(sum(each.values()) / len(roots), 3),
            "accuracy": round(right / len(rows), 3),
            "roots": {root: round(value, 2) for root, value in each.items()},
        }
    print(json.dumps(result | {"sentences": len(rows)}))


def head_of(doc: Doc, mention: str) -> Token | None:
    """The syntactic head of the first place where ``mention`` stands; None where the text has no such words."""
    at = doc.text.find(mention)
    span = doc.char_span(at, at + len(mention)) if at >= 0 and mention else None
    return span.root if span is not None and len(span) else None


def root_of(doc: Doc, source: Token | None, target: Token | None, codebook: Codebook) -> str | None:
    """The root of what ``source`` does to ``target``."""
    return _Reading(source, target, codebook).root(doc)


class _Reading:
    def __init__(self, source: Token | None, target: Token | None, codebook: Codebook) -> None:
        self._source = source
        self._target = target
        self._codebook = codebook
        self._above_target = {token.i for token in (target, *target.ancestors)} if target is not None else set()

    def root(self, doc: Doc) -> str | None:
        asked: set[int] = set()
        for token in self._in_turn(doc):
            if token.i not in asked:
                asked.add(token.i)
                found = self._read(token)
                if found:
                    return found
        return None

    def _in_turn(self, doc: Doc) -> Iterator[Token]:
        """Words in the order they are asked: the source's own deed, its verb, what is above, the target's, the rest."""
        for start in (self._source, self._target):
            top = start
            while top is not None and top.head.i != top.i and top.pos_ not in _VERBAL:
                top = top.head
                if top.pos_ in _NOMINAL:
                    yield top  # "Israel's attack on": the source's deed is a noun
            if top is None:
                continue
            yield self._nearer(top)
            yield top
            yield from _below(top)
            yield from top.ancestors
        yield from doc

    def _nearer(self, verb: Token) -> Token:
        """The verb coordinated to ``verb`` that has the target: "came to power and attacked X"."""
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ in _VERBAL and child.i in self._above_target:
                return self._nearer(child)
        return verb

    def _read(self, token: Token, depth: int = 0) -> str | None:
        if depth > _DEEPEST:
            return None
        said = list(self._codebook.says(token))
        first = said[0] if said else None
        if first is None:
            return self._governed(token, depth) if depth and token.pos_ in ("ADP", "PART", "SCONJ") else None
        if first == "tells":
            found = self._told(token, depth)
        elif first == "orders":
            found = self._ordered(token, depth)
        elif first in ("light", "ends", "intends"):
            own = "AGREE" if first == "intends" else next((root for root in said if root.isupper()), None)
            found = self._governed(token, depth) or own or self._happens(token, depth)
            if first == "ends":
                found = _ended(found)
            elif first == "intends":
                found = _to_come(found)
        else:
            found = first
        return _qualified(token, found)

    def _governed(self, token: Token, depth: int) -> str | None:
        children = [child for child in token.children if child.dep_ in _GOVERNED]
        # What is done is seldom named by the words for whom it is done to: those are asked last.
        children.sort(key=lambda child: (child in (self._target, self._source), _GOVERNED.index(child.dep_)))
        for child in children:
            found = self._read(child, depth + 1)
            if found:
                return found
        return None

    def _happens(self, verb: Token, depth: int) -> str | None:
        """What a verb that has nothing below it says happens: "the talks began"."""
        subjects = (child for child in verb.children if child.dep_ == "nsubj" and child != self._source)
        return next((found for child in subjects if (found := self._read(child, depth + 1))), None)

    def _ordered(self, verb: Token, depth: int) -> str | None:
        """An order that a deed be done is the deed, and one that someone do it a demand."""
        noun = next((child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")), None)
        done = self._read(noun, depth + 1) if noun is not None and noun != self._target else None
        return done or (found if (found := self._governed(verb, depth)) in HOSTILE else "REQUEST")

    def _told(self, verb: Token, depth: int) -> str | None:
        for clause in verb.children:
            if clause.dep_ in ("ccomp", "xcomp") and clause.pos_ in _VERBAL:
                found = self._read(clause, depth + 1)
                subject = next((child for child in clause.children if child.dep_ in ("nsubj", "nsubjpass")), None)
                others = subject is not None and subject.pos_ != "PRON"
                if others and any(_is_duty(child) for child in (clause, *clause.children)):
                    return "REQUEST"
                if others and found in HOSTILE and subject is not None and subject.i in self._above_target:
                    return "ACCUSE"
                return found
        return self._governed(verb, depth)


def _below(top: Token) -> Iterator[Token]:
    queue = deque([top])
    while queue:
        token = queue.popleft()
        yield token
        queue.extend(child for child in token.children if child.dep_ not in ("nsubj", "nsubjpass", "relcl", "advcl"))


def _is_duty(token: Token) -> bool:
    if token.lemma_.lower() == "have" or token.lemma_.lower() == "need":
        return any(child.dep_ == "xcomp" for child in token.children) or token.dep_ == "aux"
    return token.dep_ == "aux" and token.lower_ in _DUTY


def _qualified(token: Token, root: str | None) -> str | None:
    """``root`` as its verb's auxiliaries and negation leave it."""
    if token.pos_ not in _VERBAL:
        return root
    marks = [child for child in token.children if child.dep_ in ("aux", "neg")]
    to_come = any(child.lower_ in _FUTURE for child in marks)
    if any(child.dep_ == "neg" for child in marks):
        return "REJECT" if root in WILLING or (root is None and to_come) else root
    if to_come:
        return _to_come(root)
    return root


def _to_come(root: str | None) -> str | None:
    return "AGREE" if root in WILLING else "THREATEN" if root in HOSTILE else root


def _ended(root: str | None) -> str | None:
    return "YIELD" if root in HOSTILE | {"ACCUSE", "THREATEN"} else "SANCTION" if root in WILLING else root


def first_between(doc: Doc, source: Token | None, target: Token | None, codebook: Codebook) -> str | None:
    """The first root of a word between source and target, or else of the text."""
    low, high = sorted((source.i if source else 0, target.i if target else len(doc)))

    def roots(tokens: Iterator[Token]) -> Iterator[str]:
        return (said for token in tokens for said in codebook.says(token) if said.isupper())

    return next(roots(iter(doc[low : high + 1])), None) or next(roots(iter(doc)), None)


def f1(found: Counter[tuple[str, str | None]], root: str) -> float:
    """F1 of one root."""
    gold = sum(number for (told, _), number in found.items() if told == root)
    said = sum(number for (_, given), number in found.items() if given == root)
    return 2 * found[root, root] / (gold + said) if gold + said else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
