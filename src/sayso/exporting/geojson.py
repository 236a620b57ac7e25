"""Events that have coordinates, as GeoJSON points (RFC 7946: WGS 84, longitude first)."""

from __future__ import annotations

import json
from pathlib import Path

from sayso.contract import Record
from sayso.exporting.files import new_file
from sayso.workspace import Workspace


def write(workspace: Workspace, out: Path, force: bool) -> list[Path]:
    """Write ``out``: a FeatureCollection, a feature a line so that versions can be compared."""
    events = workspace.events()
    features = [feature for event in events if (feature := point(event))]
    with new_file(out, force=force) as stream:
        head = {"type": "FeatureCollection", "events": len(events), "without_coordinates": len(events) - len(features)}
        stream.write(json.dumps(head)[:-1] + ', "features": [')
        for number, feature in enumerate(features):
            stream.write((",\n" if number else "\n") + json.dumps(feature, ensure_ascii=False))
        stream.write("\n]}\n")
    return [out]


def point(event: Record) -> Record | None:
    """The feature of an event, or None where its place has no coordinates. ``place_precision`` says how near it is."""
    place, time = event["place"], event["time"]
    if place is None or place["latitude"] is None or place["longitude"] is None:
        return None
    return {
        "type": "Feature",
        "id": event["id"],
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
        "properties": {
            "type": event["type"],
            "status": event["status"],
            "earliest": time and time["earliest"],
            "latest": time and time["latest"],
            "time_precision": time and time["precision"],
            "time_basis": time and time["basis"],
            "place": place["name"],
            "place_kind": place["kind"],
            "place_precision": place["precision"],
            "country": place["country"],
            "admin1": place["admin1"],
            "actors": [actor["name"] for actor in event["actors"]],
            "targets": [target["name"] for target in event["targets"]],
            "killed_minimum": event["killed"] and event["killed"]["minimum"],
            "killed_maximum": event["killed"] and event["killed"]["maximum"],
            "injured_minimum": event["injured"] and event["injured"]["minimum"],
            "injured_maximum": event["injured"] and event["injured"]["maximum"],
            "outlets": event["outlets"],
            "independent_sources": event["independent_sources"],
            "disagreements": [one["field"] for one in event["disagreements"]],
            "statements": event["statements"],
        },
    }
