"""``sayso upgrade``, ``copy``, ``ledger`` and ``users``: keeping a workspace, and who may use it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from sayso.cli.console import clean, warn

Ws = Annotated[str, typer.Argument(metavar="WS", help="The workspace: a folder, or postgresql://user@host/database.")]

users = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


def upgrade(workspace: Ws) -> None:
    """Bring a workspace of an older Sayso to this version.

    A folder's database is copied to workspace.db.before-VERSION first. Where events must be linked anew, it says so:
    then run [bold]sayso build[/].

    [bold]Examples[/]

      sayso upgrade ws
    """
    from sayso.workspace import Workspace

    before, after = Workspace.upgrade(workspace)
    if before == after:
        warn(f"schema {after} already")
        return
    with Workspace.open(workspace) as opened:
        linked = not opened.stale
    again = "" if linked else "; run sayso build again, which links events anew"
    warn(f"schema {before} is now {after}{again}")


def copy(
    workspace: Ws,
    target: Annotated[str, typer.Argument(metavar="WS2", help="Where to: a new folder, or postgresql://…?schema=new.")],
) -> None:
    """Copy a workspace whole, originals, judgements and ledger too: from a folder to a server, or back.

    [bold]Examples[/]

      sayso copy ws postgresql://ana@db.example/sayso?schema=yemen

      sayso copy postgresql://ana@db.example/sayso?schema=yemen ws-at-home
    """
    from sayso.workspace import Workspace
    from sayso.workspace.address import parse_address
    from sayso.workspace.copying import copy_workspace

    with Workspace.open(workspace) as opened:
        for step in copy_workspace(opened, target):
            if step.rows:
                warn(f"{step.rows:,} {step.table}")
    address = parse_address(target)  # without its password
    warn(f"copied to {address}; prove it with: sayso check {address}")


def ledger(
    workspace: Ws,
    about: Annotated[
        str | None, typer.Option("--about", metavar="ID", help="Only what was done to this document or judgement.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="The last so many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an entry on standard output.")] = False,
) -> None:
    """Who wrote what into a workspace, and when: every entry is chained to the one before by its hash.

    The hash of the last entry, kept elsewhere, proves later that nothing before it was changed.

    [bold]Examples[/]

      sayso ledger ws

      sayso ledger ws --about doc_0123456789abcdef --json
    """
    from sayso.workspace import Workspace

    with Workspace.open(workspace) as opened:
        entries = opened.ledger(about)
    for entry in entries[-limit:]:
        if as_json:
            sys.stdout.write(json.dumps(asdict(entry) | {"at": entry.at.isoformat()}, ensure_ascii=False) + "\n")
            continue
        cells = (str(entry.number), f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.user, entry.action, entry.subject)
        _line(*cells, entry.detail.get("reason") or "")
    if not entries:
        warn(f"nothing is written of {about}" if about else "nothing was written yet")
    elif not as_json:
        warn(f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'}; the last has {entries[-1].sha256}")


@users.callback()
def people() -> None:
    """Who may use a workspace that is served beyond this machine."""


@users.command("add")
def add_user(
    workspace: Ws,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits and . _ @ -")],
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="reader, coder (codes what is assigned), editor, or owner.")
    ] = "editor",
) -> None:
    """Add somebody, or give them a new role and token. The token is printed once and kept nowhere.

    [bold]Examples[/]

      sayso users add ws ana --role coder
    """
    from sayso.workspace import Workspace
    from sayso.workspace.users import add

    with Workspace.open(workspace) as opened, opened.transaction(write=True) as connection:
        token = add(connection, name, role, by=opened.user)
    sys.stdout.write(token + "\n")
    warn(f"{clean(name)} signs in with this token as {role}; it cannot be shown again")


@users.command("list")
def list_users(
    workspace: Ws,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a user on standard output.")] = False,
) -> None:
    """List everybody.

    [bold]Examples[/]

      sayso users list ws
    """
    from sayso.workspace import Workspace
    from sayso.workspace.users import users as everybody

    with Workspace.open(workspace) as opened, opened.transaction() as connection:
        found = everybody(connection)
    for user in found:
        if as_json:
            record = asdict(user) | {"created_at": user.created_at.isoformat() if user.created_at else None}
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            _line(user.name, user.role, "removed" if user.disabled else "")
    if not found:
        warn("nobody yet; add somebody with: sayso users add WS NAME --role editor")


@users.command("remove")
def remove_user(
    workspace: Ws, name: Annotated[str, typer.Argument(metavar="NAME", help="Who is shut out; what they did stays.")]
) -> None:
    """Shut somebody out: their token and sessions are worth nothing any more.

    [bold]Examples[/]

      sayso users remove ws ana
    """
    from sayso.workspace import Workspace
    from sayso.workspace.users import disable

    with Workspace.open(workspace) as opened, opened.transaction(write=True) as connection:
        disable(connection, name, by=opened.user)
    warn(f"{clean(name)} is shut out: token and sessions are worth nothing any more; what they did stays")


def _line(*cells: str) -> None:
    sys.stdout.write("\t".join(map(clean, cells)).rstrip("\t") + "\n")
