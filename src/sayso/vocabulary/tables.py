"""Reading the small CSV tables of the vocabulary: comment lines, one heading line, then rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from sayso.errors import VocabularyError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``where`` names file and line for error messages."""

    where: str
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The value of ``column``; VocabularyError if it is not among ``allowed``."""
        value = self.values[column]
        if value not in allowed:
            raise VocabularyError(f"{self.where}: {column} is {value!r}; write one of {', '.join(allowed)}")
        return value

    def some_of(self, column: str, allowed: Sequence[str]) -> frozenset[str]:
        """The values of ``column``, parted by ``|``; VocabularyError if one is not among ``allowed``."""
        found = frozenset(v for v in self.values[column].split("|") if v)
        if not found <= set(allowed):
            odd = ", ".join(sorted(found - set(allowed)))
            raise VocabularyError(f"{self.where}: {column} holds {odd}; write some of {', '.join(allowed)}")
        return found

    def whole(self, column: str) -> int | None:
        """The whole number in ``column``, None where it is empty; VocabularyError if it is anything else."""
        value = self.values[column]
        if not value:
            return None
        if not (value.isascii() and value.isdigit()) or len(value) > 18:
            raise VocabularyError(f"{self.where}: {column} is {value!r}; write a whole number or leave it empty")
        return int(value)


def packaged(name: str) -> str:
    """The text of the data file ``name`` of the package."""
    return files("sayso.vocabulary").joinpath("data", name).read_text(encoding="utf-8")


def rows(text: str, name: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of the table ``text``; ``name`` stands in messages.

    Lines that start with ``#`` and empty lines are left out. VocabularyError where the heading is not ``columns``, a
    row has too few or too many cells, or its first cell is empty.
    """
    heading: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        where = f"{name} line {number}"
        if heading is None:
            heading = cells
            if heading != list(columns):
                raise VocabularyError(f"{where}: the heading must be {','.join(columns)}")
            continue
        if len(cells) != len(heading):
            raise VocabularyError(f"{where}: {len(cells)} cells where {len(heading)} belong")
        if not cells[0]:
            raise VocabularyError(f"{where}: the first cell is empty")
        yield Row(where, dict(zip(heading, cells, strict=True)))
    if heading is None:
        raise VocabularyError(f"{name}: no heading; the first line must be {','.join(columns)}")
