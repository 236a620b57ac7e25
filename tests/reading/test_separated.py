"""Records of CSV and TSV: the good ones are read whatever stands between them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.limits import ROW_BYTES
from sayso.reading.separated import records, sniff_delimiter


def cells(text: str | bytes, width: int | None = None, delimiter: str = ",") -> list[tuple[str, ...] | str]:
    data = text.encode() if isinstance(text, str) else text
    return [r.problem or r.cells for r in records(io.BytesIO(data), "utf-8", delimiter, width)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\nc,d\n", [("a", "b"), ("c", "d")]),
        ("a,b\r\nc,d", [("a", "b"), ("c", "d")]),
        ("a,\n", [("a", "")]),
        ('"a,1","b ""q"""\n', [("a,1", 'b "q"')]),
        ('"two\nlines",b\nc,d\n', [("two\nlines", "b"), ("c", "d")]),
        ('"two\r\n\r\nlines",b\n', [("two\r\n\r\nlines", "b")]),
        ('5" pipe,b\nc,6" pipe\n', [('5" pipe', "b"), ("c", '6" pipe')]),
        ("\n\na,b\n", [("a", "b")]),
        ('"",""\n', [("", "")]),
        ("", []),
    ],
)
def test_records(text: str, expected: list[tuple[str, ...]]) -> None:
    assert cells(text, 2) == expected


def test_quotes_left_single_inside_a_cell_are_characters() -> None:
    assert cells('"he said "hello" to us",b\nc,d\n', 2) == [('he said "hello" to us', "b"), ("c", "d")]


def test_a_quote_never_closed_costs_one_record() -> None:
    found = cells('a,b\n"open,b\nc,d\ne,f\n', 2)
    assert found[0] == ("a", "b")
    assert "never closed" in found[1]
    assert found[2:] == [("c", "d"), ("e", "f")]


def test_an_unbalanced_quote_before_quoted_cells_costs_one_record() -> None:
    found = cells('"open,b\n"c","d"\n"e","f"\n', 2)
    assert isinstance(found[0], str)
    assert found[1:] == [("c", "d"), ("e", "f")]


def test_a_record_too_long_is_passed_over_whole() -> None:
    long = b"x" * 1000 + b"\n"
    data = b'a,b\n"' + long * (ROW_BYTES // len(long) + 10) + b'",b\nc,d\n'
    found = cells(data, 2)
    assert found[0] == ("a", "b")
    assert isinstance(found[1], str)
    assert found[2:] == [("c", "d")]


def test_a_line_of_fifty_megabytes_is_passed_over() -> None:
    found = cells(b"a,b\n" + b"y" * 50_000_000 + b",z\nc,d\n", 2)
    assert found[0] == ("a", "b")
    assert isinstance(found[1], str)
    assert found[2:] == [("c", "d")]


def test_bytes_of_another_encoding_cost_one_record() -> None:
    found = cells(b"a,b\n\xff\xfe,b\nc,d\n", 2)
    assert found[0] == ("a", "b")
    assert found[2] == ("c", "d")


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), min_size=2, max_size=4)))
def test_what_the_csv_module_writes_is_read_back(table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(table)
    assert cells(out.getvalue()) == [tuple(row) for row in table]


@given(st.binary(max_size=300))
def test_any_bytes_end(data: bytes) -> None:
    for record in records(io.BytesIO(data), "utf-8", ",", 3):
        assert record.problem or record.cells


@pytest.mark.parametrize(
    ("header", "tabs", "expected"),
    [
        ("id,title,text", False, ","),
        ("id;title;text, all", False, ";"),
        ("id\ttitle\ttext", False, "\t"),
        ('"a;b;c;d",text', False, ","),
        ("a,b\tc", True, "\t"),
        ("text", False, ","),
    ],
)
def test_delimiter(header: str, tabs: bool, expected: str) -> None:
    assert sniff_delimiter(header, tabs) == expected
