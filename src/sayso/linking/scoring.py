"""How alike two reported events are: a handful of named features with weights, on one screen.

Every feature is between -1.5 (speaks against) and 1 (speaks for), 0 where nothing is known. The score is their weighted
sum; ``explain`` gives the parts, so that a person can read why two reports were joined. ``VETO`` ends the matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.linking.compatibility import (
    Relation,
    actor_relation,
    counts_compatible,
    days,
    gap_days,
    place_relation,
    sides_relation,
)
from sayso.linking.kinds import kinds
from sayso.linking.mention import Mention
from sayso.model import Count, Place, Statement

VETO = -9.0

#: What a shared span of at most so many days is worth: the longer, the less it says.
_TIME_WORTH = ((2, 1.0), (7, 0.8), (31, 0.4), (92, 0.3), (366, 0.2))
#: Of a kind that recurs, a span this many days longer is told of several events: a summary, not the same one.
_SUMMARY_DAYS = 4

#: What two numbers that cannot both be true say against, by how many times the one is the other. Beyond, no one event.
_COUNT_WORTH = ((1.5, -0.3), (4.0, -1.0), (10.0, -1.5))
#: Two numbers from here up that nearly agree speak FOR one event: no town has two of that size in a day.
_LARGE = 10
#: A time no longer than this is that of one deed.
_DAYS_OF_ONE = 3
#: Share of the shorter sentence's words from which two sentences tell the same in much the same way.
_LIKE_WORDS = 0.6

Feature = Callable[[Mention, Mention], float]


def type_alike(first: Mention, second: Mention) -> float:
    """The same type, or one that the same event is also told as."""
    nearness = kinds().nearness(first.statement.type, second.statement.type)
    return nearness or VETO


def time_alike(first: Mention, second: Mention) -> float:
    """Shared days, counting for less the longer the spans. A month meets a day only where the kind is rare."""
    one, other = first.statement.time, second.statement.time
    if one is None or other is None:
        return 0.0
    gap = gap_days(one, other)
    if gap:
        both_days = days(one) <= 3 and days(other) <= 3
        return -0.5 if gap == 1 and both_days else -1.0 if gap <= 3 and both_days else VETO
    short, long = sorted((days(one), days(other)))
    if first.kind.recurs and long >= short + _SUMMARY_DAYS:
        return VETO if long > 7 else -0.5
    return next((worth for limit, worth in _TIME_WORTH if long <= limit), 0.0)


def place_alike(first: Mention, second: Mention) -> float:
    """The same place; for less, one near or within the other. The same region or country says little."""
    one, other = first.statement.place, second.statement.place
    if one is None or other is None:
        return 0.0
    relation = place_relation(one, other)
    if relation is Relation.SAME:
        return {"country": 0.1, "region": 0.4, "district": 0.7}.get(one.precision, 1.0)
    if relation is Relation.WITHIN:
        return 0.1 if "country" in (one.precision, other.precision) else 0.4
    if relation is Relation.APART:
        return _apart(first, one, second, other)
    return 0.5 if relation is Relation.NEAR else 0.0


def _apart(first: Mention, one: Place, second: Mention, other: Place) -> float:
    """What two places say that cannot be one."""
    if first.kind.spoken and second.kind.spoken and one.precision == other.precision == "country":
        return 0.0  # of a demand the country told may be who makes it or whom it is made to
    if _one_toll(first, second):
        return -0.5  # no two towns count the same many killed and injured in a day
    if first.kind.recurs or second.kind.recurs:
        return VETO
    # What is told of two towns in one breath stands at one of them here, and may stand at the other there.
    beside = any(place_relation(p, other) is Relation.SAME for p in first.beside) or any(
        place_relation(p, one) is Relation.SAME for p in second.beside
    )
    return 0.5 if beside else VETO


def _one_toll(first: Mention, second: Mention) -> bool:
    """Whether both tell one large number of killed, and of injured too; if not all tell it, in like words."""
    one, other = first.statement, second.statement
    if one.killed is None or other.killed is None or (one.killed.minimum or 0) < _LARGE:
        return False
    if (one.killed.minimum, one.killed.maximum) != (other.killed.minimum, other.killed.maximum):
        return False
    if one.injured is None or other.injured is None:
        return (first.shared_words(second) or 0.0) >= _LIKE_WORDS
    return (one.injured.minimum, one.injured.maximum) == (other.injured.minimum, other.injured.maximum)


def actors_alike(first: Mention, second: Mention) -> float:
    """Who did it. Sides changed round (who took from whom) are another event."""
    one, other = first.statement, second.statement
    if _swapped(one, other):
        return VETO
    relation = sides_relation(one.actors, other.actors)
    if relation is Relation.APART and _one_deed(one, other):
        return -0.3  # whose planes they were is what the two differ in
    return {Relation.SAME: 1.0, Relation.WITHIN: 0.5, Relation.APART: -1.5}.get(relation, 0.0)


def _one_deed(one: Statement, other: Statement) -> bool:
    """Whether type, town, day and a large number of killed are all the same."""
    if one.type != other.type or one.killed is None or other.killed is None:
        return False
    if one.time is None or other.time is None or one.place is None or other.place is None:
        return False
    return (
        (one.killed.minimum or 0) >= _LARGE
        and one.killed.minimum == other.killed.minimum
        and gap_days(one.time, other.time) == 0
        and max(days(one.time), days(other.time)) <= _DAYS_OF_ONE
        and place_relation(one.place, other.place) in (Relation.SAME, Relation.NEAR)
        and "region" not in (one.place.precision, other.place.precision)
        and "country" not in (one.place.precision, other.place.precision)
    )


def _swapped(one: Statement, other: Statement) -> bool:
    crossed = any(actor_relation(a, t) is Relation.SAME for a in one.actors for t in other.targets) or any(
        actor_relation(a, t) is Relation.SAME for a in other.actors for t in one.targets
    )
    return crossed and sides_relation(one.actors, other.actors) is not Relation.SAME


def targets_alike(first: Mention, second: Mention) -> float:
    """To whom it was done."""
    relation = sides_relation(first.statement.targets, second.statement.targets)
    return {Relation.SAME: 1.0, Relation.WITHIN: 0.5, Relation.APART: -0.5}.get(relation, 0.0)


def killed_alike(first: Mention, second: Mention) -> float:
    """How many were killed: the larger a number both tell, the surer."""
    return _counts_alike(first.statement.killed, second.statement.killed)


def injured_alike(first: Mention, second: Mention) -> float:
    """How many were injured."""
    return _counts_alike(first.statement.injured, second.statement.injured)


def _counts_alike(one: Count | None, other: Count | None) -> float:
    if one is None or other is None:
        return 0.0
    if (one.minimum, one.maximum) == (other.minimum, other.maximum):
        number = one.minimum or one.maximum or 0
        return 1.0 if number > 5 else 0.6 if number > 2 else 0.3
    if counts_compatible(one, other):
        return 0.3
    low, high = sorted((one.minimum or one.maximum or 0, other.minimum or other.maximum or 0))
    if low >= _LARGE and high <= 1.5 * low:
        return 0.6
    return next((worth for limit, worth in _COUNT_WORTH if high <= limit * low), VETO)


def words_alike(first: Mention, second: Mention) -> float:
    """The share of the shorter sentence's words that the other has: a fifth is chance, seven tenths are plenty."""
    share = first.shared_words(second)
    return 0.0 if share is None else max(-0.3, min(1.0, (share - 0.2) / 0.5))


