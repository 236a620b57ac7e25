"""The JSON API: all that the page does, for programs. Its description is at ``/api/openapi.json``.

Records are those of the machine contract (docs/contract.md). An error is ``{"detail": ...}`` with a fitting status:
400 for what cannot be, 401 and 403 for who may not, 404, 409 where somebody else judged the same meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response
from pydantic import BaseModel, Field

from sayso.contract import Record, document_record
from sayso.errors import Conflict, JudgementError, WorkspaceError
from sayso.web.access import Access, Hands
from sayso.web.asking import Asking
from sayso.workspace import EventFilter, double_coding, users
from sayso.workspace.users import ROLES as _ROLES
from sayso.workspace.users import Role

_Id = Annotated[str, Path(max_length=300, pattern="^[^\\x00]+$")]
_Short = Annotated[str, Field(max_length=200, pattern="^[^\\x00]*$")]
_Long = Annotated[str, Field(max_length=5_000, pattern="^[^\\x00]*$")]
_Limit = Annotated[int, Query(ge=1, le=1_000)]
_Round = Annotated[str | None, Query(alias="round", max_length=100)]
_Offset = Annotated[int, Query(ge=0, le=10_000_000)]

_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"description": told, "content": {"application/json": {"schema": {"type": "object"}}}}
    for status, told in (
        (400, "It cannot be; the message says why."),
        (401, "Nobody is signed in."),
        (403, "The user may not."),
        (404, "There is no such thing."),
        (409, "Somebody else judged the same in the meantime."),
        (429, "Too many wrong tokens."),
    )
}


class JudgementIn(BaseModel):
    """A decision, as ``Workspace.judge`` takes it."""

    kind: Literal["review", "edit", "add", "same", "different", "note"]
    verdict: _Short
    statements: Annotated[list[_Short], Field(min_length=1, max_length=500)]
    reason: _Long | None = None
    detail: dict[str, Any] | None = None
    seen: Annotated[list[_Short], Field(max_length=5_000)] | None = None
    assignment: _Short | None = None


class RoundIn(BaseModel):
    """Documents for coders who do not see each other."""

    round: Annotated[str, Field(min_length=1, max_length=100, pattern="^[^\\x00]+$")]
    documents: Annotated[list[_Short], Field(min_length=1, max_length=5_000)]
    coders: Annotated[list[_Short], Field(min_length=2, max_length=20)]


class UserIn(BaseModel):
    """Somebody who is let in."""

    name: _Short
    role: Role


class ReasonIn(BaseModel):
    """Why."""

    reason: _Long | None = None


def make_api(access: Access) -> APIRouter:
    """The routes under ``/api/1``, for whom ``access`` lets in."""
    api = APIRouter(prefix="/api/1", tags=["sayso"], responses=_FAILURES)
    _reading(api, access)
    _judging(api, access)
    _double_coding(api, access)
    _managing(api, access)
    return api


def _reading(api: APIRouter, access: Access) -> None:
    reader = Depends(access.needs("reader"))

    @api.get("/figures")
    def figures(hands: Hands = reader) -> Record:
        """How much there is of everything."""
        return asdict(hands.workspace.figures()) | {"name": hands.workspace.name}

    @api.get("/events")
    def events(asked: Asking, limit: _Limit = 100, offset: _Offset = 0, hands: Hands = reader) -> Record:
        """Events that pass, by date, as ``sayso/event/1``; ``total`` counts all of them."""
        found = hands.workspace.events(replace(asked.filter, limit=limit, offset=offset))
        return {"total": hands.workspace.count(asked.filter), "events": found}

    @api.get("/facets")
    def facets(asked: Asking, hands: Hands = reader) -> dict[str, list[tuple[str, int]]]:
        """How many of the events that pass have each type, status, place, actor, outlet, kind of outlet and so on."""
        return hands.workspace.facets(asked.filter)

    @api.get("/points")
    def points(asked: Asking, hands: Hands = reader) -> Response:
        """Events that pass as a timeline and a map draw them, in columns: the n-th of each is the n-th event's.

        Days count from 1970-01-01; ``type`` and ``spot`` are indices into ``types`` and ``spots``.
        """
        found = hands.workspace.points(asked.filter)
        columns = {part.name: getattr(found, part.name) for part in fields(found)}
        columns["spots"] = [asdict(spot) for spot in found.spots]
        # Written at once: walking through so many numbers to check them takes longer than to find them.
        return Response(json.dumps(columns, separators=(",", ":")), media_type="application/json")

    @api.get("/events/{event_id}")
    def event(event_id: _Id, hands: Hands = reader) -> Record:
        """One event, with its statements in their words, the one that represents it first."""
        found = hands.workspace.events(EventFilter(ids=(event_id,)))
        if not found:
            raise HTTPException(404, "No such event; it may have been linked anew since.")
        return {"event": found[0], "told": [asdict(one) for one in hands.workspace.told([event_id])[event_id]]}

    @api.get("/search")
    def search(
        words: Annotated[str, Query(min_length=1, max_length=200, pattern="^[^\\x00]+$")],
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        hands: Hands = reader,
    ) -> list[Record]:
        """Documents that hold every word; what was found stands between \\x01 and \\x02 in ``excerpt``."""
        return [asdict(hit) for hit in hands.workspace.search(words, limit)]

    @api.get("/documents/{document_id:path}/original", response_class=Response)
    def original(document_id: _Id, hands: Hands = reader) -> Response:
        """The bytes that were fetched, unaltered, as a download; their SHA-256 is the ETag."""
        found = hands.workspace.original(document_id)
        if found is None:
            raise HTTPException(404, "No such document in this workspace, or its original is missing.")
        sha256, data = found
        headers = {"Content-Disposition": 'attachment; filename="original"', "ETag": f'"{sha256}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @api.get("/documents/{document_id:path}")
    def document(document_id: _Id, as_made: bool = False, hands: Hands = reader) -> Record:
        """One document as ``sayso/document/1``, corrected by people; ``as_made`` as the coder made it."""
        for record in hands.workspace.records([document_id], as_made=as_made):
            return record
        raise HTTPException(404, "No such document in this hands.workspace.")

    @api.get("/disagreements")
    def disagreements(hands: Hands = reader) -> list[Record]:
        """Every disagreement."""
        return hands.workspace.disagreements()

    @api.get("/copies")
    def copies(hands: Hands = reader) -> list[Record]:
        """Groups of copies."""
        return hands.workspace.copies()


def _judging(api: APIRouter, access: Access) -> None:
    reader, coder, editor = (Depends(access.needs(role)) for role in _ROLES[:3])

    @api.get("/judgements")
    def judgements(hands: Hands = reader) -> list[Record]:
        """Every judgement in the order given, withdrawn ones included; but those that others took blind."""
        own = {one.id for one in _assignments(hands)}
        return [asdict(j) for j in hands.workspace.judgements() if j.assignment is None or j.assignment in own]

    @api.get("/orphans")
    def orphans(hands: Hands = reader) -> list[Record]:
        """Judgements that fit nothing now: their words are gone, or nothing is coded there any more."""
        return [asdict(one) for one in hands.workspace.orphans()]

    @api.post("/judgements", status_code=201)
    def judge(given: JudgementIn, hands: Hands = coder) -> Record:
        """Judge: coders what is assigned to them, editors for all."""
        if given.assignment is None and not hands.user.may("editor"):
            raise HTTPException(403, "A coder judges what is assigned to them; name the assignment.")
        if given.assignment is not None and given.assignment not in {
            a.id for a in _assignments(hands) if not a.done_at
        }:
            raise HTTPException(403, "That is not assigned to you, or you have finished it.")
        with _refusals():
            return asdict(
                hands.workspace.judge(
                    given.kind, given.verdict, given.statements, reason=given.reason, detail=given.detail,
                    seen=given.seen, assignment=given.assignment,
                )
            )  # fmt: skip

    @api.delete("/judgements/{judgement_id}")
    def withdraw(judgement_id: _Id, hands: Hands = coder) -> Record:
        """Take a judgement back; it stays on record. Coders take back their own, editors any."""
        with _refusals():
            found = next(iter(hands.workspace.judgements([judgement_id])), None)
            if found is None:
                raise HTTPException(404, f"{judgement_id}: no such judgement")
            if found.user != hands.user.name and not hands.user.may("editor"):
                raise HTTPException(403, "That is somebody else's.")
            return asdict(hands.workspace.withdraw(judgement_id))

    @api.post("/judgements/{judgement_id}/adopt", status_code=201)
    def adopt(judgement_id: _Id, given: ReasonIn, hands: Hands = editor) -> Record:
        """Make a decision that a coder took blind everybody's."""
        with _refusals():
            return asdict(hands.workspace.adopt(judgement_id, reason=given.reason))


