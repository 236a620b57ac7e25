"""``sayso build``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import exits, values
from sayso.cli.console import clean, warn
from sayso.cli.progress import Bars

if TYPE_CHECKING:
    from sayso.running import Summary


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Files, folders (all under them) or tables of articles; - reads standard input."
        ),
    ],
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="WS",
            help="The workspace: a folder or postgresql://user@host/database, made if need be.",
        ),
    ],
    column: values.Column = None,
    published: values.Published = None,
    processes: Annotated[
        int | None,
        typer.Option(
            "--processes", metavar="N", min=1, help="How many processes code; by default as many as it is worth."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the closing summary as JSON on standard output.")
    ] = False,
) -> None:
    """Read articles, code and link them, and keep all of it in a workspace.

    Run it again at any time: only what is new or changed is done, and a build that was stopped goes on where it was.

    [bold]Examples[/]

      sayso build articles/ --into ws

      sayso build table.csv --column text=body --column published=day --into ws

      sayso build page.html --published 2016-03-27 --into ws
    """
    values.present(inputs)
    columns = values.columns(column)
    from sayso.running import Failure, Progress, Skipped, prepare, run_build
    from sayso.workspace import Workspace

    summary: Summary | None = None
    with Workspace.open_or_create(into) as workspace, Bars() as bars:
        prepare(bars.at)
        run = run_build(workspace, inputs, published=published, columns=columns, processes=processes)
        try:
            for step in run:
                if isinstance(step, Progress):
                    bars.at(step.stage, step.done, step.total)
                elif isinstance(step, Failure):
                    bars.note(f"✗ {clean(step.item)}: {clean(step.problem)}", style="red")
                elif isinstance(step, Skipped):
                    bars.note(f"– {clean(step.item)}: {clean(step.problem)}")
                else:
                    summary = step
        except KeyboardInterrupt:
            run.close()
            bars.note("Stopped. What was done is kept; the same command goes on from here.")
            raise typer.Exit(exits.INTERRUPTED) from None
    assert summary is not None
    if as_json:
        json.dump(asdict(summary), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        _tell(summary, clean(str(workspace.address)))
    if summary.failures:
        raise typer.Exit(exits.INCOMPLETE)


def _tell(summary: Summary, into: str) -> None:
    figures = summary.figures
    assert figures is not None
    lines = [
        f"Read {summary.read:,}: {summary.new:,} new, {summary.changed:,} changed, {summary.unchanged:,} unchanged; "
        f"{len(summary.failures):,} failed. Coded {summary.coded:,}.",
        f"The workspace holds {_many(figures.documents, 'document')}, {_many(figures.statements, 'statement')}, "
        f"{_many(figures.events, 'event')}, {_many(figures.copies, 'group')} of copies, "
        f"{_many(figures.disagreements, 'disagreement')}.",
    ]
    if figures.events:
        lines.append(f"Look at it with: sayso show {into}")
    for line in lines:
        print(clean(line), file=sys.stderr)  # noqa: T201
    if not figures.documents:
        warn("nothing to show: no input held a document that can be read")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
