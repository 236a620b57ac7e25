"""Disagreements: rival values of one field, side by side, each with who tells it and in which words.

Sayso never says which is right. It shows a rivalry only where two values cannot both be true of one event: precision
before recall. A whole and its part, a number that a later report brings up to date, a month and a day of it are none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.ids import content_id
from sayso.linking.compatibility import (
    Relation,
    counts_compatible,
    days,
    place_relation,
    rival_times,
    sides_relation,
)
from sayso.linking.events import find_events
from sayso.linking.kinds import kinds
from sayso.model import (
    CodedDocument,
    Count,
    Disagreement,
    DisagreementField,
    Document,
    Event,
    Position,
    Span,
    Statement,
    TimeSpan,
)

_REAL = frozenset({"happened", "ongoing", "alleged"})
#: A total covers its part where its time is this much longer (days).
_LONGER = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with the document it stands in."""

    statement: Statement
    document: Document


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is read and compared. The more specific of two tellings (``vagueness`` lower) leads a position."""

    name: DisagreementField
    value: Callable[[Statement], str | None]
    evidence: Callable[[Statement], tuple[Span, ...]]
    rival: Callable[[Telling, Telling], bool]
    vagueness: Callable[[Statement], float]


def event_disagreements(
    event: Event, statements: Mapping[str, Statement], documents: Mapping[str, Document]
) -> tuple[Disagreement, ...]:
    """Where the statements of one event cannot all be right, a ``Disagreement`` a field, in the order of the fields.

    ``statements`` and ``documents`` map ids. ``document_id`` is set too where one document disagrees with itself.
    """
    if len(event.statement_ids) < 2:
        return ()
    tellings = [
        Telling(statements[statement_id], documents[statements[statement_id].document_id])
        for statement_id in event.statement_ids
    ]
    found = []
    for field in _FIELDS:
        groups = _positions(field, tellings)
        if len(groups) > 1:
            positions = tuple(
                sorted((_position(field, group) for group in groups), key=lambda p: (p.value, p.statement_ids))
            )
            told_in = {telling.document.id for group in groups for telling in group}
            found.append(
                Disagreement(
                    id=_id(field.name, event.id, positions),
                    field=field.name,
                    positions=positions,
                    event_id=event.id,
                    document_id=told_in.pop() if len(told_in) == 1 else None,
                )
            )
    return tuple(found)


def document_disagreements(coded: CodedDocument) -> tuple[Disagreement, ...]:
    """Where one document contradicts itself about an event: heading against body, lead against body, two counts."""
    statements = {statement.id: statement for statement in coded.statements}
    documents = {coded.document.id: coded.document}
    return tuple(
        replace(
            disagreement,
            id=_id(disagreement.field, coded.document.id, disagreement.positions),
            event_id=None,
            document_id=coded.document.id,
        )
        for event in find_events([coded])
        for disagreement in event_disagreements(event, statements, documents)
    )


def _id(field: str, subject: str, positions: Sequence[Position]) -> str:
    return content_id("dis", field, subject, [[p.value, list(p.statement_ids)] for p in positions])


def _positions(field: _Field, tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Group what can be true together; what fits more than one ("March" beside the 3rd and the 9th) is left out.

    The most specific telling opens a position; a further one needs a telling that rivals the openers of all others.
    """
    told = [telling for telling in tellings if field.value(telling.statement) is not None]
    told.sort(key=lambda t: (field.vagueness(t.statement), field.value(t.statement) or "", t.statement.id))
    groups: list[list[Telling]] = []
    for telling in told:
        if all(field.rival(group[0], telling) for group in groups):
            groups.append([telling])
    if len(groups) < 2:
        return []
    openers = {group[0].statement.id for group in groups}
    for telling in told:
        fitting = [group for group in groups if not field.rival(group[0], telling)]
        if telling.statement.id not in openers and len(fitting) == 1:
            fitting[0].append(telling)
    return groups


def _position(field: _Field, group: Sequence[Telling]) -> Position:
    members = sorted(group, key=lambda t: t.statement.id)
    words = dict.fromkeys((t.document.id, span) for t in members for span in field.evidence(t.statement))
    return Position(
        value=field.value(group[0].statement) or "",
        statement_ids=tuple(t.statement.id for t in members),
        evidence=tuple(sorted(words, key=lambda pair: (pair[0], pair[1]))),
    )


# --- the fields ------------------------------------------------------------------------------------------------------


def _trigger(statement: Statement) -> tuple[Span, ...]:
    return (statement.trigger,)


def _status(statement: Statement) -> str | None:
    if statement.status in _REAL:
        return "asserted"
    return "denied" if statement.status == "denied" else None


