"""The shipped table of regions, and that a broken one is told by its line."""

from __future__ import annotations

import gzip

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary import admin_names, gazetteer_build
from sayso.vocabulary.admin_names import COLUMNS, AdminRegion, pack, regions, unpack

HOMS = AdminRegion(1, "SY", "11", 169575, "Homs Governorate", ("Homs", "Muḩāfaz̧at Ḩimş"), ())
DISTRICT = AdminRegion(2, "SY", "11.169390", 173810, "Hims District", (), (7, 7000, 169577))


def table(*lines: str, columns: str = "\t".join(COLUMNS)) -> bytes:
    return gzip.compress("\n".join(["# a comment", columns, *lines]).encode())


def test_the_shipped_table_names_regions_and_links_their_towns() -> None:
    found = {(region.level, region.country, region.code): region for region in regions()}
    homs = found[1, "SY", "11"]
    assert (homs.geonames, "Homs" in homs.aliases) == (169575, True)
    assert not homs.towns
    salkhad = 164917
    assert [region.name for region in found.values() if salkhad in region.towns] == ["Salkhad District"]
    # GeoNames: about 3,900 first-level regions; about 33,000 second-level ones hold a town of 500 people.
    levels = [region.level for region in found.values()]
    assert levels.count(1) > 3_500
    assert levels.count(2) > 30_000


def test_a_town_lies_in_one_region() -> None:
    towns = [town for region in regions() for town in region.towns]
    assert len(towns) == len(set(towns)) > 190_000


def test_the_shipped_table_says_where_it_comes_from() -> None:
    header = gzip.decompress(admin_names.packed())[:600].decode()
    assert header.startswith("#")
    assert "GeoNames" in header
    assert "CC BY 4.0" in header
    assert len(admin_names.packed()) < 2_500_000


def test_what_is_packed_comes_back_in_order_and_always_the_same() -> None:
    packed = pack([DISTRICT, HOMS], "Two regions.\nMade up in part.")
    assert list(unpack(packed)) == [HOMS, DISTRICT]
    assert pack([HOMS, DISTRICT], "Two regions.\nMade up in part.") == packed


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"", "cannot be unpacked|columns"),
        (b"no gzip", "cannot be unpacked"),
        (pack([HOMS], "x")[:-12], "cannot be unpacked"),
        (gzip.compress(b"\xff\xfe\xfa"), "cannot be unpacked"),
        (table(columns="level\tcountry"), "line 2: the columns"),
        (table("1\tSY\t11\t169575\tHoms\t\t", "1\tSY\t11"), "line 4"),
        (table("3\tSY\t11\t169575\tHoms\t\t"), "line 3: a region has a level"),
        (table("1\tSY\t11\tx\tHoms\t\t"), "line 3"),
        (table("2\tSY\t11.1\t5\tHoms\t\t5 x"), "line 3"),
        (table("1\tSY\t11\t5\tHoms\t\t", "", "1\tSY\t11\t6\tHims\t\t"), "line 5: a second region SY.11"),
    ],
)
def test_a_broken_table_is_told_by_its_line(broken: bytes, words: str) -> None:
    with pytest.raises(VocabularyError, match=words):
        list(unpack(broken))


def test_another_table_makes_another_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gazetteer_build.version()
    monkeypatch.setattr(admin_names, "packed", lambda: pack([HOMS], "x"))
    assert gazetteer_build.version() != before
