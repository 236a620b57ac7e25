"""Lines that were broken to fit a page, joined into the paragraphs they are: a sentence must not end at a margin."""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.model import Segment, SegmentKind

#: Nothing wider was ever wrapped by hand or by a printer; lines narrower than half of the widest are not full.
_WIDEST = 130
_FULL = 0.7
#: Joints between lines, and the share of them where a sentence plainly runs on, for a text to count as wrapped.
_FEWEST_JOINTS = 3
_WRAPPED_SHARE = 0.3
_JOINED: frozenset[SegmentKind] = frozenset(("body", "quote", "caption", "disclaimer"))
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-*•–]|\(?\d{1,3}[.)])\s")


def join_wrapped(text: str, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """``segments`` with the lines of a paragraph, of one kind and with nothing but a line break between, made one.

    A line goes on on the next where it ends in no full stop and the next begins in lower case; or where the text is
    wrapped as a whole and the line is full.
    """
    joints = [_joint(text, upper, lower) for upper, lower in pairwise(segments)]
    runs_on = [joint and _goes_on(text, *pair) for joint, pair in zip(joints, pairwise(segments), strict=True)]
    widths = [b.end - b.start for b in segments if b.kind in _JOINED]
    widest = max(widths, default=0)
    full = [s.end - s.start >= widest * _FULL for s in segments]
    wrapped = widest <= _WIDEST and sum(joints) >= _FEWEST_JOINTS and sum(runs_on) >= sum(joints) * _WRAPPED_SHARE
    found: list[Segment] = []
    for index, segment in enumerate(segments):
        before = index - 1
        if index and (runs_on[before] or (wrapped and joints[before] and full[before])):
            found[-1] = Segment(found[-1].start, segment.end, segment.kind)
        else:
            found.append(segment)
    return tuple(found)


def _joint(text: str, upper: Segment, lower: Segment) -> bool:
    """Whether ``lower`` may continue ``upper``: one kind, one line break, no item of a list."""
    if upper.kind != lower.kind or upper.kind not in _JOINED:
        return False
    between = text[upper.end : lower.start]
    return not between.strip() and between.count("\n") == 1 and not _ITEM.match(text, lower.start, lower.end)


def _goes_on(text: str, upper: Segment, lower: Segment) -> bool:
    tail = text[max(upper.start, upper.end - 10) : upper.end]
    return text[lower.start].islower() and not _ENDS.search(tail)
