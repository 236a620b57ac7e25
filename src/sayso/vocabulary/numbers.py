"""What number words say: written numbers, vague quantities with their bounds, and words that bound a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice, packaged, whole

Bound = Literal["minimum", "maximum", "about", "exact"]
CasualtyKind = Literal["killed", "injured"]
CasualtyPos = Literal["verb", "noun", "adjective"]
CasualtyFrame = Literal["object", "subject", "count", "of", "state", "people", "life", "toll", "both"]
NounKind = Literal["person", "thing"]


@dataclass(frozen=True, slots=True)
class CountVocabulary:
    """Everything needed to read a count of people.

    ``units`` and ``scales``: written numbers. ``vague``: lower-case words of the phrase -> (minimum, maximum).
    ``modifiers``: words -> what they make of the number. ``casualties``: (lemma, part of speech) -> (kind, frames).
    ``nouns``: lower-case singular -> people or things.
    """

    units: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[tuple[str, ...], tuple[int | None, int | None]]
    modifiers: Mapping[tuple[str, ...], Bound]
    casualties: Mapping[tuple[str, CasualtyPos], tuple[CasualtyKind, frozenset[str]]]
    nouns: Mapping[str, NounKind]


def read_number_words(text: str, name: str = "number_words.csv") -> tuple[dict[str, int], dict[str, int]]:
    """(units, scales); VocabularyError names file and line of what is wrong."""
    units: dict[str, int] = {}
    scales: dict[str, int] = {}
    for row in csv_rows(text, name, ("word", "value", "kind")):
        value = whole(row, "value")
        if value is None:
            raise row.error(f"{row.text('word')} has no value")
        (units if choice(row, "kind", ("unit", "scale")) == "unit" else scales)[row.text("word")] = value
    return units, scales


def read_vague(text: str, name: str = "vague_quantities.csv") -> dict[tuple[str, ...], tuple[int | None, int | None]]:
    """Vague quantities; VocabularyError where both bounds are empty or out of order."""
    found: dict[tuple[str, ...], tuple[int | None, int | None]] = {}
    for row in csv_rows(text, name, ("phrase", "minimum", "maximum")):
        low, high = whole(row, "minimum"), whole(row, "maximum")
        if low is None and high is None:
            raise row.error(f"{row.text('phrase')} has neither minimum nor maximum")
        if low is not None and high is not None and low > high:
            raise row.error(f"the minimum {low} is above the maximum {high}")
        found[tuple(row.text("phrase").split())] = (low, high)
    return found


def read_modifiers(text: str, name: str = "quantity_modifiers.csv") -> dict[tuple[str, ...], Bound]:
    """Words that bound a number; VocabularyError names file and line of what is wrong."""
    return {
        tuple(row.text("phrase").split()): choice(row, "bound", get_args(Bound))  # type: ignore[misc]
        for row in csv_rows(text, name, ("phrase", "bound"))
    }


def read_casualties(
    text: str, name: str = "casualty_cues.csv"
) -> dict[tuple[str, CasualtyPos], tuple[CasualtyKind, frozenset[str]]]:
    """Casualty words; a word may have several frames but one kind."""
    found: dict[tuple[str, CasualtyPos], tuple[CasualtyKind, frozenset[str]]] = {}
    for row in csv_rows(text, name, ("cue", "pos", "kind", "frame")):
        pos: CasualtyPos = choice(row, "pos", get_args(CasualtyPos))  # type: ignore[assignment]
        kind: CasualtyKind = choice(row, "kind", get_args(CasualtyKind))  # type: ignore[assignment]
        frame = choice(row, "frame", get_args(CasualtyFrame))
        before = found.get((row.text("cue"), pos))
        if before and before[0] != kind:
            raise row.error(f"{row.text('cue')} ({pos}) is both {before[0]} and {kind}")
        found[row.text("cue"), pos] = (kind, (before[1] if before else frozenset()) | {frame})
    return found


def read_nouns(text: str, name: str = "person_nouns.csv") -> dict[str, NounKind]:
    """Nouns for people and for things; VocabularyError names file and line of what is wrong."""
    return {
        row.text("noun"): choice(row, "kind", get_args(NounKind))  # type: ignore[misc]
        for row in csv_rows(text, name, ("noun", "kind"))
    }


@cache
def count_vocabulary() -> CountVocabulary:
    """The packaged vocabulary, read once."""
    units, scales = read_number_words(packaged("number_words.csv"))
    return CountVocabulary(
        units,
        scales,
        read_vague(packaged("vague_quantities.csv")),
        read_modifiers(packaged("quantity_modifiers.csv")),
        read_casualties(packaged("casualty_cues.csv")),
        read_nouns(packaged("person_nouns.csv")),
    )
