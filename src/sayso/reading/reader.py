"""The front door of reading: a path, standard input or bytes, to captures and documents."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO, NoReturn

from sayso.errors import ReadingError, Repeated, TooLarge, Unreadable
from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, Document
from sayso.reading import media
from sayso.reading.article import Article
from sayso.reading.columns import check_choice
from sayso.reading.documents import document
from sayso.reading.limits import DOCUMENT_BYTES, TABLE_BYTES, megabytes
from sayso.reading.markdown import read_markdown
from sayso.reading.parquet import parquet_rows
from sayso.reading.pdf import read_pdf
from sayso.reading.plain import read_text
from sayso.reading.sources import Item, from_bytes, items
from sayso.reading.tables import Row, json_rows, separated_rows
from sayso.reading.webpage import read_page
from sayso.reading.word import read_word

OnError = Callable[[ReadingError], None]
_ROW_MEDIA_TYPE = "application/json"

_READERS: Mapping[str, Callable[[bytes, str], Article]] = {
    media.TEXT: read_text,
    media.MARKDOWN: read_markdown,
    media.HTML: read_page,
    media.PDF: read_pdf,
    media.WORD: read_word,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was fetched, and the document read from it."""

    capture: Capture
    document: Document


def read(
    source: str | os.PathLike[str] | BinaryIO,
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    on_error: OnError | None = None,
) -> Iterator[Reading]:
    """Every document of ``source``, in a fixed order.

    ``source`` is a file, a folder (with all under it, by name; hidden files and links out of it passed over), "-" for
    standard input, or an open binary file. A table gives a document a row. ``published`` is the day of documents that
    carry no date themselves; ``columns`` maps a field (text, title, outlet, author, url, published, language, id) to
    the column that holds it, where its name is not a usual one.

    What cannot be read is one ``ReadingError`` an item, naming it: given to ``on_error``, and reading goes on; raised
    where there is no ``on_error``. Rows and files that repeat one already read exactly are skipped, and told to
    ``on_error`` once a table.
    """
    check_choice(columns)
    return _Session(published, columns, on_error).all(source)


def read_bytes(
    data: bytes,
    name: str,
    media_type: str | None = None,
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    on_error: OnError | None = None,
) -> Iterator[Reading]:
    """Every document of ``data``, called ``name``, as ``read`` would give it; ``media_type`` says what it is."""
    check_choice(columns)
    return _Session(published, columns, on_error).item(from_bytes(bytes(data), name), media_type)


def _raise(error: ReadingError) -> NoReturn:
    raise error


