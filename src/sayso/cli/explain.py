"""``sayso explain``."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import exits, values
from sayso.cli.console import output, put, warn
from sayso.cli.inputs import Inputs
from sayso.cli.progress import Bars

if TYPE_CHECKING:
    from sayso.coding.coder import Coder
    from sayso.linking import Tie
    from sayso.model import Document
    from sayso.workspace import Workspace


def explain(
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="A file, folder or table of articles (- reads standard input), or WS."),
    ],
    subject: Annotated[
        str | None, typer.Argument(metavar="ID", help="Of a workspace: the id of a statement, event or document.")
    ] = None,
    published: values.Published = None,
    column: values.Column = None,
    width: values.Width = None,
    as_json: Annotated[bool, typer.Option("--json", help="One sayso/explanation/1 object a document.")] = False,
) -> None:
    """Say why: what each field of each statement stands on, what else was weighed, and why others are empty.

    [bold]Examples[/]

      sayso explain article.txt --published 2016-03-27

      sayso explain ws stm_2f6c0b1d9a7e4c35

      sayso explain ws evt_91d3a4c0be5f6721 --json | jq .ties
    """
    if subject is not None and (published or column):
        raise typer.BadParameter("only files take --published and --column, a workspace does not", param_hint="SOURCE")
    shown = _Shown(as_json, width)
    if subject is not None:
        _of_workspace(source, subject, shown)
        return
    documents = Inputs([source], published, column)
    for document in documents:
        shown.document(document)
    if documents.failures:
        raise typer.Exit(exits.INCOMPLETE)


def _of_workspace(workspace: str, subject: str, shown: _Shown) -> None:
    from sayso.workspace import Workspace

    with Workspace.open(workspace) as opened:
        told = [one.record["id"] for one in opened.told([subject]).get(subject, ())]
        if told:
            _of_event(opened, subject, told, shown)
            return
        document_id = opened.document_of(subject)
        found = list(opened.coded([document_id or subject], as_made=True))
        if not found:
            raise typer.BadParameter(f"{subject}: no statement, event or document here has this id", param_hint="ID")
        shown.document(found[0].document, only={subject} if document_id else None)


def _of_event(opened: Workspace, event_id: str, told: Sequence[str], shown: _Shown) -> None:
    shown.ties(event_id, opened.ties(told))
    documents = sorted({found for one in told if (found := opened.document_of(one)) is not None})
    for coded in opened.coded(documents, as_made=True):
        shown.document(coded.document, only=set(told))


class _Shown:
    """Prints accounts as they come, for a person or a program. The coder is loaded for the first."""

    def __init__(self, as_json: bool, width: int | None) -> None:
        self._as_json = as_json
        self._width = width
        self._coder: Coder | None = None

    def document(self, document: Document, only: Collection[str] | None = None) -> None:
        """Code ``document`` again and print why; ``only``: of statements with these ids."""
        from sayso.cli.reasons import account_lines, account_record
        from sayso.coding.explaining import account

        if self._coder is None:
            self._coder = _coder()
        found = account(self._coder, document)
        explained = [e for e in found.explanations if only is None or e.statement.id in only]
        if only is not None and not explained:
            warn(f"{document.id}: people added it, or another version of Sayso coded it; run sayso build")
            return
        left_out = found.left_out if only is None else ()
        if self._as_json:
            self._put(account_record(document, explained, left_out))
            return
        console = output(self._width)
        for line in account_lines(document, explained, left_out):
            put(console, line)

    def ties(self, event_id: str, found: Sequence[Tie]) -> None:
        """Print what holds an event together."""
        from sayso.cli.reasons import tie_lines, ties_record

        if self._as_json:
            self._put(ties_record(event_id, found))
            return
        console = output(self._width)
        for line in tie_lines(event_id, found):
            put(console, line)

    def _put(self, record: object) -> None:
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _coder() -> Coder:
    from sayso.coding.coder import Coder
    from sayso.running import prepare

    with Bars() as bars:
        prepare(bars.at)
    return Coder()
