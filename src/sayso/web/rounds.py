"""Rounds of double coding: who codes which documents, how far coders agree, and what is made of their decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import HTMLResponse

from sayso.contract import Record
from sayso.model import Judgement
from sayso.web.access import Access, Hands
from sayso.web.reading_pages import Page
from sayso.workspace import double_coding, judgements, overviews, reviewing, users
from sayso.workspace.double_coding import Assignment
from sayso.workspace.reviewing import Subject

_Round = Annotated[str, Query(alias="round", min_length=1, max_length=100, pattern="^[^\\x00]*$")]

#: The fields on which coders' decisions are compared, in the order they are shown.
FIELDS = tuple(field for field in double_coding.FIELDS if field != "present")


@dataclass(frozen=True, slots=True)
class Side:
    """One coder's version of a statement; ``subject`` is None where they have none. ``waiting`` may be adopted."""

    assignment: Assignment
    subject: Subject | None
    waiting: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A statement as each coder has it. ``differ`` are the fields on which they do not agree."""

    statement_id: str
    trigger: str
    sides: tuple[Side, ...]
    differ: tuple[str, ...]


def make_rounds(access: Access, page: Page) -> APIRouter:
    """The routes; ``page`` renders."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    coder, editor = Depends(access.needs("coder")), Depends(access.needs("editor"))

    @router.get("/rounds")
    def rounds(hands: Hands = coder) -> HTMLResponse:
        """A coder's own list; for editors every round, and a form to begin one."""
        edits = hands.user.may("editor")
        with hands.workspace.transaction() as connection:
            mine = double_coding.assignments(connection, user=hands.user.name)
            every = double_coding.assignments(connection) if edits else []
            people = [one.name for one in users.users(connection) if one.may("coder")] if edits else []
            labels = overviews.labels(connection, sorted({one.document_id for one in mine}))
        return page(
            "rounds.html", mine=mine, rounds=_progress(every), people=people, labels=labels, edits=edits,
            user=hands.user,
        )  # fmt: skip

    @router.get("/rounds/one")
    def one_round(name: _Round, hands: Hands = editor) -> HTMLResponse:
        """How far the coders of a round have come, and how far they agree."""
        with hands.workspace.transaction() as connection:
            given = double_coding.assignments(connection, round_name=name)
            if not given:
                raise HTTPException(404, "No such round.")
            agreed = double_coding.agreement(connection, name)
            labels = overviews.labels(connection, sorted({one.document_id for one in given}))
        documents: dict[str, list[Assignment]] = defaultdict(list)
        for one in given:
            documents[one.document_id].append(one)
        return page("round.html", name=name, documents=documents, agreement=agreed, labels=labels, user=hands.user)

    @router.get("/rounds/adjudicate")
    def adjudicate(
        name: _Round, document: Annotated[str, Query(max_length=300, pattern="^[^\\x00]+$")], hands: Hands = editor
    ) -> HTMLResponse:
        """A document's statements as each coder has them, side by side."""
        with hands.workspace.transaction() as connection:
            given = [
                one for one in double_coding.assignments(connection, round_name=name) if one.document_id == document
            ]
            if not given:
                raise HTTPException(404, "That document is not in that round.")
            finished = [one for one in given if one.done_at is not None]
            if len(finished) < 2:
                raise HTTPException(403, "Fewer than two coders have finished it: their work is not shown before.")
            kept = [j for j in judgements.judgements(connection) if j.withdrawn_at is None]
            adopted = {j.detail.get("adopted") for j in kept}
            coded = [(one, reviewing.assigned(connection, one)) for one in finished]
            label = overviews.labels(connection, [document]).get(document)
        cases = _cases(coded, [j for j in kept if j.id not in adopted])
        return page(
            "adjudicate.html", name=name, document=document, label=label, cases=cases, fields=FIELDS,
            coders=[one.user for one in finished], user=hands.user,
        )  # fmt: skip

    return router


def _progress(assignments: Sequence[Assignment]) -> list[Record]:
    by_round: dict[str, list[Assignment]] = defaultdict(list)
    for one in assignments:
        by_round[one.round].append(one)
    return [
        {
            "name": name,
            "documents": len({one.document_id for one in given}),
            "coders": sorted({one.user for one in given}),
            "assigned": len(given),
            "done": sum(one.done_at is not None for one in given),
        }
        for name, given in by_round.items()
    ]


def _cases(coded: Sequence[tuple[Assignment, Sequence[Subject]]], kept: Sequence[Judgement]) -> list[Case]:
    """The statements of a document, in reading order, those on which nobody decided anything left out."""
    by_coder = [(one, {s.record["id"]: s for s in subjects}) for one, subjects in coded]
    waiting: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in kept:
        for id_ in judgement.subject:
            if judgement.assignment is not None:
                waiting[judgement.assignment, id_].append(judgement)
    order = {
        s.record["id"]: (s.record["trigger"]["start"], s.record["id"]) for _, own in by_coder for s in own.values()
    }
    found = []
    for id_ in sorted(order, key=order.__getitem__):
        sides = tuple(Side(one, own.get(id_), tuple(waiting[one.id, id_])) for one, own in by_coder)
        told = [side.subject.record for side in sides if side.subject]
        if any(side.subject and side.subject.judgements for side in sides):
            found.append(Case(id_, told[0]["trigger"]["text"], sides, _differ(sides)))
    return found


def _differ(sides: Sequence[Side]) -> tuple[str, ...]:
    subjects = [side.subject for side in sides]
    there = [one is not None and one.review != "rejected" for one in subjects]
    if not all(there):
        return () if not any(there) else ("present",)
    records = [one.record for one in subjects if one is not None]
    return tuple(field for field in FIELDS if len({double_coding.told(field, record) for record in records}) > 1)
