"""Sources that the page's layout names: speakers of a transcript, and names set behind a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.coding.parse import Section
from sayso.coding.quotes import Quote
from sayso.model import Attribution, Span

#: WALLACE: Let us begin ...
_TURN = re.compile(r"^[\"“]?([A-Z][A-Z.'’ -]{1,39}):[ \t]+(?=\S)", re.MULTILINE)
#: Lee: the town has fallen
_TITLE = re.compile(r"([^\s:][^\n:]{1,39}):[ \t]+(\S[^\n]*)")
#: "..." ― Jo Lee
_SIGNED = re.compile(r"[ \t\xa0]*(―|—|–|--)[ \t\xa0]*([^\s―—–-][^\n]{0,59})(?=\n|\Z)")
#: One line that opens with capitals and a colon is a dateline or a label; a transcript has more.
_TURNS = 3
_WORDS = 6


def laid_out(text: str, offset: int, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    """The attributions that the layout of a section makes; ``text`` is the section's, which begins at ``offset``."""
    yield from _turns(text, offset)
    for quote in quotes:
        if quote.start and text[quote.start - 1] != "\n":
            continue
        signed = _SIGNED.match(text, quote.end)
        if signed and len(signed[2].split()) <= _WORDS and signed[2][:1].isupper():
            name = Span(offset + signed.start(2), offset + signed.start(2) + len(signed[2].rstrip(" \t\xa0.")))
            mark = Span(offset + signed.start(1), offset + signed.end(1))
            yield Attribution((name,), (mark,), (Span(offset + quote.start, offset + quote.end),), "direct")


def titled(sections: Sequence[Section], found: Sequence[Attribution], text: str) -> Iterator[Attribution]:
    """Lee: the town has fallen: a first line that opens with somebody whom the document cites elsewhere.

    ``text`` is the document's.
    """
    names = {words[-1].strip(".,") for a in found for span in a.source if (words := span.of(text).split())}
    cited = {cue.start for a in found for cue in a.cue}
    for section in sections:
        line = _TITLE.match(text, section.offset)
        if line is None or not line[1][0].isupper() or line[1].split()[-1] not in names or line.end(1) in cited:
            continue
        content = Span(line.start(2), line.start(2) + len(line[2].rstrip(" \t.")))
        yield Attribution((Span(*line.span(1)),), (Span(line.end(1), line.end(1) + 1),), (content,), "indirect")


def _turns(text: str, offset: int) -> Iterator[Attribution]:
    turns = list(_TURN.finditer(text))
    if len(turns) < _TURNS or len({turn[1] for turn in turns}) < 2:
        return
    for turn in turns:
        end = text.find("\n", turn.end())
        line = text[turn.end() : end if end >= 0 else len(text)].rstrip()
        name = Span(offset + turn.start(1), offset + turn.end(1))
        said = Span(offset + turn.end(), offset + turn.end() + len(line))
        yield Attribution((name,), (Span(name.end, name.end + 1),), (said,), "direct")
