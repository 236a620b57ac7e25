"""Quotations: where they open and close."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„«»]|''|``")
#: A quotation longer than this many characters is taken for a lost mark.
_LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks, as offsets of the text it was found in."""

    start: int
    end: int


def quotes_of(text: str) -> tuple[Quote, ...]:
    """The quotations of ``text``, in order. A mark with no partner opens nothing.

    A straight mark opens where space stands before and none after it; a second opening mark takes the place of the
    first, which has lost its partner (or opens a further paragraph of the same speaker).
    """
    found: list[Quote] = []
    opened: int | None = None
    for mark in _MARK.finditer(text):
        sign = mark.group()
        before = text[mark.start() - 1] if mark.start() else " "
        after = text[mark.end()] if mark.end() < len(text) else " "
        if sign in ("“", "„", "«", "``"):
            opens = True
        elif sign in ("”", "»"):
            # Some pages open with the closing mark.
            opens = opened is None and before == "\n" and after.isalnum()
        else:
            opens = (before.isspace() or before in "([-–—:,") and not after.isspace()
        if opens:
            if opened is not None and before == "\n":
                paragraph = text[opened : mark.start()].rstrip()
                if "\n" not in paragraph and len(paragraph) <= _LONGEST:
                    found.append(Quote(opened, opened + len(paragraph)))
            opened = mark.start()
        elif opened is not None:
            if mark.end() - opened <= _LONGEST:
                found.append(Quote(opened, mark.end()))
            opened = None
    return tuple(found)
