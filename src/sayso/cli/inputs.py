"""The documents of the inputs of a command that keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sayso.cli import values
from sayso.cli.console import warn

if TYPE_CHECKING:
    from sayso.errors import ReadingError
    from sayso.model import Document


class Inputs:
    """The documents in ``sources``, read as they are asked for; ``failures`` counts what could not be read, by name.

    ``column`` are values of ``--column``. Usage error where these make no sense or none of ``sources`` is there.
    """

    def __init__(self, sources: Sequence[str], published: date | None, column: Sequence[str] | None) -> None:
        values.present(sources)
        self.failures = 0
        self._sources = sources
        self._published = published
        self._columns = values.columns(column)

    def __iter__(self) -> Iterator[Document]:
        from sayso.reading import read

        for source in self._sources:
            for reading in read(source, published=self._published, columns=self._columns, on_error=self._unread):
                yield reading.document

    def _unread(self, error: ReadingError) -> None:
        from sayso.errors import Repeated

        # What was left out because it was there already is told, but nothing is wrong.
        self.failures += not isinstance(error, Repeated)
        warn(str(error))
