"""Words that say whether an event happened: modals, planning verbs, denial, hearsay, signs that it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from sayso.model import Status
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice, packaged

StatusPos = Literal[
    "auxiliary",
    "verb",
    "predicate",
    "noun",
    "adverb",
    "adjective",
    "mark",
    "preposition",
    "goes",
    "occurrence",
    "lasting",
    "engaged",
    "beginning",
    "sustaining",
    "part",
    "type",
    "hearsay",
    "announcing",
    "announced",
    "unproved",
]
StatusVocabulary = Mapping[tuple[str, StatusPos], Status]


def read_status_cues(text: str, name: str = "status_cues.csv") -> StatusVocabulary:
    """(word or lemma, how it stands) -> status of the event under it; VocabularyError names file and line."""
    found: dict[tuple[str, StatusPos], Status] = {}
    for row in csv_rows(text, name, ("cue", "pos", "status")):
        pos: StatusPos = choice(row, "pos", get_args(StatusPos))  # type: ignore[assignment]
        if (row.text("cue"), pos) in found:
            raise row.error(f"{row.text('cue')} ({pos}) stands here twice")
        found[row.text("cue"), pos] = choice(row, "status", get_args(Status))  # type: ignore[assignment]
    return found


@cache
def status_vocabulary() -> StatusVocabulary:
    """The packaged vocabulary, read once."""
    return read_status_cues(packaged("status_cues.csv"))
