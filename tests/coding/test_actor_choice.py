"""Who has a part in an event where syntax alone does not tell, and that likelihoods are what they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_text import article

from sayso.coding.actor_choice import ACTOR_FILE, ALSO, LIKELY, TARGET_FILE, TIED, chosen, likelihoods
from sayso.coding.coder import Coder
from sayso.model import CodedDocument, Statement
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.weights import packaged_table


@pytest.fixture(scope="module")
def coder(gazetteer: Gazetteer) -> Coder:
    return Coder(gazetteer=gazetteer)


def coded(coder: Coder, text: str) -> CodedDocument:
    return coder(article(text, date(2016, 10, 12)))


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


def test_features_of_one_party_and_of_nobody_share_one_probability() -> None:
    weights = {"a": 1.0, "b": -1.0, "nobody": 0.0, "nobody, type talks": 0.0}
    likely = likelihoods({"x": {"a": 1.0}, "y": {"b": 1.0}}, "talks", weights)
    assert likely["x"] > likely["y"]
    assert sum(likely.values()) < 1
    assert likelihoods({}, "talks", weights) == {}


@given(st.dictionaries(st.text(max_size=3), st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8))
def test_nobody_is_chosen_twice_nor_without_likelihood(parties: dict[str, tuple[float, float]]) -> None:
    doing = {key: value for key, (value, _) in parties.items()}
    suffering = {key: value for key, (_, value) in parties.items()}
    doers, sufferers = chosen(doing, suffering, ((), ()))
    assert not set(doers) & set(sufferers)
    assert all(doing[key] >= ALSO for key in doers)
    assert all(suffering[key] >= ALSO for key in sufferers)
    for found, likely in ((doers, doing), (sufferers, suffering)):
        assert not found or likely[found[0]] >= LIKELY


def test_a_party_that_syntax_ties_to_the_event_needs_less() -> None:
    between = (LIKELY + TIED) / 2
    assert chosen({"x": between}, {"x": 0.0}, ((), ()))[0] == []
    assert chosen({"x": between}, {"x": 0.0}, (("x",), ()))[0] == ["x"]


@pytest.mark.parametrize(
    ("file", "own", "other"), [(ACTOR_FILE, "doer", "sufferer"), (TARGET_FILE, "sufferer", "doer")]
)
def test_what_the_rules_found_speaks_for_its_role(file: str, own: str, other: str) -> None:
    weights = packaged_table(file)
    assert weights[own] > weights.get(other, 0.0)
