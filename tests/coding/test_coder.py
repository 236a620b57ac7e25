"""The whole coder: short texts beside what is to be found in them, and promises that hold for any text.

A case is ``cases/<name>.txt`` beside ``cases/<name>.json``: ``written`` is the day of writing, ``kinds`` the kind of
each line's segment (body where none is given), ``statements`` what is expected, in order. A field that a statement
leaves out is not compared; a null or empty one must be empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso.coding.coder
from sayso.coding.coder import Coder
from sayso.contract import coded_document, document_record
from sayso.linking import document_disagreements
from sayso.model import CODED_KINDS, CodedDocument, Document, Segment, SegmentKind, Span, Statement, Written
from sayso.reading import read
from sayso.vocabulary.gazetteer import Gazetteer

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def coder(gazetteer: Gazetteer) -> Coder:
    return Coder(gazetteer=gazetteer)


def document(text: str, kinds: list[SegmentKind], written: str | None = None) -> Document:
    """A document with one segment a line; lines beyond ``kinds`` are body."""
    segments, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        if line.strip():
            kind = kinds[number] if number < len(kinds) else "body"
            segments.append(Segment(at, at + len(line.rstrip("\r\n")), kind))
        at += len(line)
    day = date.fromisoformat(written) if written else None
    return Document("d", "c", text, tuple(segments), written=Written(day, day, day, "given", ()) if day else None)


def compact(statement: Statement, text: str) -> dict[str, Any]:
    time, killed = statement.time, statement.killed
    return {
        "type": statement.type,
        "status": statement.status,
        "mentions": [span.of(text) for span in statement.mentions],
        "actors": [actor.span.of(text) for actor in statement.actors],
        "targets": [actor.span.of(text) for actor in statement.targets],
        "place": statement.place and statement.place.name,
        "dates": time and [time.earliest.isoformat(), time.latest.isoformat()],
        "killed": killed and [killed.minimum, killed.maximum],
        "claimed_by": [span.of(text) for span in statement.claimed_by],
    }


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.json")))
def test_case(coder: Coder, name: str) -> None:
    case = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    text = (CASES / f"{name}.txt").read_text("utf-8")
    coded = coder(document(text, case.get("kinds", []), case["written"]))
    found = [compact(statement, text) for statement in coded.statements]
    expected = case["statements"]
    told = [{key: f[key] for key in e} for f, e in zip(found, expected, strict=False)] + found[len(expected) :]
    assert told == expected


def test_every_case_is_a_pair() -> None:
    texts, expectations = ({path.stem for path in CASES.glob(f"*.{suffix}")} for suffix in ("txt", "json"))
    assert texts == expectations
    assert len(texts) >= 25


def spans_of(coded: CodedDocument) -> Iterator[Span]:
    for time in coded.times:
        yield from (time.span, *time.anchor)
    yield from (place.span for place in coded.places)
    yield from (actor.span for actor in coded.actors)
    yield from (term.span for term in coded.loaded)
    for attribution in coded.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)
    for statement in coded.statements:
        yield from (statement.trigger, statement.sentence, *statement.mentions, *statement.claimed_by)
        yield from (actor.span for actor in (*statement.actors, *statement.targets))
        if statement.place:
            yield statement.place.span
        for count in (statement.killed, statement.injured):
            yield from count.evidence if count else ()


def hold_promises(coder: Coder, given_document: Document) -> CodedDocument:
    coded = coder(given_document)
    text = given_document.text
    coded_ranges = [Span(s.start, s.end) for s in given_document.segments if s.kind in CODED_KINDS]
    for span in spans_of(coded):
        assert span.end <= len(text)
        assert span.of(text).strip()
        assert any(segment.contains(span) for segment in coded_ranges)
    for statement in coded.statements:
        assert statement.trigger == statement.mentions[0]
        assert statement.sentence.contains(statement.trigger)
        assert {actor.role for actor in statement.actors} <= {"actor"}
        assert {actor.role for actor in statement.targets} <= {"target"}
        assert statement.coder.startswith(coder.version)
        for count in (statement.killed, statement.injured):
            assert count is None or (count.evidence and (count.minimum is not None or count.maximum is not None))
    assert len({statement.id for statement in coded.statements}) == len(coded.statements)
    assert coded_document(json.loads(json.dumps(document_record(coded)))) == coded
    return coded


PIECES = [
    "Warplanes bombed Aleppo on Monday",
    "killing",
    "12 people",
    "999999999999999999999999",
    "the army",
    "by rebels",
    "shelled",
    "strike",
    "said",
    "denied",
    "\u200f\u0627\u0644\u062c\u064a\u0634\u202e",
    "🚀💥",
    "👨‍👩‍👧",
    "\x00",
    "\x07\x1b[0m",
    "\ufeff",
    "\u2028",
    "e\u0301\u0301\u0301",
    "ﷺ",
    "…",
    "“",
    '"',
    "'s",
    "--",
    "((((",
    "))",
    "- - -",
    "3/13/2016",
    "00:00:00",
    "http://a.b/c?d=e",
    "@name #tag",
    "1,2,3,4",
    "of of of of",
    "which which",
    "US-led",
    "-held",
    "\n",
    "\r\n",
    "\t",
    ".",
    ";",
]
KINDS: list[SegmentKind] = ["title", "heading", "byline", "body", "quote", "caption", "teaser", "disclaimer", "chrome"]
garbage = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map(" ".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=garbage, kinds=st.lists(st.sampled_from(KINDS), max_size=6), written=st.none() | st.just("2016-03-13"))
def test_any_text_keeps_the_promises(coder: Coder, text: str, kinds: list[SegmentKind], written: str | None) -> None:
    hold_promises(coder, document(text, kinds, written))


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_article_is_coded(coder: Coder, kind: SegmentKind) -> None:
    coded = hold_promises(
        coder, document("Warplanes bombed Aleppo on Monday, killing 12 people.", [kind], "2016-03-15")
    )
    assert bool(coded.statements) == (kind in CODED_KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "the attack " * 300,
        "killed " * 150,
        "Warplanes bombed Aleppo and " * 80,
        "(" * 2000,
        "9" * 5000 + " people were killed in air strikes on Homs.",
        "a" * 20_000,
        "the army of " * 400 + "shelled Homs.",
    ],
)
def test_hostile_text_is_survived(coder: Coder, text: str) -> None:
    hold_promises(coder, document(text, []))


def test_same_input_same_output(coder: Coder, gazetteer: Gazetteer) -> None:
    text = (CASES / "later_mentions.txt").read_text("utf-8")
    first = coder(document(text, [], "2016-09-20"))
    coder(document("Shells fell on Homs.", []))
    assert coder(document(text, [], "2016-09-20")) == first
    assert Coder(gazetteer=gazetteer)(document(text, [], "2016-09-20")) == first


def test_version_follows_the_data(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = coder.version
    assert before.startswith("rules/")
    monkeypatch.setattr(sayso.coding.coder, "data_digest", lambda *folders: "00000000")
    assert coder.version != before
    assert Coder(Path("another/model")).version != coder.version


def test_a_document_nobody_dated_gets_an_interval_and_no_time_is_resolved_by_it(coder: Coder) -> None:
    text = "The Syrian Democratic Forces shelled the town last week, said U.N. envoy Staffan de Mistura."
    coded = coder(document(text, []))
    written = coded.document.written
    assert written is not None
    assert written.basis == "text"
    assert date(2014, 1, 1) <= written.earliest < written.latest <= date(2026, 12, 31)
    assert written.best is None
    assert all(0 <= span.start < span.end <= len(text) for span in written.evidence)
    assert [time.earliest for time in coded.times] == [None]
    assert [statement.time and statement.time.earliest for statement in coded.statements] == [None]
    record = document_record(coded)["written"]
    assert (record["basis"], record["best"]) == ("text", None)
    assert coded_document(document_record(coded)) == coded


def test_a_day_that_is_known_is_kept(coder: Coder) -> None:
    given = document("President Obama spoke on 3 March 2014.", [], "2016-07-12")
    assert coder(given).document == given


def test_a_heading_that_dates_its_event_otherwise_is_a_telling_of_its_own(coder: Coder) -> None:
    """Else the slip of the heading would be lost: the two become one event in linking, with both days side by side."""
    sample = Path(__file__).parents[2] / "sample" / "five-turns-of-the-war.txt"
    (found,) = read(str(sample))
    disagreements = document_disagreements(coder(found.document))
    assert [(d.field, [p.value for p in d.positions]) for d in disagreements] == [("time", ["2016-03-27", "2017-03"])]
