"""PDF, by PDFium: the text of every page; running heads, feet and page numbers are furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pypdfium2

from sayso.errors import TooLarge, Unreadable
from sayso.model import Segment
from sayso.reading.article import Article
from sayso.reading.decode import printable
from sayso.reading.furniture import label_lines
from sayso.reading.limits import PDF_PAGES, TEXT_CHARACTERS

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE)
#: Lines from the top and the bottom of a page that may be a running head or foot.
_EDGE = 2
#: Pages that have to share such a line, and the share of all pages.
_LEAST_PAGES = 3
_SHARE = 0.4
_MARK = "\ufffe"  # PDFium's sign for a hyphen that breaks a word over two lines


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    edge: bool


def read_pdf(data: bytes, item: str) -> Article:
    """The article in a PDF. Lines and hyphens stay as they are printed.

    Raises ``Unreadable`` where it is locked, broken, or holds pictures of text only; ``TooLarge`` where it is too long.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        problem = "is locked by a password; save an open copy" if locked else f"is a broken PDF ({error})"
        raise Unreadable(item, problem) from None
    try:
        return _article(pdf, item)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(item, f"is a broken PDF ({error})") from None
    finally:
        pdf.close()


def _article(pdf: pypdfium2.PdfDocument, item: str) -> Article:
    if len(pdf) > PDF_PAGES:
        raise TooLarge(item, f"{len(pdf):,} pages; the limit is {PDF_PAGES:,}")
    lines: list[_Line] = []
    size = 0
    for number in range(len(pdf)):
        page = pdf[number]
        text_page = page.get_textpage()
        raw = printable(text_page.get_text_range())
        text_page.close()
        page.close()
        size += len(raw)
        if size > TEXT_CHARACTERS:
            raise TooLarge(item, f"over {TEXT_CHARACTERS:,} characters of text")
        own = [line.strip() for line in raw.replace(_MARK, "-").splitlines() if line.strip()]
        edge = {*range(_EDGE), *range(len(own) - _EDGE, len(own))}
        lines.extend(_Line(line, number, index in edge) for index, line in enumerate(own))
    if not lines:
        raise Unreadable(
            item, "holds no text, only pictures of it perhaps; run it through text recognition (OCR) first"
        )
    text = "\n".join(line.text for line in lines)
    running = _running(lines, len(pdf))
    labelled = {segment.start: segment.kind for segment in label_lines(text)}
    segments: list[Segment] = []
    at = 0
    for line in lines:
        furniture = line.edge and (_shape(line.text) in running or _PAGE_NUMBER.fullmatch(line.text))
        segments.append(Segment(at, at + len(line.text), "chrome" if furniture else labelled.get(at, "body")))
        at += len(line.text) + 1
    return Article(text=text, segments=tuple(segments))


def _shape(line: str) -> str:
    """A line with its numbers levelled, so that "Page 3" and "Page 4" are one."""
    return _DIGITS.sub("0", line.lower())


def _running(lines: list[_Line], pages: int) -> frozenset[str]:
    """The shapes of lines that stand at the edge of page after page."""
    seen = Counter(shape for shape, _ in {(_shape(line.text), line.page) for line in lines if line.edge})
    return frozenset(shape for shape, count in seen.items() if count >= max(_LEAST_PAGES, pages * _SHARE))
