"""A web page as lines: all its visible text in reading order, each line with the markup it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser as PlainParser

import lxml.html
from lxml import etree

from sayso.errors import Unreadable
from sayso.model import SegmentKind
from sayso.reading.limits import DEEP_PAGE_CHARACTERS
from sayso.reading.wordlists import rows

#: Elements none of whose text is seen (HTML Standard, "Rendering": not rendered, or replaced).
_UNSEEN = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio", "video",
    "canvas", "select", "datalist", "map", "noframes", "noembed", "textarea",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CHROME = frozenset(["nav", "footer", "form", "button", "menu", "dialog", "aside"])
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_PARTS = re.compile(r"[A-Za-z]+")
_CLASS_CHARACTERS = 400
#: Elements that hold too much for a word in their class to say what all of it is.
_TOO_LARGE = frozenset(("html", "body", "main", "article"))


_KINDS: Mapping[str, SegmentKind] = {
    "byline": "byline",
    "dateline": "dateline",
    "caption": "caption",
    "teaser": "teaser",
    "disclaimer": "disclaimer",
    "chrome": "chrome",
}


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page, what the markup around it says it is, if anything, and whether it is a heading (1 to 6)."""

    text: str
    kind: SegmentKind | None
    heading: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, its tree, and how deep that is; ``tree`` is None where it is too deep to be built."""

    lines: tuple[PageLine, ...]
    tree: etree._Element | None
    depth: int


@cache
def _class_kinds() -> dict[str, SegmentKind]:
    return {word: _KINDS[kind] for kind, word in rows("page_classes", "kind", "word")}


def _kind_of(tag: str, attributes: Mapping[str, str]) -> SegmentKind | None:
    if tag == "figcaption":
        return "caption"
    if tag == "blockquote":
        return "quote"
    if tag in _TOO_LARGE:
        return None
    named = " ".join(
        attributes.get(name, "")[:_CLASS_CHARACTERS] for name in ("class", "id", "role", "rel", "itemprop")
    )
    for part in _PARTS.findall(named):
        kind = _class_kinds().get(part.lower())
        if kind:
            return kind
    if tag in _CHROME:
        return "chrome"
    return "dateline" if tag == "time" else None


@dataclass(frozen=True, slots=True)
class _Frame:
    tag: str
    kind: SegmentKind | None
    heading: int | None
    unseen: bool
    verbatim: bool


class _Lines:
    """Collects lines from the start, text and end of elements, in document order."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self.frames: list[_Frame] = [_Frame("", None, None, False, False)]
        self.pieces: list[str] = []
        self.kinds: list[SegmentKind | None] = []
        self.heading: int | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        outer = self.frames[-1]
        hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")[:_CLASS_CHARACTERS]) is not None
        unseen = outer.unseen or tag in _UNSEEN or hidden
        kind = outer.kind if unseen else self._inner_kind(outer.kind, _kind_of(tag, attributes))
        heading = int(tag[1]) if tag in _HEADINGS else outer.heading
        if not unseen:
            self._boundary(tag)
        self.frames.append(_Frame(tag, kind, heading, unseen, outer.verbatim or tag == "pre"))

    @staticmethod
    def _inner_kind(outer: SegmentKind | None, inner: SegmentKind | None) -> SegmentKind | None:
        """Furniture holds nothing but furniture; inside anything else the inner element knows better."""
        return outer if outer in ("chrome", "teaser") or inner is None else inner

    def end(self) -> None:
        frame = self.frames.pop()
        if not frame.unseen:
            self._boundary(frame.tag)

    def text(self, text: str) -> None:
        frame = self.frames[-1]
        if frame.unseen or not text:
            return
        if frame.verbatim:
            first, *more = text.splitlines() or [""]
            self._add(first, frame)
            for line in more:
                self.flush()
                self._add(line, frame)
        else:
            self._add(_BLANKS.sub(" ", text), frame)

    def _add(self, text: str, frame: _Frame) -> None:
        self.pieces.append(text)
        if text.strip():
            self.kinds.append(frame.kind)
            self.heading = self.heading or frame.heading

    def _boundary(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        elif tag in _CELLS:
            self.pieces.append(" ")

    def flush(self) -> None:
        text = _BLANKS.sub(" ", "".join(self.pieces)).strip()
        if text and not text.isspace():
            kinds = set(self.kinds)
            # A link or a date within a paragraph does not make the paragraph one.
            kind = kinds.pop() if len(kinds) == 1 else None
            self.lines.append(PageLine(text, kind, self.heading))
        self.pieces, self.kinds, self.heading = [], [], None


def page_lines(text: str, item: str) -> Page:
    """The page in ``text``, markup that is broken mended as browsers do. Raises ``Unreadable`` where there is none."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(item, f"holds no page that can be read: {error}") from None
    lines = _Lines()
    depth = deepest = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            depth += 1
            deepest = max(deepest, depth)
            lines.start(tag, {str(name): str(value) for name, value in element.attrib.items()})
            lines.text(element.text or "")
        else:
            depth -= 1
            lines.end()
            lines.text(element.tail or "")
    lines.flush()
    if deepest >= _PARSER_DEPTH:
        return Page(_flat(text), None, deepest)
    return Page(tuple(lines.lines), tree, deepest)


#: Depth at which libxml2 gives up and drops what is below.
_PARSER_DEPTH = 2000


class _Flat(PlainParser):
    """Lines without a tree, for pages nested deeper than any tree may be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = _Lines()

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        lines = self.lines
        lines.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            lines.end()

    def handle_endtag(self, tag: str) -> None:
        frames = self.lines.frames
        if len(frames) > 1 and frames[-1].tag == tag:
            self.lines.end()

    def handle_data(self, data: str) -> None:
        self.lines.text(data)


def _flat(text: str) -> tuple[PageLine, ...]:
    parser = _Flat()
    parser.feed(text[:DEEP_PAGE_CHARACTERS])
    parser.close()
    parser.lines.flush()
    return tuple(parser.lines.lines)
