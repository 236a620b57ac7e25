"""The word lists of reading, as CSV files under ``vocabulary/data/reading``.

Each has a header comment (source, licence, version), a row of column names, and rows. A broken file is a
``VocabularyError`` naming file and line.
"""

from __future__ import annotations

from functools import cache

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged


@cache
def rows(name: str, *columns: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``vocabulary/data/reading/<name>.csv``, whose columns must be exactly ``columns``."""
    file = f"{name}.csv"
    text = packaged(f"reading/{file}")
    return parse(text, file, columns)


def parse(text: str, file: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of ``text``, a word list called ``file``."""
    return tuple(tuple(cell.strip() for cell in row.values.values()) for row in csv_rows(text, file, columns))
