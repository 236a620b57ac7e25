"""Parquet tables made for tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from arro3.core import Array, DataType, Field, RecordBatch, Schema
from arro3.io import write_parquet


def parquet(columns: Mapping[str, Sequence[str | None] | Array], **options: Any) -> bytes:
    """The table of ``columns``: strings, or values of another type. ``options`` are those of ``write_parquet``."""
    arrays = {
        name: values if isinstance(values, Array) else Array(values, DataType.utf8())
        for name, values in columns.items()
    }
    return parquet_of(list(arrays), list(arrays.values()), **options)


def parquet_of(names: Sequence[str], arrays: Sequence[Array], **options: Any) -> bytes:
    """The table whose columns are called ``names``, which may repeat."""
    fields = [Field(name, array.type) for name, array in zip(names, arrays, strict=True)]
    out = io.BytesIO()
    write_parquet(RecordBatch.from_arrays(list(arrays), schema=Schema(fields)), out, **options)
    return out.getvalue()
