"""What a timeline, a map and facets count lies in columns and indices of its own, beside the records."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

#: How narrowly the place of an event is told, as its record says it.
_PRECISION = {
    "sqlite": "json_extract(record, '$.place.precision')",
    "postgresql": "CASE json_typeof(record -> 'place') WHEN 'object' THEN record -> 'place' ->> 'precision' END",
}
#: All that is asked of many events at once: an index that holds it spares reading their records.
_COUNTED = (
    "earliest", "latest", "place", "country", "latitude", "longitude", "precision", "type", "status",
    "independent_sources", "disputed", "id",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("events", sa.Column("precision", sa.String, nullable=True))
    op.execute(f"UPDATE events SET precision = {_PRECISION[op.get_bind().dialect.name]}")
    op.drop_index("ix_events_earliest", "events")
    op.create_index("events_counted", "events", [*_COUNTED])
    op.drop_index("ix_event_names_name_number", "event_names")
    op.create_index("event_names_counted", "event_names", ["name_number", "role", "event_id"])
    op.create_table(
        "event_outlets",
        sa.Column("event_id", sa.String, sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("outlet", sa.String, primary_key=True),
    )
    op.create_index("event_outlets_counted", "event_outlets", ["outlet", "event_id"])
    op.execute(
        "INSERT INTO event_outlets SELECT DISTINCT event_statements.event_id, documents.outlet FROM event_statements"
        " JOIN statements ON statements.number = event_statements.statement_number"
        " JOIN documents ON documents.number = statements.document_number WHERE documents.outlet IS NOT NULL"
    )
