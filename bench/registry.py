"""How many of the registry's own actors stand in somebody else's tables too, and whether those agree.

    python bench/registry.py DATA [--events EVENTS.jsonl] [--list]

DATA is a folder with `ucdp_actor/*.csv`, `factbook_actors/leaders*.csv`, `terrorist_groups.csv` and
`military_forces_text.csv`, `wikidata_leaders_2021/*.csv` and `petrarch2_dictionaries/*.actors.txt`; what is not there
is left out. Figures:

  own, verified         actors with a row of their own, and those with a name (or alias) that stands in a table
  by_kind               the same for groups, persons and others
  country, years        of verified ones that both date or place: how many agree. A leader's years agree within one year
                        of the table's, which ends where it was last looked at
  disagreements         those that do not (with --list: each, as is what is verified by nothing)
  offices               terms of heads of state and government (offices.csv) whose person the Factbook or Wikidata has
                        as a leader of that country: how many of them begin, and end, within a year of theirs
  active                groups of UCDP's events of Syria (`--events FILE`): how many fought only in years in which they
                        bore their name; a group that was renamed counts with those it became
  identifiers           ids of UCDP and Wikidata in the registry, and how many of them the tables have under such a name
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.vocabulary.actor_formats import detect, read_actors
from sayso.vocabulary.actors import ActorEntry, ActorRegistry
from sayso.vocabulary.name_index import NameIndex
from sayso.vocabulary.states import load_states
from sayso.vocabulary.table_lines import Report

_HEADS = frozenset({"president", "prime minister", "king", "queen", "emir", "chancellor", "leader", "supreme leader"})
_GROUPS = frozenset({"rebel_group", "political_militia", "identity_militia", "alliance", "party"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a table says of an actor: ``countries`` is empty where it does not say, years None."""

    table: str
    name: str
    countries: frozenset[str]
    start: int | None
    end: int | None
    identifier: tuple[str, str] | None


def main(arguments: list[str]) -> None:
    data, listed = Path(arguments[0]), "--list" in arguments
    index: NameIndex[Told] = NameIndex()
    for names, told in (*_ucdp(data), *_leaders(data), *_wikidata(data), *_groups(data), *_dictionaries(data)):
        for name in names:
            try:
                index.add(name, told)
            except ValueError:
                continue  # a name without a word
    registry = ActorRegistry.load()
    own = [entry for entry in registry if entry.source not in ("states.csv", "organs.yaml")]
    forces = _forces(data)
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in own:
        kind = "person" if entry.kind == "person" else "group" if entry.kind in _GROUPS else "other"
        kinds[kind]["own"] += 1
        found = [t for name in (entry.name, *entry.aliases) for t in index.get(name.removeprefix("="))]
        # One of a name in another country, where another of that name fits, is another.
        fitting = [t for t in found if _agrees(entry, t)] or found
        if not fitting and entry.sector in ("MIL", "COP", "SPY", "PRM", "GOV") and entry.country:
            said = forces.get(entry.country, "")
            fitting = [
                Told("factbook forces", name, frozenset({entry.country}), None, None, None)
                for name in (entry.name, *entry.aliases)
                if len(name) > 8 and name.lower() in said
            ]
        if not fitting:
            _say(listed, entry, "in no table")
            continue
        counts["verified"] += 1
        kinds[kind]["verified"] += 1
        _compare(entry, fitting, counts, listed)
    if "--events" in arguments:
        _active(data, Path(arguments[arguments.index("--events") + 1]), own, counts, listed)
    for entry in own:
        for identifier in entry.identifiers:
            counts["identifiers"] += 1
            same = [
                t
                for name in (entry.name, *entry.aliases)
                for t in index.get(name.removeprefix("="))
                if t.identifier == identifier
            ]
            counts["identifiers_found"] += bool(same)
            if not same:
                _say(listed, entry, f"no table has {identifier} under its name")
    offices = _terms(registry, index, listed)
    print(
        json.dumps(
            {
                "own": len(own),
                **counts,
                "share": round(counts["verified"] / len(own), 3),
                "by_kind": kinds,
                "offices": offices,
            }
        )
    )


def _compare(entry: ActorEntry, found: list[Told], counts: Counter[str], listed: bool) -> None:
    placed = [t for t in found if t.countries and entry.country]
    if placed:
        counts["country_told"] += 1
        right = any(entry.country in t.countries for t in placed)
        counts["country_agrees"] += right
        if not right:
            _say(listed, entry, f"{entry.country}, but {sorted(placed[0].countries)} in {placed[0].table}")
    dated = [t for t in found if t.start and t.table in ("factbook", "wikidata")]
    spans = [(o.start, o.end) for o in entry.offices if o.start]
    if dated and spans:
        counts["years_told"] += 1
        right = any(abs((start or 0) - (t.start or 0)) <= 1 for t in dated for start, _ in spans)
        counts["years_agree"] += right
        if not right:
            _say(listed, entry, f"{spans}, but {sorted({(t.start, t.end) for t in dated}, key=str)}")


