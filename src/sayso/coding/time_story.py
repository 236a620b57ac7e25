"""The years of a story: which year each date without one belongs to, in a text that runs along its own dates.

A story mostly goes on, sometimes looks back, and now and then mentions a far year in passing. The years are chosen
together, so that the whole chain of dates costs least (a beam search, linear in the number of dates): a later date
with its year settles the months before it as well as an earlier one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from sayso.coding.time_calendar import Period, part_of
from sayso.coding.time_forms import Calendar, Form, Shift
from sayso.coding.time_resolution import placed
from sayso.model import Span

#: Costs of a step of one year ahead and back, of any look back, of a far step, of a year mentioned in passing, and of
#: a date with its year in passing. Set on WikiWars train.
_AHEAD, _BACK, _TURN, _FAR = 1.0, 1.3, 0.15, 2.0
_PASSING_YEAR, _PASSING_DATE = 0.9, 0.8
#: Leaving a year just named for another one's month.
_LEAVE = 0.3
#: "the following year" that does not follow.
_BROKEN_STEP = 0.8
_BEAM = 16
#: Years of so many neighbours with a year are tried, before and after.
_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Dated:
    """The year of one expression, and the words that gave it."""

    year: int
    evidence: Span


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    here: Period | None
    evidence: Span | None
    chosen: tuple[int, int, Span | None, _State] | None
    """(index, year, evidence, state before) of the last choice on the way here."""


def story_years(forms: Sequence[tuple[Form, Span]]) -> dict[int, Dated]:
    """Index -> year of each form of ``forms`` that needs one and can be given one."""
    states = [_State(0.0, None, None, None)]
    fixed = [(i, form.year, span) for i, (form, span) in enumerate(forms) if _is_fixed(form) and form.year is not None]
    after = 0
    for i, (form, span) in enumerate(forms):
        while after < len(fixed) and fixed[after][0] <= i:
            after += 1
        if _is_fixed(form):
            assert form.year is not None
            here = placed(form, form.year)
            if here is not None and here.earliest is not None:
                here = part_of(here, form.modifier)
                states = _mention(states, here, span, _PASSING_DATE if form.month else _PASSING_YEAR)
        elif isinstance(form, Shift) and form.unit == "Y" and form.which.anchor == "reference" and form.which.shift:
            states = _year_on(states, form.which.shift)
        elif needs_year(form):
            near = fixed[max(0, after - _NEIGHBOURS) : after + _NEIGHBOURS]
            years = sorted({year + step for _, year, _ in near for step in (-1, 0, 1)})
            states = _choose(states, i, form, years)
    return _read_back(min(states, key=lambda state: state.cost), fixed)


def needs_year(form: Form) -> bool:
    """Whether a form is a date of some year, and neither its words nor a larger period say which."""
    if not isinstance(form, Calendar) or form.year is not None or form.which is not None or form.within is not None:
        return False
    return bool(form.month or form.season or form.feast) and not form.before_christ


def _is_fixed(form: Form) -> TypeGuard[Calendar]:
    return isinstance(form, Calendar) and form.year is not None and not form.before_christ and form.decade is None


def _step(before: Period | None, here: Period) -> float:
    """Cost of telling of ``here`` after ``before``."""
    if (
        before is None
        or before.earliest is None
        or before.latest is None
        or here.earliest is None
        or here.latest is None
    ):
        return 0.0
    # after "in 1938", a month is one of 1938
    leave = _LEAVE if before.precision == "year" and here.precision != "year" else 0.0
    if here.earliest > before.latest:
        return min(_FAR, leave + _AHEAD * (here.earliest - before.latest).days / 365)
    if here.latest < before.earliest:
        return min(_FAR, leave + _TURN + _BACK * (before.earliest - here.latest).days / 365)
    return 0.0


def _beam(states: list[_State]) -> list[_State]:
    """The cheapest state of each place in the calendar, and only the cheapest of those."""
    best: dict[str, _State] = {}
    for state in sorted(states, key=lambda state: state.cost):
        best.setdefault(state.here.value if state.here else "", state)
    return list(best.values())[:_BEAM]


def _mention(states: list[_State], here: Period, span: Span, passing: float) -> list[_State]:
    arrived = min((_State(s.cost + _step(s.here, here), here, span, s.chosen) for s in states), key=lambda s: s.cost)
    # a year that holds the place the story has reached does not move it back to January
    passed = [
        replace(s, cost=s.cost + (0.0 if _holds(here, s.here) else passing)) for s in states if s.here is not None
    ]
    return _beam([*passed, arrived])


def _holds(whole: Period, part: Period | None) -> bool:
    if part is None or part.earliest is None or part.latest is None or whole.earliest is None or whole.latest is None:
        return False
    return whole.earliest <= part.earliest and part.latest <= whole.latest


def _year_on(states: list[_State], steps: int) -> list[_State]:
    moved: list[_State] = []
    for state in states:
        if state.here is not None and state.here.earliest is not None:
            year = state.here.earliest.year + steps
            here = placed(Calendar(year=year), year) if 1 <= year < 9999 else None
            if here is not None:
                moved.append(replace(state, here=here))
        # "the previous year" is mostly a glance back, from which the story goes on where it was
        moved.append(replace(state, cost=state.cost + (_BROKEN_STEP if steps > 0 else 0.0)))
    return _beam(moved)


def _choose(states: list[_State], index: int, form: Form, years: list[int]) -> list[_State]:
    assert isinstance(form, Calendar)
    out: list[_State] = []
    for year in years:
        here = placed(form, year) if 1 <= year < 9999 else None
        if here is None or here.earliest is None:
            continue
        here = part_of(here, form.modifier)
        assert here.earliest is not None
        wrong_day = form.weekday is not None and form.day is not None and here.earliest.isoweekday() != form.weekday
        best = min(states, key=lambda state: state.cost + _step(state.here, here))
        cost = best.cost + _step(best.here, here) + (_FAR if wrong_day else 0.0)
        out.append(_State(cost, here, best.evidence, (index, year, best.evidence, best)))
    return _beam(out) if out else states


def _read_back(state: _State, fixed: Sequence[tuple[int, int, Span]]) -> dict[int, Dated]:
    found: dict[int, Dated] = {}
    chosen = state.chosen
    while chosen is not None:
        index, year, evidence, before = chosen
        if evidence is None:
            later = next((span for i, _, span in fixed if i > index), None)
            evidence = later or fixed[-1][2]
        found[index] = Dated(year, evidence)
        chosen = before.chosen
    return found
