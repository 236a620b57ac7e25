"""The page: what it shows, and that hostile articles stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.ids import content_id, sha256_hex
from sayso.model import (
    Capture,
    CodedDocument,
    Document,
    Place,
    Segment,
    Span,
    Statement,
    TimeSpan,
)
from sayso.reading import Reading
from sayso.web import make_app
from sayso.workspace import Workspace

_HOSTILE = '<script>alert("x")</script>'
_TEXT = f"Jets struck Hama on 3 May 2016, {_HOSTILE} said. Menu Login"


def _span(words: str) -> Span:
    start = _TEXT.index(words)
    return Span(start, start + len(words))


def _statement() -> Statement:
    day = datetime(2016, 5, 3, tzinfo=UTC).date()
    return Statement(
        id="stm_1",
        document_id="one",
        trigger=_span("struck"),
        mentions=(_span("struck"),),
        sentence=Span(0, _TEXT.index(" Menu")),
        type="air_strike",
        status="happened",
        actors=(),
        targets=(),
        place=Place(_span("Hama"), "Hama", 35.13, 36.75, "city", "exact", "SY", "Hama", None),
        time=TimeSpan(day, day, "day", "explicit", (_span("3 May 2016"),)),
        killed=None,
        injured=None,
        claimed_by=(_span(_HOSTILE),),
        coder="test",
    )


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    data = _TEXT.encode()
    body = _TEXT.index("Menu")
    document = Document(
        id="one",
        capture_id=content_id("cap", "one.txt", sha256_hex(data)),
        text=_TEXT,
        segments=(Segment(0, body, "body"), Segment(body, len(_TEXT), "chrome")),
        title=_HOSTILE,
        outlet=_HOSTILE,
        url="javascript:alert(1)",
    )
    capture = Capture(
        document.capture_id, "one.txt", datetime(2020, 1, 1, tzinfo=UTC), "text/plain", sha256_hex(data), data
    )
    with Workspace.create(tmp_path / "ws") as workspace:
        coded = CodedDocument(document, (), (), (), (), (), (_statement(),))
        workspace.add(Reading(capture, document), coded, "test")
        workspace.relink()
        yield TestClient(make_app(workspace))


def _event(client: TestClient) -> str:
    page = client.get("/").text
    start = page.index("/events/")
    return page[start : page.index('"', start)]


def test_the_chronology_shows_what_where_when_and_the_words(client: TestClient) -> None:
    page = client.get("/").text
    for words in ("Air strike", "Hama", "Syria", "3 May 2016", "<mark>struck</mark>"):
        assert words in page


def test_filters_pass_or_leave_out(client: TestClient) -> None:
    assert "Air strike</a>" in client.get("/", params={"place": "hama", "from": "2016-05"}).text
    assert "Air strike</a>" not in client.get("/", params={"to": "2016-04"}).text
    assert "Air strike</a>" not in client.get("/", params={"disputed": "yes"}).text


def test_an_event_quotes_its_sources_and_leads_to_the_document(client: TestClient) -> None:
    page = client.get(_event(client)).text
    assert "<q>3 May 2016</q>" in page
    assert "/documents/one#stm_1" in page


def test_a_document_shows_all_its_text_and_labels_furniture(client: TestClient) -> None:
    page = client.get("/documents/one").text
    assert '<a id="stm_1"></a>' in page
    assert "segment-chrome" in page
    assert "Menu Login" in page


@pytest.mark.parametrize("path", ["/", "/documents/one", "/?words=jets", "EVENT"])
def test_hostile_words_are_shown_as_text(client: TestClient, path: str) -> None:
    answer = client.get(_event(client) if path == "EVENT" else path)
    assert answer.status_code == 200
    assert _HOSTILE not in answer.text
    assert re.findall(r"<script(?! src=\"/static/| type=\"module\" src=\"/static/)", answer.text) == []
    assert 'href="javascript:' not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?from=yesterday", 400),
        ("/?page=0", 422),
        ("/events/none", 404),
        ("/documents/../../etc/passwd", 404),
        ("/documents/none", 404),
        ("/static/../server.py", 404),
        ('/?words="(*&from=2016', 200),
    ],
)
def test_odd_requests_get_a_clear_answer(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "attacker.example"}).status_code == 400
