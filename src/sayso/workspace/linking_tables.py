"""What linking keeps, so that a new document is linked with its neighbours alone (``relinking.py``).

All of it is worked out from documents and judgements, and made anew when everything is linked.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from sayso.workspace.tables import Base, Record


class WaitingRow(Base):
    """A document that changed since events were linked."""

    __tablename__ = "link_waiting"

    document_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class TextRow(Base):
    """The words of a linked document for comparing it: see ``sayso.linking.texts.Text``.

    ``keys`` and ``rank`` tell where it stands in ``link_text_keys``; NULL where another text of the same words, or
    none, stands for it. Arrays are little-endian numbers of 64 bits, ``standing`` is a bit for each shingle.
    """

    __tablename__ = "link_texts"

    document_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[str]
    outlet: Mapped[str | None] = mapped_column(index=True)
    day: Mapped[int | None]
    length: Mapped[int]
    digest: Mapped[str] = mapped_column(index=True)
    shingles: Mapped[bytes] = mapped_column(LargeBinary)
    standing: Mapped[bytes] = mapped_column(LargeBinary)
    rank: Mapped[bytes | None] = mapped_column(LargeBinary)
    keys: Mapped[bytes | None] = mapped_column(LargeBinary)


class TextKeyRow(Base):
    """A key at which a text meets others; ``item`` is a document's number."""

    __tablename__ = "link_text_keys"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    rank: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LikenessRow(Base):
    """What two documents share, if it tells anything: see ``sayso.linking.copies.Likeness``."""

    __tablename__ = "link_likenesses"

    shorter: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    longer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    shared: Mapped[int]
    jaccard: Mapped[float]
    containment: Mapped[float]
    opening: Mapped[float]
    same_words: Mapped[bool]


class LinkedRow(Base):
    """A statement as it was linked.

    ``compared`` is what comparing it needs beside its record; ``keys`` and ``rank`` tell where it stands in
    ``link_keys`` (NULL for a heading's, which only follows the statement ``host``); ``cluster`` is the id of the first
    statement of its cluster, which is ``vague`` if none of its reports tells when; ``meant`` is the cluster that a
    vague report means; ``posts`` are its keys in ``link_posts``.
    """

    __tablename__ = "link_statements"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True)
    document_number: Mapped[int] = mapped_column(index=True)
    compared: Mapped[Record]
    rank: Mapped[bytes | None] = mapped_column(LargeBinary)
    keys: Mapped[bytes | None] = mapped_column(LargeBinary)
    posts: Mapped[Record]
    host: Mapped[str | None] = mapped_column(index=True)
    cluster: Mapped[str | None] = mapped_column(index=True)
    vague: Mapped[bool]
    meant: Mapped[str | None] = mapped_column(index=True)
    event_id: Mapped[str] = mapped_column(index=True)


class KeyRow(Base):
    """A key at which a statement meets others; ``item`` is its number in ``link_statements``."""

    __tablename__ = "link_keys"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    rank: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class TiedRow(Base):
    """Two statements good enough to join, by their numbers in ``link_statements``, and how good."""

    __tablename__ = "link_ties"

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    second: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    worth: Mapped[float]


class PostRow(Base):
    """A key under which a statement is found: as ``known`` with a time, by what it ``asks`` for, by its ``order``."""

    __tablename__ = "link_posts"

    room: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    item: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class PressRow(Base):
    """A document that a side's own outlet printed, and when it was written."""

    __tablename__ = "link_press"

    document_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[str]
    side: Mapped[str]
    outlet: Mapped[str]
    written: Mapped[date | None] = mapped_column(index=True)


class JudgedRow(Base):
    """Two statements that people say are the ``same`` event or ``different`` ones, the smaller id first.

    With the numbers of their documents.
    """

    __tablename__ = "link_judged"

    first: Mapped[str] = mapped_column(primary_key=True)
    second: Mapped[str] = mapped_column(primary_key=True, index=True)
    kind: Mapped[str]
    first_document: Mapped[int] = mapped_column(index=True)
    second_document: Mapped[int] = mapped_column(index=True)
