"""Markdown: verbatim, marks told, front matter read as a table's columns."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.model import Document
from sayso.reading import read_bytes


def markdown(text: str) -> Document:
    (reading,) = read_bytes(text.encode(), "a.md")
    assert reading.document.text == text
    return reading.document


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(segment.kind, document.text[segment.start : segment.end]) for segment in document.segments]


def test_marks() -> None:
    text = "# The title\n\nSome words here.\n\n## A heading\n\n> Said so\n\nUnder\n-----\n"
    text += "* item\n![A bridge](b.png)\n\n***\n"
    assert kinds(markdown(text)) == [
        ("chrome", "#"),
        ("title", "The title"),
        ("body", "Some words here."),
        ("chrome", "##"),
        ("heading", "A heading"),
        ("chrome", ">"),
        ("quote", "Said so"),
        ("heading", "Under"),
        ("chrome", "-----"),
        ("body", "* item"),
        ("caption", "![A bridge](b.png)"),
        ("chrome", "***"),
    ]


def test_what_stands_in_a_fence_is_no_heading() -> None:
    assert ("body", "# not a heading") in kinds(markdown("```\n# not a heading\n```\n\nWords.\n"))


def test_front_matter() -> None:
    document = markdown(
        "---\ntitle: A title\nauthor: Jane Roe\ndate: 2020-03-05\nsource: The Daily\ntags: [a, b]\n---\nThe words.\n"
    )
    assert (document.title, document.author, document.outlet) == ("A title", "Jane Roe", "The Daily")
    assert document.written
    assert document.written.best == date(2020, 3, 5)
    assert document.extra == {"tags": '["a", "b"]'}
    assert kinds(document)[0][0] == "chrome"


@pytest.mark.parametrize(
    "matter",
    [
        "!!python/object/apply:os.system ['true']",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]",
        "a: [" * 5000,
        "just words",
        "title: 'open",
    ],
)
def test_front_matter_that_is_none_is_text(matter: str) -> None:
    document = markdown(f"---\n{matter}\n---\nThe words of the article.\n")
    assert document.extra == {}
    assert document.title is None


def test_the_title_is_the_first_heading() -> None:
    assert markdown("Words.\n\n# The title #\n\nMore words.\n").title == "The title"
    assert markdown("The title\n=========\n\nMore words.\n").title == "The title"
