"""What a time expression says, before anyone knows when it was said.

The grammar turns words into forms; resolution puts a form on the calendar. Unit codes are those of the vocabulary:
S TM H D N W F WE M Q SE Y DE CE. Modifiers are TIMEX3's START, MID, END.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: Where a relative form counts from: the day of speaking, or the time last told of.
AnchorKind = Literal["speech", "reference"]


@dataclass(frozen=True, slots=True)
class Which:
    """Which one of many: ``last October`` is (speech, -1), ``that October`` (reference, 0)."""

    anchor: AnchorKind
    shift: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """A period named by the fields of a calendar date, each None where the words leave it open.

    ``weekday`` is ISO (Monday 1). ``decade`` is the year without its last digit, ``century`` the year without its last
    two (19th century: 18). ``feast`` is a rule of feasts.csv. ``within`` is a larger period that holds this one
    ("October of last year"). ``orders`` are other readings of an ambiguous numeric date, as (month, day).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    before_christ: bool = False
    feast: str | None = None
    daypart: str | None = None
    clock: str | None = None
    zone: str = ""
    modifier: str | None = None
    which: Which | None = None
    within: Form | None = None
    other_order: tuple[int, int] | None = None
    fiscal: bool = False
    """Of a company's own year: what is told of it is a report of what has ended."""
    book_year: bool = False
    """A year of accounts, which begins when a country or a company will: some time before or in the year it names."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The period of one ``unit``, ``which.shift`` units away from the anchor: last week, that day, next year."""

    unit: str
    which: Which
    modifier: str | None = None
    daypart: str | None = None
    clock: str | None = None
    definite: bool = False
    """Only "the" stands before it ("the year", "the day"): a reference only where the text has one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The ``number``-th ``unit`` of a larger period; -1 is the last: "the second week of June"."""

    unit: str
    number: int
    within: Form
    modifier: str | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A point some units before (``sign`` -1) or after an anchor; ``amount`` None where the words are vague."""

    amount: float | None
    unit: str
    sign: int
    anchor: AnchorKind
    grain: str | None = None
    """The unit that is meant on the other side, where the words name it: the day in "a year ago today"."""


@dataclass(frozen=True, slots=True)
class Vague:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: str
    modifier: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. ``side`` -1: up to the anchor ("the past two weeks"), 1: from it on, 0: floating."""

    amount: float | None
    unit: str
    side: int = 0
    anchor: AnchorKind = "speech"
    modifier: str | None = None
    age: bool = False
    """Of somebody: a time in stories only."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A set: every day, Mondays."""

    value: str


@dataclass(frozen=True, slots=True)
class FromEvent:
    """A point ``amount`` units before (``sign`` -1) or after an event, or (0) the ``amount``-th day of it.

    ``event`` are the tokens that name the event, ``length_end`` is where the words of the mere length end.
    """

    amount: float
    unit: str
    sign: int
    event: tuple[int, int]
    length_end: int
    night: bool = False


Form: TypeAlias = Calendar | Shift | Counted | Offset | Vague | Length | Recurrence | FromEvent


@dataclass(frozen=True, slots=True)
class Found:
    """A form and the tokens (indices, half open) that say it."""

    start: int
    end: int
    form: Form
