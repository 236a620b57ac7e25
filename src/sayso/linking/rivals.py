"""What makes two values of a field rivals: of each field how it is read, printed and compared.

A coder errs and a text is loose, so every rule here asks whether two values MUST exclude each other before it calls
them rivals; docs/design/linking.md tells which readings of real articles each of them comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.linking.compatibility import (
    Relation,
    days,
    place_relation,
    place_width,
    rival_times,
    sides_relation,
)
from sayso.linking.kinds import kinds
from sayso.linking.mention import stem
from sayso.linking.rival_counts import Toll, are_rival, count_value
from sayso.linking.scoring import JOIN
from sayso.linking.speakers import registry
from sayso.linking.stopping import is_stopped
from sayso.linking.telling import Telling
from sayso.model import TOOK_PLACE, Actor, Count, DisagreementField, Document, Place, Span, Statement, TimeSpan

_NARROW = frozenset({"exact", "near", "district"})
#: Two rival tellings need this score in all other fields. Type, time and place alike are worth most of it, so
#: where one of them is the field in question, less will do.
_SURE = JOIN + 0.15
_SURE_WITHOUT_ONE = _SURE - 0.6
#: Numbers that nearly agree are what shows the event to be one, so they are asked of a little less, too.
_SURE_OF_COUNTS = JOIN - 0.15
#: Two reports whose shorter sentence has nearly all its words in the other are one wording.
_ONE_WORDING = 0.9
_WORD = re.compile(r"[^\W\d_]{2,40}")
#: Kinds of actors that have others as members.
_OF_MANY = frozenset({"alliance", "external_forces", "international_body"})
#: Nobody belongs to more than this many others.
_KIN = 50
#: PLOVER sectors that use force; a monitor named beside a strike did not fly it.
_FORCES = frozenset({"MIL", "GOV", "REB", "COP", "SPY", "UAF", "INS", "SEP", "CRM", "PRE"})


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is read and compared. The more specific of two tellings (``vagueness`` lower) leads a position."""

    name: DisagreementField
    value: Callable[[Statement], str | None]
    evidence: Callable[[Statement], tuple[Span, ...]]
    rival: Callable[[Telling, Telling], bool]
    vagueness: Callable[[Statement], float]
    #: The score in all OTHER features from which two tellings are held to be of one event.
    sure: float = _SURE


def _trigger(statement: Statement) -> tuple[Span, ...]:
    return (statement.trigger,)


def _status(statement: Statement) -> str | None:
    if statement.status in TOOK_PLACE:
        return "asserted"
    return "denied" if statement.status == "denied" else None


def time_value(time: TimeSpan) -> str:
    """A time as ISO 8601 at its precision: ``2016``, ``2016-03``, ``2016-03-12`` or ``2016-03-12/2016-03-14``."""
    if time.earliest == time.latest:
        return time.earliest.isoformat()
    if time.precision == "month" and days(time) <= 31:
        return f"{time.earliest:%Y-%m}"
    if time.precision == "year" and 365 <= days(time) <= 366:
        return f"{time.earliest.year:04d}"
    return f"{time.earliest.isoformat()}/{time.latest.isoformat()}"


def _rival_statuses(first: Telling, second: Telling) -> bool:
    if _status(first.statement) == _status(second.statement):
        return False
    denied, asserted = (first, second) if first.statement.status == "denied" else (second, first)
    if kinds().of(denied.statement.type).is_battle or is_stopped(asserted):
        return False
    if denied.mention().words <= asserted.mention().words:
        return False  # nothing is said that denies: the difference lies in our reading
    one, other = first.statement.place, second.statement.place
    return one is None or other is None or place_relation(one, other) is Relation.SAME


def _same_words(first: Telling, second: Telling) -> bool:
    """Whether both say it in one wording: then a difference lies in our reading of it, not in what they say."""
    return (first.mention().shared_words(second.mention()) or 0.0) >= _ONE_WORDING


def _rival_when(first: Telling, second: Telling) -> bool:
    one, other = first.statement.time, second.statement.time
    if one is None or other is None or not rival_times(one, other):
        return False
    if first.mention().words == second.mention().words:
        return False  # one sentence in two prints: what dates it is our reading of what stands around it
    # "on Wednesday" in two papers of different days is one wording, resolved against two dates of publication.
    bases = {one.basis, other.basis}
    return "anchored" not in bases or _words(first, one.evidence) != _words(second, other.evidence)


