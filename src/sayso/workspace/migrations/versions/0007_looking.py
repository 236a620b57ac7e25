"""Indices that what is asked for can use, and none that nothing asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

#: As of 0005, and what events of the same days are ordered by.
_COUNTED = (
    "earliest", "latest", "place", "country", "latitude", "longitude", "precision", "type", "status",
    "independent_sources", "disputed", "id", "reading_order",
)  # fmt: skip


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # SQLite takes a partial index only where a question repeats its words: with "NOT superseded" it read all rows.
        op.drop_index("documents_current_id", "documents")
        op.create_index(
            "documents_current_id", "documents", ["id"], unique=True, sqlite_where=sa.text("superseded = 0")
        )
    op.create_index("ix_documents_given_id", "documents", ["given_id"])
    op.drop_index("events_counted", "events")
    op.create_index("events_counted", "events", [*_COUNTED])
    op.create_index("events_ordered", "events", ["earliest", "latest", "reading_order", "id"])
    # So many events are of one type or status that reading each takes longer than reading all of an index.
    op.drop_index("ix_events_type", "events")
    op.drop_index("ix_events_status", "events")
    for column in ("type", "status", "earliest", "place"):
        op.drop_index(f"ix_statements_{column}", "statements")
    op.create_index("statements_of_documents", "statements", ["document_number", "number"])
    op.drop_index("ix_event_statements_statement_number", "event_statements")
    op.create_index("event_statements_told", "event_statements", ["statement_number", "event_id"])
