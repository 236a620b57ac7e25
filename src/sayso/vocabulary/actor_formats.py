"""Tables of actors from elsewhere, read into rows of the registry's own form.

    ucdp      the actor table of the Uppsala Conflict Data Program: ActorId, NameData, NameOrig, Org, Location...
    phoenix   an actor dictionary of TABARI and PETRARCH (Phoenix, CAMEO): NAME_ [CODE], +OTHER_NAME
    csv       a table of the user's own: name, and what else of ``OWN_COLUMNS`` it has

A malformed row is told of by its line and left out; the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sayso.errors import VocabularyError
from sayso.vocabulary import table_lines
from sayso.vocabulary.name_index import words_of
from sayso.vocabulary.rows import Row, csv_rows
from sayso.vocabulary.states import load_states
from sayso.vocabulary.table_lines import Report
from sayso.vocabulary.tables import packaged

FORMATS = ("ucdp", "phoenix", "csv")
_LISTS = ("aliases", "parents", "predecessors", "successors")
_SCHEMES = ("wikidata", "ucdp", "acled")
OWN_COLUMNS = ("id", "name", *_LISTS, "country", "sector", "kind", "from", "to", *_SCHEMES, "source")

_LONGEST_NAME = 200
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ID = re.compile(r"[a-z0-9][a-z0-9:_-]{0,79}")
#: What UCDP's ``Org`` says: 1 formally organised group, 2 informally, 3 communal or political groups, 4 government.
_ORGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"1": ("REB", "rebel_group"), "2": ("UAF", "political_militia"), "3": ("UAF", "identity_militia"),
     "4": ("GOV", "government")}
)  # fmt: skip
_CODE = re.compile(r"\[([^\]]*)\]")
_DATE = re.compile(r"([<>]?)\s*(\d{6,8})(?:\s*-\s*(\d{6,8}))?")

Rows = Iterator[tuple[int, dict[str, Any]]]


def detect(path: Path) -> str:
    """Which of ``FORMATS`` the table in ``path`` has. Raises ``VocabularyError`` saying what it could have been."""
    with closing(table_lines.lines(path, Report())) as begun:
        number, line = next(begun, (0, ""))
    if not number:
        raise VocabularyError(f"{path}: the table is empty")
    try:
        names = {cell.lower() for cell in table_lines.cells(line, table_lines.delimiter(line))}
    except ValueError:
        names = set()
    if {"actorid", "namedata"} <= names:
        return "ucdp"
    if "name" in names and not _CODE.search(line):
        return "csv"
    if _CODE.search(line) or re.fullmatch(r"[A-Z0-9_.'\- ()/]+_?", line.partition("#")[0].strip()):
        return "phoenix"
    raise VocabularyError(
        f"{path}: not a table of actors that is known. It may be UCDP's actor table, a Phoenix or CAMEO actor"
        f" dictionary, or a CSV whose heading has name; --as names its format. The first line reads {line[:100]!r}"
    )


def read_actors(path: Path, format: str, report: Report) -> Rows:
    """(line, row) of the actors of a table; a row has the keys of the registry's YAML. ``report`` hears the rest."""
    taken: set[str] = set()
    for line, row in _READERS[format](table_lines.lines(path, report), report, path):
        problem = _problem(row)
        if problem is None and row["id"] in taken:
            if format == "phoenix":  # dictionaries list many a name again under another heading
                report.left_out["names listed before"] += 1
                continue
            problem = f"the id {row['id']!r} is there twice"
        if problem is not None:
            report.refuse(line, problem)
            continue
        taken.add(row["id"])
        yield line, {key: value for key, value in row.items() if value not in (None, "", [], {})}


