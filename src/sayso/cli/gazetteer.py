"""``sayso gazetteer``: asking for places, and adding tables of them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import added, exits
from sayso.cli.console import clean, output, put, warn
from sayso.cli.progress import Bars

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.vocabulary.gazetteer_search import Candidate

gazetteer = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


class Format(StrEnum):
    """What tables of places can be read as: ``gazetteer_formats.FORMATS``."""

    geonames = "geonames"
    wof = "wof"
    ocha = "ocha"
    ourairports = "ourairports"
    csv = "csv"


@gazetteer.callback()
def places() -> None:
    """Places by name: ask for them, and add tables of your own."""


@gazetteer.command()
def find(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="The name of a place, or its id.")],
    country: Annotated[
        str | None,
        typer.Option(
            "--country", metavar="CODE", help="Only in this country, as SY or SYR; other spellings are found then too."
        ),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only of this kind, as city, admin1, airbase.")
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", metavar="PLACE", help="The nearer to this place or point, the better.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a place.")] = False,
) -> None:
    """Say which places bear a name, the likeliest first, and why each scores what it does.

    [bold]Examples[/]

      sayso gazetteer find Tripoli

      sayso gazetteer find Tripoli --near Beirut

      sayso gazetteer find Saraqueb --country SY

      sayso gazetteer find Khmeimim --near 35.5,35.8 --json
    """
    from sayso.vocabulary.gazetteer import Found, Gazetteer
    from sayso.vocabulary.gazetteer_search import point_of, search

    wanted = " ".join(name)
    code = _country(country)
    with Bars() as bars:
        opened = Gazetteer.open(progress=bars.at)
    with opened:
        try:
            point, place = point_of(opened, near, code) if near else (None, None)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--near") from None
        found = search(opened, wanted, country=code, kind=kind, near=point)
        by_id = opened.get(wanted)
    if by_id is not None:
        from sayso.vocabulary.gazetteer_search import candidate

        found = [candidate(Found(by_id, True), point)]
    if not found:
        hint = "" if code else "; with --country, names spelt another way are found too"
        warn(f"no place is called {wanted}{hint}")
        raise typer.Exit(exits.INCOMPLETE)
    if as_json:
        for one in found[:limit]:
            sys.stdout.write(json.dumps(_record(one), ensure_ascii=False) + "\n")
        return
    if place is not None:
        warn(f"near {place.name}, {place.admin1_name or place.country} ({place.latitude:.3f}, {place.longitude:.3f})")
    console = output()
    for number, one in enumerate(found[:limit], 1):
        put(console, _shown(number, one))
    if len(found) > limit:
        warn(f"{len(found) - limit} more; --limit shows them")


@gazetteer.command()
def add(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table of places; it may be gzipped, or alone in a zip file.")
    ],
    format: Annotated[
        Format | None, typer.Option("--as", metavar="FORMAT", help="What to read it as, where that is not plain.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call it; by default after its file.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="The country of rows that do not say theirs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")] = False,
) -> None:
    """Add a table of places: its places and spellings are found from now on, in texts and by find.

    It may be a GeoNames dump, a Who's On First table, an OCHA table with P-codes, OurAirports' airports.csv,

    or a CSV of your own with at least the columns name, latitude and longitude.

    Malformed rows are named by their lines; the rest is added. A table of the same name is replaced.

    [bold]Examples[/]

      sayso gazetteer add SY.txt

      sayso gazetteer add whosonfirst-sy.tsv.gz --country SY

      sayso gazetteer add my-places.csv --name mine
    """
    from sayso.vocabulary import gazetteer_added, gazetteer_formats
    from sayso.vocabulary.gazetteer import Gazetteer

    chosen, called, before = added.chosen("places", path, format, name, gazetteer_formats.detect)
    code = _country(country)
    with Bars() as bars:
        table, changed, report = gazetteer_added.add(
            path, chosen, called, code, lambda line: bars.at("reading lines", line, None)
        )
        opened = Gazetteer.open(progress=bars.at)
    with opened:
        known, unplaced = opened.told_of(called)
    refused = sorted([*report.problems, *unplaced.first])
    added.name_rows(path, refused, report.refused + unplaced.number)
    if as_json:
        told = {**asdict(table), "changed": changed, "known": known, "unplaced": unplaced.number}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        new = table.rows - known - unplaced.number
        line = f"{known:,} of them were known and lend their spellings, {new:,} are new"
        line += f", {unplaced.number:,} have no point and are not known." if unplaced.number else "."
        added.tell_added(table, changed, before, report, [line])
    if refused:
        raise typer.Exit(exits.INCOMPLETE)


@gazetteer.command(name="list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a table.")] = False) -> None:
    """List the tables that were added.

    [bold]Example[/]

      sayso gazetteer list
    """
    added.show("places", as_json)


@gazetteer.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="What they are called; list names them.")],
) -> None:
    """Take tables out again. What comes with Sayso stays.

    [bold]Example[/]

      sayso gazetteer remove mine
    """
    added.remove("places", names)


def _country(code: str | None) -> str | None:
    from sayso.vocabulary.gazetteer_formats import country_code

    try:
        return country_code(code) if code is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--country") from None


def _record(one: Candidate) -> dict[str, Any]:
    entry = asdict(one.found.entry)
    return {
        **entry,
        "main_name": one.found.main,
        "likeness": round(one.found.likeness, 1),
        "kilometres": None if one.kilometres is None else round(one.kilometres, 1),
        "score": round(one.score, 2),
        "parts": [{"part": part, "score": round(score, 2), "why": why} for part, score, why in one.parts],
    }


def _shown(number: int, one: Candidate) -> RenderableType:
    from rich.text import Text

    entry = one.found.entry
    where = [entry.admin2_name, entry.admin1_name if entry.kind != "admin1" else None, entry.country]
    line = Text(f"{number:>2}  ")
    line.append(clean(entry.name), style="bold")
    line.append(f"  {', '.join(clean(part) for part in where if part)}")
    line.append(f"  {entry.latitude:.4f}, {entry.longitude:.4f}  {entry.id} from {clean(entry.source)}\n", style="dim")
    line.append(f"    {one.score:5.2f} = ", style="bold")
    line.append("  ".join(f"{score:+.2f} {clean(why)}" for _, score, why in one.parts).removeprefix("+"))
    return line
