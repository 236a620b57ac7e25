"""The front door: ids, columns, order, and that one bad item costs no other."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parquet_table import parquet

from sayso.errors import ReadingError, TooLarge, Unreadable, UnsupportedFormat
from sayso.reading import Reading, read, read_bytes
from sayso.reading.limits import DOCUMENT_BYTES, ROW_BYTES

TEXT = "A bridge near Rivertown was hit on Thursday, officials said. Three people were hurt."


def all_of(data: bytes | str, name: str, **options: object) -> tuple[list[Reading], list[ReadingError]]:
    errors: list[ReadingError] = []
    raw = data.encode() if isinstance(data, str) else data
    readings = list(read_bytes(raw, name, on_error=errors.append, **options))  # type: ignore[arg-type]
    return readings, errors


def jsonl(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


# --- ids and captures -------------------------------------------------------------------------------------------------


def test_a_file_has_the_same_ids_wherever_it_lies(tmp_path: Path) -> None:
    found = []
    for folder in ("here", "there/deeper"):
        (tmp_path / folder).mkdir(parents=True)
        path = tmp_path / folder / "a.txt"
        path.write_text(TEXT)
        (reading,) = read(path)
        assert reading.capture.origin == path.as_posix()
        found.append((reading.document.id, reading.capture.id))
    assert found[0] == found[1]


def test_a_capture_keeps_the_bytes_of_a_file() -> None:
    ((reading,), _) = all_of(b"\xef\xbb\xbf" + TEXT.encode(), "a.txt")
    assert reading.capture.bytes == b"\xef\xbb\xbf" + TEXT.encode()
    assert reading.capture.media_type == "text/plain"
    assert reading.document.text == TEXT
    assert reading.document.capture_id == reading.capture.id


def test_only_a_changed_row_becomes_a_new_capture_of_the_same_origin() -> None:
    before, _ = all_of(jsonl({"id": 1, "text": TEXT}, {"id": 2, "text": "Other words"}), "t.jsonl")
    after, _ = all_of(jsonl({"id": 1, "text": TEXT}, {"id": 2, "text": "Changed words"}), "t.jsonl")
    assert [r.capture.origin for r in before] == [r.capture.origin for r in after] == ["t.jsonl#1", "t.jsonl#2"]
    assert before[0].capture.id == after[0].capture.id
    assert before[1].capture.id != after[1].capture.id
    assert [r.document.id for r in after] == ["1", "2"]


def test_a_row_keeps_its_id_whatever_order_its_columns_have() -> None:
    one, _ = all_of("text,title\nSome words,A title\n", "t.csv")
    two, _ = all_of("title,text\nA title,Some words\n", "t.csv")
    assert one[0].document.id == two[0].document.id


def test_two_rows_of_one_id_are_both_kept_and_a_repeated_row_is_told_once() -> None:
    a, b = {"id": "x", "text": "First words"}, {"id": "x", "text": "Other words"}
    readings, errors = all_of(jsonl(a, b, a, a), "t.jsonl")
    assert readings[0].document.id == "x"
    assert readings[1].document.id.startswith("x~")
    assert len(readings) == 2
    assert [str(e) for e in errors] == ["t.jsonl: 2 rows repeat another exactly; skipped: row 3, 4"]
    assert len(list(read_bytes(jsonl(a, a), "t.jsonl"))) == 1  # nothing is lost, so nothing is raised


def test_an_id_too_long_to_be_one_is_kept_beside() -> None:
    readings, _ = all_of(jsonl({"id": "x" * 201, "text": TEXT}), "t.jsonl")
    assert readings[0].document.id.startswith("doc_")
    assert readings[0].document.extra["id"] == "x" * 201


# --- tables -----------------------------------------------------------------------------------------------------------

ROW = {"id": "7", "text": TEXT, "title": "A title", "outlet": "The Daily", "author": "Jane Roe",
       "url": "https://example.org/a", "published": "2020-03-05", "language": "en"}  # fmt: skip


def as_csv(delimiter: str) -> bytes:
    quoted = [[f'"{value}"' for value in line] for line in (ROW.keys(), ROW.values())]
    return "\n".join(delimiter.join(line) for line in quoted).encode()


def as_parquet(*rows: dict[str, str]) -> bytes:
    return parquet({name: [row[name] for row in rows] for name in rows[0]})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", as_csv(",")),
        ("semicolons.csv", as_csv(";")),
        ("t.tsv", as_csv("\t")),
        ("utf16.csv", b"\xff\xfe" + as_csv(",").decode().encode("utf-16-le")),
        ("t.jsonl", jsonl(ROW)),
        ("t.parquet", as_parquet(ROW)),
        ("<stdin>", jsonl(ROW)),
    ],
)
def test_every_kind_of_table_gives_the_same_document(name: str, data: bytes) -> None:
    ((reading,), errors) = all_of(data, name)
    document = reading.document
    assert not errors
    assert (document.id, document.text, document.title) == ("7", TEXT, "A title")
    assert (document.outlet, document.author, document.language) == ("The Daily", "Jane Roe", "en")
    assert document.url == "https://example.org/a"
    assert document.written
    assert (document.written.best, document.written.basis) == (date(2020, 3, 5), "given")
    assert document.extra == {}


def test_columns_are_found_by_usual_names_and_the_rest_is_kept() -> None:
    data = jsonl({"Article_ID": 12, "article_content": TEXT, "HEADLINE": "H", "News Source": "S", "n": 1.5, "l": [1]})
    ((reading,), _) = all_of(data, "t.jsonl")
    assert (reading.document.id, reading.document.title, reading.document.outlet) == ("12", "H", "S")
    assert reading.document.extra == {"n": "1.5", "l": "[1]"}


def test_a_column_can_be_chosen() -> None:
    readings, errors = all_of("words,text\nThe article itself,a note\n", "t.csv", columns={"text": "Words"})
    assert not errors
    assert readings[0].document.text == "The article itself"
    assert readings[0].document.extra == {"text": "a note"}


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.parquet"])
def test_a_table_without_text_is_one_error_that_says_what_to_do(name: str) -> None:
    rows = [{"colour": "red", "size": "2"}, {"colour": "blue", "size": "3"}]
    data = {"t.csv": b"colour,size\nred,2\nblue,3\n", "t.jsonl": jsonl(*rows), "t.parquet": as_parquet(*rows)}
    readings, errors = all_of(data[name], name)
    assert not readings
    (error,) = errors
    assert "colour, size" in str(error)
    assert "--column text=NAME" in str(error)


def test_a_field_there_is_not_is_refused_at_once() -> None:
    with pytest.raises(ReadingError, match="no such field"):
        read("x", columns={"words": "a"})


def test_the_text_of_a_cell_is_verbatim() -> None:
    text = "  Two  spaces,\r\n\r\na tab\t and a trailing blank \n"
    ((one,), _) = all_of(jsonl({"text": text}), "t.jsonl")
    ((two,), _) = all_of(b'id,text\n1,"' + text.encode() + b'"\n', "t.csv")
    assert one.document.text == two.document.text == text


def test_bad_rows_are_reported_and_the_others_read() -> None:
    good = json.dumps({"text": TEXT, "id": "g"}).encode()
    lines = [good, b"{broken", b"[1, 2]", b'"text"', b'{"text": null}', b'{"title": "no text"}', b"\xff\xfe\xfa",
             b'{"text": "   "}', b"[" * 100_000, b'{"text": "' + b"x" * 50_000_000 + b'"}',
             json.dumps({"text": "The last words", "id": "l"}).encode()]  # fmt: skip
    readings, errors = all_of(b"\n".join(lines), "t.jsonl")
    assert [r.document.id for r in readings] == ["g", "l"]
    assert [e.item for e in errors] == [f"t.jsonl row {n}" for n in range(2, 11)]
    assert isinstance(errors[-1], TooLarge)


def test_numbers_no_machine_holds_are_kept_as_written() -> None:
    digits = "9" * 5000
    data = b'{"text": "Some words", "a": ' + digits.encode() + b', "b": NaN, "c": Infinity, "d": 1e999}\n'
    ((reading,), errors) = all_of(data, "t.jsonl")
    assert not errors
    assert reading.document.extra == {"a": digits, "d": "1e999"}


def test_nul_and_lone_surrogates_are_replaced_one_for_one() -> None:
    ((one,), _) = all_of(b'{"text": "a\\u0000b\\ud800c some words"}\n', "t.jsonl")
    assert one.document.text == "a\ufffdb\ufffdc some words"
    ((two,), _) = all_of(b"id,text\n1,a\0b\n", "t.csv")
    assert two.document.text == "a\ufffdb"


def test_a_csv_with_a_huge_field_and_unbalanced_quotes_gives_its_other_rows() -> None:
    data = b'id,text\n1,first\n2,"' + b"x" * (ROW_BYTES * 3) + b'"\n'
    data += b'3,"never closed\n4,fourth\n5,fifth,too,many\n6,sixth\n'
    readings, errors = all_of(data, "t.csv")
    assert [r.document.id for r in readings] == ["1", "4", "6"]
    assert [e.item for e in errors] == ["t.csv row 2", "t.csv row 3", "t.csv row 5"]


def test_a_table_in_an_old_encoding_is_read() -> None:
    data = "id;text\n1;Der Angriff auf die Brücke über den Fluß tötete gestern früh zwölf Männer, heißt es\n".encode(
        "cp1252"
    )
    ((reading,), errors) = all_of(data, "t.csv")
    assert not errors
    assert "Brücke über den Fluß" in reading.document.text


def test_one_bad_line_does_not_change_the_encoding_of_the_others() -> None:
    data = "id,text\n1,Đà Nẵng said\n2,Łódź said\n".encode() + b"3,caf\xe9 said\n"
    readings, errors = all_of(data, "t.csv")
    assert [r.document.text for r in readings] == ["Đà Nẵng said", "Łódź said"]
    assert [e.item for e in errors] == ["t.csv row 3"]


def test_a_date_that_cannot_be_read_is_kept_beside() -> None:
    ((reading,), _) = all_of(jsonl({"text": TEXT, "published": "last spring"}), "t.jsonl")
    assert reading.document.written is None
    assert reading.document.extra == {"published": "last spring"}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "not a url", "http://[bad"]
)
def test_only_web_addresses_are_addresses(url: str) -> None:
    ((reading,), _) = all_of(jsonl({"text": TEXT, "url": url}), "t.jsonl")
    assert reading.document.url is None


# --- bad items --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("a.txt", b"", Unreadable, "empty"),
        ("a.txt", b" \n\t", Unreadable, "empty"),
        ("a.txt", bytes(range(256)) * 10, Unreadable, "binary"),
        ("a.txt", b"\xff\xfeabc", Unreadable, "utf-16"),
        ("a.csv", b"", Unreadable, "empty"),
        ("a.jsonl", b"", Unreadable, "empty"),
        ("a.parquet", as_parquet(ROW)[:-20], Unreadable, "Parquet"),
        ("a.parquet", b"PAR1", Unreadable, "Parquet"),
        ("a.parquet", b"no", Unreadable, "not a Parquet"),
        ("a.pdf", b"%PDF-1.4\n%%EOF", Unreadable, "broken PDF"),
        ("a.pdf", b"hello", Unreadable, "not a PDF"),
        ("a.docx", b"PK\x03\x04 cut off", Unreadable, "Word"),
        ("a.docx", b"", Unreadable, "empty"),
        ("a.html", b"<html><script>alert(1)</script></html>", Unreadable, "no text"),
        ("a.html", b"<!-- -->", Unreadable, ""),
        ("a.png", b"\x89PNG\r\n", UnsupportedFormat, ".png"),
        ("a.zip", b"PK\x03\x04other", UnsupportedFormat, "ZIP"),
        ("noname", b"\0\1\2\3", UnsupportedFormat, "binary"),
        ("a.txt", b"x" * (DOCUMENT_BYTES + 1), TooLarge, "20 MB"),
        ("a.txt", b"x " * 1_000_001, TooLarge, "2,000,000"),
    ],
)
def test_a_bad_item_is_one_clear_error(name: str, data: bytes, kind: type[ReadingError], words: str) -> None:
    readings, errors = all_of(data, name)
    assert not readings
    assert [type(error) for error in errors] == [kind]
    assert errors[0].item == name
    assert words in errors[0].problem
    with pytest.raises(kind):
        list(read_bytes(data, name))


@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.csv", "a.jsonl", "a.parquet", "a"]),
)
def test_no_bytes_break_reading(data: bytes, name: str) -> None:
    readings, _ = all_of(data, name)
    for reading in readings:
        check_segments(reading)


def check_segments(reading: Reading) -> None:
    text, at = reading.document.text, 0
    for segment in reading.document.segments:
        assert at <= segment.start < segment.end <= len(text)
        assert not text[at : segment.start].strip()
        at = segment.end
    assert not text[at:].strip()


LINES = ["By Jane Roe", "10 July 2016", "# Heading", "> quote", "Home | World", "Share", "", " ", "---", "\u2028",
         "\x85 x",
         "BEIRUT (AFP) - Words of the article go on for a while.", TEXT, "<p>markup</p>", "\r", "\x0c", "* item", "===",
         "Read more: other story", "title: x", "```", "\u00a0"]  # fmt: skip


@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=15).map("\n".join),
    st.sampled_from(["a.txt", "a.md", "a.html"]),
)
def test_segments_cover_every_word_in_order(text: str, name: str) -> None:
    readings, _ = all_of(text, name)
    for reading in readings:
        check_segments(reading)
        written = reading.document.written
        assert not written or all(span.of(reading.document.text).strip() for span in written.evidence)


# --- places things come from ------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_and_its_bad_files_reported(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text(TEXT + " Two.")
    (tmp_path / "a.md").write_text("# A title\n\n" + TEXT)
    (tmp_path / "bad.txt").write_bytes(b"\0\1")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / ".git" / "x.txt").write_text(TEXT)
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text("Secret words")
    (tmp_path / "link.txt").symlink_to(outside)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "inside.txt").symlink_to(tmp_path / "b" / "one.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    errors: list[ReadingError] = []
    readings = list(read(tmp_path, on_error=errors.append))
    names = [Path(reading.capture.origin).relative_to(tmp_path).as_posix() for reading in readings]
    assert names == ["a.md", "inside.txt", "two.txt", "b/one.txt"]
    assert [Path(error.item).name for error in errors] == ["bad.txt", "pipe.txt"]


def test_a_folder_goes_on_after_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    opened = Path.open

    def refuse(path: Path, *arguments: object) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    errors: list[ReadingError] = []
    readings = list(read(tmp_path, on_error=errors.append))
    assert [reading.document.text for reading in readings] == [TEXT + "b.txt"]
    assert ["permission denied" in error.problem for error in errors] == [True]


@pytest.mark.parametrize("source", ["nowhere/at/all.txt", "a\0b"])
def test_a_path_that_is_none_is_an_error(source: str) -> None:
    with pytest.raises(Unreadable):
        list(read(source))


def test_a_copy_of_a_file_is_read_once(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(TEXT)
    errors: list[ReadingError] = []
    assert len(list(read(tmp_path, on_error=errors.append))) == 1
    assert len(errors) == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, count in ((TEXT.encode(), 1), (jsonl({"text": "One"}, {"text": "Two"}), 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert len(list(read("-"))) == count


def test_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    with path.open("rb") as stream:
        (reading,) = read(stream)
    (same,) = read(path)
    assert reading.document.id == same.document.id


def test_the_users_day_is_for_documents_without_one() -> None:
    data = jsonl({"text": TEXT}, {"text": TEXT + " More.", "date": "2019-01-02"})
    readings, _ = all_of(data, "t.jsonl", published=date(2020, 1, 1))
    assert [r.document.written and r.document.written.best for r in readings] == [date(2020, 1, 1), date(2019, 1, 2)]


def test_the_two_pages(shared: Path) -> None:
    first, second = read(shared / "corpora" / "articles")
    assert second.document.written is None
    assert first.document.title
    assert all(r.document.language == "en" for r in (first, second))
    for reading in (first, second):
        check_segments(reading)


def test_dates_of_a_large_table_come_from_its_own_stamps(shared: Path) -> None:
    errors: list[ReadingError] = []
    readings = list(read(shared / "corpora" / "fakes" / "articles.jsonl", on_error=errors.append))
    assert len(readings) >= 640
    assert len(errors) == 1
    stamped = [r for r in readings if r.document.written and r.document.written.basis == "dateline"]
    assert len(stamped) >= 630
    assert len({r.document.id for r in readings}) == len(readings)
    for reading in readings:
        check_segments(reading)
