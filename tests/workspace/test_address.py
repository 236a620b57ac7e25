"""Folders and servers are told apart, and no password is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import WorkspaceError
from sayso.workspace import Workspace
from sayso.workspace.address import Folder, Server, parse_address


@pytest.mark.parametrize("where", ["ws", "/tmp/ws", "c:/ws", "post gres", "http://example.org", ""])
def test_everything_else_is_a_folder(where: str) -> None:
    assert parse_address(where) == Folder(Path(where))


@pytest.mark.parametrize(
    ("where", "schema", "shown"),
    [
        ("postgresql://ana:secret@db/team", "sayso", "postgresql://ana@db/team?schema=sayso"),
        ("postgres://db/team?schema=yemen_2016", "yemen_2016", "postgresql://db/team?schema=yemen_2016"),
    ],
)
def test_a_server(where: str, schema: str, shown: str) -> None:
    address = parse_address(where)
    assert isinstance(address, Server)
    assert (address.schema, str(address), address.name) == (schema, shown, f"team/{schema}")


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://",
        "postgresql://ana:secret@db",
        "postgresql://ana:secret@db/team?schema=x;drop",
        "postgresql://ana:secret@db/team?schema=pg_catalog",
        "postgresql://ana:secret@db/team?schema=a&schema=b",
        "postgresql://ana:secret@db:port/team",
    ],
)
def test_what_cannot_be_is_refused_without_its_password(where: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        parse_address(where)
    assert "secret" not in str(refused.value)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(WorkspaceError, match="cannot be read as a workspace") as refused:
        Workspace.open("postgresql://ana:secret@127.0.0.1:9/team")
    assert "secret" not in str(refused.value)


def test_two_workspaces_in_one_database_and_what_is_not_one(postgresql: str) -> None:
    one, two = f"{postgresql}&schema=one_of_two", f"{postgresql}&schema=two_of_two"
    with Workspace.create(one), Workspace.create(two) as second:
        assert second.figures().documents == 0
    with pytest.raises(WorkspaceError, match="not empty"):
        Workspace.create(one)
    with pytest.raises(WorkspaceError, match="make one with"):
        Workspace.open(f"{postgresql}&schema=nothing_here")
