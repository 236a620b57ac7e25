"""The machine contract: core types to and from the JSON objects other people's programs read.

``document_record`` is schema ``sayso/document/1``; ``event_record`` (in ``workspace/events.py``) is ``sayso/event/1``.
The manual lists them. Every span is written with its words, ``{"start", "end", "text"}``, so that a reader needs
nothing but the line itself. ``coded_document`` reads a record back; the round trip is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sayso.model import (
    Actor,
    Attribution,
    CodedDocument,
    CopyPair,
    Count,
    Disagreement,
    Document,
    LoadedTerm,
    Opinion,
    Place,
    Position,
    Segment,
    Span,
    Statement,
    TimeExpression,
    TimeSpan,
    Whereabouts,
    Written,
)

DOCUMENT_SCHEMA = "sayso/document/1"
EVENT_SCHEMA = "sayso/event/1"

Record = dict[str, Any]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def span_record(span: Span, text: str) -> Record:
    """``{"start", "end", "text"}``."""
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _spans(spans: Iterable[Span], text: str) -> list[Record]:
    return [span_record(span, text) for span in spans]


def evidence_records(evidence: Iterable[tuple[str, Span]], texts: Mapping[str, str]) -> list[Record]:
    """``{"document", "start", "end", "text"}`` of each; ``texts`` maps document ids to texts."""
    return [{"document": document_id} | span_record(span, texts[document_id]) for document_id, span in evidence]


def whereabouts_record(place: Whereabouts) -> Record:
    """Where a place is, without words."""
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "kind": place.kind,
        "precision": place.precision,
        "country": place.country,
        "admin1": place.admin1,
        "gazetteer_id": place.gazetteer_id,
    }


def place_record(place: Place | None, text: str) -> Record | None:
    """A place with its words, or None."""
    if place is None:
        return None
    return span_record(place.span, text) | whereabouts_record(place) | {"role": place.role}


def time_record(time: TimeSpan | None, text: str) -> Record | None:
    """A statement's time with the words it stands on, or None."""
    if time is None:
        return None
    return {
        "earliest": _day(time.earliest),
        "latest": _day(time.latest),
        "precision": time.precision,
        "basis": time.basis,
        "evidence": _spans(time.evidence, text),
    }


def count_record(count: Count | None, text: str) -> Record | None:
    """``{"minimum", "maximum", "evidence"}``, or None where nothing is told."""
    if count is None:
        return None
    return {"minimum": count.minimum, "maximum": count.maximum, "evidence": _spans(count.evidence, text)}


def actor_record(actor: Actor, text: str) -> Record:
    """An actor with its words."""
    return span_record(actor.span, text) | {
        "name": actor.name,
        "actor_id": actor.actor_id,
        "country": actor.country,
        "sector": actor.sector,
    }


def statement_record(statement: Statement, text: str) -> Record:
    """One statement, as it stands in a document record's ``statements``."""
    return {
        "id": statement.id,
        "type": statement.type,
        "status": statement.status,
        "trigger": span_record(statement.trigger, text),
        "mentions": _spans(statement.mentions, text),
        "sentence": {"start": statement.sentence.start, "end": statement.sentence.end},
        "actors": [actor_record(actor, text) for actor in statement.actors],
        "targets": [actor_record(actor, text) for actor in statement.targets],
        "place": place_record(statement.place, text),
        "time": time_record(statement.time, text),
        "killed": count_record(statement.killed, text),
        "injured": count_record(statement.injured, text),
        "claimed_by": _spans(statement.claimed_by, text),
        "coder": statement.coder,
        "certainty": statement.certainty,
    }


def disagreement_record(disagreement: Disagreement, texts: Mapping[str, str]) -> Record:
    """A disagreement; ``texts`` maps document ids to texts, so that evidence can be written with its words."""
    return {
        "id": disagreement.id,
        "event": disagreement.event_id,
        "document": disagreement.document_id,
        "field": disagreement.field,
        "positions": [
            {
                "value": position.value,
                "statements": list(position.statement_ids),
                "evidence": evidence_records(position.evidence, texts),
            }
            for position in disagreement.positions
        ],
    }


def copy_record(pair: CopyPair, texts: Mapping[str, str]) -> Record:
    """What two copies share; ``texts`` maps document ids to texts."""
    return {
        "first": pair.first,
        "second": pair.second,
        "kind": pair.kind,
        "source": pair.source,
        "reason": pair.reason,
        "passages": [
            {"first": span_record(one, texts[pair.first]), "second": span_record(other, texts[pair.second])}
            for one, other in pair.passages
        ],
    }


