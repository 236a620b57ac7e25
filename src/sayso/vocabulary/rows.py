"""Rows of the vocabulary's YAML and CSV files, each with the line it stands on, so that an error can name it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from sayso.errors import VocabularyError

_LINE = "__line__"


#: libyaml's parser is several times quicker; both read the same YAML.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LineLoader(_SafeLoader):  # type: ignore[misc]
    """A safe loader that notes on every mapping the line it starts on."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = loader.construct_mapping(node, deep=True)
    mapping[_LINE] = node.start_mark.line + 1
    return mapping


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file. ``get`` methods raise ``VocabularyError`` naming file and line."""

    file: str
    line: int
    values: Mapping[str, Any]

    def error(self, problem: str) -> VocabularyError:
        """The error to raise for this row."""
        return VocabularyError(f"{self.file}, line {self.line}: {problem}")

    def text(self, key: str) -> str:
        """A string that must be there and not be empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key!r} must be a text, found {value!r}")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A string, or None where the key is absent or empty."""
        return self.text(key) if self.values.get(key) not in (None, "") else None

    def year(self, key: str) -> int | None:
        """A year, or None where the key is absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1000 <= value <= 2200:
            raise self.error(f"{key!r} must be a year, found {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where the key is absent."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.error(f"{key!r} must be a list of texts, found {value!r}")
        return tuple(value)

    def only(self, allowed: Iterable[str]) -> None:
        """Refuse keys that no one reads: a misspelt key would silently lose its value."""
        unknown = sorted(set(self.values) - set(allowed))
        if unknown:
            raise self.error(f"unknown key {unknown[0]!r}")


def yaml_sections(text: str, file: str) -> dict[str, Any]:
    """The top-level mapping of a YAML file; mappings below it carry their line (see ``yaml_rows``)."""
    try:
        loaded = yaml.load(text, Loader=_LineLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise VocabularyError(f"{file}, line {line}: not YAML ({getattr(error, 'problem', error)})") from error
    except (RecursionError, ValueError) as error:
        raise VocabularyError(f"{file}, line 1: not YAML ({error})") from error
    if not isinstance(loaded, dict):
        raise VocabularyError(f"{file}, line 1: must be a mapping of sections")
    loaded.pop(_LINE)
    return loaded


def yaml_rows(sections: Mapping[str, Any], section: str, file: str) -> list[Row]:
    """The mappings listed under ``section``."""
    listed = sections.get(section)
    if not isinstance(listed, list):
        raise VocabularyError(f"{file}, line 1: {section!r} must be a list")
    rows = []
    for item in listed:
        if not isinstance(item, dict):
            raise VocabularyError(f"{file}, line 1: {section!r} holds {item!r}, which is not a mapping")
        values = {key: value for key, value in item.items() if key != _LINE}
        rows.append(Row(file, item[_LINE], values))
    return rows


def csv_rows(text: str, file: str, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a CSV file with ``#`` comment lines above its heading, which must be exactly ``columns``."""
    lines = text.splitlines()
    skipped = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(io.StringIO("\n".join(lines[skipped:])), strict=True)
    rows: list[Row] = []
    try:
        heading = next(reader, [])
        if tuple(heading) != columns:
            raise VocabularyError(f"{file}, line {skipped + 1}: columns must be {','.join(columns)}")
        for cells in reader:
            line = skipped + reader.line_num
            if not cells or cells[0].startswith("#"):
                continue
            if len(cells) != len(columns):
                raise VocabularyError(f"{file}, line {line}: {len(cells)} cells instead of {len(columns)}")
            rows.append(Row(file, line, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        raise VocabularyError(f"{file}, line {skipped + reader.line_num}: {error}") from error
    return rows
