"""Who has a part in an event where syntax alone does not tell, and that likelihoods are what they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_text import article

from sayso.coding.actor_candidates import candidates_of
from sayso.coding.actor_choice import ALSO, LIKELY, ROLES, TIED, Role, RoleModel, chance, chosen
from sayso.coding.actor_company import company
from sayso.coding.actor_features import Event, cast_of
from sayso.coding.coder import Coder
from sayso.model import CodedDocument, Statement
from sayso.vocabulary.gazetteer import Gazetteer

DAY = date(2016, 10, 12)


@pytest.fixture(scope="module")
def coder(gazetteer: Gazetteer) -> Coder:
    return Coder(gazetteer=gazetteer)


def coded(coder: Coder, text: str) -> CodedDocument:
    return coder(article(text, DAY))


def of_type(document: CodedDocument, kind: str) -> Statement:
    return next(statement for statement in document.statements if statement.type == kind)


def test_a_cited_source_is_not_who_did_it(coder: Coder) -> None:
    document = coded(coder, "Fifteen fighters were killed in an ambush near Palmyra on Monday, a military source said.")
    assert of_type(document, "armed_clash").actors == ()


def test_the_holder_of_what_is_attacked_suffers_it(coder: Coder) -> None:
    text = "The army launched an offensive on the ISIS stronghold of Manbij on Monday. Soldiers entered the town."
    statement = of_type(coded(coder, text), "armed_clash")
    assert "is" in {target.actor_id for target in statement.targets}
    assert "is" not in {actor.actor_id for actor in statement.actors}


def test_nobody_is_both_and_words_lead_back(coder: Coder) -> None:
    text = (
        "Islamic State fighters attacked the town of Tel Abyad on Saturday. The YPG said it had killed 45 militants. "
        "The group also shelled a Kurdish-held village, and two civilians died."
    )
    statements = coded(coder, text).statements
    assert any(statement.actors and statement.targets for statement in statements)
    for statement in statements:
        parties = [*statement.actors, *statement.targets]
        assert len({(p.span, p.name) for p in parties}) == len(parties)
        assert all(text[p.span.start : p.span.end].strip() for p in parties)
        assert all(p.role == "actor" for p in statement.actors)
        assert all(p.role == "target" for p in statement.targets)


def test_features_add_up_to_a_chance() -> None:
    weights = {"a": 1.0, "b": -1.0, "bias": 0.0}
    assert chance({"a": 2.0}, weights) > chance({"a": 1.0}, weights) > 0.5 > chance({"b": 1.0}, weights)
    assert chance({}, weights) == chance({"unknown": 1.0}, weights) == 0.5
    assert 0.0 < chance({"b": 1e9}, weights) < 1e-9


@given(st.dictionaries(st.text(max_size=3), st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8))
def test_nobody_is_chosen_twice_nor_without_likelihood(parties: dict[str, tuple[float, float]]) -> None:
    doing = {key: value for key, (value, _) in parties.items()}
    suffering = {key: value for key, (_, value) in parties.items()}
    doers, sufferers = chosen(doing, suffering, ((), ()))
    assert not set(doers) & set(sufferers)
    assert [doing[key] for key in doers] == sorted((doing[key] for key in doers), reverse=True)
    for likely, keys, least in ((doing, doers, LIKELY["actor"]), (suffering, sufferers, LIKELY["target"])):
        assert all(likely[key] >= (ALSO if at else least) for at, key in enumerate(keys))


def test_a_party_that_syntax_ties_to_the_event_needs_less() -> None:
    between = (LIKELY["actor"] + TIED) / 2
    assert chosen({"x": between}, {"x": 0.0}, ((), ()))[0] == []
    assert chosen({"x": between}, {"x": 0.0}, (("x",), ()))[0] == ["x"]


@pytest.mark.parametrize("role", ROLES)
def test_what_the_rules_found_speaks_for_its_role(role: Role) -> None:
    own, other = ("doer", "sufferer") if role == "actor" else ("sufferer", "doer")
    weights = RoleModel.load().first[role]
    assert weights[own] > weights.get(other, 0.0)


@pytest.mark.parametrize(("role", "own", "other"), [("actor", "does", "suffers"), ("target", "suffers", "does")])
def test_the_second_look_follows_the_first(role: Role, own: str, other: str) -> None:
    weights = RoleModel.load().second[role]
    assert weights[own] > weights.get(other, 0.0)
    assert weights[own] > 0


def test_who_acts_elsewhere_is_seen_here(coder: Coder) -> None:
    text = "Rebels shelled Homs on Monday, and rebels shelled Hama on Tuesday. The police arrested two men in Idlib."
    parsed, found, mentioned = coder.before_parties(article(text, DAY))
    cast = cast_of(candidates_of(parsed, found.context), mentioned, found.attributions, found.casualties)
    events = [Event(mentions, cast) for mentions in mentioned]
    seen = company(events, [({"rebel": 0.9}, {"rebel": 0.1}) if "rebel" in e.parties else ({}, {}) for e in events])
    assert len(events) == 3
    assert seen[0]["rebel"]["does the same"] > 0
    assert seen[1]["rebel"]["does just before"] == 0.9
    assert "does just before" not in seen[0]["rebel"]
    assert company([], []) == []
