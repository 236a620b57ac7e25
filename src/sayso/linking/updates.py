"""Counts that a later report brings up to date: no disagreement, but a history with its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from sayso.linking.rival_counts import Toll, count_value, is_update, number_of
from sayso.linking.scoring import JOIN, score
from sayso.linking.telling import Telling
from sayso.model import Count, Document, Event, Span, Statement

CountField = Literal["killed", "injured"]
#: How alike two reports must be in all else: as for rivals.
_SURE = JOIN - 0.15
#: Reports of one event that are looked at; more tell nothing new.
_REPORTS = 40


@dataclass(frozen=True, slots=True)
class Step:
    """A count as it stood on ``written``, the day the first report of it was written."""

    written: date
    value: str
    statements: tuple[str, ...]
    evidence: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Update:
    """One field of an event as it rose from day to day, two steps or more."""

    field: CountField
    steps: tuple[Step, ...]


def updates(event: Event, statements: Mapping[str, Statement], documents: Mapping[str, Document]) -> tuple[Update, ...]:
    """What became of the numbers of ``event``: only reports that are alike in all else, written on different days."""
    if len(event.statement_ids) < 2:
        return ()
    tellings = [Telling(statements[i], documents[statements[i].document_id]) for i in event.statement_ids]
    found = []
    for field in ("killed", "injured"):
        told = [t for t in tellings if _count(t, field) and t.document.written][:_REPORTS]
        steps = _steps(told, field)
        if len(steps) > 1:
            found.append(Update(field, steps))
    return tuple(found)


def _count(telling: Telling, field: CountField) -> Count | None:
    return telling.statement.killed if field == "killed" else telling.statement.injured


def _steps(told: Sequence[Telling], field: CountField) -> tuple[Step, ...]:
    taking_part: dict[str, Telling] = {}
    for first, second in combinations(told, 2):
        one, other = _count(first, field), _count(second, field)
        if one is None or other is None or not is_update(Toll(first, one), Toll(second, other)):
            continue
        if score(first.mention(), second.mention(), without=field) >= _SURE:
            taking_part |= {first.statement.id: first, second.statement.id: second}
    values: dict[str, list[Telling]] = {}
    for telling in sorted(taking_part.values(), key=lambda t: (_written(t), t.statement.id)):
        count = _count(telling, field)
        if count:
            values.setdefault(count_value(count), []).append(telling)
    steps: list[Step] = []
    highest = -1
    for value, group in values.items():
        count = _count(group[0], field)
        # Of what was written later only a larger number is news.
        if count and number_of(count) > highest and (not steps or _written(group[0]) > steps[-1].written):
            highest = number_of(count)
            steps.append(_step(value, group, field))
    return tuple(steps)


def _step(value: str, group: Sequence[Telling], field: CountField) -> Step:
    words = {
        (t.document.id, span)
        for t in group
        if (count := _count(t, field))
        for span in count.evidence or (t.statement.trigger,)
    }
    return Step(_written(group[0]), value, tuple(sorted(t.statement.id for t in group)), tuple(sorted(words)))


def _written(telling: Telling) -> date:
    return telling.document.written.earliest if telling.document.written else date.max
