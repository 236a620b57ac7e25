"""Indexes are made once, whole or not at all, and old ones go when nobody uses them."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from sayso.vocabulary.gazetteer_cache import ensure
from sayso.vocabulary.gazetteer_index import ABOUT


def _make(folder: Path) -> None:
    time.sleep(0.05)
    (folder / ABOUT).write_text(json.dumps({"by": threading.current_thread().name}))


def _age(folder: Path, days: float) -> None:
    then = time.time() - days * 24 * 3600
    os.utime(folder, (then, then))


def test_two_makers_at_once_make_one_index(tmp_path: Path) -> None:
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(ensure(tmp_path, "1", _make))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert [path.name for path in tmp_path.iterdir()] == [found[0].name]


def test_one_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fails(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        ensure(tmp_path, "1", fails)
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        _make(folder)

    assert ensure(tmp_path, "1", make) == ensure(tmp_path, "1", make)
    assert len(made) == 1


def test_old_ones_go_when_a_new_one_is_made(tmp_path: Path) -> None:
    unused, used = ensure(tmp_path, "unused", _make), ensure(tmp_path, "used", _make)
    killed, other = tmp_path / ".gazetteer-killed", tmp_path / "something-else"
    killed.mkdir()
    other.mkdir()
    for folder in (unused, used, killed, other):
        _age(folder, 3)
    assert ensure(tmp_path, "used", _make) == used  # which is a use
    new = ensure(tmp_path, "new", _make)
    assert {path.name for path in tmp_path.iterdir()} == {new.name, used.name, other.name}


def test_what_another_process_has_open_can_still_be_read(tmp_path: Path) -> None:
    old = ensure(tmp_path, "old", _make)
    _age(old, 3)
    with (old / ABOUT).open() as opened:
        ensure(tmp_path, "new", _make)
        assert not old.exists()
        assert json.load(opened)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_neither_followed_nor_removed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("x")
    root = tmp_path / "cache"
    root.mkdir()
    (root / "gazetteer-link").symlink_to(elsewhere)
    _age(elsewhere, 3)
    ensure(root, "new", _make)
    assert (elsewhere / "kept").exists()
    assert (root / "gazetteer-link").is_symlink()
