"""A real browser on a real server, for tests of the pages: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

import sayso.web

#: Where the page's scripts are when they were built.
BUILT = Path(sayso.web.__file__).parent / "static" / "built" / "review.js"


def program() -> str:
    """The path of Chromium. Without it, or without the page's scripts, tests skip; in CI they fail."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        _cannot("no Chromium here (Debian: apt-get install chromium)")
    if not BUILT.exists():
        _cannot("the page's scripts are not built (make assets)")
    assert found is not None
    return found


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serves ``app`` on a free port of the loopback; yields its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            until = time.monotonic() + 20
            while not server.started:
                assert time.monotonic() < until, "the server did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def _cannot(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
