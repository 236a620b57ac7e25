"""What people type is looked for, never run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, Document, Segment
from sayso.reading import Reading
from sayso.workspace import Workspace
from sayso.workspace.search import match_expression


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.create(tmp_path_factory.mktemp("search") / "ws")
    for title, words in {
        "one": "Barrel bombs fell on east Aleppo, near Tartūs road.",
        "two": 'Aleppo lies east of Idlib. NOT a word of bombs; 100% "quoted" text AND more.',
    }.items():
        data = words.encode()
        sha256 = sha256_hex(data)
        capture = Capture(content_id("cap", title, sha256), title, datetime(2026, 1, 1, tzinfo=UTC), "x", sha256, data)
        document = Document(title, capture.id, words, (Segment(0, len(words), "body"),), title=title)
        workspace.receive(Reading(capture, document))
    return workspace


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("aleppo", {"one", "two"}),
        ("ALEPPO bombs", {"one", "two"}),
        ('"east Aleppo"', {"one"}),
        ("barr*", {"one"}),
        ("tartus", {"one"}),
        ("NOT", {"two"}),
        ("AND", {"two"}),
        ("idlib OR barrel", set()),
        ("NEAR(aleppo)", set()),
        ("title:one", set()),
        ('"', set()),
        ("***", set()),
        ("", set()),
        ("100%", {"two"}),
        ("'; DROP TABLE documents; --", set()),
    ],
)
def test_finds(workspace: Workspace, query: str, found: set[str]) -> None:
    assert {hit.document_id for hit in workspace.search(query)} == found


def test_excerpt_marks_the_words(workspace: Workspace) -> None:
    (hit,) = workspace.search("barrel")
    assert "\x01Barrel\x02 bombs" in hit.excerpt


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_no_query_is_an_error(workspace: Workspace, query: str) -> None:
    workspace.search(query)


def test_a_thousand_terms_are_cut() -> None:
    expression = match_expression("word " * 100_000)
    assert expression is not None
    assert expression.count('"word"') == 64
