"""A mention: one trigger with what its own clause tells."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.coding.triggers import Trigger
from sayso.model import Actor, Count, Place, Status, TimeSpan


@dataclass(frozen=True, slots=True)
class Mention:
    """A trigger with what its own clause tells.

    ``heading`` counts the headings up to it; ``chance`` is how likely the trigger reports an event at all, 0 to 1;
    ``certainty`` is that of its sentence, -3 to 3.
    """

    trigger: Trigger
    heading: int
    status: Status
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    place: Place | None
    time: TimeSpan | None
    killed: Count | None
    injured: Count | None
    chance: float = 1.0
    certainty: float | None = None


def place_identity(place: Place) -> str:
    """What all mentions of one place in a document share."""
    return place.gazetteer_id or place.name.casefold()
