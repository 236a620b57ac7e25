"""Questions a workspace answers: events by filter, the statements behind them, and figures."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from sayso.contract import Record
from sayso.vocabulary.outlets import outlets
from sayso.workspace.chunks import chunks
from sayso.workspace.search import holding
from sayso.workspace.statements import READ
from sayso.workspace.tables import (
    CopyRow,
    DisagreementRow,
    DocumentRow,
    EventNameRow,
    EventOutletRow,
    EventRow,
    EventStatementRow,
    NameRow,
    StatementRow,
)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are asked for. Names match anywhere in the name, whatever their case; several values mean "or".
    In double quotes a name is that one alone: the event's own place, or an actor of that name.

    ``earliest`` and ``latest`` keep what can have happened between those days, both inclusive; an event without a time
    is left out as soon as one of them is given. A place matches the event's place, its first-order division or its
    country's code. An outlet is named exactly; ``owners`` are kinds of owners of outlets (``vocabulary.outlets``);
    ``voices`` is the least number of independent ones; ``reviewed`` asks for events of which people judged a statement,
    or for the others; ``words`` must all stand in one document that tells the event. ``box`` keeps places between two
    latitudes and two longitudes: (south, west, north, east) in degrees, west greater than east where it spans the
    antimeridian. ``offset`` leaves out the first of those that pass.
    """

    ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    disputed: bool = False
    limit: int | None = None
    offset: int = 0
    outlets: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    voices: int = 0
    reviewed: bool | None = None
    words: str | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One statement with what is needed to quote it: ``record`` as in the contract, ``words`` of its sentence.

    ``origin`` is the path or URL its document was read from; ``review`` what people did to it (``accepted``,
    ``edited``, ``added``; None for nothing), and ``judgements`` the ids of all that they said of it.
    """

    record: Record
    document_id: str
    title: str | None
    outlet: str | None
    url: str | None
    origin: str
    words: str
    review: str | None
    judgements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How much a workspace holds. ``stale`` is true where documents were added or coded after the last linking."""

    documents: int
    waiting: int
    statements: int
    events: int
    copies: int
    disagreements: int
    stale: bool


#: By date, the undated last, in the order they are told. "IS NULL" would say the same, but not to an index.
IN_ORDER = (EventRow.earliest.asc().nulls_last(), EventRow.latest, EventRow.reading_order)


def events(connection: Connection, wanted: EventFilter) -> list[Record]:
    """Records of the events that pass, by date; the undated last, in the order they are told."""
    # Ids first: a database that must sort to find a page would carry every record along.
    page = select(EventRow.id).where(*conditions(connection, wanted)).order_by(*IN_ORDER)
    page = page.limit(wanted.limit).offset(wanted.offset or None)
    return list(connection.scalars(select(EventRow.record).where(EventRow.id.in_(page)).order_by(*IN_ORDER)))


def count(connection: Connection, wanted: EventFilter) -> int:
    """How many events pass, whatever the limit."""
    return connection.scalar(select(func.count()).select_from(EventRow).where(*conditions(connection, wanted))) or 0


def counted_events(connection: Connection, wanted: EventFilter) -> tuple[int, list[Record]]:
    """``count`` and ``events`` at once: what is asked for is looked for once."""
    narrowed = conditions(connection, wanted)
    if not narrowed:
        return count(connection, wanted), events(connection, wanted)
    columns = (EventRow.id, EventRow.earliest, EventRow.latest, EventRow.reading_order)
    passing = select(*columns).where(*narrowed).cte("passing").prefix_with("MATERIALIZED")
    order = (passing.c.earliest.asc().nulls_last(), passing.c.latest, passing.c.reading_order)
    page = select(passing.c.id).order_by(*order).limit(wanted.limit).offset(wanted.offset or None)
    total = select(func.count()).select_from(passing).scalar_subquery()
    query = select(total, EventRow.record).where(EventRow.id.in_(page)).order_by(*IN_ORDER)
    found = connection.execute(query).all()
    # No row tells how many pass where the page lies behind the last of them.
    return (found[0][0] if found else count(connection, wanted)), [record for _, record in found]


def told(connection: Connection, event_ids: Sequence[str], *, leading: bool = False) -> dict[str, list[Told]]:
    """The statements of each event, the one that represents it first; ``leading``: no other."""
    found: dict[str, list[Told]] = defaultdict(list)
    which = [EventStatementRow.position == 0] if leading else []
    start, end = (StatementRow.record["sentence"][border].as_integer() for border in ("start", "end"))
    for ids in chunks(event_ids):
        rows = connection.execute(
            select(
                EventStatementRow.event_id,
                StatementRow.record,
                StatementRow.review,
                StatementRow.judgements,
                DocumentRow.id.label("document_id"),
                DocumentRow.title,
                DocumentRow.outlet,
                DocumentRow.origin,
                DocumentRow.reading["url"].as_string().label("url"),
                func.substr(DocumentRow.text, start + 1, end - start).label("words"),
            )
            .join(StatementRow, StatementRow.number == EventStatementRow.statement_number)
            .join(DocumentRow, DocumentRow.number == StatementRow.document_number)
            .where(EventStatementRow.event_id.in_(ids), *which)
            .order_by(EventStatementRow.event_id, EventStatementRow.position)
        )
        for row in rows:
            found[row.event_id].append(
                Told(
                    row.record,
                    row.document_id,
                    row.title,
                    row.outlet,
                    row.url,
                    row.origin,
                    row.words,
                    row.review,
                    tuple(row.judgements or ()),
                )
            )
    return found


