"""Tables of places from elsewhere, read into rows of one form.

    geonames      the dump of GeoNames (allCountries.txt, SY.txt, cities500.txt): 19 columns parted by tabs, no heading
    wof           Who's On First: a heading with placetype, and wof_id or id
    ocha          administrative units of OCHA's Common Operational Datasets: columns like ADM2_EN and ADM2_PCODE
    ourairports   airports.csv of OurAirports: ident, type, name, latitude_deg, longitude_deg
    csv           a table of the user's own: name, latitude, longitude, and what else of ``OWN_COLUMNS`` it has

A malformed row is told of by its line and left out; the others are read. What a row says is checked here and only here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from sayso.errors import VocabularyError
from sayso.vocabulary import table_lines
from sayso.vocabulary.place_names import is_english_spelling, place_key
from sayso.vocabulary.place_tables import countries
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.states import load_states
from sayso.vocabulary.table_lines import Report
from sayso.vocabulary.tables import is_country, packaged

FORMATS = ("geonames", "wof", "ocha", "ourairports", "csv")
OWN_COLUMNS = ("id", "name", "aliases", "latitude", "longitude", "kind", "country", "admin1", "population")

_LONGEST_NAME, _MOST_ALIASES = 200, 400
_LATITUDE = ("latitude", "lat", "y", "center_lat", "latitude_deg", "geom_latitude", "point_y")
_LONGITUDE = ("longitude", "lon", "lng", "long", "x", "center_lon", "longitude_deg", "geom_longitude", "point_x")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,29}")
#: A column of an administrative level: "ADM2_EN", "admin2Name_en", "adm2_name", "ADM2_PCODE", "admin2Pcode".
_LEVEL = re.compile(r"adm(?:in)?_?([0-5])_?(name|pcode|code|altname\d?|alt\d?|ref)?_?(?:alt\d)?_?([a-z]{2})?\d?")
_KINDS_OF_LEVELS = ("country", "admin1", "admin2", "area", "area", "area")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of somebody's table. ``same_as`` is the id of the place of GeoNames it says it is (``gn:170654``).

    ``line`` is where it stands. ``admin1`` is a GeoNames code or a name. Latitude and longitude are both there or both
    None; without them a row only names a place that is known already.
    """

    line: int
    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    population: int | None = None
    same_as: str | None = None


def detect(path: Path) -> str:
    """Which of ``FORMATS`` the table in ``path`` has. Raises ``VocabularyError`` saying what it could have been."""
    with closing(table_lines.lines(path, Report())) as begun:
        number, line = next(begun, (0, ""))
    if not number:
        raise VocabularyError(f"{path}: the table is empty")
    if line.count("\t") == 18 and line.split("\t", 1)[0].isdigit():
        return "geonames"
    try:
        names = {cell.lower() for cell in table_lines.cells(line, table_lines.delimiter(line))}
    except ValueError:
        names = set()
    if "placetype" in names and names & {"wof_id", "id", "wof:id"}:
        return "wof"
    if any((match := _LEVEL.fullmatch(name)) and match[2] in ("pcode", "code") for name in names):
        return "ocha"
    if {"ident", "type", "latitude_deg", "longitude_deg"} <= names:
        return "ourairports"
    if "name" in names and names & set(_LATITUDE) and names & set(_LONGITUDE):
        return "csv"
    raise VocabularyError(
        f"{path}: not a table of places that is known. It may be a GeoNames dump, a Who's On First table, an OCHA table"
        " with P-codes, OurAirports' airports.csv, or a CSV whose heading has name, latitude and longitude; --as names"
        f" its format. The first line reads {line[:100]!r}"
    )


def read_places(
    path: Path, format: str, report: Report, country: str | None = None, tell: Callable[[int], None] = lambda _: None
) -> Iterator[PlaceRow]:
    """The places of a table, as they are read. ``country`` is that of rows that do not say.

    ``report`` hears of malformed rows and of kinds that are left out, ``tell`` of how many lines were read.
    """
    numbered = table_lines.watched(table_lines.lines(path, report), tell)
    taken: set[str] = set()
    for row in _READERS[format](numbered, report, country or _country_of_file(path), path):
        if row.id in taken:
            report.refuse(row.line, f"the id {row.id!r} is there twice")
        else:
            taken.add(row.id)
            yield row


_Numbered = Iterator[tuple[int, str]]


def _geonames(numbered: _Numbered, report: Report, country: str | None, path: Path) -> Iterator[PlaceRow]:
    kinds = _kinds("geonames")
    for line, text in numbered:
        cell = text.split("\t")
        if len(cell) != 19:
            report.refuse(line, f"{len(cell)} cells; a line of a GeoNames dump has 19, parted by tabs")
            continue
        kind = kinds.get(cell[7])
        if kind is None:
            report.left_out[cell[7] or "(no feature code)"] += 1
            continue
        made = _checked(
            report, line, f"gn:{cell[0]}", cell[1], [cell[2], *cell[3].split(",")], (cell[4], cell[5]), kind,
            cell[8] or country, cell[10] if cell[10] != "00" else "", cell[14], f"gn:{cell[0]}",
        )  # fmt: skip
        if made and not cell[0].isdigit():
            report.refuse(line, f"{cell[0]!r} is no GeoNames id")
        elif made:
            yield made


