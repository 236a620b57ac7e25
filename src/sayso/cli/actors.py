"""``sayso actors``: asking who bears a name, and adding tables of actors."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import added, exits
from sayso.cli.console import clean, output, put, warn

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.vocabulary.actor_search import Bearer
    from sayso.vocabulary.actors import ActorEntry, ActorRegistry

actors = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


class Format(StrEnum):
    """What tables of actors can be read as: ``actor_formats.FORMATS``."""

    ucdp = "ucdp"
    phoenix = "phoenix"
    csv = "csv"


@actors.callback()
def registry() -> None:
    """Actors by name: ask for them, and add tables of your own."""


@actors.command()
def find(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="A name of an actor, or its id.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Who that was then, as 2016, 2016-03 or 2016-03-12.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an actor.")] = False,
) -> None:
    """Say who bears a name: other names, years, what it came from and became, parents, sector, identifiers.

    [bold]Examples[/]

      sayso actors find Nusra

      sayso actors find Nusra --on 2018

      sayso actors find "Russian Air Force" --json
    """
    from sayso.vocabulary.actor_search import bearers, suggestions
    from sayso.vocabulary.actors_added import load_registry

    wanted, year = " ".join(name), _year(on)
    known = load_registry()
    found = bearers(known, wanted, year)
    if not found:
        close = suggestions(known, wanted)
        warn(f"no actor is called {wanted}" + (f"; did you mean {', '.join(close)}?" if close else ""))
        raise typer.Exit(exits.INCOMPLETE)
    if as_json:
        for one in found[:limit]:
            sys.stdout.write(json.dumps(_record(one), ensure_ascii=False) + "\n")
        return
    console = output()
    for number, one in enumerate(found[:limit], 1):
        put(console, _shown(number, one, known, year))
    if len(found) > limit:
        warn(f"{len(found) - limit} more; --limit shows them")


@actors.command()
def add(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table of actors; it may be gzipped, or alone in a zip file.")
    ],
    format: Annotated[
        Format | None, typer.Option("--as", metavar="FORMAT", help="What to read it as, where that is not plain.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call it; by default after its file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")] = False,
) -> None:
    """Add a table of actors: they and their names are found from now on, in texts and by find.

    It may be UCDP's actor table, a Phoenix or CAMEO actor dictionary, or a CSV of your own with the column name.

    Malformed rows are named by their lines; the rest is added. A table of the same name is replaced.

    [bold]Examples[/]

      sayso actors add ucdp-actor-221.csv

      sayso actors add Phoenix.MilNonState.actors.txt

      sayso actors add my-actors.csv --name mine
    """
    from sayso.vocabulary import actor_formats, actors_added
    from sayso.vocabulary.actors import ActorRegistry

    chosen, called, before = added.chosen("actors", path, format, name, actor_formats.detect)
    table, changed, report = actors_added.add(path, chosen, called)
    joined = actors_added.join(ActorRegistry.load(), actors_added.entries(table))
    added.name_rows(path, report.problems, report.refused)
    if as_json:
        told = {**asdict(table), "changed": changed, "known": joined.known, "new": len(joined.new)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        lent = sum(len(lent.aliases) for lent in joined.lent.values())
        lines = [f"{joined.known:,} of them were known and lend {lent:,} names, {len(joined.new):,} are new."]
        added.tell_added(table, changed, before, report, lines)
    if report.refused:
        raise typer.Exit(exits.INCOMPLETE)


@actors.command(name="list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a table.")] = False) -> None:
    """List the tables that were added.

    [bold]Example[/]

      sayso actors list
    """
    added.show("actors", as_json)


@actors.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="What they are called; list names them.")],
) -> None:
    """Take tables out again. What comes with Sayso stays.

    [bold]Example[/]

      sayso actors remove mine
    """
    added.remove("actors", names)


def _year(date: str | None) -> int | None:
    if date is None:
        return None
    if not re.fullmatch(r"[12]\d{3}(?:-\d\d){0,2}", date):
        raise typer.BadParameter(f"{date!r} is not a date; write 2016, 2016-03 or 2016-03-12", param_hint="--on")
    return int(date[:4])


def _record(one: Bearer) -> dict[str, Any]:
    entry = one.entry
    return {
        "id": entry.id,
        "name": entry.name,
        "matched": one.matched,
        "aliases": [alias.removeprefix("=") for alias in entry.aliases],
        "country": entry.country,
        "sector": entry.sector,
        "kind": entry.kind,
        "from": entry.start,
        "to": entry.end,
        "parents": entry.parents,
        "predecessors": entry.predecessors,
        "successors": entry.successors,
        "offices": [asdict(office) for office in entry.offices],
        "identifiers": dict(entry.identifiers),
        "source": entry.source,
        "active": one.active,
        "then": [then.id for then in one.then],
    }


def _shown(number: int, one: Bearer, known: ActorRegistry, year: int | None) -> RenderableType:
    from rich.text import Text

    entry = one.entry
    text = Text(f"{number:>2}  ")
    text.append(clean(entry.name), style="bold")
    text.append(f"  {entry.id}", style="dim")
    for line in _lines(one, known, year):
        text.append(f"\n    {clean(line)}")
    return text


def _lines(one: Bearer, known: ActorRegistry, year: int | None) -> list[str]:
    from sayso.vocabulary.actor_search import successions

    entry = one.entry
    lines = [
        ", ".join(part for part in (entry.kind, entry.sector, entry.country, _years(entry.start, entry.end)) if part)
    ]
    if one.active is True:
        lines.append(f"Bore this name in {year}.")
    elif one.active is False:
        then = "; then: " + ", ".join(map(_named, one.then)) if one.then else ""
        lines.append(f"Did not bear this name in {year}{then}.")
    if entry.predecessors:
        lines.append(f"From: {', '.join(_named(p) for p in map(known.get, entry.predecessors) if p)}")
    if chain := successions(known, entry):
        lines.append(f"Became: {', then '.join(map(_named, chain))}")
    elif entry.successors:
        lines.append(f"Became: {', '.join(_named(s) for s in map(known.get, entry.successors) if s)}")
    if entry.parents:
        lines.append(
            f"Part of: {', '.join(_named(p) if p else i for i, p in ((i, known.get(i)) for i in entry.parents))}"
        )
    for office in entry.offices:
        lines.append(
            ", ".join(part for part in (office.title, office.country, _years(office.start, office.end)) if part)
        )
    aliases = [alias.removeprefix("=") for alias in entry.aliases]
    if aliases:
        shown = aliases[:12]
        more = f" and {len(aliases) - 12} more (--json)" if len(aliases) > 12 else ""
        lines.append(f"Also: {'; '.join(shown)}{more}")
    identifiers = [f"{scheme} {value}" for scheme, value in entry.identifiers]
    lines.append(f"Source: {entry.source}" + (f"; ids: {', '.join(identifiers)}" if identifiers else ""))
    return lines


def _named(entry: ActorEntry) -> str:
    years = _years(entry.start, entry.end)
    return f"{entry.name} ({entry.id}{', ' + years if years else ''})"


def _years(start: int | None, end: int | None) -> str:
    """ "2012 to 2016"; empty where neither is known."""
    if start is None and end is None:
        return ""
    return f"{start or '?'} to {end}" if end else f"from {start}"
