"""What two copies share, kept with their group."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("copies", sa.Column("pairs", sa.JSON, nullable=True))
