"""First- and second-level regions of countries: GeoNames' names and codes, and the towns in the second-level ones.

The table ``data/geonames_admin.tsv.gz`` is made by ``training/admin_names.py`` and derives from GeoNames
(https://www.geonames.org), CC BY 4.0. A line is a region; its columns, parted by tabs, are those of ``COLUMNS``. Towns
are GeoNames ids in rising order, each but the first as its distance from the one before: that halves the file.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate

from sayso.errors import VocabularyError

FILE = "geonames_admin.tsv.gz"
COLUMNS = ("level", "country", "code", "geonames", "name", "aliases", "towns")


@dataclass(frozen=True, slots=True)
class AdminRegion:
    """A region of ``level`` 1 or 2 of ``country`` (ISO 3166-1 alpha-2).

    ``code`` is GeoNames' code within the country ("09", at the second level "09.167355"), ``geonames`` the region's id
    there. ``towns`` are the ids of its towns, at the second level only: those of the first carry its code themselves.
    """

    level: int
    country: str
    code: str
    geonames: int
    name: str
    aliases: tuple[str, ...]
    towns: tuple[int, ...]


def packed() -> bytes:
    """The table as it is shipped."""
    return files("sayso.vocabulary").joinpath("data", FILE).read_bytes()


def regions() -> Iterator[AdminRegion]:
    """The shipped table. Raises ``VocabularyError`` where it is broken."""
    return unpack(packed())


def unpack(table: bytes) -> Iterator[AdminRegion]:
    """The regions of a packed ``table``. Raises ``VocabularyError`` naming the line."""
    try:
        lines = gzip.decompress(table).decode("utf-8").split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise VocabularyError(f"{FILE} cannot be unpacked: {error}") from None
    number = next((at for at, line in enumerate(lines) if not line.startswith("#")), 0)
    if tuple(lines[number].split("\t")) != COLUMNS:
        raise VocabularyError(f"{FILE} line {number + 1}: the columns must be {', '.join(COLUMNS)}")
    seen: set[tuple[int, str, str]] = set()
    for line_number, line in enumerate(lines[number + 1 :], number + 2):
        if not line:
            continue
        try:
            region = _region(line)
        except ValueError as error:
            raise VocabularyError(f"{FILE} line {line_number}: {error}") from None
        key = region.level, region.country, region.code
        if key in seen:
            raise VocabularyError(f"{FILE} line {line_number}: a second region {region.country}.{region.code}")
        seen.add(key)
        yield region


def _region(line: str) -> AdminRegion:
    level, country, code, geonames, name, aliases, towns = line.split("\t")
    if level not in ("1", "2") or not country or not code or not name:
        raise ValueError("a region has a level (1 or 2), a country, a code and a name")
    return AdminRegion(
        int(level), country, code, int(geonames), name, tuple(filter(None, aliases.split("|"))),
        tuple(accumulate(map(int, towns.split()))),
    )  # fmt: skip


def pack(table: Iterable[AdminRegion], header: str) -> bytes:
    """``table`` in order of level, country and code, below the comment ``header``: same table, same bytes."""
    lines = [*(f"# {line}" for line in header.splitlines()), "\t".join(COLUMNS)]
    for r in sorted(table, key=lambda region: (region.level, region.country, region.code)):
        towns = sorted(r.towns)
        steps = (town - before for before, town in zip((0, *towns), towns, strict=False))
        cells = (r.level, r.country, r.code, r.geonames, r.name, "|".join(r.aliases), " ".join(map(str, steps)))
        lines.append("\t".join(map(str, cells)))
    return gzip.compress("\n".join([*lines, ""]).encode("utf-8"), compresslevel=9, mtime=0)
