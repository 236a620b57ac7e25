from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from sayso.vocabulary import gazetteer_build
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres


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


def _small_build(folder: Path, progress: gazetteer_build.Progress) -> None:
    progress("closing", 1, 1)
    time.sleep(0.05)
    (folder / gazetteer_build.DONE).write_text(json.dumps({"by": threading.current_thread().name}))


def test_two_builders_at_once_make_one_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_build, "_build", _small_build)
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(gazetteer_build.ensure(tmp_path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert [path.name for path in tmp_path.iterdir()] == [found[0].name]


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(folder: Path, progress: gazetteer_build.Progress) -> None:
        (folder / "half").write_text("x")
        raise OSError("disk full")

    monkeypatch.setattr(gazetteer_build, "_build", fails)
    with pytest.raises(OSError, match="disk full"):
        gazetteer_build.ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_built_gazetteer_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(gazetteer_build, "_build", _small_build)
    gazetteer_build.ensure(tmp_path, lambda step, done, total: steps.append(step))
    gazetteer_build.ensure(tmp_path, lambda step, done, total: steps.append(step))
    assert steps == ["closing"]