def _problem(row: Mapping[str, Any]) -> str | None:
    if not row["name"].strip():
        return "no name"
    for name in (row["name"], *row.get("aliases", ())):
        if len(name) > _LONGEST_NAME:
            return f"the name {name[:40]!r}... has more than {_LONGEST_NAME} characters"
        if _CONTROLS.search(name):
            return f"the name {name[:40]!r} holds control characters"
        if not words_of(name.removeprefix("=")):
            return f"the name {name[:40]!r} has no word"
    if not _ID.fullmatch(row["id"]):
        return f"{row['id'][:60]!r} cannot be an id: write small letters, digits and -"
    return None


def _ucdp(numbered: Iterator[tuple[int, str]], report: Report, path: Path) -> Rows:
    for line, row in table_lines.below_heading(numbered, report, path):
        if not row.get("actorid", "").isdigit():
            report.refuse(line, f"ActorId {row.get('actorid', '')[:20]!r} is not a number")
            continue
        sector, kind = _ORGS.get(row.get("org", ""), ("UNK", "organisation"))
        renamed = _parts(row.get("newname", ""))
        english = _parts(row.get("newnamefulleng", ""))
        names = [row.get("namedata", ""), row.get("nameorig", ""), row.get("nameorigfull", "")]
        # Full names hold commas too: only where there is one for each short one is it clear what belongs together.
        names += [row.get("nameorigfulleng", ""), *renamed, *(english if len(english) == len(renamed) else ())]
        named = [name.replace("’", "'") for name in names if name and name.lower() != "n/a"]
        places = _parts(row.get("location", ""))
        yield (
            line,
            {
                "id": f"ucdp:{row['actorid']}",
                "name": named[0] if named else "",
                "aliases": [_alias(name) for name in dict.fromkeys(named[1:]) if name != named[0]],
                "country": _countries_by_name().get(_plain(places[0])) if len(places) == 1 else None,
                "sector": sector,
                "kind": kind,
                "ids": {"ucdp": row["actorid"]},
            },
        )


@dataclass(slots=True)
class _Block:
    """An actor of a dictionary: where it begins, its names, and its codes with what stands about them."""

    line: int
    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def _phoenix(numbered: Iterator[tuple[int, str]], report: Report, path: Path) -> Rows:
    for block in _blocks(numbered):
        if not block.codes:
            report.refuse(block.line, f"{''.join(block.names[:1])[:60]!r} has no [CODE]")
            continue
        roles = [role for role in map(_role, block.codes) if role is not None]
        if not roles:
            report.left_out["countries, cities and descriptions"] += 1
            continue
        country, sector, kind, *_ = roles[0]
        # Dictionaries date what people were, never what groups were.
        dated = any(role[3] or role[4] for role in roles)
        offices = [[role[2], role[3], role[4], *([role[0]] if role[0] else [])] for role in roles]
        names = [" ".join(name.replace("_", " ").split()) for name in block.names]
        titled = [_alias(name if _is_acronym(name) else _titled(name)) for name in names if name]
        slug = re.sub(r"[^a-z0-9]+", "-", names[0].lower()).strip("-")[:60]
        yield (
            block.line,
            {
                "id": f"phoenix:{slug}",
                "name": titled[0].removeprefix("=") if titled else "",
                "aliases": list(dict.fromkeys(titled[1:] if titled and not titled[0].startswith("=") else titled)),
                "country": country,
                "sector": sector,
                "kind": "person" if dated else kind,
                "offices": offices if dated else None,
            },
        )


def _blocks(numbered: Iterator[tuple[int, str]]) -> Iterator[_Block]:
    block: _Block | None = None
    for line, text in numbered:
        bare = text.partition("#")[0].partition(";")[0]
        codes = _CODE.findall(bare)
        name = _CODE.sub("", bare).strip()
        if name and not name.startswith("+"):
            if block is not None:
                yield block
            block = _Block(line)
        if block is None:
            continue
        if name.lstrip("+").strip("_ "):
            block.names.append(name.lstrip("+").strip("_ "))
        block.codes += codes
    if block is not None:
        yield block


