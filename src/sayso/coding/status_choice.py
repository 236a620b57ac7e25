"""The status of a whole event: what the rules read off each mention, weighed with all else that its mentions show.

The rules of ``status`` see one clause. That an offensive goes on is often told by another mention, by a stretch of
time, or by the kind of event alone. A multinomial regression over named features (``status_features``) weighs them,
the rules' answer first among them. The rules' answer stands where no status is likely enough, and for what is denied
or supposed: both are too rare to be learned (11 of 714 events), and their words are clear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.coding.mention import Mention
from sayso.coding.status_features import status_features
from sayso.model import Status, Written
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.status_weights import StatusWeights, status_weights

#: A status must be this likely to stand against the rules. On events left out of learning .7 is right .876, .5 .870.
LIKELY = 0.7
#: What the rules alone decide.
_RULED: frozenset[Status] = frozenset({"denied", "hypothetical"})


def event_status(ordered: Sequence[Mention], written: Written | None, weights: StatusWeights | None = None) -> Status:
    """The status of the event with these mentions, the main one first, in a document written in these days."""
    return chosen_status(status_by_rules(ordered), status_chances(ordered, written, weights))


def chosen_status(by_rules: Status, chances: Mapping[Status, float]) -> Status:
    """The likeliest status where it is likely enough, else the rules'."""
    best = max(chances, key=lambda status: chances[status], default=by_rules)
    if by_rules in _RULED or best in _RULED or chances.get(best, 0.0) < LIKELY:
        return by_rules
    return best


def status_chances(
    ordered: Sequence[Mention], written: Written | None, weights: StatusWeights | None = None
) -> dict[Status, float]:
    """How likely each status is; empty for verbal events and others, which were not learned from."""
    definition = event_types()[ordered[0].trigger.type]
    if definition.is_verbal or definition.id == "other":
        return {}
    return (weights or status_weights()).chances(status_features(ordered, written))


def status_by_rules(ordered: Sequence[Mention]) -> Status:
    """The main mention's status; what it plans, supposes or denies has happened where another mention tells so."""
    first = ordered[0].status
    if first in ("planned", "hypothetical", "denied"):
        return next((m.status for m in ordered if m.status in ("happened", "ongoing")), first)
    return first
