"""The workspace: one place that keeps captures, documents, statements, events and judgements.

    WS/workspace.db           everything but the bytes
    WS/originals/ab/cdef...   what was fetched, under its SHA-256

or, for a team, a schema of a PostgreSQL database that holds both. Nothing else in Sayso writes there, and every write
is told to the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, IntegrityError

from sayso.contract import Record, coded_document
from sayso.errors import WorkspaceError
from sayso.linking import Judged, Tie, ties
from sayso.model import CodedDocument, Document, Judgement
from sayso.workspace import database, documents, judgements, judging, ledger, meta, queries, statements
from sayso.workspace.address import Folder, Server, parse_address
from sayso.workspace.corrections import Orphan
from sayso.workspace.facets import Facets, facets
from sayso.workspace.notebook import Events
from sayso.workspace.originals import FileOriginals, Originals, TableOriginals
from sayso.workspace.points import Cells, Points, cells, points
from sayso.workspace.queries import EventFilter, Figures, Told
from sayso.workspace.rows import rows
from sayso.workspace.search import Hit, search

if TYPE_CHECKING:
    import pandas
    import polars

    from sayso.linking.references import Reference
    from sayso.reading import Reading


#: Who writes where nobody says so: the one person at this machine.
LOCAL_USER = "local"
#: The schemas that began to keep a ledger, and what linking needs.
_LEDGER_SINCE, _LINKED_SINCE = "0002", "0006"


class Workspace:
    """A place of kept work; use ``Workspace.open`` or ``Workspace.create``, and close it, best by ``with``.

    ``where`` is a folder, or ``postgresql://user@host/database?schema=name`` (needs ``sayso[postgresql]``). ``user`` is
    who the ledger says has written.
    """

    def __init__(self, address: Folder | Server, engine: Engine, user: str = LOCAL_USER) -> None:
        self.address = address
        self.engine = engine
        self.user = user
        self._writer = database.writing(engine)
        self.originals: Originals = (
            FileOriginals(address.path / "originals")
            if isinstance(address, Folder)
            else TableOriginals(engine, self._writer)
        )
        self._run = documents.Run(user)

    @classmethod
    def open(cls, where: Path | str, user: str = LOCAL_USER) -> Self:
        """The workspace at ``where``; WorkspaceError where there is none or it cannot be read."""
        address = parse_address(where)
        return cls(address, database.open_existing(address), user)

    @classmethod
    def create(cls, where: Path | str, user: str = LOCAL_USER) -> Self:
        """A new workspace at ``where``, which must be new or empty."""
        workspace = cls.empty(where, user)
        with workspace.transaction(write=True) as connection:
            ledger.write(connection, user=user, action="created", subject="workspace", detail={})
        return workspace

    @classmethod
    def empty(cls, where: Path | str, user: str = LOCAL_USER) -> Self:
        """A new workspace whose ledger has not begun: for what copies another's into it."""
        address = parse_address(where)
        return cls(address, database.create(address), user)

    @classmethod
    def open_or_create(cls, where: Path | str, user: str = LOCAL_USER) -> Self:
        """The workspace at ``where``, made where there is nothing yet."""
        return cls.open(where, user) if database.exists(parse_address(where)) else cls.create(where, user)

    @staticmethod
    def upgrade(where: Path | str, user: str = LOCAL_USER) -> tuple[str, str]:
        """Bring a workspace of an older Sayso to this version; returns the versions before and after.

        Raises:
            WorkspaceError: there is none, or it is of a later version.
        """
        address = parse_address(where)
        before, after = database.upgrade(address)
        if before < _LINKED_SINCE:
            with Workspace.open(where, user) as workspace, workspace.transaction(write=True) as connection:
                if before < _LEDGER_SINCE:
                    documents.take_over(connection, user=user)
                    judgements.take_over(connection, user=user)
                meta.mark_stale(connection)
        return before, after

    @property
    def name(self) -> str:
        """What people call it."""
        return self.address.name

    def as_user(self, name: str) -> Self:
        """The same workspace, in the hands of ``name``."""
        other = copy(self)
        other.user = name
        other._run = documents.Run(name)
        return other

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
    def transaction(self, *, write: bool = False) -> Iterator[Connection]:
        """A connection in a transaction of its own, for the rooms of this folder; ``write`` takes the write lock."""
        try:
            with (self._writer if write else self.engine).begin() as connection:
                yield connection
        except IntegrityError:
            # A rule of the tables was broken: a fault of ours, not of the disk. It must be seen as it is.
            raise
        except DatabaseError as error:
            raise WorkspaceError(
                f"{self.address}: its database refuses ({error.orig}); nothing of this step was kept. "
                "Check the disk or the server, or restore it from a backup"
            ) from error

    # --- writing ------------------------------------------------------------------------------------------------------

    def receive(self, reading: Reading) -> tuple[documents.Receipt, str]:
        """Keep what was read, with its original; says what became of it, and its id here.

        It waits to be coded (``uncoded``) unless it is unchanged. When all of an origin was received, call ``finish``.
        """
        capture = reading.capture
        self.originals.keep(capture.bytes, capture.sha256)
        with self.transaction(write=True) as connection:
            receipt, document_id = documents.receive(connection, self._run, capture, reading.document)
            if receipt != "unchanged":
                meta.mark_stale(connection)
        return receipt, document_id

    def finish(self, origin: str) -> int:
        """Let go of documents that ``origin`` no longer holds (they stay as history); returns how many."""
        with self.transaction(write=True) as connection:
            gone = documents.finish(connection, self._run, origin)
            if gone:
                meta.mark_stale(connection)
        return gone

    def new_run(self) -> None:
        """Forget which rows of which origins were seen: to be called where a build begins."""
        self._run = documents.Run(self.user)

    def keep(self, coded: Sequence[CodedDocument], coder: str) -> None:
        """Keep what ``coder`` found in documents that were received, all of them or none."""
        with self.transaction(write=True) as connection:
            for one in coded:
                documents.keep(connection, one, coder, user=self.user)
            meta.mark_stale(connection)

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

    def relink(self, *, anew: bool = False) -> None:
        """Link all current statements into events, with what people judged laid over them.

        What changed since the last time is linked with its neighbours alone, and comes out as if everything was linked:
        that is done where much changed, where another Sayso linked before, or if ``anew``. It is one step: readers see
        the old events or the new ones.
        """
        # Looking at a workspace must not wait for what only linking needs.
        from sayso.workspace.relinking import relink_all, relink_changed

        with self.transaction(write=True) as connection:
            if anew or not relink_changed(connection):
                corrected = judging.corrected(connection)
                judged = sorted(statements.judged(connection) | corrected.reviews.keys())
                statements.put_reviews(connection, judged, corrected.reviews)
                relink_all(connection, corrected)
            number = queries.count(connection, EventFilter())
            ledger.write(connection, user=self.user, action="linked", subject="events", detail={"events": number})

    def add_references(self, source: str, rows: Iterable[Reference]) -> int:
        """Put reference rows in place of those of ``source`` and hold all events against them; returns how many.

        Events are linked anew in the same way as after a build; what documents say is never changed by a row.
        """
        from sayso.workspace import references

        with self.transaction(write=True) as connection:
            number = references.put(connection, source, rows)
            ledger.write(connection, user=self.user, action="reference", subject=source, detail={"rows": number})
            meta.mark_stale(connection)
        self.relink(anew=True)
        return number

    def judge(
        self,
        kind: str,
        verdict: str,
        statement_ids: Sequence[str],
        *,
        reason: str | None = None,
        detail: Mapping[str, Any] | None = None,
        seen: Sequence[str] | None = None,
        assignment: str | None = None,
    ) -> Judgement:
        """Record a decision of this workspace's user, and let it show: the events it touches are linked anew.

        ``kind`` and ``verdict`` are those of ``judgements.KINDS``: ``review`` accept or reject; ``edit`` a field, with
        ``detail={"value": ...}`` as in ``sayso/document/1``; ``add`` statement, with ``detail={"statement": ...}`` and
        the document's id in place of a statement's; ``same`` and ``different`` (``detail={"groups": [[id], [id]]}``);
        ``note`` note. ``seen`` are the judgements that the person knew of; None means all.

        Raises:
            JudgementError: it makes no sense; the message says why.
            Conflict: others judged the same in the meantime.
        """
        return judging.judge(
            self, kind, verdict, statement_ids, reason=reason, detail=detail, seen=seen, assignment=assignment
        )

    def withdraw(self, judgement_id: str) -> Judgement:
        """Take back a judgement: it stays on record, and is laid over nothing any more."""
        return judging.withdraw(self, judgement_id)

    # --- asking -------------------------------------------------------------------------------------------------------

    def waiting(self, coder: str) -> int:
        """How many current documents ``coder`` has not coded."""
        with self.transaction() as connection:
            return documents.waiting(connection, coder)

    def coders(self) -> set[str]:
        """Versions of the coders that coded what is current; one, unless a build was stopped midway."""
        with self.transaction() as connection:
            return documents.coders(connection)

    def uncoded(self, coder: str) -> Iterator[Document]:
        """The current documents that ``coder`` has not coded, oldest first."""
        return documents.uncoded(self.engine, coder)

    def records(self, ids: Sequence[str] | None = None, *, as_made: bool = False) -> Iterator[Record]:
        """``sayso/document/1`` records in the order the documents came, corrected by people; ``as_made``: not so."""
        return documents.records(self.engine, ids, as_made=as_made)

    def coded(self, ids: Sequence[str] | None = None, *, as_made: bool = False) -> Iterator[CodedDocument]:
        """The coded documents, in the order they came."""
        return (coded_document(record) for record in self.records(ids, as_made=as_made))

    def events(self, wanted: EventFilter | None = None) -> Events:
        """``sayso/event/1`` records of the events that pass, by date, the undated last; a table in a notebook."""
        with self.transaction() as connection:
            return Events(queries.events(connection, wanted or EventFilter()), self.told)

    def to_polars(self, table: str = "events", wanted: EventFilter | None = None) -> polars.DataFrame:
        """One of ``rows.TABLES`` (events, statements, documents, disagreements) of the events that pass.

        Raises:
            WorkspaceError: there is no such table, or polars is not installed.
        """
        from sayso.workspace.frames import polars_frame

        return polars_frame(table, rows(self, table, wanted))

    def to_pandas(self, table: str = "events", wanted: EventFilter | None = None) -> pandas.DataFrame:
        """As ``to_polars``, for pandas."""
        from sayso.workspace.frames import pandas_frame

        return pandas_frame(table, rows(self, table, wanted))

    def count(self, wanted: EventFilter | None = None) -> int:
        """How many events pass, whatever the limit."""
        with self.transaction() as connection:
            return queries.count(connection, wanted or EventFilter())

    def facets(self, wanted: EventFilter | None = None) -> Facets:
        """How many of the events that pass have each type, place and so on; see ``facets``."""
        with self.transaction() as connection:
            return facets(connection, wanted or EventFilter())

    @property
    def stale(self) -> bool:
        """Whether something came after the last linking that the events do not show yet."""
        with self.transaction() as connection:
            return meta.is_stale(connection)

    def points(self, wanted: EventFilter | None = None) -> Points:
        """The events that pass as a timeline and a map draw them."""
        with self.transaction() as connection:
            return points(connection, wanted or EventFilter())

    def cells(self, wanted: EventFilter | None = None) -> Cells:
        """How many of the events that pass lie where in time and space."""
        with self.transaction() as connection:
            return cells(connection, wanted or EventFilter())

    @property
    def revision(self) -> str:
        """The hash of the newest entry of the ledger: as long as it is the same, so is every answer."""
        with self.transaction() as connection:
            return ledger.newest(connection)

    def told(self, event_ids: Sequence[str]) -> dict[str, list[Told]]:
        """The statements of each event with their words, the one that represents it first."""
        with self.transaction() as connection:
            return queries.told(connection, event_ids)

    def document_of(self, statement_id: str) -> str | None:
        """The id of the document that makes a statement; None where there is no such statement."""
        with self.transaction() as connection:
            return queries.document_of(connection, statement_id)

    def ties(self, statement_ids: Sequence[str]) -> tuple[Tie, ...]:
        """What holds the statements of one event together, people's corrections and judgements in place."""
        found = {document for one in statement_ids if (document := self.document_of(one)) is not None}
        with self.transaction() as connection:
            laid = judging.corrected(connection, sorted(found))
        return ties(laid.coded, statement_ids, Judged(frozenset(laid.same), frozenset(laid.different)))

    def copies(self) -> list[Record]:
        """Groups of copies: ``{"id", "documents": [id], "pairs": [what two of them share]}``."""
        with self.transaction() as connection:
            return queries.copies(connection)

    def disagreements(self) -> list[Record]:
        """Records of every disagreement."""
        with self.transaction() as connection:
            return queries.disagreements(connection)

    def judgements(self, ids: Sequence[str] | None = None) -> list[Judgement]:
        """Every judgement in the order given, withdrawn ones included; or those of ``ids``."""
        with self.transaction() as connection:
            return list(judgements.judgements(connection, ids))

    def adopt(self, judgement_id: str, *, reason: str | None = None) -> Judgement:
        """Make a decision that a coder took blind everybody's, and let it show."""
        return judging.adopt(self, judgement_id, reason=reason)

    def original(self, document_id: str) -> tuple[str, bytes] | None:
        """The SHA-256 and the bytes of what a current document was read from; None where either is missing."""
        with self.transaction() as connection:
            sha256 = documents.original(connection, document_id)
        data = self.originals.read(sha256) if sha256 else None
        return (sha256, data) if sha256 and data is not None else None

    def orphans(self) -> tuple[Orphan, ...]:
        """Judgements that fit nothing now: their words are gone, or nothing is coded there any more."""
        with self.transaction() as connection:
            return judging.corrected(connection).orphans

    def ledger(self, subject: str | None = None) -> list[ledger.Entry]:
        """Every write in order, or those about one thing."""
        with self.transaction() as connection:
            return list(ledger.entries(connection, subject))

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Documents that hold every word of ``query``, best first; "quotes" make a phrase, ``*`` ends a prefix."""
        with self.transaction() as connection:
            return search(connection, query, limit)

    def figures(self) -> Figures:
        """How much there is of everything."""
        with self.transaction() as connection:
            return queries.figures(connection, stale=meta.is_stale(connection))
