"""Who answers for an event: the word of the event in a text, beside the chain of those cited."""

from __future__ import annotations

import pytest
from plain_text import article, trigger_at

from sayso.coding.attribution import tag_attributions
from sayso.coding.claims import claimed_by
from sayso.coding.parse import ParsedDocument, Parser


def parsed_text(parser: Parser, text: str) -> ParsedDocument:
    return parser.parse(article(text))


CASES = [
    ("Rebels captured the bridge on Sunday.", "captured", []),
    ("The ministry said that rebels captured the bridge.", "captured", ["The ministry"]),
    ("A military source told Reuters that troops shelled the town.", "shelled", ["A military source", "Reuters"]),
    (
        "Jane Smith said the road was closed. She added that soldiers shelled the market.",
        "shelled",
        ["Jane Smith"],
    ),
    ("The ministry said the town was quiet. Later rebels shelled the market.", "shelled", []),
    ("Five soldiers died in an ambush, the governor said. Troops attacked a village.", "attacked", []),
    ("The army, which said that rebels shelled the village, left.", "shelled", ["The army"]),
    ("SANA quoted a soldier as saying that rebels shelled the village.", "shelled", ["SANA", "a soldier"]),
    ("Two died in strikes which the monitor said were carried out by jets.", "strikes", ["the monitor"]),
    ("The ministry announced in a statement that rebels shelled the village.", "shelled", ["The ministry"]),
    ("The army accused gunmen from two groups of shelling the village.", "shelling", ["The army"]),
    ("The monitor said rebels opposed to the president had retreated to the hills.", "retreated", ["The monitor"]),
    (
        "A watchdog said troops shelled the town. Dozens of rebels said so. The Aid Monitor said it was hit.",
        "shelled",
        ["A watchdog", "The Aid Monitor"],
    ),
    ("Rebels shelled the market. The governor added that five people died.", "shelled", ["The governor"]),
    ("Rebels shelled the market. The governor also said the road north was closed.", "shelled", ["The governor"]),
    ("Rebels shelled the market. The governor said the road was closed.", "shelled", []),
    ("Rebels shelled the market on Sunday the ministry Tuesday said.", "shelled", ["the ministry"]),
    ("Troops shelled the village on Friday the army said.", "shelled", ["the army"]),
    ("The blast claimed the lives of 20 people.", "blast", []),
    ("Rebels shelled the market as heavy fighting continued on the ground.", "shelled", []),
    ("The general wants troops to shell the village.", "shell", []),
    ("The army reportedly shelled the village.", "shelled", []),
]


@pytest.mark.parametrize(("text", "word", "chain"), CASES)
def test_chain(parser: Parser, text: str, word: str, chain: list[str]) -> None:
    parsed = parsed_text(parser, text)
    found = claimed_by(trigger_at(parsed, word), tag_attributions(parsed), parsed)
    assert [span.of(text) for span in found] == chain
