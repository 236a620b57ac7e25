"""Who asks, and whether they may: the one person at this machine, or users with tokens over a network.

Against requests that other sites make in a user's name (CSRF), a write needs a header that no other site can send
without being allowed to, and must not come from another origin (OWASP Cross-Site Request Forgery Prevention Cheat
Sheet: custom request headers, Origin and Sec-Fetch-Site); cookies are SameSite=Strict besides.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

from sayso.workspace import Workspace, users
from sayso.workspace.users import Role, User

COOKIE = "sayso_session"
#: Sent with every write by the page's own script, and to be sent by programs that do not sign in with a token.
WRITE_HEADER = "x-sayso-request"

_SAFE = {"GET", "HEAD", "OPTIONS"}
#: Wrong tokens that one address may try in so many seconds.
_TRIES, _WINDOW = 5, 60.0


@dataclass(frozen=True, slots=True)
class Hands:
    """A workspace and who has it in their hands."""

    workspace: Workspace
    user: User


class Access:
    """Tells who a request comes from. With ``local`` it is always the workspace's own user, who owns it."""

    def __init__(self, workspace: Workspace, *, local: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.workspace = workspace
        self.local = local
        self._clock = clock
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def user(self, request: Request) -> User | None:
        """Who asks, or None for a stranger."""
        if self.local:
            return User(self.workspace.user, "owner")
        token = _bearer(request)
        if token is None and COOKIE not in request.cookies:
            return None
        if token is not None:
            self._refuse_guessing(request)
        with self.workspace.transaction() as connection:
            found = (
                users.by_token(connection, token)
                if token is not None
                else users.by_session(connection, request.cookies[COOKIE])
            )
        if token is not None and found is None:
            self._note_failure(request)
        return found

    def hands(self, request: Request, role: Role) -> Hands:
        """The workspace in the hands of who asks, if they may do what ``role`` may.

        Raises:
            HTTPException: 401 for a stranger, 403 for who may not, or for a write that another site may have made.
        """
        user = self.user(request)
        if user is None:
            raise HTTPException(401, "Sign in first: with a token, which an owner of this workspace gives you.")
        if not user.may(role):
            raise HTTPException(403, f"That needs the role {role}; you are {user.role}.")
        if request.method not in _SAFE and _bearer(request) is None:
            self.refuse_foreign(request)
            if WRITE_HEADER not in request.headers:
                raise HTTPException(403, f"A write needs the header {WRITE_HEADER}: 1; no other site can send it.")
        return Hands(self.workspace.as_user(user.name), user)

    def needs(self, role: Role) -> Callable[[Request], Hands]:
        """``hands`` for ``role`` as a dependency of a route."""

        def hands(request: Request) -> Hands:
            return self.hands(request, role)

        return hands

    @staticmethod
    def refuse_foreign(request: Request) -> None:
        """HTTPException 403 where a browser says that another site sent this."""
        origin = request.headers.get("origin")
        foreign = request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        if foreign or (origin is not None and urlsplit(origin).netloc != request.headers.get("host")):
            raise HTTPException(403, "That came from another site.")

    def sign_in(self, request: Request, response: Response, token: str) -> User:
        """Begin a session for who has ``token``.

        Raises:
            HTTPException: 401 for a wrong token, 429 after too many.
        """
        self.refuse_foreign(request)
        self._refuse_guessing(request)
        with self.workspace.transaction(write=True) as connection:
            user = users.by_token(connection, token.strip())
            cookie = users.begin_session(connection, user) if user else None
        if user is None or cookie is None:
            self._note_failure(request)
            raise HTTPException(401, "That is nobody's token. Ask an owner of this workspace for one.")
        response.set_cookie(
            COOKIE, cookie, max_age=int(users.SESSION.total_seconds()), httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return user

    def sign_out(self, request: Request, response: Response) -> None:
        """End the session of this browser."""
        self.refuse_foreign(request)
        if cookie := request.cookies.get(COOKIE):
            with self.workspace.transaction(write=True) as connection:
                users.end_session(connection, cookie)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")

    def _refuse_guessing(self, request: Request) -> None:
        with self._lock:
            tries = self._failures[_address(request)]
            while tries and tries[0] < self._clock() - _WINDOW:
                tries.popleft()
            if not tries:
                del self._failures[_address(request)]
            elif len(tries) >= _TRIES:
                raise HTTPException(429, "Too many wrong tokens. Wait a minute.", {"Retry-After": str(int(_WINDOW))})

    def _note_failure(self, request: Request) -> None:
        with self._lock:
            self._failures[_address(request)].append(self._clock())


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
