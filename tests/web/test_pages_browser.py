"""Every page in a real browser: hostile articles stay text, nobody is barred, nothing runs out of the page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import serving
from plain_workspace import built, write_rows
from playwright.sync_api import Browser, Page

from sayso.web import make_app
from sayso.workspace import Workspace, users

#: Ways into a page (OWASP XSS Filter Evasion Cheat Sheet), for every field that comes from an article.
HOSTILE = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "'><svg/onload=window.hacked=1>",
    "</textarea></title></script><script>window.hacked=1</script>",
    "{{ 7*7 }}{% raw %}${window.hacked=1}",
    "<a href='javascript:window.hacked=1'>x</a>",
    "<style>*{display:none}</style><base href=//example.invalid>",
    "\u202e<iframe srcdoc='<script>parent.hacked=1</script>'>",
)
WIDTHS = (320, 800, 1400)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Workspace]:
    """Articles all of whose fields are attacks, and which differ."""
    fields = ("title", "outlet", "author")
    rows = []
    for at, words in enumerate(HOSTILE):
        text = f"{words} On 2016-03-27 the army shelled Homs, killing {at + 3}, said SANA. {words}"
        url = f"javascript:window.hacked=1//{words}"
        rows.append({"id": f"d{at}", "text": text, "url": url} | dict.fromkeys(fields, words))
    with built(tmp_path / "ws", write_rows(tmp_path / "articles.jsonl", rows)) as made:
        yield made


def _paths(workspace: Workspace) -> dict[str, str]:
    event = max(workspace.events(), key=lambda one: len(one["statements"]))
    return {
        "chronology": "/",
        "event": f"/events/{event['id']}",
        "document": f"/documents/{event['documents'][0]}",
        "disagreements": "/disagreements",
        "sources": "/sources",
        "review": f"/review?statement={event['statements'][0]}",
        "rounds": "/rounds",
    }


def test_hostile_articles_are_text(hostile: Workspace, browser: Browser) -> None:
    statements = [s["id"] for record in hostile.records() for s in record["statements"]]
    hostile.judge("note", "note", statements[:1], reason=HOSTILE[0])
    hostile.judge("edit", "status", statements[:1], detail={"value": "denied"}, reason=HOSTILE[1])
    with serving(make_app(hostile)) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
        documents = [f"/documents/d{at}" for at in range(len(HOSTILE))]
        for path in [*_paths(hostile).values(), *documents, "/?words=army"]:
            page.goto(path)
            assert page.evaluate("window.hacked") is None, path
            assert page.locator("iframe, base, main img[src=x], a[href^='javascript:']").count() == 0, path
        page.goto(f"/review?statement={statements[0]}")
        for key in "ms":
            page.keyboard.press(key)
            page.locator("#asking[open]").wait_for()
            page.keyboard.press("Escape")
        assert page.evaluate("window.hacked") is None
        for at, words in enumerate(HOSTILE):
            page.goto(f"/documents/d{at}")
            assert words in str(page.locator("#text").text_content())
        assert [url for url in asked if not url.startswith((address, "data:"))] == []
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_barred(page: Page, workspace: Workspace, scheme: str) -> None:
    """axe-core finds nothing serious on any page (WCAG 2.1 A and AA)."""
    axe = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("axe-core is not here (npm ci)")
        pytest.skip("axe-core is not here (npm ci)")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    found = []
    for path in _paths(workspace).values():
        page.goto(path)
        # What waits for an answer is dimmed meanwhile; it is to be judged as it is read.
        page.wait_for_load_state("networkidle")
        page.wait_for_function("document.querySelector('.htmx-request') === null")
        # As a browser's extension would: the policy of the page lets no script in by the page itself.
        page.evaluate(axe.read_text("utf-8"))
        told = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
        found += [
            (path, one["id"], [node["target"] for node in one["nodes"]][:3])
            for one in told["violations"]
            if one["impact"] in ("serious", "critical")
        ]
    assert found == []


def test_no_page_is_wider_than_its_window(page: Page, workspace: Workspace) -> None:
    """At three widths; ``SAYSO_SCREENSHOTS`` names a folder in which pictures are kept, to be looked at."""
    folder = os.environ.get("SAYSO_SCREENSHOTS")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in _paths(workspace).items():
            page.goto(path)
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)


def test_a_round_from_assignment_to_adoption(browser: Browser, workspace: Workspace) -> None:
    with workspace.transaction(write=True) as connection:
        tokens = {
            name: users.add(connection, name, role, by="local")
            for name, role in (("ana", "coder"), ("ben", "coder"), ("eve", "editor"))
        }
    with serving(make_app(workspace, local=False)) as address:
        pages: dict[str, Page] = {}
        for name, token in tokens.items():
            page = pages[name] = browser.new_context(base_url=address).new_page()
            page.goto("/sign-in")
            page.get_by_label("Your token").fill(token)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/")
        eve = pages["eve"]
        eve.goto("/rounds")
        eve.get_by_label("Name of the round").fill("pilot")
        eve.get_by_label("Coders, at least two").select_option(["ana", "ben"])
        eve.get_by_label("Documents").fill("a")
        eve.get_by_role("button", name="Assign").click()
        eve.wait_for_url("**/rounds/one?round=pilot")
        for name, action in (("ana", "Reject r"), ("ben", "Accept a")):
            coder = pages[name]
            coder.goto("/rounds")
            coder.get_by_role("link", name="Shelling in Homs").click()
            coder.get_by_role("button", name=action).click()
            coder.locator("#said", has_text="ed.").wait_for()
            coder.get_by_role("button", name="I have finished").click()
            coder.wait_for_url("**/rounds")
        record = next(iter(workspace.records(["a"])))
        assert len(record["statements"]) == 1
        eve.reload()
        eve.get_by_role("link", name="Adjudicate").click()
        eve.get_by_role("button", name="Adopt that ana rejected it").click()
        eve.locator("#said", has_text="Adopted").wait_for()
        assert next(iter(workspace.records(["a"])))["statements"] == []
        eve.goto("/documents/a")
        assert eve.locator("#text .rejected").inner_text() == "shelled"
        for page in pages.values():
            page.context.close()
