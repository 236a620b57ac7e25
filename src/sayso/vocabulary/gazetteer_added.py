"""Tables of places a user added: what each of their rows is in the light of the gazetteer, as an index beside it.

A row that names a place the gazetteer has lends it its spellings; any other is a place of its own. The kept table is
the user's; the index made of it lies in the cache and is made anew when the gazetteer changes.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.errors import VocabularyError
from sayso.vocabulary import additions, gazetteer_cache
from sayso.vocabulary.additions import Table
from sayso.vocabulary.gazetteer_build import kilometres
from sayso.vocabulary.gazetteer_cache import Progress
from sayso.vocabulary.gazetteer_formats import PlaceRow, read_places
from sayso.vocabulary.gazetteer_index import PlaceIndex, Row, code_key, write_index
from sayso.vocabulary.place_names import place_key, without_article
from sayso.vocabulary.place_tables import arabic_script_countries
from sayso.vocabulary.table_lines import Report

#: ``source`` of a place from a user's own CSV begins so; others bear the name of their table alone.
OWN = "own:"
#: Two points of one name nearer than this are one place, by kind: areas have no one middle.
_SAME_KM = {"country": 3000.0, "admin1": 200.0, "admin2": 80.0, "region": 200.0, "river": 300.0}
_SAME_TOWN_KM, _SAME_OTHER_KM = 15.0, 25.0
#: Kinds that two tables may tell apart differently.
_ALIKE = (frozenset({"city", "capital", "quarter"}), frozenset({"airbase", "airport", "base"}))
_TOWNS = _ALIKE[0]


def add(
    path: Path, format: str, name: str, country: str | None = None, tell: Callable[[int], None] = lambda _: None,
    root: Path | None = None,
) -> tuple[Table, bool, Report]:  # fmt: skip
    """Keep the places of the table in ``path`` under ``name``; also whether anything changed, and what was refused.

    ``tell`` hears how many lines were read. Raises ``VocabularyError`` where nothing of it can be used.
    """
    report, told = Report(), {"refused": 0, "left_out": 0}

    def rows() -> Iterator[dict[str, Any]]:
        for row in read_places(path, format, report, country, tell):
            yield {key: value for key, value in asdict(row).items() if value not in (None, ())}
        told["refused"], told["left_out"] = report.refused, report.left_out.total()

    try:
        table, changed = additions.keep("places", name, path.name, format, rows(), told, root)
    except VocabularyError as error:
        # Why no row can be used stands in the first of them.
        first = "".join(f"; line {line}: {problem}" for line, problem in report.problems[:1])
        raise VocabularyError(f"{error}{first}") from None
    return table, changed, report


def tables(root: Path | None = None) -> tuple[tuple[Table, Path | None], ...]:
    """The tables that were added, each with where it is kept."""
    return tuple((table, root) for table in additions.tables("places", root))


def ensure(cache_root: Path, kept: tuple[Table, Path | None], base: Path, progress: Progress | None = None) -> Path:
    """The folder of the index of an added table beside the gazetteer in ``base``, made first if it is not there."""
    table, root = kept
    told = f"{base.name} {table.name} {table.format} {table.digest} {_code_digest()}"
    version = sha256(told.encode()).hexdigest()[:12]
    return gazetteer_cache.ensure(cache_root, version, lambda folder: _make(folder, table, root, base, progress))


def _make(folder: Path, table: Table, root: Path | None, base: Path, progress: Progress | None) -> None:
    known = PlaceIndex(base)
    counts = {"known": 0, "unplaced": 0}
    unplaced: list[tuple[int, str]] = []

    def rows() -> Iterator[Row]:
        for number, kept in enumerate(additions.rows(table, root)):
            if progress and number % 5000 == 0:
                progress(f"adding {table.name}", number, table.rows)
            place = PlaceRow(**{**kept, "aliases": tuple(kept.get("aliases", ()))})
            same = _same(place, known)
            if same is not None:
                counts["known"] += 1
                row = _spellings(place, same, known)
                row.noted = table.format == "csv"
                yield row
            elif place.latitude is None or place.longitude is None:
                counts["unplaced"] += 1
                if len(unplaced) < Report.MOST:
                    unplaced.append((place.line, f"{place.name}: no point, and no known place of that name and kind"))
            else:
                yield _new(place, table, known)
        if progress:
            progress(f"adding {table.name}", table.rows, table.rows)

    about: dict[str, Any] = {"table": table.name, "counts": counts, "unplaced": unplaced}
    try:
        write_index(folder, rows(), arabic_script_countries(), about)
    except (TypeError, AttributeError, struct.error):  # somebody wrote into the kept file
        raise VocabularyError(
            f"the added table {table.name} is broken; take it out with 'sayso gazetteer remove {table.name}'"
            " and add it again"
        ) from None
    finally:
        known.close()


def _same(place: PlaceRow, known: PlaceIndex) -> int | None:
    """The place of the gazetteer that ``place`` is: by its GeoNames id, else by name, kind, country and nearness."""
    if place.same_as:
        for number, _ in known.named(code_key("", place.same_as)):
            # Concordances are not always right.
            if _away(place, known.record(number)) <= 5 * _reach(place.kind):
                return number
    best: tuple[float, int] | None = None
    for name in (place.name, *place.aliases):
        key = place_key(name)
        numbers = known.named(key)
        if not numbers and place.country in arabic_script_countries() and (bare := without_article(key)):
            numbers = known.named(bare)
        for number, _ in numbers[:50]:
            record = known.record(number)
            if record[5] != place.country or not _one_kind(record[4], place.kind):
                continue
            away = _away(place, record)
            if away <= _reach(place.kind) and (best is None or away < best[0]):
                best = away, number
        if best is not None:
            return best[1]
    return None


def _reach(kind: str) -> float:
    return _SAME_TOWN_KM if kind in _TOWNS else _SAME_KM.get(kind, _SAME_OTHER_KM)


def _away(place: PlaceRow, record: tuple[Any, ...]) -> float:
    """Kilometres between the two; 0 where the row has no point and so cannot disagree."""
    if place.latitude is None or place.longitude is None:
        return 0.0
    return kilometres(place.latitude, place.longitude, record[2], record[3])


def _one_kind(kind: str, other: str) -> bool:
    return kind == other or any({kind, other} <= kinds for kinds in _ALIKE)


def _spellings(place: PlaceRow, number: int, known: PlaceIndex) -> Row:
    """The known place again, under the names ``place`` adds: look-ups take the two for one by their id."""
    id, name, latitude, longitude, kind, country, admin1, admin1_name, admin2_name, population, source = known.record(
        number
    )
    row = Row(id, name, latitude, longitude, kind, country)
    row.admin1, row.admin1_name, row.admin2_name, row.population, row.source = (
        admin1, admin1_name, admin2_name, population, source,
    )  # fmt: skip
    row.aliases = [place.name, *place.aliases]
    return row


def _new(place: PlaceRow, table: Table, known: PlaceIndex) -> Row:
    assert place.latitude is not None
    assert place.longitude is not None
    row = Row(place.id, place.name, place.latitude, place.longitude, place.kind, place.country)
    row.population, row.aliases = place.population, list(place.aliases)
    row.source = f"{OWN}{table.name}" if table.format == "csv" else table.name
    row.noted = table.format == "csv"
    if place.kind == "admin1":
        row.admin1_name = place.name
    elif place.admin1 and place.country:
        row.admin1_name = place.admin1
        numbers = [number for number, _ in known.named(code_key(place.country, place.admin1))]
        numbers += [number for number, _ in known.named(place_key(place.admin1))[:50]]
        for record in map(known.record, numbers):
            if record[4] == "admin1" and record[5] == place.country:
                row.admin1, row.admin1_name = record[6], record[1]
                break
    return row


@cache
def _code_digest() -> str:
    from importlib.resources import files

    digest = sha256()
    for module in ("gazetteer_added.py", "gazetteer_index.py", "place_names.py"):
        digest.update(files("sayso.vocabulary").joinpath(module).read_bytes())
    return digest.hexdigest()[:12]
