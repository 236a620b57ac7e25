"""``sayso serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.console import clean, messages


def serve(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port to listen on.")] = 8414,
) -> None:
    """Read the workspace in a browser: chronology, events with each source's words, documents with their spans.

    It listens on this machine only, and only reads. Stop it with Ctrl-C.

    [bold]Examples[/]

      sayso serve ws

      sayso serve ws --port 9000
    """
    from sayso.web import serve as run
    from sayso.workspace import Workspace

    with Workspace.open(workspace) as opened:
        messages().print(f"{clean(str(opened.address))}: http://127.0.0.1:{port}/ (Ctrl-C stops)")
        run(opened, port)
