"""Parquet tables, a few rows at a time, unpacked by a process of their own (``parquet_unpack``, arro3)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from sayso.errors import TooLarge, Unreadable
from sayso.reading.columns import find_columns, no_text_column
from sayso.reading.decode import printable
from sayso.reading.limits import COLUMNS, PARQUET_MEMORY_BYTES, ROW_BYTES, megabytes
from sayso.reading.tables import Report, Row, article_of, as_cell, distinct

_AT_ONCE = 16
_CHUNK = 1 << 20
_PROGRAM = Path(__file__).with_name("parquet_unpack.py")
#: What Rust and Python say where there is no more memory.
_NO_MEMORY = (b"memory allocation of", b"MemoryError")
_TOLD_BYTES = 4096


def parquet_rows(stream: BinaryIO, item: str, chosen: Mapping[str, str] | None, report: Report) -> Iterator[Row]:
    """The rows of a Parquet table.

    Raises ``Unreadable`` where it is broken, ``TooLarge`` where a few of its rows cannot be unpacked together in
    ``PARQUET_MEMORY_BYTES``.
    """
    with (
        _on_disk(stream) as table,
        tempfile.TemporaryFile() as told,
        subprocess.Popen(
            [sys.executable, "-P", str(_PROGRAM), str(_AT_ONCE), str(ROW_BYTES), str(PARQUET_MEMORY_BYTES)],
            stdin=table, stdout=subprocess.PIPE, stderr=told,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RUST_BACKTRACE": "0"},
        ) as program,
    ):  # fmt: skip
        try:
            yield from _rows(program, told, item, chosen, report)
        finally:
            program.kill()


def _rows(
    program: subprocess.Popen[bytes], told: IO[bytes], item: str, chosen: Mapping[str, str] | None, report: Report
) -> Iterator[Row]:
    out = program.stdout
    assert out is not None
    header = _value(out)
    if not isinstance(header, list):
        _check_memory(program, told, item, 0, str(header))
        raise Unreadable(item, "is a broken or cut off Parquet file")
    if len(header) > COLUMNS:
        raise TooLarge(item, f"over {COLUMNS:,} columns")
    names = distinct([printable(name) for name in header])
    columns = find_columns(names, chosen)
    if "text" not in columns:
        raise no_text_column(item, names, chosen)
    number = 0
    while (value := _value(out)) != "end":
        if value is None:
            number += 1
            report(TooLarge(f"{item} row {number}", f"over {ROW_BYTES:,} characters"))
        elif isinstance(value, list):
            number += 1
            cells = {name: as_cell(cell) for name, cell in zip(names, value, strict=True)}
            yield Row(number, cells, article_of(cells, columns))
        else:
            _check_memory(program, told, item, number, str(value))
            why = value.get("broken", "") if isinstance(value, dict) else ""
            why = (
                printable(str(why)).removeprefix("C Data interface error: ")[:200] or "what unpacks it could not go on"
            )
            raise Unreadable(item, f"breaks off after row {number}: {why}")


def _value(out: IO[bytes]) -> Any:
    """The next value told; an empty object where the program ended before it had finished."""
    line = out.readline()
    if not line.endswith(b"\n"):
        return {}
    try:
        return json.loads(line)
    except RecursionError:
        return {"broken": "a cell is nested too deep"}


def _check_memory(program: subprocess.Popen[bytes], told: IO[bytes], item: str, number: int, why: str) -> None:
    """Raise ``TooLarge`` where what ended the program was its limit of memory."""
    program.wait()
    told.seek(0, os.SEEK_END)
    told.seek(max(0, told.tell() - _TOLD_BYTES))
    words = told.read(_TOLD_BYTES) + why.encode("utf-8", "replace")
    if any(sign in words for sign in _NO_MEMORY):
        limit = megabytes(PARQUET_MEMORY_BYTES)
        raise TooLarge(
            item, f"after row {number}, {_AT_ONCE} rows need over {limit} to unpack; write it in smaller pages"
        )


@contextmanager
def _on_disk(stream: BinaryIO) -> Iterator[BinaryIO]:
    """``stream``, from its start, as a file another process can seek in."""
    try:
        stream.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            stream.seek(0)
            while chunk := stream.read(_CHUNK):
                copy.write(chunk)
            copy.seek(0)
            yield copy
        return
    # The other process shares the place in the file, not what is read ahead here.
    stream.seek(0)
    os.lseek(stream.fileno(), 0, os.SEEK_SET)
    yield stream
