"""How many of a list of conflict places are found, and where they should be.

    python bench/conflict_places.py [conflict_places.csv]

Each name is put into one plain sentence, "Fighting was reported in NAME, COUNTRY.", coded as any text is. Figures:

  found      share whose place is tagged within 25 km of the list's point (the aim is .95)
  elsewhere  share tagged with a point farther off: a wrong answer, worse than none
  named      share for which the gazetteer alone has a place of that name in that country within 25 km

Those missed are told on standard error. The last line is one JSON object.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from sayso.coding.parse import Parser
from sayso.coding.places import tag_places
from sayso.model import Document, Place, Segment
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres

_NEAR_KM = 25.0
_LIST = Path(__file__).with_name("conflict_places.csv")


def main(path: Path) -> None:
    gazetteer, parser = Gazetteer.open(), Parser()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    found = elsewhere = named = 0
    for row in rows:
        point = float(row["latitude"]), float(row["longitude"])
        country = gazetteer.country(row["country"])
        entries = [e for e in gazetteer.find(row["name"]) if e.country == row["country"]]
        named += any(kilometres(*point, e.latitude, e.longitude) <= _NEAR_KM for e in entries)
        place = _tagged(row["name"], country.name if country else "", parser, gazetteer)
        away = None
        if place is not None and place.latitude is not None and place.longitude is not None:
            away = kilometres(*point, place.latitude, place.longitude)
        if away is not None and away <= _NEAR_KM:
            found += 1
            continue
        elsewhere += away is not None
        told = "no point" if away is None or place is None else f"{place.name}, {place.country}, {away:.0f} km off"
        print(f"{row['name']}, {row['country']}: {told}", file=sys.stderr)
    shares = {"found": found, "elsewhere": elsewhere, "named": named}
    print(json.dumps({name: round(count / len(rows), 3) for name, count in shares.items()} | {"places": len(rows)}))


def _tagged(name: str, country: str, parser: Parser, gazetteer: Gazetteer) -> Place | None:
    """The place tagged on ``name`` in a plain sentence, or None."""
    opening = "Fighting was reported in "
    text = f"{opening}{name}, {country}."
    document = Document("-", "-", text, (Segment(0, len(text), "body"),))
    for place in tag_places(parser.parse(document), gazetteer):
        if place.span.start < len(opening) + len(name) and place.span.end > len(opening):
            return place
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _LIST)
