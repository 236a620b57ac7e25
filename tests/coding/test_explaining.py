"""The coder's account of itself agrees with what it coded, leaves no field without a reason, and quotes the text."""

from __future__ import annotations

import json
from datetime import date

import pytest
from plain_text import article

from sayso.coding.coder import Coder
from sayso.coding.event_model import EventModel
from sayso.coding.explaining import account
from sayso.coding.explanation import Account, Explanation, Reason, explanation_record
from sayso.model import Document
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.weights import Weights

FIELDS = ("type", "status", "actors", "targets", "place", "time", "killed", "injured", "claimed_by")
STORY = (
    "Government forces shelled the town of Saraqib on Monday, killing 12 people, a monitoring group said. "
    "Rebels may attack a checkpoint tomorrow. The army denied that it had shelled the town."
)


#: Takes every trigger for an event of its own: what is explained does not depend on what was learned.
ANY = EventModel(Weights({}, 0.0, 0.5), Weights({}, -5.0, 0.5), Weights({}, 0.0, 0.5))


@pytest.fixture(scope="module")
def coder(gazetteer: Gazetteer) -> Coder:
    return Coder(gazetteer=gazetteer, events=ANY)


def document(text: str, day: date | None = date(2016, 3, 30)) -> Document:
    return article(text, day)


def of_type(found: Account, kind: str) -> Explanation:
    return next(one for one in found.explanations if one.statement.type == kind)


def reason(explanation: Explanation, field: str) -> Reason:
    return next(one for one in explanation.reasons if one.field == field)


def test_every_field_has_one_reason_and_every_statement_an_explanation(coder: Coder) -> None:
    read = document(STORY)
    found = account(coder, read)
    assert [e.statement for e in found.explanations] == list(coder(read).statements)
    assert found.explanations
    for explanation in found.explanations:
        assert tuple(one.field for one in explanation.reasons) == FIELDS
        assert all(one.why and one.rule for one in explanation.reasons)


def test_words_of_a_reason_are_those_of_the_field(coder: Coder) -> None:
    read = document(STORY)
    shelling = of_type(account(coder, read), "shelling")
    statement = shelling.statement
    assert statement.place
    assert statement.time
    assert statement.killed
    assert reason(shelling, "place").words == (statement.place.span,)
    assert reason(shelling, "time").words == statement.time.evidence
    assert reason(shelling, "killed").words == statement.killed.evidence
    assert set(statement.claimed_by) <= set(reason(shelling, "claimed_by").words)
    assert next(span.of(STORY) for span in reason(shelling, "time").words) == "Monday"


def test_chances_of_the_places_sum_to_at_most_one_and_name_the_one_taken(coder: Coder) -> None:
    options = reason(of_type(account(coder, document(STORY)), "shelling"), "place").options
    assert options[0].name == "Saraqib"
    assert [one.chance for one in options] == sorted((one.chance for one in options), reverse=True)
    assert sum(one.chance for one in options) <= 1 + 1e-9


def test_the_party_taken_is_among_those_weighed(coder: Coder) -> None:
    shelling = of_type(account(coder, document(STORY)), "shelling")
    taken = {actor.name for actor in shelling.statement.actors}
    assert taken
    assert taken <= {option.name for option in reason(shelling, "actors").options}


@pytest.mark.parametrize(
    ("text", "day", "field", "rule"),
    [
        ("Rebels attacked a convoy.", None, "place", "none named"),
        ("Rebels attacked a convoy.", None, "time", "undated"),
        ("Rebels attacked a convoy.", date(2016, 3, 30), "time", "day of writing"),
        ("Rebels will attack the convoy.", date(2016, 3, 30), "time", "coming"),
        ("Rebels attacked a convoy in Hama.", None, "killed", "no number"),
        ("Rebels attacked a convoy in Hama.", None, "claimed_by", "own voice"),
        ("Rebels captured Saraqib on 3 March 2016.", None, "injured", "not counted"),
        ("Rebels captured Saraqib on 3 March 2016.", None, "time", "words"),
        ("Rebels captured Saraqib on 3 March 2016.", None, "status", "told as fact"),
        ("Rebels may capture Saraqib.", None, "status", "cue"),
        ("Twelve people were killed in shelling on 3 March 2016.", None, "actors", "unlikely"),
    ],
)
def test_why_a_field_is_as_it_is(coder: Coder, text: str, day: date | None, field: str, rule: str) -> None:
    found = account(coder, document(text, day))
    assert {reason(one, field).rule for one in found.explanations} == {rule}


