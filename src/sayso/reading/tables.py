"""Tables of articles: CSV, TSV, JSON Lines and Parquet, a row at a time.

A broken row is one error that names it; the others are read. Cells come as strings, verbatim.
"""

from __future__ import annotations

import codecs
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.errors import ReadingError, TooLarge, Unreadable
from sayso.reading.article import Article
from sayso.reading.columns import find_columns, no_text_column
from sayso.reading.decode import byte_order_mark, guess_encoding, printable
from sayso.reading.limits import BROKEN_ROWS, COLUMNS, ID_CHARACTERS, ROW_BYTES
from sayso.reading.separated import records, sniff_delimiter

Report = Callable[[ReadingError], None]
Cells = Mapping[str, str | None]
_CHUNK = 1 << 20
_NUMBER_CHARACTERS = 18
#: Rows looked at to tell whether a table of JSON Lines holds texts at all.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its ``number`` from 1 (the header apart), its cells as they came, and the article in them."""

    number: int
    cells: Cells
    article: Article


def article_of(cells: Cells, columns: Mapping[str, str]) -> Article:
    """The article of a row; ``columns`` maps fields to column names. Blank cells are unknown, not empty."""

    def cell(field: str) -> str | None:
        value = cells.get(columns.get(field, ""))
        return value.strip() or None if value and field in columns else None

    used = set(columns.values())
    given = cell("id")
    extra = {name: value for name, value in cells.items() if name not in used and value}
    if given and len(given) > ID_CHARACTERS:
        extra[columns["id"]] = given
        given = None
    return Article(
        text=printable(cells.get(columns["text"]) or ""),
        id=printable(given) if given else None,
        title=cell("title"),
        outlet=cell("outlet"),
        author=cell("author"),
        url=cell("url"),
        language=cell("language"),
        published=cell("published"),
        extra={printable(name): printable(value) for name, value in extra.items()},
    )


# --- comma and tab separated -----------------------------------------------------------------------------------------


def separated_rows(
    stream: BinaryIO, item: str, chosen: Mapping[str, str] | None, report: Report, tabs: bool = False
) -> Iterator[Row]:
    """The rows of a CSV or TSV table, whose first line names the columns. ``stream`` is seekable."""
    with _plain_lines(stream, item) as (table, encoding):
        start = table.tell()
        first = table.readline(ROW_BYTES + 1)
        if len(first) > ROW_BYTES or first.count(b"\0") > 1:
            raise Unreadable(item, "its first line names no columns; is this a table?")
        if not first.strip():
            raise Unreadable(item, "is empty, or its first line is; that must name the columns")
        table.seek(start)
        delimiter = sniff_delimiter(first.decode(encoding, "replace"), tabs)
        header = next(records(table, encoding, delimiter))
        if header.problem:
            raise Unreadable(item, f"the row of column names cannot be read: {header.problem}")
        names = distinct([printable(name).strip() for name in header.cells])
        if len(names) > COLUMNS:
            raise TooLarge(item, f"over {COLUMNS:,} columns")
        columns = find_columns(names, chosen)
        if "text" not in columns:
            raise no_text_column(item, names, chosen)
        for number, record in enumerate(records(table, encoding, delimiter, len(names)), start=1):
            name = f"{item} row {number}"
            if record.problem:
                kind = TooLarge if record.too_large else Unreadable
                report(kind(name, f"line {record.line + 1}: {record.problem}"))
            elif any(cell.strip() for cell in record.cells[len(names) :]):
                report(Unreadable(name, f"{len(record.cells)} cells where the table has {len(names)} columns"))
            else:
                cells = dict(zip(names, record.cells, strict=False))
                yield Row(number, cells, article_of(cells, columns))


def distinct(names: list[str]) -> list[str]:
    """Column names, empty ones and repetitions told apart by their position."""
    seen: set[str] = set()
    found = []
    for position, name in enumerate(names, start=1):
        name = name or f"column {position}"
        if name in seen:
            name = f"{name} ({position})"
        seen.add(name)
        found.append(name)
    return found


