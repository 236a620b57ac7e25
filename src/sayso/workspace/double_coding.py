"""Double coding: one document to several coders who do not see each other's work, and how far they agree.

What a coder decides under an assignment is kept apart: nothing of it shows until an editor adopts it. Agreement is
Krippendorff's alpha for nominal data (Krippendorff, Content Analysis, 4th ed. 2018, ch. 12), field by field.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from sayso.contract import Record, coded_document, statement_record
from sayso.errors import JudgementError
from sayso.model import CodedDocument, Judgement, Statement
from sayso.workspace import documents, judgements, ledger
from sayso.workspace.corrections import correct
from sayso.workspace.tables import AssignmentRow

#: What is compared: whether the statement is there at all, and its fields.
FIELDS = ("present", "type", "status", "time", "place", "actors", "targets", "killed", "injured", "claimed_by")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A document given to one coder in one round; ``done_at`` is None while they work."""

    id: str
    round: str
    document_id: str
    user: str
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the coders of a round agree on one field.

    ``units`` are statements that at least two coders gave a value; ``agreed`` of them all coders gave the same.
    ``alpha`` is 1 for perfect agreement and 0 for chance; None where it is not defined (nothing to compare, or nobody
    ever gave a second value).
    """

    field: str
    units: int
    agreed: int
    alpha: float | None


def assign(
    connection: Connection, document_ids: Sequence[str], users: Sequence[str], round_name: str, *, by: str
) -> list[Assignment]:
    """Give every document to every user, for ``round_name``; who has it already keeps it.

    Raises:
        JudgementError: no such document, or fewer than two users.
    """
    if len(set(users)) < 2 or not round_name.strip():
        raise JudgementError("double coding needs a name and at least two coders")
    here = documents.origins(connection)
    if missing := [id_ for id_ in document_ids if id_ not in here]:
        raise JudgementError(f"{missing[0]}: no such document in this workspace")
    held = {(one.document_id, one.user) for one in assignments(connection, round_name=round_name)}
    for document_id in document_ids:
        for user in dict.fromkeys(users):
            if (document_id, user) in held:
                continue
            assignment_id = f"asg_{uuid.uuid4().hex[:16]}"
            connection.execute(
                insert(AssignmentRow).values(
                    id=assignment_id, round=round_name, document_id=document_id, user=user, created_at=_now()
                )
            )
            detail = {"round": round_name, "document": document_id, "coder": user}
            ledger.write(connection, user=by, action="assigned", subject=assignment_id, detail=detail)
    return [one for one in assignments(connection, round_name=round_name) if one.document_id in set(document_ids)]


def assignments(
    connection: Connection, *, round_name: str | None = None, user: str | None = None, assignment_id: str | None = None
) -> list[Assignment]:
    """Assignments in the order they were given: all, of one round, of one coder, or the one with that id."""
    query = select(AssignmentRow).order_by(AssignmentRow.created_at, AssignmentRow.document_id, AssignmentRow.user)
    if round_name is not None:
        query = query.where(AssignmentRow.round == round_name)
    if user is not None:
        query = query.where(AssignmentRow.user == user)
    if assignment_id is not None:
        query = query.where(AssignmentRow.id == assignment_id)
    return [
        Assignment(
            row.id, row.round, row.document_id, row.user, row.created_at.replace(tzinfo=UTC),
            row.done_at and row.done_at.replace(tzinfo=UTC),
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def assignment(connection: Connection, assignment_id: str) -> Assignment:
    """The assignment with that id; JudgementError where there is none."""
    found = assignments(connection, assignment_id=assignment_id)
    if not found:
        raise JudgementError(f"{assignment_id}: no such assignment")
    return found[0]


def finish(connection: Connection, assignment_id: str, *, user: str) -> None:
    """The coder says it is done; from then on it counts for the agreement.

    Raises:
        JudgementError: it is somebody else's, or done already.
    """
    one = assignment(connection, assignment_id)
    if one.user != user or one.done_at is not None:
        raise JudgementError(f"{assignment_id}: not yours to finish, or finished already")
    connection.execute(update(AssignmentRow).where(AssignmentRow.id == assignment_id).values(done_at=_now()))
    ledger.write(connection, user=user, action="finished", subject=assignment_id, detail={})


def as_coded_by(connection: Connection, one: Assignment) -> CodedDocument:
    """The document as the coder of ``one`` has it: what the machine made, with this coder's decisions alone."""
    records = list(documents.records(connection, [one.document_id], as_made=True))
    if not records:
        raise JudgementError(f"{one.document_id}: its document is not here any more")
    own = [replace(j, assignment=None) for j in judgements.judgements(connection, assignment=one.id)]
    here = documents.origins(connection, [one.document_id])
    return correct([coded_document(records[0])], here, own).coded[0]


