"""A heading that dates its event otherwise than the text under it.

"Fall of the town - March 2017" over "In March of 2016 the army took it" tells one event twice, at times that cannot
both be right. No score of likeness would join the two; where they stand does. Precision before recall: the heading's
own words must hold its time, nothing under it may agree with that time, and the body's report must stand out as the
one that is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sayso.linking.compatibility import Relation, gap_days, place_name, place_relation, rival_times, sides_relation
from sayso.model import Document, Segment, Statement, TimeSpan

_WORD = re.compile(r"\w+")
#: A body that tells of a time further off than this is telling the story before or after.
_NEAR_DAYS = 400


def retold_at_another_time(document: Document, statements: Sequence[Statement]) -> dict[str, str]:
    """Id of a heading's statement -> id of the body's statement that tells the same event at a rival time."""
    headings = [s for s in document.segments if s.kind == "heading"]
    starts = [heading.start for heading in headings]
    under: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.time:
            under[bisect_right(starts, statement.trigger.start) - 1].append(statement)
    found = {}
    for index, told in under.items():
        if index < 0:
            continue
        heading = headings[index]
        body = [s for s in told if s.trigger.start >= heading.end and not _dated_by(heading, s)]
        for statement in told:
            if statement.trigger.start < heading.end and statement.time and _dated_by(heading, statement):
                meant = _meant(statement, statement.time, _words(document.text[heading.start : heading.end]), body)
                if meant:
                    found[statement.id] = meant.id
    return found


def _dated_by(heading: Segment, statement: Statement) -> bool:
    """Whether the statement has its time from the heading's words."""
    evidence = statement.time.evidence if statement.time else ()
    return any(heading.start <= span.start < heading.end for span in evidence)


def _meant(heading: Statement, time: TimeSpan, words: str, body: list[Statement]) -> Statement | None:
    """The one report under the heading that it must mean, if it dates it otherwise."""
    told = [(s, s.time) for s in body if s.time and _same_but_for_time(heading, words, s)]
    if any(not rival_times(time, other) for _, other in told):
        return None
    near = [(s, other) for s, other in told if gap_days(time, other) <= _NEAR_DAYS]
    slips = [(s, other) for s, other in near if _one_slip(time, other)]
    choices = slips if len(told) > 1 else near
    return min(choices, key=lambda c: (gap_days(time, c[1]), c[0].trigger, c[0].id))[0] if choices else None


def _same_but_for_time(heading: Statement, words: str, body: Statement) -> bool:
    if heading.type != body.type or sides_relation(heading.actors, body.actors) is Relation.APART:
        return False
    if body.place is None:
        return heading.place is not None
    # The heading's own words settle the place, whatever its statement was put down to.
    named = f" {place_name(body.place)} " in words
    return named or (
        heading.place is not None and place_relation(heading.place, body.place) in (Relation.SAME, Relation.NEAR)
    )


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _one_slip(first: TimeSpan, second: TimeSpan) -> bool:
    """Whether the two differ in year, in month or in day alone, as a slip of the pen does."""
    precisions = {first.precision, second.precision}
    if not precisions <= {"day", "month", "year"}:
        return False
    one, other = first.earliest, second.earliest
    parts = [one.year == other.year]
    if "year" not in precisions:
        parts.append(one.month == other.month)
    if precisions == {"day"}:
        parts.append(one.day == other.day)
    return parts.count(False) == 1
