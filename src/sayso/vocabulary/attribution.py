"""Words that cite: reporting cues and nouns that name a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice, choices, packaged

CueKind = Literal["report", "assert", "hold", "show", "want", "refute", "relay", "blame", "judge"]
CuePos = Literal["verb", "noun", "adverb", "preposition"]
Frame = Literal["clause", "object", "to", "prep", "quote"]
SourceKind = Literal["person", "group", "body", "medium", "document"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that cites: its lemma, what it says of the content, and where the content stands (see the data file)."""

    lemma: str
    pos: CuePos
    kind: CueKind
    frames: frozenset[str]
    prepositions: frozenset[str]


@dataclass(frozen=True, slots=True)
class AttributionVocabulary:
    """Cues by (lemma, part of speech), and source nouns by lower-case singular.

    ``words`` holds every cue by itself, to pass over other words at little cost.
    """

    cues: Mapping[tuple[str, CuePos], Cue]
    sources: Mapping[str, SourceKind]
    words: frozenset[str]


def read_cues(text: str, name: str = "attribution_cues.csv") -> dict[tuple[str, CuePos], Cue]:
    """The cue table; VocabularyError names file and line of what is wrong."""
    found: dict[tuple[str, CuePos], Cue] = {}
    for row in csv_rows(text, name, ("cue", "pos", "kind", "frames", "prep")):
        pos: CuePos = choice(row, "pos", get_args(CuePos))  # type: ignore[assignment]
        kind: CueKind = choice(row, "kind", get_args(CueKind))  # type: ignore[assignment]
        frames = choices(row, "frames", get_args(Frame))
        prepositions = frozenset(p for p in (row.text_or_none("prep") or "").split("|") if p)
        if "prep" in frames and not prepositions:
            raise row.error("the frame prep needs a preposition in the last column")
        if (row.text("cue"), pos) in found:
            raise row.error(f"{row.text('cue')} ({pos}) stands here twice")
        found[row.text("cue"), pos] = Cue(row.text("cue"), pos, kind, frames, prepositions)
    return found


def read_sources(text: str, name: str = "source_nouns.csv") -> dict[str, SourceKind]:
    """The table of source nouns; VocabularyError names file and line of what is wrong."""
    found: dict[str, SourceKind] = {}
    for row in csv_rows(text, name, ("noun", "kind")):
        if row.text("noun") in found:
            raise row.error(f"{row.text('noun')} stands here twice")
        found[row.text("noun")] = choice(row, "kind", get_args(SourceKind))  # type: ignore[assignment]
    return found


@cache
def attribution_vocabulary() -> AttributionVocabulary:
    """The packaged vocabulary, read once."""
    cues = read_cues(packaged("attribution_cues.csv"))
    sources = read_sources(packaged("source_nouns.csv"))
    return AttributionVocabulary(cues, sources, frozenset(lemma for lemma, _ in cues))
