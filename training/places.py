"""Learn ``place_belief_weights.csv`` and ``place_choice_weights.csv``: which names are places, and which places.

    python training/places.py TOPONYMS.jsonl... [--entities FILE] [--event-places FILE]

TOPONYMS hold a document a line: {"text", "places": [{"start", "end", "lat", "lon"}...]}; those without coordinates say
neither yes nor no. Two further kinds of lines teach only which names are places: --entities, whose every "Location" is
told ({"text", "entities": [{"start", "end", "type"}]}); --event-places, which tell some ({"text", "places"}).

Both models are sums of named features: a logistic one for belief, a conditional one among the candidates of a name and
"none of them" for choice. They are learned in the order they are used: belief first, choice alone, choice in context
(twice, from its own chances), belief again. Quadratic penalty, L-BFGS from zero: the same input, the same weights.
What the words themselves say of a place (its kind, what holds it) keeps a weight of ours. Needs scipy.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.place_belief import believe_again, describe, weigh
from sayso.coding.place_choice import Context, choose_with, demonym_votes, names_of, softmax, wanted
from sayso.coding.place_evidence import IN_CONTEXT, PLAIN, Floats, Names
from sayso.coding.place_mentions import Mention, find_mentions
from sayso.model import Document, Segment, Span
from sayso.vocabulary.gazetteer import Entry, Gazetteer
from sayso.vocabulary.gazetteer_build import kilometres

_OUT = Path(__file__).parents[1] / "src" / "sayso" / "vocabulary" / "data"
#: One in so many documents teaches belief a second time without its apostrophes.
_ALSO_WITHOUT = 2
#: ... and of the lines that tell of an event's place, one in so many is enough.
_EVENT_PLACES = 3
_NEAR_KM, _WIDE_KM, _ROUNDS = 161.0, 1500.0, 2
_WIDE = frozenset({"country", "continent", "region", "sea", "river", "desert"})
#: Not learned: what the words say of a place decides, and news from the United States says it too seldom.
_HELD = {
    "fits": 2.5,
    "contained": 3.0,
    "small_not_in_country": -3.0,
    "has_seat": -4.5,
    "fitting_twin": -8.0,
    "small_in_longer_name": -3.0,
}
_BELIEF_PENALTY, _CHOICE_PENALTY = 3.0, 3.0

Weights = tuple[dict[str, float], dict[str, float]]


@dataclass(slots=True)
class Case:
    """A document: its mentions, and for each whether it is a place (None: not told) and where."""

    parsed: ParsedDocument
    mentions: list[Mention]
    truth: list[bool | None]
    points: list[tuple[float, float] | None]
    votes: dict[str, float]
    gold: Sequence[dict[str, Any]] = ()
    groups: dict[tuple[str, str | None], list[int]] = field(default_factory=dict)


def cases(rows: Iterable[tuple[dict[str, Any], ParsedDocument]], gazetteer: Gazetteer, told: str) -> list[Case]:
    """``told``: "toponyms", "entities" or "event-places", as in the module's docstring."""
    made = []
    for row, parsed in rows:
        mentions = find_mentions(parsed, gazetteer)
        describe(mentions, parsed, gazetteer)
        gold = row["places"] if told != "entities" else [e for e in row["entities"] if e["type"] == "Location"]
        truth: list[bool | None] = []
        points: list[tuple[float, float] | None] = []
        for mention in mentions:
            over = [p for p in gold if mention.span.overlaps(Span(p["start"], p["end"]))]
            placed = [p for p in over if p.get("lat") is not None]
            if told == "toponyms":
                truth.append(_is_place(mention, placed, gazetteer) if placed else None if over else False)
            else:
                truth.append(True if over else False if told == "entities" else None)
            best = max(
                placed,
                key=lambda p: min(mention.span.end, p["end"]) - max(mention.span.start, p["start"]),
                default=None,
            )
            points.append((best["lat"], best["lon"]) if best else None)
        groups: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        for number, mention in enumerate(mentions):
            groups[mention.key, wanted(mention)].append(number)
        made.append(
            Case(parsed, mentions, truth, points, demonym_votes(parsed), gold if told == "toponyms" else (), groups)
        )
    return made