def time_value(time: TimeSpan) -> str:
    """A time as ISO 8601 at its precision: ``2016``, ``2016-03``, ``2016-03-12`` or ``2016-03-12/2016-03-14``."""
    if time.earliest == time.latest:
        return time.earliest.isoformat()
    if time.precision == "month" and days(time) <= 31:
        return f"{time.earliest:%Y-%m}"
    if time.precision == "year" and 365 <= days(time) <= 366:
        return f"{time.earliest.year:04d}"
    return f"{time.earliest.isoformat()}/{time.latest.isoformat()}"


def count_value(count: Count) -> str:
    """A count as it is read: ``8``, ``at least 70``, ``at most 20`` or ``10 to 12``."""
    if count.maximum is None:
        return f"at least {count.minimum}"
    if count.minimum is None:
        return f"at most {count.maximum}"
    return str(count.minimum) if count.minimum == count.maximum else f"{count.minimum} to {count.maximum}"


def _rival_statuses(first: Telling, second: Telling) -> bool:
    return _status(first.statement) != _status(second.statement)


def _rival_when(first: Telling, second: Telling) -> bool:
    one, other = first.statement.time, second.statement.time
    return one is not None and other is not None and rival_times(one, other)


def _rival_where(first: Telling, second: Telling) -> bool:
    one, other = first.statement.place, second.statement.place
    return one is not None and other is not None and place_relation(one, other) is Relation.APART


def _rival_actors(first: Telling, second: Telling) -> bool:
    one, other = first.statement, second.statement
    if not all(kinds().of(statement.type).by_one for statement in (one, other)):
        return False
    return sides_relation(one.actors, other.actors) is Relation.APART


def _rival_types(first: Telling, second: Telling) -> bool:
    return kinds().rivals(first.statement.type, second.statement.type)


def _rival_killed(first: Telling, second: Telling) -> bool:
    return _rival_counts(first, second, first.statement.killed, second.statement.killed)


def _rival_injured(first: Telling, second: Telling) -> bool:
    return _rival_counts(first, second, first.statement.injured, second.statement.injured)


def _rival_counts(first: Telling, second: Telling, one: Count | None, other: Count | None) -> bool:
    if one is None or other is None or counts_compatible(one, other):
        return False
    more, fewer = (first, second) if (one.minimum or 0) >= (other.minimum or 0) else (second, first)
    return not (_covers(more.statement, fewer.statement) or _written_later(more.document, fewer.document))


def _covers(whole: Statement, part: Statement) -> bool:
    """Whether one is told of a longer time or a wider place, so that its larger number may include the other's."""
    if whole.time and part.time and days(whole.time) >= days(part.time) + _LONGER:
        return True
    if whole.place is None or part.place is None:
        return whole.place is not part.place
    return place_relation(whole.place, part.place) is Relation.WITHIN and _width(whole) > _width(part)


def _width(statement: Statement) -> int:
    order = ("exact", "near", "district", "region", "country")
    return order.index(statement.place.precision) if statement.place else 0


def _written_later(first: Document, second: Document) -> bool:
    """Whether the first was written on a later day than the second: its larger number brings the other up to date."""
    return bool(first.written and second.written and first.written.earliest > second.written.latest)


def _always_alike(_: Statement) -> float:
    return 0.0


def _time_length(statement: Statement) -> float:
    return days(statement.time) if statement.time else 0


def _openness(count: Count | None) -> float:
    if count is None or count.minimum is None or count.maximum is None:
        return float("inf")
    return count.maximum - count.minimum


def _names(statement: Statement) -> str | None:
    return ", ".join(dict.fromkeys(actor.name for actor in statement.actors)) or None


_FIELDS = (
    _Field("status", _status, _trigger, _rival_statuses, _always_alike),
    _Field(
        "time",
        lambda s: time_value(s.time) if s.time else None,
        lambda s: (s.time.evidence or (s.trigger,)) if s.time else (),
        _rival_when,
        _time_length,
    ),
    _Field(
        "place",
        lambda s: s.place.name if s.place else None,
        lambda s: (s.place.span,) if s.place else (),
        _rival_where,
        lambda s: float(_width(s)),
    ),
    _Field(
        "actors", _names, lambda s: tuple(actor.span for actor in s.actors), _rival_actors, lambda s: -len(s.actors)
    ),
    _Field(
        "killed",
        lambda s: count_value(s.killed) if s.killed else None,
        lambda s: (s.killed.evidence or (s.trigger,)) if s.killed else (),
        _rival_killed,
        lambda s: _openness(s.killed),
    ),
    _Field(
        "injured",
        lambda s: count_value(s.injured) if s.injured else None,
        lambda s: (s.injured.evidence or (s.trigger,)) if s.injured else (),
        _rival_injured,
        lambda s: _openness(s.injured),
    ),
    _Field("type", lambda s: s.type, _trigger, _rival_types, _always_alike),
)
