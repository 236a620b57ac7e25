"""What the place index costs: to build, to hold, to ask.

    python bench/gazetteer.py [TABLE...]

Builds the gazetteer into an empty folder, and each TABLE (as `sayso gazetteer add` takes it) beside it; every measure
is of a process of its own. Figures:

  build_s, build_peak_mb   processor seconds and largest resident size of the build; the same for each table
  disk_mb                  what it takes in the cache
  resident_mb              what opening it and asking 5,000 names adds to a process; private_mb of it is not shared with
                           others that have it open
  cold_ms, warm_ms         mean time of a look-up of a name never asked before, and of one asked just before; the names
                           are those of 5,000 places drawn evenly from the index. cold_p99_ms: 99 of 100 take less
  absent_ms                the same for names nobody bears
  alike_ms                 mean time of a search for another spelling within one country
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_DRAWN = 5000


def main(tables: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache", "XDG_DATA_HOME": f"{folder}/data"}

        def measured(*what: str) -> dict[str, Any]:
            done = subprocess.run(
                [sys.executable, __file__, "--one", *what], env=environment, stdout=subprocess.PIPE, check=True
            )
            figures: dict[str, Any] = json.loads(done.stdout)
            return figures

        results = {**measured("build"), **measured("ask")}
        for table in tables:
            results[Path(table).name] = measured("add", table)
        if tables:
            results["with_tables"] = measured("ask")
    print(json.dumps(results))


def _build() -> dict[str, Any]:
    from sayso.vocabulary.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        disk = sum(path.stat().st_size for path in gazetteer.folder.iterdir())
    return {"build_s": _spent(), "build_peak_mb": _peak(), "disk_mb": round(disk / 1e6, 1)}


def _add(table: str) -> dict[str, Any]:
    from sayso.vocabulary import gazetteer_added
    from sayso.vocabulary.gazetteer import Gazetteer
    from sayso.vocabulary.gazetteer_formats import detect

    path = Path(table)
    kept, _, report = gazetteer_added.add(path, detect(path), "bench")
    Gazetteer.open().close()
    return {"rows": kept.rows, "refused": report.refused, "add_s": _spent(), "add_peak_mb": _peak()}


def _ask() -> dict[str, Any]:
    from sayso.vocabulary.gazetteer import Gazetteer
    from sayso.vocabulary.gazetteer_index import PlaceIndex
    from sayso.vocabulary.place_names import place_key

    with Gazetteer.open() as other:
        index = PlaceIndex(other.folder)
    drawn = random.Random(1).sample(range(index.about["places"]), _DRAWN)
    names = list(dict.fromkeys(place_key(index.record(place)[1]) for place in drawn))
    index.close()
    before = _memory()
    with Gazetteer.open() as gazetteer:
        cold, warm = _times(gazetteer.found, names), _times(gazetteer.found, names[-1000:])
        after = _memory()
        absent = _times(gazetteer.found, [f"{name} qx" for name in names])
        misspelt = [name[:-1] + "x" for name in names if len(name) > 7][:300]
        alike = _times(lambda name: gazetteer.alike(name, ["SY"]), misspelt)
    return {
        "resident_mb": round(after[0] - before[0], 1),
        "private_mb": round(after[1] - before[1], 1),
        "cold_ms": _mean(cold),
        "cold_p99_ms": round(sorted(cold)[int(len(cold) * 0.99)], 4),
        "warm_ms": _mean(warm),
        "absent_ms": _mean(absent),
        "alike_ms": _mean(alike),
    }


def _times(ask: Callable[[str], object], names: Iterable[str]) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for name in names:
        started = time.perf_counter()
        ask(name)
        found.append(1000 * (time.perf_counter() - started))
    return found


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4)


def _spent() -> float:
    return round(time.process_time(), 1)


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0)


def _memory() -> tuple[float, float]:
    """Resident and private (anonymous) megabytes of this process."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return tuple(int(status[field].split()[0]) / 1024 for field in ("VmRSS", "RssAnon"))  # type: ignore[return-value]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(_add(sys.argv[3]) if sys.argv[2] == "add" else _build() if sys.argv[2] == "build" else _ask()))
    else:
        main(sys.argv[1:])
