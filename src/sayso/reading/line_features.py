"""What can be measured on the lines of a flattened page: of each line by itself, and of the lines around it.

``line_features`` gives one row a line and is all the first pass of the furniture model sees. ``context_features`` adds
what the first pass thought of the neighbours and serves the second pass (stacking, as in Wolpert 1992, "Stacked
generalization"). Rows are float32; column order is ``LINE_FEATURES`` and ``CONTEXT_FEATURES``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.vocabulary.furniture import function_words, furniture_phrases, words_of

Matrix = NDArray[np.float32]
Vector = NDArray[np.float32]

#: Of a longer line only its first characters are measured (its length is still the true one): cost stays bounded.
_MEASURED = 2_000

_BULLET = re.compile(r"\s*(?:[*+•·▪◦‣»›>|–—-]|o(?=\s+\S))\s*")
_NUMBERED = re.compile(r"\s*\d{1,3}\s?[.)]")
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
_CLOSING = "\"'”’»)]*"
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august"
    r"|september|october|november|december)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|\.com\b|\S@\S|(?<!\S)@\w")
_GLUED = re.compile(r"[a-z][A-Z]")
_SEPARATORS = frozenset("|/»›·•>")
_MONEY = frozenset("$€£¥₽")

_OWN = (
    "characters", "words", "word_length", "capitalised", "upper_words", "digits", "punctuation", "commas",
    "sentences", "ends_sentence", "ends_colon", "ends_ellipsis", "bullet", "numbered", "starts_lower",
    "starts_quote", "quotes", "function_share", "function_count", "clock", "year", "month", "address", "glued",
    "separators", "money", "copyright", "non_latin",
)  # fmt: skip
_KINDS = furniture_phrases().kinds
_PAGE = ("repeats", "position", "from_start", "from_end", "page_lines", "page_prose_share", "in_block", "to_block")
_SHIFTED = ("characters", "ends_sentence", "function_share", "bullet", "phrases", "prose")
_SHIFTS = (-3, -2, -1, 1, 2, 3)
_WINDOWED = ("characters", "prose", "phrases", "capitalised", "bullet")
_WINDOWS = (4, 12)

LINE_FEATURES: tuple[str, ...] = (
    *_OWN, "phrases", "prose",
    *(f"kind_{kind}" for kind in _KINDS),
    *_PAGE,
    "prose_before", "prose_after",
    *(f"{name}[{shift:+d}]" for name in _SHIFTED for shift in _SHIFTS),
    *(f"{name}<{size}" for name in _WINDOWED for size in _WINDOWS),
    *(f"{name}>{size}" for name in _WINDOWED for size in _WINDOWS),
)  # fmt: skip
_FIRST_SHIFTS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
CONTEXT_FEATURES: tuple[str, ...] = (
    "first",
    *(f"first[{shift:+d}]" for shift in _FIRST_SHIFTS),
    *(f"first<{size}" for size in (3, 8, 20)),
    *(f"first>{size}" for size in (3, 8, 20)),
    "likely_before", "likely_after", "in_core", "to_core", "core_position", "likely_share", "topic", "topic_words",
    "same_shape",
)  # fmt: skip


def line_features(lines: Sequence[str]) -> Matrix:
    """One row of ``LINE_FEATURES`` for each of ``lines`` (which hold no blank line)."""
    cache: dict[str, list[float]] = {}
    for line in lines:
        if line not in cache:
            cache[line] = _own_features(line)
    own = np.asarray([cache[line] for line in lines], dtype=np.float32).reshape(len(lines), -1)
    column = {name: own[:, index] for index, name in enumerate((*_OWN, "phrases", "prose"))}
    prose = column["prose"]
    parts = [own, _page_columns(lines, column), _distance(prose > 0.5)]
    parts += [_shift(column[name], shift) for name in _SHIFTED for shift in _SHIFTS]
    for after in (False, True):
        parts += [_window(column[name], size, after) for name in _WINDOWED for size in _WINDOWS]
    return np.column_stack(parts)


def context_features(lines: Sequence[str], first: Vector) -> Matrix:
    """One row of ``CONTEXT_FEATURES`` a line, from the first pass's probabilities ``first`` that it is article."""
    parts: list[NDArray[np.float32]] = [first]
    parts += [_shift(first, shift) for shift in _FIRST_SHIFTS]
    for after in (False, True):
        parts += [_window(first, size, after) for size in (3, 8, 20)]
    start, end = densest_block(first - 0.35)
    index = np.arange(len(lines), dtype=np.float32)
    inside, away = _block_columns(index, start, end)
    parts += [_distance(first > 0.5), inside, away, ((index - start) / max(end - start, 1)).astype(np.float32)]
    parts.append(np.full(len(lines), first.mean() if len(lines) else 0.0, dtype=np.float32))
    parts += [_topic(lines, first), _same_shape(lines, first)]
    return np.column_stack(parts).astype(np.float32)


