"""The chronology in a terminal: events under the months they began in, each with its words and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sayso.cli.console import clean
from sayso.contract import Record
from sayso.wording import basis, called, chapter, count, period, stated
from sayso.workspace import Told


@dataclass(frozen=True, slots=True)
class Names:
    """What ids and codes are called: event types by id, countries by ISO 3166-1 alpha-2 code."""

    types: Mapping[str, str]
    countries: Mapping[str, str]


#: From this many columns on, the words stand beside the facts instead of below them.
_SIDE_BY_SIDE = 120
_DATE_WIDTH = 15
#: A quotation is cut to about this many characters around what reports the event.
_QUOTE = 260
_NAMES = 4

_STATUS_STYLES = {
    "planned": "cyan",
    "hypothetical": "cyan",
    "ongoing": "cyan",
    "denied": "red",
    "alleged": "yellow",
}
_NEARNESS = {"near": "near ", "exact": "", "district": "", "region": "", "country": ""}


def chronology(
    events: Sequence[Record], told: Callable[[Sequence[str]], Mapping[str, Sequence[Told]]], names: Names, width: int
) -> Iterator[RenderableType]:
    """``events`` as renderables. ``told`` fetches statements by event ids."""
    ordered = sorted(events, key=_order)
    heading = ""
    for at in range(0, len(ordered), 200):
        some = ordered[at : at + 200]
        statements = told([event["id"] for event in some])
        for event in some:
            _, title = chapter(event["time"])
            if title != heading:
                yield Rule(Text(title, style="bold"), align="left", style="dim", characters="─")
                heading = title
            yield _entry(event, statements.get(event["id"], ()), names, width)


def _order(event: Record) -> tuple[tuple[int, int], str, str]:
    time = event["time"]
    key, _ = chapter(time)
    return key, time["earliest"] if time else "", time["latest"] if time else ""


def _entry(event: Record, told: Sequence[Told], names: Names, width: int) -> RenderableType:
    facts: list[RenderableType] = [_headline(event, names)]
    facts += [line for line in (_parties(event), _toll(event)) if line]
    words = [*([_quotation(told[0])] if told else []), _told_by(event, told)]
    warnings = [_disagreement(one, names) for one in event["disagreements"]]
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(width=_DATE_WIDTH, no_wrap=False)
    room = width - _DATE_WIDTH - 2
    if width >= _SIDE_BY_SIDE:
        left = min(56, room * 2 // 5)
        grid.add_column(width=left)
        grid.add_column(width=room - left - 2)
        grid.add_row(_date(event), Group(*facts, *warnings), Group(*words))
    else:
        grid.add_column(width=room)
        grid.add_row(_date(event), Group(*facts, *words, *warnings))
    return Padding(grid, (0, 0, 1, 0))


def _date(event: Record) -> Text:
    time = event["time"]
    if time is None:
        return Text("—", style="dim")
    date = Text(period(time).replace(" – ", " –\n"), style="bold")
    how = basis(time)
    return date.append(f"\n({how})", style="not bold dim") if how else date


def _headline(event: Record, names: Names) -> Text:
    label = names.types.get(event["type"], clean(event["type"]))
    line = Text(label[:1].upper() + label[1:], style="bold")
    if event["status"] != "happened":
        line.append(f" [{event['status']}]", style=_STATUS_STYLES.get(event["status"], "cyan"))
    if place := event["place"]:
        line.append(" · ", style="not bold dim")
        line.append(_NEARNESS[place["precision"]] + clean(place["name"]), style="not bold green")
        country = names.countries.get(place["country"], place["country"])
        around = dict.fromkeys(clean(part) for part in (place["admin1"], country) if part and part != place["name"])
        if around and place["kind"] != "country":
            line.append(f", {', '.join(around)}", style="not bold dim")
    return line


def _parties(event: Record) -> Text | None:
    actors, targets = _names(event["actors"]), _names(event["targets"])
    if not actors and not targets:
        return None
    line = Text(actors or "(not told)", style="" if actors else "dim")
    return line.append(" → ", style="dim").append(targets) if targets else line


def _names(parties: Sequence[Record]) -> str:
    names = list(dict.fromkeys(clean(party["name"]) for party in parties))
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _toll(event: Record) -> Text | None:
    tolls = [f"{count(event[field])} {field}" for field in ("killed", "injured") if event[field]]
    return Text(" · ".join(tolls), style="red") if tolls else None


def _told_by(event: Record, told: Sequence[Told]) -> Text:
    """Who stands behind it: how many independent voices, by name."""
    called = {one.document_id: _called(one) for one in told}
    names = sorted(_voice(voice, called) for voice in event["voices"])
    voices = event["independent_sources"]
    documents = len(event["documents"])
    line = Text(f"{voices} {'source' if voices == 1 else 'independent sources'}", style="dim")
    if documents > voices:
        line.append(f", {documents} documents")
    if names:
        more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
        line.append(": " + ", ".join(names[:_NAMES]) + more)
    return line


def _voice(voice: Record, called: Mapping[str, str]) -> str:
    """One who speaks, by name; of several that speak as one the first; who has none, by the document."""
    if not voice["names"]:
        return called.get(voice["documents"][0], voice["documents"][0])
    return clean(voice["names"][0]) + (" (cited)" if voice["cited"] else "")


def _called(one: Told) -> str:
    """A document without outlet by its title in quotes, or the name of its file."""
    name = clean(called(one.title, one.origin))
    return f"“{name}”" if one.title else name


def _quotation(one: Told) -> Text:
    """The sentence of a statement with what reports the event standing out, and who is cited in it."""
    start = one.record["sentence"]["start"]
    trigger = one.record["trigger"]
    before = clean(one.words[: max(0, trigger["start"] - start)])
    middle = clean(one.words[max(0, trigger["start"] - start) : trigger["end"] - start])
    after = clean(one.words[trigger["end"] - start :])
    room = max(40, _QUOTE - len(middle))
    kept_after = min(len(after), max(room // 2, room - len(before)))
    kept_before = min(len(before), room - kept_after)
    lead, trail = before[len(before) - kept_before :], after[:kept_after]
    if kept_before < len(before):
        lead = "…" + lead[lead.find(" ") + 1 :]
    if kept_after < len(after):
        trail = trail[: trail.rfind(" ")] + "…"
    quote = Text("“", style="italic")
    quote.append(lead + (" " if before and one.words[: trigger["start"] - start][-1:].isspace() else ""))
    quote.append(middle, style="bold italic")
    quote.append((" " if after and one.words[trigger["end"] - start :][:1].isspace() else "") + trail + "”")
    if cited := [clean(span["text"]) for span in one.record["claimed_by"]]:
        quote.append(f" — according to {', citing '.join(cited)}", style="not italic dim")
    return quote


def _disagreement(one: Record, names: Names) -> Text:
    values = " | ".join(_value(one["field"], position["value"], names) for position in one["positions"])
    where = " (within one document)" if one["document"] else ""
    return Text(f"⚠ {one['field']}{where}: {values}", style="yellow")


def _value(field: str, value: str, names: Names) -> str:
    return names.types.get(value, clean(value)) if field == "type" else clean(stated(field, value))
