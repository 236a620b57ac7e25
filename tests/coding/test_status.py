"""Status: the word of the event in a text, beside whether it happened."""

from __future__ import annotations

import pytest
from plain_text import article, trigger_at

from sayso.coding.attribution import tag_attributions
from sayso.coding.parse import Parser
from sayso.coding.status import status_of

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
    ("The two sides have been locked in battle for weeks.", "battle", "ongoing"),
    ("The town is the scene of fierce clashes.", "clashes", "ongoing"),
    ("The town was the scene of fierce clashes.", "clashes", "happened"),
    ("The rebels are backed by air strikes.", "strikes", "ongoing"),
    ("The district remains under siege.", "siege", "ongoing"),
    ("The army is fighting back with air strikes.", "strikes", "ongoing"),
    ("The minister denied responsibility for the strike.", "strike", "happened"),
    ("The ministry had no information about the strike.", "strike", "happened"),
    ("There were no reports of strikes.", "strikes", "denied"),
    ("The army continued to shell the town.", "shell", "ongoing"),
    ("The army continued on Monday to shell the town.", "shell", "happened"),
    ("They would succeed in capturing the town.", "capturing", "planned"),
    ("Ninety people have been killed since the assault began.", "assault", "ongoing"),
    ("Ninety people were killed before the assault began.", "assault", "happened"),
    ("Troops are tightening the siege of the city.", "siege", "ongoing"),
    ("Troops ended the siege of the city.", "siege", "happened"),
    ("Jets regularly bomb the province.", "bomb", "ongoing"),
    ("Residents fear the bombardment that the army is carrying out.", "bombardment", "ongoing"),
    ("Schools closed because of the relentless bombing campaign.", "bombing", "ongoing"),
    ("They suspect that the ministry is shipping arms.", "shipping", "alleged"),
    ("They would besiege the town if the talks failed.", "besiege", "hypothetical"),
    ("If the district were to fall, the rebels would surrender.", "fall", "hypothetical"),
    ("The fall of the town would threaten the capital.", "fall", "hypothetical"),
    ("Parliament debated whether to allow strikes on the town.", "strikes", "hypothetical"),
    ("The minister said his country was determined to capture the town.", "capture", "planned"),
]


@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_status(parser: Parser, text: str, word: str, status: str) -> None:
    parsed = parser.parse(article(text))
    assert status_of(trigger_at(parsed, word), tag_attributions(parsed), parsed) == status
