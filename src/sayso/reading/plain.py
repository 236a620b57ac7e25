"""Plain text: verbatim, and its lines speak for themselves."""

from __future__ import annotations

from sayso.reading.article import Article
from sayso.reading.decode import decode, printable


def read_text(data: bytes, item: str) -> Article:
    """The article in a text file. Raises ``Unreadable`` for binary data and unknown encodings."""
    return Article(text=printable(decode(data, item)))
