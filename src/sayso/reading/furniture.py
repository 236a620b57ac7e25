"""Which lines of a flattened text are the article, and what the others are.

A text that shows no sign of having been a web page is all article: nothing is taken from a plain document. On a page,
two passes of boosted trees over measured features (``line_features``) and a chain over features and words
(``line_chain``) give each line the chance that it is article, and rules over vocabulary
(``line_kinds``) then say which kind of line it is. docs/design/furniture.md has the reasons and the figures;
training/train_furniture.py the recipe.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.model import Segment
from sayso.reading.boosted_trees import BoostedTrees
from sayso.reading.line_chain import LineChain
from sayso.reading.line_features import CONTEXT_FEATURES, LINE_FEATURES, context_features, line_features
from sayso.reading.line_kinds import kinds_of, looks_like_page

SCHEMA = "sayso/furniture/2"

_LINE = re.compile(r"\S(?:[^\n\r\v\f\x85\u2028\u2029]*\S)?")
#: The trees count for more: on short pages with little furniture they are the surer of the two.
_TREES_SHARE = 2 / 3
#: A line may be one of a wrapped paragraph where it is at least this long, and no line of the text much longer.
_WRAPPED_FROM, _WRAPPED_TO = 45, 120


@dataclass(frozen=True, slots=True)
class FurnitureModel:
    """Both passes, the chain and the chance from which a line counts as article."""

    first: BoostedTrees
    second: BoostedTrees
    chain: LineChain
    threshold: float

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FurnitureModel:
        """Read the weights that ``training/train_furniture.py`` makes.

        Raises ``ValueError`` where they were made for other features than this version measures.
        """
        first, second = BoostedTrees.from_json(data["first"]), BoostedTrees.from_json(data["second"])
        chain = LineChain.from_json(data["chain"])
        own = first.features == chain.features == LINE_FEATURES
        if not own or second.features != (*LINE_FEATURES, *CONTEXT_FEATURES):
            raise ValueError("the furniture weights are of another version; run training/train_furniture.py again")
        return cls(first, second, chain, float(data["threshold"]))

    def article_chances(self, lines: Sequence[str]) -> NDArray[np.float32]:
        """For each of ``lines``, none of them blank, the chance that it is article: shape (number of lines,)."""
        if not lines:
            return np.zeros(0, dtype=np.float32)
        rows = line_features(lines)
        first = self.first.probabilities(rows)
        second = self.second.probabilities(np.column_stack((rows, context_features(lines, first))))
        return blended(second, self.chain.chances(lines, rows))


def blended(trees: NDArray[np.float32], chain: NDArray[np.float32]) -> NDArray[np.float32]:
    """A line's chance from what the trees and what the chain give it."""
    chances: NDArray[np.float32] = (_TREES_SHARE * trees + (1 - _TREES_SHARE) * chain).astype(np.float32)
    return chances


@cache
def shipped_model() -> FurnitureModel:
    """The model in the package."""
    weights = (files("sayso.reading") / "data" / "furniture.json").read_text(encoding="utf-8")
    return FurnitureModel.from_json(json.loads(weights))


def label_lines(text: str) -> tuple[Segment, ...]:
    """Segments of a flattened text: one per non-blank line, in order, covering every visible word.

    Time is linear in the text's length. An empty or blank text has no segments.
    """
    return label_lines_by(text, None)


def label_lines_by(text: str, model: FurnitureModel | None) -> tuple[Segment, ...]:
    """``label_lines`` with another model (None: the one in the package), for training and measuring."""
    spans = [match.span() for match in _LINE.finditer(text)]
    lines = [text[start:end] for start, end in spans]
    if len(lines) < 2:
        return tuple(Segment(start, end, "body") for start, end in spans)
    paragraphs = _paragraphs(text, spans, lines)
    units = [" ".join(lines[first:last]) if last - first > 1 else lines[first] for first, last in paragraphs]
    page = looks_like_page(units)
    if page:
        used = model or shipped_model()
        article = [chance >= used.threshold for chance in used.article_chances(units).tolist()]
    else:
        article = [True] * len(units)
    segments: list[Segment] = []
    for kind, (first, last) in zip(kinds_of(units, article, page), paragraphs, strict=True):
        segments += [Segment(start, end, kind) for start, end in spans[first:last]]
    return tuple(segments)


def _paragraphs(text: str, spans: Sequence[tuple[int, int]], lines: Sequence[str]) -> list[tuple[int, int]]:
    """Half-open ranges of lines that are judged together: one line each, but for a text wrapped at a fixed width.

    A text is taken for wrapped where no line is long, and a third of those that are followed by a line without a
    blank one between run on in lower case.
    """
    single = [(index, index + 1) for index in range(len(lines))]
    if max(map(len, lines)) > _WRAPPED_TO:
        return single
    close = [text.count("\n", spans[i][1], spans[i + 1][0]) == 1 for i in range(len(lines) - 1)]
    runs_on = [
        joined and len(lines[i]) >= _WRAPPED_FROM and lines[i][-1] not in ".!?:" and lines[i + 1][0].islower()
        for i, joined in enumerate(close)
    ]
    if sum(runs_on) < max(3, sum(close) / 3):
        return single
    paragraphs: list[tuple[int, int]] = []
    start = 0
    for index in range(len(lines)):
        last = index == len(lines) - 1
        if last or not close[index] or (len(lines[index]) < _WRAPPED_FROM and not runs_on[index]):
            paragraphs.append((start, index + 1))
            start = index + 1
    return paragraphs