def densest_block(gains: Vector) -> tuple[int, int]:
    """The half-open range of lines whose ``gains`` add up highest (Kadane); (0, 0) where none is positive."""
    best, best_range, running, start = 0.0, (0, 0), 0.0, 0
    for index, gain in enumerate(gains.tolist()):
        if running <= 0.0:
            running, start = 0.0, index
        running += gain
        if running > best:
            best, best_range = running, (start, index + 1)
    return best_range


def _own_features(line: str) -> list[float]:
    text = line[:_MEASURED].strip()
    words = words_of(text)
    total = max(len(words), 1)
    letters = max(len(text), 1)
    bullet = _BULLET.match(text)
    bare = text[bullet.end() :] if bullet else text
    tokens = bare.split()
    capitals = sum(1 for token in tokens if token[:1].isupper())
    upper = sum(1 for token in tokens if len(token) > 1 and token.isupper())
    punctuation = sum(1 for sign in text if not sign.isalnum() and not sign.isspace())
    foreign = sum(1 for sign in text if sign > "\u024f" and sign.isalpha())
    sentences = len(_SENTENCE_END.findall(text))
    stripped = text.rstrip(_CLOSING)
    ends = 1.0 if stripped[-1:] in tuple(".!?。！？") else 0.0
    ellipsis = 1.0 if stripped.endswith(("...", "…")) else 0.0
    share, count = _function_share(words)
    hits = furniture_phrases().hits(words)
    kinds = dict.fromkeys(_KINDS, 0.0)
    for hit in hits:
        kinds[hit.kind] = max(kinds[hit.kind], 3.0 if hit.match == "whole" else 2.0 if hit.match == "start" else 1.0)
    covered = min(sum(hit.words for hit in hits) / total, 1.0)
    long_enough = min(len(line) / 80.0, 1.0)
    prose = long_enough * (0.5 + 0.5 * ends) * min(share / 0.3, 1.0) * (1.0 - covered)
    return [
        float(np.log1p(len(line))), float(np.log1p(len(words))), sum(map(len, words)) / total,
        capitals / max(len(tokens), 1), upper / max(len(tokens), 1), sum(map(str.isdigit, text)) / letters,
        punctuation / letters, text.count(",") / total, float(min(sentences, 12)), ends,
        float(text.endswith(":")), ellipsis, float(_bullet_code(bullet)), float(bool(_NUMBERED.match(bare))),
        float(bare[:1].islower()), float(bare[:1] in tuple("\"'“‘«")), float(min(sum(map(text.count, "\"“”«»")), 8)),
        share, float(min(count, 30)), float(min(len(_CLOCK.findall(text)), 3)),
        float(min(len(_YEAR.findall(text)), 3)), float(min(len(_MONTH.findall(text)), 3)),
        float(bool(_ADDRESS.search(text))), float(min(len(_GLUED.findall(text)), 5)),
        float(min(sum(1 for sign in text if sign in _SEPARATORS), 5)), float(any(sign in _MONEY for sign in text)),
        float("©" in text or "(c)" in text.lower()), foreign / letters,
        covered, prose, *(kinds[kind] for kind in _KINDS),
    ]  # fmt: skip


def _bullet_code(bullet: re.Match[str] | None) -> int:
    """0 no bullet; 1 an outer list item; 2 an inner one (text browsers print * + o by depth); 3 another sign."""
    if bullet is None:
        return 0
    sign = bullet.group().strip()
    return 1 if sign in ("*", "•") else 2 if sign in ("+", "o") else 3


def _function_share(words: Sequence[str]) -> tuple[float, int]:
    """(share, number) of function words, in the language that has most of them among ``words``."""
    if not words:
        return 0.0, 0
    count = max(sum(1 for word in words if word in listed) for listed in function_words().values())
    return count / len(words), count