def test_a_statement_tells_how_likely_it_was_and_what_weighed_most(gazetteer: Gazetteer) -> None:
    weights = Weights({"verb tag VBD": 2.0, "sentence 0": -0.5, "lemma shell": 0.25}, 0.0, 0.2)
    coder = Coder(gazetteer=gazetteer, events=EventModel(weights, ANY.pair, ANY.event))
    shelling = of_type(account(coder, document(STORY)), "shelling")
    mention, event = shelling.verdicts
    assert (mention.question, event.question) == ("mention", "event")
    assert mention.wanted == 0.2
    assert mention.signs[0] == ("verb tag VBD", 2.0)
    assert mention.chance == pytest.approx(weights.chance(name for name, _ in mention.signs))
    assert (event.chance, event.wanted, event.signs) == (0.5, 0.5, ())


def test_what_was_left_out_tells_which_judgement_it_failed(gazetteer: Gazetteer) -> None:
    no_mention = EventModel(Weights({}, -3.0, 0.5), ANY.pair, ANY.event)
    found = account(Coder(gazetteer=gazetteer, events=no_mention), document("Rebels attacked a convoy."))
    assert not found.explanations
    assert [[(v.question, v.chance < v.wanted) for v in one.verdicts] for one in found.left_out] == [
        [("mention", True)]
    ]
    no_event = EventModel(ANY.mention, ANY.pair, Weights({}, -3.0, 0.5))
    found = account(Coder(gazetteer=gazetteer, events=no_event), document("Rebels attacked a convoy."))
    assert not found.explanations
    assert [[(v.question, v.chance < v.wanted) for v in one.verdicts] for one in found.left_out] == [
        [("mention", False), ("event", True)]
    ]


def test_a_saying_is_judged_by_rules_alone(coder: Coder) -> None:
    found = account(coder, document("The ministry condemned the attack."))
    assert of_type(found, "accusation").verdicts == ()


def test_a_time_without_a_calendar_is_quoted(coder: Coder) -> None:
    found = account(coder, document("Rebels captured Saraqib on Monday.", None))
    assert "“Monday”" in reason(found.explanations[0], "time").why


def test_a_text_without_events_has_nothing_to_explain(coder: Coder) -> None:
    assert account(coder, document("The weather was fine.")).explanations == ()
    assert account(coder, Document("d", "c", "", ())).explanations == ()


def test_a_record_quotes_the_text_and_is_json(coder: Coder) -> None:
    hostile = "Rebels shelled \x1b[31mSaraqib \u202eon Monday\u202c, killing 12 people. " * 3
    explanations = account(coder, document(hostile)).explanations
    assert explanations
    for explanation in explanations:
        record = json.loads(json.dumps(explanation_record(explanation, hostile)))
        for told in record["reasons"]:
            for words in [*told["words"], *(option["words"] for option in told["options"] if option["words"])]:
                assert hostile[words["start"] : words["end"]] == words["text"]


def test_a_statement_in_a_passage_of_opinion_says_so(coder: Coder) -> None:
    read = document(
        "Sadly, the reckless army shamelessly shelled the town of Saraqib yet again, and we must not look away."
    )
    told = reason(of_type(account(coder, read), "shelling"), "opinion")
    assert {"Sadly", "shamelessly", "must"} <= {span.of(read.text) for span in told.words}
    assert coder(read).opinions
