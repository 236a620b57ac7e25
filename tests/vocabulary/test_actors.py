"""The registry: every row sound, every name leads to its actor."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.actors import KINDS, SECTORS, ActorRegistry, parse_actors


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load()


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Daesh", "is"),
        ("ISIS", "is"),
        ("ISIL", "is"),
        ("islamic state", "is"),
        ("Al-Nusra Front", "nusra"),
        ("Jabhet al-Nusrah", "nusra"),
        ("HTS", "hts"),
        ("Hizbullah", "hezbollah"),
        ("Houthis", "houthis"),
        ("M23", "m23"),
        ("Wagner Group", "wagner"),
        ("Rapid Support Forces", "rsf-sdn"),
        ("Tatmadaw", "mmr-mil"),
        ("IDF", "isr-mil"),
        ("Syrian Army", "syr-mil"),
        ("Russian Air Force", "rus-air"),
        ("Russian Aerospace Forces", "rus-air"),
        ("Norwegian police", "nor-pol"),
        ("Peruvian Foreign Ministry", "per-mfa"),
        ("Côte d'Ivoire", "civ"),
        ("U.K.", "gbr"),
        ("Kremlin", "rus"),
        ("Bashar al-Assad", "bashar-al-assad"),
        ("U.N.", "un"),
    ],
)
def test_find(registry: ActorRegistry, name: str, actor_id: str) -> None:
    assert actor_id in [entry.id for entry in registry.find(name)]


@pytest.mark.parametrize("name", ["", "   ", "nobody at all", "Syrian", "\x00", "is" * 10_000])
def test_unknown_names_find_nobody(registry: ActorRegistry, name: str) -> None:
    assert registry.find(name) == ()


def test_size_and_soundness(registry: ActorRegistry) -> None:
    own = [entry for entry in registry if entry.source not in ("states.csv", "organs.yaml")]
    assert len(own) >= 600
    for entry in registry:
        assert entry.sector in SECTORS
        assert entry.kind in KINDS
        assert entry.name.strip() == entry.name
        assert entry.source
        assert set(entry.parents) <= {e.id for e in map(registry.get, entry.parents) if e}
        assert entry.id in [found.id for found in registry.find(entry.name)]


def test_successions_are_told_from_both_ends(registry: ActorRegistry) -> None:
    for entry in registry:
        for successor in entry.successors:
            after = registry.get(successor)
            assert after is not None
            assert entry.id in after.predecessors, f"{entry.id} -> {successor}"
    nusra, jfs = registry.get("nusra"), registry.get("jfs")
    assert nusra is not None
    assert jfs is not None
    assert nusra.successors == ("jfs",)
    assert nusra.active(2015)
    assert not nusra.active(2018)
    assert jfs.successors == ("hts",)


def test_no_label_takes_a_side(registry: ActorRegistry) -> None:
    loaded = {"regime", "terrorist", "terrorists", "occupation", "martyr", "zionist", "puppet", "so-called"}
    for entry in registry:
        assert not loaded & set(entry.name.lower().split()), entry.name


def test_every_state_has_its_organs(registry: ActorRegistry) -> None:
    assert len(registry.states) >= 193
    for state in registry.states:
        for organ in ("gov", "mil", "air", "pol", "mfa"):
            entry = registry.organ(state.country, organ)
            assert entry is not None
            assert entry.country == state.country
    assert registry.organ("XX", "mil") is None
    assert registry.state("NO") is not None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{id: x, sector: REB, kind: party}", "'name' must be a text"),
        ("{id: x, name: X, sector: XYZ, kind: party}", "unknown sector 'XYZ'"),
        ("{id: x, name: X, sector: REB, kind: mob}", "unknown kind 'mob'"),
        ("{id: x, name: X, sector: REB, kind: party, country: syria}", "not an ISO 3166-1"),
        ("{id: x, name: X, sector: REB, kind: party, from: 2015, to: 2014}", "before it begins"),
        ("{id: x, name: X, sector: REB, kind: party, alias: [Y]}", "unknown key 'alias'"),
        ("{id: x, name: X, sector: GOV, kind: person, offices: [[President]]}", "an office is"),
    ],
)
def test_malformed_rows_name_file_and_line(row: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=f"mine.yaml, line 2: .*{message}"):
        parse_actors(f"actors:\n  - {row}\n", "mine.yaml")
