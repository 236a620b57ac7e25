"""The workspace: one folder that keeps captures, documents, statements, events and judgements.

    WS/workspace.db           everything but the bytes
    WS/originals/ab/cdef...   what was fetched, under its SHA-256

Nothing else in Sayso writes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from sayso.contract import Record, coded_document
from sayso.errors import WorkspaceError
from sayso.model import CodedDocument, Document, Judgement
from sayso.workspace import database, documents, judgements, queries
from sayso.workspace.originals import Originals
from sayso.workspace.queries import EventFilter, Figures, Told
from sayso.workspace.search import Hit, search
from sayso.workspace.tables import Meta

if TYPE_CHECKING:
    from sayso.reading import Reading

_STALE = "stale"


class Workspace:
    """A folder of kept work; use ``Workspace.open`` or ``Workspace.create``, and close it, best by ``with``."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self.originals = Originals(folder / "originals")
        self.engine = engine
        self._writer = database.writing(engine)
        self._run = documents.Run()

    @classmethod
    def open(cls, folder: Path | str) -> Self:
        """The workspace in ``folder``; WorkspaceError where there is none or it cannot be read."""
        return cls(Path(folder), database.open_existing(Path(folder)))

    @classmethod
    def create(cls, folder: Path | str) -> Self:
        """A new workspace in ``folder``, which must be new or empty."""
        return cls(Path(folder), database.create(Path(folder)))

    @classmethod
    def open_or_create(cls, folder: Path | str) -> Self:
        """The workspace in ``folder``, made where the folder is new or empty."""
        folder = Path(folder)
        fresh = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        return cls.create(folder) if fresh else cls.open(folder)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except IntegrityError:
            # A rule of the tables was broken: a fault of ours, not of the disk. It must be seen as it is.
            raise
        except DatabaseError as error:
            raise WorkspaceError(
                f"{self.folder}: its database refuses ({error.orig}); nothing of this step was kept. "
                "Check the disk, or restore the folder from a backup"
            ) from error

    # --- writing ------------------------------------------------------------------------------------------------------

    def receive(self, reading: Reading) -> tuple[documents.Receipt, str]:
        """Keep what was read, with its original; says what became of it, and its id here.

        It waits to be coded (``uncoded``) unless it is unchanged. When all of an origin was received, call ``finish``.
        """
        capture = reading.capture
        self.originals.keep(capture.bytes, capture.sha256)
        with self._transaction(self._writer) as connection:
            receipt, document_id = documents.receive(connection, self._run, capture, reading.document)
            if receipt != "unchanged":
                _mark(connection, stale=True)
        return receipt, document_id

    def finish(self, origin: str) -> int:
        """Let go of documents that ``origin`` no longer holds (they stay as history); returns how many."""
        with self._transaction(self._writer) as connection:
            gone = documents.finish(connection, self._run, origin)
            if gone:
                _mark(connection, stale=True)
        return gone

    def new_run(self) -> None:
        """Forget which rows of which origins were seen: to be called where a build begins."""
        self._run = documents.Run()

    def keep(self, coded: Sequence[CodedDocument], coder: str) -> None:
        """Keep what ``coder`` found in documents that were received, all of them or none."""
        with self._transaction(self._writer) as connection:
            for one in coded:
                documents.keep(connection, one, coder)
            _mark(connection, stale=True)

    def add(self, reading: Reading, coded: CodedDocument, coder: str) -> str:
        """Receive and keep one document at once; returns its id here, which ``coded`` must be for.

        Raises:
            WorkspaceError: the id had to be qualified, because another origin's document bears it: code it under that.
        """
        receipt, document_id = self.receive(reading)
        if document_id != coded.document.id:
            raise WorkspaceError(f"{coded.document.id}: is {document_id} here; code the document under that id")
        self.finish(reading.capture.origin)
        if receipt != "unchanged" or self.waiting(coder):
            self.keep([coded], coder)
        return document_id

    def relink(self) -> None:
        """Link all current statements into events anew, in one step: readers see the old events or the new ones."""
        # Looking at a workspace must not wait for what only linking needs.
        from sayso.workspace.events import relink

        coded = list(self.coded())
        with self._transaction(self._writer) as connection:
            relink(connection, coded)
            _mark(connection, stale=False)

    def add_judgement(
        self, kind: str, subject: Sequence[str], verdict: str, *, user: str, reason: str | None = None
    ) -> Judgement:
        """Record a person's decision.

        Of kind "same" or "different", about ids of statements, the next linking keeps it; others are only kept.
        """
        with self._transaction(self._writer) as connection:
            if kind in judgements.LINKING_KINDS:
                _mark(connection, stale=True)
            return judgements.add(
                connection, kind=kind, subject=subject, verdict=verdict, user=user, reason=reason, now=datetime.now(UTC)
            )

    def withdraw_judgement(self, judgement_id: str, *, user: str) -> None:
        """Take back a judgement; it stays on record."""
        with self._transaction(self._writer) as connection:
            if (
                judgements.withdraw(connection, judgement_id, user=user, now=datetime.now(UTC))
                in judgements.LINKING_KINDS
            ):
                _mark(connection, stale=True)

    # --- asking -------------------------------------------------------------------------------------------------------

    def waiting(self, coder: str) -> int:
        """How many current documents ``coder`` has not coded."""
        with self._transaction(self.engine) as connection:
            return documents.waiting(connection, coder)

    def coders(self) -> set[str]:
        """Versions of the coders that coded what is current; one, unless a build was stopped midway."""
        with self._transaction(self.engine) as connection:
            return documents.coders(connection)

    def uncoded(self, coder: str) -> Iterator[Document]:
        """The current documents that ``coder`` has not coded, oldest first."""
        return documents.uncoded(self.engine, coder)

    def records(self, ids: Sequence[str] | None = None) -> Iterator[Record]:
        """``sayso/document/1`` records as they are kept, in the order the documents came."""
        return documents.records(self.engine, ids)

    def coded(self, ids: Sequence[str] | None = None) -> Iterator[CodedDocument]:
        """The coded documents, in the order they came."""
        return (coded_document(record) for record in self.records(ids))

    def events(self, wanted: EventFilter | None = None) -> list[Record]:
        """``sayso/event/1`` records of the events that pass, by date, the undated last."""
        with self._transaction(self.engine) as connection:
            return queries.events(connection, wanted or EventFilter())

    def count(self, wanted: EventFilter | None = None) -> int:
        """How many events pass, whatever the limit."""
        with self._transaction(self.engine) as connection:
            return queries.count(connection, wanted or EventFilter())

    def told(self, event_ids: Sequence[str]) -> dict[str, list[Told]]:
        """The statements of each event with their words, the one that represents it first."""
        with self._transaction(self.engine) as connection:
            return queries.told(connection, event_ids)

    def copies(self) -> list[Record]:
        """Groups of copies: ``{"id", "documents": [id]}``."""
        with self._transaction(self.engine) as connection:
            return queries.copies(connection)

    def disagreements(self) -> list[Record]:
        """Records of every disagreement."""
        with self._transaction(self.engine) as connection:
            return queries.disagreements(connection)

    def judgements(self) -> list[Judgement]:
        """Every judgement in the order given, withdrawn ones included."""
        with self._transaction(self.engine) as connection:
            return list(judgements.judgements(connection))

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Documents that hold every word of ``query``, best first; "quotes" make a phrase, ``*`` ends a prefix."""
        with self._transaction(self.engine) as connection:
            return search(connection, query, limit)

    def figures(self) -> Figures:
        """How much there is of everything."""
        with self._transaction(self.engine) as connection:
            stale = connection.scalar(select(Meta.value).where(Meta.key == _STALE)) == "yes"
            return queries.figures(connection, stale=stale)


def _mark(connection: Connection, *, stale: bool) -> None:
    connection.execute(delete(Meta).where(Meta.key == _STALE))
    connection.execute(insert(Meta).values(key=_STALE, value="yes" if stale else "no"))
