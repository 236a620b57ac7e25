"""The files of a place index: written once, then mapped into memory and searched where they lie.

Five files, in the byte order of the machine that made them (they are a cache and are never carried elsewhere):

    places.bin     one record a place, all of one length (``_RECORD``)
    strings.bin    the texts of the records, each closed by a zero byte; position 0 is the empty one, which means none
    names.bin      sorted 64-bit hashes of names, then for each the place's number, shifted by one, and whether the name
                   is its main one: a name is found by bisection, in some twenty steps
    sounds.bin     the same for ``sound_key``
    letters.bin    main names of each country, for spellings that nearly agree

and ``index.json``, written last, so that a folder with it is whole. Two names of one hash would be taken for one: with
a million names in the index, one unknown name in 2e13 would be. Beside names the index holds codes (``code_key``).
"""

from __future__ import annotations

import json
import math
import mmap
import os
import struct
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from sayso.vocabulary.place_names import ALIKE_SOUND, likeness, place_key, sound_key, without_article

PLACES, STRINGS, NAMES, SOUNDS, LETTERS, ABOUT = (
    "places.bin", "strings.bin", "names.bin", "sounds.bin", "letters.bin", "index.json",
)  # fmt: skip
#: latitude, longitude, population (-1 where not known), then where each of ``_TEXTS`` begins in strings.bin.
_RECORD = struct.Struct("=ddq8I")
_TEXTS = ("id", "name", "kind", "country", "admin1", "admin1_name", "admin2_name", "source")
#: Texts that many places share are written once.
_SHARED = frozenset(_TEXTS) - {"id", "name"}
#: Shorter names are alike too easily to be looked for by their letters.
_SHORTEST_ALIKE = 5


class Row:
    """A place while an index is being made. ``noted``: a person wrote its names down as what the news says."""

    __slots__ = (
        "admin1", "admin1_name", "admin2_name", "aliases", "country", "id", "kind", "latitude", "longitude", "name",
        "noted", "population", "source",
    )  # fmt: skip

    def __init__(self, id: str, name: str, latitude: float, longitude: float, kind: str, country: str | None) -> None:
        self.id, self.name, self.kind, self.country = id, name, kind, country
        self.latitude, self.longitude = latitude, longitude
        self.admin1: str | None = None
        self.admin1_name: str | None = None
        self.admin2_name: str | None = None
        self.population: int | None = None
        self.source = "geonames"
        self.noted = False
        self.aliases: list[str] = []


def weight(kind: str, population: int | None, noted: bool) -> float:
    """Which of two places of one name is meant where nothing else tells: by kind and the logarithm of its people."""
    kinds = {"country": 8.5, "continent": 8.5, "admin1": 6.2, "admin2": 4.0, "city": 3.0, "capital": 5.0}
    if noted and kind not in kinds:
        return 5.0
    if kind in ("country", "continent"):
        return kinds[kind]
    populated = math.log10((population or 0) + 10) + (kind == "capital")
    return max(kinds[kind], populated) if kind == "admin1" else populated


def code_key(country: str, code: str = "") -> str:
    """What a country, a first-level region of a GeoNames code, or (without a country) an id is kept under.

    No ``place_key`` begins so.
    """
    return f"={country}.{code}"


def write_index(folder: Path, rows: Iterable[Row], arabic: frozenset[str], about: dict[str, Any]) -> int:
    """Write an index of ``rows`` into ``folder`` and return how many there are.

    ``arabic`` are the countries whose names reach English from Arabic script. ``about`` is kept in ``index.json``.
    Takes 60 bytes a name; rows are written as they come and not held.
    """
    names, sounds, letters = _Names(), _Names(), defaultdict[str, set[str]](set)
    count = 0
    with (folder / PLACES).open("wb") as places, (folder / STRINGS).open("wb") as strings:
        texts = _Strings(strings)
        for row in rows:
            population = -1 if row.population is None else row.population
            offsets = (texts.put(getattr(row, field), field in _SHARED) for field in _TEXTS)
            places.write(_RECORD.pack(row.latitude, row.longitude, population, *offsets))
            heavy = weight(row.kind, row.population, row.noted)
            for key, main in _keys(row, arabic):
                names.put(key, count, main, heavy)
            if row.country in arabic:
                for sound in {sound_key(name) for name in (row.name, *row.aliases)} - {""}:
                    sounds.put(sound, count, True, heavy)
            if row.country and len(key := place_key(row.name)) >= _SHORTEST_ALIKE:
                letters[row.country].add(key)
            count += 1
    names.write(folder / NAMES)
    sounds.write(folder / SOUNDS)
    at: dict[str, tuple[int, int]] = {}
    with (folder / LETTERS).open("wb") as written:
        for country, keys in sorted(letters.items()):
            blob = "\n".join(sorted(keys)).encode("utf-8", "surrogatepass")
            at[country] = (written.tell(), len(blob))
            written.write(blob)
    for name in (PLACES, STRINGS, NAMES, SOUNDS, LETTERS):
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())
    # Never the time of the build: the same input gives the same files.
    (folder / ABOUT).write_text(json.dumps({**about, "places": count, "letters": at}), encoding="utf-8")
    return count


