"""What two copies share, passage by passage, and which of the two came first where anything tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sayso.linking.credits import credited
from sayso.linking.shingles import SHINGLE, Hashes, Located, all_shingles, located_words
from sayso.model import CopyReason, Document, Span
from sayso.vocabulary.outlets import outlets

#: A run of words that stands in a text more often than this is sought at its first places only: time stays linear.
_PLACES = 4

Passage = tuple[Span, Span]


def passages(first: Document, second: Document, shared: Hashes) -> tuple[Passage, ...]:
    """The longest runs of coded words that both have, as pairs of spans in the order of ``first``.

    The words of the two spans are the same but for case and what stands between them. Only the five-word runs
    ``shared`` (``shingles``) count, so that standing text can be left out; two texts of the same words are one
    passage. Where furniture stands between, a passage ends. Time is linear in the words of both.
    """
    one, other = located_words(first), located_words(second)
    if one.words == other.words:
        found = [(0, 0, len(one.words))]
    else:
        wanted = frozenset(shared.tolist())
        found = list(_runs(all_shingles(one.words).tolist(), all_shingles(other.words).tolist(), wanted))
    return tuple(piece for run in found for piece in _pieces(one, other, *run))


def _runs(one: Sequence[int], other: Sequence[int], wanted: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """Where in each a common run begins, and how many words it has."""
    places: dict[int, list[int]] = defaultdict(list)
    for at, code in enumerate(other):
        if code in wanted and len(places[code]) < _PLACES:
            places[code].append(at)
    at = after = 0
    while at < len(one):
        # Of equally long ones the one that goes on from the passage before.
        length, _, back = max(
            ((_common(one, at, other, start, wanted), start >= after, -start) for start in places.get(one[at], ())),
            default=(0, False, 0),
        )
        if not length:
            at += 1
            continue
        words = length + SHINGLE - 1
        yield at, -back, words
        at, after = at + words, words - back


def _common(one: Sequence[int], at: int, other: Sequence[int], start: int, wanted: Collection[int]) -> int:
    length = 0
    for here, there in zip(range(at, len(one)), range(start, len(other)), strict=False):
        if one[here] != other[there] or one[here] not in wanted:
            break
        length += 1
    return length


def _pieces(one: Located, other: Located, at: int, start: int, words: int) -> Iterator[Passage]:
    """A run of words as spans, parted wherever either text has furniture in it."""
    begun = 0
    for step in range(1, words + 1):
        if step < words and (
            one.stretches[at + step] == one.stretches[at + step - 1]
            and other.stretches[start + step] == other.stretches[start + step - 1]
        ):
            continue
        yield (
            Span(one.bounds[at + begun][0], one.bounds[at + step - 1][1]),
            Span(other.bounds[start + begun][0], other.bounds[start + step - 1][1]),
        )
        begun = step


def source_of(first: Document, second: Document, contained: str | None) -> tuple[str, CopyReason] | None:
    """The id of the one that the other's text comes from, with what tells; None where nothing does.

    A credit line that names the other's outlet is the surest; then the day, if all days the one can have been written
    on come before the other's. ``contained`` is the id of the longer where nearly all of the shorter stands in it:
    the weakest, for a text is cut more often than it is added to, but not always.
    """
    credits = [_credits(second, first), _credits(first, second)]
    if credits[0] != credits[1]:
        return (first.id if credits[0] else second.id), "credit"
    if first.written and second.written:
        if first.written.latest < second.written.earliest:
            return first.id, "earlier"
        if second.written.latest < first.written.earliest:
            return second.id, "earlier"
    return (contained, "contained") if contained else None


def _credits(document: Document, other: Document) -> bool:
    """Whether ``document`` credits the outlet of ``other``."""
    home = outlets().find(other.outlet) if other.outlet else None
    return home is not None and any(outlet == home for outlet, _ in credited(document))
