"""The word lists of reading, as CSV files under ``vocabulary/data/reading``.

Each has a header comment (source, licence, version), a row of column names, and rows. A broken file is a
``VocabularyError`` naming file and line.
"""

from __future__ import annotations

import csv
from functools import cache

from sayso.errors import VocabularyError
from sayso.vocabulary.tables import packaged


@cache
def rows(name: str, *columns: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``vocabulary/data/reading/<name>.csv``, whose columns must be exactly ``columns``."""
    file = f"{name}.csv"
    text = packaged(f"reading/{file}")
    return parse(text, file, columns)


def parse(text: str, file: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of ``text``, a word list called ``file``."""
    found: list[tuple[str, ...]] = []
    header: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in next(csv.reader([line])))
        if header is None:
            header = cells
            if header != columns:
                raise VocabularyError(f"{file} line {number}: columns are {header}, not {columns}")
        elif len(cells) != len(columns):
            raise VocabularyError(f"{file} line {number}: {len(cells)} cells, not {len(columns)}")
        else:
            found.append(cells)
    if header is None:
        raise VocabularyError(f"{file}: no row of column names")
    return tuple(found)
