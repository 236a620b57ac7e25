"""Word files (DOCX): paragraphs and tables in their order, headings by style."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table
from lxml import etree

from sayso.errors import TooLarge, Unreadable
from sayso.model import Segment, SegmentKind
from sayso.reading.article import Article
from sayso.reading.decode import printable
from sayso.reading.furniture import label_lines
from sayso.reading.limits import TEXT_CHARACTERS, WORD_BYTES, WORD_PARTS, megabytes

#: What python-docx raises on packages that are not what they should be.
_BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, AttributeError, IndexError, TypeError, NotImplementedError, EOFError,
    RecursionError, etree.LxmlError, docx.opc.exceptions.OpcError,
)  # fmt: skip
_STYLES: tuple[tuple[str, SegmentKind], ...] = (
    ("title", "title"),
    ("heading", "heading"),
    ("subtitle", "heading"),
    ("caption", "caption"),
    ("quote", "quote"),
    ("intense quote", "quote"),
)
#: python-docx writes this into files of which nobody said anything.
_TEMPLATE_TITLES = frozenset(("", "Word Document"))


def read_word(data: bytes, item: str) -> Article:
    """The article in a Word file. Raises ``TooLarge`` for one that would unpack to too much, ``Unreadable`` if broken.

    Sizes are checked before anything is unpacked; the zip reader stops at the size a part declares.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            locked = any(part.flag_bits & 1 for part in parts)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(item, "is a broken or cut off Word file") from None
    if locked:
        raise Unreadable(item, "is locked by a password; save an open copy")
    if len(parts) > WORD_PARTS or sum(part.file_size for part in parts) > WORD_BYTES:
        raise TooLarge(item, f"would unpack to over {megabytes(WORD_BYTES)} or {WORD_PARTS:,} parts")
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document))
        title = (document.core_properties.title or "").strip()
    except _BROKEN:
        raise Unreadable(item, "is a broken or cut off Word file") from None
    text = "\n".join(line for line, _ in paragraphs)
    if len(text) > TEXT_CHARACTERS:
        raise TooLarge(item, f"{len(text):,} characters of text; the limit is {TEXT_CHARACTERS:,}")
    labelled = {segment.start: segment.kind for segment in label_lines(text)}
    segments: list[Segment] = []
    at = 0
    for line, style in paragraphs:
        segments.append(Segment(at, at + len(line), style or labelled.get(at, "body")))
        at += len(line) + 1
    first = next((line for line, style in paragraphs if style == "title"), None)
    told = first or (title if title not in _TEMPLATE_TITLES else None)
    return Article(text=text, segments=tuple(segments), title=told, wraps=False)


def _paragraphs(document: Any) -> Iterator[tuple[str, SegmentKind | None]]:
    """Every line that is not blank, without blanks around it, with what its style says it is."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                yield from _lines("\t".join(filter(None, cells)), None)
        else:
            yield from _lines(block.text, _styled((block.style.name or "") if block.style is not None else ""))


def _lines(text: str, kind: SegmentKind | None) -> Iterator[tuple[str, SegmentKind | None]]:
    for line in printable(text).splitlines():
        if line.strip():
            yield line.strip(), kind


def _styled(style: str) -> SegmentKind | None:
    name = style.lower()
    return next((kind for start, kind in _STYLES if name.startswith(start)), None)
