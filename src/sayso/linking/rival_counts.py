"""When two numbers of killed, or of injured, cannot both be true of one moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.linking.compatibility import Relation, counts_compatible, days, gap_days, place_relation, place_width
from sayso.linking.kinds import kinds
from sayso.linking.mention import stem
from sayso.linking.telling import Telling
from sayso.model import Count, Document, Statement
from sayso.vocabulary.numbers import Bound, count_vocabulary
from sayso.vocabulary.place_tables import place_words

#: Numbers as near as this are one number, rounded ("at least 70" and 69).
_ROUNDED = 1.02
#: So many times as much a number may be that is told as near it ("around 40"), or as a round bound ("more than 40").
_ABOUT = 1.2
#: A number so many times another is a total beside a part of it: across documents, and within one.
_PART: Mapping[bool, float] = {False: 4.0, True: 2.0}
#: What follows a number, and the words for those it counts that leave out no one.
_NEXT_WORD = re.compile(r"\s{1,3}([^\W\d_]{4,40})")
_PLURALS = frozenset({"people", "children", "women", "personnel"})
_ANYONE = frozenset({"people", "person", "others", "lives"})
_WORD = re.compile(r"[^\W\d_]{2,40}")
#: "in Amber and Birch", "at Amber, Birch and Cedar".
_NAME = r"(?:[a-z]{2}-)?[A-Z][\w'-]{1,30}"
_JOINED = re.compile(rf"\b(?:in|at|on|near|across)(?:,? {_NAME}){{1,8}},? and {_NAME}")
#: Kinds of places that people live in.
_PEOPLED = frozenset({"city", "quarter", "admin1", "admin2"})
#: A sentence is looked for this far on either side of a number.
_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of killed or of injured, with the telling it is of."""

    telling: Telling
    count: Count

    @property
    def number(self) -> int:
        """The one number it is compared by."""
        return number_of(self.count)


def are_rival(first: Toll, second: Toll) -> bool:
    """Whether both cannot be true, and the larger does not just bring the other up to date."""
    return _differ(first, second) and not _brings_up_to_date(first, second)


def is_update(first: Toll, second: Toll) -> bool:
    """Whether of two counts that cannot both be true the larger was written on a later day: it updates the other."""
    return _differ(first, second) and _brings_up_to_date(first, second)


def count_value(count: Count) -> str:
    """A count as it is read: ``8``, ``at least 70``, ``at most 20`` or ``10 to 12``."""
    if count.maximum is None:
        return f"at least {count.minimum}"
    if count.minimum is None:
        return f"at most {count.maximum}"
    return str(count.minimum) if count.minimum == count.maximum else f"{count.minimum} to {count.maximum}"


def number_of(count: Count) -> int:
    """The one number a count is compared by: the least it can be, or the most where no least is told."""
    return count.minimum if count.minimum is not None else count.maximum or 0


def _by_number(first: Toll, second: Toll) -> tuple[Toll, Toll]:
    return (first, second) if first.number >= second.number else (second, first)


def _brings_up_to_date(first: Toll, second: Toll) -> bool:
    more, fewer = _by_number(first, second)
    return _written_later(more.telling.document, fewer.telling.document)


def _differ(first: Toll, second: Toll) -> bool:
    """Whether two counts of the same dead or injured cannot both be true of one moment."""
    one, other = first.telling.statement, second.telling.statement
    if counts_compatible(first.count, second.count) or not _one_toll(one, other):
        return False
    within = first.telling.document.id == second.telling.document.id
    if within and (_on_other_days(one, other) or _at_other_places(one, other)):
        return False  # a text that tells two days, or two towns, counts each
    more, fewer = _by_number(first, second)
    if more.number <= fewer.number * max(_slack(first), _slack(second)) or more.number > fewer.number * _PART[within]:
        return False
    if _of_some(fewer, more) or _in_other_quarters(one, other) or _of_more_places(more, fewer):
        return False
    if more.number in (_casualties(one), _casualties(other)):
        return False
    return not _covers(more.telling.statement, fewer.telling.statement)


def _slack(toll: Toll) -> float:
    """How many times as much the number may really be, by the words that bound it."""
    told = toll.count.evidence[0].of(toll.telling.document.text) if toll.count.evidence else ""
    words = tuple(told.casefold().split())
    bounds = (count_vocabulary().modifiers.get(words[:size]) for size in range(1, len(words)))
    bound: Bound | None = next((bound for bound in bounds if bound), None)
    loose = bound == "about" or (bound in ("minimum", "maximum") and toll.number % 10 == 0)
    return _ABOUT if loose else _ROUNDED


