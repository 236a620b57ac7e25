"""Why a statement says what it says: the reasons a field has, in a form for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.contract import Record, span_record, statement_record
from sayso.model import Span, Statement


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that was weighed: the words that name it (None: no answer at all) and how likely it was, 0..1."""

    name: str
    span: Span | None
    chance: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``field`` of a statement is what it is: ``words`` are those it stands on, none where it is empty.

    ``rule`` is short and fixed, for programs to count; ``why`` is a sentence for people. ``options`` are the answers
    that were weighed, likeliest first, where the field was chosen so.
    """

    field: str
    words: tuple[Span, ...]
    rule: str
    why: str
    options: tuple[Option, ...] = ()


Question = Literal["mention", "event"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a learned table makes of one question: how likely yes is, 0 to 1, and the chance ``wanted`` for it.

    ``question``: "mention" (do these words report an event at all?) or "event" (is what was put together with them an
    event that the document reports?). ``signs`` are the weightiest features, each with its log-odds.
    """

    question: Question
    chance: float
    wanted: float
    signs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement with a reason for each of its fields, and how its being an event was judged."""

    statement: Statement
    reasons: tuple[Reason, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that a rule takes for an event of ``type``, but that no statement was made of, and how they were judged."""

    trigger: Span
    sentence: Span
    type: str
    rule: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything there is to explain of one document."""

    explanations: tuple[Explanation, ...]
    left_out: tuple[LeftOut, ...]


def explanation_record(explanation: Explanation, text: str) -> Record:
    """A statement as in ``sayso/document/1``, and its reasons; spans with their words."""
    return {
        "statement": statement_record(explanation.statement, text),
        "reasons": [_reason_record(reason, text) for reason in explanation.reasons],
        "verdicts": [_verdict_record(verdict) for verdict in explanation.verdicts],
    }


def left_out_record(left_out: LeftOut, text: str) -> Record:
    """What was left out, its spans with their words."""
    return {
        "trigger": span_record(left_out.trigger, text),
        "sentence": span_record(left_out.sentence, text),
        "type": left_out.type,
        "rule": left_out.rule,
        "verdicts": [_verdict_record(verdict) for verdict in left_out.verdicts],
    }


def _verdict_record(verdict: Verdict) -> Record:
    return {
        "question": verdict.question,
        "chance": round(verdict.chance, 3),
        "wanted": verdict.wanted,
        "signs": {name: round(weight, 3) for name, weight in verdict.signs},
    }


def _reason_record(reason: Reason, text: str) -> Record:
    return {
        "field": reason.field,
        "words": [span_record(span, text) for span in reason.words],
        "rule": reason.rule,
        "why": reason.why,
        "options": [
            {
                "name": option.name,
                "words": span_record(option.span, text) if option.span else None,
                "chance": round(option.chance, 3),
            }
            for option in reason.options
        ],
    }
