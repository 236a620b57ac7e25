"""Which column of a table is what, by its usual names or as the user says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from sayso.errors import ReadingError, Unreadable
from sayso.reading.wordlists import rows

FIELDS = ("text", "title", "outlet", "author", "url", "published", "language", "id")
_SHOWN = 20


def check_choice(columns: Mapping[str, str] | None) -> None:
    """Raise ``ReadingError`` where ``columns`` names a field there is not."""
    for field, name in (columns or {}).items():
        if field not in FIELDS:
            raise ReadingError(f"column {field}={name}", f"no such field; there are {', '.join(FIELDS)}")


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, name in rows("columns", "field", "name"):
        found.setdefault(field, []).append(name)
    return {field: tuple(names) for field, names in found.items()}


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def find_columns(names: Iterable[str], chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Field to column name, for the fields found among ``names``. ``chosen`` (field to column) comes first.

    A chosen column is looked for as written, then regardless of case. Without one, the best usual name wins, and a
    column serves one field only.
    """
    available = list(names)
    found: dict[str, str] = {}
    for field, wanted in (chosen or {}).items():
        match = [n for n in available if n == wanted] or [n for n in available if _plain(n) == _plain(wanted)]
        if match:
            found[field] = match[0]
    free = {_plain(n): n for n in reversed(available) if n not in found.values()}
    for field in FIELDS:
        if field in found or field in (chosen or {}):
            continue
        name = next((free.pop(usual) for usual in _usual()[field] if usual in free), None)
        if name is not None:
            found[field] = name
    return found


def no_text_column(item: str, names: Iterable[str], chosen: Mapping[str, str] | None = None) -> Unreadable:
    """The error for a table in which no column holds the text: says what there is, and what to do."""
    listed = list(names)
    shown = ", ".join(name[:60] for name in listed[:_SHOWN]) + (", ..." if len(listed) > _SHOWN else "")
    wanted = (chosen or {}).get("text")
    problem = f"no column {wanted!r}" if wanted else "no column is known to hold the text of the articles"
    return Unreadable(item, f"{problem}; columns are: {shown or 'none'}. Name it with --column text=NAME")