def _wof(numbered: _Numbered, report: Report, country: str | None, path: Path) -> Iterator[PlaceRow]:
    kinds = _kinds("wof")
    for line, row in table_lines.below_heading(numbered, report, path):
        kind = kinds.get(row.get("placetype", ""))
        if kind is None:
            report.left_out[row.get("placetype") or "(no placetype)"] += 1
            continue
        number = row.get("wof_id") or row.get("wof:id") or row.get("id", "")
        geonames = row.get("geonames_id") or row.get("gn:id") or ""
        yield from _if_any(
            _checked(
                report, line, f"wof:{number}", row.get("name", ""), row.get("alt_names", "").split("|"), _point(row),
                kind, row.get("iso_country") or row.get("country") or row.get("iso") or country, "",
                row.get("pop") or row.get("population") or "", f"gn:{geonames}" if geonames.isdigit() else None,
            )
        )  # fmt: skip


def _ocha(numbered: _Numbered, report: Report, country: str | None, path: Path) -> Iterator[PlaceRow]:
    for line, row in table_lines.below_heading(numbered, report, path):
        if any(value.startswith("#") for value in row.values()):
            continue  # the row of HXL tags below the heading
        names: dict[int, list[str]] = {}
        codes: dict[int, str] = {}
        for column, value in row.items():
            level = _LEVEL.fullmatch(column)
            if level and value and level[2] in ("pcode", "code"):
                codes[int(level[1])] = value
            elif level and value:
                # The English name first, whatever the order of the columns.
                names.setdefault(int(level[1]), []).insert(0 if level[3] in ("en", None) else 99, value)
        deepest = max((level for level in codes if level in names), default=None)
        if deepest is None:
            report.refuse(line, "no unit with both a name and a P-code")
            continue
        code = codes[deepest]
        above = names.get(1, [""])[0] if deepest > 1 else ""
        of = row.get("iso2") or row.get("iso_2") or codes.get(0) or country or code[:2]
        made = _checked(
            report, line, f"pcode:{code}", names[deepest][0], names[deepest][1:], _point(row),
            _KINDS_OF_LEVELS[deepest], of, above, row.get("population", ""), None, pointless=True, codes=(code,),
        )  # fmt: skip
        yield from _if_any(made)


def _ourairports(numbered: _Numbered, report: Report, country: str | None, path: Path) -> Iterator[PlaceRow]:
    kinds = _kinds("ourairports")
    military = re.compile(r"\b(?:air ?base|air force base|afb|raf|military|army)\b", re.IGNORECASE)
    for line, row in table_lines.below_heading(numbered, report, path):
        kind = kinds.get(row.get("type", ""))
        if kind is None:
            report.left_out[row.get("type") or "(no type)"] += 1
            continue
        name = row.get("name", "")
        aliases = [*_airport_names(name), *row.get("keywords", "").split(",")]
        yield from _if_any(
            _checked(
                report, line, f"oa:{row.get('ident', '')}", name, aliases, _point(row),
                "airbase" if military.search(name) else kind, row.get("iso_country") or country, "", "", None,
            )
        )  # fmt: skip


def _own(numbered: _Numbered, report: Report, country: str | None, path: Path) -> Iterator[PlaceRow]:
    codes, read = _kinds("geonames"), {*OWN_COLUMNS, *_LATITUDE, *_LONGITUDE, "cc", "class", "feature_code", "source"}
    for line, row in table_lines.below_heading(numbered, report, path):
        report.unread = report.unread or tuple(row.keys() - read)
        kind = row.get("kind") or codes.get(row.get("class") or row.get("feature_code") or "") or "city"
        if not _KIND.fullmatch(kind):
            report.refuse(line, f"the kind {kind[:40]!r} is no word in small letters")
            continue
        aliases = [alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip()]
        number = row.get("id") or f"{place_key(row.get('name', ''))}-{line}".replace(" ", "-")
        yield from _if_any(
            _checked(
                report, line, f"own:{number}", row.get("name", ""), [], _point(row), kind,
                row.get("country") or row.get("cc") or country, row.get("admin1", ""), row.get("population", ""),
                number if re.fullmatch(r"gn:\d{1,12}", number) else None, codes=tuple(aliases),
            )
        )  # fmt: skip


_READERS: Mapping[str, Callable[[_Numbered, Report, str | None, Path], Iterator[PlaceRow]]] = MappingProxyType(
    {"geonames": _geonames, "wof": _wof, "ocha": _ocha, "ourairports": _ourairports, "csv": _own}
)


