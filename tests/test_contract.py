"""The machine contract: what is written can be read back, and every span carries its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import model
from sayso.contract import DOCUMENT_SCHEMA, coded_document, document_record
from sayso.model import (
    Actor,
    Attribution,
    CodedDocument,
    Count,
    Disagreement,
    Document,
    LoadedTerm,
    Place,
    Position,
    Segment,
    Span,
    Statement,
    TimeExpression,
    TimeSpan,
    Written,
)

SIZE = 40
texts = st.text(min_size=SIZE, max_size=SIZE + 10)
words = st.text(max_size=6)
maybe = st.none() | words
spans = st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)).map(
    lambda pair: Span(pair[0], max(pair[0] + 1, min(SIZE, pair[0] + pair[1])))
)
some_spans = st.lists(spans, max_size=3).map(tuple)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
windows = st.tuples(days, days).map(sorted)


def one_of(names: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(names))


def listed(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(some, max_size=2).map(tuple)


def actors(role: str) -> st.SearchStrategy[Actor]:
    return st.builds(Actor, spans, words, maybe, maybe, maybe, st.just(role))


degrees = st.none() | st.floats(-180, 180)
places = st.builds(
    Place, spans, words, degrees, degrees, maybe, one_of(model.PlacePrecision), maybe, maybe, maybe,
    one_of(model.PlaceRole),
)  # fmt: skip
counts = st.none() | st.builds(Count, st.none() | st.integers(0), st.none() | st.integers(0), some_spans)
written = st.none() | windows.flatmap(
    lambda pair: st.builds(
        Written,
        st.just(pair[0]),
        st.just(pair[1]),
        st.none() | st.just(pair[0]),
        one_of(model.WrittenBasis),
        some_spans,
    )
)
time_spans = st.none() | windows.flatmap(
    lambda pair: st.builds(
        TimeSpan, st.just(pair[0]), st.just(pair[1]), one_of(model.Precision), one_of(model.TimeBasis), some_spans
    )
)
expressions = st.builds(
    TimeExpression, spans, one_of(model.TimexType), words, st.none() | days, st.none() | days,
    st.none() | one_of(model.Precision), st.none() | one_of(model.TimeBasis), some_spans,
)  # fmt: skip
documents = st.builds(
    Document, words, words, texts, listed(st.builds(Segment, st.integers(0, 9), st.integers(10, 40),
    one_of(model.SegmentKind))), maybe, maybe, maybe, maybe, maybe, written, st.dictionaries(words, words, max_size=2),
)  # fmt: skip


@st.composite
def coded_documents(draw: st.DrawFn) -> CodedDocument:
    document = draw(documents)
    statement = st.builds(
        Statement, words, st.just(document.id), spans, some_spans, spans, words, one_of(model.Status),
        listed(actors("actor")), listed(actors("target")), st.none() | places, time_spans, counts, counts, some_spans,
        words, st.none() | st.floats(-3, 3),
    )  # fmt: skip
    position = st.builds(Position, words, listed(words), listed(st.tuples(st.just(document.id), spans)))
    disagreement = st.builds(
        Disagreement, words, one_of(model.DisagreementField), listed(position), maybe, st.just(document.id)
    )
    attribution = st.builds(Attribution, some_spans, some_spans, some_spans, one_of(model.AttributionKind))
    return CodedDocument(
        document,
        draw(listed(expressions)),
        draw(listed(places)),
        draw(listed(actors("mentioned"))),
        draw(listed(attribution)),
        draw(listed(st.builds(LoadedTerm, spans, maybe))),
        draw(listed(statement)),
        draw(listed(disagreement)),
    )


def written_spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from written_spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from written_spans(inner)


@settings(max_examples=50, deadline=None)
@given(coded_documents())
def test_round_trip_through_a_line_of_json(coded: CodedDocument) -> None:
    record = document_record(coded)
    line = json.dumps(record, ensure_ascii=False)
    assert "\n" not in line
    assert coded_document(json.loads(line)) == coded


@settings(max_examples=50, deadline=None)
@given(coded_documents())
def test_every_span_carries_its_words(coded: CodedDocument) -> None:
    record = document_record(coded)
    assert record["schema"] == DOCUMENT_SCHEMA == "sayso/document/1"
    for key, part in record.items():
        if key not in ("text", "extra"):
            for span in written_spans(part):
                assert span["text"] == coded.document.text[span["start"] : span["end"]]


def test_keys_of_a_statement_are_those_of_the_manual() -> None:
    text = "Rockets hit Arda on Monday."
    strike = Statement(
        id="s",
        document_id="d",
        trigger=Span(8, 11),
        mentions=(Span(8, 11),),
        sentence=Span(0, len(text)),
        type="shelling",
        status="happened",
        actors=(),
        targets=(Actor(Span(12, 16), "Arda", role="target"),),
        place=None,
        time=None,
        killed=None,
        injured=None,
        claimed_by=(),
        coder="test",
    )
    document = Document("d", "c", text, (Segment(0, len(text), "body"),))
    record = document_record(CodedDocument(document, (), (), (), (), (), (strike,)))
    assert record["statements"] == [
        {
            "id": "s",
            "type": "shelling",
            "status": "happened",
            "trigger": {"start": 8, "end": 11, "text": "hit"},
            "mentions": [{"start": 8, "end": 11, "text": "hit"}],
            "sentence": {"start": 0, "end": 27},
            "actors": [],
            "targets": [
                {
                    "start": 12,
                    "end": 16,
                    "text": "Arda",
                    "name": "Arda",
                    "actor_id": None,
                    "country": None,
                    "sector": None,
                }
            ],
            "place": None,
            "time": None,
            "killed": None,
            "injured": None,
            "claimed_by": [],
            "coder": "test",
            "certainty": None,
        }
    ]