def trigger_alike(first: Mention, second: Mention) -> float:
    """The same word for what happened."""
    return 1.0 if first.trigger == second.trigger else 0.0


def site_alike(first: Mention, second: Mention) -> float:
    """What was hit: both tell of a hospital, or one of a hospital and the other of a market."""
    if not first.sites or not second.sites:
        return 0.0
    return 1.0 if first.sites & second.sites else -0.5


def status_alike(first: Mention, second: Mention) -> float:
    """A plan is not yet what was planned. A denial speaks of the same event as the report it denies."""
    unreal = [m.statement.status in ("planned", "hypothetical") for m in (first, second)]
    return -1.0 if unreal[0] != unreal[1] else 0.0


def text_alike(first: Mention, second: Mention) -> float:
    """The same sentence in two copies of one text."""
    copies = first.voice == second.voice and first.statement.document_id != second.statement.document_id
    return 1.0 if copies and (first.shared_words(second) or 0.0) >= 0.75 else 0.0


def document_alike(first: Mention, second: Mention) -> float:
    """Two events of one document: the coder kept them apart, so only a retelling (a heading, a lead) is joined."""
    one, other = first.statement, second.statement
    if one.document_id != other.document_id:
        return 0.0
    if one.sentence == other.sentence:
        return VETO
    retold = first.retells or second.retells
    return (-0.2 if retold else -1.0) - (0.0 if one.type == other.type else 0.5)


#: Name, weight, feature. Set by reading the joins and near-joins of 147 coded articles (docs/design/linking.md).
FEATURES: tuple[tuple[str, float, Feature], ...] = (
    ("type", 0.8, type_alike),
    ("document", 1.0, document_alike),
    ("time", 1.0, time_alike),
    ("place", 1.0, place_alike),
    ("actors", 0.5, actors_alike),
    ("targets", 0.3, targets_alike),
    ("killed", 0.7, killed_alike),
    ("injured", 0.5, injured_alike),
    ("site", 0.5, site_alike),
    ("words", 0.6, words_alike),
    ("trigger", 0.15, trigger_alike),
    ("status", 0.6, status_alike),
    ("text", 1.5, text_alike),
)
#: Two reports with at least this score tell one event: type, day and town alike is 2.8.
JOIN = 2.75
#: Of a kind that recurs, a town may see several in a day: it takes something more that the two have in common.
JOIN_RECURRING = 3.0


def score(first: Mention, second: Mention, without: str | None = None) -> float:
    """The weighted sum, or ``VETO``; ``without`` leaves one feature out."""
    if not _placeable(first, second):
        return VETO
    total = 0.0
    for name, weight, feature in FEATURES:
        if name == without:
            continue
        value = feature(first, second)
        if value <= VETO:
            return VETO
        total += weight * value
    return total


def join_from(first: Mention, second: Mention) -> float:
    """The score from which the two are one event."""
    return JOIN_RECURRING if first.kind.recurs or second.kind.recurs else JOIN


def _placeable(first: Mention, second: Mention) -> bool:
    """A report with neither time nor place is joined only within its document or with a copy of it."""
    if first.voice == second.voice:
        return True
    return all(m.statement.time is not None or m.statement.place is not None for m in (first, second))


def explain(first: Mention, second: Mention) -> Sequence[tuple[str, float]]:
    """Name and weighted value of every feature that said something, strongest first."""
    parts = [(name, weight * feature(first, second)) for name, weight, feature in FEATURES]
    return sorted((part for part in parts if part[1]), key=lambda part: (-abs(part[1]), part[0]))
