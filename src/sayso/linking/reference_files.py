"""Reading reference tables: CSV with a header, or one JSON object a line. The vocabulary says which column is what."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sayso.errors import ReadingError, TooLarge, Unreadable
from sayso.linking.references import Reference
from sayso.linking.views import EventPlace
from sayso.model import PlacePrecision
from sayso.vocabulary.gazetteer import Entry, Gazetteer
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged

#: A table over this many bytes is no table of events.
_BYTES = 1_000_000_000
_CELL = 2_000
_AREAS = frozenset({"admin1", "admin2", "region", "desert", "district"})
#: Words at the end of a name that say what sort of place it is: "Duma town", "Homs governorate".
_SORT = re.compile(
    r"\s+(?:governorate|district|subdistrict|province|town|city|village|suburb|neighbou?rhood|mountain|camp|area)$",
    re.I,
)


@cache
def columns() -> Mapping[str, Mapping[str, Sequence[Sequence[str]]]]:
    """Kind of table -> field -> for each value of it the columns it may stand in."""
    found: dict[str, dict[str, list[Sequence[str]]]] = defaultdict(lambda: defaultdict(list))
    file = "linking/reference-columns.csv"
    for row in csv_rows(packaged(file), file, ("kind", "field", "columns")):
        found[row.text("kind")][row.text("field")].append(row.text("columns").split("|"))
    return found


def read_references(path: Path, kind: str, gazetteer: Gazetteer) -> Iterator[Reference]:
    """The rows of ``path``, a table of ``kind`` (ucdp, acled or csv), in their order.

    Raises:
        ReadingError: the file cannot be read, or a row lacks its id or its day: named by its line.
    """
    fields = columns()[kind]
    places = _Places(gazetteer)
    seen: set[str] = set()
    for line, row in _rows(path):
        name = f"{path} line {line}"
        row_id = _first(row, fields["id"][0])
        if not row_id:
            raise Unreadable(name, f"has no id; a table of kind {kind} has it in {' or '.join(fields['id'][0])}")
        if row_id in seen:
            raise Unreadable(name, f"the id {row_id} stands here twice; give each row its own")
        seen.add(row_id)
        earliest = _day(name, row, fields["earliest"][0])
        if earliest is None:
            raise Unreadable(name, f"has no day; a table of kind {kind} has it in {' or '.join(fields['earliest'][0])}")
        latest = _day(name, row, fields["latest"][0]) if "latest" in fields else None
        low, high = (_number(name, row, fields.get(field)) for field in ("killed_low", "killed_high"))
        best = _number(name, row, fields.get("killed"))
        numbers = [number for number in (low, best, high) if number is not None]
        yield Reference(
            source=kind,
            id=row_id,
            earliest=min(earliest, latest or earliest),
            latest=max(earliest, latest or earliest),
            place=places.of(name, row, fields),
            parties=tuple(party for wanted in fields["party"] if (party := _first(row, wanted))),
            killed=(min(numbers), max(numbers)) if numbers else None,
        )


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        if path.stat().st_size > _BYTES:
            raise TooLarge(str(path), f"is over {_BYTES:,} bytes; cut it to the country and years you need")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise Unreadable(str(path), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise Unreadable(str(path), "is not UTF-8; save it as CSV in UTF-8") from error
    if text.lstrip()[:1] == "{":
        for line, words in enumerate(text.splitlines(), start=1):
            if words.strip():
                yield line, _object(f"{path} line {line}", words)
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key and isinstance(value, str)}
    except csv.Error as error:
        raise Unreadable(f"{path} line {reader.line_num}", f"is not CSV ({error})") from error


def _object(name: str, words: str) -> Mapping[str, str]:
    try:
        value: Any = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise Unreadable(name, "is not a JSON object") from error
    if not isinstance(value, dict):
        raise Unreadable(name, "is not a JSON object")
    return {key: str(cell) for key, cell in value.items() if isinstance(cell, str | int | float)}


def _first(row: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((cell for name in names if (cell := row.get(name, "").strip()[:_CELL])), None)


def _day(name: str, row: Mapping[str, str], names: Sequence[str]) -> date | None:
    cell = _first(row, names)
    if cell is None:
        return None
    try:
        return date.fromisoformat(cell[:10])
    except ValueError as error:
        raise Unreadable(name, f"{cell[:40]!r} is no day; write it as 2016-03-27") from error


def _number(name: str, row: Mapping[str, str], wanted: Sequence[Sequence[str]] | None) -> int | None:
    cell = _first(row, wanted[0]) if wanted else None
    if cell is None:
        return None
    if not re.fullmatch(r"[0-9]{1,7}(?:\.0+)?", cell):
        raise Unreadable(name, f"{cell[:40]!r} is no number of killed; write a whole number or leave it empty")
    return int(cell.partition(".")[0])


class _Places:
    """Where rows are: by their coordinates, or by name and region in the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._area = lru_cache(maxsize=2_000)(self._find_area)
        self._town = lru_cache(maxsize=20_000)(self._find_town)

    def of(self, name: str, row: Mapping[str, str], fields: Mapping[str, Sequence[Sequence[str]]]) -> EventPlace | None:
        cells = {field: _first(row, fields[field][0]) for field in ("place", "region", "country") if field in fields}
        land = cells.get("country")
        area = self._area(_bare(cells.get("region")), land)
        name_there = _bare(cells.get("place"))
        entry = self._town(name_there, area and area.admin1, land) if name_there else area
        points = [_coordinate(name, _first(row, fields[field][0])) for field in ("latitude", "longitude")]
        if name_there and (None not in points or entry is None):
            # A place the gazetteer does not know is still no wider than its name.
            return EventPlace(
                name=name_there,
                latitude=points[0],
                longitude=points[1],
                kind=None,
                precision="exact",
                country=area.country if area else self._country(land),
                admin1=area.admin1_name if area else None,
                gazetteer_id=None,
                evidence=(),
            )
        return _placed(entry) if entry else None

    def _country(self, name: str | None) -> str | None:
        found = self._gazetteer.find(name) if name else ()
        return next((entry.country for entry in found if entry.kind == "country"), None)

    def _find_area(self, name: str | None, land: str | None) -> Entry | None:
        """The first-level region of that name."""
        country = self._country(land)
        found = self._gazetteer.find(name) if name else ()
        return next((e for e in found if e.kind == "admin1" and (country is None or e.country == country)), None)

    def _find_town(self, name: str, admin1: str | None, land: str | None) -> Entry | None:
        """The heaviest place of that name, or of one spelled much like it, in the region; no region itself."""
        country = self._country(land)
        found: Sequence[Entry] = self._gazetteer.find(name)
        if country and not found:
            found = [one.entry for one in self._gazetteer.alike(name, [country])]
        here = [e for e in found if e.kind != "admin1" and (country is None or e.country == country)]
        here = [e for e in here if admin1 is None or e.admin1 == admin1]
        return max(here, key=lambda e: (e.noted, e.population or 0, e.id), default=None)


def _placed(entry: Entry) -> EventPlace:
    precision: PlacePrecision = "region" if entry.kind in _AREAS else "exact"
    if entry.kind in ("admin2", "district"):
        precision = "district"
    if entry.kind == "country":
        precision = "country"
    return EventPlace(
        name=entry.name,
        latitude=entry.latitude,
        longitude=entry.longitude,
        kind=entry.kind,
        precision=precision,
        country=entry.country,
        admin1=entry.admin1_name,
        gazetteer_id=entry.id,
        evidence=(),
    )


def _bare(name: str | None) -> str | None:
    """A name without what says of which sort it is, and the first of several ("Tadmur/Palmyra town")."""
    return _SORT.sub("", name.strip()).partition("/")[0].strip() or None if name else None


def _coordinate(name: str, cell: str | None) -> float | None:
    if cell is None:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not -180 <= value <= 180:
        raise ReadingError(name, f"{cell[:40]!r} is no coordinate; write degrees with a decimal point")
    return value
