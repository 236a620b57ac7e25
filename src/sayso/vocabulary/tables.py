"""What the tables of the vocabulary share beyond ``rows``: their text, closed values, numbers and codes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.resources import files

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import Row


def packaged(name: str) -> str:
    """The text of the data file ``name`` of the package; VocabularyError where it is missing or no text."""
    try:
        return files("sayso.vocabulary").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{name}: cannot be read ({error}); reinstall Sayso") from error


def choice(row: Row, column: str, allowed: Sequence[str]) -> str:
    """The value of ``column``; VocabularyError if it is not among ``allowed``."""
    value = row.text(column)
    if value not in allowed:
        raise row.error(f"{column} is {value!r}; write one of {', '.join(allowed)}")
    return value


def choices(row: Row, column: str, allowed: Sequence[str]) -> frozenset[str]:
    """The values of ``column``, parted by ``|``; VocabularyError if one is not among ``allowed``."""
    found = frozenset(v for v in (row.text_or_none(column) or "").split("|") if v)
    if not found <= set(allowed):
        raise row.error(f"{column} holds {', '.join(sorted(found - set(allowed)))}; write some of {', '.join(allowed)}")
    return found


def whole(row: Row, column: str) -> int | None:
    """The whole number in ``column``, None where it is empty; VocabularyError if it is anything else."""
    value = row.text_or_none(column)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit()) or len(value) > 18:
        raise row.error(f"{column} is {value!r}; write a whole number or leave it empty")
    return int(value)


def number(row: Row, column: str) -> float | None:
    """The finite number in ``column``, None where it is empty; VocabularyError if it is anything else."""
    value = row.text_or_none(column)
    if value is None:
        return None
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise row.error(f"{column} is {value!r}; write a number or leave it empty")
    return found


def is_country(code: str) -> bool:
    """Whether ``code`` has the form of an ISO 3166-1 alpha-2 code."""
    return len(code) == 2 and code.isascii() and code.isupper()
