"""What the timeline and the map draw is what the API tells of single events, packed."""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from plain_workspace import built, write_texts

from sayso.workspace import Workspace
from sayso.workspace.points import NONE

_TEXTS = (
    "On 2016-03-27 the army shelled Homs, killing 8.",
    "On 2016-03-27 the army shelled Homs, killing 9. On 2016-03-27 the jets bombed Homs.",
    "The rebels captured Hama. On 1969-12-31 the rebels captured Nowhere.",
)


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    with built(where, write_texts(tmp_path / "in", *_TEXTS)) as made:
        yield made


def unpacked(body: bytes) -> Counter[tuple[Any, ...]]:
    """How many events are told of which days and spot, and whether sources differ on one of them."""
    cells, length = struct.unpack_from("<II", body)
    columns = [struct.unpack_from(f"<{cells}i", body, 8 + 4 * cells * at) for at in range(4)]
    disputed = body[8 + 16 * cells :][:cells]
    spots = json.loads(body[8 + 17 * cells :])
    assert len(body) == 8 + 17 * cells + length
    found: Counter[tuple[Any, ...]] = Counter()
    for first, last, spot, number, differ in zip(*columns, disputed, strict=True):
        name = None if spot == NONE else spots[spot]["name"]
        found[first, last, name, bool(differ)] += number
    return found


@pytest.mark.parametrize("query", ["", "type=shelling", "place=hama", "words=bombed", "type=siege"])
def test_cells_hold_the_events_of_the_api(client: TestClient, query: str) -> None:
    found = unpacked(client.get(f"/points?{query}").content)
    points = client.get(f"/api/1/points?{query}").json()
    wanted: Counter[tuple[Any, ...]] = Counter()
    differ = Counter[tuple[Any, ...]]()
    for at in range(len(points["ids"])):
        first, last, spot = (points[name][at] for name in ("earliest", "latest", "spot"))
        name = None if spot is None else points["spots"][spot]["name"]
        cell = (NONE if first is None else first, NONE if last is None else last, name)
        wanted[cell] += 1
        differ[cell] += points["disputed"][at]
    assert found == {(*cell, differ[cell] > 0): number for cell, number in wanted.items()}
    assert bool(found) is (query != "type=siege")


def test_timeline_and_map_get_what_they_leave_out_themselves(client: TestClient) -> None:
    assert client.get("/points?from=2030&bounds=0,0,1,1").content == client.get("/points").content


def test_what_nobody_changed_is_not_sent_again(client: TestClient, workspace: Workspace) -> None:
    first = client.get("/points")
    again = client.get("/points", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get("/points", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content
    facets = client.get("/facets").text
    [statement] = [s["id"] for record in workspace.records() for s in record["statements"] if s["type"] == "air_strike"]
    made = workspace.judge("review", "reject", [statement])
    later = client.get("/points", headers={"If-None-Match": first.headers["etag"]})
    assert later.status_code == 200
    assert unpacked(later.content).total() == unpacked(first.content).total() - 1
    assert "by somebody" not in facets
    assert "air strike" not in client.get("/facets").text
    workspace.withdraw(made.id)
    assert client.get("/points").content == first.content
    assert client.get("/facets").text == facets
