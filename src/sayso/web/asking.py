"""The questions of a query string: which events are asked for, as the page and the API both read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import Depends, HTTPException, Query

from sayso.model import Status
from sayso.vocabulary.event_types import event_types
from sayso.wording import first_day, last_day
from sayso.workspace import EventFilter

STATUSES: tuple[str, ...] = get_args(Status)
#: Kinds of outlets, by the kind of their owner, in words.
OWNERS: dict[str, str] = {
    "state": "state media", "party": "outlet of a party", "agency": "news agency", "public": "public broadcaster",
    "private": "private outlet", "ngo": "non-governmental organisation",
}  # fmt: skip

_Name = Annotated[str, Query(max_length=200)]
_Word = Annotated[str, Query(max_length=40)]


#: The number of a page of a list, from 1.
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]


def pages(total: int, size: int) -> int:
    """How many pages ``total`` entries fill, ``size`` on each; one at least."""
    return max(1, -(-total // size))


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter with the words it was asked in, to be shown again and put into links."""

    filter: EventFilter
    words: dict[str, str]


def asked(
    place: _Name = "",
    actor: _Name = "",
    kind: Annotated[str, Query(alias="type", max_length=40)] = "",
    status: _Word = "",
    outlet: _Name = "",
    owner: _Word = "",
    earliest: Annotated[str, Query(alias="from", max_length=10)] = "",
    latest: Annotated[str, Query(alias="to", max_length=10)] = "",
    voices: Annotated[str, Query(max_length=4)] = "",
    disputed: Annotated[str, Query(max_length=5)] = "",
    reviewed: Annotated[str, Query(max_length=5)] = "",
    words: _Name = "",
    bounds: Annotated[str, Query(max_length=100)] = "",
) -> Asked:
    """What a query string asks for; empty values ask nothing. ``bounds`` are south,west,north,east in degrees.

    Raises:
        HTTPException: 400 for a type, status, date or bounds that cannot be.
    """
    given = {
        "place": place, "actor": actor, "type": kind, "status": status, "outlet": outlet, "owner": owner,
        "from": earliest, "to": latest, "voices": voices, "disputed": disputed, "reviewed": reviewed,
        "words": words, "bounds": bounds,
    }  # fmt: skip
    given = {name: value.strip() for name, value in given.items()}
    if "\0" in "".join(given.values()):
        raise HTTPException(400, "NUL characters are no text.")
    if given["type"] and given["type"] not in event_types():
        raise HTTPException(400, f"{given['type']!r} is not a type of event.")
    if given["status"] and given["status"] not in STATUSES:
        raise HTTPException(400, f"{given['status']!r} is not a status; it is one of {', '.join(STATUSES)}.")
    if given["owner"] and given["owner"] not in OWNERS:
        raise HTTPException(400, f"{given['owner']!r} is not a kind of outlet; it is one of {', '.join(OWNERS)}.")
    if given["voices"] and not (given["voices"].isascii() and given["voices"].isdigit()):
        raise HTTPException(400, "Voices are a whole number.")
    if given["reviewed"] not in ("", "yes", "no"):
        raise HTTPException(400, "Reviewed is yes or no.")
    try:
        days = (
            first_day(given["from"]) if given["from"] else None,
            last_day(given["to"]) if given["to"] else None,
        )
    except ValueError as error:
        raise HTTPException(400, f"{error}; write 2016, 2016-03 or 2016-03-12") from error

    def one(name: str) -> tuple[str, ...]:
        return (given[name],) if given[name] else ()

    wanted = EventFilter(
        places=one("place"),
        actors=one("actor"),
        types=one("type"),
        statuses=one("status"),
        outlets=one("outlet"),
        owners=one("owner"),
        earliest=days[0],
        latest=days[1],
        disputed=bool(given["disputed"]),
        voices=int(given["voices"] or 0),
        reviewed={"": None, "yes": True, "no": False}[given["reviewed"]],
        words=given["words"] or None,
        box=_box(given["bounds"]) if given["bounds"] else None,
    )
    return Asked(wanted, {name: value for name, value in given.items() if value})


def _box(written: str) -> tuple[float, float, float, float]:
    try:
        south, west, north, east = (float(number) for number in written.split(","))
    except ValueError as error:
        raise HTTPException(400, "Bounds are south,west,north,east in degrees.") from error
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise HTTPException(400, "Bounds are south,west,north,east: latitudes to 90, longitudes to 180 degrees.")
    return south, west, north, east


Asking = Annotated[Asked, Depends(asked)]
