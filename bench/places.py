"""How well places are found and resolved, on corpora of toponyms with coordinates.

    python bench/places.py GEOWEBNEWS.jsonl LGL.jsonl

A line holds {"text", "places": [{"start", "end", "lat", "lon"...}]}; only places with coordinates count. Figures:

  f1          a gold place is hit when a tagged place overlaps it and lies within 161 km (100 miles); precision is over
              tagged places with a point, recall over gold places; demonyms ("Russian") are gold in both corpora, so
              the countries they point to are counted as tagged
  recognised  the same F1 without the distance
  a161        share within 161 km, of gold places overlapped by a tagged place with a point
  median_km   median distance of the same

Baseline: the parser's GPE, LOC and FAC entities and demonyms, each put at the most populous place of its name.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.places import tag_demonyms, tag_places
from sayso.model import Document, Place, Segment, Span
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres

_NEAR_KM = 161.0


def main(paths: list[str]) -> None:
    gazetteer, parser = Gazetteer.open(), Parser()

    def ours(parsed: ParsedDocument) -> list[Place]:
        places = tag_places(parsed, gazetteer)
        return [
            *places,
            *(d for d in tag_demonyms(parsed, gazetteer) if not any(d.span.overlaps(p.span) for p in places)),
        ]

    def baseline(parsed: ParsedDocument) -> list[Place]:
        found = list(tag_demonyms(parsed, gazetteer))
        for section in parsed.sections:
            for entity in section.doc.ents:
                entries = gazetteer.find(entity.text) if entity.label_ in ("GPE", "LOC", "FAC") else ()
                if entries:
                    best = max(entries, key=lambda entry: entry.population or 0)
                    found.append(
                        Place(
                            section.span(entity), best.name, best.latitude, best.longitude, best.kind, "exact",
                            best.country, best.admin1_name, best.id,
                        )
                    )  # fmt: skip
        return found

    results: dict[str, Any] = {}
    for path in map(Path, paths):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        parses = []
        for row in rows:
            segments = (Segment(0, len(row["text"]), "body"),) if row["text"].strip() else ()
            parses.append(parser.parse(Document(row["id"], "-", row["text"], segments)))
        results[path.stem] = _measure(rows, parses, ours)
        results[path.stem]["baseline"] = _measure(rows, parses, baseline)
    print(json.dumps(results))


def _measure(
    rows: list[dict[str, Any]], parses: list[ParsedDocument], tag: Callable[[ParsedDocument], list[Place]]
) -> dict[str, Any]:
    gold = tagged = hit = recognised = 0
    distances: list[float] = []
    started = time.process_time()
    for row, parsed in zip(rows, parses, strict=True):
        wanted = [place for place in row["places"] if place["lat"] is not None]
        # A tagged place on nothing but gold ones without coordinates is neither right nor wrong.
        spans = [Span(place["start"], place["end"]) for place in wanted]
        neutral = [Span(place["start"], place["end"]) for place in row["places"] if place["lat"] is None]
        places = [
            p for p in tag(parsed)
            if p.latitude is not None
            and (any(p.span.overlaps(span) for span in spans) or not any(p.span.overlaps(span) for span in neutral))
        ]  # fmt: skip
        gold += len(wanted)
        tagged += len(places)
        for place in wanted:
            span = Span(place["start"], place["end"])
            over = [p for p in places if p.span.overlaps(span)]
            if over:
                recognised += 1
                best = max(over, key=lambda p: min(p.span.end, span.end) - max(p.span.start, span.start))
                away = kilometres(best.latitude or 0.0, best.longitude or 0.0, place["lat"], place["lon"])
                distances.append(away)
                hit += away <= _NEAR_KM
    seconds = time.process_time() - started
    return {
        "f1": round(2 * hit / max(1, gold + tagged), 3),
        "recognised": round(2 * recognised / max(1, gold + tagged), 3),
        "precision": round(recognised / max(1, tagged), 3),
        "recall": round(recognised / max(1, gold), 3),
        "a161": round(hit / max(1, recognised), 3),
        "median_km": round(statistics.median(distances), 1) if distances else None,
        "gold": gold,
        "ms_a_text": round(1000 * seconds / max(1, len(rows)), 2),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
