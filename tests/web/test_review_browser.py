"""Review as people do it: with a browser, by hand and by keys, two of them at once."""

from __future__ import annotations

import re

from on_pages import said, select_words
from playwright.sync_api import Browser, Page, expect

from sayso.workspace import EventFilter, Workspace


def _statement(workspace: Workspace, document: str, at: int = 0) -> str:
    record = next(iter(workspace.records([document])))
    return str(record["statements"][at]["id"])


def test_a_date_is_set_by_selecting_words_and_taken_back(page: Page, workspace: Workspace) -> None:
    page.goto(f"/review?statement={_statement(workspace, 'c')}")
    expect(page.locator("[data-field=time]")).to_contain_text("date not told")
    page.get_by_role("button", name="Edit when").click()
    select_words(page, "2016-03-28")
    expect(page.locator(".taken")).to_have_text("“2016-03-28”")
    page.get_by_label("From").fill("2016-03-28")
    page.get_by_role("button", name="Save").click()
    said(page, "Set when to 2016-03-28.")
    expect(page.locator("[data-field=time]")).to_contain_text("28 Mar 2016")
    event = workspace.events(EventFilter(types=("capture",)))[0]
    assert event["time"]["earliest"] == "2016-03-28"
    assert [span["text"] for span in event["time"]["evidence"]] == ["2016-03-28"]
    page.keyboard.press("u")
    said(page, "Taken back.")
    assert workspace.events(EventFilter(types=("capture",)))[0]["time"] is None


def test_words_after_an_emoji_and_carriage_returns_are_counted_right(page: Page, workspace: Workspace) -> None:
    page.goto(f"/review?statement={_statement(workspace, 'b')}")
    page.get_by_role("button", name="Edit injured").click()
    select_words(page, "9")
    expect(page.get_by_label("At least")).to_have_value("9")
    page.get_by_role("button", name="Save").click()
    said(page, "Set injured to 9.")
    record = next(iter(workspace.records(["b"])))
    [evidence] = record["statements"][0]["injured"]["evidence"]
    assert record["text"][evidence["start"] : evidence["end"]] == evidence["text"] == "9"


def test_a_place_is_looked_up_by_its_name(page: Page, workspace: Workspace) -> None:
    page.goto(f"/review?statement={_statement(workspace, 'a')}")
    page.get_by_role("button", name="Edit where").click()
    select_words(page, "Homs")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Homs")
    page.get_by_label("Name", exact=True).fill("Aleppo")
    page.get_by_role("button", name="Look the name up").click()
    offered = page.get_by_role("group", name="Places of that name").get_by_role("button")
    expect(offered.filter(has_text="SY").first).to_be_visible()
    offered.filter(has_text="SY").first.click()
    expect(page.get_by_label("Latitude")).to_have_value(re.compile(r"^36\.\d+$"))
    page.get_by_role("button", name="Save").click()
    said(page, "Set where to ")
    place = next(iter(workspace.records(["a"])))["statements"][0]["place"]
    assert (place["text"], place["country"], int(place["latitude"])) == ("Homs", "SY", 36)
    assert place["gazetteer_id"]
    page.get_by_role("button", name="Edit where").click()
    page.get_by_label("Name", exact=True).fill("Xyzzyqo")
    page.get_by_role("button", name="Look the name up").click()
    expect(page.get_by_role("group", name="Places of that name")).to_have_text(
        "No place of that name is known. Its coordinates may stay empty."
    )


def test_all_of_it_by_keys(page: Page, workspace: Workspace) -> None:
    first = _statement(workspace, "c")
    page.goto(f"/review?statement={first}")
    page.keyboard.press("e")
    page.keyboard.press("t")
    said(page, "Editing when")
    page.keyboard.press("Escape")  # from the form to the words
    expect(page.locator("#words")).to_be_focused()
    for _ in range(6):  # The rebels captured Hama. Officials spoke of 2016-03-28
        page.keyboard.press("ArrowRight")
    expect(page.locator(".taken")).to_have_text("“of”")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("From")).to_be_focused()
    expect(page.locator(".taken")).to_have_text("“2016-03-28”")
    page.keyboard.type("2016-03-28")
    page.keyboard.press("Enter")
    said(page, "Set when to 2016-03-28.")
    page.keyboard.press("n")
    page.keyboard.type("The second day is the paper's own.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "Noted.")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/review")
    shown = page.locator("#statement").get_attribute("data-statement")
    page.keyboard.press("j")
    expect(page.locator("#statement")).not_to_have_attribute("data-statement", shown or "")
    page.keyboard.press("k")
    expect(page.locator("#statement")).to_have_attribute("data-statement", shown or "")
    page.keyboard.press("r")
    said(page, "Rejected.")
    given = [(j.kind, j.verdict) for j in workspace.judgements()]
    assert given == [("edit", "time"), ("note", "note"), ("review", "reject")]
    assert shown not in {s["id"] for record in workspace.records() for s in record["statements"]}


def test_events_are_merged_and_split(page: Page, workspace: Workspace) -> None:
    wanted = EventFilter(types=("air_strike", "capture"))
    before = len(workspace.events(wanted))
    page.goto(f"/review?statement={_statement(workspace, 'd')}")
    page.keyboard.press("m")
    page.locator("#asking input[name=event]").first.check()
    page.locator("#asking-yes").click()
    said(page, "Merged")
    assert len(workspace.events(wanted)) == before - 1
    page.keyboard.press("s")
    page.locator("#asking input[name=statement]").first.wait_for()
    page.locator("#asking-yes").click()
    said(page, "Split")
    assert len(workspace.events(wanted)) >= before
    page.keyboard.press("u")
    said(page, "Taken back.")
    assert len(workspace.events(wanted)) == before - 1


