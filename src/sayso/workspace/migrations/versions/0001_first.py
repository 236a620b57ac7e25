"""The tables of Sayso 0.1."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE document_words USING fts5(
         title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER documents_words_in AFTER INSERT ON documents BEGIN
         INSERT INTO document_words(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
    """CREATE TRIGGER documents_words_out AFTER DELETE ON documents BEGIN
         INSERT INTO document_words(document_words, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text); END""",
    """CREATE TRIGGER documents_words_changed AFTER UPDATE OF title, text ON documents BEGIN
         INSERT INTO document_words(document_words, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text);
         INSERT INTO document_words(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
)

# A text with more different words than a tsvector holds is found by its beginning: better than not being kept.
_POSTGRESQL_SEARCH = (
    """CREATE FUNCTION fold_words(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
         SELECT regexp_replace(normalize(coalesce(words, ''), NFKD), '[\u0300-\u036f]', '', 'g') $$""",
    "ALTER TABLE documents ADD COLUMN words tsvector",
    """CREATE FUNCTION index_document() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         new.words := setweight(to_tsvector('simple', fold_words(new.title)), 'A')
                   || setweight(to_tsvector('simple', fold_words(new.text)), 'B');
         RETURN new;
       EXCEPTION WHEN program_limit_exceeded THEN
         new.words := setweight(to_tsvector('simple', fold_words(left(new.text, 100000))), 'B');
         RETURN new;
       END $$""",
    """CREATE TRIGGER documents_words BEFORE INSERT OR UPDATE OF title, text ON documents
         FOR EACH ROW EXECUTE FUNCTION index_document()""",
    "CREATE INDEX documents_words_gin ON documents USING gin (words)",
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         RAISE EXCEPTION '% only grows', tg_table_name; END $$""",
)


def _only_grows(table: str) -> tuple[str, ...]:
    """Statements after which rows of ``table`` can be added, and neither changed nor deleted."""
    if op.get_bind().dialect.name == "sqlite":
        return tuple(
            f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN
                  SELECT RAISE(ABORT, '{table} only grows'); END"""
            for verb in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE TRIGGER {table}_grows BEFORE UPDATE OR DELETE ON {table} EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()",
    )


def _found_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("type", sa.String, nullable=False, index=True),
        sa.Column("status", sa.String, nullable=False, index=True),
        sa.Column("earliest", sa.Date, index=True),
        sa.Column("latest", sa.Date),
        sa.Column("place", sa.String, index=True),
        sa.Column("country", sa.String),
        sa.Column("admin1", sa.String),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
    )


def upgrade() -> None:
    op.create_table(
        "meta", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.String, nullable=False)
    )
    op.create_table(
        "captures",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False, index=True),
        sa.Column("retrieved_at", sa.DateTime, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("latest", sa.Boolean, nullable=False),
        sa.UniqueConstraint("id", "origin"),
    )
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("given_id", sa.String, nullable=False),
        sa.Column("capture_number", sa.Integer, sa.ForeignKey("captures.number"), nullable=False, index=True),
        sa.Column("origin", sa.String, nullable=False, index=True),
        sa.Column("input_sha256", sa.String, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("title", sa.String),
        sa.Column("outlet", sa.String, index=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.Column("coding", sa.JSON),
        sa.Column("coder", sa.String, index=True),
    )
    current = sa.text("NOT superseded")
    op.create_index(
        "documents_current_id", "documents", ["id"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_table(
        "statements",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, index=True),
        sa.Column("document_number", sa.Integer, sa.ForeignKey("documents.number", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *_found_columns(),
        sa.Column("record", sa.JSON, nullable=False),
        sa.UniqueConstraint("document_number", "id"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.String, primary_key=True),
        *_found_columns(),
        sa.Column("reading_order", sa.Integer, nullable=False),
        sa.Column("independent_sources", sa.Integer, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
    )
    event = sa.ForeignKey("events.id", ondelete="CASCADE")
    op.create_table(
        "event_statements",
        sa.Column("event_id", sa.String, event, primary_key=True),
        sa.Column(
            "statement_number", sa.Integer, sa.ForeignKey("statements.number", ondelete="CASCADE"), primary_key=True,
            index=True,
        ),
        sa.Column("position", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_table(
        "event_names",
        sa.Column("event_id", sa.String, sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True, index=True),
    )
    op.create_table(
        "copies",
        sa.Column("group_id", sa.String, primary_key=True),
        sa.Column(
            "document_number", sa.Integer, sa.ForeignKey("documents.number", ondelete="CASCADE"), primary_key=True,
            index=True,
        ),
        sa.Column("position", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_table(
        "disagreements",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("event_id", sa.String, sa.ForeignKey("events.id", ondelete="CASCADE"), index=True),
        sa.Column("document_number", sa.Integer, sa.ForeignKey("documents.number", ondelete="CASCADE"), index=True),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
    )
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.JSON, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "withdrawals",
        sa.Column("judgement_id", sa.String, sa.ForeignKey("judgements.id"), primary_key=True),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime, nullable=False),
    )
    search = _SQLITE_SEARCH if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_SEARCH
    for statement in (*search, *_only_grows("judgements"), *_only_grows("withdrawals")):
        op.execute(sa.text(statement.replace(":", r"\:")))
