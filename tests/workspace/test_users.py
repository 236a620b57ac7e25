"""Users come in by tokens that the database does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text, update

from sayso.errors import WorkspaceError
from sayso.workspace import Workspace, users
from sayso.workspace.tables import SessionRow


@pytest.fixture
def workspace(where: str) -> Iterator[Workspace]:
    with Workspace.create(where) as made:
        yield made


def test_a_token_is_its_users_until_another_is_given(workspace: Workspace) -> None:
    with workspace.transaction(write=True) as connection:
        first = users.add(connection, "ana", "coder", by="local")
        second = users.add(connection, "ana", "editor", by="local")
        other = users.add(connection, "ben", "reader", by="local")
        assert users.by_token(connection, first) is None
        ana = users.by_token(connection, second)
        assert ana is not None
        assert (ana.name, ana.role) == ("ana", "editor")
        assert [user.name for user in users.users(connection)] == ["ana", "ben"]
        kept = str(connection.execute(text("SELECT * FROM users")).all()) + str(workspace.ledger())
        assert not any(token in kept for token in (first, second, other))
        for wrong in ("", "sayso_", second[:-1], second + "x", "\ud800"):
            assert users.by_token(connection, wrong) is None


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reader", ["reader"]),
        ("coder", ["reader", "coder"]),
        ("editor", ["reader", "coder", "editor"]),
        ("owner", ["reader", "coder", "editor", "owner"]),
    ],
)
def test_each_role_may_what_those_before_it_may(role: users.Role, may: list[str]) -> None:
    assert [wanted for wanted in users.ROLES if users.User("ana", role).may(wanted)] == may
    assert not users.User("ana", role, disabled=True).may("reader")


def test_sessions_end(workspace: Workspace) -> None:
    with workspace.transaction(write=True) as connection:
        token = users.add(connection, "ana", "editor", by="local")
        ana = users.by_token(connection, token)
        assert ana is not None
        cookies = [users.begin_session(connection, ana) for _ in range(3)]
        assert all(users.by_session(connection, cookie) == ana for cookie in cookies)
        users.end_session(connection, cookies[0])
        assert users.by_session(connection, cookies[0]) is None
        connection.execute(update(SessionRow).values(expires_at=datetime(2020, 1, 1)))
        assert users.by_session(connection, cookies[1]) is None
        fresh = users.begin_session(connection, ana)
        users.disable(connection, "ana", by="local")
        assert users.by_session(connection, fresh) is None
        assert users.by_token(connection, token) is None


@pytest.mark.parametrize("name", ["", " ", "a b", "-x", "a" * 65, "<b>", "a\n", "\0"])
def test_names_that_cannot_be(workspace: Workspace, name: str) -> None:
    with workspace.transaction(write=True) as connection:
        with pytest.raises(WorkspaceError, match="name is"):
            users.add(connection, name, "reader", by="local")
        with pytest.raises(WorkspaceError, match="a role is"):
            users.add(connection, "ana", "king", by="local")
        with pytest.raises(WorkspaceError, match="no such user"):
            users.disable(connection, "nobody", by="local")
