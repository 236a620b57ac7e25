from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary import place_tables
from sayso.vocabulary.gazetteer_build import kilometres

READERS: tuple[Callable[[], Any], ...] = (
    place_tables.places,
    place_tables.countries,
    place_tables.demonyms,
    place_tables.place_words,
)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts a text in the place of every table, and empties the readers' memory before and after."""

    def put(text: str) -> None:
        monkeypatch.setattr(place_tables, "packaged", lambda _: text)
        _forget()

    yield put
    _forget()


def _forget() -> None:
    for reader in READERS:
        reader.cache_clear()  # type: ignore[attr-defined]


HEADER = "id,name,aliases,latitude,longitude,kind,country,admin1,source\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEADER + "a,A,,91,0,city,SY,09,x\n", "line 2: latitude 91.0 is outside"),
        (HEADER + "# note\na,A,,north,0,city,SY,09,x\n", "line 3: latitude is 'north'"),
        (HEADER + "a,A,,1,2,city,SY,09,x\na,B,,1,2,city,SY,09,x\n", "line 3: id 'a' is there twice"),
        (HEADER + "a,A,,1,2,city,Syria,09,x\n", "line 2: 'Syria' is no country code"),
        (HEADER + "a,A,,1,,city,SY,09,x\n", "line 2: a point needs both"),
        (HEADER + "a,,,1,2,city,SY,09,x\n", "line 2: 'name' must be a text"),
        (HEADER + "a,A\n", "line 2: 2 cells instead of 9"),
        ("name,place\n", "line 1: columns must be id,name"),
        ("", "line 1: columns must be"),
    ],
)
def test_a_malformed_row_is_named_by_its_line(table: Callable[[str], None], text: str, problem: str) -> None:
    table(text)
    with pytest.raises(VocabularyError, match=problem):
        place_tables.places()


def test_an_unknown_role_is_named_by_its_line(table: Callable[[str], None]) -> None:
    table("role,value,words\nsmell,,rose\n")
    with pytest.raises(VocabularyError, match="line 2: unknown role 'smell'"):
        place_tables.place_words()


def test_our_places_lie_in_or_beside_their_countries() -> None:
    """No point of a country is farther from the country's own than the country is large."""
    large = {"RU": 4500.0, "US": 4500.0, "CA": 3500.0}
    centres = {place.country: place for place in place_tables.countries()}
    for place in place_tables.places():
        if place.country:
            centre = centres[place.country]
            assert None not in (place.latitude, place.longitude, centre.latitude, centre.longitude)
            away = kilometres(place.latitude or 0, place.longitude or 0, centre.latitude or 0, centre.longitude or 0)
            assert away < large.get(place.country, 1600.0), place.id


def test_the_overlay_covers_the_conflicts_of_the_day() -> None:
    places = place_tables.places()
    assert len(places) >= 500
    assert {"SY", "IQ", "YE", "LY", "UA", "SD", "CD", "ML", "NG", "ET", "MM", "AF", "PS", "LB", "AZ", "GE"} <= {
        place.country for place in places
    }


def test_a_demonym_knows_its_country() -> None:
    assert place_tables.demonyms()["syrian"] == "SY"
    assert place_tables.demonyms()["kurdish"] == ""
