"""Bytes to characters: byte-order marks, then strict UTF-8, then a guess that has to be good."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from sayso.errors import Unreadable

#: Longest first: the mark of UTF-32 little-endian begins with that of UTF-16.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes looked at when guessing. More does not make the guess better, only slower.
_SAMPLE_BYTES = 64_000
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def byte_order_mark(data: bytes) -> tuple[str, int] | None:
    """Encoding named by the byte-order mark at the start of ``data`` and the mark's length, if there is one."""
    return next(((encoding, len(mark)) for mark, encoding in MARKS if data.startswith(mark)), None)


def looks_binary(data: bytes) -> bool:
    """Whether ``data`` can be no text in any encoding without a byte-order mark.

    A NUL never stands in text but in UTF-16 and UTF-32; of the other control characters text holds next to none.
    """
    sample = data[:_SAMPLE_BYTES]
    if not sample or byte_order_mark(sample):
        return False
    if b"\0" in sample:
        return True
    controls = sum(sample.count(bytes([code])) for code in (*range(1, 8), *range(14, 27), *range(28, 32), 127))
    return controls > len(sample) / 100


def guess_encoding(data: bytes, declared: str | None = None) -> str | None:
    """An encoding that ``data``, known not to be UTF-8, decodes from; ``declared`` (by a page) is tried first."""
    sample = data[:_SAMPLE_BYTES]
    if declared:
        try:
            sample.decode(declared)
            return codecs.lookup(declared).name
        except (LookupError, UnicodeError, ValueError):
            pass  # what a page says of itself is often wrong
    best = from_bytes(sample).best()
    return best.encoding if best else None


def decode(data: bytes, item: str, declared: str | None = None) -> str:
    """The text of ``data``, verbatim but for its byte-order mark.

    ``declared`` is the encoding the item gives of itself. Raises ``Unreadable`` naming ``item`` where no encoding fits.
    """
    mark = byte_order_mark(data)
    if mark:
        encoding, length = mark
        try:
            return data[length:].decode(encoding)
        except UnicodeDecodeError as error:
            raise Unreadable(item, f"marked as {encoding}, but byte {error.start + length} does not fit it") from None
    if looks_binary(data):
        raise Unreadable(item, "holds binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding_or_none = guess_encoding(data, declared)
    if encoding_or_none:
        try:
            return data.decode(encoding_or_none)
        except (UnicodeDecodeError, LookupError):
            pass
    raise Unreadable(item, "its encoding is not UTF-8 and cannot be told; save it as UTF-8")


def printable(text: str) -> str:
    """``text`` with the two kinds of character no store can hold, NUL and lone surrogates, as U+FFFD, one for one."""
    return _UNSTORABLE.sub(_REPLACEMENT, text)
