"""Comma and tab separated values, one record at a time, so that a broken record costs no other.

The ``csv`` module cannot start again after a record that never ends (an unbalanced quote swallows the rest of the
table) and limits fields by a setting of the whole process; so records are cut here. The grammar is RFC 4180, with two
usual lapses read as meant: quotes left single inside a quoted cell that stays on its line, and quotes inside a cell
that does not begin with one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.reading.limits import BROKEN_ROWS, RESCANNED_BYTES, ROW_BYTES

DELIMITERS = (",", "\t", ";", "|")
_QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, or the ``problem`` that kept it from being read; ``line`` is its first line, from 1."""

    line: int
    cells: tuple[str, ...] = ()
    problem: str | None = None
    too_large: bool = False


def sniff_delimiter(header: str, tabs: bool) -> str:
    """The delimiter of a table by its first line: the candidate standing most often outside quotes.

    ``tabs``: the name of the file says tabs, which then win wherever there are any.
    """
    outside = "".join(header.split(_QUOTE)[::2])
    if tabs and "\t" in outside:
        return "\t"
    return max(DELIMITERS, key=lambda mark: (outside.count(mark), -DELIMITERS.index(mark)))


class _Stray(Exception):
    """A quote closes a cell and something other than a delimiter follows."""


class _Cutter:
    """Cuts one record, fed line by line. ``open`` while a quoted cell goes on; ``keep`` off only follows the quotes."""

    def __init__(self, delimiter: str, lenient: bool = False) -> None:
        self.delimiter = delimiter
        self.lenient = lenient
        self.cells: list[str] = []
        self.parts: list[str] = []
        self.open = False
        self.keep = True

    def feed(self, line: str) -> None:
        text = line.rstrip("\r\n")
        at = 0
        while True:
            if not self.open and text.startswith(_QUOTE, at):
                self.open = True
                at += 1
            if self.open:
                end = self._quoted(text, at)
                if end is None:
                    self._add(line[len(text) :])
                    return
                at = end
                self._close("".join(self.parts))
            else:
                end = text.find(self.delimiter, at)
                end = len(text) if end < 0 else end
                self._close(text[at:end])
                at = end
            if at >= len(text):
                return
            at += 1
            if at == len(text):
                self._close("")
                return

    def _add(self, part: str) -> None:
        if self.keep:
            self.parts.append(part)

    def _close(self, cell: str) -> None:
        self.open = False
        self.parts = []
        if self.keep:
            self.cells.append(cell)

    def _quoted(self, text: str, at: int) -> int | None:
        """Where the quoted cell going on at ``at`` ends; None where it goes on on the next line."""
        while True:
            end = text.find(_QUOTE, at)
            if end < 0:
                self._add(text[at:])
                return None
            self._add(text[at:end])
            after = end + 1
            if after == len(text) or text.startswith(self.delimiter, after):
                return after
            doubled = text.startswith(_QUOTE, after)
            if not doubled and not self.lenient:
                raise _Stray
            self._add(_QUOTE)
            at = after + doubled


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A record and the number of lines it takes up; ``back``: more was read than those, to be read again."""

    record: Record
    lines: int
    back: bool = False


def records(stream: BinaryIO, encoding: str, delimiter: str, width: int | None = None) -> Iterator[Record]:
    """The records of ``stream`` from where it stands (seekable; line breaks are bytes of their own).

    A record that never ends, or has a stray quote, is given with its problem, and reading goes on at the line after
    the one it began on; one that is only too long is passed over whole. ``width`` is the number of cells expected.
    After ``BROKEN_ROWS`` problems the table is taken to be broken, and reading ends.
    """
    line, broken, rescanned = 1, 0, 0
    while True:
        start = stream.tell()
        outcome = _record(stream, line, encoding, delimiter, width)
        if outcome is None:
            return
        broken += outcome.record.problem is not None
        if outcome.back:
            rescanned += stream.tell() - start
            stream.seek(start)
            _pass_line(stream)
        if outcome.record.problem or outcome.record.cells:
            yield outcome.record
        if broken >= BROKEN_ROWS or rescanned > RESCANNED_BYTES:
            yield Record(line + outcome.lines, problem=f"after {broken} broken rows, the rest of the table is not read")
            return
        line += outcome.lines


def _pass_line(stream: BinaryIO) -> None:
    while (chunk := stream.readline(ROW_BYTES)) and not chunk.endswith(b"\n"):
        pass


def _record(stream: BinaryIO, line: int, encoding: str, delimiter: str, width: int | None) -> _Outcome | None:
    """The record on ``line``, the next of ``stream``; None at the end."""
    cutter = _Cutter(delimiter)
    size = lines = 0
    first = ""
    overlong = f"over {ROW_BYTES:,} bytes"
    while True:
        raw = stream.readline(ROW_BYTES + 1)
        if not raw:
            if not lines:
                return None
            return _salvage(first, line, delimiter, width, "a quote is opened and never closed")
        if len(raw) > ROW_BYTES:
            return _Outcome(Record(line, problem=overlong, too_large=True), 1, back=True)
        lines += 1
        size += len(raw)
        if lines == 1 and not raw.strip(b"\r\n"):
            return _Outcome(Record(line), 1)
        try:
            text = raw.decode(encoding)
            first = first or text
            cutter.feed(text)
        except UnicodeDecodeError:
            return _Outcome(Record(line, problem=f"is not {encoding} like the rest of the table"), 1, back=True)
        except _Stray:
            return _salvage(first, line, delimiter, width, "a quote closes a cell in the middle")
        if not cutter.open:
            if cutter.keep:
                return _Outcome(Record(line, tuple(cutter.cells)), lines)
            return _Outcome(Record(line, problem=overlong, too_large=True), lines)
        if size > ROW_BYTES:
            # From here on only followed to its end, to tell an honest long record from a quote never closed.
            cutter.keep = False
            cutter.parts = []
            if size > 8 * ROW_BYTES:
                return _salvage(first, line, delimiter, width, "a quote is opened and not closed")


def _salvage(first: str, line: int, delimiter: str, width: int | None, problem: str) -> _Outcome:
    """Read the record's first line alone with its stray quotes as characters, if that gives the cells expected."""
    cutter = _Cutter(delimiter, lenient=True)
    cutter.feed(first)
    if not cutter.open and width is not None and len(cutter.cells) == width:
        return _Outcome(Record(line, tuple(cutter.cells)), 1, back=True)
    return _Outcome(Record(line, problem=problem), 1, back=True)
