"""What the reader of a format makes of an item, before it becomes a ``Document``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sayso.model import Segment


@dataclass(frozen=True, slots=True)
class Article:
    """Text with what the format itself says of it; unknown is None.

    ``segments`` is None where the format has no markup, so that the lines have to speak for themselves. ``published``
    is a date as a column or front matter wrote it; ``dated`` a day the page's metadata gives.
    ``wraps``: a line break may stand within a sentence.
    """

    text: str
    segments: tuple[Segment, ...] | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    dated: date | None = None
    wraps: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)
