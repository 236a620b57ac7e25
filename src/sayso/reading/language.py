"""Which language a text is in (py3langid, over the body alone: menus are often in another)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from sayso.model import CODED_KINDS, Segment

#: Letters below which a guess is no better than a coin, and characters above which it gets no better.
_FEWEST_LETTERS = 40
_ENOUGH = 2_000
_LEAST_PROBABILITY = 0.8
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_code(given: str | None) -> str | None:
    """The ISO 639 code in what a column or page says ("en-GB" -> "en"), or None where it says something else."""
    match = _CODE.fullmatch((given or "").strip())
    return match[1].lower() if match else None


def detect_language(text: str, segments: tuple[Segment, ...]) -> str | None:
    """ISO 639-1 code of the language of the coded segments of ``text``; None where they are too short to tell."""
    parts: list[str] = []
    size = 0
    for segment in segments:
        if segment.kind in CODED_KINDS and size < _ENOUGH:
            parts.append(text[segment.start : min(segment.end, segment.start + _ENOUGH - size)])
            size += len(parts[-1])
    body = " ".join(parts)
    if sum(map(str.isalpha, body)) < _FEWEST_LETTERS:
        return None
    code, probability = _identifier().classify(body)
    return str(code) if probability >= _LEAST_PROBABILITY else None
