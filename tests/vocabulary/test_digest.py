"""The digest of the data files: another content, another digest."""

from __future__ import annotations

import time
from pathlib import Path

from sayso.vocabulary.digest import data_digest, folders_digest


def test_any_change_shows(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    seen = [folders_digest(tmp_path)]
    for name, content in [("a.csv", b"x"), ("a.csv", b"y"), ("below/b.yaml", b""), ("below/b.yaml", b"y"), ("c", b"y")]:
        (tmp_path / name).write_bytes(content)
        seen.append(folders_digest(tmp_path))
    (tmp_path / "c").rename(tmp_path / "d")
    seen.append(folders_digest(tmp_path))
    assert len(set(seen)) == len(seen)


def test_what_is_no_content_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x\ny\n")
    before = folders_digest(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"x\r\ny\r\n")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "b.pyc").write_bytes(b"z")
    (tmp_path / ".hidden").write_bytes(b"z")
    assert folders_digest(tmp_path) == before


def test_words_do_not_slip_from_name_to_content(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, name, content in [(one, "a", "bc"), (other, "ab", "c")]:
        folder.mkdir()
        (folder / name).write_text(content)
    assert folders_digest(one) != folders_digest(other)


def test_packaged_data_is_read_once() -> None:
    digest = data_digest("vocabulary", "reading")
    start = time.perf_counter()
    assert data_digest("vocabulary", "reading") == digest
    assert time.perf_counter() - start < 0.01
    assert len(digest) == 8
