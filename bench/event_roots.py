"""What kind of event does a sentence tell between a given source and target? ``python bench/event_roots.py PLV.jsonl``

Macro-F1 of the 15 roots of PLOVER on the PLV part named, for a classifier that was trained on nothing: words of each
root (``plover_words.csv``, and the triggers of Sayso's own event types by their PLOVER equivalents), and the parse.
From the source's verb outwards the first word with a root decides; what governs goes before what is governed ("agreed
to send aid" agrees), a light verb leaves it to its object ("held talks"), and a negated act of good will is a refusal.
``vocabulary alone`` takes the first word with a root between source and target. PLV is for evaluation only.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from spacy.tokens import Doc, Token

from sayso.coding.parse import load_pipeline
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.triggers import SAME, trigger_vocabulary

WORDS = Path(__file__).with_name("plover_words.csv")
#: Roots of good will, the refusal of which is a root of its own.
_WILLING = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
#: PLOVER 2.0's names where the corpus keeps those of 1.0.
_RENAMED = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
_NOMINAL = frozenset({"NOUN", "PROPN"})
Words = Mapping[tuple[str, str], str]


def main(corpus: Path) -> None:
    """Print the figures as JSON."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    words, light = vocabulary()
    docs = load_pipeline().pipe(row["text"] for row in rows)
    counts: dict[str, Counter[tuple[str, str | None]]] = {"vocabulary alone": Counter(), "sayso": Counter()}
    for row, doc in zip(rows, docs, strict=True):
        source, target = head_of(doc, row["source"]), head_of(doc, row["target"])
        counts["sayso"][row["type"], root_of(doc, source, target, words, light)] += 1
        counts["vocabulary alone"][row["type"], first_between(doc, source, target, words)] += 1
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


def vocabulary() -> tuple[dict[tuple[str, str], str], frozenset[str]]:
    """((words, part of speech) -> root, light verbs): the file's, then Sayso's triggers where it is silent."""
    words: dict[tuple[str, str], str] = {}
    light: set[str] = set()
    with WORDS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            for phrase in row["words"].split("|"):
                if row["root"] == "light":
                    light.add(phrase)
                else:
                    words.setdefault((phrase, row["pos"]), row["root"])
    triggers = trigger_vocabulary()
    for pos, table in (("verb", triggers.verbs), ("noun", triggers.nouns)):
        for rules in table.values():
            for _, rule in rules:
                root = None if rule.type == SAME else event_types()[rule.type].plover_type
                # A rule that asks for company says nothing of the word by itself.
                if root and not rule.company and not rule.subject and not rule.object:
                    for phrase in rule.phrases:
                        words.setdefault((" ".join(phrase), pos), _RENAMED.get(root, root))
    return words, frozenset(light)


def head_of(doc: Doc, mention: str) -> Token | None:
    """The syntactic head of the first place where ``mention`` stands; None where the text has no such words."""
    at = doc.text.find(mention)
    span = doc.char_span(at, at + len(mention), alignment_mode="expand") if at >= 0 and mention else None
    return span.root if span is not None and len(span) else None


def root_of(doc: Doc, source: Token | None, target: Token | None, words: Words, light: frozenset[str]) -> str | None:
    """The root of what ``source`` does to ``target``."""
    weak: str | None = None
    for token in _in_turn(doc, source, target):
        own = _own(token, words)
        if own is None:
            continue
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in light:
            weak = weak or own
            continue
        return _negated(token, own)
    return weak


def _in_turn(doc: Doc, source: Token | None, target: Token | None) -> Iterator[Token]:
    """Words in the order they are asked: the source's verb, what it governs, what governs it, then the rest."""
    seen: set[int] = set()
    for start in (source, target):
        top = start
        while top is not None and top.head.i != top.i and top.pos_ not in ("VERB", "AUX"):
            top = top.head
            if top.pos_ in _NOMINAL and top.i not in seen:
                seen.add(top.i)
                yield top  # "Israel's attack on": the source's deed is a noun
        if top is not None:
            yield from _below(top, seen)
            above = top.head
            while above.i not in seen:
                seen.add(above.i)
                yield above
                above = above.head
    yield from (token for token in doc if token.i not in seen)


def _below(top: Token, seen: set[int]) -> Iterator[Token]:
    queue = deque([top])
    while queue:
        token = queue.popleft()
        if token.i not in seen:
            seen.add(token.i)
            yield token
        queue.extend(child for child in token.children if child.dep_ not in ("nsubj", "nsubjpass", "relcl", "advcl"))


def _own(token: Token, words: Words) -> str | None:
    """The root of a word, with its particle, preposition or compound before it by itself."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX"):
        for child in token.children:
            if child.dep_ in ("prt", "prep", "dobj", "advmod") and (f"{lemma} {child.lemma_.lower()}", "verb") in words:
                return words[f"{lemma} {child.lemma_.lower()}", "verb"]
        return words.get((lemma, "verb"))
    if token.pos_ == "ADJ":
        return words.get((lemma, "adj"))
    if token.pos_ in _NOMINAL:
        before = " ".join(child.lemma_.lower() for child in token.lefts if child.dep_ in ("compound", "amod"))
        for phrase in (f"{before} {lemma}", lemma, token.lower_):
            if (phrase, "noun") in words:
                return words[phrase, "noun"]
    return None


def _negated(token: Token, root: str) -> str:
    refused = any(child.dep_ == "neg" for child in (*token.children, *token.head.children))
    return "REJECT" if refused and root in _WILLING else root


def first_between(doc: Doc, source: Token | None, target: Token | None, words: Words) -> str | None:
    """The first root of a word between source and target, or else of the text."""
    low, high = sorted((source.i if source else 0, target.i if target else len(doc)))
    inside = (root for token in doc[low : high + 1] if (root := _own(token, words)))
    return next(inside, None) or next((root for token in doc if (root := _own(token, words))), None)


def f1(found: Counter[tuple[str, str | None]], root: str) -> float:
    """F1 of one root."""
    gold = sum(number for (told, _), number in found.items() if told == root)
    said = sum(number for (_, given), number in found.items() if given == root)
    return 2 * found[root, root] / (gold + said) if gold + said else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