def _page_columns(lines: Sequence[str], column: dict[str, Vector]) -> Matrix:
    number = len(lines)
    seen = Counter(line.strip().lower() for line in lines)
    repeats = np.asarray([min(seen[line.strip().lower()], 5) for line in lines], dtype=np.float32)
    index = np.arange(number, dtype=np.float32)
    prose = column["prose"]
    inside, away = _block_columns(index, *densest_block(prose - 0.25))
    return np.column_stack(
        (
            repeats,
            index / max(number - 1, 1),
            np.log1p(index),
            np.log1p(number - 1 - index),
            np.full(number, np.log1p(number)),
            np.full(number, prose.mean() if number else 0.0),
            inside,
            away,
        )
    ).astype(np.float32)


def _block_columns(index: Vector, start: int, end: int) -> tuple[Vector, Vector]:
    """Whether each line is inside a block, and how far from it: negative before, positive after, in log lines."""
    inside = ((index >= start) & (index < end)).astype(np.float32)
    away = np.log1p(np.maximum(index - (end - 1), 0)) - np.log1p(np.maximum(start - index, 0))
    return inside, away.astype(np.float32)


def _distance(marked: NDArray[np.bool_]) -> Matrix:
    """Two columns: log lines since the last marked line and to the next one (a line is not its own neighbour)."""
    number = len(marked)
    columns = np.full((number, 2), 6.0, dtype=np.float32)
    for which, order in enumerate((range(number), range(number - 1, -1, -1))):
        last: int | None = None
        for index in order:
            if last is not None:
                columns[index, which] = min(float(np.log1p(abs(index - last))), 6.0)
            if marked[index]:
                last = index
    return columns


def _shift(values: Vector, shift: int) -> Vector:
    """The value of the line ``shift`` lines on; -1 beyond either end of the page."""
    moved = np.full(len(values), -1.0, dtype=np.float32)
    if abs(shift) < len(values):
        if shift > 0:
            moved[:-shift] = values[shift:]
        else:
            moved[-shift:] = values[:shift]
    return moved


def _window(values: Vector, size: int, after: bool) -> Vector:
    """The mean over the ``size`` lines before (or after) each line; -1 where there is none."""
    ordered = values[::-1] if after else values
    sums = np.concatenate(([0.0], np.cumsum(ordered, dtype=np.float64)))
    index = np.arange(len(values))
    low = np.maximum(index - size, 0)
    length = index - low
    mean = np.where(length > 0, (sums[index] - sums[low]) / np.maximum(length, 1), -1.0).astype(np.float32)
    return mean[::-1] if after else mean


def _topic(lines: Sequence[str], first: Vector) -> Matrix:
    """Two columns: the share of a line's longer words that other likely article lines hold too; how many it has."""
    bags = [{word for word in words_of(line[:_MEASURED]) if len(word) >= 4} for line in lines]
    weight: Counter[str] = Counter()
    for bag, chance in zip(bags, first.tolist(), strict=True):
        if chance > 0.5:
            weight.update(bag)
    rows: list[tuple[float, float]] = []
    for bag, chance in zip(bags, first.tolist(), strict=True):
        own = 1 if chance > 0.5 else 0
        shared = sum(1 for word in bag if weight[word] > own)
        rows.append((shared / len(bag) if bag else 0.0, float(min(len(bag), 30))))
    return np.asarray(rows, dtype=np.float32).reshape(len(lines), 2)


def _same_shape(lines: Sequence[str], first: Vector) -> Vector:
    """The mean first-pass chance of the other lines that look alike (same bullet, digits for digits, like length)."""
    shapes = [_shape(line) for line in lines]
    total: Counter[tuple[object, ...]] = Counter()
    number: Counter[tuple[object, ...]] = Counter()
    for shape, chance in zip(shapes, first.tolist(), strict=True):
        total[shape] += chance
        number[shape] += 1
    return np.asarray(
        [
            (total[shape] - chance) / (number[shape] - 1) if number[shape] > 1 else -1.0
            for shape, chance in zip(shapes, first.tolist(), strict=True)
        ],
        dtype=np.float32,
    )


def _shape(line: str) -> tuple[object, ...]:
    text = line[:_MEASURED].strip()
    bullet = _BULLET.match(text)
    return (
        bullet.group().strip() if bullet else "",
        text[-1:] if not text[-1:].isalnum() else "",
        min(len(line).bit_length(), 9),
        bool(re.search(r"\d", text)),
    )
