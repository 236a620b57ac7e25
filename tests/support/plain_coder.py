"""A coder simple enough to foretell, for tests of what comes after coding. Worker processes can import it too.

It codes sentences like ``On 2016-03-27 the army shelled Homs, killing 8, said SANA.``
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date

from sayso.errors import ModelError
from sayso.ids import content_id
from sayso.model import Actor, CodedDocument, Count, Document, Place, Span, Statement, TimeSpan

_SENTENCE = re.compile(r"[^.\n]+\.?")
_TYPES = {"shelled": "shelling", "bombed": "air_strike", "captured": "capture"}
_COORDINATES = {"Homs": (34.73, 36.71), "Hama": (35.13, 36.75)}


class PlainCoder:
    """Codes by a handful of regular expressions; ``CRASH`` in a text kills the process, ``RAISE`` raises."""

    version = "plain/1"

    def expect(self, documents: Sequence[Document]) -> None:
        """Does to all of them what one of them asks for."""
        for document in documents:
            _obey(document)

    def __call__(self, document: Document) -> CodedDocument:
        _obey(document)
        statements = [s for found in _SENTENCE.finditer(document.text) for s in self._statements(document, found)]
        return CodedDocument(document, (), (), (), (), (), tuple(statements))

    def _statements(self, document: Document, sentence: re.Match[str]) -> list[Statement]:
        def words(pattern: str) -> Span | None:
            found = re.search(pattern, sentence.group())
            return Span(sentence.start() + found.start(1), sentence.start() + found.end(1)) if found else None

        trigger = words(r"\b(shelled|bombed|captured)\b")
        if trigger is None:
            return []
        day, place, actor = words(r"(\d{4}-\d\d-\d\d)"), words(r"(?:ed|in) ((?!the\b)\w+)"), words(r"the (\w+) \w+ed\b")
        killed, source = words(r"killing (\d+)"), words(r"said (\w+)")
        text = document.text
        kind = _TYPES[trigger.of(text)]
        when = date.fromisoformat(day.of(text)) if day else None
        where = _COORDINATES.get(place.of(text), (None, None)) if place else (None, None)
        return [
            Statement(
                id=content_id("stm", document.id, trigger.start, trigger.end, kind),
                document_id=document.id,
                trigger=trigger,
                mentions=(trigger,),
                sentence=Span(sentence.start(), sentence.end()),
                type=kind,
                status="happened",
                actors=(Actor(actor, actor.of(text), role="actor"),) if actor else (),
                targets=(),
                place=Place(place, place.of(text), where[0], where[1], "city", "exact", "SY", None, None)
                if place
                else None,
                time=TimeSpan(when, when, "day", "explicit", (day,)) if when and day else None,
                killed=Count(int(killed.of(text)), int(killed.of(text)), (killed,)) if killed else None,
                injured=None,
                claimed_by=(source,) if source else (),
                coder=self.version,
            )
        ]


def _obey(document: Document) -> None:
    if "CRASH" in document.text:
        os._exit(7)
    if "RAISE" in document.text:
        raise RuntimeError("asked to")


class LaterCoder(PlainCoder):
    """The same, under another version."""

    version = "plain/2"


def unobtainable() -> PlainCoder:
    """A coder that cannot be had."""
    raise ModelError("no model here; install it")
