"""The chronology: its facets, its points, and the bounds of its map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from plain_workspace import built, write_rows, write_texts

from sayso.web import make_app
from sayso.workspace import Workspace

_TEXT = "On 2016-03-27 the army shelled Homs, killing 8, said SANA. On 2016-03-28 the rebels captured Hama."


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    with built(where, write_texts(tmp_path / "in", _TEXT)) as made:
        yield made


def test_points_are_the_events_in_columns(client: TestClient) -> None:
    events = client.get("/api/1/events").json()["events"]
    points = client.get("/api/1/points").json()
    assert points["ids"] == [event["id"] for event in events]
    assert [points["types"][at] for at in points["type"]] == [event["type"] for event in events]
    for name in ("earliest", "latest"):
        days = [date.fromisoformat(event["time"][name]) - date(1970, 1, 1) for event in events]
        assert points[name] == [one.days for one in days]
    assert points["voices"] == [event["independent_sources"] for event in events]
    assert points["disputed"] == [bool(event["disagreements"]) for event in events]
    for event, at in zip(events, points["spot"], strict=True):
        place = event["place"]
        if place["latitude"] is None:
            assert at is None
        else:
            spot = points["spots"][at]
            assert {name: place[name] for name in spot} == spot
    assert client.get("/api/1/points?type=shelling").json()["ids"] == points["ids"][:1]


def test_bounds_keep_what_lies_within(client: TestClient) -> None:
    located = [
        event for event in client.get("/api/1/events").json()["events"] if event["place"]["latitude"] is not None
    ]
    assert located
    for event in located:
        latitude, longitude = event["place"]["latitude"], event["place"]["longitude"]
        around = f"{latitude - 0.1},{longitude - 0.1},{latitude + 0.1},{longitude + 0.1}"
        assert event["id"] in client.get(f"/api/1/points?bounds={around}").json()["ids"]
        # From the far side of the antimeridian round to just west of it.
        beyond = f"-90,170,90,{longitude - 0.1}"
        assert event["id"] not in client.get(f"/api/1/points?bounds={beyond}").json()["ids"]
    assert client.get("/api/1/points?bounds=-90,170,90,-170").json()["ids"] == []


@pytest.mark.parametrize("bounds", ["1,2,3", "a,b,c,d", "nan,0,1,1", "2,0,1,1", "0,0,inf,1", "0,-181,1,1", ",,,"])
def test_bounds_that_cannot_be_are_refused(client: TestClient, bounds: str) -> None:
    assert client.get("/", params={"bounds": bounds}).status_code == 400


def test_a_facet_leads_to_its_events_and_away_from_them(client: TestClient) -> None:
    page = client.get("/facets").text
    assert ('href="/?type=shelling"' in page, "aria-current" in page) == (True, False)
    chosen = client.get("/facets?type=shelling&place=homs").text
    assert re.search(r'href="/\?place=homs" data-view="facet" aria-current="true"', chosen)
    # What is chosen stays in sight where nothing passes, so that it can be let go of.
    assert 'href="/?"' in client.get("/facets?status=denied").text


@pytest.fixture
def told(where: str, tmp_path: Path) -> Iterator[tuple[Workspace, TestClient]]:
    """The same shelling in state media, an agency and an outlet nobody knows, and a capture in a paper."""
    shelling = "On 2016-03-27 the army shelled Homs, killing {}."
    rows = [
        {"id": "a", "outlet": "SANA", "text": shelling.format(8)},
        {"id": "b", "outlet": "Reuters", "text": shelling.format(9) + " It was heard from far away."},
        {"id": "c", "outlet": "Gazette", "text": "Nobody doubts it: " + shelling.format(9)},
        {"id": "d", "outlet": "sana.sy", "text": "On 2016-03-28 the rebels captured Hama."},
    ]
    with built(where, write_rows(tmp_path / "a.jsonl", rows)) as workspace, TestClient(make_app(workspace)) as made:
        yield workspace, made


def test_names_in_quotes_are_those_alone(told: tuple[Workspace, TestClient]) -> None:
    client = told[1]
    for query, number in (
        ("place=om", 1),
        ('place="om"', 0),
        ('place="Homs"', 1),
        ('actor="army"', 1),
        ('actor="arm"', 0),
    ):
        assert client.get(f"/api/1/events?{query}").json()["total"] == number, query
    page = client.get("/facets?type=shelling").text
    assert 'href="/?type=shelling&amp;place=%22Homs%22"' in page
    assert (
        'href="/?type=shelling" data-view="facet" aria-current="true"'
        in client.get('/facets?type=shelling&place="Homs"').text
    )


def test_every_facet_is_counted_and_narrows_down(told: tuple[Workspace, TestClient]) -> None:
    workspace, client = told
    [shelling, capture] = client.get("/api/1/events").json()["events"]
    workspace.judge("review", "accept", capture["statements"])
    counted = client.get("/api/1/facets").json()
    assert counted["outlet"] == [["Gazette", 1], ["Reuters", 1], ["SANA", 1], ["sana.sy", 1]]
    assert counted["owner"] == [["state", 2], ["agency", 1]]
    assert counted["voices"] == [["2", 1], ["3", 1]]
    assert counted["disputed"] == [["yes", 1]]
    assert counted["reviewed"] == [["no", 1], ["yes", 1]]
    assert counted["status"] == [["happened", 2]]
    for name, values in counted.items():
        for value, number in values:
            query = {name: f'"{value}"' if name in ("place", "actor") else value}
            assert client.get("/api/1/events", params=query).json()["total"] == number, query
            # Among the events that pass, each value is counted anew.
            assert [value, number] in client.get("/api/1/facets", params=query).json()[name], query
    both = client.get("/api/1/events?owner=state&owner=agency&reviewed=no&disputed=yes&voices=3").json()
    assert [event["id"] for event in both["events"]] == [shelling["id"]]
    page = client.get("/facets?owner=state").text
    for words in ("state media", "differ", "not yet", "2 or more"):
        assert words in page
    assert re.search(r'href="/\?" data-view="facet" aria-current="true"><span>state media', page)
    assert client.get("/?owner=banker").status_code == 400


def test_a_facet_shows_hostile_words_as_text(client: TestClient) -> None:
    page = client.get("/facets", params={"outlet": "<script>alert(1)</script>"}).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_found_words_are_marked_in_their_document(client: TestClient) -> None:
    page = client.get("/?words=captured").text
    assert "1 document with these words" in page
    assert re.search(r"<details class=\"hits\">.*<mark>captured</mark>", page, re.DOTALL)
    assert "\x01" not in page
