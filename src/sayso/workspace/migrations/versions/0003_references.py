"""Rows of other people's records, which events are held against."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "reference_rows",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.UniqueConstraint("source", "id"),
    )
