"""A heading that dates its event otherwise than the text under it.

"Fall of the town - March 2017" over "In March of 2016 the army took it" tells one event twice, at times that cannot
both be right. No score of likeness would join the two; where they stand does. Precision before recall: the heading's
own words must hold its time, nothing under it may agree with that time, and the body's report must stand out as the
one that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.linking.compatibility import Relation, gap_days, place_relation, rival_times, sides_relation
from sayso.model import Document, Segment, Statement, TimeSpan

#: A body that tells of a time further off than this is telling the story before or after.
_NEAR_DAYS = 400


def retold_at_another_time(document: Document, statements: Sequence[Statement]) -> dict[str, str]:
    """Id of a heading's statement -> id of the body's statement that tells the same event at a rival time."""
    found = {}
    for heading, start, end in _sections(document):
        body = [s for s in statements if start <= s.trigger.start < end and s.time and not _within(heading, s)]
        for statement in statements:
            if (
                heading.start <= statement.trigger.start < heading.end
                and statement.time
                and _within(heading, statement)
            ):
                meant = _meant(statement, statement.time, body)
                if meant:
                    found[statement.id] = meant.id
    return found


def _sections(document: Document) -> Iterator[tuple[Segment, int, int]]:
    """Every heading with the range of text under it, up to the next heading."""
    headings = [s for s in document.segments if s.kind == "heading"]
    for index, heading in enumerate(headings):
        following = headings[index + 1].start if index + 1 < len(headings) else len(document.text)
        yield heading, heading.end, following


def _within(heading: Segment, statement: Statement) -> bool:
    """Whether the statement has its time from the heading's words."""
    evidence = statement.time.evidence if statement.time else ()
    return any(heading.start <= span.start < heading.end for span in evidence)


def _meant(heading: Statement, time: TimeSpan, body: list[Statement]) -> Statement | None:
    """The one report under the heading that it must mean, if it dates it otherwise."""
    told = [(s, s.time) for s in body if s.time and _same_but_for_time(heading, s)]
    if any(not rival_times(time, other) for _, other in told):
        return None
    near = [(s, other) for s, other in told if gap_days(time, other) <= _NEAR_DAYS]
    slips = [(s, other) for s, other in near if _one_slip(time, other)]
    choices = slips if len(told) > 1 else near
    return min(choices, key=lambda c: (gap_days(time, c[1]), c[0].trigger, c[0].id))[0] if choices else None


def _same_but_for_time(heading: Statement, body: Statement) -> bool:
    if heading.type != body.type:
        return False
    if heading.place is None or (
        body.place is not None and place_relation(heading.place, body.place) not in (Relation.SAME, Relation.NEAR)
    ):
        return False
    return sides_relation(heading.actors, body.actors) is not Relation.APART


def _one_slip(first: TimeSpan, second: TimeSpan) -> bool:
    """Whether the two differ in year, in month or in day alone, as a slip of the pen does."""
    if first.precision != second.precision:
        return False
    one, other = first.earliest, second.earliest
    parts = [one.year == other.year, one.month == other.month, first.precision == "month" or one.day == other.day]
    return parts.count(False) == 1
