"""How reasons are laid out: for a terminal as lines, for programs as ``sayso/explanation/1``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.text import Text

from sayso.cli.console import clean
from sayso.coding.explanation import (
    Explanation,
    LeftOut,
    Option,
    Reason,
    Verdict,
    explanation_record,
    left_out_record,
)
from sayso.contract import Record
from sayso.linking import Tie
from sayso.model import Document

SCHEMA = "sayso/explanation/1"
_FIELD = 12


def account_record(document: Document, explained: Sequence[Explanation], left_out: Sequence[LeftOut]) -> Record:
    """One document's reasons."""
    return {
        "schema": SCHEMA,
        "document": document.id,
        "statements": [explanation_record(one, document.text) for one in explained],
        "left_out": [left_out_record(one, document.text) for one in left_out],
    }


def ties_record(event_id: str, ties: Sequence[Tie]) -> Record:
    """What holds an event together."""
    return {
        "schema": SCHEMA,
        "event": event_id,
        "ties": [
            {
                "statements": [tie.first, tie.second],
                "score": round(tie.score, 3),
                "needed": round(tie.needed, 3),
                "parts": {name: round(worth, 3) for name, worth in tie.parts},
                "judged": tie.judged,
            }
            for tie in ties
        ],
    }


def account_lines(
    document: Document, explained: Sequence[Explanation], left_out: Sequence[LeftOut]
) -> Iterator[Text | Padding]:
    """One document's reasons, line by line."""
    yield Text(clean(document.title or document.id), style="bold underline")
    for one in explained:
        statement = one.statement
        yield Text("")
        head = Text(clean(f"{statement.type}, {statement.status}"), style="bold")
        yield head.append(f"  {statement.id}", style="not bold dim")
        yield Padding(Text(_quoted(statement.sentence.of(document.text)), style="italic"), (0, 0, 0, 2))
        for verdict in one.verdicts:
            yield Padding(Text(_judged(verdict), style="dim"), (0, 0, 0, 2))
        for reason in one.reasons:
            yield from _reason(reason, document.text)
    if left_out:
        yield Text("")
        yield Text("Words for an event that no statement was made of", style="bold")
    for trigger in left_out:
        words = f"{_quoted(trigger.trigger.of(document.text))} ({trigger.rule}) in "
        yield Padding(Text(words).append(_quoted(trigger.sentence.of(document.text)), style="italic"), (0, 0, 0, 2))
        for verdict in trigger.verdicts:
            yield Padding(Text(_judged(verdict), style="dim"), (0, 0, 0, 4))
    if not explained:
        yield Text("no statement was found in it")
    yield Text("")


def _reason(reason: Reason, text: str) -> Iterator[Padding]:
    line = Text(f"{reason.field:<{_FIELD}}", style="cyan")
    if reason.words:
        line.append(", ".join(_quoted(span.of(text)) for span in reason.words), style="default bold")
    else:
        line.append("—", style="default dim")
    yield Padding(line, (0, 0, 0, 2))
    yield Padding(Text(clean(reason.why), style="dim"), (0, 0, 0, 2 + _FIELD))
    if reason.options:
        yield Padding(Text(_weighed(reason.options), style="dim"), (0, 0, 0, 2 + _FIELD))


_QUESTIONS = {"mention": "these words report an event", "event": "it is an event that the document reports"}


def _judged(verdict: Verdict) -> str:
    signs = ", ".join(f"{clean(name)} {weight:+.2f}" for name, weight in verdict.signs)
    return f"{_QUESTIONS[verdict.question]}: {verdict.chance:.2f}, wanted {verdict.wanted:.2f}; weighed most: {signs}"


def _weighed(options: Sequence[Option]) -> str:
    return "weighed: " + ", ".join(f"{clean(option.name)} {option.chance:.2f}" for option in options)


def tie_lines(event_id: str, ties: Sequence[Tie]) -> Iterator[Text | Padding]:
    """What holds an event together, line by line."""
    yield Text(clean(event_id), style="bold underline")
    if not ties:
        yield Text("one statement tells it")
    for tie in ties:
        enough = tie.score >= tie.needed
        head = Text(f"{tie.first} and {tie.second}: {tie.score:+.2f}, wanted {tie.needed:.2f}")
        if tie.judged:
            head.append("; people judged them the same")
        elif not enough:
            head.append("; together through the others, or as what a heading retells")
        yield head
        parts = ", ".join(f"{name} {worth:+.2f}" for name, worth in tie.parts)
        yield Padding(Text(parts, style="dim"), (0, 0, 0, 2))
    yield Text("")


def _quoted(words: str) -> str:
    return f"“{clean(words)}”"
