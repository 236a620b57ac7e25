"""Parquet tables, in batches (pyarrow)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

import pyarrow
import pyarrow.parquet

from sayso.errors import TooLarge, Unreadable
from sayso.reading.columns import find_columns, no_text_column
from sayso.reading.decode import printable
from sayso.reading.limits import COLUMNS, PARQUET_GROUP_BYTES, ROW_BYTES, megabytes
from sayso.reading.tables import Report, Row, article_of, as_cell

_BATCH = 64


def parquet_rows(stream: BinaryIO, item: str, chosen: Mapping[str, str] | None, report: Report) -> Iterator[Row]:
    """The rows of a Parquet table. Raises ``Unreadable`` where it is broken, ``TooLarge`` before unpacking too much."""
    try:
        table = pyarrow.parquet.ParquetFile(stream)
        names = [str(name) for name in table.schema_arrow.names]
        groups = [table.metadata.row_group(n).total_byte_size for n in range(table.metadata.num_row_groups)]
    except (pyarrow.ArrowException, OSError, ValueError):
        raise Unreadable(item, "is a broken or cut off Parquet file") from None
    if len(names) > COLUMNS:
        raise TooLarge(item, f"over {COLUMNS:,} columns")
    if max(groups, default=0) > PARQUET_GROUP_BYTES:
        raise TooLarge(item, f"a row group unpacks to over {megabytes(PARQUET_GROUP_BYTES)}; write it in smaller ones")
    columns = find_columns(names, chosen)
    if "text" not in columns:
        raise no_text_column(item, names, chosen)
    number = 0
    batches = table.iter_batches(batch_size=_BATCH)
    while True:
        try:
            batch = next(batches, None)
            values = batch.to_pylist() if batch is not None else []
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise Unreadable(item, f"breaks off after row {number}: {str(error)[:200]}") from None
        if batch is None:
            return
        for value in values:
            number += 1
            cells = {printable(str(name)): as_cell(cell) for name, cell in value.items()}
            if sum(len(cell) for cell in cells.values() if cell) > ROW_BYTES:
                report(TooLarge(f"{item} row {number}", f"over {ROW_BYTES:,} characters"))
                continue
            yield Row(number, cells, article_of(cells, columns))