def _is_place(mention: Mention, placed: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> bool:
    """Whether a mention is (most of) a place told, or leads to it all the same ("Belfast" of a court there)."""
    for place in placed:
        shared = min(mention.span.end, place["end"]) - max(mention.span.start, place["start"])
        entries = [found.entry for found in gazetteer.found(mention.key)[:40]] if mention.known else []
        if shared >= 0.6 * (place["end"] - place["start"]) or any(
            kilometres(e.latitude, e.longitude, place["lat"], place["lon"]) <= _NEAR_KM for e in entries
        ):
            return True
    return False


def without_apostrophes(row: dict[str, Any]) -> dict[str, Any]:
    """The same document with its apostrophes lost ("Syrias Aleppo"), as many an archive has it."""
    kept = np.cumsum([0, *(character not in "'’" for character in row["text"])])
    places = [p | {"start": int(kept[p["start"]]), "end": int(kept[p["end"]])} for p in row["places"]]
    return row | {"text": re.sub("['’]", "", row["text"]), "places": places}


def learn(toponyms: Sequence[Case], others: Sequence[Case], gazetteer: Gazetteer) -> tuple[Weights, Weights]:
    """(belief, choice): each the weights at first and then."""
    everything = [*toponyms, *others]
    for case in everything:
        _forget(case)
    belief = _logistic(everything)
    choice = _choices(toponyms, belief, gazetteer)
    for case in everything:
        settle(case, belief, choice, gazetteer)
    return (belief, _logistic(everything)), choice


def settle(case: Case, belief: dict[str, float], choice: Weights, gazetteer: Gazetteer) -> tuple[list[Any], Context]:
    """Fill in the features of a document that follow from its places."""
    _forget(case)
    for mention in case.mentions:
        mention.belief = weigh(mention.features, belief)
    chosen, context = choose_with(case.mentions, case.parsed, gazetteer, choice)
    believe_again(case.mentions, chosen, context)
    return chosen, context


def _forget(case: Case) -> None:
    """Leave only the features that were there before any place was chosen."""
    for mention in case.mentions:
        mention.features = {name: value for name, value in mention.features.items() if name not in _AGAIN}


def _logistic(all_cases: Sequence[Case]) -> dict[str, float]:
    found = [m.features for case in all_cases for m, t in zip(case.mentions, case.truth, strict=True) if t is not None]
    truth = np.array([t for case in all_cases for t in case.truth if t is not None], dtype=float)
    names = sorted({name for features in found for name in features})
    number = {name: i for i, name in enumerate(names)}
    table = np.ones((len(found), len(names) + 1))
    table[:, :-1] = 0.0
    for row, features in enumerate(found):
        for name, value in features.items():
            table[row, number[name]] = value

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = table @ weights
        chances = 1.0 / (1.0 + np.exp(-scores))
        value = float(np.logaddexp(0.0, scores).sum() - truth @ scores + 0.5 * _BELIEF_PENALTY * weights @ weights)
        return value, table.T @ (chances - truth) + _BELIEF_PENALTY * weights

    weights = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return dict(zip([*names, "always"], map(float, weights), strict=True))


def _choices(toponyms: Sequence[Case], belief: dict[str, float], gazetteer: Gazetteer) -> Weights:
    tables: list[Names] = []
    right: list[Floats] = []
    times: list[Floats] = []
    for case in toponyms:
        for mention in case.mentions:
            mention.belief = weigh(mention.features, belief)
        flat = Names(names_of(case.mentions, case.groups, case.votes, gazetteer), case.votes)
        if not flat.found:
            continue
        hits, count = np.zeros(len(flat.found)), np.zeros(len(flat.names))
        for name, numbers in enumerate(case.groups.values()):
            rows = np.flatnonzero(flat.name == name)
            for point in [case.points[n] for n in numbers]:
                if point is not None and len(rows):
                    count[name] += 1
                    hits[rows] += _right([flat.found[row].entry for row in rows], point)
        tables.append(flat)
        right.append((hits > count[flat.name] / 2).astype(float))
        times.append(count)
    plain = [flat.plain() for flat in tables]
    first = _conditional(PLAIN, plain, tables, right, times)
    chances = [softmax(p @ first, flat.name) for p, flat in zip(plain, tables, strict=True)]
    then = first
    for _ in range(_ROUNDS):
        full = [np.hstack([p, f.in_context(c)]) for p, f, c in zip(plain, tables, chances, strict=True)]
        then = _conditional((*PLAIN, *IN_CONTEXT), full, tables, right, times)
        chances = [softmax(x @ then, flat.name) for x, flat in zip(full, tables, strict=True)]
    return (
        dict(zip((*PLAIN, *IN_CONTEXT), [*map(float, first), *[0.0] * len(IN_CONTEXT)], strict=True)),
        dict(zip((*PLAIN, *IN_CONTEXT), map(float, then), strict=True)),
    )


def _right(entries: Sequence[Entry], point: tuple[float, float]) -> list[bool]:
    """Which entries are the place at ``point``: those about as near as the nearest, if that is near enough.

    The point of a wide area is a convention that differs between sources.
    """
    away = [kilometres(entry.latitude, entry.longitude, *point) for entry in entries]
    near = [_WIDE_KM if entry.kind in _WIDE else _NEAR_KM for entry in entries]
    nearest = min((km for km, limit in zip(away, near, strict=True) if km <= limit), default=0.0)
    limits = [min(limit, 1.5 * nearest + 5.0) for limit in near]
    return [km <= limit for km, limit in zip(away, limits, strict=True)]


def _conditional(
    features: Sequence[str], rows: Sequence[Floats], tables: Sequence[Names], right: Sequence[Floats],
    times: Sequence[Floats],
) -> Floats:  # fmt: skip
    offsets = np.cumsum([0, *(len(flat.names) for flat in tables)])
    name = np.concatenate([flat.name + offset for flat, offset in zip(tables, offsets, strict=False)])
    table, correct, weight = np.vstack(rows), np.concatenate(right), np.concatenate(times)
    none = np.bincount(name, correct, len(weight)) == 0
    learned = np.array([feature not in _HELD for feature in features], dtype=float)
    held = np.array([_HELD.get(feature, 0.0) for feature in features])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = table @ (weights * learned + held)
        most = np.zeros(len(weight))
        np.maximum.at(most, name, scores)
        powers, nothing = np.exp(scores - most[name]), np.exp(-most)
        totals = np.bincount(name, powers, len(weight)) + nothing
        good = np.where(none, nothing, np.bincount(name, powers * correct, len(weight)))
        good = np.maximum(good, 1e-300)
        value = -float(weight @ (np.log(good) - np.log(totals))) + 0.5 * _CHOICE_PENALTY * weights @ weights
        pull = powers / totals[name] - np.where(none[name], 0.0, powers * correct / good[name])
        return value, (table.T @ (weight[name] * pull)) * learned + _CHOICE_PENALTY * weights

    result: Floats = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return result * learned + held


#: Features that ``believe_again`` adds.
_AGAIN = frozenset(
    {
        "belief", "best belief", "no place of that name", "chance", "chance of any", "namesakes", "people", "our own",
        "main name", "unlike", "contained", "country's support", "country's support, town", "small and unsupported",
        *(f"kind {kind}" for kind in ("country", "continent", "capital", "admin1", "admin2", "city", "other")),
    }
)  # fmt: skip


def write(name: str, weights: Weights, header: str) -> None:
    """The table ``name`` in the package's data."""
    features = list(dict.fromkeys([*weights[0], *weights[1]]))
    lines = [
        f'"{feature}",{weights[0].get(feature, 0.0):.3f},{weights[1].get(feature, 0.0):.3f}' for feature in features
    ]
    (_OUT / name).write_text("\n".join([header + "feature,first,then", *lines]) + "\n", encoding="utf-8")


_HEADER = """\
# {what}
# Learned by training/places.py on corpora of toponyms in news (GeoWebNews, LGL), and for belief on entities and places
# of events in texts on Syria and Iraq; nothing of their texts is in here. Licence: Apache-2.0. Version: 1
"""
BELIEF = "How much each feature of a name (coding/place_belief.py) speaks for its being a place, in logits."
CHOICE = (
    "How much each feature of a candidate (coding/place_evidence.py) speaks for its being the place meant, in logits."
)


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def parsed(rows: Iterable[dict[str, Any]], parser: Parser) -> Iterator[tuple[dict[str, Any], ParsedDocument]]:
    """Each row with its parse, as one body."""
    for number, row in enumerate(rows):
        segments = (Segment(0, len(row["text"]), "body"),) if row["text"].strip() else ()
        yield row, parser.parse(Document(str(number), "-", row["text"], segments))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("toponyms", type=Path, nargs="+")
    arguments.add_argument("--entities", type=Path)
    arguments.add_argument("--event-places", type=Path)
    options = arguments.parse_args()
    gazetteer, parser = Gazetteer.open(), Parser()
    toponyms, others = [], []
    for path in options.toponyms:
        rows = lines(path)
        toponyms += cases(parsed(rows, parser), gazetteer, "toponyms")
        others += cases(parsed(map(without_apostrophes, rows[::_ALSO_WITHOUT]), parser), gazetteer, "toponyms")
    for path, told in ((options.entities, "entities"), (options.event_places, "event-places")):
        if path is not None:
            rows = lines(path)
            if told == "event-places":
                rows = [row for row in rows if row["places"]][::_EVENT_PLACES]
            others += cases(parsed(rows, parser), gazetteer, told)
    belief, choice = learn(toponyms, others, gazetteer)
    write("place_belief_weights.csv", belief, _HEADER.format(what=BELIEF))
    write("place_choice_weights.csv", choice, _HEADER.format(what=CHOICE))


if __name__ == "__main__":
    main()
