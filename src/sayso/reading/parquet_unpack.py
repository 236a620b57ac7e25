"""The process that unpacks a Parquet table: run as a program by ``parquet``, never imported by it.

The library that unpacks (arro3) is fast, but on a broken file it may end the whole process, which no ``try`` catches,
and a small file may unpack to any size. Here the first ends only this process, and the second hits its memory limit.

It imports nothing of Sayso, so it starts in 30 ms. In: the table as standard input, a file that can be sought; as
arguments the rows unpacked at once, the characters a row may have, the bytes of memory it may take. Out, one JSON value
a line: the list of the columns' names; a list of cells a row, or ``null`` for a row too large; and ``"end"``, or
``{"broken": why}`` where the table cannot be read on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]


def lines(table: BinaryIO, at_once: int, row_characters: int) -> Iterator[str]:
    """The lines to be written for ``table``."""
    # The limit on memory has to stand before this takes any.
    import arro3.io

    try:
        reader = arro3.io.read_parquet(table, batch_size=at_once)
        yield _json(reader.schema.names)
        for batch in reader:
            for row in zip(*map(_values, batch.columns), strict=True):
                line = _json(row)
                yield line if len(line) <= row_characters else "null"
    # A panic of the library is no Exception.
    except BaseException as error:  # noqa: BLE001
        yield _json({"broken": str(error) or type(error).__name__})
    else:
        yield '"end"'


def _values(column: Any) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        # A point in time beyond those Python has.
        from arro3.core import DataType

        values = column.cast(DataType.string()).to_pylist()
    return values


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_written)


def _written(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def main(at_once: int, row_characters: int, memory_bytes: int) -> None:
    """Unpack standard input to standard output."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        # A process that ends itself would leave its memory on the disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    for line in lines(sys.stdin.buffer, at_once, row_characters):
        out.write(line.encode("utf-8", "replace") + b"\n")
        # What was read before the library ended the process counts.
        out.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
