"""Order: a first time that comes after a repeated one.

"First liberation of the town - March 2017" and "the town was recaptured in early 2017" are two events, and each may
have its own time right in no way: what is done again must have been done before, so a first one cannot come after it.
Dates of one event that differ are shown as a disagreement of time; this is about two events of one place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from sayso.ids import content_id
from sayso.linking.compatibility import days, place_name
from sayso.linking.kinds import kinds
from sayso.linking.meeting import number
from sayso.linking.rivals import time_value
from sayso.model import Disagreement, Document, Event, Position, Span, Statement, TimeSpan
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import choice, packaged

Rank = Literal["first", "again"]
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,40}")
#: Words before a trigger that can say which one it was, and the characters they are sought in.
_BEFORE, _REACH = 3, 60
#: Two events further apart in time than this belong to different chapters; and a repeated one of a longer time is none.
_CHAPTER_DAYS = 400
_NARROW = frozenset({"exact", "near", "district"})


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A statement that says of itself that it was the first, or that it was not."""

    statement: Statement
    time: TimeSpan
    rank: Rank
    word: Span


def order_disagreements(
    events: Iterable[Event], statements: Mapping[str, Statement], documents: Mapping[str, Document]
) -> tuple[Disagreement, ...]:
    """Where what is told as a first time cannot have come before what is told as a repeated one.

    Each belongs to the event told as the first; its positions are the two times, each with the words that rank it.
    """
    at: dict[tuple[str, str], list[tuple[Event, _Ranked]]] = defaultdict(list)
    for event in events:
        for statement_id in event.statement_ids:
            statement = statements[statement_id]
            ranked = _ranked(statement, documents[statement.document_id])
            if ranked:
                at[_where(statement)].append((event, ranked))
    found = {}
    for told in at.values():
        for event, first in (pair for pair in told if pair[1].rank == "first"):
            for other, again in (pair for pair in told if pair[1].rank == "again"):
                if event.id != other.id and _impossible(first.time, again.time):
                    disagreement = _disagreement(event, first, again)
                    found[disagreement.id] = disagreement
    return tuple(found[key] for key in sorted(found))


def order_keys(statement: Statement, document: Document) -> frozenset[int]:
    """Keys that two statements share if the order of their times can be impossible; none for most statements."""
    ranked = _ranked(statement, document)
    if ranked is None:
        return frozenset()
    year = (ranked.time.latest if ranked.rank == "first" else _middle(ranked.time)).year
    return frozenset(number("order", *_where(statement), near) for near in range(year - 1, year + 2))


def _where(statement: Statement) -> tuple[str, str]:
    place = statement.place
    return statement.type, (place.gazetteer_id or place_name(place)) if place else ""


def _middle(time: TimeSpan) -> date:
    return time.earliest + (time.latest - time.earliest) / 2


def _impossible(first: TimeSpan, again: TimeSpan) -> bool:
    """Whether the repeated one began no later than the first, and was more than half over when the first was."""
    if days(first) > _CHAPTER_DAYS or "reported" in (first.basis, again.basis):
        return False
    middle = _middle(again)
    return again.earliest <= first.earliest and middle <= first.latest and (first.latest - middle).days <= _CHAPTER_DAYS


def _ranked(statement: Statement, document: Document) -> _Ranked | None:
    if kinds().of(statement.type).recurs or statement.time is None or statement.status not in ("happened", "ongoing"):
        return None
    if statement.place is None or statement.place.precision not in _NARROW:
        return None
    found = _rank(document.text, statement.trigger)
    return _Ranked(statement, statement.time, found[0], found[1]) if found else None


def _rank(text: str, trigger: Span) -> tuple[Rank, Span] | None:
    cues = _cues()
    before = list(_WORD.finditer(text, max(0, trigger.start - _REACH), trigger.start))[-_BEFORE:]
    # A sentence or a line that ends between the two parts them.
    before = [m for m in before if not re.search(r"[.!?:;\n]", text[m.end() : trigger.start])]
    for where, words in (("before", before), ("trigger", list(_WORD.finditer(text, trigger.start, trigger.end)))):
        for match in words:
            plain = match.group().casefold().replace("-", "")
            for word, says, place in cues:
                if place == where and (plain.startswith(word[:-1]) if word.endswith("*") else plain == word):
                    return says, Span(*match.span())
    return None


def _disagreement(event: Event, first: _Ranked, again: _Ranked) -> Disagreement:
    positions = tuple(_position(ranked) for ranked in (first, again))
    told_in = {ranked.statement.document_id for ranked in (first, again)}
    return Disagreement(
        id=content_id("dis", "order", event.id, [[p.value, list(p.statement_ids)] for p in positions]),
        field="order",
        positions=positions,
        event_id=event.id,
        document_id=told_in.pop() if len(told_in) == 1 else None,
    )


def _position(ranked: _Ranked) -> Position:
    spans = sorted({ranked.word, ranked.statement.trigger, *ranked.time.evidence})
    return Position(
        value=f"{ranked.rank}: {time_value(ranked.time)}",
        statement_ids=(ranked.statement.id,),
        evidence=tuple((ranked.statement.document_id, span) for span in spans),
    )


@cache
def _cues() -> tuple[tuple[str, Rank, str], ...]:
    return tuple(_parse(packaged("linking/order-cues.csv")))


def _parse(table: str) -> Iterator[tuple[str, Rank, str]]:
    """The cues of a table; VocabularyError names file and line of what is wrong."""
    for row in csv_rows(table, "linking/order-cues.csv", ("word", "says", "where")):
        says: Rank = choice(row, "says", ("first", "again"))  # type: ignore[assignment]
        yield row.text("word"), says, choice(row, "where", ("trigger", "before"))
