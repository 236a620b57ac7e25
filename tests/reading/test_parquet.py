"""Parquet: every type of column comes as a string, and no file ends more than its own reading."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from arro3.core import Array, DataType, Field, list_array, struct_array
from parquet_table import parquet, parquet_of

from sayso.errors import ReadingError, TooLarge, Unreadable
from sayso.reading import Reading, read, read_bytes
from sayso.reading.limits import COLUMNS, ROW_BYTES

WORDS = "A bridge near Rivertown was hit."


def all_of(data: bytes, name: str = "t.parquet") -> tuple[list[Reading], list[ReadingError]]:
    errors: list[ReadingError] = []
    return list(read_bytes(data, name, on_error=errors.append)), errors


def texts(count: int) -> list[str]:
    return [f"{WORDS} {n}" for n in range(count)]


NUMBERS = Array([1, 2], DataType.int64())
TWO_STRINGS = Array(["x", None], DataType.utf8())


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (Array([2**63 - 1, None], DataType.int64()), str(2**63 - 1)),
        (Array([2**64 - 1, None], DataType.uint64()), str(2**64 - 1)),
        (Array([1.5, None], DataType.float64()), "1.5"),
        (Array([1.5, None], DataType.float64()).cast(DataType.float16()), "1.5"),
        (Array([float("nan"), None], DataType.float64()), "nan"),
        (Array([True, None], DataType.bool()), "true"),
        (Array(["x", None], DataType.large_utf8()), "x"),
        (Array(["x", None], DataType.string_view()), "x"),
        (Array([b"ab\xff", None], DataType.binary()), "ab\ufffd"),
        (TWO_STRINGS.cast(DataType.dictionary(DataType.int32(), DataType.utf8())), "x"),
        (Array(["1.50", None], DataType.utf8()).cast(DataType.decimal128(9, 2)), "1.50"),
        (Array([18326, None], DataType.int32()).cast(DataType.date32()), "2020-03-05"),
        (Array([1583370123, None], DataType.int64()).cast(DataType.timestamp("s")), "2020-03-05 01:02:03"),
        (Array([1583370123, None], DataType.int64()).cast(DataType.timestamp("s", tz="UTC")),
         "2020-03-05 01:02:03+00:00"),
        (Array([10**12, None], DataType.int64()).cast(DataType.timestamp("s")), "+33658-09-27T01:46:40"),
        (Array([3723, None], DataType.int32()).cast(DataType.time32("s")), "01:02:03"),
        (list_array(Array([0, 2, 2], DataType.int32()), NUMBERS), "[1, 2]"),
        (list_array(Array([0, 1, 1], DataType.int32()), Array([b"\xff"], DataType.binary())), '["\ufffd"]'),
        (struct_array([TWO_STRINGS, NUMBERS], fields=[Field("a", DataType.utf8()), Field("b", DataType.int64())]),
         '{"a": "x", "b": 1}'),
    ],
)  # fmt: skip
def test_every_type_is_read_as_a_string(column: Array, cell: str) -> None:
    readings, errors = all_of(parquet({"text": texts(2), "other": column}))
    assert not errors
    assert [reading.document.text for reading in readings] == texts(2)
    assert readings[0].document.extra.get("other") == cell


@pytest.mark.parametrize("compression", ["uncompressed", "snappy", "gzip(6)", "brotli(3)", "lz4_raw", "zstd(3)"])
def test_every_compression_is_read(compression: str) -> None:
    readings, errors = all_of(parquet({"text": texts(100)}, compression=compression, max_row_group_size=30))
    assert not errors
    assert [reading.document.text for reading in readings] == texts(100)


def test_a_file_and_a_stream_are_read_as_bytes_are(tmp_path: Path) -> None:
    data = parquet({"text": texts(40)})
    (tmp_path / "t.parquet").write_bytes(data)
    for source in (tmp_path / "t.parquet", io.BytesIO(data), (tmp_path / "t.parquet").open("rb")):
        found = [reading.document.text for reading in read(source)]
        if not isinstance(source, Path):
            source.close()
        assert found == texts(40)


def children() -> set[str]:
    """The processes of this one that run or wait to be asked after; other tests may have left some."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks the system in the way of Linux")
