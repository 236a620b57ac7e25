"""Disagreements: rival values of one field, side by side, each with who tells it and in which words.

Sayso never says which is right. It shows a rivalry only where two values cannot both be true of one event: precision
before recall. A whole and its part, a number that a later report brings up to date, a month and a day of it are none;
``rivals`` holds what is one for each field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.ids import content_id
from sayso.linking.events import find_events
from sayso.linking.headings import retold_at_another_time
from sayso.linking.rivals import FIELDS, Field
from sayso.linking.scoring import score
from sayso.linking.telling import Telling
from sayso.model import CodedDocument, Disagreement, Document, Event, Position, Statement

#: A position is held against another by its first few tellings.
_SAMPLE = 6


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
    for field in FIELDS:
        groups = _told_of_one(field, _positions(field, tellings), tellings, hosts)
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


def _positions(field: Field, tellings: Sequence[Telling]) -> list[list[Telling]]:
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


def _told_of_one(
    field: Field, groups: Sequence[list[Telling]], tellings: Sequence[Telling], hosts: Mapping[str, str]
) -> Sequence[list[Telling]]:
    """The positions that some telling holds DIRECTLY against another's: alike enough in all but this field.

    An event of many reports may hold two that are in it for different reasons; their values are no rivals.
    """
    return [
        group
        for group in groups
        if any(_one_event(field, group, other, tellings, hosts) for other in groups if other is not group)
    ]


def _one_event(
    field: Field,
    group: Sequence[Telling],
    other: Sequence[Telling],
    tellings: Sequence[Telling],
    hosts: Mapping[str, str],
) -> bool:
    for first in group[:_SAMPLE]:
        for second in other[:_SAMPLE]:
            if _agrees_elsewhere(field, first, second, tellings) or _agrees_elsewhere(field, second, first, tellings):
                continue
            one, two = first.statement.id, second.statement.id
            if hosts.get(one) == two or hosts.get(two) == one:
                return field.name == "time"
            if score(first.mention(), second.mention(), without=field.name) >= field.sure:
                return True
    return False


def _agrees_elsewhere(field: Field, first: Telling, second: Telling, tellings: Sequence[Telling]) -> bool:
    """Whether the document of ``first`` tells as exactly, elsewhere, what agrees with ``second`` of another document.

    It does not dispute that, then: of three dead it may count two again who were brought to one hospital.
    """
    value, exactness = field.value(first.statement), field.vagueness(first.statement)
    return first.document.id != second.document.id and any(
        field.value(telling.statement) not in (None, value)
        and field.vagueness(telling.statement) <= exactness
        and not field.rival(telling, second)
        for telling in tellings
        if telling.document.id == first.document.id
    )


def _position(field: Field, group: Sequence[Telling]) -> Position:
    members = sorted(group, key=lambda t: t.statement.id)
    words = dict.fromkeys((t.document.id, span) for t in members for span in field.evidence(t.statement))
    return Position(
        value=field.value(group[0].statement) or "",
        statement_ids=tuple(t.statement.id for t in members),
        evidence=tuple(sorted(words, key=lambda pair: (pair[0], pair[1]))),
    )
