"""Answers that are the same for everybody until the workspace is written to, kept so long."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sayso.workspace import Workspace

_Answer = TypeVar("_Answer")


class Memory(Generic[_Answer]):
    """The newest answers by question, each with the revision of the workspace that it was given of.

    ``most`` are kept at once; the one that nobody asked for the longest goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[str, _Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, workspace: Workspace, question: Hashable, answer: Callable[[], _Answer]) -> tuple[str, _Answer]:
        """The revision of ``workspace``, and the ``answer`` to ``question``, made anew where it was written to.

        A write while the answer is made may show in it already; whoever asks next sees another revision, and asks anew.
        """
        revision = workspace.revision
        with self._lock:
            known = self._kept.get(question)
            if known is not None and known[0] == revision:
                self._kept.move_to_end(question)
                return known
        made = revision, answer()
        with self._lock:
            self._kept[question] = made
            self._kept.move_to_end(question)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
