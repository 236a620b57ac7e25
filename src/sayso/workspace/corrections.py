"""What people judged, laid over what the coder made: pure functions, so the same judgements give the same rows.

The coder's own statements are kept as they are; a correction is worked out from them each time, by anchors that find
the statement again after a rebuild. A judgement that no longer fits is told as an orphan, never dropped and never moved
to something like it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sayso.contract import Record, parse_statement, statement_record
from sayso.errors import JudgementError
from sayso.ids import content_id
from sayso.model import (
    Anchor,
    CodedDocument,
    Judgement,
    PlacePrecision,
    Precision,
    Statement,
    Status,
    TimeBasis,
)
from sayso.vocabulary.event_types import event_types
from sayso.workspace.anchors import locate, settle

ReviewState = Literal["accepted", "rejected", "edited", "added"]
Pairs = tuple[tuple[str, str], ...]

#: Where a sentence ends, as far as a quotation is concerned.
_STOPS = ("\n", ". ", "! ", "? ", '." ', ".” ")
#: What an actor or a place may leave out, and what then stands there.
_ACTOR = {"actor_id": None, "country": None, "sector": None}
_PLACE = {
    "latitude": None, "longitude": None, "kind": None, "country": None, "admin1": None, "gazetteer_id": None,
    "precision": "exact", "role": "literal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """A statement that people judged: as it is now, as the coder made it (None where a person added it).

    ``state`` is None where they only wrote a note, or joined or parted it.
    """

    statement: Statement
    machine: Statement | None
    state: ReviewState | None
    judgement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A judgement that fits nothing now, with the words it was about."""

    judgement_id: str
    anchor: Anchor
    problem: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Documents with their corrections in place (the rejected left out), by what judgements, and what people joined.

    ``reviews`` maps a document id to its judged statements; ``same`` and ``different`` pair ids of statements.
    """

    coded: tuple[CodedDocument, ...]
    reviews: Mapping[str, tuple[Review, ...]]
    same: Pairs
    different: Pairs
    orphans: tuple[Orphan, ...]


def correct(coded: Sequence[CodedDocument], origins: Mapping[str, str], judgements: Sequence[Judgement]) -> Corrected:
    """``coded``, all that is current, with every judgement in effect laid over it, in the order they were given.

    ``origins`` maps document ids to where each came from: a judgement follows its document's origin to a newer capture.
    """
    effective = [j for j in judgements if j.withdrawn_at is None and j.assignment is None]
    heirs = _heirs(coded, origins)
    by_document: dict[str, list[tuple[Judgement, Anchor]]] = defaultdict(list)
    orphans: list[Orphan] = []
    for judgement in effective:
        for about in judgement.anchors:
            documents = heirs(about)
            if not documents:
                orphans.append(Orphan(judgement.id, about, "its document is not here any more"))
            for document in documents:
                by_document[document].append((judgement, about))
    reviews: dict[str, tuple[Review, ...]] = {}
    settled: dict[tuple[str, str], str] = {}
    result = []
    for one in coded:
        judged = by_document.get(one.document.id)
        if not judged:
            result.append(one)
            continue
        layer = _Layer(one)
        for judgement, about in judged:
            problem = layer.apply(judgement, about)
            if problem:
                orphans.append(Orphan(judgement.id, about, problem))
            elif target := layer.target(about):
                settled[judgement.id, about.statement_id] = target
        reviews[one.document.id] = layer.reviews()
        result.append(layer.coded())
    # Of several heirs of one origin a judgement fits one at most; it is an orphan only where it fits none.
    fitting = set(settled)
    orphans = [o for o in orphans if (o.judgement_id, o.anchor.statement_id) not in fitting]
    same, different = _pairs(effective, settled)
    return Corrected(tuple(result), reviews, same, different, tuple(orphans))


def checked_value(field: str, value: Any, statement: Statement, text: str) -> Any:
    """``value`` of ``field`` as it is written in a record of ``statement``; every word in it must stand in ``text``.

    Raises:
        JudgementError: the value cannot be read, or points at words that are not there. The message says which.
    """
    record = statement_record(statement, text)
    try:
        for span in _spans(value):
            if not 0 <= span["start"] < span["end"] <= len(text):
                raise JudgementError(f"{field}: the words {span['start']}..{span['end']} lie outside the text")
            if span.get("text", text[span["start"] : span["end"]]) != text[span["start"] : span["end"]]:
                raise JudgementError(f"{field}: the text does not say {span['text']!r} there")
        record[field] = _filled(field, value)
        again = statement_record(parse_statement(record, statement.document_id), text)[field]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JudgementError(f"{field}: the value cannot be read ({type(error).__name__}: {error})") from error
    _refuse(field, again)
    return again


def added_statement(record: Any, document_id: str, text: str, coder: str) -> Statement:
    """A statement that a person marked: ``{"type", "status", "trigger": span, ...}``; its other fields may be left out.

    Raises:
        JudgementError: no type, no status, no trigger words in the text; or a field that cannot be read.
    """
    try:
        trigger = {"start": record["trigger"]["start"], "end": record["trigger"]["end"]}
        start, end = trigger["start"], trigger["end"]
        if not 0 <= start < end <= len(text):
            raise JudgementError("a statement needs words of the text for its trigger")
        sentence = record.get("sentence") or _sentence(text, start, end)
        bare = {
            "id": content_id("stm", document_id, start, end, record["type"]),
            "type": record["type"], "status": record["status"], "trigger": trigger, "mentions": [trigger],
            "sentence": sentence, "actors": [], "targets": [], "place": None, "time": None, "killed": None,
            "injured": None, "claimed_by": [], "coder": coder,
        }  # fmt: skip
        statement = parse_statement(bare, document_id)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JudgementError(f"a statement needs type, status and trigger ({type(error).__name__}: {error})") from error
    _refuse("type", statement.type)
    _refuse("status", statement.status)
    if not (statement.sentence.contains(statement.trigger) and statement.sentence.end <= len(text)):
        raise JudgementError("a statement's sentence must hold its trigger")
    for field in ("actors", "targets", "place", "time", "killed", "injured", "claimed_by"):
        if record.get(field):
            kept = statement_record(statement, text) | {field: checked_value(field, record[field], statement, text)}
            statement = parse_statement(kept, document_id)
    return statement


def _sentence(text: str, start: int, end: int) -> Record:
    """The words around a trigger up to where a line or a sentence ends on either side: what is quoted of it."""
    first = max(at + len(stop) if (at := text.rfind(stop, 0, start)) >= 0 else 0 for stop in _STOPS)
    ends = [at + len(stop.rstrip()) for stop in _STOPS if (at := text.find(stop, end)) >= 0]
    last = min(ends, default=len(text))
    first += len(text[first:start]) - len(text[first:start].lstrip())
    return {"start": first, "end": end + len(text[end:last].rstrip())}


class _Layer:
    """The statements of one document while judgements are laid over them."""

    def __init__(self, coded: CodedDocument) -> None:
        self._coded = coded
        self._text = coded.document.text
        self._statements = {s.id: s for s in coded.statements}
        self._machine: dict[str, Statement | None] = dict(self._statements)
        self._states: dict[str, ReviewState] = {}
        self._judged: dict[str, list[str]] = defaultdict(list)

    def target(self, about: Anchor) -> str | None:
        """The id of the statement that ``about`` means here."""
        here = replace(self._coded, statements=tuple(s for s in self._machine_or_added()))
        found = settle(about, here)
        return found.id if found else None

    def apply(self, judgement: Judgement, about: Anchor) -> str | None:
        """Lay ``judgement`` over; returns why it does not fit, if so."""
        if judgement.kind == "add":
            return self._add(judgement, about)
        target = self.target(about)
        if target is None:
            return f"nothing is coded at its words {about.quote!r} now"
        if judgement.kind == "review":
            rejected = judgement.verdict == "reject"
            self._states[target] = "rejected" if rejected else "added" if self._machine[target] is None else "accepted"
        elif judgement.kind == "edit":
            problem = self._edit(target, judgement, about)
            if problem:
                return problem
        self._judged[target].append(judgement.id)
        return None

    def reviews(self) -> tuple[Review, ...]:
        """Every statement that was judged, in reading order."""
        judged = sorted(self._judged, key=lambda id_: (self._statements[id_].trigger, id_))
        return tuple(
            Review(self._statements[id_], self._machine[id_], self._state(id_), tuple(self._judged[id_]))
            for id_ in judged
        )

    def coded(self) -> CodedDocument:
        """The document without what was rejected, with what was added."""
        kept = [s for s in self._statements.values() if self._states.get(s.id) != "rejected"]
        return replace(self._coded, statements=tuple(sorted(kept, key=lambda s: (s.trigger, s.id))))

    def _state(self, id_: str) -> ReviewState | None:
        return self._states.get(id_) or ("added" if self._machine[id_] is None else None)

    def _machine_or_added(self) -> Iterator[Statement]:
        return (machine or self._statements[id_] for id_, machine in self._machine.items())

    def _add(self, judgement: Judgement, about: Anchor) -> str | None:
        start = locate(about, self._text)
        if start is None:
            return f"its words {about.quote!r} are not in the text any more"
        try:
            record = _moved(judgement.detail["statement"], start - about.start, self._text)
            statement = added_statement(record, self._coded.document.id, self._text, f"person {judgement.user}")
        except (KeyError, JudgementError) as error:
            return str(error)
        if statement.id not in self._statements:  # what the coder finds by itself meanwhile needs no adding
            self._statements[statement.id] = statement
            self._machine[statement.id] = None
            self._states[statement.id] = "added"
        self._judged[statement.id].append(judgement.id)
        return None

    def _edit(self, target: str, judgement: Judgement, about: Anchor) -> str | None:
        statement = self._statements[target]
        try:
            shift = (locate(about, self._text) or about.start) - about.start
            value = _moved(judgement.detail.get("value"), shift, self._text)
            value = checked_value(judgement.verdict, value, statement, self._text)
        except JudgementError as error:
            return str(error)
        made = self._machine[target]
        record = statement_record(statement, self._text) | {judgement.verdict: value}
        # What a person added keeps their name at the head: by it the workspace tells it from what a coder made.
        by = made.coder if made else statement.coder.split(" + ")[0]
        record["coder"] = f"{by} + {judgement.user}"
        self._statements[target] = parse_statement(record, statement.document_id)
        if self._states.get(target) not in ("rejected", "added"):
            self._states[target] = "edited"
        return None


def _heirs(coded: Sequence[CodedDocument], origins: Mapping[str, str]) -> Any:
    """What an anchor's document is today: itself, or what its origin holds now."""
    ids = {one.document.id for one in coded}
    of_origin: dict[str, list[str]] = defaultdict(list)
    for one in coded:
        of_origin[origins.get(one.document.id, "")].append(one.document.id)

    def heirs(about: Anchor) -> list[str]:
        return [about.document_id] if about.document_id in ids else of_origin.get(about.origin, [])

    return heirs


