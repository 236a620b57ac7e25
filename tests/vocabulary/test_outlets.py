"""Outlets by name, host and URL."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.outlets import OutletRegistry, parse_outlets


@pytest.fixture(scope="module")
def outlets() -> OutletRegistry:
    return OutletRegistry.load()


@pytest.mark.parametrize(
    ("asked", "name", "country", "owner"),
    [
        ("Reuters", "Reuters", "GB", "agency"),
        ("sana", "SANA", "SY", "state"),
        ("www.sana.sy", "SANA", "SY", "state"),
        ("https://en.etilaf.org/news/1.html", "Etilaf", "SY", "party"),
        ("the guardian", "The Guardian", "GB", "private"),
        ("HURRIYET DAILY NEWS", "Hürriyet Daily News", "TR", "private"),
        ("bbc.co.uk", "BBC", "GB", "public"),
        ("Bellingcat", "Bellingcat", "NL", "ngo"),
    ],
)
def test_find(outlets: OutletRegistry, asked: str, name: str, country: str, owner: str) -> None:
    found = outlets.find(asked)
    assert found is not None
    assert (found.name, found.country, found.owner) == (name, country, owner)


@pytest.mark.parametrize("asked", ["", " ", "The Daily Nothing", "http://[::1", "co.uk", "evil-sana.sy", "x" * 10**6])
def test_unknown(outlets: OutletRegistry, asked: str) -> None:
    assert outlets.find(asked) is None


def test_enough_of_them_and_their_owners_are_known(outlets: OutletRegistry) -> None:
    registry = ActorRegistry.load()
    assert len(outlets) >= 80
    assert {o.actor_id for o in outlets if o.actor_id} <= {entry.id for entry in registry}
    assert len({o.country for o in outlets}) >= 30


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{name: X, hosts: [x.org], country: SY, owner: rebel}", "owner is 'rebel'"),
        ("{name: X, hosts: [x.org], country: Syria, owner: state}", "ISO 3166"),
        ("{name: X, hosts: ['https://x.org'], country: SY, owner: state}", "not a host name"),
        ("{name: X, host: x.org, country: SY, owner: state}", "unknown key 'host'"),
    ],
)
def test_malformed_rows_name_file_and_line(row: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=f"o.yaml, line 2: .*{message}"):
        parse_outlets(f"outlets:\n  - {row}\n", "o.yaml")
