"""Who did it and to whom, by construction: a sentence, its trigger, and the words of actors and targets."""

from __future__ import annotations

import pytest
from plain_text import article

from sayso.coding.actor_context import document_context
from sayso.coding.parse import Parser
from sayso.coding.roles import roles_of
from sayso.coding.triggers import find_triggers
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.triggers import trigger_vocabulary


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load()


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        # voices
        ("The army shelled the town.", "shelled", ["army"], ["town"]),
        ("The town was shelled by the army.", "shelled", ["army"], ["town"]),
        ("The town shelled by the army lies near Homs.", "shelled", ["army"], ["town"]),
        ("The soldiers who shelled the town left.", "shelled", ["soldiers"], ["town"]),
        ("Warplanes continued to bomb the market.", "bomb", ["Warplanes"], ["market"]),
        ("Rebels attacked the base and captured a village.", "captured", ["Rebels"], []),
        # a noun's own
        ("The shelling of the hospital by rebels went on.", "shelling", ["rebels"], ["hospital"]),
        ("Government shelling killed two people.", "shelling", ["Government"], ["two people"]),
        ("The army's offensive against the militants began.", "offensive", ["army"], ["militants"]),
        ("Russian jets carried out air strikes on a school.", "air strikes", ["Russian jets"], ["school"]),
        ("Air strikes were carried out by Russian jets.", "Air strikes", ["Russian jets"], []),
        ("Regime barrel bomb attacks hit a market.", "attacks", ["Regime"], ["market"]),
        ("Syria strikes killed two people.", "strikes", [], ["two people"]),
        ("Clashes between rebels and soldiers broke out.", "Clashes", ["rebels"], ["soldiers"]),
        ("The group announced a bid to seize the city.", "seize", ["group"], []),
        # what is done with is nobody; what is done to may hang on it
        ("Rebels fired rockets at a school.", "fired", ["Rebels"], ["school"]),
        ("Rockets fired by rebels killed two people.", "killed", ["rebels"], ["two people"]),
        # those who suffer
        ("Four people died in rebel shelling.", "died", ["rebel"], ["Four people"]),
        ("Two soldiers killed in shelling by rebels", "killed", ["rebels"], ["Two soldiers"]),
        # ground and who held it
        ("The army took the village from the rebels.", "took", ["army"], ["rebels"]),
        ("The army captured a rebel-held village.", "captured", ["army"], ["rebel"]),
        ("The village fell to the army.", "fell", ["army"], []),
        ("The army shelled the villages of Salma and Kinsabba.", "shelled", ["army"], ["Salma", "Kinsabba"]),
        # who acts is the object of another verb, or the speaker
        ("The minister accused the army of shelling the town.", "shelling", ["army"], ["town"]),
        ("The army said it had shelled the town.", "shelled", ["army"], ["town"]),
        # giving
        ("The coalition provided weapons to the rebels.", "provided", ["coalition"], ["rebels"]),
        # all parties of a deal act; what it is about does not
        ("Russia signed an agreement on prisoners with Turkey.", "agreement", ["Russia", "Turkey"], []),
    ],
)
def test_roles(
    parser: Parser, registry: ActorRegistry, text: str, trigger: str, actors: list[str], targets: list[str]
) -> None:
    parsed = parser.parse(article(text))
    found = {t.span.of(text): t for t in find_triggers(parsed, trigger_vocabulary())}
    doers, sufferers = roles_of(found[trigger], registry, document_context(parsed, registry))
    assert [actor.span.of(text) for actor in doers] == actors
    assert [actor.span.of(text) for actor in sufferers] == targets
    assert {actor.role for actor in doers} <= {"actor"}
    assert {actor.role for actor in sufferers} <= {"target"}