def _keys(row: Row, arabic: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Everything ``row`` is to be found under, and whether as its main name."""
    keys = {place_key(row.name): True}
    for alias in row.aliases:
        keys.setdefault(place_key(alias), False)
    if row.country in arabic:
        for key, main in list(keys.items()):
            bare = without_article(key)
            if bare and len(bare) > 2:
                keys.setdefault(bare, main)
    # What was written down by hand is what the news says.
    always = row.noted or row.kind == "country"
    transliterated = sound_key(row.name) if row.country in arabic else ""
    for key, main in keys.items():
        if key:
            yield key, always or main or _same_word(key, row.name, transliterated)
    yield code_key("", row.id), True
    if row.kind == "country" and row.country:
        yield code_key(row.country), True
    elif row.kind == "admin1" and row.country and row.admin1:
        yield code_key(row.country, row.admin1), True


def _same_word(key: str, name: str, sound: str) -> bool:
    """Whether an alternate name is but another transliteration of the main one ("Hama" of "Ḩamāh"), so no less main.

    ``sound`` is the main one's ``sound_key``, empty where names are not transliterated.
    """
    return bool(sound) and sound_key(key) == sound and likeness(key, place_key(name)) >= ALIKE_SOUND


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class _Strings:
    def __init__(self, file: Any) -> None:
        self._file = file
        self._shared: dict[str, int] = {}
        self._at = file.write(b"\0")

    def put(self, text: str | None, shared: bool) -> int:
        if not text:
            return 0
        if shared and text in self._shared:
            return self._shared[text]
        at = self._at
        self._at += self._file.write(text.replace("\0", "").encode("utf-8", "surrogatepass") + b"\0")
        if shared:
            self._shared[text] = at
        return int(at)


class _Names:
    """Hashes with what they stand for, put in any order and written sorted, heavier places first."""

    def __init__(self) -> None:
        self._hashes, self._values, self._weights = array("Q"), array("I"), array("f")

    def put(self, key: str, place: int, main: bool, heavy: float) -> None:
        self._hashes.append(_hash(key))
        self._values.append(place << 1 | main)
        self._weights.append(-heavy)

    def write(self, path: Path) -> None:
        hashes = np.frombuffer(self._hashes, dtype=np.uint64) if self._hashes else np.empty(0, np.uint64)
        values = np.frombuffer(self._values, dtype=np.uint32) if self._values else np.empty(0, np.uint32)
        weights = np.frombuffer(self._weights, dtype=np.float32) if self._weights else np.empty(0, np.float32)
        order = np.lexsort((values, weights, hashes))
        with path.open("wb") as file:
            file.write(hashes[order].tobytes())
            file.write(values[order].tobytes())


class PlaceIndex:
    """An index in ``folder``, read only; any number of processes share what the system maps of it.

    Raises OSError where a file is missing or cut off.
    """

    def __init__(self, folder: Path) -> None:
        self.about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        self._places, self._strings, self._letters = (_map(folder / name) for name in (PLACES, STRINGS, LETTERS))
        self._names, self._sounds = _Lookup(folder / NAMES), _Lookup(folder / SOUNDS)
        if len(self._places) != self.about["places"] * _RECORD.size:
            raise OSError(f"{folder}: the place index is not whole")
        self._shared = lru_cache(maxsize=4096)(self._text)

    def close(self) -> None:
        """Let go of the files."""
        self._names.close()
        self._sounds.close()
        for mapped in (self._places, self._strings, self._letters):
            if isinstance(mapped, mmap.mmap):
                mapped.close()

    def __contains__(self, key: str) -> bool:
        return key in self._names

    def named(self, key: str) -> list[tuple[int, bool]]:
        """Numbers of the places under a ``place_key`` or ``code_key``, heavier first, and whether as a main name."""
        return [(value >> 1, bool(value & 1)) for value in self._names.get(key)]

    def sounding(self, sound: str) -> list[int]:
        """Numbers of the places under a ``sound_key``."""
        return [value >> 1 for value in self._sounds.get(sound)]

    def record(self, place: int) -> tuple[Any, ...]:
        """id, name, latitude, longitude, kind, country, admin1, admin1_name, admin2_name, population, source."""
        latitude, longitude, population, id, name, *shared = _RECORD.unpack_from(self._places, place * _RECORD.size)
        kind, country, admin1, admin1_name, admin2_name, source = map(self._shared, shared)
        return (
            self._text(id), self._text(name), latitude, longitude, kind, country, admin1, admin1_name, admin2_name,
            None if population < 0 else population, source,
        )  # fmt: skip

    def spellings(self, country: str) -> list[str]:
        """Main names (as ``place_key``) of the places of ``country``."""
        at, length = self.about["letters"].get(country, (0, 0))
        return self._letters[at : at + length].decode("utf-8", "surrogatepass").split("\n") if length else []

    def _text(self, offset: int) -> str | None:
        if not offset:
            return None
        return self._strings[offset : self._strings.find(b"\0", offset)].decode("utf-8", "surrogatepass")


class _Lookup:
    def __init__(self, path: Path) -> None:
        self._mapped = _map(path)
        whole = memoryview(self._mapped)
        count, rest = divmod(len(whole), 12)
        if rest:
            raise OSError(f"{path}: the place index is not whole")
        self._views = (whole, whole[: count * 8], whole[count * 8 :])
        self._hashes, self._values = self._views[1].cast("Q"), self._views[2].cast("I")

    def close(self) -> None:
        for view in (self._hashes, self._values, *self._views[::-1]):
            view.release()
        if isinstance(self._mapped, mmap.mmap):
            self._mapped.close()

    def __contains__(self, key: str) -> bool:
        wanted = _hash(key)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted

    def get(self, key: str) -> list[int]:
        wanted = _hash(key)
        hashes = self._hashes
        first = last = bisect_left(hashes, wanted)
        while last < len(hashes) and hashes[last] == wanted:
            last += 1
        return self._values[first:last].tolist()


def _map(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        # An empty file cannot be mapped.
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
