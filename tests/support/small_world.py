"""Coded documents of a small world: two towns and a region, a few days, and everything that linking looks at.

They are made by chance, so that reports of one event, copies, standing text, silent sides, undated reports, headings
with another date and orders that cannot be come about by themselves.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from random import Random

from sayso.ids import content_id
from sayso.model import Actor, CodedDocument, Count, Document, Place, Segment, Span, Statement, TimeSpan, Written

_DAYS = (10, 11, 12, 13, 14)
_VILLAGES = ("Birch", "Cedar", "Hazel")
_OUTLETS = ("SANA", "Sputnik", "The Herald", "The Courier", None)
_PLACES = {"Amber": (35.2, 36.5), "Dunes": (33.0, 39.0), "Northmarch": (35.0, 36.0)}
_PLACES |= {name: (34.0, 40.0 + at) for at, name in enumerate(_VILLAGES)}
_ACTORS = {"The army": ("xn-mil", "XN", "MIL"), "Reds": ("reds", "XN", "REB"), "Westland": ("xw-mil", "XW", "MIL")}
_DEEDS = {
    "shelled": "shelling", "bombed": "air_strike", "captured": "capture", "recaptured": "capture",
    "demined": "demining", "liberated": "capture",
}  # fmt: skip
_FOOTER = (
    "The war began six years ago with protests that were put down by force and has since drawn in four foreign armies, "
    "and several rounds of talks between the sides have ended without result of any kind. "
)
#: Many of them, so that an outlet seldom prints one for the third time: then it would be standing text.
_STORIES = tuple(
    f"{opening} of {town} crossed the old bridge at dawn with sacks of flour, and the {kind} in the square asked each "
    f"of them for a paper that nobody had, until the {kind} of the next street let all pass without a word to anyone. "
    for opening, kind in (("Women", "guards"), ("Farmers", "clerks"), ("Drivers", "soldiers"))
    for town in ("Elm", "Fir", "Ivy", "Oak")
)


def small_world(random: Random, number: int) -> CodedDocument:
    """Document ``number``: nothing in it but what chance says."""
    outlet = random.choice(_OUTLETS)
    written = date(2016, random.choice((3, 3, 3, 4)), random.randint(10, 20))
    dated, page = random.random() < 0.9, number if random.random() < 0.7 else 0
    if random.random() < 0.3:
        random = Random(random.randint(0, 4))  # what some agency wrote, printed by whoever
    parts: list[str] = []
    told: list[tuple[int, str, str]] = []
    segments: list[tuple[int, int, str]] = []
    at = 0

    def say(words: str, kind: str = "body") -> None:
        nonlocal at
        parts.append(words)
        segments.append((at, at + len(words), kind))
        at += len(words)

    if random.random() < 0.4:
        verb, words = _sentence(random)
        told.append((at, verb, words))
        say(words + "\n", "heading")
        if f"{_DAYS[0]} March" in words:  # the text under it tells the same, of another day
            slip = words.replace(f"{_DAYS[0]} March", f"{_DAYS[-1]} March")
            told.append((at, verb, slip))
            say(slip + " ")
    if random.random() < 0.5:
        say("".join(random.sample(_STORIES, random.randint(1, 2))))
    for _ in range(random.randint(0, 3)):
        verb, words = _sentence(random)
        told.append((at, verb, words))
        say(words + " ")
    if random.random() < 0.5:
        say(_FOOTER)
    say(f"Page {page}.")
    text = "".join(parts)
    document = Document(
        id=f"d{number}",
        capture_id="cap",
        text=text,
        segments=tuple(Segment(start, end, kind) for start, end, kind in segments),  # type: ignore[arg-type]
        outlet=outlet,
        written=Written(written, written, written, "given", ()) if dated else None,
    )
    statements = tuple(_statement(document.id, text, *one) for one in told)
    return CodedDocument(document, (), tuple(s.place for s in statements if s.place), (), (), (), statements)


def _sentence(random: Random) -> tuple[str, str]:
    verb = random.choice(tuple(_DEEDS))
    if random.random() < 0.15:  # of what is told without a day, or told once
        return (
            "demined",
            f"The army demined {random.choice(_VILLAGES)}{random.choice(('', ' in 2016', ' on 12 March 2016'))}.",
        )
    who = random.choice(("", *_ACTORS))
    day = f"{random.choice(_DAYS)} March 2016"
    when = random.choice((f" on {day}", f" on {day}", " in March 2016", " in 2016", ""))
    killed = random.choice(("", f", killing {random.choice((3, 40, 44))} people"))
    where = random.choice(("Amber", "Amber", "Dunes", "Northmarch"))
    rank = random.choice(("", "first ")) if verb == "liberated" else ""
    site = random.choice(("", "", "", "a market in ", "a hospital in "))
    return verb, f"{who or 'Gunmen'} {rank}{verb} {site}{where}{when}{killed}."


def _statement(document_id: str, text: str, start: int, verb: str, sentence: str) -> Statement:
    def span(words: str) -> Span:
        found = start + sentence.index(words)
        return Span(found, found + len(words))

    where = next(name for name in _PLACES if name in sentence)
    precision = "region" if where == "Northmarch" else "exact"
    place = Place(span(where), where, *_PLACES[where], "city", precision, "XN", "March", where)  # type: ignore[arg-type]
    actors = [Actor(span(name), name, *known, role="actor") for name, known in _ACTORS.items() if name in sentence]
    number = next((n for n in (3, 40, 44) if f"killing {n} " in sentence), None)
    trigger = span(verb)
    return Statement(
        id=content_id("stm", document_id, trigger.start, trigger.end, _DEEDS[verb]),
        document_id=document_id,
        trigger=trigger,
        mentions=(trigger,),
        sentence=Span(start, start + len(sentence)),
        type=_DEEDS[verb],
        status="happened",
        actors=tuple(actors),
        targets=(),
        place=place,
        time=next(_times(sentence, span), None),
        killed=Count(number, number, (span(f"killing {number}"),)) if number else None,
        injured=None,
        claimed_by=(),
        coder="by chance",
    )


def _times(sentence: str, span: object) -> Iterator[TimeSpan]:
    for day in _DAYS:
        if (words := f"{day} March 2016") in sentence:
            yield TimeSpan(date(2016, 3, day), date(2016, 3, day), "day", "explicit", (span(words),))  # type: ignore[operator]
    if "in March 2016" in sentence:
        last = calendar.monthrange(2016, 3)[1]
        yield TimeSpan(date(2016, 3, 1), date(2016, 3, last), "month", "explicit", (span("March 2016"),))  # type: ignore[operator]
    if "in 2016" in sentence:
        yield TimeSpan(date(2016, 1, 1), date(2016, 12, 31), "year", "explicit", (span("2016"),))  # type: ignore[operator]
