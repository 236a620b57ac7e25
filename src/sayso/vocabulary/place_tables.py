"""Our own tables of places: reading and checking ``places.csv``, ``countries.csv`` and ``demonyms.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.vocabulary.rows import Row, csv_rows
from sayso.vocabulary.tables import is_country, number, packaged
from sayso.vocabulary.weights import packaged_table, read_columns

TABLES = ("places.csv", "countries.csv", "arabic_script_countries.csv")


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A row of our own. A point may only be missing where another source has one."""

    id: str
    name: str
    aliases: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    kind: str
    country: str | None
    admin1: str | None


@cache
def places() -> tuple[OwnPlace, ...]:
    """``places.csv``: what no package offers, and better names and spellings for what it does."""
    found = []
    seen: set[str] = set()
    for row in _rows(
        "places.csv", ("id", "name", "aliases", "latitude", "longitude", "kind", "country", "admin1", "source")
    ):
        id = row.text("id")
        if id in seen:
            raise row.error(f"id {id!r} is there twice")
        seen.add(id)
        found.append(_place(row, id, row.text("name"), row.text("kind")))
    return tuple(found)


@cache
def countries() -> tuple[OwnPlace, ...]:
    """``countries.csv``: a point and the news' names of each country; ``name`` is empty where GeoNames' will do."""
    rows = _rows("countries.csv", ("country", "name", "latitude", "longitude", "aliases"))
    return tuple(_place(row, row.text("country"), row.values["name"], "country") for row in rows)


@cache
def arabic_script_countries() -> frozenset[str]:
    """Countries whose place names reach English from Arabic script, so that articles and vowels vary."""
    return frozenset(row.text("country") for row in _rows("arabic_script_countries.csv", ("country",)))


@cache
def demonyms() -> Mapping[str, str]:
    """Demonym in lower case ("syrian", "syrians") -> ISO 3166-1 alpha-2 code; "" for a people of no one country."""
    found = {}
    for row in _rows("demonyms.csv", ("country", "demonyms")):
        country = _country(row) or ""
        for word in row.text("demonyms").split("|"):
            found[word.lower()] = country
    return MappingProxyType(found)


def _place(row: Row, id: str, name: str, kind: str) -> OwnPlace:
    country, latitude, longitude = _country(row), _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)
    if (latitude is None) != (longitude is None):
        raise row.error("a point needs both latitude and longitude")
    aliases = tuple(alias.strip() for alias in row.values["aliases"].split("|") if alias.strip())
    return OwnPlace(id, name, aliases, latitude, longitude, kind, country, row.text_or_none("admin1"))


def _country(row: Row) -> str | None:
    country = row.text_or_none("country")
    if country and not is_country(country):
        raise row.error(f"{country!r} is no country code")
    return country


def _degrees(row: Row, column: str, limit: int) -> float | None:
    degrees = number(row, column)
    if degrees is not None and not -limit <= degrees <= limit:
        raise row.error(f"{column} {degrees} is outside -{limit}..{limit}")
    return degrees


def _rows(table: str, columns: tuple[str, ...]) -> list[Row]:
    return csv_rows(packaged(table), table, columns)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """``place_words.csv``: words beside and inside place names. The file's header says what each role means."""

    kinds: Mapping[str, str]
    heads: Mapping[str, str]
    direction: frozenset[str]
    locates: frozenset[str]
    near: frozenset[str]
    title: frozenset[str]
    first: frozenset[str]
    says: frozenset[str]
    statecraft: frozenset[str]
    dealing: frozenset[str]
    tail: frozenset[str]
    unit: frozenset[str]
    particle: frozenset[str]
    prefix: frozenset[str]
    never: frozenset[str]
    city_hall: frozenset[str]
    common: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """The words of ``place_words.csv``, by role."""
    kinds: dict[str, str] = {}
    heads: dict[str, str] = {}
    others: dict[str, set[str]] = {
        name: set()
        for name in (
            "direction",
            "locates",
            "near",
            "title",
            "first",
            "says",
            "statecraft",
            "dealing",
            "tail",
            "unit",
            "particle",
            "prefix",
            "never",
            "city_hall",
            "common",
        )
    }
    for row in _rows("place_words.csv", ("role", "value", "words")):
        role, words = row.text("role"), row.text("words").split("|")
        if role in ("kind", "head"):
            into = kinds if role == "kind" else heads
            for word in words:
                into.setdefault(word, row.values["value"])
        elif role in others:
            others[role].update(words)
        else:
            raise row.error(f"unknown role {role!r}")
    return PlaceWords(
        MappingProxyType(kinds), MappingProxyType(heads), **{name: frozenset(words) for name, words in others.items()}
    )


def event_place_weights() -> Mapping[str, float]:
    """Weight of each feature of a place being an event's place (``event_place_weights.csv``)."""
    return packaged_table("event_place_weights.csv")


@cache
def place_adjectives() -> Mapping[str, str]:
    """Adjective or inhabitant in lower case -> the name of a place that is no country (``place_adjectives.csv``)."""
    found = {}
    for row in _rows("place_adjectives.csv", ("name", "adjectives")):
        for word in row.text("adjectives").split("|"):
            found[word.lower()] = row.text("name")
    return MappingProxyType(found)


@cache
def place_belief_weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Weight of each feature of a name being a place (``place_belief_weights.csv``): at first, and with a place."""
    return _two_weights("place_belief_weights.csv")


@cache
def place_choice_weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Weight of each feature of a candidate place (``place_choice_weights.csv``): at first, and then in context."""
    return _two_weights("place_choice_weights.csv")


def _two_weights(table: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
    rows = read_columns(packaged(table), table, ("first", "then"))
    first, then = ({feature: row[at] for feature, row in rows.items()} for at in (0, 1))
    return MappingProxyType(first), MappingProxyType(then)
