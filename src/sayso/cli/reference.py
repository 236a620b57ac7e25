"""``sayso reference``: tables of events that others recorded, held against what documents tell."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.console import clean, warn

reference = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


class Kind(StrEnum):
    """What tables of events can be read as: the kinds of ``linking/reference-columns.csv``."""

    ucdp = "ucdp"
    acled = "acled"
    csv = "csv"


@reference.callback()
def references() -> None:
    """Records of others: bring rows you have the right to use, and see where events agree with them."""


@reference.command()
def add(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with a header, or one JSON object a line; UTF-8.")],
    kind: Annotated[Kind, typer.Option("--as", metavar="KIND", help="ucdp, acled or csv.")],
) -> None:
    """Hold every event against the rows of a table: it agrees, differs in a field, or is not covered.

    The rows take the place of those of the same kind that were added before. What documents say is never changed.

    [bold]Examples[/]

      sayso reference add ws GEDEvent_v25_1.csv --as ucdp

      sayso reference add ws my-list.csv --as csv
    """
    from sayso.linking.reference_files import read_references
    from sayso.vocabulary.gazetteer import Gazetteer
    from sayso.workspace import Workspace

    with Workspace.open(workspace) as opened, Gazetteer.open() as gazetteer:
        number = opened.add_references(kind.value, read_references(file, kind.value, gazetteer))
        marks = [mark for event in opened.events() for mark in event["references"] or ()]
    agreeing = sum(mark["verdict"] == "agrees" for mark in marks)
    differing = len(marks) - agreeing
    warn(clean(f"{number:,} rows of {file}; events that agree with one: {agreeing}; that differ: {differing}"))