class _Session:
    """One call: what it was told, and the ids it has given."""

    def __init__(self, published: date | None, columns: Mapping[str, str] | None, on_error: OnError | None) -> None:
        self.published = published
        self.columns = columns
        self.report: OnError = on_error or _raise
        #: Nothing is lost where a repetition is skipped, so that is never raised.
        self.mention: OnError = on_error or (lambda error: None)
        self.retrieved_at = datetime.now(UTC)
        self.given: dict[str, str] = {}

    def all(self, source: str | os.PathLike[str] | BinaryIO) -> Iterator[Reading]:
        found = items(source, self.report)
        while True:
            try:
                item = next(found, None)
            except ReadingError as error:
                self.report(error)
                return
            if item is None:
                return
            yield from self.item(item)

    def item(self, item: Item, stated: str | None = None) -> Iterator[Reading]:
        try:
            with item.open() as stream:
                head = stream.read(media.HEAD_BYTES)
                stream.seek(0)
                kind = media.media_type(item.name, head, stated)
                if kind in media.TABLES:
                    yield from self.table(item, stream, kind)
                else:
                    yield from self.single(item, stream, kind)
        except ReadingError as error:
            # The readers know an item by its name; people know it by where it is.
            self.report(type(error)(item.origin + error.item.removeprefix(item.name), error.problem))
        except OSError as error:
            if error.filename is not None:
                raise  # some other file: ours is open already
            self.report(Unreadable(item.origin, f"cannot be read: {error.strerror or error}"))

    def single(self, item: Item, stream: BinaryIO, kind: str) -> Iterator[Reading]:
        if item.size > DOCUMENT_BYTES:
            raise TooLarge(item.name, f"{megabytes(item.size)}; a single document may have {megabytes(DOCUMENT_BYTES)}")
        data = stream.read(DOCUMENT_BYTES + 1)
        if len(data) > DOCUMENT_BYTES:
            raise TooLarge(item.name, f"grew over {megabytes(DOCUMENT_BYTES)} while it was read")
        if not data.strip():
            raise Unreadable(item.name, "is empty")
        article = _READERS[kind](data, item.name)
        sha256 = sha256_hex(data)
        identity = content_id("doc", item.name, sha256)
        if identity in self.given:
            self.mention(Repeated(item.origin, "repeats another file of its name exactly; skipped"))
            return
        self.given[identity] = sha256
        yield self.reading(article, item.name, identity, self.capture(item.origin, item.name, kind, sha256, data))

    def table(self, item: Item, stream: BinaryIO, kind: str) -> Iterator[Reading]:
        if item.size > TABLE_BYTES:
            raise TooLarge(item.name, f"{megabytes(item.size)}; a table may have {megabytes(TABLE_BYTES)}")
        if not item.size:
            raise Unreadable(item.name, "is empty")
        repeated: list[int] = []
        rows = 0
        for row in self.rows(item, stream, kind):
            rows += 1
            try:
                data = canonical_row(row)
                sha256 = sha256_hex(data)
                identity = self.identity(item, row, sha256)
                if identity is None:
                    repeated.append(row.number)
                    continue
                name = f"{item.name}#{row.article.id or row.number}"
                origin = f"{item.origin}#{row.article.id or row.number}"
                capture = self.capture(origin, name, _ROW_MEDIA_TYPE, sha256, data)
                reading = self.reading(row.article, f"{item.name} row {row.number}", identity, capture)
            except ReadingError as error:
                self.report(type(error)(item.origin + error.item.removeprefix(item.name), error.problem))
                continue
            yield reading
        if repeated:
            shown = ", ".join(map(str, repeated[:5])) + (", ..." if len(repeated) > 5 else "")
            self.mention(Repeated(item.origin, f"{len(repeated)} rows repeat another exactly; skipped: row {shown}"))
        elif not rows:
            self.mention(Unreadable(item.origin, "holds no rows that can be read"))

    def rows(self, item: Item, stream: BinaryIO, kind: str) -> Iterator[Row]:
        def report(error: ReadingError) -> None:
            self.report(type(error)(item.origin + error.item.removeprefix(item.name), error.problem))

        if kind == media.JSONL:
            return json_rows(stream, item.name, self.columns, report)
        if kind == media.PARQUET:
            return parquet_rows(stream, item.name, self.columns, report)
        return separated_rows(stream, item.name, self.columns, report, tabs=kind == media.TSV)

    def identity(self, item: Item, row: Row, sha256: str) -> str | None:
        """The id of a row's document: the one given, qualified where another row has it; None for a repetition."""
        wanted = row.article.id or content_id("doc", item.name, sha256)
        for candidate in (wanted, *(f"{wanted}~{sha256[:digits]}" for digits in (8, 16, 64))):
            if candidate not in self.given:
                self.given[candidate] = sha256
                return candidate
            if self.given[candidate] == sha256:
                return None
        return None

    def capture(self, origin: str, name: str, kind: str, sha256: str, data: bytes) -> Capture:
        return Capture(content_id("cap", name, sha256), origin, self.retrieved_at, kind, sha256, data)

    def reading(self, article: Article, name: str, identity: str, capture: Capture) -> Reading:
        return Reading(capture, document(article, name, identity, capture.id, self.published))


def canonical_row(row: Row) -> bytes:
    """The cells of a row as JSON that is the same wherever the columns stand: what a row's capture keeps."""
    return json.dumps(row.cells, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
