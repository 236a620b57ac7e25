"""The chronology in a real browser: list, timeline, map and facets are one view, and the address holds it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from on_pages import drawn, total
from plain_workspace import built, write_rows
from playwright.sync_api import Page, Route, expect

from sayso.workspace import Workspace

_HOMS, _HAMA = 6, 4


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Shellings of Homs in March, captures of Hama in April and May, a place nobody knows, an event without a day."""
    texts = [f"On 2016-03-{3 * day + 1:02} the army shelled Homs." for day in range(_HOMS)]
    texts += [f"On 2016-0{4 + day % 2}-{5 * day + 1:02} the rebels captured Hama." for day in range(_HAMA)]
    texts += ["On 2016-05-20 the jets bombed Nowhere, said SANA.", "The rebels captured Hama."]
    rows = (
        {"id": f"d{at}", "title": f"Report {at}", "outlet": ("SANA", "Reuters")[at % 2], "text": text}
        for at, text in enumerate(texts)
    )
    with built(tmp_path / "ws", write_rows(tmp_path / "articles.jsonl", rows)) as made:
        yield made


@pytest.fixture
def chronology(page: Page) -> Page:
    """The chronology, drawn."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1000, "height": 800})
    page.goto("/")
    drawn(page)
    return page


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def listed(page: Page, number: int) -> None:
    """The list shows so many events, and the API gives as many."""
    expect(page.locator("#found [role=status]")).to_have_text(re.compile(rf"^{number} events?$"))
    expect(page.locator("#found .event")).to_have_count(number)
    assert total(page) == number


def test_days_chosen_on_the_timeline_narrow_list_and_map(chronology: Page) -> None:
    listed(chronology, _HOMS + _HAMA + 2)
    expect(chronology.locator("#timeline .summary")).to_have_text(
        "12 events; 2016-02-27 to 2016-05-23; 1 without a date."
    )
    expect(chronology.locator("#map .summary")).to_have_text("11 on the map, at 2 places; 1 without a place known.")
    canvas = chronology.locator("#timeline canvas")
    box = canvas.bounding_box()
    assert box is not None
    # From the left edge to the last days of March: the view spans 86 days, from 27 February on.
    chronology.mouse.move(box["x"] + 1, box["y"] + 20)
    chronology.mouse.down()
    chronology.mouse.move(box["x"] + box["width"] * 33.5 / 86, box["y"] + 30, steps=5)
    chronology.mouse.up()
    chronology.wait_for_url("**/?from=*")
    assert query(chronology)["from"] == "2016-02-27"
    assert query(chronology)["to"].startswith("2016-03-3")
    listed(chronology, _HOMS)
    expect(chronology.locator("#map .summary")).to_have_text("6 on the map, at 1 place.")
    expect(chronology.locator("#timeline .summary")).to_contain_text("12 events; 6 of them from 2016-02-27")
    expect(chronology.get_by_label("From")).to_have_value("2016-02-27")
    # The facets count what is left.
    expect(chronology.locator("#facets .facet-type li")).to_have_count(1)
    # A click lets go of the days.
    canvas.click(position={"x": 5, "y": 20})
    listed(chronology, _HOMS + _HAMA + 2)
    expect(chronology.locator("#map .summary")).to_contain_text("11 on the map")


def test_what_the_map_shows_narrows_list_and_timeline(chronology: Page) -> None:
    chronology.get_by_label("only what the map shows").check()
    chronology.wait_for_url("**/?bounds=*")
    listed(chronology, _HOMS + _HAMA + 1)
    expect(chronology.locator("#timeline .summary")).to_contain_text("11 events")
    chronology.locator("#map .leaflet-container").focus()
    # Homs and Hama are forty kilometres apart: in, and to the north.
    for key in ("+", "+", "ArrowUp", "ArrowUp", "ArrowUp"):
        chronology.keyboard.press(key)
    listed(chronology, _HAMA + 1)
    expect(chronology.locator("#timeline .summary")).to_contain_text("5 events")
    expect(chronology.locator("#timeline .summary")).to_contain_text("1 without a date")
    south, west, north, east = (float(degrees) for degrees in query(chronology)["bounds"].split(","))
    assert south < 35.13 < north
    assert west < 36.75 < east
    assert not south < 34.73 < north
    # So near, the borders within a country are drawn.
    expect(chronology.locator("#map [data-divisions=drawn]")).to_be_visible()
    shown = chronology.url
    chronology.get_by_label("only what the map shows").uncheck()
    listed(chronology, _HOMS + _HAMA + 2)
    # Back, and opened anew elsewhere, the address brings the same view.
    chronology.go_back()
    assert chronology.url == shown
    listed(chronology, _HAMA + 1)
    expect(chronology.get_by_label("only what the map shows")).to_be_checked()
    chronology.reload()
    drawn(chronology)
    listed(chronology, _HAMA + 1)
    expect(chronology.get_by_label("only what the map shows")).to_be_checked()
    expect(chronology.locator("#timeline .summary")).to_contain_text("5 events")


def test_facets_words_and_fields_narrow_one_after_the_other(chronology: Page) -> None:
    facets = chronology.locator("#facets")
    facets.get_by_role("link", name="capture 5").click()
    listed(chronology, _HAMA + 1)
    facets.get_by_role("link", name="state media").click()
    listed(chronology, 2)
    assert query(chronology) == {"type": "capture", "owner": "state"}
    expect(chronology.get_by_label("Kind of outlet")).to_have_value("state")
    expect(facets.locator("[aria-current]")).to_have_count(2)
    chronology.go_back()
    listed(chronology, _HAMA + 1)
    expect(chronology.get_by_label("Kind of outlet")).to_have_value("")
    chronology.go_forward()
    listed(chronology, 2)
    # Chosen once more, a facet is let go of.
    facets.get_by_role("link", name="state media").click()
    listed(chronology, _HAMA + 1)
    facets.get_by_role("link", name="capture").click()
    chronology.get_by_label("Words in documents").fill("bombed")
    listed(chronology, 1)
    expect(chronology.locator(".hits summary")).to_have_text("1 document with these words")
    expect(chronology.locator("#map .summary")).to_contain_text("1 without a place known")
    chronology.get_by_label("Words in documents").fill("")
    chronology.get_by_label("Place", exact=True).fill("homs")
    chronology.get_by_label("Place", exact=True).press("Enter")
    listed(chronology, _HOMS)
    chronology.get_by_role("link", name="Clear").click()
    listed(chronology, _HOMS + _HAMA + 2)
    assert query(chronology) == {}
    expect(chronology.get_by_label("Place", exact=True)).to_have_value("")


def test_all_of_the_chronology_by_keys(chronology: Page) -> None:
    press = chronology.keyboard.press

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(120):
            press(key)
            if chronology.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached by Tab")

    press("Tab")
    expect(chronology.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to("select[name=type]")
    chronology.keyboard.type("shell")
    listed(chronology, _HOMS)
    tab_to("#timeline canvas")
    press("ArrowRight")
    chronology.wait_for_url("**/?*from=*")
    first = query(chronology)
    press("Shift+ArrowRight")
    expect(chronology).not_to_have_url(re.compile(re.escape(f"to={first['to']}")))
    assert query(chronology)["from"] == first["from"]
    assert query(chronology)["to"] > first["to"]
    press("Escape")
    expect(chronology).not_to_have_url(re.compile("from="))
    listed(chronology, _HOMS)
    tab_to("#facets .facet-outlet a")
    press("Enter")
    expect(chronology).to_have_url(re.compile("outlet=Reuters"))
    listed(chronology, _HOMS // 2)
    tab_to("#found .event h3 a")
    press("Enter")
    chronology.wait_for_url("**/events/**")
    tab_to("blockquote a")
    press("Enter")
    chronology.wait_for_url("**/documents/**")
    expect(chronology.locator("#text a.trigger")).to_be_focused()


def test_the_list_follows_the_last_choice_however_late_its_answer(chronology: Page) -> None:
    def late(route: Route) -> None:
        # The choice made last is answered last, long after the one before it.
        time.sleep(0.2 if "from=" in route.request.url else 0.6)
        route.continue_()

    chronology.route(re.compile(r"/\?"), late)
    # Days chosen; others as soon as their list stands; and let go of before the second list is there.
    chronology.evaluate(
        """() => {
            const canvas = document.querySelector("#timeline canvas");
            const press = key => canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            const number = () => document.querySelector("#found [role=status]").textContent;
            const before = number();
            new MutationObserver((_, watching) => {
                if (number() === before) return;
                watching.disconnect();
                press("ArrowRight");
                setTimeout(() => press("Escape"), 60);
            }).observe(document.querySelector(".views"), { childList: true, subtree: true });
            press("ArrowRight");
        }"""
    )
    expect(chronology.locator("#found [role=status]")).not_to_have_text("12 events")
    chronology.wait_for_timeout(1500)
    listed(chronology, _HOMS + _HAMA + 2)


def test_a_place_on_the_map_leads_to_its_events(chronology: Page) -> None:
    chronology.goto("/?place=hama")
    drawn(chronology)
    pane = chronology.locator("#map .leaflet-container")
    box = pane.bounding_box()
    assert box is not None
    # The map shows a single place in its middle.
    pane.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    popup = chronology.locator(".leaflet-popup")
    expect(popup).to_contain_text("5 events in Hama")
    chronology.get_by_label("Place", exact=True).fill("")
    popup.get_by_role("button", name="Only this place").click()
    expect(chronology).to_have_url(re.compile("place=%22Hama%22"))
    listed(chronology, _HAMA + 1)


def test_a_second_visit_is_told_that_nothing_changed(chronology: Page, workspace: Workspace) -> None:
    answers: list[int] = []

    def heard(url: str, status: int) -> None:
        if urlsplit(url).path == "/points":
            answers.append(status)

    chronology.on("response", lambda answer: heard(answer.url, answer.status))
    chronology.reload()
    drawn(chronology)
    [statement] = [s["id"] for s in next(iter(workspace.records(["d0"])))["statements"]]
    workspace.judge("edit", "place", [statement], detail={"value": None})
    chronology.reload()
    drawn(chronology)
    expect(chronology.locator("#map .summary")).to_contain_text("2 without a place known")
    assert len(answers) == 2, "asked once a visit: what the head of the page asks for is what the script draws"
