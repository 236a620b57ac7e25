"""``sayso show``."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Annotated, get_args

import typer

from sayso.cli import values
from sayso.cli.console import clean, output, put, warn
from sayso.model import Status

_STATUSES = get_args(Status)


def show(
    workspace: Annotated[str, typer.Argument(metavar="WS", help="The workspace.")],
    place: Annotated[
        list[str] | None,
        typer.Option("--place", metavar="NAME", help="Part of the name of the place, its region, or a country code."),
    ] = None,
    actor: Annotated[
        list[str] | None, typer.Option("--actor", metavar="NAME", help="Part of the name of an actor or target.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="Event type, as air_strike.")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="STATUS", help="happened, ongoing, planned, denied, hypothetical or alleged."),
    ] = None,
    earliest: Annotated[
        date | None,
        typer.Option("--from", metavar="DATE", parser=values.first_day, help="Not before 2016, 2016-03 or 2016-03-12."),
    ] = None,
    latest: Annotated[
        date | None,
        typer.Option("--to", metavar="DATE", parser=values.last_day, help="Not after 2016, 2016-03 or 2016-03-12."),
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only events on which sources differ.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many events.")] = None,
    width: values.Width = None,
    as_json: Annotated[bool, typer.Option("--json", help="One sayso/event/1 object a line.")] = False,
) -> None:
    """Print the chronology: what happened, where, when, who, in whose words, and where sources differ.

    Options given several times mean any of their values.

    Events without a date come last; with --from or --to they are left out.

    [bold]Examples[/]

      sayso show ws

      sayso show ws --place Aleppo --from 2016-11 --to 2016-12

      sayso show ws --type air_strike --type shelling --disputed

      sayso show ws --json | jq .place.name
    """
    from sayso.vocabulary.event_types import event_types

    types = event_types()
    for name in kind or ():
        if name not in types:
            raise typer.BadParameter(f"{name!r} is none of {', '.join(types)}", param_hint="--type")
    for name in status or ():
        if name not in _STATUSES:
            raise typer.BadParameter(f"{name!r} is none of {', '.join(_STATUSES)}", param_hint="--status")
    from sayso.workspace import EventFilter, Workspace

    wanted = EventFilter(
        places=tuple(place or ()),
        actors=tuple(actor or ()),
        types=tuple(kind or ()),
        statuses=tuple(status or ()),
        earliest=earliest,
        latest=latest,
        disputed=disputed,
        limit=limit,
    )
    with Workspace.open(workspace) as opened:
        events = opened.events(wanted)
        figures = opened.figures()
        if as_json:
            for event in events:
                sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        else:
            from sayso.cli.chronology import Names, chronology
            from sayso.vocabulary.states import load_states

            console = output(width)
            names = Names(
                {one.id: one.label for one in types.values()}, {one.country: one.name for one in load_states()}
            )
            for part in chronology(events, opened.told, names, console.width):
                put(console, part)
            passing = opened.count(wanted)
            noun = "event" if passing == 1 else "events"
            shown = f"{len(events):,}" if len(events) == passing else f"the first {len(events):,} of {passing:,}"
            all_ = f" (of {figures.events:,})" if passing != figures.events else ""
            put(console, f"{shown} {noun}{all_} from {figures.documents:,} documents in {clean(str(opened.address))}")
    if figures.stale:
        warn(f"not up to date: documents came or changed since; run: sayso build INPUT --into {workspace}")