@contextmanager
def _plain_lines(stream: BinaryIO, item: str) -> Iterator[tuple[BinaryIO, str]]:
    """``stream`` at its first character, and its encoding; UTF-16 and UTF-32 are written out again as UTF-8."""
    stream.seek(0)
    mark = byte_order_mark(stream.read(4))
    stream.seek(mark[1] if mark else 0)
    if mark is None or mark[0] == "utf-8":
        encoding = "utf-8" if mark else _encoding(stream)
        stream.seek(mark[1] if mark else 0)
        yield stream, encoding
        return
    decoder = codecs.getincrementaldecoder(mark[0])("strict")
    with tempfile.TemporaryFile() as copy:
        try:
            while chunk := stream.read(_CHUNK):
                copy.write(decoder.decode(chunk).encode("utf-8", "replace"))
            copy.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
        except UnicodeDecodeError:
            raise Unreadable(item, f"marked as {mark[0]}, but its bytes do not fit it") from None
        copy.seek(0)
        yield copy, "utf-8"


def _encoding(stream: BinaryIO) -> str:
    """The encoding of a table without a mark.

    Where some lines are not UTF-8, the table still is, with broken rows, if more lines hold characters beyond ASCII
    well formed than not: other encodings almost never give well-formed UTF-8.
    """
    good = bad = 0
    sample = bytearray()
    while line := stream.readline(_CHUNK):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
            if len(sample) < _CHUNK:
                sample += line
    return "utf-8" if good >= bad else guess_encoding(bytes(sample)) or "utf-8"


# --- JSON -----------------------------------------------------------------------------------------------------------


def json_rows(stream: BinaryIO, item: str, chosen: Mapping[str, str] | None, report: Report) -> Iterator[Row]:
    """The rows of JSON Lines: an object a line. Keys are the columns; they may differ from row to row."""
    stream.seek(0)
    mark = byte_order_mark(stream.read(4))
    if mark and mark[0] != "utf-8":
        raise Unreadable(item, f"is in {mark[0]}; JSON Lines must be UTF-8")
    start = mark[1] if mark else 0
    stream.seek(start)
    _check_text_key(stream, item, chosen)
    stream.seek(start)
    number = broken = 0
    while line := stream.readline(ROW_BYTES + 1):
        if not line.strip():
            continue
        number += 1
        name = f"{item} row {number}"
        try:
            if len(line) > ROW_BYTES:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(ROW_BYTES)
                raise TooLarge(name, f"over {ROW_BYTES:,} bytes")
            cells = json_object(line, name)
            columns = find_columns(cells, chosen)
            if "text" not in columns:
                raise no_text_column(name, cells, chosen)
        except ReadingError as error:
            report(error)
            broken += 1
            if broken >= BROKEN_ROWS:
                report(Unreadable(item, f"after {broken} broken rows, the rest of the table is not read"))
                return
            continue
        yield Row(number, cells, article_of(cells, columns))


def _check_text_key(stream: BinaryIO, item: str, chosen: Mapping[str, str] | None) -> None:
    """Raise one error for the table where none of its first rows holds a text, rather than one a row."""
    keys: dict[str, None] = {}
    objects = 0
    for _ in range(_LOOKED_AT):
        line = stream.readline(ROW_BYTES)
        if not line:
            break
        try:
            cells = json_object(line, item)
        except ReadingError:
            continue
        objects += 1
        keys.update(dict.fromkeys(cells))
        if "text" in find_columns(cells, chosen):
            return
    if objects:
        raise no_text_column(item, keys, chosen)


def json_object(line: bytes, item: str) -> dict[str, str | None]:
    """The cells of one line of JSON. Numbers keep the digits they were written with; NaN and null are no value."""
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_int=_digits, parse_float=_digits, parse_constant=_nothing)
    except UnicodeDecodeError:
        raise Unreadable(item, "is not UTF-8") from None
    except ValueError as error:
        raise Unreadable(item, f"is not JSON: {error}") from None
    except RecursionError:
        raise Unreadable(item, "is nested too deep") from None
    if not isinstance(value, dict):
        raise Unreadable(item, 'is not a JSON object; a row is {"text": ..., ...}')
    if len(value) > COLUMNS:
        raise TooLarge(item, f"over {COLUMNS:,} keys")
    return {key: as_cell(cell) for key, cell in value.items()}


def _digits(written: str) -> int | float | str:
    """A number, if it would be written the same again; else its digits (ids longer than any machine number)."""
    if len(written) > _NUMBER_CHARACTERS:
        return written
    try:
        value: int | float = int(written)
    except ValueError:
        value = float(written)
    return value if str(value) == written else written


def _nothing(_: str) -> None:
    """NaN and the infinities, which JSON does not know, are no value."""


def as_cell(value: Any) -> str | None:
    """A value of any type as the string a cell holds; lists and objects as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
