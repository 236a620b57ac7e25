"""What a word says of PLOVER's roots: ``plover_codebook.csv``, whose header explains its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.coding.syntax import np_tokens
from sayso.coding.tokens import Token
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.triggers import SAME, trigger_vocabulary

_FILE = Path(__file__).with_suffix(".csv")
_COLUMNS = ("says", "pos", "words", "with", "without")
#: PLOVER 2.0's names where the corpus keeps those of 1.0.
_RENAMED = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
#: What the parser's names count as.
_NAMES = {
    "MONEY": "<MONEY>",
    "PERSON": "<PERSON>",
    "GPE": "<PLACE>",
    "LOC": "<PLACE>",
    "FAC": "<PLACE>",
    "ORG": "<PARTY>",
    "NORP": "<PARTY>",
}
_MEASURES = frozenset({"DATE", "TIME", "CARDINAL", "QUANTITY"})
_OUTSIDE = frozenset({"nsubj", "csubj", "advcl", "ccomp", "relcl", "parataxis", "punct", "mark"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
#: How far below a word its company may stand: "take" > "part" > "in" > "exercise".
_DEEP = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what the word says, the other words of it, and the company it keeps."""

    says: str
    others: tuple[str, ...]
    company: frozenset[str]
    without: frozenset[str]


class Codebook:
    """The rows by part of speech and head lemma, in the file's order, then Sayso's own triggers."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        sets: dict[str, frozenset[str]] = {}
        for line in csv_rows(_FILE.read_text("utf-8"), _FILE.name, _COLUMNS):
            row = line.values
            company, without = (_expanded(row[key], sets) for key in ("with", "without"))
            if row["says"] == "set":
                sets["@" + row["words"]] = company
                continue
            for phrase in row["words"].split("|"):
                words = tuple(phrase.split())
                head = words[-1] if row["pos"] == "noun" else words[0]
                others = words[:-1] if row["pos"] == "noun" else words[1:]
                self._rows.setdefault((row["pos"], head), []).append(Row(row["says"], others, company, without))
        for rows in self._rows.values():
            # A stable sort: the file's order among rows that ask for as much.
            rows.sort(key=lambda row: (-len(row.others), not row.company))
        self._add_triggers()

    def _add_triggers(self) -> None:
        triggers = trigger_vocabulary()
        for pos, table in (("verb", triggers.verbs), ("noun", triggers.nouns)):
            for head, rules in table.items():
                for _, rule in rules:
                    root = None if rule.type == SAME else event_types()[rule.type].plover_type
                    # A rule that asks for company says nothing of the word by itself.
                    if root and not rule.company and not rule.subject and not rule.object:
                        for phrase in rule.phrases:
                            row = Row(_RENAMED.get(root, root), phrase[:-1], frozenset(), frozenset())
                            self._rows.setdefault((pos, head), []).append(row)

    def says(self, token: Token) -> Iterator[str]:
        """What ``token`` says in the company it keeps, the row that goes first first."""
        pos = "verb" if token.pos_ in _VERBAL else "noun" if token.pos_ in _NOMINAL else token.pos_.lower()
        rows = self._rows.get((pos, token.lemma_.lower())) or self._rows.get((pos, token.lower_)) or []
        company = _company(token) if rows else frozenset()
        for row in rows:
            fits = not row.company or not row.company.isdisjoint(company)
            if fits and _has(token, row.others, company) and row.without.isdisjoint(company):
                yield row.says


def _expanded(cell: str, sets: dict[str, frozenset[str]]) -> frozenset[str]:
    words: set[str] = set()
    for word in filter(None, cell.split("|")):
        words |= sets[word] if word.startswith("@") else {word}
    return frozenset(words)


def _has(token: Token, others: tuple[str, ...], company: frozenset[str]) -> bool:
    """Whether the other words of a phrase are there, the first of them beside the word: not "called him on Friday"."""
    if not others:
        return True
    beside = [child for child in token.children if others[0] in (child.lemma_.lower(), child.lower_)]
    return company.issuperset(others) and any(
        all(below.ent_type_ not in _MEASURES for below in word.children) for word in beside
    )


def _company(head: Token) -> frozenset[str]:
    """Lemmas, forms and kinds of names in the phrase of ``head``; who does it as "by WORD"."""
    words: set[str] = set()
    level = [head]
    for _ in range(_DEEP):
        level = [c for t in level for c in t.children if c.dep_ not in _OUTSIDE and not _other_clause(c)]
        for token in level:
            words |= {token.lemma_.lower(), token.lower_, _NAMES.get(token.ent_type_, "")}
            if token.head is head and token.dep_ == "oprd":
                words.add("<NAMED>")
    if head.pos_ in _VERBAL:
        for child in head.children:
            if child.dep_ == "nsubj":
                words |= {f"by {token.lemma_.lower()}" for token in np_tokens(child)}
    return frozenset(words)


def _other_clause(token: Token) -> bool:
    return token.dep_ == "conj" and token.pos_ in _VERBAL
