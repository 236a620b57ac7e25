"""Pairs of invented articles in the manner of agencies, each on one invented incident, for ``bench/disagreements.py``.

Two articles of a pair tell one incident in different words. They differ in one thing that cannot be true twice (count,
day, place, actor, whether it happened), or only in what can: precision, silence, wording, a later toll. All is drawn
from a seed; the places and parties are real names, the incidents are not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

#: Towns far apart from each other, with the province they lie in.
TOWNS = (
    ("Maarat al-Numan", "Idlib"),
    ("Jisr al-Shughour", "Idlib"),
    ("Khan Sheikhoun", "Idlib"),
    ("Manbij", "Aleppo"),
    ("Al-Bab", "Aleppo"),
    ("Afrin", "Aleppo"),
    ("Palmyra", "Homs"),
    ("Talbiseh", "Homs"),
    ("Salamiyah", "Hama"),
    ("Douma", "Rif Dimashq"),
    ("Zabadani", "Rif Dimashq"),
    ("Al-Mayadin", "Deir ez-Zor"),
    ("Abu Kamal", "Deir ez-Zor"),
    ("Tabqa", "Raqqa"),
    ("Qamishli", "Hasakah"),
    ("Jableh", "Latakia"),
)
#: Who can have done what: (noun phrase, its party) by type of incident.
AIR = (
    ("Russian warplanes", "Russia"),
    ("Syrian government warplanes", "Syria"),
    ("Turkish jets", "Turkey"),
    ("US-led coalition warplanes", "coalition"),
    ("Israeli jets", "Israel"),
)
GUNS = (
    ("Syrian army forces", "Syria"),
    ("Turkish forces", "Turkey"),
    ("Islamic State militants", "Islamic State"),
    ("Hezbollah fighters", "Hezbollah"),
)
DENIERS = {
    "Russia": "The Russian defence ministry",
    "Syria": "The Syrian army",
    "Turkey": "The Turkish military",
    "coalition": "A coalition spokesman",
    "Israel": "The Israeli army",
    "Islamic State": "The Islamic State group",
    "Hezbollah": "Hezbollah",
}
SITES = ("a market", "a hospital", "a school", "a bakery", "a residential district", "a refugee camp")
CITED = (
    "the Syrian Observatory for Human Rights said",
    "a local official told reporters",
    "activists said",
    "residents said by telephone",
    "a medical source said",
    "the civil defence said",
)
FILLERS = (
    "The town has changed hands several times in recent years.",
    "There was no immediate comment from other parties.",
    "Footage posted online showed people searching through rubble.",
    "Schools in the area were closed the next day.",
    "The conflict has displaced millions of people.",
    "Aid groups called for safe passage for civilians.",
    "The road to the town had been reopened a week earlier.",
    "Ambulances were seen heading to the area.",
)
OUTLETS = ("Reuters", "TRT World", "Jordan Times", "Ahram Online", "Asharq Al-Awsat", "Daily Sabah", "Al Arabiya")


@dataclass(frozen=True)
class Incident:
    """What an article of a pair tells; ``day`` as it is worded, ``where`` the town or its province."""

    kind: str  # "air" or "guns"
    actor: str | None
    site: str
    where: str
    day: str
    killed: str | None
    injured: str | None
    cited: str
    written: date


@dataclass(frozen=True)
class Article:
    """One article of a pair: a row as ``sayso code`` takes it."""

    id: str
    outlet: str
    published: str
    text: str


@dataclass(frozen=True)
class Pair:
    """``field`` is the disagreement to be shown, None where the two articles can both be true; ``why`` says how."""

    field: str | None
    why: str
    articles: tuple[Article, Article]


def _verbs(kind: str, draw: random.Random) -> tuple[str, str, str]:
    """(active, passive, noun) of one attack."""
    return draw.choice(
        (("bombed", "bombed", "air strike"), ("struck", "hit", "air raid"), ("bombed", "bombed", "bombardment from the air"))
        if kind == "air"
        else (("shelled", "shelled", "shelling"), ("shelled", "hit by shells", "artillery attack"))
    )


def _toll(incident: Incident, draw: random.Random) -> str:
    if incident.killed and incident.injured:
        return draw.choice(
            (
                f"killing {incident.killed} people and injuring {incident.injured}",
                f"leaving {incident.killed} people dead and {incident.injured} wounded",
            )
        )
    if incident.killed:
        return f"killing {incident.killed} people"
    return f"injuring {incident.injured} people" if incident.injured else "causing heavy damage"


def _lead(incident: Incident, draw: random.Random) -> str:
    active, passive, noun = _verbs(incident.kind, draw)
    toll, site, where, day = _toll(incident, draw), incident.site, incident.where, incident.day
    if incident.actor is None:
        return draw.choice(
            (
                f"{site.capitalize()} in {where} was {passive} {day}, {toll}, {incident.cited}.",
                f"An attack on {site} in {where} took place {day}: the {noun} went on for an hour, {toll}, {incident.cited}.",
            )
        ).replace("An attack on", "An " + noun + " on" if noun[0] in "aeiou" else "A " + noun + " on")
    return draw.choice(
        (
            f"{incident.actor} {active} {site} in {where} {day}, {toll}, {incident.cited}.",
            f"{incident.cited[0].upper() + incident.cited[1:]} that {incident.actor} {active} {site} in {where} {day}, {toll}.",
            f"{site.capitalize()} in {where} was {passive} by {incident.actor} {day}, {toll}, {incident.cited}.",
            f"{day[0].upper() + day[1:]} {incident.actor} {active} {site} in {where}, {toll}, {incident.cited}.",
        )
    )


def _denial(incident: Incident, party: str, draw: random.Random) -> str:
    denier = DENIERS[party]
    return draw.choice(
        (
            f"{denier} denied that {incident.actor} had bombed {incident.site} in {incident.where} {incident.day}.",
            f"{denier} on the same day denied bombing {incident.site} in {incident.where} {incident.day}.",
            f"{denier} rejected reports that {incident.actor} bombed {incident.site} in {incident.where} {incident.day}.",
        )
        if incident.kind == "air"
        else (
            f"{denier} denied that {incident.actor} had shelled {incident.site} in {incident.where} {incident.day}.",
            f"{denier} denied shelling {incident.site} in {incident.where} {incident.day}.",
            f"{denier} rejected reports that {incident.actor} shelled {incident.site} in {incident.where} {incident.day}.",
        )
    )


def _full(day: date, draw: random.Random) -> str:
    return draw.choice((f"on {day.day} {day:%B %Y}", f"on {day:%B} {day.day}, {day.year}", f"on {day:%A} {day.day} {day:%B %Y}"))


def _article(number: str, outlet: str, incident: Incident, lead: str, draw: random.Random) -> Article:
    fillers = draw.sample(FILLERS, 2)
    return Article(number, outlet, incident.written.isoformat(), " ".join((lead, *fillers)))


def _base(draw: random.Random) -> tuple[Incident, date, str, tuple[str, str]]:
    kind = draw.choice(("air", "guns"))
    actor, party = draw.choice(AIR if kind == "air" else GUNS)
    town = draw.choice(TOWNS)
    day = date(2014, 1, 5) + timedelta(days=draw.randrange(1200))
    incident = Incident(
        kind, actor, draw.choice(SITES), town[0], _full(day, draw), str(draw.randint(11, 48)), str(draw.randint(12, 60)),
        draw.choice(CITED), day + timedelta(days=1),
    )  # fmt: skip
    return incident, day, party, town


Change = Callable[[Incident, date, str, tuple[str, str], random.Random], Incident]


def _other_count(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    killed = int(one.killed or 0)
    return replace(one, killed=str(killed + max(2, round(killed * draw.uniform(0.12, 0.9)))))


def _other_day(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, day=_full(day + timedelta(days=draw.choice((-3, -2, -1))), draw))


def _other_place(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, where=draw.choice([name for name, province in TOWNS if province != town[1]]))


def _other_actor(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, actor=draw.choice([a for a, p in (AIR if one.kind == "air" else GUNS) if p != party]))


def _same(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return one


def _open_count(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, killed=f"{draw.choice(('at least', 'more than'))} {int(one.killed or 0) - draw.randint(1, 8)}")


def _no_count(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, killed=None, injured=draw.choice((None, one.injured)))


def _month(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, day=f"in {day:%B %Y}")


def _weekday(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, day=f"on {day:%A}")


def _province(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, where=f"{town[1]} province")


def _no_actor(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    return replace(one, actor=draw.choice((None, "warplanes" if one.kind == "air" else "fighters")))


def _later_toll(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    later = one.written + timedelta(days=draw.randint(1, 3))
    return replace(one, killed=str(int(one.killed or 0) + draw.randint(2, 9)), written=later)


def _another_incident(one: Incident, day: date, party: str, town: tuple[str, str], draw: random.Random) -> Incident:
    other = draw.choice([name for name, province in TOWNS if province != town[1]])
    away = day + timedelta(days=draw.choice((0, 0, 9, 20)))
    return replace(
        one,
        where=other,
        day=_full(away, draw),
        written=away + timedelta(days=1),
        site=draw.choice(SITES),
        killed=str(draw.randint(49, 90)),
        injured=str(draw.randint(61, 99)),
        cited=draw.choice(CITED),
    )


#: What is to be shown -> how the second article differs. A denial is worded by itself.
RIVALS: dict[str, Change] = {
    "killed": _other_count,
    "time": _other_day,
    "place": _other_place,
    "actors": _other_actor,
    "status": _same,
}
COMPATIBLE: dict[str, Change] = {
    "the same in other words": _same,
    "at least so many": _open_count,
    "no count": _no_count,
    "a month and its day": _month,
    "a weekday and its day": _weekday,
    "a province and its town": _province,
    "no actor": _no_actor,
    "a later toll": _later_toll,
    "another incident": _another_incident,
}


def pairs(seed: int, number: int) -> Iterator[Pair]:
    """``number`` pairs that differ, then as many that can both be true; the same for the same seed."""
    draw = random.Random(seed)
    for index in range(number):
        field = list(RIVALS)[index % len(RIVALS)]
        yield _pair(f"r{index}", field, field, RIVALS[field], draw)
    for index in range(number):
        why = list(COMPATIBLE)[index % len(COMPATIBLE)]
        yield _pair(f"c{index}", None, why, COMPATIBLE[why], draw)


def _pair(name: str, field: str | None, why: str, change: Change, draw: random.Random) -> Pair:
    incident, day, party, town = _base(draw)
    other = replace(change(incident, day, party, town, draw), cited=draw.choice(CITED))
    outlets = draw.sample(OUTLETS, 2)
    leads = (_lead(incident, draw), _denial(other, party, draw) if field == "status" else _lead(other, draw))
    one, two = (
        _article(f"{name}{side}", outlet, told, lead, draw)
        for side, outlet, told, lead in zip("ab", outlets, (incident, other), leads, strict=True)
    )
    return Pair(field, why, (one, two))
