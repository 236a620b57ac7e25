"""A workspace from further off: who is silent, who copied whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from plain_workspace import built, write_rows

from sayso.web import make_app
from sayso.workspace import Workspace, overviews


def _prose(name: str) -> str:
    """A text long enough to be copied, of words that no other text has."""
    return " ".join(f"{name}{number * 7919 % 1009} said" + ". So" * (number % 9 == 8) for number in range(150))


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    """Two papers tell of a shelling of which state media print nothing; three texts are printed twice."""
    rows = [
        ("Gazette", "On 2016-03-27 the army shelled Homs."),
        ("Courier", "It rained. On 2016-03-27 the army shelled Homs."),
    ]
    rows += [("SANA", f"Bread became cheaper for the {number}th time.") for number in range(3)]
    for name in ("first", "second", "third"):
        text = _prose(name)
        rows += [("Herald", text), ("Herald of the North", text)]
    articles = (
        {"id": f"d{at:02}", "outlet": outlet, "text": text, "published": "2016-03-28"}
        for at, (outlet, text) in enumerate(rows)
    )
    with built(where, write_rows(tmp_path / "a.jsonl", articles)) as made:
        yield made


def test_silence_is_told_side_by_side(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        [silence] = overviews.silences(connection)
    assert (silence.side, silence.outlets, silence.events) == ("Syria", ["SANA"], 1)
    assert [event["type"] for event in silence.examples] == ["shelling"]
    with TestClient(make_app(workspace)) as client:
        page = client.get("/sources").text
    assert "1 event, nothing of it in SANA" in page
    assert f'href="/events/{silence.examples[0]["id"]}"' in page


def test_copies_come_page_by_page(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        total, everything = overviews.copies(connection, 50)
        pages = [overviews.copies(connection, 2, offset) for offset in (0, 2, 4)]
    assert total == 3
    assert sorted(everything) == [["d05", "d06"], ["d07", "d08"], ["d09", "d10"]]
    assert [number for number, _ in pages] == [3, 3, 3]
    assert [group for _, groups in pages for group in groups] == everything
    with TestClient(make_app(workspace)) as client:
        page = client.get("/sources?page=2").text
    assert "3 groups of documents" in page
    assert "lineage" not in page
