"""What kind of file something is: by its first bytes, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from sayso.errors import Unreadable, UnsupportedFormat
from sayso.reading.decode import looks_binary

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"
TSV = "text/tab-separated-values"
JSONL = "application/jsonl"
PARQUET = "application/vnd.apache.parquet"
TABLES = frozenset({CSV, TSV, JSONL, PARQUET})

SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": WORD,
    ".csv": CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".parquet": PARQUET,
    ".pq": PARQUET,
}
#: Other names the same types go by.
_ALIASES = {
    "application/x-ndjson": JSONL,
    "application/x-jsonlines": JSONL,
    "application/xhtml+xml": HTML,
    "application/csv": CSV,
    "application/x-parquet": PARQUET,
    "text/x-markdown": MARKDOWN,
}
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)
_OBJECT = re.compile(rb'\s*\{\s*"[^"\n]{0,200}"\s*:')
#: Bytes of the start of an item that tell its kind.
HEAD_BYTES = 4096


def media_type(name: str, head: bytes, stated: str | None = None) -> str:
    """The media type of an item called ``name`` that begins with ``head``.

    ``stated`` is what its sender says; the bytes win over that, and over the name. Raises ``UnsupportedFormat`` for
    kinds nobody here reads, ``Unreadable`` where name and bytes cannot both be right.
    """
    suffix = PurePath(name).suffix.lower()
    named = SUFFIXES.get(suffix)
    if stated:
        plain = stated.split(";")[0].strip().lower()
        named = _ALIASES.get(plain, plain)
        if named not in SUFFIXES.values():
            raise UnsupportedFormat(name, f"nothing here reads {plain}; {_readable()}")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PAR1"):
        return PARQUET
    if head.startswith(b"PK\x03\x04"):
        if named == WORD or b"word/" in head:
            return WORD
        raise UnsupportedFormat(name, f"is a ZIP archive; unpack it. {_readable()}")
    if named in (PDF, WORD, PARQUET):
        kind = {PDF: "PDF", WORD: "Word (DOCX)", PARQUET: "Parquet"}[named]
        raise Unreadable(name, f"is {'empty' if not head else f'not a {kind} file, whatever its name'}")
    text_like = head.removeprefix(b"\xef\xbb\xbf")
    if named in (TEXT, None) and _PAGE.match(text_like):
        return HTML
    if named:
        return named
    if suffix and not name.startswith("<"):
        raise UnsupportedFormat(name, f"nothing here reads {suffix} files; {_readable()}")
    if looks_binary(head):
        raise UnsupportedFormat(name, f"holds binary data of an unknown kind; {_readable()}")
    return JSONL if _OBJECT.match(text_like) else TEXT


def _readable() -> str:
    return "text, Markdown, HTML, PDF, DOCX, CSV, TSV, JSONL and Parquet are read"
