"""What an article on an attack on people tells, as one row: ``python bench/attacks.py HRDSATTACK.jsonl``

HRDsAttack: kind of violation, country, city, year, month and day of the attack that an article reports. ``sayso``
puts the row together from what the coder finds, by the weights that ``training/attack_weights.py`` learned on the
train part of the corpus (``attack_weights.csv``): values that the article offers are weighed by where they stand,
how often, how near to words that report a violation, and which statements they belong to. ``statements counted``
learns nothing: the attack is the kind of statement told most; its place and time are those that most of its
statements have. ``first place`` takes the place named first and the day of publication instead. ``f1`` counts what
is told and right; ``accuracy`` counts empty for empty too. Kinds are scored as a set.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attack_features import candidates, town, violations

from sayso.coding.coder import Coder
from sayso.model import CodedDocument, Document, Segment, Statement, Written
from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.states import load_states
from sayso.vocabulary.tables import number
from sayso.vocabulary.weights import BIAS, THRESHOLD, Weights

WEIGHTS = Path(__file__).with_name("attack_weights.csv")
FIELDS = ("violation", "country", "city", "year", "month", "day")
#: Fields whose value is chosen among those that the article offers.
RANKED = FIELDS[1:]
DATES = ("year", "month", "day")
#: What is told of a value: of ``2020-05-04`` as month the 5.
VALUE: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("country", "city"), str),
    "year": lambda value: value[:4],
    "month": lambda value: str(int(value[5:7])),
    "day": lambda value: str(int(value[8:10])),
}
KINDS_TOLD = ("arbitrary detention", "enforced disappearance", "kidnapping", "killing", "other", "torture")
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
    rows = read_rows(corpus)
    states = names_of_states()
    weights = read_fields(WEIGHTS)
    counts: Counter[tuple[str, str, str]] = Counter()
    for row, coded in zip(rows, code(rows), strict=True):
        day = date.fromisoformat(row["published"])
        gold = told_in(row["gold"], states)
        given = {
            "sayso": weighed(coded, row["title"], day, weights),
            "statements counted": counted(coded),
            "first place": first_place(coded, day),
        }
        for name, found in given.items():
            for field in FIELDS:
                counts[name, field, "hit"] += len(gold[field] & found[field])
                counts[name, field, "gold"] += len(gold[field])
                counts[name, field, "found"] += len(found[field])
                counts[name, field, "right"] += gold[field] == found[field]
    result: dict[str, Any] = {"articles": len(rows)}
    for name in ("sayso", "statements counted", "first place"):
        result[name] = {field: figures(counts, name, field, len(rows)) for field in FIELDS}
    print(json.dumps(result))


def read_rows(corpus: Path) -> list[dict[str, Any]]:
    """The rows of the corpus."""
    return [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]


def code(rows: list[dict[str, Any]]) -> list[CodedDocument]:
    """Each article coded, its title as a title, its day of publication given."""
    coder = Coder()
    coded: list[CodedDocument] = []
    for row in rows:
        day = date.fromisoformat(row["published"])
        text = f"{row['title']}\n{row['text']}"
        segments = (Segment(0, len(row["title"]), "title"), Segment(len(row["title"]) + 1, len(text), "body"))
        coded.append(coder(Document(row["id"], "c", text, segments, written=Written(day, day, day, "given", ()))))
    return coded


def read_fields(path: Path) -> dict[str, Weights]:
    """The table of weights by field, kinds of violation by their names."""
    found: dict[str, dict[str, float]] = {}
    for row in csv_rows(path.read_text("utf-8"), path.name, ("field", "feature", "weight")):
        found.setdefault(row.text("field"), {})[row.text("feature")] = number(row, "weight") or 0.0
    return {
        field: Weights(weights, weights.pop(BIAS, 0.0), weights.pop(THRESHOLD, 0.0)) for field, weights in found.items()
    }


def choose(weights: Weights, offered: Mapping[str, list[str]]) -> tuple[str | None, float]:
    """The likeliest of the values, and how likely it is, 0 to 1, beside the others and none; None without any."""
    odds = {value: math.exp(weights.odds(features)) for value, features in offered.items()}
    best = max(odds, key=lambda value: odds[value], default=None)
    return (best, odds[best] / (1 + sum(odds.values()))) if best is not None else (None, 0.0)


def weighed(coded: CodedDocument, title: str, day: date, fields: Mapping[str, Weights]) -> Row:
    """The attack as the learned weights put it together."""
    seen = violations(coded, title)
    chances = {kind: fields[kind].chance(seen) for kind in KINDS_TOLD}
    row: Row = {"violation": kinds_told(chances, fields["violation"].threshold)}
    for field in RANKED:
        value, chance = choose(fields[field], candidates(coded, title, day, field))
        told = value is not None and chance >= fields[field].threshold
        row[field] = frozenset({VALUE[field](value)} if told and value else ())
    return row


def kinds_told(chances: Mapping[str, float], threshold: float) -> frozenset[str]:
    """The kinds that are likely enough; the likeliest where none is."""
    likely = frozenset(kind for kind, chance in chances.items() if chance >= threshold)
    return likely or frozenset({max(chances, key=lambda kind: chances[kind])})


def figures(counts: Counter[tuple[str, str, str]], name: str, field: str, articles: int) -> dict[str, float]:
    """F1 over what is told, and the share of articles that are wholly right."""
    hit, gold, found = (counts[name, field, part] for part in ("hit", "gold", "found"))
    return {
        "f1": round(2 * hit / (gold + found), 3) if gold + found else 0.0,
        "accuracy": round(counts[name, field, "right"] / articles, 3),
    }


def counted(coded: CodedDocument) -> Row:
    """The attack that most statements of an article tell."""
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
        "city": _commonest(town(place, coded) for place in places),
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
        "city": _commonest(town(place, coded) for place in first),
        "year": frozenset({str(day.year)}),
        "month": frozenset({str(day.month)}),
        "day": frozenset({str(day.day)}),
    }


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
    """Every name of a state, case folded -> its code; analysts name the countries of the United Kingdom as states."""
    names = {name.casefold(): state.country for state in load_states() for name in (state.name, *state.other_names)}
    return names | dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "GB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
