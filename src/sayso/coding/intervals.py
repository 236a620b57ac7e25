"""Numbers as names of features: which of some intervals one falls in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def interval(value: float | None, limits: Sequence[float]) -> str:
    """Which interval ``value`` falls in, named by the least limit that holds it (``limits`` ascend).

    >>> interval(3, (0, 2, 4)), interval(5, (0, 2, 4)), interval(None, (0, 2, 4))
    ('to 4', 'more', 'unknown')
    """
    if value is None:
        return "unknown"
    at = bisect_left(limits, value)
    return f"to {limits[at]}" if at < len(limits) else "more"
