"""A small read-only server for one workspace, on this machine alone.

Pages are rendered here, without scripts; a strict content security policy keeps it so. Everything that comes from an
article is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.middleware.trustedhost import TrustedHostMiddleware

from sayso.contract import Record
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.states import load_states
from sayso.web.marking import document_marks, runs
from sayso.wording import basis, chapter, count, first_day, last_day, period
from sayso.workspace import EventFilter, Workspace

#: Events on one page of the chronology.
PAGE = 100
_STATUSES = ("happened", "ongoing", "planned", "denied", "hypothetical", "alleged")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Names under which this machine reaches itself; another host name in a request is an attack (DNS rebinding).
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]", "testserver"]


def make_app(workspace: Workspace) -> FastAPI:
    """The application for ``workspace``, which stays the caller's to close."""
    app = FastAPI(title="Sayso", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_LOOPBACK)
    app.mount("/static", StaticFiles(packages=[("sayso.web", "static")]), name="static")
    pages = _environment()

    @app.middleware("http")
    async def secure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    def page(template: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(pages.get_template(template).render(folder=workspace.name, **values))

    @app.exception_handler(HTTPException)
    async def failed(_: Request, error: HTTPException) -> HTMLResponse:
        body = pages.get_template("error.html").render(folder=workspace.name, message=error.detail)
        return HTMLResponse(body, error.status_code)

    @app.get("/", response_class=HTMLResponse)
    def chronology(
        place: Annotated[str, Query(max_length=200)] = "",
        actor: Annotated[str, Query(max_length=200)] = "",
        kind: Annotated[str, Query(alias="type", max_length=40)] = "",
        status: Annotated[str, Query(max_length=40)] = "",
        earliest: Annotated[str, Query(alias="from", max_length=10)] = "",
        latest: Annotated[str, Query(alias="to", max_length=10)] = "",
        disputed: Annotated[str, Query(max_length=5)] = "",
        words: Annotated[str, Query(max_length=200)] = "",
        number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    ) -> HTMLResponse:
        try:
            wanted = EventFilter(
                places=(place.strip(),) if place.strip() else (),
                actors=(actor.strip(),) if actor.strip() else (),
                types=(kind,) if kind in event_types() else (),
                statuses=(status,) if status in _STATUSES else (),
                earliest=first_day(earliest) if earliest else None,
                latest=last_day(latest) if latest else None,
                disputed=bool(disputed),
            )
        except ValueError as error:
            raise HTTPException(400, f"{error}; write 2016, 2016-03 or 2016-03-12") from error
        hits = workspace.search(words) if words.strip() else None
        found = workspace.events(wanted)
        shown = found[(number - 1) * PAGE : number * PAGE]
        chosen = {
            "place": place,
            "actor": actor,
            "type": kind,
            "status": status,
            "from": earliest,
            "to": latest,
            "disputed": disputed,
            "words": words,
        }
        return page(
            "chronology.html",
            chapters=_chapters(shown),
            told=workspace.told([event["id"] for event in shown]),
            total=len(found),
            page=number,
            pages=max(1, -(-len(found) // PAGE)),
            hits=hits,
            chosen=chosen,
            figures=workspace.figures(),
            statuses=_STATUSES,
        )

    @app.get("/events/{event_id}", response_class=HTMLResponse)
    def event(event_id: str) -> HTMLResponse:
        found = workspace.events(EventFilter(ids=(event_id,)))
        if not found:
            raise HTTPException(404, "No such event. It may have been linked anew since; look in the chronology.")
        return page("event.html", event=found[0], told=workspace.told([event_id])[event_id])

    @app.get("/documents/{document_id:path}", response_class=HTMLResponse)
    def document(document_id: str) -> HTMLResponse:
        record = next(iter(workspace.records([document_id])), None)
        if record is None:
            raise HTTPException(404, "No such document in this workspace.")
        return page("document.html", document=record, runs=runs(record["text"], document_marks(record)))

    return app


def serve(workspace: Workspace, port: int) -> None:
    """Serve ``workspace`` on the loopback address until interrupted."""
    import uvicorn

    uvicorn.run(make_app(workspace), host="127.0.0.1", port=port, log_level="warning")


def _chapters(events: list[Record]) -> list[tuple[str, list[Record]]]:
    chapters: list[tuple[str, list[Record]]] = []
    for event in events:
        _, title = chapter(event["time"])
        if not chapters or chapters[-1][0] != title:
            chapters.append((title, []))
        chapters[-1][1].append(event)
    return chapters


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(period=period, basis=basis, toll=count)
    environment.globals.update(types=event_types(), countries={state.country: state.name for state in load_states()})
    return environment
