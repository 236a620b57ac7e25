"""What speaks in a coded article for a kind of violation, a country, a town, a year, month or day of its attack.

Features are short readable texts that are there or not; ``attack_weights.csv`` says what each counts for,
``training/attack_weights.py`` learns it. Words of each kind of violation are those of ``attack_words.csv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import month_abbr
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sayso.model import CodedDocument, Place
from sayso.vocabulary.rows import csv_rows

_WORDS = Path(__file__).with_name("attack_words.csv")
#: Characters that open an article.
_OPENING = 600
#: Characters on either side of a mention whose words speak for it.
_AROUND = 70
#: Distances in characters to the nearest word that reports a violation, and their names.
_NEAR = ((40, "beside"), (120, "near"), (300, "about"))
#: Types of statements that tell a violation of someone's rights.
VIOLATIONS = frozenset(
    {"arrest", "legal_action", "killing", "abduction", "mistreatment", "sexual_violence", "threat", "destruction"}
    | {"air_strike", "shelling", "bombing", "suicide_attack", "armed_clash", "chemical_attack", "toll"}
)
#: Codes of ISO 3166-1 that are territories of another state (its own notes, "administered by").
_TERRITORIES = {
    "CN": frozenset({"HK", "MO"}),
    "US": frozenset({"PR", "GU", "VI", "AS", "MP"}),
    "GB": frozenset({"GI", "BM", "KY", "FK", "VG", "TC", "MS", "AI", "JE", "GG", "IM"}),
    "FR": frozenset({"GP", "MQ", "GF", "RE", "YT", "NC", "PF"}),
    "DK": frozenset({"GL", "FO"}),
    "NL": frozenset({"AW", "CW", "SX"}),
}
#: Characters of an ISO date that tell each part of a date.
_WIDTH = {"year": 4, "month": 7, "day": 10}
_NOT_TOLD = frozenset({"planned", "hypothetical", "denied"})


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of a value: where it stands, what else is known of it, and whether its words write a date out."""

    value: str
    start: int
    notes: tuple[str, ...]
    written: bool = False


def violations(coded: CodedDocument, title: str) -> list[str]:
    """What speaks for one kind of violation or another: words of the article, and what its statements tell."""
    text = coded.document.text
    body = text[len(title) :]
    features: list[str] = []
    for kind, pattern in _patterns().items():
        often = len(pattern.findall(body))
        features += [f"{kind} {least}" for least in (1, 2, 4, 7, 12) if often >= least]
        features += [f"{kind} title"] * bool(pattern.search(title))
        features += [f"{kind} opening {least}" for least in (1, 3) if len(pattern.findall(body[:_OPENING])) >= least]
    told: Counter[str] = Counter()
    for statement in coded.statements:
        if statement.status not in _NOT_TOLD:
            told[statement.type] += len(statement.mentions)
    total = sum(told.values())
    for kind, number in told.items():
        features += [f"told {kind}"] + [f"told {kind} {share}" for share in (0.2, 0.5) if number >= share * total]
    if coded.statements:
        features.append(f"first told {coded.statements[0].type}")
    features += ["killed"] * any(statement.killed for statement in coded.statements)
    return features


def candidates(coded: CodedDocument, title: str, published: date, field: str) -> dict[str, list[str]]:
    """Values that ``field`` may have, each with what speaks for it; a day is ``YYYY-MM-DD``, a month ``YYYY-MM``."""
    told = [mention for mention in _mentions(coded, field) if mention.value]
    day_told = published.isoformat()[: _WIDTH.get(field, 0)]
    if day_told:
        told.append(Told(day_told, len(coded.document.text), ("published",)))
    at: dict[str, list[Told]] = {}
    for mention in sorted(told, key=_start):
        at.setdefault(mention.value, []).append(mention)
    order = {value: number for number, value in enumerate(at)}
    triggers = sorted(span.start for s in coded.statements if s.type in VIOLATIONS for span in s.mentions)
    text = coded.document.text
    beside = {mention for mention in told if _in_a_violation(mention, coded)}
    written = list(dict.fromkeys(mention.value for mention in sorted(beside, key=_start) if mention.written))
    result: dict[str, list[str]] = {}
    for value, mentions in at.items():
        features = set(_standing(mentions, len(told), order[value], len(at), len(title)))
        features.update(note for mention in mentions for note in mention.notes)
        features.update(_nearness(mentions, triggers))
        around = " | ".join(
            text[max(0, m.start - _AROUND) : m.start + _AROUND] for m in mentions if m.start < len(text)
        )
        features.update(f"by {kind}" for kind, pattern in _patterns().items() if pattern.search(around))
        if day_told:
            features.update(_distance(value, published))
            features.add("latest" if value == max(at) else "earliest" if value == min(at) else "between")
            features.update(_written(value, written, value == day_told))
        else:
            features.update(f"in a violation {mention.notes[0]}" for mention in mentions if mention in beside)
        result[value] = sorted(features)
    return result


def _start(mention: Told) -> int:
    return mention.start


def _in_a_violation(mention: Told, coded: CodedDocument) -> bool:
    """Whether a mention stands in a sentence whose statement tells a violation."""
    sentences = (statement.sentence for statement in coded.statements if statement.type in VIOLATIONS)
    return any(sentence.start <= mention.start < sentence.end for sentence in sentences)


def _mentions(coded: CodedDocument, field: str) -> Iterator[Told]:
    if field in _WIDTH:
        yield from _times(coded, _WIDTH[field])
    else:
        yield from _places(coded, field)


