"""The tables of a workspace. Only this folder writes them.

Rows have a number of their own beside the public id, because history is kept: when a newer capture of an origin
arrives, the older document stays as a row (``superseded``), and it may bear the same given id. Public ids are unique
among what is current. Everything here is portable SQL; what is SQLite's own (full-text search, append-only triggers)
is in ``database.py``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Record = dict[str, Any]


class Base(DeclarativeBase):
    """Root of the schema."""

    type_annotation_map = {Record: JSON, list[str]: JSON, list[Record]: JSON}  # noqa: RUF012 (SQLAlchemy reads it as a plain class attribute)


class Meta(Base):
    """What the workspace says of itself: schema version, coder version, whether events are up to date."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class CaptureRow(Base):
    """One fetched state of one origin; the bytes lie under ``originals/``. Every capture of an origin is kept."""

    __tablename__ = "captures"
    __table_args__ = (UniqueConstraint("id", "origin"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    origin: Mapped[str] = mapped_column(index=True)
    retrieved_at: Mapped[datetime]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    latest: Mapped[bool]


class DocumentRow(Base):
    """One document. ``reading`` is what was read (without the text), ``coding`` what was found in it.

    ``coder`` is the version of the coder that made ``coding``, NULL while the document waits to be coded;
    ``input_sha256`` tells whether a document read again is the one we have.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index(
            # The words of a question, or SQLite does not take it.
            "documents_current_id", "id", unique=True, sqlite_where=text("superseded = 0"),
            postgresql_where=text("NOT superseded"),
        ),
    )  # fmt: skip

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    given_id: Mapped[str] = mapped_column(index=True)
    capture_number: Mapped[int] = mapped_column(ForeignKey("captures.number"), index=True)
    origin: Mapped[str] = mapped_column(index=True)
    input_sha256: Mapped[str]
    superseded: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str | None]
    outlet: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str]
    reading: Mapped[Record]
    coding: Mapped[Record | None]
    coder: Mapped[str | None] = mapped_column(index=True)


class StatementRow(Base):
    """One statement: its record, and columns to find it by.

    ``record`` is what readers get. Where people changed it, ``machine`` is what the coder had made (NULL where they
    left it as it was, and where they added the statement), ``review`` says what they did (``accepted``, ``rejected``,
    ``edited``, ``added``), and ``judgements`` by which of their judgements.
    """

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint("document_number", "id"),
        Index("statements_of_documents", "document_number", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(index=True)
    document_number: Mapped[int] = mapped_column(ForeignKey("documents.number", ondelete="CASCADE"))
    position: Mapped[int]
    type: Mapped[str]
    status: Mapped[str]
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    place: Mapped[str | None]
    country: Mapped[str | None]
    admin1: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    record: Mapped[Record]
    machine: Mapped[Record | None] = mapped_column(JSON(none_as_null=True))
    review: Mapped[str | None] = mapped_column(index=True)
    judgements: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class EventRow(Base):
    """One event as last linked: its ``sayso/event/1`` record, and columns to find and order it by.

    ``reading_order`` orders events by where they are first told: document by document, from top to bottom;
    ``precision`` tells how narrowly its place is told.
    """

    __tablename__ = "events"
    # All that is asked of many events at once: an index that holds it spares reading their records.
    __table_args__ = (
        Index(
            "events_counted", "earliest", "latest", "place", "country", "latitude", "longitude", "precision", "type",
            "status", "independent_sources", "disputed", "id", "reading_order",
        ),
        Index("events_ordered", "earliest", "latest", "reading_order", "id"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    status: Mapped[str]
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    place: Mapped[str | None] = mapped_column(index=True)
    country: Mapped[str | None]
    admin1: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision: Mapped[str | None]
    reading_order: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    independent_sources: Mapped[int]
    disputed: Mapped[bool]
    record: Mapped[Record]


class EventStatementRow(Base):
    """Which statements an event is made of, the one that represents it first."""

    __tablename__ = "event_statements"
    __table_args__ = (Index("event_statements_told", "statement_number", "event_id"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    statement_number: Mapped[int] = mapped_column(ForeignKey("statements.number", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int]


class NameRow(Base):
    """A name that events can be found by, folded; kept once, because a search looks at every one of them."""

    __tablename__ = "names"

    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class EventNameRow(Base):
    """Names an event can be found by: its actors, targets and places, as written and as resolved."""

    __tablename__ = "event_names"
    __table_args__ = (Index("event_names_counted", "name_number", "role", "event_id"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    name_number: Mapped[int] = mapped_column(ForeignKey("names.number"), primary_key=True)


class EventOutletRow(Base):
    """The outlets that tell of an event, as documents name them."""

    __tablename__ = "event_outlets"
    __table_args__ = (Index("event_outlets_counted", "outlet", "event_id"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    outlet: Mapped[str] = mapped_column(primary_key=True)


class CopyRow(Base):
    """Membership of a document in a group of copies; ``pairs``: what it shares with members of later ids."""

    __tablename__ = "copies"

    group_id: Mapped[str] = mapped_column(primary_key=True)
    document_number: Mapped[int] = mapped_column(
        ForeignKey("documents.number", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    pairs: Mapped[list[Record] | None]


class DisagreementRow(Base):
    """Rival values, of an event or inside one document."""

    __tablename__ = "disagreements"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    document_number: Mapped[int | None] = mapped_column(ForeignKey("documents.number", ondelete="CASCADE"), index=True)
    field: Mapped[str]
    record: Mapped[Record]


class ReferenceRow(Base):
    """A row of someone else's record that events are held against; ``record`` as in ``references.py``."""

    __tablename__ = "reference_rows"
    __table_args__ = (UniqueConstraint("source", "id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    id: Mapped[str]
    record: Mapped[Record]


class JudgementRow(Base):
    """A person's decision. Rows are added and never changed; taking one back is a row of ``withdrawals``."""

    __tablename__ = "judgements"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    subject: Mapped[list[str]]
    verdict: Mapped[str]
    user: Mapped[str]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    detail: Mapped[Record | None]
    anchors: Mapped[list[Record] | None]
    assignment: Mapped[str | None] = mapped_column(index=True)


class WithdrawalRow(Base):
    """The taking back of a judgement: who and when. Rows are added and never changed."""

    __tablename__ = "withdrawals"

    judgement_id: Mapped[str] = mapped_column(ForeignKey("judgements.id"), primary_key=True)
    user: Mapped[str]
    withdrawn_at: Mapped[datetime]


class LedgerRow(Base):
    """One write: who did what to what and when, chained by hash to all before. Rows are added, never changed."""

    __tablename__ = "ledger"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[Record]
    previous: Mapped[str]
    sha256: Mapped[str]


class OriginalRow(Base):
    """Bytes that were fetched, where the workspace has no folder to keep them in."""

    __tablename__ = "originals"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


class UserRow(Base):
    """Someone who may use the workspace over a network. Of a token only its SHA-256 is kept."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    token_sha256: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    disabled: Mapped[bool]


class SessionRow(Base):
    """A browser that has signed in. Of its cookie only the SHA-256 is kept."""

    __tablename__ = "sessions"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.name", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]


class AssignmentRow(Base):
    """A document given to one coder; those of one document in one round are blind to each other."""

    __tablename__ = "assignments"

    id: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(index=True)
    document_id: Mapped[str] = mapped_column(index=True)
    user: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
