"""What cannot be true together is shown side by side; what can, is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sayso.linking import document_disagreements, link
from sayso.linking.disagreements import event_disagreements
from sayso.model import Event

STRIKE = "Planes of Westland bombed the market of Amber on 12 March 2016, killing 14 people."

DENIAL = "A spokesman of Westland denied that its jets had bombed any town near Amber on 12 March 2016."
CAR_BOMB = "A car bomb planted by Westland went off in Amber on 12 March 2016, killing 14 people."


def positions(linked: Any) -> dict[str, list[str]]:
    """Field -> the rival values."""
    return {d.field: [p.value for p in d.positions] for d in linked.disagreements}


def strike(coded: Any, told: Any, document_id: str, text: str = STRIKE, **changes: Any) -> Any:
    item = {
        "type": "air_strike",
        "trigger": "bombed",
        "place": "Amber",
        "on": "2016-03-12",
        "by": ["Westland"],
        "killed": ("14", 14, 14),
    }
    written = changes.pop("written", None)
    return coded(document_id, text, told(**(item | changes)), outlet=document_id, written=written)


RIVALS = [
    ("killed", {"text": STRIKE.replace("14", "19"), "killed": ("19", 19, 19)}, ["14", "19"]),
    ("killed", {"text": STRIKE.replace("14", "at most 9"), "killed": ("at most 9", None, 9)}, ["14", "at most 9"]),
    ("actors", {"text": STRIKE.replace("Westland", "Eastland"), "by": ["Eastland"]}, ["Eastland", "Westland"]),
    (
        "time",
        {"text": STRIKE.replace("12", "13"), "on": "2016-03-13", "when": "13 March 2016"},
        ["2016-03-12", "2016-03-13"],
    ),
    ("status", {"text": DENIAL, "status": "denied", "killed": None}, ["asserted", "denied"]),
    (
        "type",
        {"text": CAR_BOMB, "type": "bombing", "trigger": "bomb"},
        ["air_strike", "bombing"],
    ),
]


@pytest.mark.parametrize(("field", "changes", "values"), RIVALS, ids=[f"{f} {v[1]}" for f, _, v in RIVALS])
def test_rival_values_of_one_event_are_shown(
    coded: Any, told: Any, field: str, changes: dict[str, Any], values: list[str]
) -> None:
    documents = [strike(coded, told, "a"), strike(coded, told, "b", **changes)]
    linked = link(documents)
    assert len(linked.events) == 1
    assert positions(linked) == {field: values}
    (disagreement,) = linked.disagreements
    assert disagreement.event_id == linked.events[0].id
    assert disagreement.document_id is None
    texts = {c.document.id: c.document.text for c in documents}
    for position in disagreement.positions:
        assert position.evidence
        for document_id, span in position.evidence:
            assert span.of(texts[document_id])


RIVALS_OF_COUNT = [
    ({"text": STRIKE.replace("14", "about 20"), "killed": ("about 20", 20, 20)}, ["14", "20"]),
    ({"text": STRIKE.replace("14", "more than 20"), "killed": ("more than 20", 20, None)}, ["14", "at least 20"]),
    ({"text": STRIKE.replace("14", "a total of 16"), "killed": ("a total of 16", 16, 16)}, ["14", "16"]),
]


@pytest.mark.parametrize(("changes", "values"), RIVALS_OF_COUNT, ids=[v[1] for _, v in RIVALS_OF_COUNT])
def test_a_rough_number_far_off_is_a_rival(coded: Any, told: Any, changes: dict[str, Any], values: list[str]) -> None:
    linked = link([strike(coded, told, "a"), strike(coded, told, "b", **changes)])
    assert positions(linked) == {"killed": values}


COMPATIBLE = [
    {"text": STRIKE.replace("14", "around 15"), "killed": ("around 15", 15, 15)},
    {"text": STRIKE.replace("14", "nearly 16"), "killed": ("nearly 16", 16, 16)},
    {"text": STRIKE.replace("14 people", "19 people in Amber and two villages"), "killed": ("19", 19, 19)},
    {"text": STRIKE.replace("14 people", "19 people in Amber and Birch"), "killed": ("19", 19, 19)},
    {"text": STRIKE.replace("14 people", "a total of 90"), "killed": ("90", 90, 90)},  # over four times as many
    {"text": STRIKE.replace("14", "20"), "killed": ("20", 20, 20), "injured": None, "first_injured": ("six", 6, 6)},
    {"text": STRIKE.replace("14 people", "11 children"), "killed": ("11", 11, 11)},  # a part of the fourteen
    {"text": STRIKE, "status": "denied"},  # the very words of the other: our reading differs, not what they say
    {"text": STRIKE, "on": "2016-03-15", "basis": "reported"},
    {"text": STRIKE.replace("14", "at least 10"), "killed": ("at least 10", 10, None)},
    {"text": STRIKE.replace("Amber", "Northmarch"), "place": "Northmarch"},
    {"text": STRIKE.replace("12 March", "12 or 13 March"), "on": "2016-03-12/2016-03-13"},
    {"text": STRIKE, "status": "alleged"},
    {"text": STRIKE, "killed": None},
    {"text": STRIKE, "by": []},
    {"text": STRIKE.replace("on 12 March 2016", "on Sunday"), "on": "2016-03-13", "basis": "anchored"},
    {"text": STRIKE.replace("14", "19"), "killed": ("19", 19, 19), "written": "2016-03-20"},
    {
        "text": STRIKE.replace("Amber", "Northmarch").replace("14", "30"),
        "place": "Northmarch",
        "killed": ("30", 30, 30),
    },
]


@pytest.mark.parametrize("changes", COMPATIBLE, ids=lambda c: " ".join(f"{k}={v}" for k, v in c.items() if k != "text"))
def test_values_that_can_both_be_true_are_no_disagreement(coded: Any, told: Any, changes: dict[str, Any]) -> None:
    injured = changes.get("first_injured")
    changes = {key: value for key, value in changes.items() if key != "first_injured"}
    text = STRIKE.replace("people", "people and injuring six") if injured else STRIKE
    first = strike(coded, told, "a", text, injured=injured, written="2016-03-13")
    assert positions(link([first, strike(coded, told, "b", **changes)])) == {}


def test_who_tells_the_same_elsewhere_does_not_dispute_it(coded: Any, told: Any) -> None:
    whole, part = STRIKE.replace("14", "30"), STRIKE.replace("bombed", "struck")
    of_whole = told("air_strike", "bombed", "Amber", "2016-03-12", by=["Westland"], killed=("30", 30, 30))
    of_part = told("air_strike", "struck", "Amber", "2016-03-12", by=["Westland"], killed=("14", 14, 14))

    def shown(*documents: Any) -> list[list[str]]:
        statements = {s.id: s for d in documents for s in d.statements}
        found = event_disagreements(
            Event("event", tuple(statements)), statements, {d.document.id: d.document for d in documents}
        )
        return [[position.value for position in disagreement.positions] for disagreement in found]

    first = coded("a", whole, of_whole)
    assert shown(first, coded("b", part, of_part)) == [["14", "30"]]
    assert shown(first, coded("b", f"{whole} {part}", of_whole, of_part)) == []


def test_one_text_counts_two_towns_each(coded: Any, told: Any) -> None:
    text = f"{STRIKE} {STRIKE.replace('Amber', 'Birch').replace('14', '19').replace('bombed', 'hit')}"
    document = coded(
        "a",
        text,
        told("air_strike", "bombed", "Amber", "2016-03-12", by=["Westland"], killed=("14", 14, 14)),
        told("air_strike", "hit", "Birch", "2016-03-12", by=["Westland"], killed=("19", 19, 19)),
    )
    assert document_disagreements(document) == ()


def test_a_halt_of_strikes_asserts_none(coded: Any, told: Any) -> None:
    halt = "Westland kept up a halt on air strikes over Amber on 12 March 2016."
    documents = [
        strike(coded, told, "a", halt, trigger="strikes", killed=None),
        strike(coded, told, "b", DENIAL, status="denied", killed=None),
    ]
    linked = link(documents)
    assert len(linked.events) == 1
    assert positions(linked) == {}
    told_of = link(
        [strike(coded, told, "a", halt.replace("a halt on", ""), trigger="strikes", killed=None), documents[1]]
    )
    assert positions(told_of) == {"status": ["asserted", "denied"]}


def test_a_denial_of_one_part_of_a_battle_denies_no_other(coded: Any, told: Any) -> None:
    battle = "Fighters of the Reds killed 14 soldiers of the army in a battle in Amber on 12 March 2016."
    denial = "The Reds have not advanced in Amber on 12 March 2016, the army said of the battle with the Reds."
    sides = {"place": "Amber", "on": "2016-03-12", "by": ["Reds"]}
    documents = [
        coded("a", battle, told("armed_clash", "battle", **sides)),
        coded("b", denial, told("armed_clash", "battle", status="denied", **sides)),
    ]
    linked = link(documents)
    assert len(linked.events) == 1
    assert positions(linked) == {}


def test_whom_one_wording_means_is_our_reading(coded: Any, told: Any) -> None:
    raid = "More than 60 civilians were killed by raids on Amber on 12 March 2016."
    documents = [
        coded(
            name,
            f"{party} were near. {raid}",
            told("air_strike", "raids", "Amber", "2016-03-12", by=[party], killed=("60", 60, 60)),
        )
        for name, party in (("a", "Westland"), ("b", "Eastland"))
    ]
    linked = link(documents)
    assert len(linked.events) == 1
    assert positions(linked) == {}


def test_two_quarters_count_each_their_own(coded: Any, told: Any) -> None:
    def of_quarter(document: Any) -> Any:
        statements = tuple(
            replace(s, place=replace(s.place, kind="quarter")) if s.place else s for s in document.statements
        )
        return replace(document, statements=statements)

    one = strike(coded, told, "a")
    other = strike(
        coded, told, "b", STRIKE.replace("Amber", "Birch").replace("14", "19"), place="Birch", killed=("19", 19, 19)
    )
    assert positions(link([one, other])) == {"killed": ["14", "19"]}
    assert positions(link([of_quarter(one), of_quarter(other)])) == {}


def test_an_army_and_its_government_are_one_side(coded: Any, told: Any) -> None:
    one = strike(coded, told, "a", STRIKE.replace("Westland", "the army"), by=["the army"])
    other = strike(coded, told, "b", STRIKE.replace("Westland", "the government"), by=["the government"])
    linked = link([one, other])
    assert len(linked.events) == 1
    assert positions(linked) == {}


def test_a_vague_value_between_two_rivals_takes_no_side(coded: Any, told: Any) -> None:
    documents = [
        strike(coded, told, "a"),
        strike(coded, told, "b", STRIKE.replace("14", "19"), killed=("19", 19, 19)),
        strike(coded, told, "c", STRIKE.replace("14", "more than 10"), killed=("more than 10", 10, None)),
        strike(coded, told, "d", STRIKE.replace("14", "more than 15"), killed=("more than 15", 15, None)),
    ]
    linked = link(documents)
    assert len(linked.events) == 1
    (disagreement,) = linked.disagreements
    by_value = {p.value: len(p.statement_ids) for p in disagreement.positions}
    assert by_value == {"14": 1, "19": 2}, "more than 15 stands with 19; more than 10 fits both"


def test_ids_do_not_depend_on_order(coded: Any, told: Any) -> None:
    one, other = strike(coded, told, "a"), strike(coded, told, "b", STRIKE.replace("14", "19"), killed=("19", 19, 19))
    assert link([one, other]).disagreements == link([other, one]).disagreements


# --- within one document -------------------------------------------------------------------------------------

VICTORIES = (
    "# 3. First liberation of Dunes - March 2017\n"
    "The old town was damaged during the first conquest by the Reds in May 2015.\n"
    "In March of 2016 the army re-took Dunes.\n"
    "# 4. Battle of Cedar - December 2016\n"
    "Cedar was retaken by the army by Christmas 2016.\n"
)


def victories(coded: Any, told: Any, text: str = VICTORIES, on: str = "2017-03", when: str = "March 2017") -> Any:
    return coded(
        "a",
        text,
        told("capture", "liberation", "Dunes", on, when),
        told("capture", "conquest", "Dunes", "2015-05", "May 2015", by=["Reds"]),
        told("capture", "re-took", "Dunes", "2016-03", "March of 2016", by=["the army"]),
        told("capture", "Battle", "Cedar", "2016-12", "December 2016"),
        told("capture", "retaken", "Cedar", "2016-12-25", "Christmas 2016", by=["the army"]),
    )


def test_a_heading_against_its_body_is_shown_and_nothing_else(coded: Any, told: Any) -> None:
    document = victories(coded, told)
    (disagreement,) = document_disagreements(document)
    assert (disagreement.field, disagreement.document_id, disagreement.event_id) == ("time", "a", None)
    words = {
        position.value: [span.of(document.document.text) for _, span in position.evidence]
        for position in disagreement.positions
    }
    assert words == {"2016-03": ["March of 2016"], "2017-03": ["March 2017"]}


def test_a_headings_own_words_settle_its_place(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# First liberation of Dunes - March 2017\nIn March of 2016 the army re-took Dunes. Cedar fell later.",
        told("capture", "liberation", "Cedar", "2017-03", "March 2017"),  # put down to the wrong place
        told("capture", "re-took", "Dunes", "2016-03", "March of 2016", by=["the army"]),
    )
    assert [(d.field, [p.value for p in d.positions]) for d in document_disagreements(document)] == [
        ("time", ["2016-03", "2017-03"])
    ]


def test_the_rival_times_of_heading_and_body_are_one_event_in_the_whole(coded: Any, told: Any) -> None:
    linked = link([victories(coded, told)])
    (disagreement,) = linked.disagreements
    assert disagreement.document_id == "a"
    (event,) = [e for e in linked.events if e.id == disagreement.event_id]
    assert len(event.statement_ids) == 2


def test_a_heading_its_body_bears_out_is_no_disagreement(coded: Any, told: Any) -> None:
    text = VICTORIES.replace("March 2017", "March 2016")
    assert document_disagreements(victories(coded, told, text, "2016-03", "March 2016")) == ()


def test_two_captures_of_one_town_years_apart_are_no_disagreement(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "The Reds took Dunes in May 2015. In March 2016 the army took Dunes back.",
        told("capture", "took", "Dunes", "2015-05", "May 2015", by=["Reds"]),
        told("capture", "took Dunes back", "Dunes", "2016-03", "March 2016", by=["the army"]),
    )
    assert document_disagreements(document) == ()


def test_a_heading_that_names_another_year_of_the_story_is_no_disagreement(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# The army takes Dunes - March 2020\nIn May 2015 it had been taken by the Reds.",
        told("capture", "takes", "Dunes", "2020-03", "March 2020", by=["the army"]),
        told("capture", "taken", None, "2015-05", "May 2015", by=["Reds"]),
    )
    assert document_disagreements(document) == ()


def test_lead_against_body_on_the_count(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# Missile attack on Amber kills 10\nA missile attack on Amber killed 11 people on 12 March 2016.",
        told("shelling", "Missile attack", "Amber", "2016-03-12", "Amber", killed=("10", 10, 10)),
        told("shelling", "A missile attack", "Amber", "2016-03-12", "12 March 2016", killed=("11", 11, 11)),
    )
    (disagreement,) = document_disagreements(document)
    assert (disagreement.field, [p.value for p in disagreement.positions]) == ("killed", ["10", "11"])


def test_an_empty_document_does_not_disagree(coded: Any) -> None:
    assert document_disagreements(coded("a", "")) == ()