def test_two_at_once_see_each_others_decision(page: Page, browser: Browser, site: str, workspace: Workspace) -> None:
    context = browser.new_context(base_url=site)
    other = context.new_page()
    address = f"/review?statement={_statement(workspace, 'a')}"
    for one in (page, other):
        one.goto(address)
        one.get_by_role("button", name="Edit status").click()
    page.get_by_label("Status").select_option("denied")
    page.get_by_role("button", name="Save").click()
    said(page, "Set status to denied.")
    for choice, status in (("Cancel", "denied"), ("Set mine instead", "alleged")):
        other.get_by_label("Status").select_option("alleged")
        other.get_by_role("button", name="Save").click()
        dialog = other.locator("#asking")
        expect(dialog).to_contain_text("Theirs")
        expect(dialog.locator(".position").first).to_contain_text("status: denied")
        expect(dialog.locator(".position").last).to_contain_text("status: alleged")
        dialog.get_by_role("button", name=choice).click()
        if choice == "Cancel":
            said(other, "Theirs was kept.")
            # The other looked before theirs: what they know is put back, as if they had not seen it.
            other.evaluate("document.getElementById('statement').dataset.seen = '[]'")
            other.get_by_role("button", name="Edit status").click()
        else:
            said(other, "Set status to alleged.")
        record = next(iter(workspace.records(["a"])))
        assert record["statements"][0]["status"] == status
    context.close()


def test_from_a_statement_to_its_words_and_back(page: Page, workspace: Workspace) -> None:
    id_ = _statement(workspace, "a")
    page.goto("/")
    page.locator("blockquote a").first.click()
    page.wait_for_url("**/documents/**")
    page.goto("/documents/a")
    page.locator(f"#card-{id_} h3 a").click()
    expect(page.locator("#text a.trigger")).to_be_focused()
    assert {one.inner_text() for one in page.locator(".lit").all()} >= {"shelled", "2016-03-27", "Homs", "8"}
    page.keyboard.press("Enter")
    expect(page.locator(f"#card-{id_}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#text a.trigger")).to_be_focused()


def _adding(page: Page, workspace: Workspace) -> dict[str, str]:
    """The statement that is shown in review now, as it was added."""
    page.wait_for_url("**/review?document=c&*")
    id_ = page.locator("#statement").get_attribute("data-statement")
    record = next(iter(workspace.records(["c"])))
    [added] = [one for one in record["statements"] if one["id"] == id_]
    sentence = record["text"][added["sentence"]["start"] : added["sentence"]["end"]]
    return {"type": added["type"], "status": added["status"], "trigger": added["trigger"]["text"], "sentence": sentence}


def test_a_statement_is_added_by_selecting_its_words(page: Page, workspace: Workspace) -> None:
    page.goto("/documents/c")
    page.get_by_role("button", name="Add a statement").click()
    form = page.get_by_role("form", name="Add a statement")
    form.get_by_label("Type").select_option("talks")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form.get_by_role("alert")).to_have_text("Select the words that tell of it first.")
    page.evaluate("document.getElementById('text').id = 'words'")  # where select_words looks
    select_words(page, "spoke of")
    expect(form.locator(".taken")).to_have_text("“spoke of”")
    form.get_by_label("Status").select_option("alleged")
    form.get_by_role("button", name="Add", exact=True).click()
    assert _adding(page, workspace) == {
        "type": "talks", "status": "alleged", "trigger": "spoke of",
        "sentence": "Officials spoke of 2016-03-28 and of 2016-04-02.",
    }  # fmt: skip
    assert len(workspace.events(EventFilter(types=("talks",)))) == 1
    # What else it tells is set as of any other; taken back, it is gone.
    page.get_by_role("button", name="Edit when").click()
    select_words(page, "2016-04-02")
    expect(page.locator("#editor .taken")).to_have_text("“2016-04-02”")
    page.get_by_label("From").fill("2016-04-02")
    page.get_by_role("button", name="Save").click()
    said(page, "Set when to 2016-04-02.")
    workspace.relink()
    assert workspace.events(EventFilter(types=("talks",)))[0]["time"]["earliest"] == "2016-04-02"
    page.keyboard.press("u")
    said(page, "Taken back.")
    page.keyboard.press("u")
    page.wait_for_url("**/documents/c")
    assert workspace.events(EventFilter(types=("talks",))) == []


def test_a_statement_is_added_by_keys(page: Page, workspace: Workspace) -> None:
    page.goto("/documents/c")
    page.keyboard.press("a")
    expect(page.locator("#text")).to_be_focused()
    for _ in range(6):  # The rebels captured Hama. Officials spoke
        page.keyboard.press("ArrowRight")
    taken = page.locator("#adding .taken")
    expect(taken).to_have_text("“spoke”")
    page.keyboard.press("Shift+ArrowRight")
    expect(taken).to_have_text("“spoke of”")
    page.keyboard.press("Enter")
    page.keyboard.type("talks")
    for key in ("Tab", "Tab", "Enter"):  # past the status, to the button
        page.keyboard.press(key)
    added = _adding(page, workspace)
    assert (added["type"], added["status"], added["trigger"]) == ("talks", "happened", "spoke of")


def test_sources_tell_silence_and_copies(page: Page, workspace: Workspace) -> None:
    page.goto("/sources")
    expect(page.get_by_role("row", name="Gazette")).to_be_visible()
    expect(page.locator("main")).to_contain_text("None is observed")
