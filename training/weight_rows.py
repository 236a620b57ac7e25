"""Tables of weights as the programs of this folder write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable


def csv_lines(rows: Iterable[tuple[str, ...]]) -> str:
    """``rows`` as lines of CSV; a name that holds a comma or a quotation mark is quoted."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