def _pairs(judgements: Sequence[Judgement], settled: Mapping[tuple[str, str], str]) -> tuple[Pairs, Pairs]:
    """Pairs of statements that people joined or parted; a later word on a pair outweighs an earlier one."""
    verdicts: dict[tuple[str, str], str] = {}
    for judgement in judgements:
        if judgement.kind not in ("same", "different"):
            continue
        groups = judgement.detail.get("groups") or [[id_] for id_ in judgement.subject]
        found = [[settled[judgement.id, id_] for id_ in group if (judgement.id, id_) in settled] for group in groups]
        if judgement.kind == "same":
            flat = [id_ for group in found for id_ in group]
            pairs = [(flat[0], other) for other in flat[1:]] if flat else []
        else:
            pairs = [
                (a, b) for at, group in enumerate(found) for later in found[at + 1 :] for a in group for b in later
            ]
        for a, b in pairs:
            if a != b:
                verdicts[min(a, b), max(a, b)] = judgement.kind
    chosen = sorted(verdicts.items())
    return tuple(p for p, kind in chosen if kind == "same"), tuple(p for p, kind in chosen if kind == "different")


def _spans(value: Any) -> Iterator[Record]:
    if isinstance(value, dict):
        if "start" in value or "end" in value:
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


def _moved(value: Any, shift: int, text: str) -> Any:
    """``value`` with its spans where their words stand now: in place, or moved along with the statement."""
    if isinstance(value, list):
        return [_moved(inner, shift, text) for inner in value]
    if not isinstance(value, dict):
        return value
    moved = {key: _moved(inner, shift, text) for key, inner in value.items()}
    words = value.get("text")
    if isinstance(words, str) and "start" in value:
        for start in (value["start"] + shift, value["start"]):
            if text.startswith(words, max(0, start)):
                return moved | {"start": start, "end": start + len(words)}
        raise JudgementError(f"its words {words!r} are not in the text any more")
    return moved


