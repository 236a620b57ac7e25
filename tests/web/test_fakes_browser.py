"""A day's work in a browser on 642 real articles (FA-KES), where the research data is here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from on_pages import drawn, said, select_words, total
from playwright.sync_api import Browser, Page, expect

from sayso.running import run_build
from sayso.workspace import EventFilter, Workspace


@pytest.fixture(scope="module")
def workspace(shared: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The articles, built once, as ``sayso build`` does it; where no browser is, they are not."""
    articles = shared / "corpora" / "fakes" / "articles.jsonl"
    if not articles.exists():
        pytest.skip("FA-KES is not here")
    with Workspace.create(tmp_path_factory.mktemp("fakes") / "ws") as made:
        list(run_build(made, [str(articles)]))
        yield made


def test_a_day_of_work(page: Page, browser: Browser, site: str, workspace: Workspace) -> None:
    figures = workspace.figures()
    assert figures.waiting == 0
    # A machine that is too busy gives a document up, and says so; that is tested where building is.
    assert figures.documents > 600
    page.set_viewport_size({"width": 1400, "height": 900})
    _filter(page, figures.events)
    _from_a_cell_to_its_words(page)
    _edit_a_date(page, workspace)
    _merge(page, workspace)
    _meet(page, browser, site, workspace)
    assert [j for j in workspace.judgements() if j.withdrawn_at is None] == []
    assert workspace.figures().events == figures.events


def _filter(page: Page, events: int) -> None:
    page.goto("/")
    drawn(page)
    status = page.locator("#found [role=status] strong")
    expect(status).to_have_text(f"{events:,}")
    for facet in ("type", "place", "owner", "actor"):
        value = page.locator(f"#facets .facet-{facet} a:not([aria-current])").first
        number = str(value.locator(".quiet").text_content())
        value.click()
        expect(page.locator(f"#facets .facet-{facet} a[aria-current]")).to_have_count(1)
        expect(status).to_have_text(number)
        assert total(page) == int(number.replace(",", ""))
        expect(page.locator("#timeline .summary")).to_have_text(re.compile(rf"^{number.replace(',', '')} event"))
    canvas = page.locator("#timeline canvas")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**from=*")
    inside = re.compile(r"; (\d+) of them from")
    expect(page.locator("#timeline .summary")).to_have_text(inside)
    told = inside.search(str(page.locator("#timeline .summary").text_content()))
    assert told is not None
    expect(status).to_have_text(f"{int(told[1]):,}")
    page.keyboard.press("Escape")
    expect(status).to_have_text(number)


def _from_a_cell_to_its_words(page: Page) -> None:
    quote = page.locator("#found blockquote a").first
    words = str(quote.locator("mark").text_content())
    quote.click()
    page.wait_for_url("**/documents/**")
    expect(page.locator("#text a.trigger:focus")).to_have_text(words)


def _edit_a_date(page: Page, workspace: Workspace) -> None:
    """A statement without a time gets one that its document tells, by the words that tell it, and loses it again."""
    record, statement, day = next(
        (record, statement, day)
        for record in workspace.records()
        for statement in record["statements"]
        for day in record["times"]
        if statement["time"] is None and day["precision"] == "day" and record["text"].count(day["text"]) == 1
    )
    page.goto(f"/review?statement={statement['id']}")
    page.get_by_role("button", name="Edit when").click()
    select_words(page, day["text"])
    expect(page.locator("#editor .taken")).to_have_text(f"“{day['text']}”")
    page.get_by_label("From").fill(day["earliest"])
    page.get_by_role("button", name="Save").click()
    said(page, f"Set when to {day['earliest']}")
    [now] = [s for s in next(iter(workspace.records([record["id"]])))["statements"] if s["id"] == statement["id"]]
    assert (now["time"]["earliest"], now["time"]["evidence"][0]["text"]) == (day["earliest"], day["text"])
    page.keyboard.press("u")
    said(page, "Taken back.")


def _merge(page: Page, workspace: Workspace) -> None:
    shelling = workspace.events(EventFilter(types=("shelling",), limit=1))[0]
    before = {event["id"] for event in workspace.events()}
    page.goto(f"/review?statement={shelling['statements'][0]}")
    page.keyboard.press("m")
    page.locator("#asking input[name=event]").first.check()
    page.locator("#asking-yes").click()
    said(page, "Merged")
    joined = workspace.judgements()[-1].subject
    [event] = [one for one in workspace.events() if shelling["statements"][0] in one["statements"]]
    assert set(joined) <= set(event["statements"])
    page.keyboard.press("u")
    said(page, "Taken back.")
    assert {event["id"] for event in workspace.events()} == before


def _meet(page: Page, browser: Browser, site: str, workspace: Workspace) -> None:
    """Two people set the same field of one statement: the second sees both, and decides."""
    statement = workspace.events(EventFilter(types=("air_strike",), limit=1))[0]["statements"][0]
    context = browser.new_context(base_url=site)
    other = context.new_page()
    for one in (page, other):
        one.goto(f"/review?statement={statement}")
        one.get_by_role("button", name="Edit status").click()
    page.get_by_label("Status").select_option("denied")
    page.get_by_role("button", name="Save").click()
    said(page, "Set status to denied.")
    other.get_by_label("Status").select_option("alleged")
    other.get_by_role("button", name="Save").click()
    dialog = other.locator("#asking")
    expect(dialog.locator(".position").first).to_contain_text("status: denied")
    expect(dialog.locator(".position").last).to_contain_text("status: alleged")
    dialog.get_by_role("button", name="Cancel").click()
    said(other, "Theirs was kept.")
    context.close()
    page.keyboard.press("u")
    said(page, "Taken back.")
