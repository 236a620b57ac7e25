"""A text cut into runs, each with the marks that lie on it: how a page shows spans that overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from sayso.contract import Record


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text with the CSS class that shows it; ``target`` is the id a click leads to, if any."""

    start: int
    end: int
    kind: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, from character ``start`` on, on which the same marks lie.

    ``anchors`` are the ids of the statements that begin here.
    """

    start: int
    text: str
    kinds: tuple[str, ...]
    target: str | None
    anchors: tuple[str, ...]


def runs(text: str, marks: Iterable[Mark]) -> Iterator[Run]:
    """``text`` in order, whole, cut wherever a mark begins or ends. Marks that reach outside the text are left out."""
    inside = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in inside:
        begins.setdefault(mark.start, []).append(mark)
        ends.setdefault(mark.end, []).append(mark)
    edges = sorted({0, len(text), *begins, *ends})
    lying: list[Mark] = []
    for start, end in pairwise(edges):
        for mark in ends.get(start, ()):
            lying.remove(mark)
        lying.extend(begins.get(start, ()))
        anchors = tuple(m.target for m in begins.get(start, ()) if m.kind in ("trigger", "rejected") and m.target)
        kinds = tuple(dict.fromkeys(m.kind for m in lying))
        yield Run(start, text[start:end], kinds, next((m.target for m in lying if m.target), None), anchors)


def verbatim(text: str) -> Markup:
    """``text`` for a page, so that a browser shows every character of it as one.

    HTML parsers drop NUL and turn carriage returns into line feeds, and words that people select are found by counting.
    """
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\ufffd"))


def document_marks(record: Record) -> Iterator[Mark]:
    """What a document page shows on its text, from a ``sayso/document/1`` record."""
    for segment in record["segments"]:
        yield Mark(segment["start"], segment["end"], f"segment-{segment['kind']}")
    for passage in record.get("opinions", ()):
        yield Mark(passage["start"], passage["end"], "opinion")
    for kind, found in (("time", record["times"]), ("place", record["places"]), ("actor", record["actors"])):
        for span in found:
            yield Mark(span["start"], span["end"], kind)
    for attribution in record["attributions"]:
        for part in ("source", "cue"):
            for span in attribution[part]:
                yield Mark(span["start"], span["end"], part)
    for term in record["loaded"]:
        yield Mark(term["start"], term["end"], "loaded")
    for statement in record["statements"]:
        yield from statement_marks(statement)


def statement_marks(statement: Record, *, rejected: bool = False) -> Iterator[Mark]:
    """The words that tell of a statement and of its values; of a ``rejected`` one its own are struck through."""
    if rejected:
        trigger = statement["trigger"]
        yield Mark(trigger["start"], trigger["end"], "rejected", statement["id"])
        return
    for span in statement["mentions"]:
        first = span["start"] == statement["trigger"]["start"]
        yield Mark(span["start"], span["end"], "trigger" if first else "mention", statement["id"])
    for kind, spans in _values(statement):
        for span in spans:
            yield Mark(span["start"], span["end"], kind)


def statement_spans(statement: Record) -> list[tuple[int, int]]:
    """Where the words stand that a statement and its values rest on, as (start, end)."""
    told = [*statement["mentions"], *(span for _, spans in _values(statement) for span in spans)]
    return sorted({(span["start"], span["end"]) for span in told})


def _values(statement: Record) -> Iterator[tuple[str, list[Record]]]:
    yield "actor", [*statement["actors"], *statement["targets"]]
    yield "source", statement["claimed_by"]
    yield "place", [statement["place"]] if statement["place"] else []
    for field, kind in (("time", "time"), ("killed", "count"), ("injured", "count")):
        yield kind, statement[field]["evidence"] if statement[field] else []
