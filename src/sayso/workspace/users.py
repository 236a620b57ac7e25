"""Who may do what: users with a role and a token, and the sessions of their browsers.

Tokens and cookies are 256 random bits; only their SHA-256 is kept, so the database gives nobody a way in. They need no
slow hash: nobody guesses 256 bits (OWASP Password Storage Cheat Sheet: slow hashes are for what people choose).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update

from sayso.errors import WorkspaceError
from sayso.ids import sha256_hex
from sayso.workspace import ledger
from sayso.workspace.tables import SessionRow, UserRow

#: Each may do all that those before it may: look; code what they are assigned; judge for all; manage users.
Role = Literal["reader", "coder", "editor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)

SESSION = timedelta(hours=12)
_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")


@dataclass(frozen=True, slots=True)
class User:
    """Someone who may use the workspace."""

    name: str
    role: Role
    created_at: datetime | None = None
    disabled: bool = False

    def may(self, role: Role) -> bool:
        """Whether this user may do what ``role`` may."""
        return not self.disabled and ROLES.index(self.role) >= ROLES.index(role)


def add(connection: Connection, name: str, role: str, *, by: str) -> str:
    """Add a user, or give one that is there a new role and token; returns the token, which is kept nowhere.

    Raises:
        WorkspaceError: the name or the role cannot be.
    """
    if not _NAME.fullmatch(name):
        raise WorkspaceError(f"{name!r}: a user's name is 1 to 64 letters, digits and . _ @ -")
    if role not in ROLES:
        raise WorkspaceError(f"{role!r}: a role is one of {', '.join(ROLES)}")
    token = f"sayso_{secrets.token_urlsafe(32)}"
    values = {"role": role, "token_sha256": _hash(token), "disabled": False}
    if _row(connection, name) is None:
        connection.execute(insert(UserRow).values(name=name, created_at=_now(), **values))
    else:
        connection.execute(update(UserRow).where(UserRow.name == name).values(**values))
        connection.execute(delete(SessionRow).where(SessionRow.user == name))
    ledger.write(connection, user=by, action="user added", subject=name, detail={"role": role})
    return token


def disable(connection: Connection, name: str, *, by: str) -> None:
    """Shut a user out; what they did stays.

    Raises:
        WorkspaceError: there is no such user.
    """
    if _row(connection, name) is None:
        raise WorkspaceError(f"{name}: no such user")
    connection.execute(update(UserRow).where(UserRow.name == name).values(disabled=True, token_sha256=None))
    connection.execute(delete(SessionRow).where(SessionRow.user == name))
    ledger.write(connection, user=by, action="user removed", subject=name, detail={})


def users(connection: Connection) -> list[User]:
    """Everybody, by name."""
    return [_user(row) for row in connection.execute(select(UserRow).order_by(UserRow.name))]


def by_token(connection: Connection, token: str) -> User | None:
    """Whose token that is, if anybody's."""
    row = connection.execute(
        select(UserRow).where(UserRow.token_sha256 == _hash(token), ~UserRow.disabled)
    ).one_or_none()
    return _user(row) if row else None


def begin_session(connection: Connection, user: User) -> str:
    """Let a browser in for ``SESSION``; returns its cookie, which is kept nowhere."""
    connection.execute(delete(SessionRow).where(SessionRow.expires_at < _now()))
    cookie = secrets.token_urlsafe(32)
    connection.execute(insert(SessionRow).values(sha256=_hash(cookie), user=user.name, expires_at=_now() + SESSION))
    return cookie


def by_session(connection: Connection, cookie: str) -> User | None:
    """Whose browser that is, if its session lasts."""
    row = connection.execute(
        select(UserRow)
        .join(SessionRow, SessionRow.user == UserRow.name)
        .where(SessionRow.sha256 == _hash(cookie), SessionRow.expires_at >= _now(), ~UserRow.disabled)
    ).one_or_none()
    return _user(row) if row else None


def end_session(connection: Connection, cookie: str) -> None:
    """Let the browser in no more."""
    connection.execute(delete(SessionRow).where(SessionRow.sha256 == _hash(cookie)))


def _row(connection: Connection, name: str) -> object:
    return connection.scalar(select(UserRow.name).where(UserRow.name == name))


def _user(row: object) -> User:
    return User(row.name, row.role, row.created_at.replace(tzinfo=UTC), row.disabled)  # type: ignore[attr-defined]


def _hash(secret: str) -> str:
    return sha256_hex(secret.encode("utf-8", "surrogatepass"))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
