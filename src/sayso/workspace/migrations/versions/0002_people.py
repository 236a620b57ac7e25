"""What people do: a ledger of every write, judgements with anchors, users, sessions, assignments."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False, index=True),
        sa.Column("subject", sa.String, nullable=False, index=True),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("token_sha256", sa.String, unique=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("user", sa.String, sa.ForeignKey("users.name", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("round", sa.String, nullable=False, index=True),
        sa.Column("document_id", sa.String, nullable=False, index=True),
        sa.Column("user", sa.String, nullable=False, index=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("done_at", sa.DateTime),
    )
    for column in (
        sa.Column("detail", sa.JSON),
        sa.Column("anchors", sa.JSON),
        sa.Column("assignment", sa.String),
    ):
        op.add_column("judgements", column)
    op.create_index("ix_judgements_assignment", "judgements", ["assignment"])
    for column in (
        sa.Column("machine", sa.JSON),
        sa.Column("review", sa.String),
        sa.Column("judgements", sa.JSON),
    ):
        op.add_column("statements", column)
    op.create_index("ix_statements_review", "statements", ["review"])

    op.create_table(
        "names",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
    )
    op.execute("INSERT INTO names (name) SELECT DISTINCT name FROM event_names")
    op.create_table(
        "event_name_numbers",
        sa.Column("event_id", sa.String, sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("name_number", sa.Integer, sa.ForeignKey("names.number"), primary_key=True),
    )
    op.execute(
        "INSERT INTO event_name_numbers (event_id, role, name_number) "
        "SELECT e.event_id, e.role, n.number FROM event_names e JOIN names n ON n.name = e.name"
    )
    op.drop_table("event_names")
    op.rename_table("event_name_numbers", "event_names")
    op.create_index("ix_event_names_name_number", "event_names", ["name_number"])

    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER ledger_no_{verb} BEFORE {verb} ON ledger BEGIN"
                " SELECT RAISE(ABORT, 'ledger only grows'); END"
            )
    else:
        op.execute("CREATE TRIGGER ledger_grows BEFORE UPDATE OR DELETE ON ledger EXECUTE FUNCTION refuse_change()")
        op.execute("CREATE TRIGGER ledger_stays BEFORE TRUNCATE ON ledger EXECUTE FUNCTION refuse_change()")
