"""Words by which a writer judges, heats or colours what is told: ``data/evaluative_words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import Row, yaml_rows, yaml_sections
from sayso.vocabulary.tables import packaged

FILE = "evaluative_words.yaml"
#: Kinds whose adjectives make adverbs that judge too: "reckless", "recklessly".
_MAKE_ADVERBS = frozenset({"bad", "good", "intensity"})
#: Words that sound strong and that a plain report of conflict needs.
PLAIN = "conflict"
#: What is said of a word inside a phrase, beside the phrase's kinds.
PHRASE = "phrase"
NO_KINDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EvaluativeWords:
    """The words with their kinds. ``phrases``: by their first word, each with the rest of its words.

    Words of the ``silent`` kinds help to weigh a sentence and are not marked in it; those of the ``verbal`` kinds are
    verbs too.
    """

    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    silent: frozenset[str]
    verbal: frozenset[str]

    def marks(self, kinds: frozenset[str]) -> bool:
        """Whether a word of these ``kinds`` can be marked: the plain words of conflict never are."""
        return PLAIN not in kinds and not kinds <= self.silent

    def kinds(self, written: str, base: str, verb: bool = False) -> frozenset[str]:
        """The kinds of a word, given as ``written`` and in its ``base`` form, both in lower case."""
        found = self.words.get(written, NO_KINDS)
        if base != written:
            of_base = self.words.get(base, NO_KINDS)
            found |= of_base & self.verbal if verb else of_base
        if written.endswith("ly") and len(written) > 5:
            for adjective in _adjectives(written):
                found |= self.words.get(adjective, NO_KINDS) & _MAKE_ADVERBS
        return found

    def phrase(self, words: Sequence[str], at: int) -> tuple[int, frozenset[str]]:
        """How many of ``words`` (in lower case) from ``at`` on make a phrase, and its kinds; 0 where none does."""
        for rest, kinds in self.phrases.get(words[at], ()):
            end = at + 1 + len(rest)
            if tuple(words[at + 1 : end]) == rest:
                return 1 + len(rest), kinds
        return 0, NO_KINDS


def _adjectives(adverb: str) -> tuple[str, ...]:
    """What an adverb in -ly may be made of: shameless-ly, horrib-ly, nois-ily, drastic-ally."""
    return adverb[:-2], f"{adverb[:-1]}e", f"{adverb[:-3]}y", adverb[:-4] if adverb.endswith("ally") else adverb


@cache
def evaluative_words() -> EvaluativeWords:
    """The words that come with Sayso, read once; ``VocabularyError`` names file and line of a malformed row."""
    return read_evaluative_words(packaged(FILE), FILE)


def read_evaluative_words(text: str, name: str) -> EvaluativeWords:
    """The words of YAML ``text``; ``VocabularyError`` names file and line of a malformed row."""
    words: dict[str, frozenset[str]] = {}
    phrases: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
    seen: set[str] = set()
    silent, verbal = {PHRASE}, set[str]()
    for row in yaml_rows(yaml_sections(text, name), "kinds", name):
        row.only(("kind", "note", "marks", "verbs", "words"))
        kind = row.text("kind")
        if kind in seen:
            raise row.error(f"the kind {kind!r} is given twice")
        seen.add(kind)
        if not _flag(row, "marks", True):
            silent.add(kind)
        if _flag(row, "verbs", False):
            verbal.add(kind)
        for word in _listed(row):
            # The parser takes hyphens and a clipped "is" or "us" for words of their own.
            first, *rest = word.replace("_", " ").replace("-", " - ").replace("'s", " 's").split()
            if rest:
                table = phrases.setdefault(first, {})
                table[tuple(rest)] = table.get(tuple(rest), NO_KINDS) | {kind}
            else:
                words[word] = words.get(word, NO_KINDS) | {kind}
    if not words:
        raise VocabularyError(f"{name}, line 1: no words")
    longest = {first: tuple(sorted(table.items(), key=lambda e: -len(e[0]))) for first, table in phrases.items()}
    return EvaluativeWords(MappingProxyType(words), MappingProxyType(longest), frozenset(silent), frozenset(verbal))


def _flag(row: Row, key: str, default: bool) -> bool:
    value = row.values.get(key, default)
    if not isinstance(value, bool):
        raise row.error(f"{key} must be true or false, not {value!r}")
    return value


def _listed(row: Row) -> list[str]:
    listed = row.text("words").split()
    for word in listed:
        if word != word.lower() or not all(word.split("_")):
            raise row.error(f"{word!r} is no base form in lower case")
    return listed


__all__ = ["EvaluativeWords", "evaluative_words", "read_evaluative_words"]
