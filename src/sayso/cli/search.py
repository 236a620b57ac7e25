"""``sayso search``."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from sayso.cli.console import clean, output, warn
from sayso.wording import called


def search(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    query: Annotated[
        list[str], typer.Argument(metavar="QUERY", help='Words, a "phrase" in quotes, or the start of a word and *.')
    ],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many documents.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
) -> None:
    """Find documents that hold all the words, best first. Case and accents do not matter.

    [bold]Examples[/]

      sayso search ws Palmyra

      sayso search ws '"barrel bomb*" Aleppo'
    """
    from rich.text import Text

    from sayso.workspace import Workspace

    with Workspace.open(workspace) as opened:
        hits = opened.search(" ".join(query), limit)
    if as_json:
        for hit in hits:
            words = hit.excerpt.replace("\x01", "").replace("\x02", "")
            sys.stdout.write(json.dumps(asdict(hit) | {"excerpt": words}, ensure_ascii=False) + "\n")
        return
    console = output()
    for hit in hits:
        head = Text(clean(called(hit.title, hit.origin)), style="bold")
        head.append(f"  {clean(hit.outlet)}" if hit.outlet else "", style="not bold")
        head.append(f"  {clean(hit.document_id)}", style="not bold dim")
        console.print(head)
        console.print(excerpt(hit.excerpt))
        console.print()
    if not hits:
        warn(f"no document holds {' '.join(query)}")


def excerpt(marked: str) -> object:
    """The excerpt of a hit with the found words standing out."""
    from rich.text import Text

    line = Text("  ")
    for number, part in enumerate(marked.replace("\x02", "\x01").split("\x01")):
        words = re.sub(r"\s", " ", part)
        lead, trail = words[:1] == " ", words[-1:] == " " and words.strip() != ""
        line.append(" " * lead + clean(words) + " " * trail, style="bold yellow" if number % 2 else "")
    return line
