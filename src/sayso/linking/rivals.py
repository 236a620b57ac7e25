"""What makes two values of a field rivals: of each field how it is read, printed and compared.

A coder errs and a text is loose, so every rule here asks whether two values MUST exclude each other before it calls
them rivals; docs/design/linking.md tells which readings of real articles each of them comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.linking.compatibility import (
    Relation,
    counts_compatible,
    days,
    gap_days,
    place_relation,
    rival_times,
    sides_relation,
)
from sayso.linking.kinds import kinds
from sayso.linking.mention import Mention, mentions, stem
from sayso.linking.scoring import JOIN
from sayso.linking.speakers import registry
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
#: Numbers as near as this are one number, rounded ("at least 70" and 69).
_ROUNDED = 1.02
#: A number so many times another is a total beside a part of it: across documents, and within one.
_PART: Mapping[bool, float] = {False: 4.0, True: 2.0}
#: What follows a number, and the words for those it counts that leave out no one.
_WORD = re.compile(r"[^\W\d_]{2,40}")
#: Kinds of actors that have others as members.
_OF_MANY = frozenset({"alliance", "external_forces", "international_body"})
#: Nobody belongs to more than this many others.
_KIN = 50
_NEXT_WORD = re.compile(r"\s{1,3}([^\W\d_]{4,40})")
_PLURALS = frozenset({"people", "children", "women", "personnel"})
_ANYONE = frozenset({"people", "person", "others", "lives"})
#: PLOVER sectors that use force; a monitor named beside a strike did not fly it.
_FORCES = frozenset({"MIL", "GOV", "REB", "COP", "SPY", "UAF", "INS", "SEP", "CRM", "PRE"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with the document it stands in."""

    statement: Statement
    document: Document

    def mention(self) -> Mention:
        """Ready to be compared as if all were copies: what is told in the same words is the same."""
        return next(mentions(self.document, [self.statement], voice=""))


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


def count_value(count: Count) -> str:
    """A count as it is read: ``8``, ``at least 70``, ``at most 20`` or ``10 to 12``."""
    if count.maximum is None:
        return f"at least {count.minimum}"
    if count.minimum is None:
        return f"at most {count.maximum}"
    return str(count.minimum) if count.minimum == count.maximum else f"{count.minimum} to {count.maximum}"


def _rival_statuses(first: Telling, second: Telling) -> bool:
    if _status(first.statement) == _status(second.statement):
        return False
    denied, asserted = (first, second) if first.statement.status == "denied" else (second, first)
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
    return _rival_counts(first, second, first.statement.killed, second.statement.killed)


def _rival_injured(first: Telling, second: Telling) -> bool:
    return _rival_counts(first, second, first.statement.injured, second.statement.injured)


def _rival_counts(first: Telling, second: Telling, one: Count | None, other: Count | None) -> bool:
    return _differ(first, second, one, other) and not _brings_up_to_date(first, second, one, other)


def is_update(first: Telling, second: Telling, one: Count | None, other: Count | None) -> bool:
    """Whether of two counts that cannot both be true the larger was written on a later day: it updates the other."""
    return _differ(first, second, one, other) and _brings_up_to_date(first, second, one, other)


def _brings_up_to_date(first: Telling, second: Telling, one: Count | None, other: Count | None) -> bool:
    if one is None or other is None:
        return False
    more, fewer = (first, second) if number_of(one) >= number_of(other) else (second, first)
    return _written_later(more.document, fewer.document)


def _differ(first: Telling, second: Telling, one: Count | None, other: Count | None) -> bool:
    """Whether two counts of the same dead or injured cannot both be true of one moment."""
    if one is None or other is None or counts_compatible(one, other):
        return False
    if not _one_toll(first.statement, second.statement):
        return False
    if first.document.id == second.document.id and _on_other_days(first.statement, second.statement):
        return False  # a text that tells two days counts each
    more, fewer = (first, second) if number_of(one) >= number_of(other) else (second, first)
    high, low = max(number_of(one), number_of(other)), min(number_of(one), number_of(other))
    if high <= low * _ROUNDED or high > low * _PART[first.document.id == second.document.id]:
        return False
    if _of_some(fewer, one if fewer is first else other, more, other if fewer is first else one):
        return False
    if high in (_casualties(first.statement), _casualties(second.statement)):
        return False
    return not _covers(more.statement, fewer.statement)


def _on_other_days(one: Statement, other: Statement) -> bool:
    return one.time is not None and other.time is not None and gap_days(one.time, other.time) > 0


def _one_toll(one: Statement, other: Statement) -> bool:
    """Whether the two can be held to count the same dead: of a battle one report counts its own, another all."""
    return kinds().of(one.type).by_one and kinds().of(other.type).by_one


def _of_some(fewer: Telling, few: Count, more: Telling, many: Count) -> bool:
    """Whether the smaller number may count a part of them: 22 children, where the other has 26 civilians."""
    part, whole = _counted(fewer, few), _counted(more, many)
    return None not in (part, whole) and part != whole and part not in _ANYONE


def _counted(telling: Telling, count: Count) -> str | None:
    """Whom a number counts, as a stem: the plural right after it. None where the sentence goes on otherwise."""
    if not count.evidence:
        return None
    found = _NEXT_WORD.match(telling.document.text, count.evidence[0].end)
    word = found.group(1).casefold() if found else ""
    return stem(word) if word.endswith("s") or word in _PLURALS else None


def number_of(count: Count) -> int:
    """The one number a count is compared by: the least it can be, or the most where no least is told."""
    return count.minimum if count.minimum is not None else count.maximum or 0


def _casualties(statement: Statement) -> int | None:
    """Killed and injured together: "five killed and injured" is what another calls two killed and three injured."""
    if statement.killed is None or statement.injured is None:
        return None
    return number_of(statement.killed) + number_of(statement.injured)


def _covers(whole: Statement, part: Statement) -> bool:
    """Whether one is told of a longer time or a wider place, so that its larger number may include the other's."""
    if whole.time and part.time and whole.time.basis != "reported" and days(whole.time) > days(part.time):
        return True  # a time that only the day of the report bounds is not a longer one
    if whole.place is None or part.place is None:
        return whole.place is not part.place
    relation = place_relation(whole.place, part.place)
    if part.place.kind == "quarter" and whole.place.kind in ("city", "capital"):
        return relation is not Relation.APART  # what is counted for the town holds what is counted for its quarter
    return relation is Relation.WITHIN and _width(whole) > _width(part)


def _width(statement: Statement) -> int:
    order = ("exact", "near", "district", "region", "country")
    return order.index(statement.place.precision) if statement.place else 0


def _written_later(first: Document, second: Document) -> bool:
    """Whether the first was written on a later day than the second: its larger number brings the other up to date.

    A day worked out from the text is too unsure to settle that.
    """
    if not (first.written and second.written) or "text" in (first.written.basis, second.written.basis):
        return False
    return first.written.earliest > second.written.latest


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
        lambda s: float(_width(s)),
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