def _words(telling: Telling, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset(stem(word.casefold()) for span in spans for word in span.of(telling.document.text).split())


def _rival_where(first: Telling, second: Telling) -> bool:
    one, other = first.statement.place, second.statement.place
    if one is None or other is None or place_relation(one, other) is not Relation.APART:
        return False
    if not {one.precision, other.precision} <= _NARROW:
        return False
    # Where both places stand in a text, it may only be our reading that put its event at the other one.
    return not (_names(second.document, first, one) or _names(first.document, second, other))


def _names(document: Document, telling: Telling, place: Place) -> bool:
    return place.name in document.text or place.span.of(telling.document.text) in document.text


def _rival_actors(first: Telling, second: Telling) -> bool:
    one, other = first.statement, second.statement
    if not all(kinds().of(statement.type).by_one for statement in (one, other)):
        return False
    if any(actor.sector not in _FORCES for actor in (*one.actors, *other.actors)):
        return False
    if _same_words(first, second) and not (_named_here(one) and _named_here(other)):
        return False  # one wording that names nobody: whom it means is our reading of what stands around it
    return _are_others(first, one.actors, second, other.actors)


def _are_others(first: Telling, one: Sequence[Actor], second: Telling, other: Sequence[Actor]) -> bool:
    """Whether nobody of the one can be among the other."""
    # Whom the other's sentence names as well, only our reading of it left out.
    if _all_named(first, one, second) or _all_named(second, other, first):
        return False
    # "Gunmen" may be anyone's; "Russian jets" are among "Syrian and Russian jets", whoever the registry took those for.
    if any(actor.sector == "UAF" and actor.actor_id is None for actor in (*one, *other)):
        return False
    if _own_names(first, one) & _own_names(second, other):
        return False
    if sides_relation(one, other) is Relation.APART:
        return True
    return bool(one and other) and all(_strangers(a, b) for a in one for b in other)


def _named_here(statement: Statement) -> bool:
    return any(statement.sentence.contains(actor.span) for actor in statement.actors)


def _all_named(telling: Telling, parties: Sequence[Actor], other: Telling) -> bool:
    """Whether the words for all of ``parties`` stand in the other's sentence too."""
    sentence = other.statement.sentence.of(other.document.text)
    return bool(parties) and all(party.span.of(telling.document.text) in sentence for party in parties)


def _strangers(one: Actor, other: Actor) -> bool:
    """Two parties known by name, not of one country, neither of which belongs to the other; those of one country may
    fight side by side."""
    if one.actor_id is None or other.actor_id is None or one.actor_id == other.actor_id:
        return False
    entries = [registry().get(actor_id) for actor_id in (one.actor_id, other.actor_id)]
    if any(entry is None or entry.kind in _OF_MANY for entry in entries):
        return False
    return one.country != other.country and _chain(one.actor_id).isdisjoint(_chain(other.actor_id))


@lru_cache(maxsize=10_000)
def _chain(actor_id: str) -> frozenset[str]:
    """An actor of the registry with all it belongs to, came from or became."""
    chain, waiting = {actor_id}, [actor_id]
    while waiting and len(chain) < _KIN:
        entry = registry().get(waiting.pop())
        for kin in (*entry.parents, *entry.predecessors, *entry.successors) if entry else ():
            if kin not in chain:
                chain.add(kin)
                waiting.append(kin)
    return frozenset(chain)


def _own_names(telling: Telling, parties: Sequence[Actor]) -> frozenset[str]:
    """The words parties are named by, without what many a party has: "jets", "forces"."""
    named = (span.of(telling.document.text) for span in (party.span for party in parties))
    words = (word for name in named for word in _WORD.findall(name.casefold()))
    return frozenset(stem(word) for word in words if registry().descriptions.head([word]) is None)


def _rival_targets(first: Telling, second: Telling) -> bool:
    """To whom it was done: only where both name an armed side or a state; of civilians each report names some."""
    one, other = first.statement, second.statement
    if not all(kinds().of(statement.type).by_one for statement in (one, other)):
        return False
    if any(target.actor_id is None or target.sector not in _FORCES for target in (*one.targets, *other.targets)):
        return False
    return _are_others(first, one.targets, second, other.targets)


def _rival_types(first: Telling, second: Telling) -> bool:
    if first.document.id == second.document.id or _same_words(first, second):
        return False
    return kinds().rivals(first.statement.type, second.statement.type)


def _rival_killed(first: Telling, second: Telling) -> bool:
    one, other = first.statement.killed, second.statement.killed
    return one is not None and other is not None and are_rival(Toll(first, one), Toll(second, other))


def _rival_injured(first: Telling, second: Telling) -> bool:
    one, other = first.statement.injured, second.statement.injured
    return one is not None and other is not None and are_rival(Toll(first, one), Toll(second, other))


def _always_alike(_: Statement) -> float:
    return 0.0


def _time_length(statement: Statement) -> float:
    return days(statement.time) if statement.time else 0


def _openness(count: Count | None) -> float:
    if count is None or count.minimum is None or count.maximum is None:
        return float("inf")
    return count.maximum - count.minimum


def _party_names(actors: Sequence[Actor]) -> str | None:
    return ", ".join(dict.fromkeys(actor.name for actor in actors)) or None


#: In the order they are shown.
FIELDS = (
    Field("status", _status, _trigger, _rival_statuses, _always_alike),
    Field(
        "time",
        lambda s: time_value(s.time) if s.time else None,
        lambda s: (s.time.evidence or (s.trigger,)) if s.time else (),
        _rival_when,
        _time_length,
        _SURE_WITHOUT_ONE,
    ),
    Field(
        "place",
        lambda s: s.place.name if s.place else None,
        lambda s: (s.place.span,) if s.place else (),
        _rival_where,
        lambda s: float(place_width(s.place)) if s.place else 0.0,
        _SURE_WITHOUT_ONE,
    ),
    Field(
        "actors",
        lambda s: _party_names(s.actors),
        lambda s: tuple(actor.span for actor in s.actors),
        _rival_actors,
        lambda s: -len(s.actors),
    ),
    Field(
        "targets",
        lambda s: _party_names(s.targets),
        lambda s: tuple(target.span for target in s.targets),
        _rival_targets,
        lambda s: -len(s.targets),
    ),
    Field(
        "killed",
        lambda s: count_value(s.killed) if s.killed else None,
        lambda s: (s.killed.evidence or (s.trigger,)) if s.killed else (),
        _rival_killed,
        lambda s: _openness(s.killed),
        _SURE_OF_COUNTS,
    ),
    Field(
        "injured",
        lambda s: count_value(s.injured) if s.injured else None,
        lambda s: (s.injured.evidence or (s.trigger,)) if s.injured else (),
        _rival_injured,
        lambda s: _openness(s.injured),
        _SURE_OF_COUNTS,
    ),
    Field("type", lambda s: s.type, _trigger, _rival_types, _always_alike, _SURE_WITHOUT_ONE),
)