def _on_other_days(one: Statement, other: Statement) -> bool:
    return one.time is not None and other.time is not None and gap_days(one.time, other.time) > 0


def _at_other_places(one: Statement, other: Statement) -> bool:
    """Whether the two are told of two places, neither within the other."""
    if one.place is None or other.place is None:
        return False
    return place_relation(one.place, other.place) not in (Relation.SAME, Relation.WITHIN)


def _one_toll(one: Statement, other: Statement) -> bool:
    """Whether the two can be held to count the same dead: of a battle one report counts its own, another all."""
    return kinds().of(one.type).by_one and kinds().of(other.type).by_one


def _of_some(fewer: Toll, more: Toll) -> bool:
    """Whether the smaller number may count a part of them: 22 children, where the other has 26 civilians."""
    part, whole = _counted(fewer), _counted(more)
    return None not in (part, whole) and part != whole and part not in _ANYONE


def _counted(toll: Toll) -> str | None:
    """Whom a number counts, as a stem: the plural right after it. None where the sentence goes on otherwise."""
    if not toll.count.evidence:
        return None
    found = _NEXT_WORD.match(toll.telling.document.text, toll.count.evidence[0].end)
    word = found.group(1).casefold() if found else ""
    return stem(word) if word.endswith("s") or word in _PLURALS else None


def _casualties(statement: Statement) -> int | None:
    """Killed and injured together: "five killed and injured" is what another calls two killed and three injured."""
    if statement.killed is None or statement.injured is None:
        return None
    return number_of(statement.killed) + number_of(statement.injured)


def _in_other_quarters(one: Statement, other: Statement) -> bool:
    """Whether the two are counted in two quarters of a town: each has its own dead."""
    if one.place is None or other.place is None or {one.place.kind, other.place.kind} != {"quarter"}:
        return False
    return place_relation(one.place, other.place) is not Relation.SAME


def _of_more_places(more: Toll, fewer: Toll) -> bool:
    """Whether the larger number is told of several villages or quarters, and the smaller of none or of one."""
    return _is_of_several(_told_around(more)) and not _is_of_several(_told_around(fewer))


def _is_of_several(sentence: str) -> bool:
    return _JOINED.search(sentence) is not None or not _several().isdisjoint(_WORD.findall(sentence.casefold()))


def _told_around(toll: Toll) -> str:
    """The sentence that tells the number."""
    text = toll.telling.document.text
    at = toll.count.evidence[0] if toll.count.evidence else toll.telling.statement.sentence
    start = max(text.rfind(". ", max(0, at.start - _SENTENCE), at.start), at.start - _SENTENCE, 0)
    end = text.find(". ", at.end, at.end + _SENTENCE)
    return text[start : end if end >= 0 else at.end + _SENTENCE]


@cache
def _several() -> frozenset[str]:
    """Words for several places of a kind: plurals whose singular is such a word, too."""
    words = {word for word, kind in place_words().kinds.items() if kind in _PEOPLED}
    return frozenset(w for w in words if w.endswith("s") and (w[:-1] in words or f"{w[:-3]}y" in words))


def _covers(whole: Statement, part: Statement) -> bool:
    """Whether one is told of a longer time or a wider place, so that its larger number may include the other's."""
    if whole.time and part.time and whole.time.basis != "reported" and days(whole.time) > days(part.time):
        return True  # a time that only the day of the report bounds is not a longer one
    if whole.place is None or part.place is None:
        return whole.place is not part.place
    relation = place_relation(whole.place, part.place)
    if part.place.kind == "quarter" and whole.place.kind in ("city", "capital"):
        return relation is not Relation.APART  # what is counted for the town holds what is counted for its quarter
    return relation is Relation.WITHIN and place_width(whole.place) > place_width(part.place)


def _written_later(first: Document, second: Document) -> bool:
    """Whether the first was written on a later day than the second: its larger number brings the other up to date.

    A day worked out from the text is too unsure to settle that.
    """
    if not (first.written and second.written) or "text" in (first.written.basis, second.written.basis):
        return False
    return first.written.earliest > second.written.latest
