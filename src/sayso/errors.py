"""Every error Sayso raises on purpose, in one tree.

    SaysoError
    ├── ReadingError            an input could not be turned into documents
    │   ├── UnsupportedFormat   nobody here reads that kind of file
    │   ├── Unreadable          the right kind of file, but empty, broken or not what it says
    │   │   └── Repeated        the same as another input; skipped, and nothing is lost
    │   └── TooLarge            over a stated limit
    ├── VocabularyError         a data file of the vocabulary is malformed (names file and line)
    ├── ModelError              the parser's model is missing or is not the one pinned
    ├── WorkspaceError          a workspace cannot be opened, written or trusted
    │   ├── JudgementError      a judgement that makes no sense: unknown subject, field or value
    │   └── Conflict            somebody else judged the same in the meantime; both are told
    └── ExportError             a format is unknown or its file cannot be written

A message says what was wrong, where, and what to do.
"""

from __future__ import annotations


class SaysoError(Exception):
    """Root of the tree: catch this to catch everything Sayso raises on purpose."""


class ReadingError(SaysoError):
    """An input could not be turned into documents.

    ``item`` names it: a path, a URL, or ``table.csv row 12``.
    """

    def __init__(self, item: str, problem: str) -> None:
        super().__init__(f"{item}: {problem}")
        self.item = item
        self.problem = problem


class UnsupportedFormat(ReadingError):
    """No reader takes this kind of file."""


class Unreadable(ReadingError):
    """The file is of a kind we read, but is empty, broken, or not what its name says."""


class Repeated(Unreadable):
    """The input is the same as another; it was skipped, and nothing is lost."""


class TooLarge(ReadingError):
    """The input is over a stated limit."""


class VocabularyError(SaysoError):
    """A data file of the vocabulary is malformed; the message names file and line."""


class ModelError(SaysoError):
    """The parser's model is missing, or is not the one that was pinned."""


class WorkspaceError(SaysoError):
    """A workspace cannot be opened, written or trusted."""


class JudgementError(WorkspaceError):
    """A judgement makes no sense: nobody knows its subject, its field, or how to read its value."""


class Conflict(WorkspaceError):
    """Somebody else judged the same thing in the meantime. ``judgement_ids`` are theirs; nothing was kept of ours."""

    def __init__(self, message: str, judgement_ids: tuple[str, ...]) -> None:
        super().__init__(message)
        self.judgement_ids = judgement_ids


class ExportError(SaysoError):
    """An export format is unknown, or its file cannot be written."""
