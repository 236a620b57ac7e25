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


VERBS = {
    "air": (
        ("bombed", "bombed", "An air strike"),
        ("struck", "hit", "An air raid"),
        ("bombed", "bombed", "A bombardment"),
    ),
    "guns": (("shelled", "shelled", "Shelling"), ("shelled", "hit by shells", "An artillery attack")),
}


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


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
    active, passive, noun = draw.choice(VERBS[incident.kind])
    told = _toll(incident, draw)
    actor, site, where, day, cited = incident.actor, incident.site, incident.where, incident.day, incident.cited
    forms: tuple[str, ...]
    if actor is None:
        forms = (
            f"{_capital(site)} in {where} was {passive} {day}, {told}, {cited}.",
            f"{noun} on {site} in {where} {day} went on for an hour, {told}, {cited}.",
        )
    else:
        forms = (
            f"{actor} {active} {site} in {where} {day}, {told}, {cited}.",
            f"{_capital(cited)} that {actor} {active} {site} in {where} {day}, {told}.",
            f"{_capital(site)} in {where} was {passive} by {actor} {day}, {told}, {cited}.",
            f"{_capital(day)} {actor} {active} {site} in {where}, {told}, {cited}.",
        )
    return draw.choice(forms)


def _denial(incident: Incident, party: str, draw: random.Random) -> str:
    denier, actor = DENIERS[party], incident.actor
    done, doing = ("bombed", "bombing") if incident.kind == "air" else ("shelled", "shelling")
    what = f"{incident.site} in {incident.where} {incident.day}"
    return draw.choice(
        (
            f"{denier} denied that {actor} had {done} {what}.",
            f"{denier} denied {doing} {what}.",
            f"{denier} rejected reports that {actor} {done} {what}.",
        )
    )


def _full(day: date, draw: random.Random) -> str:
    forms = (f"on {day.day} {day:%B %Y}", f"on {day:%B} {day.day}, {day.year}", f"on {day:%A} {day.day} {day:%B %Y}")
    return draw.choice(forms)


def _article(number: str, outlet: str, incident: Incident, lead: str, draw: random.Random) -> Article:
    fillers = draw.sample(FILLERS, 2)
    return Article(number, outlet, incident.written.isoformat(), " ".join((lead, *fillers)))


def _base(draw: random.Random) -> tuple[Incident, date, str, tuple[str, str]]:
    kind = draw.choice(("air", "guns"))
    actor, party = draw.choice(AIR if kind == "air" else GUNS)
    town = draw.choice(TOWNS)
    day = date(2014, 1, 5) + timedelta(days=draw.randrange(1200))
    incident = Incident(
        kind=kind,
        actor=actor,
        site=draw.choice(SITES),
        where=town[0],
        day=_full(day, draw),
        killed=str(draw.randint(11, 48)),
        injured=draw.choice((str(draw.randint(12, 60)), str(draw.randint(12, 60)), None)),
        cited=draw.choice(CITED),
        written=day + timedelta(days=1),
    )
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
