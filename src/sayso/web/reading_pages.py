"""The pages people read: an event as each source tells it, a document with its words marked, disagreements, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import HTMLResponse

from sayso.contract import Record
from sayso.vocabulary.outlets import outlets
from sayso.web.access import Access, Hands
from sayso.web.asking import OWNERS, STATUSES, PageNumber, pages
from sayso.web.marking import document_marks, runs, statement_marks, statement_spans
from sayso.wording import called
from sayso.workspace import EventFilter, documents, overviews, reviewing
from sayso.workspace.queries import Told

#: Renders a template by name with its values.
Page = Callable[..., HTMLResponse]

#: Disagreements on one page.
PAGE = 50


def make_reading_pages(access: Access, page: Page) -> APIRouter:
    """The routes, for readers; ``page`` renders."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    reader = Depends(access.needs("reader"))

    @router.get("/events/{event_id}")
    def event(event_id: str, hands: Hands = reader) -> HTMLResponse:
        found = hands.workspace.events(EventFilter(ids=(event_id,)))
        if not found:
            raise HTTPException(404, "No such event. It may have been linked anew since; look in the chronology.")
        told = hands.workspace.told([event_id])[event_id]
        with hands.workspace.transaction() as connection:
            groups = overviews.copy_groups(connection, [one.document_id for one in told])
            laid = list(chain.from_iterable(one.judgements for one in told))
            history = reviewing.history(connection, [one.record["id"] for one in told], laid)
        return page(
            "event.html", event=found[0], told=folded(told, groups), history=history, user=hands.user,
            quotes={one.record["id"]: one for one in told},
        )  # fmt: skip

    @router.get("/documents/{document_id:path}")
    def document(document_id: str, hands: Hands = reader) -> HTMLResponse:
        record = next(iter(hands.workspace.records([document_id])), None)
        if record is None:
            raise HTTPException(404, "No such document in this workspace.")
        with hands.workspace.transaction() as connection:
            rejected = reviewing.rejected(connection, document_id)
            sha256 = documents.original(connection, document_id)
            labels = overviews.labels(connection, [document_id, *overviews.copies_of(connection, document_id)])
            own = labels.pop(document_id)
        struck = chain.from_iterable(statement_marks(one, rejected=True) for one in rejected)
        cards = sorted([*record["statements"], *rejected], key=lambda one: (one["trigger"]["start"], one["id"]))
        return page(
            "document.html", document=record, cards=cards, rejected={one["id"] for one in rejected}, sha256=sha256,
            runs=runs(record["text"], chain(document_marks(record), struck)), link=safe_link(record["url"]),
            name=called(own.title, own.origin), copies=labels, user=hands.user, spans=statement_spans,
            may=hands.user.may("editor"), statuses=STATUSES,
        )  # fmt: skip

    @router.get("/disagreements")
    def disagreements(
        field: Annotated[str, Query(max_length=40)] = "",
        number: PageNumber = 1,
        hands: Hands = reader,
    ) -> HTMLResponse:
        with hands.workspace.transaction() as connection:
            kinds = overviews.disagreement_fields(connection)
            shown = overviews.disagreements(connection, field or None, PAGE, (number - 1) * PAGE)
            labels = overviews.labels(connection, sorted({span["document"] for span in _evidence(shown)}))
        ids = tuple({one["event"] for one in shown if one["event"]})
        events = {one["id"]: one for one in hands.workspace.events(EventFilter(ids=ids))} if ids else {}
        total = sum(count for name, count in kinds if not field or name == field)
        return page(
            "disagreements.html", kinds=kinds, field=field, disagreements=shown, events=events, total=total,
            page=number, pages=pages(total, PAGE), labels=labels,
        )  # fmt: skip

    @router.get("/sources")
    def sources(number: PageNumber = 1, hands: Hands = reader) -> HTMLResponse:
        with hands.workspace.transaction() as connection:
            shares = overviews.shares(connection)
            silences = overviews.silences(connection)
            total, shown = overviews.copies(connection, PAGE, (number - 1) * PAGE)
            labels = overviews.labels(connection, sorted({id_ for group in shown for id_ in group}))
        return page(
            "sources.html", owners=OWNERS, copies=shown, groups=total, labels=labels, silences=silences,
            page=number, pages=pages(total, PAGE),
            sources=[(share, outlets().find(share.outlet) if share.outlet else None) for share in shares],
        )  # fmt: skip

    return router


def folded(told: Sequence[Told], groups: Mapping[str, str]) -> list[list[Told]]:
    """``told`` in its order, a list a voice: a statement comes with those of the copies of its document."""
    lists: dict[str, list[Told]] = {}
    for one in told:
        key = groups.get(one.document_id)
        lists.setdefault(f"copies {key}" if key else f"statement {one.record['id']}", []).append(one)
    return list(lists.values())


def safe_link(url: str | None) -> str | None:
    """``url`` where it leads to a web page; None for what a browser would run or open here."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _evidence(disagreements: Iterable[Record]) -> Iterable[Record]:
    return (span for one in disagreements for position in one["positions"] for span in position["evidence"])
