"""Malformed vocabulary is refused with file and line."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import csv_rows, yaml_rows, yaml_sections


def test_yaml_rows_know_their_line() -> None:
    sections = yaml_sections("# head\nactors:\n  - {id: a}\n  - id: b\n    name: B\n", "x.yaml")
    rows = yaml_rows(sections, "actors", "x.yaml")
    assert [(row.line, row.values["id"]) for row in rows] == [(3, "a"), (4, "b")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actors: [", r"x\.yaml, line \d+: not YAML"),
        ("- a\n", r"x\.yaml, line 1: must be a mapping"),
        ("", r"x\.yaml, line 1: must be a mapping"),
        ("other: []\n", r"'actors' must be a list"),
        ("actors: [1]\n", r"which is not a mapping"),
        ("actors: !!python/object/apply:os.getcwd []\n", r"not YAML"),
        ("a: &a [*a]\nactors: {\n", r"not YAML"),
    ],
)
def test_bad_yaml(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        yaml_rows(yaml_sections(text, "x.yaml"), "actors", "x.yaml")


def test_row_values_are_checked() -> None:
    (row,) = yaml_rows(
        yaml_sections("actors:\n  - {id: 7, country: NO, year: 20, names: [a, 1]}\n", "x"), "actors", "x"
    )
    with pytest.raises(VocabularyError, match=r"x, line 2: 'id' must be a text"):
        row.text("id")
    with pytest.raises(VocabularyError, match="'country' must be a text, found False"):
        row.text_or_none("country")  # YAML reads Norway's code as "no"
    with pytest.raises(VocabularyError, match="must be a year"):
        row.year("year")
    with pytest.raises(VocabularyError, match="list of texts"):
        row.texts("names")
    with pytest.raises(VocabularyError, match="unknown key 'country'"):
        row.only(("id", "year", "names"))
    assert row.text_or_none("absent") is None
    assert row.texts("absent") == ()


def test_csv_rows_know_their_line() -> None:
    (row,) = csv_rows("# a\n# b\nx,y\n1,2\n", "t.csv", ("x", "y"))
    assert (row.line, dict(row.values)) == (4, {"x": "1", "y": "2"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x\n1\n", "line 1: columns must be x,y"),
        ("", "line 1: columns must be x,y"),
        ("# c\nx,y\n1\n", "line 3: 1 cells instead of 2"),
        ('x,y\n"1,2\n', "line 2: "),
    ],
)
def test_bad_csv(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        csv_rows(text, "t.csv", ("x", "y"))
