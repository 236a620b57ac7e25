"""The table of event types."""

from __future__ import annotations

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.event_types import event_types, read_event_types

HEAD = "id,group,kind,label,definition,plover_type,plover_mode,acled_event_type,acled_sub_event_type\n"


def test_groups() -> None:
    groups = [event_type.group for event_type in event_types().values()]
    assert list(dict.fromkeys(groups)) == ["force", "control", "cooperation", "politics", "other"]


def test_saying_is_political() -> None:
    verbal = {event_type.id for event_type in event_types().values() if event_type.kind == "verbal"}
    assert verbal == {"accusation", "denial", "threat", "demand", "support"}


def test_every_type_says_what_it_is() -> None:
    for id_, event_type in event_types().items():
        assert event_type.id == id_
        assert event_type.label == event_type.label.lower()
        assert len(event_type.definition) > 10 or id_ == "sexual_violence"


def test_empty_equivalent_is_none() -> None:
    assert event_types()["talks"].acled_event_type is None
    assert event_types()["air_strike"].acled_sub_event_type == "Air/drone strike"


def test_read_only() -> None:
    with pytest.raises(TypeError):
        event_types()["new"] = event_types()["talks"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id,group\nair_strike,force\n", "line 1: columns must be id,group,kind"),
        (HEAD + "a,force,done,x,y,,,,\n", "line 2: kind is 'done'; write one of material, verbal"),
        ("# remark\n" + HEAD + "a,force,material,x,y\n", "line 3: 5 cells instead of 9"),
        (HEAD + "a,force,material,x,y,,,,,extra\n", "line 2: 10 cells instead of 9"),
        (HEAD + "a,force,material,x,y,,,,\na,force,material,x,y,,,,\n", "line 3: 'a' stands here twice"),
        (HEAD + ",force,material,x,y,,,,\n", "line 2: 'id' must be a text"),
        ("", "line 1: columns must be"),
    ],
)
def test_malformed(text: str, complaint: str) -> None:
    with pytest.raises(VocabularyError, match=f"^types.csv, {complaint}"):
        read_event_types(text, "types.csv")
