"""How many of the events that pass have each value of what they can be narrowed down by."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select, union_all

from sayso.vocabulary.outlets import outlets
from sayso.workspace.queries import EventFilter, conditions, judged_events
from sayso.workspace.tables import EventNameRow, EventOutletRow, EventRow, NameRow

Facets = dict[str, list[tuple[str, int]]]
_Counts = Select[str, Any, int]

#: Least numbers of independent voices that are counted.
_VOICES = (2, 3, 4, 5)


def facets(connection: Connection, wanted: EventFilter, limit: int = 30) -> Facets:
    """How many of the events that pass have each ``type``, ``status``, ``place``, ``actor``, ``outlet``, kind of
    ``owner`` of an outlet, at least so many ``voices``, are ``disputed``, and are ``reviewed`` or not.

    Of each the ``limit`` most frequent values, the most frequent first. A value that no event has is left out. An
    event that two outlets of one kind tell counts once for the kind.
    """
    narrowed = conditions(connection, wanted)
    columns = (
        EventRow.id, EventRow.type, EventRow.status, EventRow.place, EventRow.independent_sources, EventRow.disputed,
    )  # fmt: skip
    # Those that pass are found once, and counted in all ways in one statement.
    chosen: Any = select(*columns).where(*narrowed).cte("chosen").prefix_with("MATERIALIZED") if narrowed else EventRow
    of = chosen.c if narrowed else EventRow

    def among(event: Any) -> list[ColumnElement[bool]]:
        return [event.in_(select(of.id))] if narrowed else []

    counts = [_values("type", of.type), _values("status", of.status), _values("place", of.place)]
    counts += [_number("voices", str(least), of.independent_sources >= least, chosen) for least in _VOICES]
    counts.append(_number("disputed", "yes", of.disputed.is_(True), chosen))
    judged = of.id.in_(judged_events())
    counts += [_number("reviewed", "yes", judged, chosen), _number("reviewed", "no", ~judged, chosen)]
    counts.append(_actors(among(EventNameRow.event_id)))
    counts.append(_values("outlet", EventOutletRow.outlet, *among(EventOutletRow.event_id)))
    counts += _owners(connection, among(EventOutletRow.event_id))
    found: Facets = {name: [] for name in ("type", "status", "place", "actor", "outlet", "owner", "voices")}
    found |= {"disputed": [], "reviewed": []}
    for name, value, number in connection.execute(union_all(*(_most(one, limit) for one in counts))):
        if number:
            found[name].append((value, number))
    for counted in found.values():
        counted.sort(key=lambda one: (-one[1], one[0]))
    return found


def _values(facet: str, column: Any, *conditions: ColumnElement[bool]) -> _Counts:
    """Every value of a column of the events, with how many have it."""
    told = select(literal(facet).label("facet"), column.label("value"), func.count().label("number"))
    return told.where(column.is_not(None), *conditions).group_by(column)


def _number(facet: str, value: str, condition: ColumnElement[bool], chosen: Any) -> _Counts:
    """How many events fulfil a condition."""
    told: _Counts = select(literal(facet).label("facet"), literal(value).label("value"), func.count().label("number"))
    return told.select_from(chosen).where(condition)


def _actors(among: list[ColumnElement[bool]]) -> _Counts:
    # Counted by number: a name is looked up for those that are there, not for every time it is told.
    number = func.count(EventNameRow.event_id.distinct()).label("number")
    query = select(EventNameRow.name_number, number).where(EventNameRow.role.in_(("actor", "target")), *among)
    counted = query.group_by(EventNameRow.name_number).subquery()
    named = select(literal("actor").label("facet"), NameRow.name.label("value"), counted.c.number)
    return named.join(counted, counted.c.name_number == NameRow.number)


def _owners(connection: Connection, among: list[ColumnElement[bool]]) -> list[_Counts]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in connection.scalars(select(EventOutletRow.outlet).distinct()):
        known = outlets().find(name)
        if known:
            kinds[known.owner].append(name)
    if not kinds:
        return []
    owner = case(*((EventOutletRow.outlet.in_(names), literal(kind)) for kind, names in kinds.items()))
    number = func.count(EventOutletRow.event_id.distinct()).label("number")
    told = select(literal("owner").label("facet"), owner.label("value"), number).where(owner.is_not(None), *among)
    return [told.group_by(owner)]


def _most(counts: _Counts, limit: int) -> _Counts:
    counted = counts.subquery()
    order = counted.c.number.desc(), counted.c.value
    # A part of a union may be cut short only within brackets of its own.
    return select(select(counted).order_by(*order).limit(limit).subquery())
