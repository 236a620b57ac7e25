"""Review: one statement after the other with its words, in the order of doubt, and what a person makes of it.

Everything a person decides goes through the API (``POST /api/1/judgements``); the routes here show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from sayso.contract import Record
from sayso.errors import JudgementError
from sayso.model import Precision, Status
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.web.access import Access, Hands
from sayso.web.asking import PageNumber, pages
from sayso.web.marking import Mark, Run, document_marks, runs
from sayso.web.reading_pages import Page
from sayso.workspace import EventFilter, double_coding, overviews, reviewing
from sayso.workspace.double_coding import Assignment
from sayso.workspace.queries import Told
from sayso.workspace.reviewing import Reason, Subject

#: Statements of the queue on one page.
PAGE = 50
#: A longer text is shown around the statement only: this many characters on either side.
_WINDOW = 10_000
#: Places that a name is offered.
_PLACES = 12

_Id = Annotated[str, Path(max_length=300, pattern="^[^\\x00]+$")]
_Given = Annotated[str | None, Query(max_length=300, pattern="^[^\\x00]*$")]


def make_review(access: Access, page: Page) -> APIRouter:
    """The routes; ``page`` renders."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    reader, coder = Depends(access.needs("reader")), Depends(access.needs("coder"))

    @router.get("/review")
    def review(
        why: Annotated[Reason | None, Query()] = None,
        document: _Given = None,
        statement: _Given = None,
        everything: Annotated[bool, Query(alias="all")] = False,
        number: PageNumber = 1,
        hands: Hands = reader,
    ) -> HTMLResponse:
        with hands.workspace.transaction() as connection:
            total, waiting = reviewing.queue(
                connection, hands.user.name, reason=why, document_id=document or None,
                everything=everything, limit=PAGE, offset=(number - 1) * PAGE,
            )  # fmt: skip
            first = statement or (waiting[0].statement_id if waiting else None)
            subject = reviewing.subject(connection, first) if first else None
            shown = _shown(hands, connection, subject) if subject else {}
        entries = [asdict(one) | {"id": one.statement_id} for one in waiting]
        given = {"why": why, "document": document, "all": "yes" if everything else None}
        asked = {name: value for name, value in given.items() if value}
        return page(
            "review.html", total=total, waiting=entries, page=number, pages=pages(total, PAGE),
            asked=asked, current=first,
            reasons=REASONS, assignment=None, may=hands.user.may("editor"), user=hands.user, **shown,
        )  # fmt: skip

    @router.get("/work/{assignment_id}")
    def work(assignment_id: _Id, statement: _Given = None, hands: Hands = coder) -> HTMLResponse:
        with hands.workspace.transaction() as connection:
            one = _own(connection, assignment_id, hands)
            found = reviewing.assigned(connection, one)
            subject = next((s for s in found if s.record["id"] == statement), found[0] if found else None)
            shown = _shown(hands, connection, subject, one) if subject else {}
        entries = [_entry(s) for s in found]
        return page(
            "review.html", total=len(found), waiting=entries, page=1, pages=1, asked={}, reasons=REASONS,
            current=subject and subject.record["id"], assignment=one, may=one.done_at is None,
            user=hands.user, **shown,
        )  # fmt: skip

    @router.get("/review/statements/{statement_id}")
    def statement(statement_id: _Id, assignment: _Given = None, hands: Hands = reader) -> HTMLResponse:
        """The part of the review page on one statement, to be put in place of another's."""
        with hands.workspace.transaction() as connection:
            one = _own(connection, assignment, hands) if assignment else None
            subject = _subject(connection, statement_id, one)
            shown = _shown(hands, connection, subject, one)
        may = one.done_at is None if one else hands.user.may("editor")
        return page("statement.html", assignment=one, may=may, user=hands.user, **shown)

    @router.get("/review/statements/{statement_id}/merge")
    def merge(statement_id: _Id, hands: Hands = reader) -> HTMLResponse:
        """The events that the statement's event may be the same as."""
        with hands.workspace.transaction() as connection:
            subject = _subject(connection, statement_id)
            others = reviewing.neighbours(connection, subject.event) if subject.event else []
        own = hands.workspace.events(EventFilter(ids=(subject.event,))) if subject.event else []
        told = hands.workspace.told([one["id"] for one in [*own, *others]])
        return page("merge.html", event=own[0] if own else None, others=others if own else [], told=told, seen=_seen)

    @router.get("/review/statements/{statement_id}/split")
    def split(statement_id: _Id, hands: Hands = reader) -> HTMLResponse:
        """The statements of the statement's event, to be parted."""
        with hands.workspace.transaction() as connection:
            subject = _subject(connection, statement_id)
        told = hands.workspace.told([subject.event])[subject.event] if subject.event else []
        return page("split.html", told=told, current=statement_id)

    return router