def adopt(connection: Connection, judgement_id: str, *, user: str, reason: str | None = None) -> Judgement:
    """Make a decision that a coder took blind everybody's: as the adjudicator's own, naming whose it was.

    Raises:
        JudgementError: there is no such judgement, or it was not taken blind.
    """
    found = next(judgements.judgements(connection, [judgement_id]), None)
    if found is None or found.assignment is None or found.withdrawn_at is not None:
        raise JudgementError(f"{judgement_id}: no decision that waits to be adjudicated")
    return judgements.add(
        connection, kind=found.kind, verdict=found.verdict, anchors=found.anchors, user=user, reason=reason,
        detail={**found.detail, "adopted": found.id, "from": found.user},
    )  # fmt: skip


def agreement(connection: Connection, round_name: str) -> list[Agreement]:
    """How far the coders of ``round_name`` agree, over the documents that at least two have finished."""
    by_document: dict[str, list[CodedDocument]] = defaultdict(list)
    for one in assignments(connection, round_name=round_name):
        if one.done_at is not None:
            by_document[one.document_id].append(as_coded_by(connection, one))
    units = [unit for coded in by_document.values() if len(coded) > 1 for unit in _units(coded)]
    return [_agreement(field, [[told(field, record) for record in unit] for unit in units]) for field in FIELDS]


def _units(coded: Sequence[CodedDocument]) -> Iterator[list[Record | None]]:
    """Statements that coders made of the same words, one slot a coder; None where a coder has none there."""
    text = coded[0].document.text
    for slots in _slots(coded):
        yield [statement_record(s, text) if s else None for s in slots]


def _slots(coded: Sequence[CodedDocument]) -> Iterator[list[Statement | None]]:
    ids = sorted({s.id for one in coded for s in one.statements})
    by_coder = [{s.id: s for s in one.statements} for one in coded]
    lone = []
    for id_ in ids:
        slots = [mine.get(id_) for mine in by_coder]
        if sum(s is not None for s in slots) > 1:
            yield slots
        else:
            lone.append(slots)
    yield from _joined(lone)


def _joined(lone: Iterable[list[Statement | None]]) -> Iterator[list[Statement | None]]:
    """Statements of one coder each, joined where two coders marked overlapping words and called them differently."""
    open_: list[list[Statement | None]] = []
    for slots in lone:
        (at,) = (index for index, s in enumerate(slots) if s is not None)
        mine = slots[at]
        partner = next(
            (
                other
                for other in open_
                if other[at] is None and any(s and mine and s.trigger.overlaps(mine.trigger) for s in other)
            ),
            None,
        )
        if partner is None:
            open_.append(slots)
        else:
            partner[at] = mine
    yield from open_


def told(field: str, record: Record | None) -> str | None:
    """What a coder's record of a statement says of ``field``, to be compared: not which words it stands on.

    None where they have no record of it, and so say nothing of the field.
    """
    if field == "present":
        return "yes" if record else "no"
    if record is None:
        return None
    value = record[field]
    if field in ("actors", "targets"):
        return "; ".join(sorted(one["name"] for one in value)) or "-"
    if field == "claimed_by":
        return "; ".join(span["text"] for span in value) or "-"
    if value is None:
        return "-"
    if field in ("type", "status"):
        return str(value)
    if field == "place":
        return str(value["name"])
    first, last = ("earliest", "latest") if field == "time" else ("minimum", "maximum")
    return f"{value[first]}..{value[last]}"


def _agreement(field: str, values: Sequence[Sequence[str | None]]) -> Agreement:
    shared = [row for row in values if sum(v is not None for v in row) > 1]
    agreed = sum(len({v for v in row if v is not None}) == 1 for row in shared)
    domain = sorted({v for row in shared for v in row if v is not None})
    if len(domain) < 2:
        return Agreement(field, len(shared), agreed, None)
    # Loading it takes a second, and nobody but who asks for an agreement needs it.
    from nltk.metrics.agreement import AnnotationTask

    triples = [(coder, unit, v) for unit, row in enumerate(shared) for coder, v in enumerate(row) if v is not None]
    return Agreement(field, len(shared), agreed, round(float(AnnotationTask(data=triples).alpha()), 4))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
