"""Word files: order, styles, and archives meant to break readers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from sayso.errors import TooLarge, Unreadable
from sayso.reading import read_bytes


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Bridge hit", style="Title")
    document.add_paragraph("Officials said on Thursday that a bridge had been hit.")
    document.add_paragraph("What is known", style="Heading 1")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "hurt"
    table.rows[0].cells[1].text = "three"
    document.add_paragraph("We saw it fall.", style="Quote")
    document.add_paragraph("The bridge in spring", style="Caption")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(changed: dict[str, bytes], data: bytes) -> bytes:
    """The Word file ``data`` with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def test_paragraphs_tables_and_styles_in_order() -> None:
    (reading,) = read_bytes(word(), "a.docx")
    document = reading.document
    assert [(s.kind, document.text[s.start : s.end]) for s in document.segments] == [
        ("title", "Bridge hit"),
        ("body", "Officials said on Thursday that a bridge had been hit."),
        ("heading", "What is known"),
        ("body", "hurt\tthree"),
        ("quote", "We saw it fall."),
        ("caption", "The bridge in spring"),
    ]
    assert document.title == "Bridge hit"
    assert document.written is None  # the day a file was made is not the day an article was written


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = repacked({"word/media/bomb.bin": b"\0" * 200_000_000}, word())
    assert len(data) < 1_000_000
    with pytest.raises(TooLarge):
        list(read_bytes(data, "a.docx"))


def test_a_file_of_very_many_parts_is_refused() -> None:
    data = repacked({f"word/media/{n}.bin": b"" for n in range(5_001)}, word())
    with pytest.raises(TooLarge):
        list(read_bytes(data, "a.docx"))


def test_external_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>Some words &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = repacked({"word/document.xml": xml.encode()}, word())
    texts = [reading.document.text for reading in read_bytes(data, "a.docx", on_error=lambda error: None)]
    assert not any("secret words" in text for text in texts)


@pytest.mark.parametrize(
    "data",
    [
        word()[:2000],
        word()[:-30],
        repacked({"word/document.xml": b"<broken"}, word()),
        repacked({"[Content_Types].xml": b""}, word()),
        repacked({"word/document.xml": b"<a/>"}, word()),
    ],
)
def test_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        list(read_bytes(data, "a.docx"))