def _role(code: str) -> tuple[str | None, str, str, int | None, int | None] | None:
    """(country, sector, kind, from, to) of ``SYRGOV >20000717``; None for a bare country and for descriptions (~)."""
    letters = code.split(" ")[0].split("<")[0].split(">")[0].strip()
    if not re.fullmatch(r"(?:[A-Z]{3}){1,6}", letters):
        return None
    parts = [letters[at : at + 3] for at in range(0, len(letters), 3)]
    country = _alpha2().get(parts[0])
    sectors = _sectors()
    known = [sectors[part] for part in (parts[1:] if country else parts) if part in sectors]
    if not known:
        return None
    years = _DATE.search(code)
    start = end = None
    if years:
        start, end = (_year(years[2]), _year(years[3])) if years[1] != "<" else (None, _year(years[2]))
        if start and end and end < start:
            start = end = None
    return country, *known[0], start, end


def _year(date: str | None) -> int | None:
    """The year of 20000717, of 000717, of a date with a digit too few; None where it can be none."""
    if not date:
        return None
    year = int(date[:4]) if len(date) > 6 else int(date[:2]) + (1900 if int(date[:2]) >= 30 else 2000)
    return year if 1900 <= year <= 2200 else None


def _own(numbered: Iterator[tuple[int, str]], report: Report, path: Path) -> Rows:
    for line, row in table_lines.below_heading(numbered, report, path):
        report.unread = report.unread or tuple(row.keys() - set(OWN_COLUMNS))
        years: dict[str, int | None] = {}
        for column in ("from", "to"):
            value = row.get(column, "")
            if value and not re.fullmatch(r"[12]\d{3}", value):
                report.refuse(line, f"{column} {value[:20]!r} is not a year")
                break
            years[column] = int(value) if value else None
        else:
            slug = re.sub(r"[^a-z0-9]+", "-", row.get("name", "").lower()).strip("-")[:60]
            yield (
                line,
                {
                    "id": row.get("id") or f"own:{slug}",
                    "name": row.get("name", ""),
                    **{
                        column: [part for part in map(str.strip, row.get(column, "").split("|")) if part]
                        for column in _LISTS
                    },
                    "country": row.get("country", "").upper(),
                    "sector": row.get("sector") or "UNK",
                    "kind": row.get("kind") or "organisation",
                    **years,
                    "ids": {scheme: row[scheme] for scheme in _SCHEMES if row.get(scheme)},
                    "source": row.get("source", ""),
                },
            )


_READERS: Mapping[str, Callable[[Iterator[tuple[int, str]], Report, Path], Rows]] = MappingProxyType(
    {"ucdp": _ucdp, "phoenix": _phoenix, "csv": _own}
)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _plain(name: str) -> str:
    """ "Yemen (North Yemen)" is Yemen."""
    return name.partition("(")[0].strip().lower()


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return len(letters) <= 5 and letters.isupper() and letters.isalpha()


def _alias(name: str) -> str:
    """A short acronym only as it is written: "is" is no group."""
    return f"={name}" if _is_acronym(name) else name


def _titled(name: str) -> str:
    small = {"of", "the", "and", "for", "in", "de", "al", "el", "du", "des", "la"}
    words = [word.lower() if word.lower() in small else word.capitalize() for word in name.split(" ")]
    return " ".join([words[0].capitalize(), *words[1:]])


@cache
def _alpha2() -> Mapping[str, str]:
    return MappingProxyType({state.code.upper(): state.country for state in load_states()})


@cache
def _countries_by_name() -> Mapping[str, str]:
    return MappingProxyType(
        {name.lower(): state.country for state in load_states() for name in (*state.other_names, state.name)}
    )


@cache
def _sectors() -> Mapping[str, tuple[str, str]]:
    """(sector, kind) by the role codes of CAMEO (``cameo_roles.csv``)."""
    file = "actors/cameo_roles.csv"
    rows: list[Row] = csv_rows(packaged(file), file, ("code", "sector", "kind"))
    return MappingProxyType({row.text("code"): (row.text("sector"), row.text("kind")) for row in rows})
