"""A workspace of an older Sayso is brought to this one, whole; and the steps give the tables that the code expects."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from plain_coder import PlainCoder
from plain_workspace import built, write_rows

from sayso.errors import WorkspaceError
from sayso.workspace import Workspace
from sayso.workspace.checking import Finding, check
from sayso.workspace.tables import Base


def test_the_steps_make_the_tables_of_the_code(where: str) -> None:
    with Workspace.create(where) as workspace, workspace.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    own = [one for one in differences if "document_words" not in str(one) and "words" not in str(one)]
    assert own == []


#: Takes step 0007 back.
_BEFORE_0007 = """
    DROP INDEX events_ordered; DROP INDEX ix_documents_given_id; DROP INDEX statements_of_documents;
    DROP INDEX event_statements_told;
    CREATE INDEX ix_events_type ON events (type); CREATE INDEX ix_events_status ON events (status);
    CREATE INDEX ix_statements_type ON statements (type); CREATE INDEX ix_statements_status ON statements (status);
    CREATE INDEX ix_statements_earliest ON statements (earliest);
    CREATE INDEX ix_statements_place ON statements (place);
    CREATE INDEX ix_event_statements_statement_number ON event_statements (statement_number);
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A workspace as Sayso 0.1 left it: a built one, with all that came later taken out of its database."""
    article = {"id": "a", "outlet": "Gazette", "text": "On 2016-03-27 the army shelled Homs, killing 8, said SANA."}
    with built(tmp_path / "ws", write_rows(tmp_path / "a.jsonl", [article])):
        pass
    with sqlite3.connect(tmp_path / "ws" / "workspace.db") as connection:
        connection.executescript(
            _BEFORE_0007
            + """
            CREATE TABLE old_names AS SELECT e.event_id, e.role, n.name FROM event_names e
              JOIN names n ON n.number = e.name_number;
            DROP TABLE event_names; DROP TABLE names;
            CREATE TABLE event_names (event_id VARCHAR NOT NULL, role VARCHAR NOT NULL, name VARCHAR NOT NULL,
              PRIMARY KEY (event_id, role, name), FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE);
            INSERT INTO event_names SELECT * FROM old_names; DROP TABLE old_names;
            UPDATE documents SET coding = json_remove(coding, '$.opinions');
            DROP TABLE reference_rows;
            DROP TABLE link_waiting; DROP TABLE link_texts; DROP TABLE link_text_keys; DROP TABLE link_likenesses;
            DROP TABLE link_statements; DROP TABLE link_keys; DROP TABLE link_ties; DROP TABLE link_posts;
            DROP TABLE link_press; DROP TABLE link_judged;
            DROP TABLE ledger; DROP TABLE originals; DROP TABLE sessions; DROP TABLE users; DROP TABLE assignments;
            DROP INDEX ix_judgements_assignment; DROP INDEX ix_statements_review;
            ALTER TABLE judgements DROP COLUMN detail; ALTER TABLE judgements DROP COLUMN anchors;
            ALTER TABLE judgements DROP COLUMN assignment;
            ALTER TABLE statements DROP COLUMN machine; ALTER TABLE statements DROP COLUMN review;
            ALTER TABLE statements DROP COLUMN judgements;
            DROP TABLE alembic_version;
            ALTER TABLE copies DROP COLUMN pairs;
            DROP TABLE event_outlets; DROP INDEX events_counted; ALTER TABLE events DROP COLUMN precision;
            CREATE INDEX ix_events_earliest ON events (earliest);
            INSERT INTO meta VALUES ('schema', '1');
            INSERT INTO judgements (id, kind, subject, verdict, user, created_at)
              VALUES ('jud_old', 'note', '["evt_1"]', 'note', 'ana', '2026-01-01 00:00:00.000000');
            """
        )
    connection.close()
    return tmp_path / "ws"


def test_an_older_workspace_says_what_to_do_and_is_upgraded(old: Path) -> None:
    with pytest.raises(WorkspaceError, match=f"has schema 0001.*sayso upgrade {old}"):
        Workspace.open(old)
    before = (old / "workspace.db").read_bytes()
    assert Workspace.upgrade(old) == ("0001", "0007")
    assert (old / "workspace.db.before-0007").read_bytes() == before
    with Workspace.open(old) as workspace:
        assert [event["type"] for event in workspace.events()] == ["shelling"]
        assert [spot.precision for spot in workspace.points().spots] == ["exact"]
        assert workspace.facets()["outlet"] == [("Gazette", 1)]
        assert [judgement.id for judgement in workspace.judgements()] == ["jud_old"]
        workspace.relink()
        assert [step for step in check(workspace, PlainCoder()) if isinstance(step, Finding)] == []
        assert [entry.action for entry in workspace.ledger()] == ["received", "coded", "judged", "linked"]
    assert Workspace.upgrade(old) == ("0007", "0007")


def test_a_later_one_is_not_touched(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "ws").close()
    with sqlite3.connect(tmp_path / "ws" / "workspace.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()
    with pytest.raises(WorkspaceError, match="later than this"):
        Workspace.upgrade(tmp_path / "ws")


def test_a_step_that_fails_leaves_the_workspace_as_it_was(old: Path) -> None:
    with sqlite3.connect(old / "workspace.db") as connection:
        connection.execute("CREATE TABLE assignments (mine TEXT)")
    connection.close()
    with pytest.raises(WorkspaceError, match=r"cannot be upgraded .*assignments.* it is as it was"):
        Workspace.upgrade(old)
    with sqlite3.connect(old / "workspace.db") as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert "ledger" not in tables


def test_what_the_ledger_knows_is_not_told_again(old: Path) -> None:
    Workspace.upgrade(old)
    with Workspace.open(old) as workspace:
        workspace.relink()
        told = workspace.ledger()
    with sqlite3.connect(old / "workspace.db") as connection:
        connection.executescript(_BEFORE_0007 + "UPDATE alembic_version SET version_num = '0006'")
    connection.close()
    assert Workspace.upgrade(old) == ("0006", "0007")
    with Workspace.open(old) as workspace:
        assert workspace.ledger() == told
        assert not workspace.stale
