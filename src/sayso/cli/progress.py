"""Progress on standard error: bars in a terminal, a line now and then in a log, nothing of it on standard output."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sayso.cli.console import messages

if TYPE_CHECKING:
    from rich.progress import Progress, Task, TaskID

#: Seconds between two lines where standard error is not a terminal.
_BETWEEN_LINES = 15.0


class Bars:
    """One bar a stage: ``bars.at("coding", 120, 642)``. A total of None is not known yet."""

    def __init__(self) -> None:
        self._console = messages()
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._told = time.monotonic()
        self._began: dict[str, tuple[float, int]] = {}

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bars = _bars(self._console)
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()

    def at(self, stage: str, done: int, total: int | None) -> None:
        """``done`` of ``total`` items of ``stage`` are done."""
        if self._bars:
            if stage not in self._tasks:
                for task in self._bars.tasks:
                    if task.total is None:
                        self._bars.update(task.id, total=task.completed)
                self._tasks[stage] = self._bars.add_task(stage.capitalize(), total=total)
            self._bars.update(self._tasks[stage], completed=done, total=total)
            return
        now = time.monotonic()
        if done <= 1:
            # The first item waits for the model to load: no measure of the others.
            self._began[stage] = (now, done)
        began, start = self._began.setdefault(stage, (now, done))
        if now - self._told >= _BETWEEN_LINES and done > start:
            self._told = now
            rate = (done - start) / (now - began)
            left = f", about {(total - done) / rate:.0f} s left" if total else ""
            of = f" of {total:,}" if total else ""
            self.note(f"{stage}: {done:,}{of} ({rate:.1f} a second{left})")

    def note(self, line: str, style: str | None = None) -> None:
        """A line of its own above the bars."""
        self._console.print(line, style=style, soft_wrap=True)


def _bars(console: object) -> Progress:
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Done(ProgressColumn):
        def render(self, task: Task) -> Text:
            of = f"/{task.total:,.0f}" if task.total is not None else ""
            return Text(f"{task.completed:,.0f}{of}")

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.1f}/s" if speed else "", style="progress.data.speed")

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        Done(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        console=console,  # type: ignore[arg-type]
        expand=True,
    )
