"""Opening what is not a workspace says what it is and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sayso.errors import WorkspaceError
from sayso.workspace import Workspace


def test_created_it_opens_again(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "new" / "ws").close()
    with Workspace.open(tmp_path / "new" / "ws") as workspace:
        assert workspace.figures().documents == 0
    with Workspace.open_or_create(tmp_path / "new" / "ws") as workspace:
        assert workspace.events() == []


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no such folder; make one with: sayso build INPUT --into"):
        Workspace.open(tmp_path / "none")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(WorkspaceError, match=r"not a workspace \(it holds no workspace\.db\)"):
        Workspace.open(tmp_path)
    with pytest.raises(WorkspaceError, match="not empty, and not a workspace"):
        Workspace.create(tmp_path)
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Workspace.open_or_create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be read as one" * 100, b"SQLite format 3\0"]
)
def test_a_broken_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "workspace.db").write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"cannot be read as a workspace .* restore"):
        Workspace.open(tmp_path)


def test_another_programs_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "workspace.db") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(WorkspaceError, match="cannot be read as a workspace"):
        Workspace.open(tmp_path)


def test_a_later_schema(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "ws").close()
    with sqlite3.connect(tmp_path / "ws" / "workspace.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()
    with pytest.raises(WorkspaceError, match="has schema 0099"):
        Workspace.open(tmp_path / "ws")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "ws").write_text("x")
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Workspace.open_or_create(tmp_path / "ws")
