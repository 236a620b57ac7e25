"""What the data files say, in a few letters: a change in any of them changes what documents are coded as."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_LETTERS = 8
#: Files that installing or looking at a folder leaves behind; they hold no data.
_LEFTOVERS = (".pyc", ".py")


@cache
def data_digest(*folders: str) -> str:
    """The first 32 bits of a SHA-256 over name and content of every file in the ``data`` of Sayso's ``folders``.

    Line ends are taken as one, so that a checkout with other line ends has the same digest.
    """
    return folders_digest(*(files("sayso") / folder / "data" for folder in folders))


def folders_digest(*folders: Traversable) -> str:
    """As ``data_digest``, for folders (a path is one)."""
    digest = hashlib.sha256()
    for folder in folders:
        for name, file in _files(folder, ""):
            content = file.read_bytes().replace(b"\r\n", b"\n")
            # The lengths keep what is name and what is content apart.
            digest.update(f"{len(name)} {name} {len(content)} ".encode())
            digest.update(content)
    return digest.hexdigest()[:_LETTERS]


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith((".", "__pycache__")):
            continue
        name = f"{above}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif not name.endswith(_LEFTOVERS):
            yield name, entry
