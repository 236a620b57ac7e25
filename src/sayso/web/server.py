"""The server of one workspace: pages for people, an API for programs.

Pages are rendered here and work without scripts; what ``static/built/`` holds (hatch_build.py) adds the timeline, the
map and what moves. A strict content security policy lets nothing else run, and nothing be fetched from elsewhere.
Everything that comes from an article is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from sayso import __version__
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.states import load_states
from sayso.web.access import Access
from sayso.web.api import make_api
from sayso.web.chronology import make_chronology
from sayso.web.drawing import make_drawing
from sayso.web.marking import verbatim
from sayso.web.reading_pages import make_reading_pages
from sayso.web.review import make_review, make_statement_api
from sayso.web.rounds import make_rounds
from sayso.wording import basis, called, count, period, stated
from sayso.workspace import Workspace

#: Bytes of the largest request that is read.
_LARGEST_REQUEST = 1_000_000
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" browsers say "Origin: null" of our own forms too, and nobody could sign in.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Where the built scripts lie; without them the pages still work.
_BUILT = Path(__file__).parent / "static" / "built"
#: The parts of the page, as its head names them.
SECTIONS = (
    ("/", "Chronology"),
    ("/review", "Review"),
    ("/disagreements", "Disagreements"),
    ("/sources", "Sources"),
    ("/rounds", "Rounds"),
)
#: Names under which this machine reaches itself; another host name in a request is an attack (DNS rebinding).
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")


def make_app(workspace: Workspace, *, local: bool = True, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The application for ``workspace``, which stays the caller's to close.

    ``local``: everybody who reaches it is the one person at this machine, so it must be reachable from here only.
    Otherwise users sign in with their tokens. ``hosts`` are the names it answers to; ``*`` stands for any.
    """
    app = FastAPI(title="Sayso", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    static = StaticFiles(directory=_BUILT if _BUILT.is_dir() else None, packages=[("sayso.web", "static")])
    app.mount("/static", static, name="static")
    access = Access(workspace, local=local)
    app.include_router(make_statement_api(access))
    app.include_router(make_api(access))
    pages = _environment()

    @app.middleware("http")
    async def secure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if int(request.headers.get("content-length") or 0) > _LARGEST_REQUEST:
            return Response("That is more than a request may hold.", 413, headers=_HEADERS)
        response = await call_next(request)
        response.headers.update(_HEADERS)
        # Always asked for anew (a 304 where nothing changed): a page never runs with the scripts of another version.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    def page(template: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(pages.get_template(template).render(folder=workspace.name, **values))

    @app.exception_handler(HTTPException)
    async def failed(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
        if error.status_code == 401 and request.method == "GET":
            return RedirectResponse("/sign-in", 303)
        body = pages.get_template("error.html").render(folder=workspace.name, message=error.detail)
        return HTMLResponse(body, error.status_code)

    @app.get("/sign-in", response_class=HTMLResponse)
    def sign_in_page() -> HTMLResponse:
        return page("sign_in.html", message=None)

    @app.post("/sign-in", response_class=HTMLResponse)
    async def sign_in(request: Request) -> Response:
        form = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=5)
        response: Response = RedirectResponse("/", 303)
        try:
            await run_in_threadpool(access.sign_in, request, response, form.get("token", [""])[0])
        except HTTPException as error:
            response = page("sign_in.html", message=error.detail)
            response.status_code = error.status_code
        return response

    @app.post("/sign-out")
    def sign_out(request: Request) -> Response:
        response = RedirectResponse("/sign-in", 303)
        access.sign_out(request, response)
        return response

    app.include_router(make_chronology(access, page))
    app.include_router(make_drawing(access))
    app.include_router(make_reading_pages(access, page))
    app.include_router(make_review(access, page))
    app.include_router(make_rounds(access, page))
    return app


def serve(workspace: Workspace, port: int, host: str = "127.0.0.1", names: Sequence[str] = ()) -> None:
    """Serve ``workspace`` until interrupted.

    On a loopback ``host`` for the one person at this machine; on any other for users with tokens, under ``names``
    (any name where none is given).
    """
    import uvicorn

    local = is_loopback(host)
    app = make_app(workspace, local=local, hosts=LOOPBACK if local else (*names, *LOOPBACK) if names else ("*",))
    # No access log: addresses of pages tell what somebody looks into.
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches ``host``."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(period=period, basis=basis, toll=count, verbatim=verbatim)
    environment.globals.update(
        types=event_types(),
        called=called,
        stated=stated,
        countries={state.country: state.name for state in load_states()},
        scripted=_BUILT.is_dir(),
        sections=SECTIONS,
    )
    return environment
