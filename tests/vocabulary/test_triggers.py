"""Trigger rules as data: what may stand in the file, and what is refused with file, line and rule."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import VocabularyError
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.triggers import SAME, TriggerVocabulary, parse_triggers, trigger_vocabulary

HEAD = "sets:\n  shells: [rocket, mortar]\nrules:\n"


def test_packaged_rules_cover_every_type_but_other() -> None:
    vocabulary = trigger_vocabulary()
    rules = {rule for table in (vocabulary.nouns, vocabulary.verbs) for hits in table.values() for _, rule in hits}
    assert {rule.type for rule in rules} - {SAME} >= set(event_types()) - {"other"}
    assert all(rule.among for rule in rules if rule.type == SAME)


def test_a_rule() -> None:
    vocabulary = parse_triggers(
        HEAD + "  - {type: shelling, verb: [fire, open fire], with: ['@shells', gun], in: phrase, particle: at}\n", "t"
    )
    ((number, rule),) = vocabulary.verbs["fire"]
    assert (number, rule.id, rule.type, rule.pos) == (1, "shelling/1", "shelling", "verb")
    assert rule.phrases == (("fire",), ("open", "fire"))
    assert (rule.company, rule.scope, rule.particle) == (frozenset({"rocket", "mortar", "gun"}), "phrase", "at")
    assert vocabulary.nouns == {}


def test_order_of_the_file_is_kept() -> None:
    rules = "  - {type: bombing, noun: [blast]}\n  - {type: shelling, noun: [blast]}\n"
    assert [(n, rule.type) for n, rule in parse_triggers(HEAD + rules, "t").nouns["blast"]] == [
        (1, "bombing"),
        (2, "shelling"),
    ]


def test_hyphens_are_words_to_the_parser() -> None:
    (entry,) = parse_triggers(HEAD + "  - {type: demining, verb: [de-mine]}\n", "t").verbs["mine"]
    assert entry[1].phrases == (("de", "-", "mine"),)


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("{type: shelling, verb: [fire], wiht: [gun]}", "unknown key 'wiht'"),
        ("{type: shelling, verb: [fire], with: ['@guns']}", "unknown set @guns"),
        ("{type: shouting, verb: [fire]}", "'shouting' is no event type"),
        ("{type: same, verb: [fire], among: [shouting]}", "'shouting' is no event type"),
        ("{type: same, verb: [fire], default: shouting}", "'shouting' is no event type"),
        ("{type: shelling, verb: [fire], noun: [fire]}", "needs exactly one of noun and verb"),
        ("{type: shelling}", "needs exactly one of noun and verb"),
        ("{type: shelling, verb: []}", "needs exactly one of noun and verb"),
        ("{verb: [fire]}", "'type' must be a text"),
        ("{type: shelling, verb: fire}", "'verb' must be a list of texts"),
        ("{type: shelling, verb: [on, 3, true]}", "'verb' must be a list of texts"),
        ("{type: shelling, verb: [''] }", "'verb' must be a list of texts"),
        ("{type: shelling, verb: [fire], in: book}", "in must be phrase, near or sentence, not 'book'"),
        ("{type: shelling, verb: [fire], in: [phrase]}", "in must be phrase"),
        ("{type: shelling, verb: [fire], number_at_least: ten}", "number_at_least must be a whole number"),
        ("{type: shelling, verb: [fire], weak: 'no'}", "weak must be true or false"),
        ("{type: shelling, verb: [fire], aim: strong}", "aim must be weak"),
    ],
)
def test_malformed_rule(rule: str, complaint: str) -> None:
    good = "  - {type: shelling, verb: [shell]}\n"
    with pytest.raises(VocabularyError) as raised:
        parse_triggers(HEAD + good + f"  - {rule}\n", "mine.yaml")
    assert str(raised.value).startswith("mine.yaml, line 5: rule 2: ")
    assert complaint in str(raised.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "must be a mapping"),
        ("- a\n- b\n", "must be a mapping"),
        ("rules: [", "not YAML"),
        ("rules: !!python/object/apply:os.system ['true']", "not YAML"),
        ("\x00", "not YAML"),
        ("rules: []\n", "'sets' must be a mapping"),
        ("sets: {}\n", "'rules' must be a list"),
        ("sets: {}\nrules: [fire]\n", "which is not a mapping"),
        ("sets: {a: b}\nrules: []\n", "'a' must be a list of texts"),
        ("sets: {}\nrules: []\nsingel: [siege]\n", "unknown key 'singel'"),
        ("sets: {}\nrules: []\nsingle: [shouting]\n", "'shouting', which is no event type"),
        ("sets: {}\nrules: []\nparties: ['@nobody']\n", "unknown set @nobody"),
    ],
)
def test_malformed_file(text: str, complaint: str) -> None:
    with pytest.raises(VocabularyError) as raised:
        parse_triggers(text, "mine.yaml")
    assert str(raised.value).startswith("mine.yaml, line ")
    assert complaint in str(raised.value)


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda tail: HEAD + "  - {type: " + tail))
def test_any_text_is_rules_or_an_error_of_ours(text: str) -> None:
    with contextlib.suppress(VocabularyError):
        assert isinstance(parse_triggers(text, "mine.yaml"), TriggerVocabulary)
