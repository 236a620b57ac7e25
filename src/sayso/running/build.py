"""The main job: read what is new, code it, keep it, link it, and say how far it is.

Reading and coding meet only in the workspace. So a build that is stopped anywhere has lost nothing, and the next one
goes on from there: what was read is not changed, what was coded is not waiting.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sayso.errors import ReadingError, Repeated, SaysoError
from sayso.reading import Reading, read
from sayso.running.coding import Failed, MakeCoder, code_all, default_coder
from sayso.workspace import Figures, Workspace

Stage = Literal["reading", "coding", "linking"]

#: A worker process costs about three seconds to start: it must have this many documents to do before it is worth it.
_WORTH_A_PROCESS = 40


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is; ``total`` is None where it is not known beforehand."""

    stage: Stage
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that could not be read or coded, by name, and why."""

    item: str
    problem: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Skipped:
    """Inputs that are the same as others, and so were left out; nothing is lost."""

    item: str
    problem: str


@dataclass(slots=True)
class Summary:
    """What a build did. ``read`` counts documents read; each is new, changed or unchanged."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    coded: int = 0
    failures: list[Failure] = field(default_factory=list)
    figures: Figures | None = None


def processes_for(waiting: int, wanted: int | None = None) -> int:
    """How many processes to code ``waiting`` documents in: as many as ``wanted``, or what is worth it here."""
    if wanted is not None:
        return max(1, min(wanted, waiting))
    return max(1, min(os.cpu_count() or 1, waiting // _WORTH_A_PROCESS))


def run_build(
    workspace: Workspace,
    sources: Sequence[str],
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    processes: int | None = None,
    make_coder: MakeCoder = default_coder,
) -> Generator[Progress | Failure | Skipped | Summary, None, None]:
    """Build ``sources`` into ``workspace``, telling how far it is; the last thing yielded is the ``Summary``.

    Raises:
        SaysoError: nothing can be coded (no model), or the workspace cannot be written. All kept so far stays.
    """
    summary = Summary()
    workspace.new_run()
    for source in sources:
        yield from _read(workspace, source, published, columns, summary)
    version = make_coder().version
    waiting = workspace.waiting(version)
    yield Progress("coding", 0, waiting)
    results = code_all(workspace.uncoded(version), make_coder, processes_for(waiting, processes)) if waiting else ()
    for done, (_, result) in enumerate(results, start=1):
        if isinstance(result, Failed):
            failure = Failure(result.document_id, result.problem, "coding")
            summary.failures.append(failure)
            yield failure
        else:
            workspace.keep([result], version)
            summary.coded += 1
        yield Progress("coding", done, waiting)
    if workspace.figures().stale:
        yield Progress("linking", 0, 1)
        workspace.relink()
        yield Progress("linking", 1, 1)
    summary.figures = workspace.figures()
    yield summary


def _read(
    workspace: Workspace, source: str, published: date | None, columns: Mapping[str, str] | None, summary: Summary
) -> Iterator[Progress | Failure | Skipped]:
    problems: list[ReadingError] = []
    receipts: dict[str, list[str]] = {}
    yield Progress("reading", summary.read, None)
    readings = read(source, published=published, columns=columns, on_error=problems.append)
    broken: set[str] = set()

    def failures() -> Iterator[Failure | Skipped]:
        for problem in problems:
            if isinstance(problem, Repeated):
                yield Skipped(problem.item, problem.problem)
                continue
            broken.add(problem.item)
            failure = Failure(problem.item, problem.problem, "reading")
            summary.failures.append(failure)
            yield failure
        problems.clear()

    def guarded() -> Iterator[Reading]:
        try:
            yield from readings
        except SaysoError:
            raise
        except Exception as error:  # noqa: BLE001 a bug met in one file must not cost the user the other sources
            problems.append(
                ReadingError(
                    source,
                    f"reading broke off ({type(error).__name__}: {str(error)[:200]}); what follows was not read. "
                    "This is a bug in Sayso: please report it",
                )
            )

    for reading in guarded():
        yield from failures()
        try:
            receipt, _ = workspace.receive(reading)
        except ReadingError as problem:
            problems.append(problem)
            continue
        summary.read += 1
        receipts.setdefault(reading.capture.origin, []).append(receipt)
        yield Progress("reading", summary.read, None)
    yield from failures()
    for origin, received in receipts.items():
        gone = workspace.finish(origin) if origin not in broken else 0
        # A file whose text changed is a new document in place of an old one: the user changed one thing.
        replaced = min(received.count("new"), gone)
        summary.new += received.count("new") - replaced
        summary.changed += received.count("changed") + replaced
        summary.unchanged += received.count("unchanged")
