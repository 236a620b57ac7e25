"""What linking keeps, so that a new document is linked with its neighbours alone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite's whole numbers have 64 bits as they are
        op.alter_column("events", "reading_order", type_=sa.BigInteger)
    op.create_table("link_waiting", _number("document_number"))
    op.create_table(
        "link_texts",
        _number("document_number"),
        sa.Column("document_id", sa.String, nullable=False),
        sa.Column("outlet", sa.String, nullable=True, index=True),
        sa.Column("day", sa.Integer, nullable=True),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False, index=True),
        sa.Column("shingles", sa.LargeBinary, nullable=False),
        sa.Column("standing", sa.LargeBinary, nullable=False),
        sa.Column("rank", sa.LargeBinary, nullable=True),
        sa.Column("keys", sa.LargeBinary, nullable=True),
    )
    op.create_table(
        "link_likenesses",
        _number("shorter"),
        sa.Column("longer", sa.Integer, primary_key=True, autoincrement=False, index=True),
        sa.Column("shared", sa.Integer, nullable=False),
        sa.Column("jaccard", sa.Double, nullable=False),
        sa.Column("containment", sa.Double, nullable=False),
        sa.Column("opening", sa.Double, nullable=False),
        sa.Column("same_words", sa.Boolean, nullable=False),
    )
    op.create_table(
        "link_statements",
        _number("number"),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("document_number", sa.Integer, nullable=False, index=True),
        sa.Column("compared", sa.JSON, nullable=False),
        sa.Column("rank", sa.LargeBinary, nullable=True),
        sa.Column("keys", sa.LargeBinary, nullable=True),
        sa.Column("posts", sa.JSON, nullable=False),
        sa.Column("host", sa.String, nullable=True, index=True),
        sa.Column("cluster", sa.String, nullable=True, index=True),
        sa.Column("vague", sa.Boolean, nullable=False),
        sa.Column("meant", sa.String, nullable=True, index=True),
        sa.Column("event_id", sa.String, nullable=False, index=True),
    )
    for table in ("link_text_keys", "link_keys"):
        op.create_table(
            table,
            _number("key", sa.BigInteger),
            sa.Column("rank", sa.LargeBinary, primary_key=True),
            _number("item"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "link_ties",
        _number("first"),
        sa.Column("second", sa.Integer, primary_key=True, autoincrement=False, index=True),
        sa.Column("worth", sa.Double, nullable=False),
    )
    op.create_table(
        "link_posts",
        sa.Column("room", sa.String, primary_key=True),
        _number("key", sa.BigInteger),
        _number("item"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_press",
        _number("document_number"),
        sa.Column("document_id", sa.String, nullable=False),
        sa.Column("side", sa.String, nullable=False),
        sa.Column("outlet", sa.String, nullable=False),
        sa.Column("written", sa.Date, nullable=True, index=True),
    )
    op.create_table(
        "link_judged",
        sa.Column("first", sa.String, primary_key=True),
        sa.Column("second", sa.String, primary_key=True, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("first_document", sa.Integer, nullable=False, index=True),
        sa.Column("second_document", sa.Integer, nullable=False, index=True),
    )


def _number(name: str, kind: type = sa.Integer) -> sa.Column[int]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)
