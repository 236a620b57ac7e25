"""``sayso export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.console import clean


def export(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    form: Annotated[str, typer.Option("--as", metavar="FORMAT", help="json, csv, geojson or judged.")],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The file to write; for json and judged a folder.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Write a workspace in another format: whole files or none, in the same order every time.

    json: the machine contract (documents, statements, events, disagreements, copies).

    csv: one row a statement with its words, for spreadsheets.

    geojson: the events that have coordinates.

    judged: what people decided, as training data (corrections beside what the coder made, pairs joined or parted, the
    work of double coders), and how far coders agree.

    [bold]Examples[/]

      sayso export ws --as json -o export/

      sayso export ws --as csv -o statements.csv

      sayso export ws --as geojson -o events.geojson --force

      sayso export ws --as judged -o training/
    """
    from sayso.exporting import FORMATS
    from sayso.exporting import export as write
    from sayso.workspace import Workspace

    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(FORMATS)}", param_hint="--as")
    with Workspace.open(workspace) as opened:
        for path in write(opened, form, out, force=force):
            print(clean(f"Wrote {path}"), file=sys.stderr)  # noqa: T201
