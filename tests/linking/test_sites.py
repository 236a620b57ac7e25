"""What was hit tells two reports of one strike from reports of two."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking import link
from sayso.linking.sites import sites_in


@pytest.mark.parametrize(
    ("sentence", "sites"),
    [
        ("Aircraft bombed a crowded funeral hall.", {"funeral", "hall"}),
        ("A blast tore through a bus; the wounded were taken to hospitals.", {"bus", "hospital"}),
        ("A rocket hit the detention centre.", {"prison"}),
        ("Three people died.", set()),
        ("", set()),
    ],
)
def test_sites_of_a_sentence(sentence: str, sites: set[str]) -> None:
    assert sites_in(sentence) == sites


@pytest.mark.parametrize(
    ("second", "events"),
    [
        ("On Saturday aircraft struck a theatre where people from Amber sheltered.", 1),
        ("On Saturday aircraft struck a hospital where people from Amber sheltered.", 2),
        ("On Saturday aircraft struck cellars where people from Amber sheltered.", 2),
    ],
)
def test_one_day_and_town_and_one_theatre_are_one_event(coded: Any, told: Any, second: str, events: int) -> None:
    documents = [
        coded(
            "a",
            "Planes that nobody named bombed the drama theatre in Amber on 12 March 2016.",
            told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016"),
        ),
        coded("b", second, told("air_strike", "struck", "Amber", "2016-03-12", "Saturday")),
    ]
    assert len(link(documents).events) == events