def _double_coding(api: APIRouter, access: Access) -> None:
    coder, editor = (Depends(access.needs(role)) for role in _ROLES[1:3])

    @api.get("/assignments")
    def assignments(round_name: _Round = None, hands: Hands = coder) -> list[Record]:
        """Assignments: an editor's view of all, a coder's of their own."""
        return [asdict(one) for one in _assignments(hands, everybody=hands.user.may("editor"), round_name=round_name)]

    @api.post("/assignments", status_code=201)
    def assign(given: RoundIn, hands: Hands = editor) -> list[Record]:
        """Give documents to coders who do not see each other's work."""
        with _refusals(), hands.workspace.transaction(write=True) as connection:
            made = double_coding.assign(connection, given.documents, given.coders, given.round, by=hands.user.name)
        return [asdict(one) for one in made]

    @api.get("/assignments/{assignment_id}")
    def assigned(assignment_id: _Id, hands: Hands = coder) -> Record:
        """The document of an assignment as its coder has it; others' work is not shown before they are done."""
        with _refusals(), hands.workspace.transaction() as connection:
            one = double_coding.assignment(connection, assignment_id)
            if one.user != hands.user.name and not (hands.user.may("editor") and one.done_at):
                raise HTTPException(403, "That is not yours to see yet.")
            return document_record(double_coding.as_coded_by(connection, one))

    @api.post("/assignments/{assignment_id}/finish")
    def finish(assignment_id: _Id, hands: Hands = coder) -> Record:
        """Say that it is done."""
        with _refusals(), hands.workspace.transaction(write=True) as connection:
            double_coding.finish(connection, assignment_id, user=hands.user.name)
            return asdict(double_coding.assignment(connection, assignment_id))

    @api.get("/ledger")
    def ledger(
        about: Annotated[str | None, Query(max_length=300)] = None,
        limit: _Limit = 100,
        hands: Hands = editor,
    ) -> list[Record]:
        """The newest entries of the ledger, oldest first; it tells of what coders do blind, so not to them."""
        return [asdict(entry) for entry in hands.workspace.ledger(about)[-limit:]]

    @api.get("/agreement")
    def agreement(
        round_name: Annotated[str, Query(alias="round", max_length=100)], hands: Hands = editor
    ) -> list[Record]:
        """How far the coders of a round agree, field by field."""
        with _refusals(), hands.workspace.transaction() as connection:
            return [asdict(one) for one in double_coding.agreement(connection, round_name)]


