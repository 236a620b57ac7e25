"""The gazetteer: which places bear a name, and where they are.

Built once (``gazetteer_build``) into the user's cache folder and then only read: a marisa trie from names to row
numbers, memory-mapped, and an SQLite file with the rows, opened read-only. Look-ups take microseconds; nothing of it is
held in memory but what the system maps and two small caches.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import marisa_trie
from rapidfuzz import fuzz, process

from sayso.vocabulary import gazetteer_build as build
from sayso.vocabulary.place_names import place_key, sound_key, without_article
from sayso.vocabulary.place_tables import arabic_script_countries

Progress = Callable[[str, int, int], None]

#: A name is never looked up by more than this many words.
MAXIMUM_WORDS = 7
#: How alike (0 to 100, rapidfuzz ``ratio``) two transliterations of equal consonants must be, and two names without.
_ALIKE_SOUND, _ALIKE_LETTERS = 70, 88


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


@dataclass(frozen=True, slots=True)
class Found:
    """An entry under a name. ``main``: the name is its main one. ``likeness`` is 100 unless the spelling differs."""

    entry: Entry
    main: bool
    likeness: float = 100.0


class Gazetteer:
    """Read-only. Open with ``Gazetteer.open()``; safe to open in any number of processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = marisa_trie.RecordTrie("<IB").mmap(str(folder / build.NAMES))
        self._sounds = marisa_trie.RecordTrie("<IB").mmap(str(folder / build.SOUNDS))
        self._rows = sqlite3.connect(
            f"{(folder / build.ROWS).absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._rows.execute("PRAGMA mmap_size=268435456")
        self.found = lru_cache(maxsize=4096)(self._found)
        self._country_keys = lru_cache(maxsize=4)(self._read_country_keys)
        self.admin1 = lru_cache(maxsize=1024)(self._admin1)
        self.country = lru_cache(maxsize=512)(self._country)

    @classmethod
    def open(cls, cache: Path | None = None, progress: Progress | None = None) -> Gazetteer:
        """The gazetteer of the installed packages and data files, built first where it is not in ``cache`` yet.

        ``cache`` is a folder (default: ``sayso`` in ``$XDG_CACHE_HOME`` or ``~/.cache``). ``progress`` is called with
        what is being done, how much of it is done, and how much there is.
        """
        root = cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sayso"
        return cls(build.ensure(root, progress))

    def close(self) -> None:
        """Let go of the files."""
        self._rows.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def knows(self, key: str) -> bool:
        """Whether any place bears the name whose ``place_key`` is ``key``."""
        if key in self._names:
            return True
        bare = without_article(key)
        return bare is not None and bare in self._names

    def find(self, name: str) -> tuple[Entry, ...]:
        """Every place that bears ``name`` (in any case, with or without accents and article), the likeliest first."""
        return tuple(found.entry for found in self.found(place_key(name)))

    def _found(self, key: str) -> tuple[Found, ...]:
        """Entries under a ``place_key``: those whose main name it is first, then by weight and population."""
        records = self._names.get(key)
        bare = None if records else without_article(key)
        if bare:
            records = self._names.get(bare)
        flags: dict[int, bool] = {}
        for row, main in records or ():
            flags[row] = flags.get(row, False) or bool(main)
        # Rows are numbered by weight, so the cut keeps the places that matter.
        rows = sorted(flags, key=lambda row: (not flags[row], row))[:200]
        entries = self._entries(rows)
        found = tuple(Found(entries[row], flags[row]) for row in rows)
        # "al-Joura" is no place of that name without article in India.
        return tuple(f for f in found if f.entry.country in arabic_script_countries()) if bare else found

    def alike(self, name: str, countries: Iterable[str]) -> tuple[Found, ...]:
        """Places of ``countries`` whose name is a likely other spelling of ``name``, the likeliest first.

        By sound where the country's names are transliterated from Arabic script, by letters elsewhere. Empty for
        names under four letters: too many are alike.
        """
        key = place_key(name)
        if len(key) < 4:
            return ()
        wanted = frozenset(countries)
        hits = []
        by_sound = self._sounds.get(sound_key(name)) or ()
        entries = self._entries(sorted({row for row, _ in by_sound})[:300])
        for entry in entries.values():
            if entry.country in wanted:
                likeness = fuzz.ratio(_bare(key), _bare(place_key(entry.name)))
                if likeness >= _ALIKE_SOUND:
                    hits.append(Found(entry, False, likeness))
        if not hits and len(key) >= 6:
            for country in sorted(wanted):
                best = process.extractOne(
                    key, self._country_keys(country), scorer=fuzz.ratio, score_cutoff=_ALIKE_LETTERS
                )
                if best:
                    hits += [
                        Found(found.entry, False, best[1])
                        for found in self.found(best[0])
                        if found.entry.country == country
                    ]
        return tuple(sorted(hits, key=lambda hit: (-hit.likeness, -(hit.entry.population or 0), hit.entry.id)))

    def _country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        row = self._rows.execute(f"{_SELECT} WHERE kind = 'country' AND country = ?", (code,)).fetchone()
        return Entry(*row[1:]) if row else None

    def _admin1(self, country: str, code: str) -> Entry | None:
        """The first-level region of a GeoNames admin1 code."""
        query = f"{_SELECT} WHERE kind = 'admin1' AND country = ? AND admin1 = ?"
        row = self._rows.execute(query, (country, code)).fetchone()
        return Entry(*row[1:]) if row else None

    def _entries(self, rows: list[int]) -> dict[int, Entry]:
        if not rows:
            return {}
        marks = ",".join("?" * len(rows))
        found = self._rows.execute(f"{_SELECT} WHERE row IN ({marks})", rows)
        return {values[0]: Entry(*values[1:]) for values in found}

    def _read_country_keys(self, country: str) -> list[str]:
        row = self._rows.execute("SELECT keys FROM country_keys WHERE country = ?", (country,)).fetchone()
        return str(row[0]).split("\n") if row else []


_SELECT = (
    "SELECT row, id, name, latitude, longitude, kind, country, admin1, admin1_name, admin2_name, population, source"
    " FROM places"
)


def _bare(key: str) -> str:
    return without_article(key) or key
