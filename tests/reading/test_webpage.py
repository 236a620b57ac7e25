"""Web pages: all visible text, article told from page, metadata, dates; and pages meant to break readers."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from sayso.errors import ReadingError
from sayso.model import Document
from sayso.reading import read_bytes

PAGE = """<!doctype html><html lang="en"><head><title>Bridge blown up near Rivertown - The Daily</title>
{head}</head><body>
<header><nav><ul><li><a href="/">Home</a><li><a>World</a></ul></nav><div>02:26 GMT 11 July 2022</div></header>
<main><article><h1>Bridge blown up near Rivertown</h1><p class="byline">By Jane Roe</p>{stamp}
<p>A bridge over the river near Rivertown was blown up on Thursday, officials said, cutting the main road north.</p>
<figure><img src=x alt="no text"><figcaption>The bridge in the spring. Photo: Someone</figcaption></figure>
<p>At least three people were <b>wounded</b> in the explosion, according to the hospital in the town, which said
that they were in a stable condition.<br>Two others were missing.</p>
<h2>No claim</h2>
<blockquote>We heard a loud bang and saw the bridge fall into the water below us.</blockquote>
<p>No one claimed responsibility for the attack. The ministry of transport said that repairs would take months.</p>
<script>alert("not seen")</script><style>p {{}}</style><template>not seen</template><p hidden>not seen</p>
<div style="display: none">not seen</div><noscript>not seen</noscript>
</article><aside class="related"><h3>Most read</h3><ul><li>Twenty die in fire at a factory</li></ul></aside></main>
<footer>© 2022 The Daily. All rights reserved.</footer></body></html>"""


def page(head: str = "", stamp: str = "") -> Document:
    (reading,) = read_bytes(PAGE.format(head=head, stamp=stamp).encode(), "page.html")
    return reading.document


def kinds(document: Document) -> dict[str, str]:
    return {document.text[s.start : s.end]: s.kind for s in document.segments}


def test_all_visible_text_is_kept_in_order_and_nothing_else() -> None:
    text = page().text
    assert "not seen" not in text
    wanted = ["Home", "Bridge blown up", "By Jane Roe", "A bridge over", "The bridge in the spring", "wounded in the",
              "Two others", "No claim", "We heard", "No one claimed", "Most read", "Twenty die", "© 2022"]  # fmt: skip
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)


def test_markup_and_extraction_label_the_lines() -> None:
    found = kinds(page())
    expected = {
        "Home": "chrome",
        "World": "chrome",
        "02:26 GMT 11 July 2022": "chrome",
        "Bridge blown up near Rivertown": "title",
        "By Jane Roe": "byline",
        "The bridge in the spring. Photo: Someone": "caption",
        "Two others were missing.": "body",
        "No claim": "heading",
        "We heard a loud bang and saw the bridge fall into the water below us.": "quote",
        "Most read": "teaser",
        "Twenty die in fire at a factory": "teaser",
        "© 2022 The Daily. All rights reserved.": "chrome",
    }
    assert {text: found.get(text) for text in expected} == expected


def test_title_and_author_come_from_the_page() -> None:
    document = page()
    assert document.title == "Bridge blown up near Rivertown"
    assert document.author == "Jane Roe"
    assert document.language == "en"


@pytest.mark.parametrize(
    ("head", "stamp", "expected", "basis"),
    [
        ("", "<p>Published on 4 March 2021</p>", date(2021, 3, 4), "dateline"),
        ("", '<time datetime="2021-03-04">4 March 2021</time>', date(2021, 3, 4), "dateline"),
        ('<meta property="article:published_time" content="2021-03-04T23:00:00+02:00">', "",
         date(2021, 3, 4), "metadata"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-03-04",'
         ' "dateModified": "2022-01-01"}]}</script>', "", date(2021, 3, 4), "metadata"),
        ('<link rel="canonical" href="https://example.org/2021/03/04/bridge">', "", date(2021, 3, 4), "url"),
        ('<meta name="date" content="yesterday"><script type="application/ld+json">{broken</script>', "", None, None),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_dates(head: str, stamp: str, expected: date | None, basis: str | None) -> None:
    document = page(head, stamp)
    assert (document.written and document.written.best) == expected
    assert (document.written and document.written.basis) == basis
    if document.written and document.written.evidence:
        assert document.written.evidence[0].of(document.text) == "4 March 2021"


def test_metadata_of_the_site() -> None:
    document = page(
        '<meta property="og:site_name" content="The Daily"><meta property="og:url" content="https://example.org/a">'
        '<meta name="author" content="John Doe"><link rel="canonical" href="javascript:alert(1)">'
    )
    assert (document.outlet, document.url, document.author) == ("The Daily", "https://example.org/a", "John Doe")


def test_the_encoding_a_page_declares() -> None:
    html = (
        '<html><meta charset="windows-1251"><body><p>Мост через реку был взорван в четверг, сообщили власти.</p></html>'
    )
    (reading,) = read_bytes(html.encode("cp1251"), "page.html")
    assert "Мост через реку" in reading.document.text


def test_a_page_under_another_name_is_a_page() -> None:
    (reading,) = read_bytes(PAGE.format(head="", stamp="").encode(), "saved.txt")
    assert reading.capture.media_type == "text/html"


def test_a_page_cut_off_is_read_as_far_as_it_goes() -> None:
    html = PAGE.format(head="", stamp="")
    (reading,) = read_bytes(html[: html.index("At least three") + 30].encode(), "page.html")
    assert "At least three people" in reading.document.text


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "span hidden=''><p"])
def test_a_page_nested_a_hundred_thousand_deep_is_read(tag: str) -> None:
    html = f"<html><body><p>Words before.</p>{f'<{tag}>' * 100_000}Words within.</body></html>"
    started = time.perf_counter()
    errors: list[ReadingError] = []
    (reading,) = read_bytes(html.encode(), "page.html", on_error=errors.append)
    assert "Words before." in reading.document.text
    assert ("Words within." in reading.document.text) == ("hidden" not in tag)
    assert time.perf_counter() - started < 20


def test_entities_of_a_page_reach_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    html = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">
    <!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
    <html><body><p>Some words &x; &b;</p></body></html>"""
    (reading,) = read_bytes(html.encode(), "page.xhtml")
    assert "secret words" not in reading.document.text
    assert len(reading.document.text) < 500