def _managing(api: APIRouter, access: Access) -> None:
    owner = Depends(access.needs("owner"))

    @api.get("/users")
    def everybody(hands: Hands = owner) -> list[Record]:
        """Who may use the workspace."""
        with hands.workspace.transaction() as connection:
            return [asdict(one) for one in users.users(connection)]

    @api.post("/users", status_code=201)
    def add(given: UserIn, hands: Hands = owner) -> Record:
        """Let somebody in, or give them a new role and token; the token is told once and kept nowhere."""
        with _refusals(), hands.workspace.transaction(write=True) as connection:
            return {"token": users.add(connection, given.name, given.role, by=hands.user.name)}

    @api.delete("/users/{name}", status_code=204)
    def remove(name: _Id, hands: Hands = owner) -> None:
        """Shut somebody out; what they did stays."""
        with _refusals(), hands.workspace.transaction(write=True) as connection:
            users.disable(connection, name, by=hands.user.name)


def _assignments(
    hands: Hands, *, everybody: bool = False, round_name: str | None = None
) -> list[double_coding.Assignment]:
    with hands.workspace.transaction() as connection:
        return double_coding.assignments(connection, round_name=round_name, user=None if everybody else hands.user.name)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the workspace refuses, as HTTP says it."""
    try:
        yield
    except Conflict as error:
        raise HTTPException(409, {"message": str(error), "judgements": list(error.judgement_ids)}) from error
    except JudgementError as error:
        raise HTTPException(400, str(error)) from error
    except WorkspaceError as error:
        raise HTTPException(400, str(error)) from error
