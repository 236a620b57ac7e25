"""The tables of attribution, counts and status: what the packaged ones hold, and what malformed ones are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.attribution import attribution_vocabulary, read_cues, read_sources
from sayso.vocabulary.numbers import (
    count_vocabulary,
    read_casualties,
    read_modifiers,
    read_nouns,
    read_number_words,
    read_vague,
)
from sayso.vocabulary.status import read_status_cues, status_vocabulary


def test_packaged_tables() -> None:
    assert attribution_vocabulary().cues["say", "verb"].kind == "report"
    assert attribution_vocabulary().sources["monitor"] == "body"
    assert count_vocabulary().vague["dozens",] == (24, None)
    assert count_vocabulary().modifiers["at", "least"] == "minimum"
    assert status_vocabulary()["will", "auxiliary"] == "planned"


@pytest.mark.parametrize(
    ("reader", "text", "line"),
    [
        (read_cues, "cue,pos,kind,frames,prep\nsay,verb,shout,clause,\n", 2),
        (read_cues, "# note\ncue,pos,kind,frames,prep\nwarn,verb,report,prep,\n", 3),
        (read_cues, "cue,pos,kind,frames,prep\nsay,verb,report,clause,\nsay,verb,report,clause,\n", 3),
        (read_sources, "noun,kind\nmonitor,robot\n", 2),
        (read_sources, "noun\nmonitor\n", 1),
        (read_number_words, "word,value,kind\nten,1O,unit\n", 2),
        (read_number_words, "word,value,kind\nten,,unit\n", 2),
        (read_vague, "phrase,minimum,maximum\nsome,,\n", 2),
        (read_vague, "phrase,minimum,maximum\nsome,5,3\n", 2),
        (read_modifiers, "phrase,bound\nat least,lowest\n", 2),
        (read_casualties, "cue,pos,kind,frame\nkill,verb,hurt,object\n", 2),
        (read_casualties, "cue,pos,kind,frame\nhit,verb,killed,object\nhit,verb,injured,object\n", 3),
        (read_nouns, "noun,kind\ntank,animal\n", 2),
        (read_status_cues, "cue,pos,status\nwill,auxiliary,maybe\n", 2),
        (read_status_cues, "cue,pos,status\nwill,auxiliary,planned\nwill,auxiliary,planned\n", 3),
    ],
)
def test_malformed_tables_name_file_and_line(reader: Callable[[str], object], text: str, line: int) -> None:
    with pytest.raises(VocabularyError, match=rf"\.csv, line {line}: "):
        reader(text)