def make_statement_api(access: Access) -> APIRouter:
    """What an editor of statements asks for besides ``make_api``: one statement, and places by name."""
    api = APIRouter(prefix="/api/1", tags=["sayso"])
    reader, editor = Depends(access.needs("reader")), Depends(access.needs("editor"))
    # It is opened when somebody first asks for a place.
    gazetteer = cache(Gazetteer.open)

    @api.get("/statements/{statement_id}")
    def statement(statement_id: _Id, hands: Hands = reader) -> Record:
        """One statement as it stands, with the judgements laid over it and what was taken back."""
        with hands.workspace.transaction() as connection:
            subject = _subject(connection, statement_id)
            steps = reviewing.history(connection, [statement_id], subject.judgements)
        return asdict(subject) | {"history": [asdict(step) for step in steps]}

    @api.get("/places")
    def places(
        name: Annotated[str, Query(min_length=1, max_length=100, pattern="^[^\\x00]+$")], _: Hands = reader
    ) -> list[Record]:
        """Places of the gazetteer that bear a name, as the ``place`` of a statement writes them, without words."""
        return [
            {
                "name": entry.name, "latitude": entry.latitude, "longitude": entry.longitude, "kind": entry.kind,
                "country": entry.country, "admin1": entry.admin1_name, "gazetteer_id": entry.id,
            }
            for entry in gazetteer().find(name)[:_PLACES]
        ]  # fmt: skip

    @api.get("/lot")
    def lot(number: Annotated[int, Query(ge=1, le=1_000)], hands: Hands = editor) -> list[str]:
        """Ids of documents drawn by lot, for a round of double coding."""
        with hands.workspace.transaction() as connection:
            return overviews.lot(connection, number)

    return api


#: Why a statement waits, in words.
REASONS: dict[Reason, str] = {
    "differ": "sources differ", "time": "no time", "place": "no place", "new": "new to you",
}  # fmt: skip


def _own(connection: Connection, assignment_id: str, hands: Hands) -> Assignment:
    try:
        one = double_coding.assignment(connection, assignment_id)
    except JudgementError as error:
        raise HTTPException(404, str(error)) from error
    if one.user != hands.user.name:
        raise HTTPException(403, "That is assigned to somebody else.")
    return one


def _subject(connection: Connection, statement_id: str, one: Assignment | None = None) -> Subject:
    if one is None:
        found = reviewing.subject(connection, statement_id)
    else:
        found = next((s for s in reviewing.assigned(connection, one) if s.record["id"] == statement_id), None)
    if found is None:
        raise HTTPException(404, "No such statement; it may have been coded anew since.")
    return found


def _shown(hands: Hands, connection: Connection, subject: Subject, one: Assignment | None = None) -> dict[str, Any]:
    """The values of the template of one statement. A coder at work blind sees nothing but their own decisions."""
    document = next(iter(hands.workspace.records([subject.document_id], as_made=one is not None)))
    id_ = subject.record["id"]
    steps = reviewing.history(connection, [] if one else [id_], subject.judgements)
    found = {key: document[key] for key in ("times", "places", "actors")}
    return {
        "subject": subject, "statement": subject.record, "document": document, "history": steps, "found": found,
        "runs": list(_around(document, subject.record)), "statuses": get_args(Status),
        "precisions": get_args(Precision),
    }  # fmt: skip


def _around(document: Record, statement: Record) -> Iterator[Run]:
    """The words of the document around a statement: all of them, unless it is long."""
    text, sentence = document["text"], statement["sentence"]
    first = sentence["start"] - _WINDOW if len(text) > 2 * _WINDOW else 0
    last = sentence["end"] + _WINDOW if len(text) > 2 * _WINDOW else len(text)
    first, last = max(0, first), min(len(text), last)
    marks = [Mark(sentence["start"], sentence["end"], "sentence"), Mark(first, last, "shown")]
    lone = document | {"statements": [statement], "loaded": [], "attributions": []}
    for run in runs(text, [*marks, *document_marks(lone)]):
        if first <= run.start < last:
            yield run


def _seen(told: Sequence[Told]) -> list[str]:
    return [id_ for one in told for id_ in one.judgements]


def _entry(subject: Subject) -> Record:
    record = subject.record
    wanting: Sequence[Reason] = [name for name in ("time", "place") if record[name] is None]
    return {"id": record["id"], "record": record, "reasons": wanting, "review": subject.review, "title": None,
            "outlet": None}  # fmt: skip
