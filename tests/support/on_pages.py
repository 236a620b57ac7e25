"""What people do and see on the pages, for tests with a browser."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Page, expect


def drawn(page: Page) -> None:
    """Waits until timeline and map have their events."""
    for part in ("timeline", "map"):
        expect(page.locator(f"#{part} .summary")).to_have_text(re.compile(r"\d"))
    expect(page.locator("#facets details").first).to_be_attached()


def total(page: Page) -> int:
    """How many events the API gives for the view of the page."""
    parts = urlsplit(page.url)
    with urlopen(f"{parts.scheme}://{parts.netloc}/api/1/events?{parts.query}") as answer:
        return int(json.load(answer)["total"])


def said(page: Page, words: str) -> None:
    """Waits until the page has answered with ``words``."""
    expect(page.locator("#said")).to_contain_text(words)


def select_words(page: Page, words: str) -> None:
    """Select ``words`` in the text as a mouse would."""
    page.evaluate(
        """words => {
            const pane = document.getElementById("words");
            const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
            const nodes = [];
            let all = "";
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                nodes.push([node, all.length]);
                all += node.textContent;
            }
            const start = all.indexOf(words), end = start + words.length;
            const at = offset => nodes.findLast(([, from]) => from <= offset);
            const [first, from] = at(start), [last, to] = at(end - 1);
            document.getSelection().setBaseAndExtent(first, start - from, last, end - to);
        }""",
        words,
    )
