"""Status: the word of the event in a text, beside whether it happened."""

from __future__ import annotations

import pytest

from sayso.coding.attribution import tag_attributions
from sayso.coding.parse import Parser
from sayso.coding.status import status_of
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment

CASES = [
    ("The army captured the town on Monday.", "captured", "happened"),
    ("The army is shelling the town.", "shelling", "ongoing"),
    ("Clashes continue in the south.", "Clashes", "ongoing"),
    ("The town has been besieged for two years.", "besieged", "ongoing"),
    ("The ongoing offensive has emptied the town.", "offensive", "ongoing"),
    ("Troops will withdraw on Friday.", "withdraw", "planned"),
    ("Troops plan to withdraw on Friday.", "withdraw", "planned"),
    ("The planned withdrawal worries residents.", "withdrawal", "planned"),
    ("Rebels launched an offensive to capture the airport.", "capture", "planned"),
    ("Troops did not withdraw from the base.", "withdraw", "denied"),
    ("The ministry denied the attack.", "attack", "denied"),
    ("The two sides cancelled the talks.", "talks", "denied"),
    ("If troops attack the town, thousands may flee.", "attack", "hypothetical"),
    ("The army could attack the town.", "attack", "hypothetical"),
    ("The council called for a ceasefire.", "ceasefire", "hypothetical"),
    ("The group threatened an attack.", "attack", "hypothetical"),
    ("The general was reportedly killed.", "killed", "alleged"),
    ("The alleged attack took place in May.", "attack", "alleged"),
    ("The report accused soldiers of torturing prisoners.", "torturing", "alleged"),
    ("Soldiers are said to have attacked the town, a claim that could not be verified.", "attacked", "alleged"),
    ("Residents could not leave because of the shelling.", "shelling", "happened"),
    ("The army managed to capture the town.", "capture", "happened"),
    ("The observatory said jets bombed the town.", "bombed", "happened"),
]


@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_status(parser: Parser, text: str, word: str, status: str) -> None:
    parsed = parser.parse(Document("doc", "cap", text, (Segment(0, len(text), "body"),)))
    trigger = next(
        Trigger(token, sentence.section.span(token), sentence, "armed_clash")
        for sentence in parsed.sentences
        for token in sentence.tokens
        if token.text == word
    )
    assert status_of(trigger, tag_attributions(parsed), parsed) == status
