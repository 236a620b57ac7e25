from __future__ import annotations

import time

import pytest

from sayso.vocabulary import place_tables
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres
from sayso.vocabulary.place_names import place_key


@pytest.mark.parametrize(
    ("name", "expected", "country", "admin1", "latitude", "longitude"),
    [
        ("Tadmur", "Palmyra", "SY", "Homs", 34.56, 38.27),
        ("Khmeimim", "Hmeymim Air Base", "SY", "Latakia", 35.40, 35.95),
        ("T4", "T4 Air Base", "SY", "Homs", 34.52, 37.63),
        ("al-Bab", "Al-Bab", "SY", "Aleppo", 36.37, 37.52),
        ("Bani Zeid", "Bani Zeid", "SY", "Aleppo", 36.23, 37.13),
        ("Kiev", "Kyiv", "UA", "Kyiv", 50.45, 30.52),
        ("Artyomovsk", "Bakhmut", "UA", "Donetsk", 48.60, 38.00),
        ("El Fasher", "El Fasher", "SD", "North Darfur", 13.63, 25.35),
        ("Jabaliya", "Jabalia", "PS", "Gaza Strip", 31.53, 34.48),
        ("Goma", "Goma", "CD", "North Kivu", -1.67, 29.23),
        ("Shushi", "Shusha", "AZ", None, 39.75, 46.75),
        ("Syria", "Syria", "SY", None, 35.0, 38.0),
        ("U.S.", "United States", "US", None, 39.8, -98.5),
        ("Donbass", "Donbas", "UA", None, 48.3, 38.0),
    ],
)
def test_a_place_is_found_by_any_of_its_names(
    gazetteer: Gazetteer, name: str, expected: str, country: str, admin1: str | None, latitude: float, longitude: float
) -> None:
    found = [entry for entry in gazetteer.find(name) if entry.country == country]
    assert found[0].name == expected
    assert kilometres(found[0].latitude, found[0].longitude, latitude, longitude) < 25
    if admin1 is not None:
        assert found[0].admin1_name == admin1


def test_the_likeliest_comes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("London")[0].country == "GB"
    assert [entry.kind for entry in gazetteer.find("Aleppo")[:2]] == ["admin1", "city"]


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    for name in ("", " ", "Qwxzptlk", "-", "'"):
        assert gazetteer.find(name) == ()


@pytest.mark.parametrize(("name", "expected"), [("Saraqueb", "Saraqib"), ("Mouaddamiyah", "Moadamiyah")])
def test_another_transliteration_is_found_in_its_country(gazetteer: Gazetteer, name: str, expected: str) -> None:
    assert gazetteer.alike(name, ["SY"])[0].entry.name == expected
    assert gazetteer.alike(name, ["FR"]) == () or gazetteer.alike(name, ["FR"])[0].entry.country == "FR"


def test_another_transliteration_of_the_main_name_is_main(gazetteer: Gazetteer) -> None:
    main = {found.entry.name: found.main for found in gazetteer.found(place_key("Hama"))}
    assert main["Ḩamāh"]
    assert not main["Ōno-hara"]


def test_regions_and_countries_are_found_by_code(gazetteer: Gazetteer) -> None:
    region = gazetteer.admin1("SY", "12")
    assert region is not None
    assert (region.name, region.kind) == ("Idlib", "admin1")
    assert gazetteer.admin1("SY", "99") is None
    country = gazetteer.country("UA")
    assert country is not None
    assert country.name == "Ukraine"


def test_a_look_up_takes_less_than_a_tenth_of_a_millisecond(gazetteer: Gazetteer) -> None:
    names = ["Aleppo", "Homs", "Raqqa", "Kharkiv", "Goma", "Marib", "Nyala", "Kunduz"] * 50
    started = time.process_time()
    for name in names:
        gazetteer.find(name)
    assert (time.process_time() - started) / len(names) < 0.0001


def test_names_are_looked_up_cold_in_less_than_a_tenth_of_a_millisecond() -> None:
    """No name twice, so nothing is remembered and the index itself is timed; the best of three, as others work here."""
    keys = {place_key(place.name) for place in place_tables.places()}
    took = []
    for _ in range(3):
        with Gazetteer.open() as fresh:
            started = time.process_time()
            for key in keys:
                fresh.found(key)
            took.append((time.process_time() - started) / len(keys))
    assert min(took) < 0.0001


def test_a_place_is_found_by_its_id(gazetteer: Gazetteer) -> None:
    aleppo = gazetteer.get("gn:170063")
    assert aleppo is not None
    assert (aleppo.name, aleppo.kind, aleppo.country) == ("Aleppo", "city", "SY")
    assert gazetteer.get("gn:0") is None
    assert gazetteer.get("") is None


@pytest.mark.parametrize("key", ["=SY.", "=.gn:170063", "=SY.09"])
def test_codes_are_no_names(gazetteer: Gazetteer, key: str) -> None:
    assert gazetteer.find(key) == gazetteer.find(key.strip("=."))
