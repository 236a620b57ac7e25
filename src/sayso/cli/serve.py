"""``sayso serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.console import clean, messages, warn
from sayso.errors import WorkspaceError


def serve(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port to listen on.")] = 8414,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on; beyond this machine users sign in.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="With --host: only answer to this host name, as browsers know it."),
    ] = None,
) -> None:
    """Read the workspace in a browser: chronology, events with each source's words, documents with their spans.

    It listens on this machine only, for you alone, unless --host says otherwise: then everybody signs in with a token
    of sayso users add. Put a server that speaks HTTPS in front of it. Stop it with Ctrl-C.

    [bold]Examples[/]

      sayso serve ws

      sayso serve ws --port 9000

      sayso serve ws --host 0.0.0.0 --name chronology.example.org
    """
    from sayso.web import is_loopback
    from sayso.web import serve as run
    from sayso.workspace import Workspace
    from sayso.workspace.users import users

    with Workspace.open(workspace) as opened:
        if not is_loopback(host):
            with opened.transaction() as connection:
                if not any(not user.disabled for user in users(connection)):
                    raise WorkspaceError("nobody could sign in; first run: sayso users add WS NAME --role owner")
            warn("whoever reaches this port can try to sign in; tokens travel in clear without HTTPS in front")
        messages().print(f"{clean(str(opened.address))}: http://{host}:{port}/ (Ctrl-C stops)")
        run(opened, port, host, name or ())
