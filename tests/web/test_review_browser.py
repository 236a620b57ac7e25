"""Review as people do it: with a browser, by hand and by keys, two of them at once."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from sayso.workspace import EventFilter, Workspace


def _said(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_contain_text(words)


def _select(page: Page, words: str) -> None:
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


def _statement(workspace: Workspace, document: str, at: int = 0) -> str:
    record = next(iter(workspace.records([document])))
    return str(record["statements"][at]["id"])


def test_a_date_is_set_by_selecting_words_and_taken_back(page: Page, workspace: Workspace) -> None:
    page.goto(f"/review?statement={_statement(workspace, 'c')}")
    expect(page.locator("[data-field=time]")).to_contain_text("date not told")
    page.get_by_role("button", name="Edit when").click()
    _select(page, "2016-03-28")
    expect(page.locator(".taken")).to_have_text("“2016-03-28”")
    page.get_by_label("From").fill("2016-03-28")
    page.get_by_role("button", name="Save").click()
    _said(page, "Set when to 2016-03-28.")
    expect(page.locator("[data-field=time]")).to_contain_text("28 Mar 2016")
    event = workspace.events(EventFilter(types=("capture",)))[0]
    assert event["time"]["earliest"] == "2016-03-28"
    assert [span["text"] for span in event["time"]["evidence"]] == ["2016-03-28"]
    page.keyboard.press("u")
    _said(page, "Taken back.")
    assert workspace.events(EventFilter(types=("capture",)))[0]["time"] is None


def test_words_after_an_emoji_and_carriage_returns_are_counted_right(page: Page, workspace: Workspace) -> None:
    page.goto(f"/review?statement={_statement(workspace, 'b')}")
    page.get_by_role("button", name="Edit injured").click()
    _select(page, "9")
    expect(page.get_by_label("At least")).to_have_value("9")
    page.get_by_role("button", name="Save").click()
    _said(page, "Set injured to 9.")
    record = next(iter(workspace.records(["b"])))
    [evidence] = record["statements"][0]["injured"]["evidence"]
    assert record["text"][evidence["start"] : evidence["end"]] == evidence["text"] == "9"


def test_all_of_it_by_keys(page: Page, workspace: Workspace) -> None:
    first = _statement(workspace, "c")
    page.goto(f"/review?statement={first}")
    page.keyboard.press("e")
    page.keyboard.press("t")
    _said(page, "Editing when")
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
    _said(page, "Set when to 2016-03-28.")
    page.keyboard.press("n")
    page.keyboard.type("The second day is the paper's own.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _said(page, "Noted.")
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
    _said(page, "Rejected.")
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
    _said(page, "Merged")
    assert len(workspace.events(wanted)) == before - 1
    page.keyboard.press("s")
    page.locator("#asking input[name=statement]").first.wait_for()
    page.locator("#asking-yes").click()
    _said(page, "Split")
    assert len(workspace.events(wanted)) >= before
    page.keyboard.press("u")
    _said(page, "Taken back.")
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
    _said(page, "Set status to denied.")
    for choice, status in (("Cancel", "denied"), ("Set mine instead", "alleged")):
        other.get_by_label("Status").select_option("alleged")
        other.get_by_role("button", name="Save").click()
        dialog = other.locator("#asking")
        expect(dialog).to_contain_text("Theirs")
        expect(dialog.locator(".position").first).to_contain_text("status: denied")
        expect(dialog.locator(".position").last).to_contain_text("status: alleged")
        dialog.get_by_role("button", name=choice).click()
        if choice == "Cancel":
            _said(other, "Theirs was kept.")
            # The other looked before theirs: what they know is put back, as if they had not seen it.
            other.evaluate("document.getElementById('statement').dataset.seen = '[]'")
            other.get_by_role("button", name="Edit status").click()
        else:
            _said(other, "Set status to alleged.")
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
