"""``sayso``: its commands, and how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from sayso.cli import exits
from sayso.cli.actors import actors
from sayso.cli.build import build
from sayso.cli.check import check
from sayso.cli.code import code
from sayso.cli.console import warn
from sayso.cli.explain import explain
from sayso.cli.export import export
from sayso.cli.gazetteer import gazetteer
from sayso.cli.reference import reference
from sayso.cli.search import search
from sayso.cli.serve import serve
from sayso.cli.show import show
from sayso.cli.team import copy, ledger, upgrade, users
from sayso.errors import SaysoError

app = typer.Typer(
    name="sayso",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (build, show, serve, search, code, explain, export, check, copy, upgrade, ledger):
    app.command()(command)
app.add_typer(gazetteer, name="gazetteer")
app.add_typer(actors, name="actors")
app.add_typer(users, name="users")
app.add_typer(reference, name="reference")


def _version(wanted: bool) -> None:
    if wanted:
        from sayso import __version__

        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def sayso(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """What happened, on whose say-so: a sourced chronology from a pile of articles.

    Start with [bold]sayso build ARTICLES --into WS[/], then [bold]sayso show WS[/].
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``sayso`` with ``arguments`` (by default those of the process); always ends in ``SystemExit``."""
    try:
        code = app(arguments, prog_name="sayso", standalone_mode=False)
    except typer.TyperException as error:
        _usage(error)
        sys.exit(exits.USAGE)
    except SaysoError as error:
        warn(str(error))
        sys.exit(exits.IMPOSSIBLE)
    except (KeyboardInterrupt, typer.Abort):
        warn("stopped")
        sys.exit(exits.INTERRUPTED)
    except BrokenPipeError:
        _silence()
        sys.exit(exits.BROKEN_PIPE)
    except OSError as error:
        warn(f"output cannot be written ({error.strerror or error})")
        _silence()
        sys.exit(exits.IMPOSSIBLE)
    except SystemExit as error:
        # typer ends so where whoever read our output has stopped reading.
        if isinstance(error.__context__, BrokenPipeError):
            sys.exit(exits.BROKEN_PIPE)
        raise
    if code == exits.INTERRUPTED:
        warn("stopped")
    try:
        sys.stdout.flush()
    except OSError as error:
        _silence()
        sys.exit(exits.BROKEN_PIPE if isinstance(error, BrokenPipeError) else exits.IMPOSSIBLE)
    sys.exit(code or exits.FINE)


def _usage(error: typer.TyperException) -> None:
    context = getattr(error, "ctx", None)
    if not error.format_message():
        return
    if context is not None:
        print(context.get_usage(), file=sys.stderr)  # noqa: T201
    warn(error.format_message())
    if context is not None:
        print(f"See: {context.command_path} --help", file=sys.stderr)  # noqa: T201


def _silence() -> None:
    # So that the interpreter's own flush at exit has somewhere to go.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