def _filled(field: str, value: Any) -> Any:
    if field in ("actors", "targets"):
        return [_ACTOR | one for one in value]
    if field == "place" and value is not None:
        return _PLACE | value
    if field == "time" and value is not None:
        return {"basis": "explicit"} | value
    if field in ("killed", "injured") and value is not None:
        return {"minimum": None, "maximum": None} | value
    return value


def _refuse(field: str, value: Any) -> None:
    """JudgementError where ``value``, well formed, says what cannot be."""
    if field == "type" and value not in event_types():
        raise JudgementError(f"{value!r} is not a type of event")
    if field == "status" and value not in get_args(Status):
        raise JudgementError(f"{value!r} is not a status; it is one of {', '.join(get_args(Status))}")
    if value is None or field in ("type", "status", "claimed_by"):
        return
    if field == "time":
        if value["earliest"] > value["latest"]:
            raise JudgementError("time: it ends before it begins")
        if value["precision"] not in get_args(Precision) or value["basis"] not in get_args(TimeBasis):
            raise JudgementError(f"time: precision is one of {', '.join(get_args(Precision))}")
    if field in ("time", "killed", "injured") and not value["evidence"]:
        raise JudgementError(f"{field}: no words, no value; select the words it stands on")
    if field in ("killed", "injured"):
        low, high = value["minimum"], value["maximum"]
        numbers = [n for n in (low, high) if n is not None]
        if not numbers or any(type(n) is not int or n < 0 for n in numbers):
            raise JudgementError(f"{field}: give a whole number, or leave the field empty")
        if low is not None and high is not None and low > high:
            raise JudgementError(f"{field}: at least {low} is more than at most {high}")
    if field == "place":
        if value["precision"] not in get_args(PlacePrecision):
            raise JudgementError(f"place: precision is one of {', '.join(get_args(PlacePrecision))}")
        latitude, longitude = value["latitude"], value["longitude"]
        if (latitude is None) != (longitude is None) or (
            latitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180)
        ):
            raise JudgementError(
                "place: coordinates are degrees, latitude -90 to 90, longitude -180 to 180, or both empty"
            )
    for named in value if field in ("actors", "targets") else [value] if field == "place" else ():
        if not isinstance(named["name"], str) or not named["name"].strip():
            raise JudgementError(f"{field}: a name is empty")