def _checked(
    report: Report, line: int, id: str, name: str, aliases: list[str], point: tuple[str, str], kind: str,
    country: str | None, admin1: str, population: str, same_as: str | None, *, pointless: bool = False,
    codes: tuple[str, ...] = (),
) -> PlaceRow | None:  # fmt: skip
    """The row, or None where something in it is wrong, which ``report`` is told; ``codes`` are names as they are."""
    try:
        latitude, longitude = _degrees(point[0], 90, "latitude"), _degrees(point[1], 180, "longitude")
        if (latitude is None) != (longitude is None):
            raise ValueError("a point needs both latitude and longitude")
        if latitude is None and not pointless:
            raise ValueError("no latitude and longitude")
        english = [alias.strip() for alias in aliases if is_english_spelling(alias.strip())]
        named = _name(name)
        if not place_key(named).isascii() and english:
            english.append(named)
            named = english.pop(0)
        listed = tuple(dict.fromkeys(_name(alias) for alias in (*codes, *english) if alias != named))[:_MOST_ALIASES]
        if len(id) > 100 or _CONTROLS.search(id) or id.endswith(":"):
            raise ValueError(f"{id[:60]!r} cannot be an id")
        return PlaceRow(
            line, id, named, kind, listed, latitude, longitude, _country(country), admin1[:_LONGEST_NAME] or None,
            _people(population), same_as,
        )  # fmt: skip
    except ValueError as error:
        report.refuse(line, str(error))
        return None


def _if_any(row: PlaceRow | None) -> Iterator[PlaceRow]:
    if row is not None:
        yield row


def _name(name: str) -> str:
    if not name.strip():
        raise ValueError("no name")
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"the name {name[:40]!r}... has more than {_LONGEST_NAME} characters")
    if _CONTROLS.search(name):
        raise ValueError(f"the name {name[:40]!r} holds control characters")
    if not place_key(name):
        raise ValueError(f"the name {name[:40]!r} has no letter")
    return " ".join(name.split())


def _degrees(value: str, limit: int, what: str) -> float | None:
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        raise ValueError(f"the {what} {value[:40]!r} is not a number of degrees") from None
    if not -limit <= degrees <= limit:
        raise ValueError(f"the {what} {value[:40]} is outside -{limit} to {limit}")
    return degrees


def _people(value: str) -> int | None:
    if not value:
        return None
    bare = value.removesuffix(".0")
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 11):
        raise ValueError(f"the population {value[:40]!r} is not a whole number")
    return int(bare) or None


def _country(code: str | None) -> str | None:
    if not code:
        return None
    upper = code.upper()
    upper = _alpha2().get(upper, upper)
    if upper not in _known_countries():
        raise ValueError(f"{code[:20]!r} is no country code; write ISO 3166-1, as SY or SYR")
    return upper


@cache
def _alpha2() -> Mapping[str, str]:
    return MappingProxyType({state.code.upper(): state.country for state in load_states()})


@cache
def _known_countries() -> frozenset[str]:
    from countrynames.data import DATA

    codes = {str(code) for code in DATA if is_country(str(code))}
    return frozenset(codes | {place.country for place in countries() if place.country} | set(_alpha2().values()))


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code that ``text`` is (alpha-3 will do). Raises ValueError."""
    code = _country(text.strip())
    if code is None or not is_country(code):
        raise ValueError("no country code")
    return code


def _country_of_file(path: Path) -> str | None:
    """``SY`` of ``sy.tsv.gz`` or ``whosonfirst-data-admin-sy-latest.csv``: what such files are called."""
    parts = re.split(r"[^A-Za-z]+", path.name.partition(".")[0])
    codes = [part.upper() for part in parts if len(part) == 2 and part.upper() in _known_countries()]
    return codes[0] if len(codes) == 1 else None


def _airport_names(name: str) -> list[str]:
    """ "Aleppo International Airport (Nejrab)", "X / Y Air Base": what else each is called."""
    parts = re.split(r"\s*[/()]\s*", name) if len(name) <= _LONGEST_NAME else []
    return [part for part in parts if part and part != name]


def _point(row: Mapping[str, str]) -> tuple[str, str]:
    return tuple(next((row[c] for c in columns if row.get(c)), "") for columns in (_LATITUDE, _LONGITUDE))  # type: ignore[return-value]


@cache
def _kinds(format: str) -> Mapping[str, str]:
    """Kinds of places by what ``format`` calls them (``place_kinds.csv``)."""
    file = "place_kinds.csv"
    found = csv_rows(packaged(file), file, ("format", "kind", "codes"))
    codes = ((row.text("codes").split("|"), row.text("kind")) for row in found if row.text("format") == format)
    return MappingProxyType(dict(chain.from_iterable(((code, kind) for code in listed) for listed, kind in codes)))
