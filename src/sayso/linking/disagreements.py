"""Disagreements: rival values of one field, side by side, each with who tells it and in which words.

Sayso never says which is right. It shows a rivalry only where two values cannot both be true of one event: precision
before recall. A whole and its part, a number that a later report brings up to date, a month and a day of it are none.
"""

from __future__ import annotations

from collections import defaultdict
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
from sayso.linking.headings import retold_at_another_time
from sayso.linking.kinds import kinds
from sayso.linking.mention import Mention, mentions, stem
from sayso.linking.scoring import JOIN, score
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
#: Two rival tellings need this score in all other fields. Type, time and place alike are worth most of it, so
#: where one of them is the field in question, less will do.
_SURE = JOIN + 0.15
_SURE_WITHOUT_ONE = _SURE - 0.6
#: Numbers that nearly agree are what shows the event to be one, so they are asked of a little less, too.
_SURE_OF_COUNTS = JOIN - 0.15
#: A position is held against another by its first few tellings.
_SAMPLE = 6
#: Two reports whose shorter sentence has nearly all its words in the other are one wording.
_ONE_WORDING = 0.9
#: Numbers as near as this are one number, rounded ("at least 70" and 69).
_ROUNDED = 1.02
#: A number so many times another is a total beside a part of it: across documents, and within one.
_PART: Mapping[bool, float] = {False: 4.0, True: 2.0}
#: PLOVER sectors that use force; a monitor named beside a strike did not fly it.
_FORCES = frozenset({"MIL", "GOV", "REB", "COP", "SPY", "UAF", "INS", "SEP", "CRM", "PRE"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with the document it stands in."""

    statement: Statement
    document: Document

    def mention(self) -> Mention:
        """Ready to be compared as if all were copies: what is told in the same words is the same."""
        return next(mentions(self.document, [self.statement], voice=""))


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is read and compared. The more specific of two tellings (``vagueness`` lower) leads a position."""

    name: DisagreementField
    value: Callable[[Statement], str | None]
    evidence: Callable[[Statement], tuple[Span, ...]]
    rival: Callable[[Telling, Telling], bool]
    vagueness: Callable[[Statement], float]
    sure: float = _SURE


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
    hosts = _hosts(tellings)
    found = []
    for field in _FIELDS:
        groups = _told_of_one(field, _positions(field, tellings), hosts)
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


def _hosts(tellings: Sequence[Telling]) -> dict[str, str]:
    """Statement of a heading -> the statement of the body that dates it otherwise, within this event."""
    by_document: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_document[telling.document.id].append(telling)
    return {
        heading: body
        for told in by_document.values()
        for heading, body in retold_at_another_time(told[0].document, [t.statement for t in told]).items()
    }


def _told_of_one(field: _Field, groups: Sequence[list[Telling]], hosts: Mapping[str, str]) -> Sequence[list[Telling]]:
    """The positions that some telling holds DIRECTLY against another's: alike enough in all but this field.

    An event of many reports may hold two that are in it for different reasons; their values are no rivals.
    """
    return [
        group
        for group in groups
        if any(_one_event(field, group, other, hosts) for other in groups if other is not group)
    ]


def _one_event(field: _Field, group: Sequence[Telling], other: Sequence[Telling], hosts: Mapping[str, str]) -> bool:
    for first in group[:_SAMPLE]:
        for second in other[:_SAMPLE]:
            one, two = first.statement.id, second.statement.id
            if hosts.get(one) == two or hosts.get(two) == one:
                return field.name == "time"
            if score(first.mention(), second.mention(), without=field.name) >= field.sure:
                return True
    return False


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
    if _status(first.statement) == _status(second.statement) or _same_words(first, second):
        return False
    one, other = first.statement.place, second.statement.place
    return one is None or other is None or place_relation(one, other) is Relation.SAME


def _same_words(first: Telling, second: Telling) -> bool:
    """Whether both say it in one wording: then a difference lies in our reading of it, not in what they say."""
    return (first.mention().shared_words(second.mention()) or 0.0) >= _ONE_WORDING


def _rival_when(first: Telling, second: Telling) -> bool:
    one, other = first.statement.time, second.statement.time
    if one is None or other is None or not rival_times(one, other):
        return False
    # "on Wednesday" in two papers of different days is one wording, resolved against two dates of publication.
    bases = {one.basis, other.basis}
    return "anchored" not in bases or _words(first, one.evidence) != _words(second, other.evidence)


def _words(telling: Telling, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset(stem(word.casefold()) for span in spans for word in span.of(telling.document.text).split())


def _rival_where(first: Telling, second: Telling) -> bool:
    one, other = first.statement.place, second.statement.place
    return one is not None and other is not None and place_relation(one, other) is Relation.APART


def _rival_actors(first: Telling, second: Telling) -> bool:
    one, other = first.statement, second.statement
    if not all(kinds().of(statement.type).by_one for statement in (one, other)):
        return False
    if any(actor.sector not in _FORCES for actor in (*one.actors, *other.actors)):
        return False
    # "Russian jets" is no rival of "Syrian and Russian jets", whichever of the two the registry made of the latter.
    names = _words(first, [a.span for a in one.actors]) & _words(second, [a.span for a in other.actors])
    return not names and sides_relation(one.actors, other.actors) is Relation.APART


def _rival_types(first: Telling, second: Telling) -> bool:
    if first.document.id == second.document.id or _same_words(first, second):
        return False
    return kinds().rivals(first.statement.type, second.statement.type)


def _rival_killed(first: Telling, second: Telling) -> bool:
    return _rival_counts(first, second, first.statement.killed, second.statement.killed)


def _rival_injured(first: Telling, second: Telling) -> bool:
    return _rival_counts(first, second, first.statement.injured, second.statement.injured)


def _rival_counts(first: Telling, second: Telling, one: Count | None, other: Count | None) -> bool:
    if one is None or other is None or counts_compatible(one, other):
        return False
    if not _one_toll(first.statement, second.statement):
        return False
    more, fewer = (first, second) if _number(one) >= _number(other) else (second, first)
    high, low = max(_number(one), _number(other)), min(_number(one), _number(other))
    if high <= low * _ROUNDED or high > low * _PART[first.document.id == second.document.id]:
        return False
    if high in (_casualties(first.statement), _casualties(second.statement)):
        return False
    return not (_covers(more.statement, fewer.statement) or _written_later(more.document, fewer.document))


def _one_toll(one: Statement, other: Statement) -> bool:
    """Whether the two can be held to count the same dead: of a battle one report counts its own, another all."""
    return kinds().of(one.type).by_one and kinds().of(other.type).by_one


def _number(count: Count) -> int:
    return count.minimum if count.minimum is not None else count.maximum or 0


def _casualties(statement: Statement) -> int | None:
    """Killed and injured together: "five killed and injured" is what another calls two killed and three injured."""
    if statement.killed is None or statement.injured is None:
        return None
    return _number(statement.killed) + _number(statement.injured)


def _covers(whole: Statement, part: Statement) -> bool:
    """Whether one is told of a longer time or a wider place, so that its larger number may include the other's."""
    if whole.time and part.time and days(whole.time) > days(part.time):
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
        _SURE_WITHOUT_ONE,
    ),
    _Field(
        "place",
        lambda s: s.place.name if s.place else None,
        lambda s: (s.place.span,) if s.place else (),
        _rival_where,
        lambda s: float(_width(s)),
        _SURE_WITHOUT_ONE,
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
        _SURE_OF_COUNTS,
    ),
    _Field(
        "injured",
        lambda s: count_value(s.injured) if s.injured else None,
        lambda s: (s.injured.evidence or (s.trigger,)) if s.injured else (),
        _rival_injured,
        lambda s: _openness(s.injured),
        _SURE_OF_COUNTS,
    ),
    _Field("type", lambda s: s.type, _trigger, _rival_types, _always_alike, _SURE_WITHOUT_ONE),
)