def _terms(registry: ActorRegistry, index: NameIndex[Told], listed: bool) -> Counter[str]:
    """How far the terms of office stand in a table of leaders; ministers and officers stand in none."""
    counts: Counter[str] = Counter()
    for term in registry.offices.terms:
        entry = registry.get(term.person)
        counts["terms"] += 1
        if entry is None or term.title not in _HEADS or not term.of.isupper():
            continue
        counts["heads"] += 1
        told = [
            t
            for name in (entry.name, *entry.aliases)
            for t in index.get(name.removeprefix("="))
            if t.table in ("factbook", "wikidata") and t.countries <= {term.of}
        ]
        counts["heads_told"] += bool(told)
        begins = any(t.start is not None and abs(t.start - term.first.year) <= 1 for t in told)
        ends = any(t.end is None if term.ongoing else abs((t.end or 0) - term.last.year) <= 1 for t in told)
        counts["heads_begin"] += begins
        counts["heads_end"] += ends
        if not begins or not ends:
            years = sorted({(t.start, t.end) for t in told}, key=str)
            _say(
                listed,
                entry,
                f"{term.title}, {term.first} to {term.last}{'+' * term.ongoing}, but {years or 'no table'}",
            )
    return counts


def _active(data: Path, events: Path, own: list[ActorEntry], counts: Counter[str], listed: bool) -> None:
    ids = {told.name.strip(): told.identifier for _, told in _ucdp(data)}
    years: dict[str, Counter[int]] = defaultdict(Counter)
    for line in events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        for side in ("side_a_name", "side_b_name"):
            years[event[side].strip()][int(event["start_date"][:4])] += 1
    for name, fought in sorted(years.items()):
        ours = [entry for entry in own if ids.get(name) and ids[name] in entry.identifiers]
        if not ours:
            continue
        counts["active_told"] += 1
        wrong = sorted(year for year in fought if not any(entry.active(year) for entry in ours))
        counts["active_agrees"] += not wrong
        if wrong:
            _say(listed, ours[0], f"{ours[0].start} to {ours[0].end}, but UCDP has it fighting in {wrong}")


def _agrees(entry: ActorEntry, told: Told) -> bool:
    return not entry.country or not told.countries or entry.country in told.countries


def _say(listed: bool, entry: ActorEntry, problem: str) -> None:
    if listed:
        print(f"{entry.id}\t{entry.name}\t{problem}")


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def _ucdp(data: Path) -> Iterator[tuple[list[str], Told]]:
    countries = {name.lower(): s.country for s in load_states() for name in (*s.other_names, s.name)}
    for path in sorted(data.glob("ucdp_actor/*.csv")):
        for row in _table(path):
            places = [re.sub(r"\s*\(.*?\)", "", place).strip().lower() for place in row["Location"].split(",")]
            names = [row[c] for c in ("NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng")]
            names += re.split(r",\s*", row["NewName"]) + re.split(r",\s*", row["NewNameFullEng"])
            told = Told(
                "ucdp", row["NameData"], frozenset(countries[p] for p in places if p in countries), None, None,
                ("ucdp", row["ActorId"]),
            )  # fmt: skip
            yield [name.replace("’", "'").strip() for name in names if name.strip() not in ("", "n/a")], told


def _leaders(data: Path) -> Iterator[tuple[list[str], Told]]:
    for path in sorted(data.glob("factbook_actors/leaders*.csv")):
        for row in _table(path):
            start = int(row["since"][:4]) if row["since"][:4].isdigit() else None
            end = re.search(r"\d{4}", row["until_derived"])
            told = Told("factbook", row["name"], _codes(row["iso2"]), start, int(end[0]) if end else None, None)
            names = [row["name"], *row["name_variants"].split("|")]
            # "Donald J. TRUMP": the surname stands in capitals wherever a language puts it.
            short = [f"{name.split()[0]} {row['surname']}" for name in names if name.strip()]
            yield [*names, *short, *(name.title() for name in names)], told


def _wikidata(data: Path) -> Iterator[tuple[list[str], Told]]:
    for path in sorted(data.glob("wikidata_leaders*/*.csv")):
        for row in _table(path):
            start = int(row["start_year"]) if row["start_year"].isdigit() else None
            end = int(row["end_year"]) if row["end_year"].isdigit() else None
            identifier = ("wikidata", row["officeholder"])
            yield (
                [row["officeholderLabel"]],
                Told("wikidata", row["officeholderLabel"], frozenset(), start, end, identifier),
            )


def _groups(data: Path) -> Iterator[tuple[list[str], Told]]:
    alpha2 = {state.code.upper(): state.country for state in load_states()}
    for path in sorted(data.glob("factbook_actors/terrorist_groups.csv")):
        for row in _table(path):
            names = re.split(r"[/,]\s*", f"{row['name']},{row['aliases_in_parentheses']}")
            countries = frozenset(alpha2[code] for code in row["countries"].split("|") if code in alpha2)
            # It lists where a group is seen, not only where it is from.
            yield (
                [name for name in names if name.strip()],
                Told("factbook groups", row["name"], countries, None, None, None),
            )


def _forces(data: Path) -> dict[str, str]:
    """What the Factbook writes of each country's forces, in small letters, by ISO 3166-1 alpha-2."""
    alpha2 = {state.code.upper(): state.country for state in load_states()}
    texts: dict[str, str] = defaultdict(str)
    for path in sorted(data.glob("factbook_actors/military_forces_text.csv")):
        for row in _table(path):
            if row["iso3"] in alpha2:
                texts[alpha2[row["iso3"]]] += f" {row['text'].lower()}"
    return texts


def _dictionaries(data: Path) -> Iterator[tuple[list[str], Told]]:
    for path in sorted(data.glob("petrarch2_dictionaries/*.actors.txt")):
        for _, row in read_actors(path, detect(path), Report()):
            yield (
                [row["name"], *row.get("aliases", ())],
                Told(path.stem, row["name"], _codes(row.get("country") or ""), None, None, None),
            )


def _codes(code: str) -> frozenset[str]:
    return frozenset({code} if len(code) == 2 else ())


if __name__ == "__main__":
    main(sys.argv[1:])
