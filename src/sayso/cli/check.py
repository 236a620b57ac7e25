"""``sayso check``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from sayso.cli import exits
from sayso.cli.console import clean, warn
from sayso.cli.progress import Bars

#: Documents coded again where not all are asked for.
_SAMPLE = 20


class Recode(StrEnum):
    """How many documents ``check`` codes again."""

    none = "none"
    sample = "sample"
    all = "all"


def check(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    recode: Annotated[
        Recode, typer.Option("--recode", help="Which documents to code again: they must come out the same.")
    ] = Recode.sample,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a finding on standard output.")] = False,
) -> None:
    """Prove a workspace: every value has its words, every id derives again, every original is what was fetched.

    Exits with 1 and names each thing that does not hold.

    [bold]Examples[/]

      sayso check ws

      sayso check ws --recode all --json
    """
    from sayso.running import default_coder, prepare
    from sayso.workspace import Workspace
    from sayso.workspace.checking import Checked
    from sayso.workspace.checking import check as prove

    with Workspace.open(workspace) as opened, Bars() as bars:
        code = None
        if recode is not Recode.none:
            prepare(bars.at)
            code = default_coder()
            if old := opened.coders() - {code.version}:
                warn(f"coded by {', '.join(sorted(old))}, this is {code.version}: not coded again; run sayso build")
                code = None
        found = before = 0
        for step in prove(opened, code, _SAMPLE if recode is Recode.sample else None):
            if isinstance(step, Checked):
                sign = "✓" if found == before else "✗"
                bars.note(f"{sign} {step.check}: {step.number:,} looked at, {found - before:,} wrong")
                before = found
                continue
            found += 1
            if as_json:
                sys.stdout.write(json.dumps(asdict(step), ensure_ascii=False) + "\n")
            else:
                sys.stdout.write(clean(f"{step.check}: {step.subject}: {step.problem}") + "\n")
    if found:
        warn(f"{found} findings")
        raise typer.Exit(exits.INCOMPLETE)
    warn("everything holds")