def document_record(coded: CodedDocument) -> Record:
    """One coded document as ``sayso/document/1``."""
    document = coded.document
    text = document.text
    written = document.written
    return {
        "schema": DOCUMENT_SCHEMA,
        "id": document.id,
        "capture": document.capture_id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "url": document.url,
        "language": document.language,
        "text": text,
        "written": written
        and {
            "earliest": _day(written.earliest),
            "latest": _day(written.latest),
            "best": _day(written.best),
            "basis": written.basis,
            "evidence": _spans(written.evidence, text),
        },
        "segments": [{"start": s.start, "end": s.end, "kind": s.kind} for s in document.segments],
        "times": [
            span_record(time.span, text)
            | {
                "type": time.type,
                "value": time.value,
                "earliest": _day(time.earliest),
                "latest": _day(time.latest),
                "precision": time.precision,
                "basis": time.basis,
                "anchor": _spans(time.anchor, text),
            }
            for time in coded.times
        ],
        "places": [place_record(place, text) for place in coded.places],
        "actors": [actor_record(actor, text) for actor in coded.actors],
        "attributions": [
            {
                "source": _spans(attribution.source, text),
                "cue": _spans(attribution.cue, text),
                "content": _spans(attribution.content, text),
                "kind": attribution.kind,
            }
            for attribution in coded.attributions
        ],
        "loaded": [
            span_record(term.span, text)
            | {"neutral": term.neutral, "kind": term.kind, "quoted": term.quoted, "score": term.score}
            for term in coded.loaded
        ],
        "opinions": [
            span_record(opinion.span, text) | {"cues": _spans(opinion.cues, text), "score": opinion.score}
            for opinion in coded.opinions
        ],
        "statements": [statement_record(statement, text) for statement in coded.statements],
        "disagreements": [disagreement_record(d, {document.id: text}) for d in coded.disagreements],
        "extra": dict(document.extra),
    }


# --- and back -------------------------------------------------------------------------------------------------------


def _parse_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _span(record: Record) -> Span:
    return Span(record["start"], record["end"])


def _parse_spans(records: Iterable[Record]) -> tuple[Span, ...]:
    return tuple(_span(record) for record in records)


def _place(record: Record | None) -> Place | None:
    if record is None:
        return None
    return Place(
        span=_span(record),
        name=record["name"],
        latitude=record["latitude"],
        longitude=record["longitude"],
        kind=record["kind"],
        precision=record["precision"],
        country=record["country"],
        admin1=record["admin1"],
        gazetteer_id=record["gazetteer_id"],
        role=record["role"],
    )


def _actor(record: Record, role: Any = "mentioned") -> Actor:
    return Actor(_span(record), record["name"], record["actor_id"], record["country"], record["sector"], role)


def _count(record: Record | None) -> Count | None:
    return record and Count(record["minimum"], record["maximum"], _parse_spans(record["evidence"]))  # type: ignore[return-value]


def _time(record: Record | None) -> TimeSpan | None:
    if record is None:
        return None
    return TimeSpan(
        date.fromisoformat(record["earliest"]),
        date.fromisoformat(record["latest"]),
        record["precision"],
        record["basis"],
        _parse_spans(record["evidence"]),
    )


def _written(record: Record | None) -> Written | None:
    if record is None:
        return None
    return Written(
        date.fromisoformat(record["earliest"]),
        date.fromisoformat(record["latest"]),
        _parse_day(record["best"]),
        record["basis"],
        _parse_spans(record["evidence"]),
    )


def parse_statement(record: Record, document_id: str) -> Statement:
    """The statement that ``statement_record`` wrote."""
    return Statement(
        id=record["id"],
        document_id=document_id,
        trigger=_span(record["trigger"]),
        mentions=_parse_spans(record["mentions"]),
        sentence=_span(record["sentence"]),
        type=record["type"],
        status=record["status"],
        actors=tuple(_actor(a, "actor") for a in record["actors"]),
        targets=tuple(_actor(a, "target") for a in record["targets"]),
        place=_place(record["place"]),
        time=_time(record["time"]),
        killed=_count(record["killed"]),
        injured=_count(record["injured"]),
        claimed_by=_parse_spans(record["claimed_by"]),
        coder=record["coder"],
        certainty=record.get("certainty"),
    )


def parse_disagreement(record: Record) -> Disagreement:
    """The disagreement that ``disagreement_record`` wrote."""
    return Disagreement(
        id=record["id"],
        field=record["field"],
        positions=tuple(
            Position(
                value=position["value"],
                statement_ids=tuple(position["statements"]),
                evidence=tuple((e["document"], _span(e)) for e in position["evidence"]),
            )
            for position in record["positions"]
        ),
        event_id=record["event"],
        document_id=record["document"],
    )


def coded_document(record: Record) -> CodedDocument:
    """The coded document that ``document_record`` wrote."""
    document = Document(
        id=record["id"],
        capture_id=record["capture"],
        text=record["text"],
        segments=tuple(Segment(s["start"], s["end"], s["kind"]) for s in record["segments"]),
        title=record["title"],
        outlet=record["outlet"],
        author=record["author"],
        url=record["url"],
        language=record["language"],
        written=_written(record["written"]),
        extra=record["extra"],
    )
    return CodedDocument(
        document=document,
        times=tuple(
            TimeExpression(
                span=_span(t),
                type=t["type"],
                value=t["value"],
                earliest=_parse_day(t["earliest"]),
                latest=_parse_day(t["latest"]),
                precision=t["precision"],
                basis=t["basis"],
                anchor=_parse_spans(t["anchor"]),
            )
            for t in record["times"]
        ),
        places=tuple(place for p in record["places"] if (place := _place(p))),
        actors=tuple(_actor(a) for a in record["actors"]),
        attributions=tuple(
            Attribution(_parse_spans(a["source"]), _parse_spans(a["cue"]), _parse_spans(a["content"]), a["kind"])
            for a in record["attributions"]
        ),
        loaded=tuple(
            LoadedTerm(_span(term), term["neutral"], term.get("kind"), term.get("quoted", False), term.get("score"))
            for term in record["loaded"]
        ),
        statements=tuple(parse_statement(s, document.id) for s in record["statements"]),
        disagreements=tuple(parse_disagreement(d) for d in record["disagreements"]),
        opinions=tuple(Opinion(_span(o), _parse_spans(o["cues"]), o["score"]) for o in record.get("opinions", ())),
    )