def _times(coded: CodedDocument, width: int) -> Iterator[Told]:
    text = coded.document.text
    for time in coded.times:
        if time.earliest is None or time.latest is None:
            continue
        value = time.earliest.isoformat()[:width]
        if value == time.latest.isoformat()[:width]:
            before = re.findall(r"\w+", text[max(0, time.span.start - 20) : time.span.start])
            words = time.span.of(text)
            month, year = month_abbr[time.earliest.month] in words, value[:4] in words
            notes = (
                f"precision {time.precision}",
                f"basis {time.basis}",
                f"after {before[-1].lower()}" if before else "",
                f"{time.precision} by {'month' * month or 'no month'} and {'year' * year or 'no year'}",
            )
            yield Told(value, time.span.start, notes, year or (month and width > 4))
    first = True
    for statement in coded.statements:
        span = statement.time
        if span is None or statement.type not in VIOLATIONS or statement.status in _NOT_TOLD:
            continue
        value = span.earliest.isoformat()[:width] if span.earliest else ""
        if span.latest and value == span.latest.isoformat()[:width]:
            dates = ("dates a violation", f"dates a violation {span.basis}", f"dates {statement.type}")
            yield Told(value, statement.trigger.start, (*dates, *(("dates the first violation",) if first else ())))
            first = False


def _places(coded: CodedDocument, field: str) -> Iterator[Told]:
    for place in coded.places:
        notes = (f"role {place.role}", f"kind {place.kind}", *_before(coded.document.text, place.span.start))
        yield Told(_value(place, coded, field), place.span.start, notes)
    first = True
    for statement in coded.statements:
        if statement.place is not None and statement.type in VIOLATIONS:
            belongs = ("place of a violation", *(("place of the first violation",) if first else ()))
            yield Told(_value(statement.place, coded, field), statement.trigger.start, belongs)
            first = False
    if field == "country":
        for actor in coded.actors:
            yield Told(state(actor.country), actor.span.start, (f"actor {actor.sector}",))


def _before(text: str, start: int) -> Iterator[str]:
    words = re.findall(r"\w+", text[max(0, start - 20) : start])
    yield from (f"after {word.lower()}" for word in words[-1:])


def _value(place: Place, coded: CodedDocument, field: str) -> str:
    if field == "country":
        return state(place.country)
    return town(place, coded) or ""


def state(code: str | None) -> str:
    """The state that an ISO 3166-1 code belongs to: some of its codes are of territories."""
    return next((state for state, territories in _TERRITORIES.items() if code in territories), code or "")


def town(place: Place, coded: CodedDocument) -> str | None:
    """A town in the words of the article, as analysts write it down."""
    return place.span.of(coded.document.text).casefold() if place.precision in ("exact", "near") else None


def _standing(mentions: list[Told], all_told: int, order: int, rivals: int, title: int) -> Iterator[str]:
    share = len(mentions) / all_told
    yield from (f"share {least}" for least in (0.1, 0.25, 0.5, 0.75) if share >= least)
    yield from (f"times {least}" for least in (2, 3, 5, 9) if len(mentions) >= least)
    yield f"told {('first', 'second', 'third')[order]}" if order < 3 else "told later"
    yield from ["alone"] * (rivals == 1)
    start = mentions[0].start
    yield from ["in the title"] * (start < title)
    yield from ["in the opening"] * any(title <= mention.start < title + _OPENING for mention in mentions)
    yield from ["dateline"] * any(title <= mention.start < title + 12 for mention in mentions)


def _nearness(mentions: Iterable[Told], triggers: list[int]) -> Iterator[str]:
    nearest = 10**9
    for mention in mentions:
        at = bisect_left(triggers, mention.start)
        nearest = min([nearest, *(abs(trigger - mention.start) for trigger in triggers[max(0, at - 1) : at + 1])])
    yield next((f"a violation {name}" for least, name in _NEAR if nearest <= least), "no violation near")


def _written(value: str, written: list[str], published: bool) -> Iterator[str]:
    """How ``value`` stands to the dates that sentences on a violation write out: analysts copy those first."""
    if value in written:
        yield f"written out {('first', 'second', 'third', 'later')[min(written.index(value), 3)]}"
        yield from ["the only one written out"] * (len(written) == 1)
        yield from ["latest written out"] * (value == max(written))
        yield from ["earliest written out"] * (value == min(written))
    yield f"{'published' if published else 'not published'} {('none', 'one', 'some')[min(len(written), 2)]} written out"


def _distance(value: str, published: date) -> Iterator[str]:
    years = published.year - int(value[:4])
    if len(value) == 4:
        yield f"years ago {years}" if 0 <= years <= 3 else "years ago many" if years > 3 else "years to come"
        yield from ["years ago 4 to 9"] * (3 < years < 10)
        yield from ["early in the year"] * (published.month < 3)
        return
    months = years * 12 + published.month - int(value[5:7])
    if len(value) == 7:
        named = "0" if months == 0 else "1" if months == 1 else "2 to 5" if 0 < months < 6 else "many"
        yield f"months ago {named}" if months >= 0 else "months to come"
        yield from ["months ago beyond 24"] * (months > 24)
        return
    days = (published - date.fromisoformat(value)).days
    limits = ((0, "0"), (1, "1"), (3, "to 3"), (7, "to 7"), (31, "to 31"), (366, "to 366"))
    named = next((name for most, name in limits if days <= most), "many")
    yield f"days ago {named}" if days >= 0 else "days to come"


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    patterns: dict[str, re.Pattern[str]] = {}
    for row in csv_rows(_WORDS.read_text("utf-8"), _WORDS.name, ("kind", "words")):
        words = (re.escape(w.removesuffix("*")) + r"\w*" * w.endswith("*") for w in row.text("words").split("|"))
        patterns[row.text("kind")] = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    return patterns
