"""Markdown: the text verbatim, its headings, quotes and images told by their marks (CommonMark 0.31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from sayso.model import Segment, SegmentKind
from sayso.reading.article import Article
from sayso.reading.columns import find_columns
from sayso.reading.decode import decode, printable
from sayso.reading.tables import article_of, as_cell

_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
#: What may close a heading: "## Talks ##".
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_QUOTE = re.compile(r" {0,3}>[ \t]*")
_IMAGE = re.compile(r"\s*!\[[^\]\n]*\]\([^)\n]*\)\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_MATTER_CHARACTERS = 64_000


def read_markdown(data: bytes, item: str) -> Article:
    """The article in a Markdown file; front matter (YAML between ``---``) is read as a table row's columns would be."""
    text = printable(decode(data, item))
    matter_end, matter = front_matter(text)
    segments: list[Segment] = []
    if matter_end:
        segments.append(Segment(0, len(text[:matter_end].rstrip()), "chrome"))
    segments.extend(_segments(text, matter_end))
    title = next((s for s in segments if s.kind == "title"), None)
    article = Article(text=text, segments=tuple(segments))
    if matter:
        cells = {str(key): as_cell(value) for key, value in matter.items()}
        cells["\0text"] = text  # a key no front matter can hold: "text" there is one of its own
        columns = {field: name for field, name in find_columns(matter).items() if field not in ("text", "id")}
        told = article_of(cells, columns | {"text": "\0text"})
        article = replace(told, id=None, text=text, segments=article.segments)
    if article.title is None and title is not None:
        article = replace(article, title=text[title.start : title.end])
    return article


def front_matter(text: str) -> tuple[int, dict[str, Any]]:
    """Where the front matter of ``text`` ends, and what it says; 0 and nothing where there is none that can be read."""
    if not text.startswith("---"):
        return 0, {}
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?(?:\n|$)", re.MULTILINE).search(text, 3, _MATTER_CHARACTERS)
    if not closing or text[3 : text.find("\n") if "\n" in text else 3].strip():
        return 0, {}
    source = text[3 : closing.start()]
    # Aliases let a few lines unfold into gigabytes; no front matter needs them.
    if re.search(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9]", source):
        return 0, {}
    try:
        found = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return 0, {}
    return (closing.end(), found) if isinstance(found, dict) else (0, {})


def _segments(text: str, start: int) -> Iterator[Segment]:
    """A segment for every line that is not blank, its marks told apart from its words as ``chrome``."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text, start) if m.group()]
    title_seen = False
    fenced = False
    index = 0
    while index < len(lines):
        begin, end = lines[index]
        line = text[begin:end].rstrip("\r\n")
        index += 1
        if not line.strip():
            continue
        kind: SegmentKind = "body"
        rank = 0
        first, last = begin, begin + len(line)  # of its words
        if _FENCE.match(line):
            fenced = not fenced
            kind = "chrome"
        elif not fenced:
            following = text[slice(*lines[index])].rstrip("\r\n") if index < len(lines) else ""
            underline = _UNDERLINE.match(following)
            if heading := _HEADING.match(line):
                rank = len(heading[1])
                first = begin + heading.end()
                if closing := _CLOSING.search(line):
                    last = max(first, begin + closing.start())
            elif quote := _QUOTE.match(line):
                kind = "quote"
                first = begin + quote.end()
            elif _IMAGE.match(line):
                kind = "caption"
            elif _RULE.match(line):
                kind = "chrome"
            elif underline:
                rank = 1 if underline[1][0] == "=" else 2
                end = lines[index][1]
                index += 1
            if rank:
                kind = "title" if rank == 1 and not title_seen else "heading"
                title_seen = title_seen or rank == 1
        pieces: tuple[tuple[int, int, SegmentKind], ...] = (
            (begin, first, "chrome"), (first, last, kind), (last, end, "chrome"),
        )  # fmt: skip
        for piece_start, piece_end, piece_kind in pieces:
            piece = text[piece_start:piece_end]
            words = piece.strip()
            if words:
                at = piece_start + piece.index(words)
                yield Segment(at, at + len(words), piece_kind)
