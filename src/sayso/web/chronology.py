"""The chronology: the list, page by page, and the facets that narrow it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from sayso.contract import Record
from sayso.vocabulary.event_types import event_types
from sayso.web.access import Access, Hands
from sayso.web.asking import OWNERS, STATUSES, Asked, Asking, PageNumber, pages
from sayso.web.reading_pages import Page
from sayso.web.remembering import Memory
from sayso.wording import chapter
from sayso.workspace import queries
from sayso.workspace.facets import Facets

#: Events on one page of the chronology.
PAGE = 100
#: Filters whose facets are kept.
_KEPT = 64
#: Values of one facet that are offered.
_OFFERED = 10
_FACETS = (
    ("type", "Type"), ("place", "Place"), ("actor", "Actor"), ("outlet", "Outlet"), ("owner", "Kind of outlet"),
    ("status", "Status"), ("voices", "Independent voices"), ("disputed", "Sources"), ("reviewed", "Reviewed"),
)  # fmt: skip

#: What the timeline and the map choose: filters of the list that they apply to one another by themselves.
_FRAMES = ("from", "to", "bounds")
_WORDS: dict[str, Mapping[str, str]] = {
    "owner": OWNERS, "disputed": {"yes": "differ"}, "reviewed": {"yes": "by somebody", "no": "not yet"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: ``number`` events pass with it, ``query`` leads to them, or away from it where ``chosen``."""

    label: str
    number: int | None
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow down; ``name`` as in the query string."""

    name: str
    label: str
    values: tuple[Value, ...]


def make_chronology(access: Access, page: Page) -> APIRouter:
    """The routes of the chronology, for whom ``access`` lets in; ``page`` renders a template."""
    routes = APIRouter(include_in_schema=False)
    reader = Depends(access.needs("reader"))
    memory: Memory[Facets] = Memory(_KEPT)

    @routes.get("/", response_class=HTMLResponse)
    def chronology(
        asked: Asking,
        number: PageNumber = 1,
        hands: Hands = reader,
    ) -> HTMLResponse:
        workspace = hands.workspace
        with workspace.transaction() as connection:
            wanted = replace(asked.filter, limit=PAGE, offset=(number - 1) * PAGE)
            total, shown = queries.counted_events(connection, wanted)
            told = queries.told(connection, [event["id"] for event in shown], leading=True)
        return page(
            "chronology.html",
            section="/",
            chapters=_chapters(shown),
            told=told,
            total=total,
            page=number,
            pages=pages(total, PAGE),
            hits=workspace.search(asked.words["words"]) if "words" in asked.words else None,
            chosen=asked.words,
            drawn=urlencode({name: word for name, word in asked.words.items() if name not in _FRAMES}),
            stale=workspace.stale,
            statuses=STATUSES,
            owners=OWNERS,
        )

    @routes.get("/facets", response_class=HTMLResponse)
    def facets(asked: Asking, hands: Hands = reader) -> HTMLResponse:
        counted = memory.get(hands.workspace, asked.filter, lambda: hands.workspace.facets(asked.filter))[1]
        return page("facets.html", facets=_facets(asked, counted))

    return routes


def _facets(asked: Asked, counted: Facets) -> list[Facet]:
    found = []
    for name, label in _FACETS:
        numbers: dict[str, int | None] = dict(counted.get(name, [])[:_OFFERED])
        word = asked.words.get(name)
        chosen = next((value for value in numbers if _exactly(name, value) == word), word)
        if chosen is not None and chosen not in numbers:
            numbers = {chosen: None, **numbers}
        values = tuple(
            Value(
                _label(name, value),
                number,
                _query(asked, name, None if value == chosen else _exactly(name, value)),
                value == chosen,
            )
            for value, number in numbers.items()
        )
        if values:
            found.append(Facet(name, label, values))
    return found


def _exactly(facet: str, value: str) -> str:
    """How to ask for what a facet counts: a name that other names contain is asked for in quotes."""
    return f'"{value}"' if facet in ("place", "actor") else value


def _label(facet: str, value: str) -> str:
    if facet == "type":
        return event_types()[value].label
    return _WORDS.get(facet, {}).get(value, f"{value} or more" if facet == "voices" else value)


def _query(asked: Asked, name: str, value: str | None) -> str:
    words = {key: word for key, word in asked.words.items() if key != name}
    return urlencode(words if value is None else words | {name: value})


def _chapters(events: list[Record]) -> list[tuple[str, list[Record]]]:
    chapters: list[tuple[str, list[Record]]] = []
    for event in events:
        _, title = chapter(event["time"])
        if not chapters or chapters[-1][0] != title:
            chapters.append((title, []))
        chapters[-1][1].append(event)
    return chapters
