"""``sayso code``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from sayso.cli import exits, values
from sayso.cli.console import warn
from sayso.cli.inputs import Inputs
from sayso.cli.progress import Bars


def code(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Files, folders or tables of articles; - reads standard input."),
    ],
    published: values.Published = None,
    column: values.Column = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Write to this file, whole or not at all, instead of standard output."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over OUT if it is there.")] = False,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="How many processes code.")] = 1,
) -> None:
    """Code documents and print them, one JSON object a line, in the order of the input. Nothing is kept.

    The lines are the machine contract, schema sayso/document/1.

    [bold]Examples[/]

      sayso code article.txt --published 2016-03-27

      sayso code articles.jsonl -o coded.jsonl

      cat page.html | sayso code - | jq .statements
    """
    documents = Inputs(files, published, column)
    from sayso.contract import document_record
    from sayso.running import Failed, code_all, default_coder, in_order, prepare

    uncoded = 0
    with _writer(out, force) as stream, Bars() as bars:
        prepare(bars.at)
        for done, result in enumerate(in_order(code_all(iter(documents), default_coder, processes)), start=1):
            if isinstance(result, Failed):
                uncoded += 1
                warn(f"{result.document_id}: {result.problem}")
            else:
                json.dump(document_record(result), stream, ensure_ascii=False)
                stream.write("\n")
            if out:
                bars.at("coding", done, None)
            else:
                stream.flush()
    if uncoded or documents.failures:
        raise typer.Exit(exits.INCOMPLETE)


@contextmanager
def _writer(out: Path | None, force: bool) -> Iterator[IO[str]]:
    if out is None:
        # Texts are of any script, whatever the terminal's encoding is taken to be.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
        yield sys.stdout
        return
    from sayso.exporting.files import new_file

    with new_file(out, force=force) as stream:
        yield stream
