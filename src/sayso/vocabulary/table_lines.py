"""The lines of a table from somebody else: a plain, gzipped or zipped text file, read a line at a time.

Rows are cut line by line, so that an unbalanced quote costs one row and not the rest of the table. Everything is
bounded: a line by ``LONGEST_LINE`` characters, a table by ``MOST_LINES`` lines.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sayso.errors import VocabularyError

#: GeoNames' longest lines (a country with its names in all languages) have some 20,000 characters.
LONGEST_LINE = 1_000_000
#: GeoNames' full dump has 13 million.
MOST_LINES = 50_000_000
#: A row with line breaks in its cells is looked for in so many lines below.
_MOST_BELOW = 5


@dataclass(slots=True)
class Report:
    """What became of a table's lines. ``problems`` are the first ``MOST`` malformed ones, as (line, what is wrong).

    ``left_out`` counts rows of no use by their kind; ``unread`` are columns nobody reads.
    """

    MOST = 1000

    refused: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unread: tuple[str, ...] = ()

    def refuse(self, line: int, problem: str) -> None:
        """A malformed row; the others are read all the same."""
        self.refused += 1
        if len(self.problems) < self.MOST:
            self.problems.append((line, problem))


def lines(path: Path, report: Report) -> Generator[tuple[int, str], None, None]:
    """(number from 1, text without its end) of every line but empty ones and comments (``#``).

    Raises ``VocabularyError`` where there is no such file or it is not a text.
    """
    with _opened(path) as stream:
        number = 0
        while True:
            try:
                raw = stream.readline(LONGEST_LINE + 1)
            except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
                report.refuse(number + 1, f"the file cannot be read further ({error})")
                return
            if not raw:
                return
            number += 1
            if number > MOST_LINES:
                report.refuse(number, f"the file goes on; no more than {MOST_LINES:,} lines are read")
                return
            if len(raw) > LONGEST_LINE:
                report.refuse(number, f"the line has more than {LONGEST_LINE:,} bytes")
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(LONGEST_LINE)
                continue
            if b"\0" in raw:
                if number == 1:
                    raise VocabularyError(f"{path}: not a text; a table must be a CSV or TSV file in UTF-8")
                report.refuse(number, "the line holds a zero byte")
                continue
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                report.refuse(number, "the line is not UTF-8; save the table as UTF-8")
                continue
            if text.strip() and not text.startswith("#"):
                yield number, text


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as begun:
            head = begun.read(4)
        if head[:2] == b"\x1f\x8b":
            with gzip.open(path, "rb") as unpacked:
                yield io.BufferedReader(unpacked)
        elif head == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as unpacked:
                yield unpacked
        else:
            with path.open("rb") as plain:
                yield plain
    except zipfile.BadZipFile as error:
        raise VocabularyError(f"{path}: a broken archive ({error})") from None
    except FileNotFoundError:
        raise VocabularyError(f"{path}: there is no such file") from None
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read ({error.strerror or error})") from None


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The one table of a zip file; GeoNames puts a readme beside it."""
    tables = [
        item
        for item in archive.infolist()
        if item.filename.lower().endswith((".txt", ".csv", ".tsv", ".tab")) and "readme" not in item.filename.lower()
    ]
    if any(item.filename.startswith("xl/") for item in archive.infolist()):
        raise VocabularyError(f"{path}: a spreadsheet; save its sheet as CSV (UTF-8) and add that")
    if len(tables) != 1:
        raise VocabularyError(f"{path}: the archive holds {len(tables)} tables; unpack it and add one of them")
    return tables[0]


def delimiter(heading: str) -> str:
    """What parts the cells of a table: the commonest of tab, comma and semicolon in its heading."""
    return max("\t,;", key=heading.count)


def cells(line: str, parted_by: str) -> list[str]:
    """The cells of a line. Raises ValueError where it is malformed. A table parted by tabs knows no quotes."""
    if parted_by == "\t":
        return [cell.strip() for cell in line.split("\t")]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=parted_by, strict=True))]
    except csv.Error as error:
        raise ValueError(f"not a row of CSV ({error})") from None


def below_heading(
    numbered: Iterator[tuple[int, str]], report: Report, path: Path
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column name in small letters) of the lines of ``path`` below their heading.

    Raises ``VocabularyError`` where there is none, or one column twice.
    """
    number, heading = next(numbered, (0, ""))
    if not number:
        raise VocabularyError(f"{path}: the table is empty")
    parted_by = delimiter(heading)
    try:
        names = cells(heading, parted_by)
    except ValueError as error:
        raise VocabularyError(f"{path} line {number}: {error}") from None
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise VocabularyError(f"{path} line {number}: the column {min(twice)!r} is there twice")
    yield from _rows(numbered, names, parted_by, report)


def _rows(
    numbered: Iterator[tuple[int, str]], header: list[str], parted_by: str, report: Report
) -> Iterator[tuple[int, dict[str, str]]]:
    names = [name.lower() for name in header]
    ahead: list[tuple[int, str]] = []
    while True:
        number, line = ahead.pop(0) if ahead else next(numbered, (0, ""))
        if not number:
            return
        try:
            values = cells(line, parted_by)
        except ValueError as error:
            # A quoted cell may go on below; a stray quote must not swallow what is there, so only if all fits.
            while len(ahead) < _MOST_BELOW and (following := next(numbered, None)):
                ahead.append(following)
            whole = _joined(line, ahead, parted_by, len(names))
            if whole is None:
                report.refuse(number, str(error))
                continue
            values, used = whole
            del ahead[:used]
        if len(values) != len(names):
            report.refuse(number, f"{len(values)} cells where the heading has {len(names)}")
            continue
        yield number, dict(zip(names, values, strict=True))


def _joined(line: str, below: list[tuple[int, str]], parted_by: str, width: int) -> tuple[list[str], int] | None:
    """The cells of a row that goes on in the lines ``below``, and how many of them it takes."""
    for used in range(1, len(below) + 1):
        try:
            values = cells(" ".join([line, *(text for _, text in below[:used])]), parted_by)
        except ValueError:
            continue
        return (values, used) if len(values) == width else None
    return None


def watched(
    numbered: Iterable[tuple[int, str]], tell: Callable[[int], None], every: int = 20_000
) -> Iterator[tuple[int, str]]:
    """The same lines; ``tell`` hears now and then how many there have been."""
    for number, line in numbered:
        if number % every == 0:
            tell(number)
        yield number, line
