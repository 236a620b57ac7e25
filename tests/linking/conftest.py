"""Coded documents written by hand: a text, and what is told in it, each located by its words."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from sayso.ids import content_id
from sayso.model import (
    Actor,
    Attribution,
    CodedDocument,
    Count,
    Document,
    Place,
    PlacePrecision,
    Precision,
    Segment,
    Span,
    Statement,
    TimeBasis,
    TimeSpan,
    Written,
)

#: Name: latitude, longitude, precision, country, first-level region. Invented places, so that no test knows the world.
PLACES: dict[str, tuple[float, float, PlacePrecision, str, str | None]] = {
    "Northmarch": (35.2, 36.5, "region", "XN", "Northmarch"),
    "Amber": (35.20, 36.50, "exact", "XN", "Northmarch"),
    "Birch": (35.22, 36.55, "exact", "XN", "Northmarch"),  # five kilometres from Amber
    "Cedar": (35.90, 36.50, "exact", "XN", "Northmarch"),  # eighty
    "Dunes": (33.00, 39.00, "exact", "XN", "Southmarch"),
    "Nordland": (35.0, 37.0, "country", "XN", None),
}
#: Name: id, country, sector.
ACTORS: dict[str, tuple[str, str | None, str | None]] = {
    "Reds": ("reds", "XN", "REB"),
    "the army": ("xn-mil", "XN", "MIL"),
    "the government": ("xn-gov", "XN", "GOV"),
    "Westland": ("xw-mil", "XW", "MIL"),
    "Eastland": ("xe-mil", "XE", "MIL"),
}


@dataclass(frozen=True)
class Told:
    """What one statement of a document under test says; every text in it stands in the document."""

    type: str
    trigger: str
    place: str | None = None
    on: str | None = None  # "2016", "2016-03", "2016-03-12" or two days parted by a slash
    when: str | None = None  # the words of ``on``
    by: Sequence[str] = ()
    to: Sequence[str] = ()
    killed: tuple[str, int | None, int | None] | None = None
    injured: tuple[str, int | None, int | None] | None = None
    cited: Sequence[str] = ()
    status: Any = "happened"
    basis: TimeBasis = "explicit"


def days_of(value: str) -> tuple[date, date, Precision]:
    if "/" in value:
        first, last = (date.fromisoformat(day) for day in value.split("/"))
        return first, last, "span"
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    return date.fromisoformat(value), date.fromisoformat(value), "day"


def find(text: str, words: str, after: int = 0) -> Span:
    start = text.lower().index(words.lower(), after)
    return Span(start, start + len(words))


def segments_of(text: str) -> tuple[Segment, ...]:
    """A line that starts with ``# `` is a heading, with ``~ `` furniture, any other body."""
    segments, start = [], 0
    for line in text.splitlines(keepends=True):
        kind: Any = {"# ": "heading", "~ ": "chrome"}.get(line[:2], "body")
        if line.strip():
            segments.append(Segment(start, start + len(line), kind))
        start += len(line)
    return tuple(segments)


def build(
    document_id: str,
    text: str,
    *told: Told,
    outlet: str | None = None,
    written: str | None = None,
) -> CodedDocument:
    days = days_of(written) if written else None
    document = Document(
        id=document_id,
        capture_id="cap",
        text=text,
        segments=segments_of(text),
        outlet=outlet,
        written=Written(days[0], days[1], None, "given", ()) if days else None,
    )
    statements = tuple(_statement(document, index, item) for index, item in enumerate(told))
    places = tuple(s.place for s in statements if s.place)
    citing = tuple(Attribution((span,), (), (s.sentence,), "indirect") for s in statements for span in s.claimed_by)
    return CodedDocument(document, (), places, (), citing, (), statements)


def _statement(document: Document, index: int, told: Told) -> Statement:
    text = document.text
    trigger = find(text, told.trigger)
    start = max(
        text.rfind(". ", 0, trigger.start) + 2 if ". " in text[: trigger.start] else 0,
        text.rfind("\n", 0, trigger.start) + 1,
    )
    end = min((i for i in (text.find(". ", trigger.end), text.find("\n", trigger.end)) if i >= 0), default=len(text))

    def near(words: str) -> Span:
        return find(text, words, start if words.lower() in text[start:].lower() else 0)

    place = PLACES[told.place] if told.place else None
    days = days_of(told.on) if told.on else None
    return Statement(
        id=content_id("stm", document.id, index),
        document_id=document.id,
        trigger=trigger,
        mentions=(trigger,),
        sentence=Span(start, max(end, trigger.end)),
        type=told.type,
        status=told.status,
        actors=tuple(Actor(near(name), name, *ACTORS[name], role="actor") for name in told.by),
        targets=tuple(Actor(near(name), name, *ACTORS[name], role="target") for name in told.to),
        place=Place(near(told.place), told.place, place[0], place[1], "city", place[2], place[3], place[4], told.place)
        if place and told.place
        else None,
        time=TimeSpan(days[0], days[1], days[2], told.basis, (near(told.when),) if told.when else (trigger,))
        if days
        else None,
        killed=Count(told.killed[1], told.killed[2], (near(told.killed[0]),)) if told.killed else None,
        injured=Count(told.injured[1], told.injured[2], (near(told.injured[0]),)) if told.injured else None,
        claimed_by=tuple(near(words) for words in told.cited),
        coder="by hand",
    )


Builder = Callable[..., CodedDocument]


@pytest.fixture(scope="session")
def coded() -> Builder:
    """``coded(id, text, *told, outlet=None, written=None)``: a coded document."""
    return build


@pytest.fixture(scope="session")
def told() -> type[Told]:
    """What a statement of it says."""
    return Told
