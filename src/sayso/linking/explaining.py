"""Why statements are one event: the pairs that hold it together, with what spoke for and against each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sayso.linking.copies import find_copies
from sayso.linking.events import distinct
from sayso.linking.judged import Judged
from sayso.linking.mention import Mention, mentions
from sayso.linking.scoring import explain, join_from, score
from sayso.model import CodedDocument

#: Of an event of more statements than this, those first in the order of their ids are explained: pairs grow with the
#: square.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Tie:
    """Two statements of an event, with their score, the score from which a pair is one event, and the parts of theirs.

    ``judged``: people said that the two are the same. Without that, and below what was needed, the pair is together
    only because both are tied to others, or because one retells the other in a heading.
    """

    first: str
    second: str
    score: float
    needed: float
    parts: tuple[tuple[str, float], ...]
    judged: bool


def ties(
    documents: Sequence[CodedDocument], statement_ids: Collection[str], judged: Judged | None = None
) -> tuple[Tie, ...]:
    """The strongest ties that hold the statements of one event together: one fewer than there are statements.

    ``documents`` are those that make the statements; ids that none of them has are left out.
    """
    same = (judged or Judged()).same
    voices = {document_id: group.id for group in find_copies(documents) for document_id in group.document_ids}
    found: dict[str, Mention] = {}
    for coded in distinct(documents):
        told = [s for s in coded.statements if s.id in statement_ids]
        document = coded.document
        for mention in mentions(document, told, voices.get(document.id, document.id), coded.places):
            found[mention.statement.id] = mention
    waiting = sorted(found)[:_MOST]
    if not waiting:
        return ()
    # A maximum spanning tree: each statement beside the one already there that it fits best.
    best = {one: _tie(found[waiting[0]], found[one], same) for one in waiting[1:]}
    tree = []
    while best:
        nearest = max(best, key=lambda one: (best[one].judged, best[one].score - best[one].needed, one))
        tree.append(best.pop(nearest))
        for one, known in best.items():
            other = _tie(found[nearest], found[one], same)
            if (other.judged, other.score - other.needed) > (known.judged, known.score - known.needed):
                best[one] = other
    return tuple(tree)


def _tie(first: Mention, second: Mention, same: Collection[tuple[str, str]]) -> Tie:
    low, high = sorted((first.statement.id, second.statement.id))
    return Tie(
        first.statement.id,
        second.statement.id,
        score(first, second),
        join_from(first, second),
        tuple(explain(first, second)),
        (low, high) in same,
    )
