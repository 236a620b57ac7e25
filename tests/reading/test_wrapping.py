"""Wrapped lines are joined, and lines that stand for themselves are not."""

from __future__ import annotations

import re

import pytest

from sayso.model import Segment
from sayso.reading.wrapping import join_wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Officials said on Thursday that the\nbridge had been hit by shells. Near it\n"
            "Three people were hurt in the town,\nthey said.\n\nAnother paragraph begins here.",
            2,
        ),
        ("Officials said that the bridge\nwas hit.", 1),
        ("The key events\nA bridge was hit.\nThe road was closed.", 3),
        ("First paragraph, which is long and ends in a full stop.\nShort one.\nThird one here.", 3),
        ("- one item of it\n- an item more\n- the last item", 3),
        ("The bridge\n\nwas hit", 2),
    ],
)  # fmt: skip
def test_join(text: str, expected: int) -> None:
    lines = tuple(Segment(m.start(), m.end(), "body") for m in re.finditer(r"[^\n]+", text))
    assert len(join_wrapped(text, lines)) == expected


def test_kinds_are_kept_apart() -> None:
    text = "A heading without a stop\nand a body"
    segments = (Segment(0, 24, "heading"), Segment(25, 35, "body"))
    assert join_wrapped(text, segments) == segments