def test_a_reading_given_up_leaves_no_process_behind() -> None:
    before = children()
    rows = read_bytes(parquet({"text": [WORDS * 2000 + str(n) for n in range(500)]}), "t.parquet")
    next(rows)
    assert children() > before
    rows.close()  # type: ignore[attr-defined]
    assert children() == before


def test_names_that_repeat_are_told_apart() -> None:
    columns = [Array([value], DataType.utf8()) for value in (WORDS, "one", "two", "three")]
    ((reading,), errors) = all_of(parquet_of(["text", "n", "n", ""], columns))
    assert not errors
    assert reading.document.extra == {"n": "one", "n (3)": "two", "column 4": "three"}


def test_too_many_columns_are_refused() -> None:
    wide = {"text": [WORDS]} | {f"c{n}": ["x"] for n in range(COLUMNS)}
    readings, (error,) = all_of(parquet(wide))
    assert not readings
    assert isinstance(error, TooLarge)
    assert "2,000 columns" in error.problem


def test_a_row_too_large_costs_that_row() -> None:
    large = "x" * (ROW_BYTES + 1)
    readings, errors = all_of(parquet({"text": [WORDS + " 1", large, WORDS + " 2"]}, compression="zstd(1)"))
    assert [reading.document.text for reading in readings] == [WORDS + " 1", WORDS + " 2"]
    (error,) = errors
    assert (type(error), error.item) == (TooLarge, "t.parquet row 2")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its limit of memory")
def test_what_unpacks_to_too_much_ends_where_its_memory_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.reading.parquet.PARQUET_MEMORY_BYTES", 150_000_000)
    data = parquet({"text": ["x" * 200_000_000]}, compression="zstd(1)")
    assert len(data) < 1_000_000
    readings, (error,) = all_of(data)
    assert not readings
    assert isinstance(error, TooLarge)
    assert "150 MB" in error.problem


def test_what_is_not_utf_8_ends_the_table_with_what_was_read() -> None:
    rows = texts(40)
    rows[20] = "caf\u00e9 " + WORDS
    data = parquet({"text": rows}, compression="uncompressed", dictionary_enabled=False, max_row_group_size=16)
    assert data.count("caf\u00e9".encode()) >= 1
    readings, (error,) = all_of(data.replace("caf\u00e9".encode(), b"caf\xff\xfe"))
    assert [reading.document.text for reading in readings] == texts(16)
    assert isinstance(error, Unreadable)
    assert "breaks off after row 16" in error.problem


def test_a_broken_file_ends_only_its_own_reading() -> None:
    table: dict[str, list[str] | Array] = {
        "text": texts(40),
        "flags": Array([True, None] * 20, DataType.bool()),
        "lists": list_array(Array(list(range(41)), DataType.int32()), Array(list(range(40)), DataType.int64())),
    }
    data = parquet(table, max_row_group_size=20)
    assert len(all_of(data)[0]) == 40
    told = 0
    for at in range(5, len(data) - 8, len(data) // 25):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        _, errors = all_of(bytes(broken))
        told += bool(errors)
        for cut in errors:
            assert isinstance(cut, (Unreadable, TooLarge))
    assert told


def test_a_process_that_ends_itself_is_a_broken_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os\nprint('[\"text\"]')\nprint('[\"One.\"]')\nprint('[\"Two', end='', flush=True)\nos.abort()\n"
    )
    monkeypatch.setattr("sayso.reading.parquet._PROGRAM", program)
    readings, (error,) = all_of(parquet({"text": texts(2)}))
    assert [reading.document.text for reading in readings] == ["One."]
    assert isinstance(error, Unreadable)
    assert "breaks off after row 1" in error.problem
