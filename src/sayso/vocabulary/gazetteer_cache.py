"""Where place indexes lie: folders made once in the user's cache, and removed when newer ones have taken their place.

An index is made in a folder of its own and renamed into place, so several processes may make it at once and none ever
reads half of one; who comes second throws his away. Its name carries a digest of everything it was made from.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sayso.vocabulary.gazetteer_index import ABOUT

Progress = Callable[[str, int, int], None]

_PREFIX, _UNFINISHED = "gazetteer-", ".gazetteer-"
#: An index nobody opened for so many seconds is removed when another is made: other versions of Sayso on this machine
#: keep theirs while they are at work.
_UNUSED = 24 * 3600.0


def cache_root() -> Path:
    """``sayso`` in ``$XDG_CACHE_HOME``, by default ``~/.cache``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sayso"


def ensure(root: Path, version: str, make: Callable[[Path], object]) -> Path:
    """The folder of the index of ``version`` below ``root``; ``make`` fills it first if it is not there."""
    folder = root / f"{_PREFIX}{version}"
    if (folder / ABOUT).is_file():
        with suppress(OSError):  # a cache that only others may write is as good
            os.utime(folder)  # that it is in use
        return folder
    root.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
    try:
        make(temporary)
        try:
            temporary.rename(folder)
        except OSError:
            # Another process was quicker; a folder without ABOUT would be a broken one, which rename never leaves.
            if not (folder / ABOUT).is_file():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    _remove_unused(root, folder)
    return folder


def _remove_unused(root: Path, kept: Path) -> None:
    """Remove indexes, and what killed builds left, that nobody has opened for a day.

    Each is renamed before it is emptied, so that a process that looks for it now finds it whole or not at all; one that
    has it open keeps what it has mapped (where the system refuses instead, it stays).
    """
    for old in root.iterdir():
        if old == kept or not old.name.startswith((_PREFIX, _UNFINISHED)) or old.is_symlink():
            continue
        with suppress(OSError):  # gone already, in use, or not ours to remove
            if time.time() - old.stat().st_mtime > _UNUSED:
                going = old if old.name.startswith(_UNFINISHED) else root / f".{old.name}-{os.getpid()}"
                old.rename(going)
                shutil.rmtree(going, ignore_errors=True)
