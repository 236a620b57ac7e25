"""Worker processes: each has one coder and a few documents at a time.

When one dies, those it had not done are given out again one by one: so whichever is the end of a process is known by
name, and it alone is lost.

Processes are spawned, never forked: the same on every system, and safe beside threads. An executor of the standard
library would break as a whole when one of its processes is killed, and could not say over which document.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from sayso.errors import ModelError, SaysoError
from sayso.model import CodedDocument, Document
from sayso.running.coding import Failed, MakeCoder, attempt, expect, together

#: Processes that die before their first document is done, one after the other, before we stop replacing them.
_STILLBORN = 3


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    given: deque[tuple[int, Document]] = field(default_factory=deque)
    coded: int = 0


def code_in_processes(
    documents: Iterable[Document], make_coder: MakeCoder, processes: int
) -> Iterator[tuple[int, CodedDocument | Failed]]:
    """``documents`` coded in ``processes`` processes, as they get done.

    Raises:
        SaysoError: no coder can be made (said by a worker), or workers keep dying as they start.
    """
    groups = together(documents)
    # Those that a process had in hand as it died.
    again: deque[tuple[int, Document]] = deque()
    workers: dict[Connection, _Worker] = {}
    stillborn = 0

    def following() -> Sequence[tuple[int, Document]]:
        return [again.popleft()] if again else next(groups, ())

    try:
        while len(workers) < processes and (given := following()):
            _employ(workers, make_coder, given)
        while workers:
            for ready in wait(list(workers)):
                worker = workers[ready]  # type: ignore[index]  # wait gives back what it was given
                position, document = worker.given[0]
                try:
                    answer = worker.connection.recv()
                except (EOFError, OSError):
                    _dismiss(workers, worker)
                    lost = None
                    if len(worker.given) > 1:
                        again.extend(worker.given)
                    else:
                        lost = Failed(document.id, f"the process that coded it died ({_cause(worker.process)})")
                        stillborn = 0 if worker.coded else stillborn + 1
                    if stillborn >= _STILLBORN:
                        raise ModelError(
                            "worker processes die as they start; try --processes 1, which shows why"
                        ) from None
                    if given := following():
                        _employ(workers, make_coder, given)
                    if lost:
                        yield position, lost
                    continue
                if isinstance(answer, SaysoError):
                    raise answer
                worker.given.popleft()
                stillborn, worker.coded = 0, worker.coded + 1
                if not worker.given:
                    if given := following():
                        _hand(worker, given)
                    else:
                        _dismiss(workers, worker)
                yield position, answer
    finally:
        for worker in list(workers.values()):
            worker.process.terminate()
            _dismiss(workers, worker)


def _employ(workers: dict[Connection, _Worker], make_coder: MakeCoder, given: Sequence[tuple[int, Document]]) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, make_coder), daemon=True)
    process.start()
    theirs.close()
    workers[ours] = worker = _Worker(process, ours)
    _hand(worker, given)


def _hand(worker: _Worker, given: Sequence[tuple[int, Document]]) -> None:
    worker.given = deque(given)
    try:
        worker.connection.send([document for _, document in given])
    except OSError:
        # It is dead already: reading from it will say so, with the documents it did not get.
        return


def _dismiss(workers: dict[Connection, _Worker], worker: _Worker) -> None:
    del workers[worker.connection]
    worker.connection.close()
    worker.process.join()


def _cause(process: BaseProcess) -> str:
    code = process.exitcode
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        return f"{name}, often for want of memory" if name == "SIGKILL" else name
    return f"exit code {code}"


def _work(connection: Connection, make_coder: MakeCoder) -> None:
    """What a worker does until its parent is gone or has no more."""
    # Ctrl-C reaches the whole group: the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One thread each: libraries that start a thread per core would fight over the cores with the other workers.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    try:
        coder = make_coder()
        while True:
            documents: list[Document] = connection.recv()
            expect(coder, documents)
            for document in documents:
                connection.send(attempt(coder, document))
    except SaysoError as error:
        connection.send(error)
    except (EOFError, OSError):
        return
