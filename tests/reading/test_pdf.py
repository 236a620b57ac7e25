"""PDF: text page by page, running lines told apart, broken and locked files refused."""

from __future__ import annotations

import pytest

from sayso.errors import Unreadable
from sayso.reading import read_bytes


def pdf(*pages: list[str], encrypt: bool = False) -> bytes:
    """A PDF of one column of lines a page, written by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        content = f"BT /F1 12 Tf 50 750 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<01> <01>]"
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R {lock if encrypt else ''}"
    return data + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")


WORDS = ["A bridge was hit by shells,", "Three people were hurt,", "The road is closed,", "Nobody said why,"]
WHICH = ["the", "this", "our", "a"]
PAGES = [
    [f"The Daily, issue {n}", words, f"and {which} re-", "port goes on.", f"Page {n} of 4"]
    for n, (words, which) in enumerate(zip(WORDS, WHICH, strict=True), start=1)
]


def test_text_comes_page_by_page_and_running_lines_are_furniture() -> None:
    (reading,) = read_bytes(pdf(*PAGES), "a.pdf")
    document = reading.document
    assert [line for line in document.text.splitlines() if "issue" in line] == [
        f"The Daily, issue {n}" for n in range(1, 5)
    ]
    kinds = [(document.text[s.start : s.end], s.kind) for s in document.segments]
    assert [kind for words, kind in kinds if "issue" in words or words.startswith("Page ")] == ["chrome"] * 8
    assert ("body", "A bridge was hit by shells,\nand the re-port goes on.") in [(kind, words) for words, kind in kinds]


def test_a_single_page_has_no_running_lines() -> None:
    (reading,) = read_bytes(pdf(["Officials said that a bridge was hit.", "Three people were hurt there."]), "a.pdf")
    assert {segment.kind for segment in reading.document.segments} == {"body"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf(*PAGES, encrypt=True), "password"),
        (pdf([]), "OCR"),
        (pdf(*PAGES)[:60], "broken"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "broken"),
    ],
)
def test_pdfs_that_cannot_be_read(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        list(read_bytes(data, "a.pdf"))
