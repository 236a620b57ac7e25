"""A browser, and a workspace of the plain coder to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import program, serving
from fastapi.testclient import TestClient
from plain_workspace import built, write_rows
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sayso.web import make_app
from sayso.workspace import Workspace

#: Two outlets that differ, a copy, an event without a date, one told of the same day elsewhere, characters beyond the
#: basic plane, and carriage returns.
ARTICLES = (
    ("a", "Shelling in Homs", "Gazette", "On 2016-03-27 the army shelled Homs, killing 8, said SANA. It rained."),
    ("b", "Homs 😀", "Courier", "Menu 😀 Login\r\n\r\nOn 2016-03-27 the army shelled Homs, killing 9."),
    ("c", "Hama falls", "Gazette", "The rebels captured Hama. Officials spoke of 2016-03-28 and of 2016-04-02."),
    ("d", "Jets", "Herald", "On 2016-03-29 the jets bombed Hama. On 2016-03-29 the planes bombed Hama."),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The articles above, built."""
    rows = ({"id": i, "title": t, "outlet": o, "text": x} for i, t, o, x in ARTICLES)
    with built(tmp_path / "ws", write_rows(tmp_path / "articles.jsonl", rows)) as made:
        yield made


@pytest.fixture
def client(workspace: Workspace) -> Iterator[TestClient]:
    """Asks of ``workspace`` as its one local user, without a network."""
    with TestClient(make_app(workspace)) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for the whole run."""
    path = program()
    # A machine that does much else is slow, not wrong.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        # Without a sandbox of its own: in containers, where tests run, it cannot make one. It opens our pages only.
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def site(workspace: Workspace) -> Iterator[str]:
    """The address at which ``workspace`` is served to its one local user."""
    with serving(make_app(workspace)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A tab of the browser, in which any error of a script, any refusal of the policy fails the test."""
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield tab
    context.close()
    assert wrong == []
