"""Whether a deed is told as ended or resting: "a halt on air strikes", "the end of the bombing"."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from sayso.linking.telling import Telling
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged

_WORD = re.compile(r"\w+")
_PREPOSITIONS = frozenset({"to", "of", "on", "in", "for"})
#: So many words may stand between "halt to" and the deed; so many characters before it are looked at.
_BETWEEN, _BEFORE = 3, 120


def is_stopped(telling: Telling) -> bool:
    """Whether a noun of ``linking/stopping.csv`` governs the trigger."""
    statement, text = telling.statement, telling.document.text
    start = max(statement.sentence.start, statement.trigger.start - _BEFORE)
    words = _WORD.findall(text[start : statement.trigger.start].casefold())[-_BETWEEN - 2 :]
    return any(word in _PREPOSITIONS and before.removesuffix("s") in _nouns() for before, word in pairwise(words))


@cache
def _nouns() -> frozenset[str]:
    name = "linking/stopping.csv"
    return frozenset(row.text("word") for row in csv_rows(packaged(name), name, ("word",)))
