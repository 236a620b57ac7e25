"""Credit lines: the agency a text says it comes from, "--AFP" at its end or "(Reuters) -" at its head."""

from __future__ import annotations

import re

from sayso.model import CODED_KINDS, Document, Span
from sayso.vocabulary.outlets import Outlet, outlets

#: A credit stands within so many characters of the beginning or the end of the article.
_HEAD, _TAIL = 200, 120
_NAME = r"[A-Z][\w.&'’]{1,24}(?: [A-Z][\w.&'’]{1,24}){0,3}"
#: In brackets, or parted from the text by dashes: "(AFP)", "--AFP", "– Reuters". At the head a dash must follow.
_AT_HEAD = re.compile(rf"\(({_NAME})(?:/[\w ]{{1,30}})?\)(?=\s?[-–—:])|^[A-Z ,]{{3,60}}[-–—]\s?({_NAME})(?=\s?[-–—:])")
_AT_TAIL = re.compile(
    rf"(?:\(|[-–—]{{1,3}}\s?|[Ss]ource:\s?|[Cc]redit:\s?)({_NAME})(?:(?:/|, | and | & )({_NAME}))?\)?[\s.]{{0,4}}$"
)


def credited(document: Document) -> tuple[tuple[Outlet, Span], ...]:
    """The outlets of the registry that ``document`` credits with its text, each with the words that do.

    An outlet that credits itself is left out: that is a byline.
    """
    coded = [s for s in document.segments if s.kind in CODED_KINDS]
    if not coded:
        return ()
    home = outlets().find(document.outlet) if document.outlet else None
    # What follows the article, a credit set apart from it included, is looked at with its last words.
    start, end = coded[0].start, min(len(document.text), coded[-1].end + _TAIL)
    last = max(start, coded[-1].end - _TAIL)
    found: dict[str, tuple[Outlet, Span]] = {}
    for match in (
        *_AT_HEAD.finditer(document.text, start, min(end, start + _HEAD)),
        *(m for line in _lines(document.text, last, end) if (m := _AT_TAIL.search(document.text, *line))),
    ):
        for group, name in enumerate(match.groups(), start=1):
            outlet = outlets().find(name) if name else None
            if outlet and outlet != home:
                found.setdefault(outlet.name, (outlet, Span(*match.span(group))))
    return tuple(found.values())


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines that end between ``start`` and ``end``, as bounds for a search."""
    bounds, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        bounds.append((at, at + len(line.rstrip())))
        at += len(line)
    return bounds
