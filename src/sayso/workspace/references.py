"""Reference rows in the tables: put there by source, and read back to hold events against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, delete, func, select

from sayso.contract import Record, whereabouts_record
from sayso.linking.references import REACH, Mark, Reference, References
from sayso.linking.views import EventPlace
from sayso.workspace import chunks
from sayso.workspace.tables import ReferenceRow


def put(connection: Connection, source: str, rows: Iterable[Reference]) -> int:
    """Put ``rows`` in place of all of ``source``; returns how many. A bad row leaves what was there."""
    connection.execute(delete(ReferenceRow).where(ReferenceRow.source == source))
    records = ({"source": source, "id": row.id, "record": _record(row)} for row in rows)
    return chunks.put(connection, ReferenceRow, records)


def references_here(connection: Connection, days: tuple[date, date] | None = None) -> References | None:
    """The rows, ready to be asked; None where there are none. ``days``: those that an event in these days can meet."""
    if not connection.scalar(select(func.count()).select_from(ReferenceRow)):
        return None
    rows = select(ReferenceRow.source, ReferenceRow.id, ReferenceRow.record)
    if days is not None:
        first = date.fromordinal(max(date.min.toordinal(), days[0].toordinal() - REACH)).isoformat()
        last = date.fromordinal(min(date.max.toordinal(), days[1].toordinal() + REACH)).isoformat()
        told = {end: ReferenceRow.record[end].as_string() for end in ("earliest", "latest")}
        rows = rows.where(told["earliest"] <= last, told["latest"] >= first)
    return References(_reference(row.source, row.id, row.record) for row in connection.execute(rows))


def mark_record(mark: Mark) -> Record:
    """A mark as it stands in ``sayso/event/1``."""
    return {"source": mark.source, "row": mark.row, "verdict": mark.verdict, "fields": list(mark.fields)}


def _record(row: Reference) -> Record:
    place = row.place
    return {
        "earliest": row.earliest.isoformat(),
        "latest": row.latest.isoformat(),
        "place": place and whereabouts_record(place),
        "parties": list(row.parties),
        "killed": list(row.killed) if row.killed else None,
    }


def _reference(source: str, row_id: str, record: Record) -> Reference:
    place = record["place"]
    return Reference(
        source=source,
        id=row_id,
        earliest=date.fromisoformat(record["earliest"]),
        latest=date.fromisoformat(record["latest"]),
        place=EventPlace(**place, evidence=()) if place else None,
        parties=tuple(record["parties"]),
        killed=(record["killed"][0], record["killed"][1]) if record["killed"] else None,
    )
