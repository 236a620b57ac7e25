"""What an article on an attack on people tells, as one row: ``python bench/attacks.py HRDSATTACK.jsonl``

HRDsAttack: kind of violation, country, city, year, month and day of the attack that an article reports. The row is
put together from the coder's statements by counting: the attack is the kind of statement told most; its place and time
are those that most of its statements have. ``f1`` counts what is told and right; ``accuracy`` counts empty for empty
too. Kinds are scored as a set. ``first place`` takes the place named first and the day of publication instead.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sayso.coding.coder import Coder
from sayso.model import CodedDocument, Document, Place, Segment, Statement, Written
from sayso.vocabulary.states import load_states

FIELDS = ("violation", "country", "city", "year", "month", "day")
#: Sayso's types as kinds of violation; "toll" and force of any other sort kill where they tell the dead.
KINDS = {
    "arrest": "arbitrary detention",
    "legal_action": "arbitrary detention",
    "killing": "killing",
    "abduction": "kidnapping",
    "mistreatment": "torture",
    "sexual_violence": "other",
    "threat": "other",
    "destruction": "other",
}
_KILLING = frozenset({"air_strike", "shelling", "bombing", "suicide_attack", "armed_clash", "chemical_attack", "toll"})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EMPTY = frozenset({"", "none", "unknown", "null"})
#: A kind is told where it has this share of the statements of the kind told most.
_SHARE = 0.5
Row = dict[str, frozenset[str]]


def main(corpus: Path) -> None:
    """Print the figures as JSON."""
    coder = Coder()
    states = names_of_states()
    counts: Counter[tuple[str, str, str]] = Counter()
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    for row in rows:
        day = date.fromisoformat(row["published"])
        text = f"{row['title']}\n{row['text']}"
        segments = (Segment(0, len(row["title"]), "title"), Segment(len(row["title"]) + 1, len(text), "body"))
        coded = coder(Document(row["id"], "c", text, segments, written=Written(day, day, day, "given", ())))
        gold = told_in(row["gold"], states)
        for name, found in (("sayso", row_of(coded)), ("first place", first_place(coded, day))):
            for field in FIELDS:
                counts[name, field, "hit"] += len(gold[field] & found[field])
                counts[name, field, "gold"] += len(gold[field])
                counts[name, field, "found"] += len(found[field])
                counts[name, field, "right"] += gold[field] == found[field]
    result: dict[str, Any] = {"articles": len(rows)}
    for name in ("sayso", "first place"):
        result[name] = {field: figures(counts, name, field, len(rows)) for field in FIELDS}
    print(json.dumps(result))


def figures(counts: Counter[tuple[str, str, str]], name: str, field: str, articles: int) -> dict[str, float]:
    """F1 over what is told, and the share of articles that are wholly right."""
    hit, gold, found = (counts[name, field, part] for part in ("hit", "gold", "found"))
    return {
        "f1": round(2 * hit / (gold + found), 3) if gold + found else 0.0,
        "accuracy": round(counts[name, field, "right"] / articles, 3),
    }


def row_of(coded: CodedDocument) -> Row:
    """The attack that the statements of an article tell."""
    kinds: Counter[str] = Counter()
    telling: list[tuple[Statement, str]] = []
    for statement in coded.statements:
        kind = kind_of(statement, coded.document.text)
        if kind and statement.status not in ("planned", "hypothetical", "denied"):
            kinds[kind] += len(statement.mentions)
            telling.append((statement, kind))
    most = max(kinds.values(), default=0)
    chosen = frozenset(kind for kind, number in kinds.items() if number >= most * _SHARE)
    main = [statement for statement, kind in telling if kind in chosen]
    places = [s.place for s in main if s.place] or [s.place for s in coded.statements if s.place]
    places = places or [place for place in coded.places if place.role == "literal"]
    # A day that only bounds the report is what is left where no statement tells a time of its own.
    told = [s.time for s in main if s.time and s.time.precision != "span" and s.time.basis != "reported"]
    bounds = [s.time for s in main if s.time and s.time.basis == "reported"]
    days = Counter((time.earliest, time.precision) for time in told or bounds)
    day, precision = days.most_common(1)[0][0] if days else (None, None)
    return {
        "violation": chosen or frozenset({"other"}),
        "country": _commonest(place.country for place in places),
        "city": _commonest(_city(place, coded) for place in places),
        "year": frozenset({str(day.year)} if day else ()),
        "month": frozenset({str(day.month)} if day and precision != "year" else ()),
        "day": frozenset({str(day.day)} if day and precision == "day" else ()),
    }


def kind_of(statement: Statement, text: str) -> str | None:
    """The kind of violation that a statement tells; None where it tells none."""
    if statement.type == "abduction" and "disappear" in statement.trigger.of(text).lower():
        return "enforced disappearance"
    if statement.type in _KILLING:
        return "killing" if statement.killed else "other"
    return KINDS.get(statement.type)


def first_place(coded: CodedDocument, day: date) -> Row:
    """The place named first and the day of publication; the commonest kind of the corpus's own definition."""
    first = [place for place in coded.places if place.role == "literal"][:1]
    return {
        "violation": frozenset({"arbitrary detention"}),
        "country": _commonest(place.country for place in first),
        "city": _commonest(_city(place, coded) for place in first),
        "year": frozenset({str(day.year)}),
        "month": frozenset({str(day.month)}),
        "day": frozenset({str(day.day)}),
    }


def _city(place: Place, coded: CodedDocument) -> str | None:
    """A town in the words of the article, as analysts write it down."""
    return place.span.of(coded.document.text).casefold() if place.precision in ("exact", "near") else None


def _commonest(values: Iterable[str | None]) -> frozenset[str]:
    counted = Counter(value for value in values if value)
    return frozenset({counted.most_common(1)[0][0]} if counted else ())


def told_in(gold: dict[str, Any], states: dict[str, str]) -> Row:
    """The row of the analysts, names and numbers in one form; "None" and "unknown" are empty."""

    def value(key: str) -> str | None:
        told = str(gold[key]).strip().casefold()
        return None if told in _EMPTY else told

    country, city, year, month, day = (value(key) for key in ("country", "city", "year", "month", "date"))
    if month and not month[:1].isdigit():
        names = [str(number) for number, name in enumerate(_MONTHS, 1) if name == month[:3]]
        month = names[0] if names else month
    return {
        "violation": frozenset(kind for kind in gold["violation_types"] if kind != "unknown"),
        "country": frozenset({states.get(country, country)} if country else ()),
        "city": frozenset({city} if city else ()),
        "year": _number(year),
        "month": _number(month),
        "day": _number(day),
    }


def _number(told: str | None) -> frozenset[str]:
    try:
        return frozenset({str(int(float(told)))} if told else ())
    except ValueError:
        return frozenset({told} if told else ())


def names_of_states() -> dict[str, str]:
    """Every name of a state, case folded -> its code."""
    return {name.casefold(): state.country for state in load_states() for name in (state.name, *state.other_names)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
