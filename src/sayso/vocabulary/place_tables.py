"""Our own tables of places: reading and checking ``places.csv``, ``countries.csv`` and ``demonyms.csv``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged

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
    for line, row in _rows(
        "places.csv", ("id", "name", "aliases", "latitude", "longitude", "kind", "country", "admin1", "source")
    ):
        if row["id"] in seen:
            raise VocabularyError(f"places.csv line {line}: id {row['id']!r} is there twice")
        seen.add(row["id"])
        found.append(_place("places.csv", line, row, row["id"], row["kind"]))
    return tuple(found)


@cache
def countries() -> tuple[OwnPlace, ...]:
    """``countries.csv``: a point and the news' names of each country; ``name`` is empty where GeoNames' will do."""
    rows = _rows("countries.csv", ("country", "name", "latitude", "longitude", "aliases"))
    return tuple(_place("countries.csv", line, row, row["country"], "country") for line, row in rows)


@cache
def arabic_script_countries() -> frozenset[str]:
    """Countries whose place names reach English from Arabic script, so that articles and vowels vary."""
    return frozenset(row["country"] for _, row in _rows("arabic_script_countries.csv", ("country",)))


@cache
def demonyms() -> Mapping[str, str]:
    """Demonym in lower case ("syrian", "syrians") -> ISO 3166-1 alpha-2 code; "" for a people of no one country."""
    found = {}
    for line, row in _rows("demonyms.csv", ("country", "demonyms")):
        if row["country"] and not is_country(row["country"]):
            raise VocabularyError(f"demonyms.csv line {line}: {row['country']!r} is no country code")
        for word in row["demonyms"].split("|"):
            found[word.lower()] = row["country"]
    return MappingProxyType(found)


def _place(table: str, line: int, row: Mapping[str, str], id: str, kind: str) -> OwnPlace:
    where = f"{table} line {line}"
    if not id or not kind or (table == "places.csv" and not row["name"]):
        raise VocabularyError(f"{where}: id, name and kind must not be empty")
    if row["country"] and not is_country(row["country"]):
        raise VocabularyError(f"{where}: {row['country']!r} is no country code")
    latitude, longitude = (_degrees(where, row[name], limit) for name, limit in (("latitude", 90), ("longitude", 180)))
    if (latitude is None) != (longitude is None):
        raise VocabularyError(f"{where}: a point needs both latitude and longitude")
    aliases = tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip())
    return OwnPlace(
        id, row["name"], aliases, latitude, longitude, kind, row["country"] or None, row.get("admin1") or None
    )


def _degrees(where: str, value: str, limit: int) -> float | None:
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        raise VocabularyError(f"{where}: {value!r} is not a number of degrees") from None
    if not -limit <= degrees <= limit:
        raise VocabularyError(f"{where}: {value} is outside -{limit}..{limit}")
    return degrees


def is_country(code: str) -> bool:
    """Whether ``code`` has the form of an ISO 3166-1 alpha-2 code."""
    return len(code) == 2 and code.isascii() and code.isupper()


def _rows(table: str, columns: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line number, row) of a table."""
    for row in csv_rows(packaged(table), table, columns):
        yield row.line, row.values


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
    for line, row in _rows("place_words.csv", ("role", "value", "words")):
        words = row["words"].split("|")
        if row["role"] in ("kind", "head"):
            into = kinds if row["role"] == "kind" else heads
            for word in words:
                into.setdefault(word, row["value"])
        elif row["role"] in others:
            others[row["role"]].update(words)
        else:
            raise VocabularyError(f"place_words.csv line {line}: unknown role {row['role']!r}")
    return PlaceWords(
        MappingProxyType(kinds), MappingProxyType(heads), **{name: frozenset(words) for name, words in others.items()}
    )


@cache
def event_place_weights() -> Mapping[str, float]:
    """Weight of each feature of a place being an event's place (``event_place_weights.csv``)."""
    weights = {}
    for line, row in _rows("event_place_weights.csv", ("feature", "weight")):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError:
            raise VocabularyError(f"event_place_weights.csv line {line}: {row['weight']!r} is not a number") from None
    return MappingProxyType(weights)


@cache
def place_adjectives() -> Mapping[str, str]:
    """Adjective or inhabitant in lower case -> the name of a place that is no country (``place_adjectives.csv``)."""
    found = {}
    for _, row in _rows("place_adjectives.csv", ("name", "adjectives")):
        for word in row["adjectives"].split("|"):
            found[word.lower()] = row["name"]
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
    first, then = {}, {}
    for line, row in _rows(table, ("feature", "first", "then")):
        try:
            first[row["feature"]], then[row["feature"]] = float(row["first"]), float(row["then"])
        except ValueError:
            raise VocabularyError(f"{table} line {line}: a weight is not a number") from None
    return MappingProxyType(first), MappingProxyType(then)