def document_of(connection: Connection, statement_id: str) -> str | None:
    """The id of the current document that makes a statement; None where there is no such statement."""
    return connection.scalar(
        select(DocumentRow.id)
        .join(StatementRow, StatementRow.document_number == DocumentRow.number)
        .where(StatementRow.id == statement_id, ~DocumentRow.superseded)
    )


def figures(connection: Connection, *, stale: bool) -> Figures:
    """How much there is of everything."""

    def number(table: type, *conditions: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    current = StatementRow.document_number.in_(select(DocumentRow.number).where(~DocumentRow.superseded))
    return Figures(
        documents=number(DocumentRow, ~DocumentRow.superseded),
        waiting=number(DocumentRow, ~DocumentRow.superseded, DocumentRow.coder.is_(None)),
        statements=number(StatementRow, current, READ),
        events=number(EventRow),
        copies=connection.scalar(select(func.count(CopyRow.group_id.distinct()))) or 0,
        disagreements=number(DisagreementRow),
        stale=stale,
    )


def copies(connection: Connection) -> list[Record]:
    """Groups of copies: ``{"id", "documents": [id], "pairs": [what two of them share]}``, by id."""
    groups: dict[str, Record] = {}
    for group, document, pairs in connection.execute(
        select(CopyRow.group_id, DocumentRow.id, CopyRow.pairs)
        .join(DocumentRow, DocumentRow.number == CopyRow.document_number)
        .order_by(CopyRow.group_id, CopyRow.position)
    ):
        record = groups.setdefault(group, {"id": group, "documents": [], "pairs": []})
        record["documents"].append(document)
        record["pairs"] += pairs or []
    return list(groups.values())


def disagreements(connection: Connection) -> list[Record]:
    """Records of every disagreement, by id."""
    return list(connection.scalars(select(DisagreementRow.record).order_by(DisagreementRow.id)))


def conditions(connection: Connection, wanted: EventFilter) -> list[ColumnElement[bool]]:
    """What a row of the events must fulfil to pass."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.ids:
        conditions.append(EventRow.id.in_(wanted.ids))
    if wanted.places:
        coded = [EventRow.country == name.upper() for name in wanted.places if len(name) == 2]
        exact, parts = _quoted(wanted.places)
        conditions.append(or_(EventRow.place.in_(exact), _named(("place",), parts), *coded))
    if wanted.actors:
        conditions.append(_named(("actor", "target"), wanted.actors))
    if wanted.types:
        conditions.append(EventRow.type.in_(wanted.types))
    if wanted.statuses:
        conditions.append(EventRow.status.in_(wanted.statuses))
    if wanted.earliest:
        conditions.append(EventRow.latest >= wanted.earliest)
    if wanted.latest:
        conditions.append(EventRow.earliest <= wanted.latest)
    if wanted.disputed:
        conditions.append(EventRow.disputed.is_(True))
    if wanted.outlets:
        conditions.append(_in_outlets(wanted.outlets))
    if wanted.owners:
        conditions.append(_in_outlets(owned(connection, wanted.owners)))
    if wanted.words is not None:
        conditions.append(_told_by(holding(connection.dialect.name, wanted.words)))
    if wanted.box is not None:
        south, west, north, east = wanted.box
        conditions.append(EventRow.latitude.between(south, north))
        eastward, westward = EventRow.longitude >= west, EventRow.longitude <= east
        conditions.append(and_(eastward, westward) if west <= east else or_(eastward, westward))
    if wanted.voices > 1:
        conditions.append(EventRow.independent_sources >= wanted.voices)
    if wanted.reviewed is not None:
        judged = EventRow.id.in_(judged_events())
        conditions.append(judged if wanted.reviewed else ~judged)
    return conditions


def judged_events() -> Select[str]:
    """Ids of the events of which people judged a statement."""
    return (
        select(EventStatementRow.event_id)
        .join(StatementRow, StatementRow.number == EventStatementRow.statement_number)
        # The same as "is not null", but SQLite looks into the index for it.
        .where(StatementRow.review > "")
    )


def owned(connection: Connection, owners: Collection[str]) -> list[str]:
    """The outlets that tell of events, as documents name them, which have one of these kinds of owners."""
    named = connection.scalars(select(EventOutletRow.outlet).distinct())
    return [name for name in named if (known := outlets().find(name)) and known.owner in owners]


def _in_outlets(names: Sequence[str]) -> ColumnElement[bool]:
    return EventRow.id.in_(select(EventOutletRow.event_id).where(EventOutletRow.outlet.in_(names)))


def _told_by(documents: Select[int]) -> ColumnElement[bool]:
    """Events that documents with these row numbers tell."""
    return EventRow.id.in_(
        select(EventStatementRow.event_id)
        .join(StatementRow, StatementRow.number == EventStatementRow.statement_number)
        .where(StatementRow.document_number.in_(documents))
    )


def fold(name: str) -> str:
    """``name`` without case, accents and doubled spaces, as names are compared here.

    >>> fold("  Deir  ez-Zōr ")
    'deir ez-zor'
    """
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


def _named(roles: Sequence[str], names: Sequence[str]) -> ColumnElement[bool]:
    exact, parts = _quoted(names)
    whole = NameRow.name.in_([fold(name) for name in exact])
    matches = or_(whole, *(NameRow.name.contains(fold(name), autoescape=True) for name in parts))
    numbers = select(NameRow.number).where(matches)
    return EventRow.id.in_(
        select(EventNameRow.event_id).where(EventNameRow.role.in_(roles), EventNameRow.name_number.in_(numbers))
    )


def _quoted(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names in double quotes, without them, and the others."""
    exact, parts = list[str](), list[str]()
    for name in names:
        quoted = len(name) > 2 and name[0] == name[-1] == '"'
        (exact if quoted else parts).append(name[1:-1] if quoted else name)
    return exact, parts
