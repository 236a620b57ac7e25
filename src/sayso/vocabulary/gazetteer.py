"""The gazetteer: which places bear a name, and where they are.

Built once (``gazetteer_build``) into the user's cache folder and then only read, where it lies (``gazetteer_index``).
Tables the user added (``gazetteer_added``) are indexes of the same form, asked with it. Look-ups take microseconds;
nothing is held in memory but what the system maps and a few small caches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from sayso.vocabulary import gazetteer_added as added
from sayso.vocabulary import gazetteer_build as build
from sayso.vocabulary.gazetteer_cache import Progress, cache_root
from sayso.vocabulary.gazetteer_index import PlaceIndex, code_key, weight
from sayso.vocabulary.place_names import ALIKE_SOUND, likeness, place_key, sound_key, without_article
from sayso.vocabulary.place_tables import arabic_script_countries

#: A name is never looked up by more than this many words.
MAXIMUM_WORDS = 7
#: How alike (0 to 100, rapidfuzz ``ratio``) two names must be whose consonants differ.
_ALIKE_LETTERS = 88
#: So many places of one name are told of, the heaviest; there are 60 of "San Juan" that matter to nobody.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. ``kind`` is country, continent, region, admin1, admin2, city, quarter, airbase, camp, river...

    ``id`` is ``gn:`` and a GeoNames id, or ``sayso:`` and the id of a row of our own. ``admin1`` is the GeoNames code
    of the first-level region and ``admin1_name`` its English name; ``admin2_name`` the second
    level's. ``population`` is None where not known; for an area it is the sum over its towns.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    kind: str
    country: str | None
    admin1: str | None
    admin1_name: str | None
    admin2_name: str | None
    population: int | None
    source: str

    @property
    def noted(self) -> bool:
        """Whether a person wrote it down as a place the news speaks of: a row of our overlay, or of a user's own."""
        return self.source == "sayso" or self.source.startswith(added.OWN)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry under a name. ``main``: the name is its main one. ``likeness`` is 100 unless the spelling differs."""

    entry: Entry
    main: bool
    likeness: float = 100.0


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Rows of an added table that have no point and name no known place: how many, and the first, by their lines."""

    number: int
    first: tuple[tuple[int, str], ...]


class Gazetteer:
    """Read-only. Open with ``Gazetteer.open()``; safe to open in any number of processes.

    ``folder`` holds the built index, ``more`` those of tables that were added.
    """

    def __init__(self, folder: Path, *more: Path) -> None:
        self.folder = folder
        self._base = PlaceIndex(folder)
        self._indexes = (self._base, *map(PlaceIndex, more))
        self.found = lru_cache(maxsize=4096)(self._found)
        self.admin1 = lru_cache(maxsize=1024)(self._admin1)
        self.country = lru_cache(maxsize=512)(self._country)
        self._spellings = lru_cache(maxsize=4)(self._read_spellings)

    @classmethod
    def open(cls, cache: Path | None = None, progress: Progress | None = None, data: Path | None = None) -> Gazetteer:
        """The gazetteer of the installed packages and data files, and the tables that were added to it.

        What is not in ``cache`` yet (by default ``gazetteer_cache.cache_root()``) is built there first. ``data`` is
        where added tables are kept (by default ``additions.data_root()``). ``progress`` is called with what is being
        done, how much of it is done, and how much there is.
        """
        root = cache or cache_root()
        for _ in range(2):
            base = build.ensure(root, progress)
            more = [added.ensure(root, table, base, progress) for table in added.tables(data)]
            # Another process may take an old index for unused just as it is opened again.
            with suppress(FileNotFoundError):
                return cls(base, *more)
        return cls(build.ensure(root, progress), *more)

    def close(self) -> None:
        """Let go of the files."""
        for index in self._indexes:
            index.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def told_of(self, table: str) -> tuple[int, Unplaced]:
        """Of an added table: how many of its rows were known places, and which have no place at all."""
        about = next(index.about for index in self._indexes if index.about.get("table") == table)
        rows = tuple((line, problem) for line, problem in about["unplaced"])
        return about["counts"]["known"], Unplaced(about["counts"]["unplaced"], rows)

    def knows(self, key: str) -> bool:
        """Whether any place bears the name whose ``place_key`` is ``key``."""
        bare = without_article(key)
        return any(key in index or (bare is not None and bare in index) for index in self._indexes)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Every place that bears ``name`` (in any case, with or without accents and article), the likeliest first."""
        return tuple(found.entry for found in self.found(place_key(name)))

    def get(self, id: str) -> Entry | None:
        """The place with this id."""
        return next(self._coded(code_key("", id)), None)

    def _found(self, key: str) -> tuple[Found, ...]:
        """Entries under a ``place_key``: those whose main name it is first, then by weight and population."""
        found = self._named(key)
        if found:
            return found
        bare = without_article(key)
        # "al-Joura" is no place of that name without article in India.
        named = self._named(bare) if bare else ()
        return tuple(f for f in named if f.entry.country in arabic_script_countries())

    def _named(self, key: str) -> tuple[Found, ...]:
        by_id: dict[str, Found] = {}
        for index in self._indexes:
            records = sorted(index.named(key), key=lambda record: not record[1])[:_MOST]
            for place, main in records:
                entry = _entry(index, place)
                known = by_id.setdefault(entry.id, Found(entry, main))
                if main and not known.main:
                    by_id[entry.id] = replace(known, main=True)
        found = by_id.values()
        if len(self._indexes) == 1:
            return tuple(found)
        return tuple(sorted(found, key=lambda f: (not f.main, -_weight(f.entry), f.entry.id))[:_MOST])

    def alike(self, name: str, countries: Iterable[str]) -> tuple[Found, ...]:
        """Places of ``countries`` whose name is a likely other spelling of ``name``, the likeliest first.

        By sound where the country's names are transliterated from Arabic script, by letters elsewhere. Empty for
        names under four letters: too many are alike.
        """
        key = place_key(name)
        if len(key) < 4:
            return ()
        wanted = frozenset(countries)
        hits: dict[str, Found] = {}
        sound = sound_key(name)
        for index in self._indexes if sound else ():
            for place in index.sounding(sound)[:300]:
                entry = _entry(index, place)
                if entry.country in wanted:
                    alike = likeness(key, place_key(entry.name))
                    if alike >= ALIKE_SOUND:
                        hits.setdefault(entry.id, Found(entry, False, alike))
        if not hits and len(key) >= 6:
            for country in sorted(wanted):
                spellings = self._spellings(country)
                best = process.extractOne(key, spellings, scorer=fuzz.ratio, score_cutoff=_ALIKE_LETTERS)
                if best is None:
                    continue
                for found in self.found(best[0]):
                    if found.entry.country == country:
                        hits.setdefault(found.entry.id, Found(found.entry, False, best[1]))
        return tuple(sorted(hits.values(), key=lambda hit: (-hit.likeness, -(hit.entry.population or 0), hit.entry.id)))

    def _country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        return next(self._coded(code_key(code)), None)

    def _admin1(self, country: str, code: str) -> Entry | None:
        """The first-level region of a GeoNames admin1 code."""
        return next(self._coded(code_key(country, code)), None)

    def _coded(self, key: str) -> Iterator[Entry]:
        return (_entry(index, place) for index in self._indexes for place, _ in index.named(key))

    def _read_spellings(self, country: str) -> list[str]:
        return [spelling for index in self._indexes for spelling in index.spellings(country)]


def _entry(index: PlaceIndex, place: int) -> Entry:
    return Entry(*index.record(place))


def _weight(entry: Entry) -> float:
    return weight(entry.kind, entry.population, entry.noted)
