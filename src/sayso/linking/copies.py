"""Copies: documents that share one text. A reprint is not a second voice.

Near-duplicates are found by MinHash over shingles of five words with locality-sensitive banding (Broder 1997; the
sketch is rensa's R-MinHash with a fixed seed) and by shared shingles of a fixed sample, for a short text in a long one;
every candidate pair is then compared exactly. Only the coded
segments count, so that a menu, a disclaimer or a list of headlines never makes two pages alike.

Standing text, the paragraph an outlet prints under every story and furniture that looks like article, is left out by
what it is: words found in texts of one outlet that were written weeks apart. Nobody copies one story for weeks.
Thresholds were set by reading pairs; docs/design/linking.md says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.ids import content_id
from sayso.linking.meeting import meetings
from sayso.linking.partition import Partition
from sayso.linking.passages import passages, source_of
from sayso.linking.texts import Text, among, of_the_same_words, representatives, text_of, with_standing
from sayso.model import CodedDocument, CopyGroup, CopyKind, CopyPair, Document

#: At a crowded meeting place a text meets this many before it and as many after: alike pages by the thousand stay
#: linear.
NEIGHBOURS = 12
#: Share of the shorter text found in the other, and of its opening half (read on 642 articles, docs/design/linking.md).
_CONTAINED, _OPENING = 0.45, 0.25
#: From this share on, passages were taken over, though the story is another's own.
_PART = 0.15
#: No fewer shared shingles than this, whatever their share: about two sentences.
_SHARED = 20
#: From this share on the shorter stands in the longer as a whole, if that is so many times as long.
_WHOLE, _LONGER = 0.9, 1.25


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents with what they share, ``shorter`` first; standing text counts for neither.

    ``containment`` is the share (0..1) of the shorter's shingles found in the longer, ``opening`` the same for its
    first half, ``jaccard`` shared over all. Two texts of the ``same_words`` share all, however short they are.
    """

    shorter: str
    longer: str
    shared: int
    jaccard: float
    containment: float
    opening: float
    same_words: bool = False

    @property
    def kind(self) -> CopyKind:
        """``copy``: the two are one text; ``part``: passages were taken over; ``anew``: not even that."""
        if self.same_words:
            return "copy"
        if self.shared < _SHARED or self.containment < _PART:
            return "anew"
        return "copy" if self.containment >= _CONTAINED and self.opening >= _OPENING else "part"

    @property
    def telling(self) -> bool:
        """Whether the two share enough to be worth keeping."""
        return self.same_words or self.shared >= _SHARED


def find_copies(documents: Sequence[CodedDocument]) -> tuple[CopyGroup, ...]:
    """Groups of two or more documents that share one text, in the order of their ids. Each document is in one at most.

    The result does not depend on the order of ``documents``. An empty document is nobody's copy.
    """
    texts = texts_of(documents)
    by_id = {coded.document.id: coded.document for coded in documents if coded.document.id in texts}
    return copy_groups([pair for pair in likenesses(texts) if pair.telling], texts, by_id)


def texts_of(documents: Iterable[CodedDocument]) -> dict[str, Text]:
    """By id, standing text told; of two documents with one id the one whose words sort first is taken."""
    texts: dict[str, Text] = {}
    for coded in documents:
        text = text_of(coded.document)
        if text and (text.id not in texts or text.digest < texts[text.id].digest):
            texts[text.id] = text
    return with_standing(texts.values())


def likenesses(texts: Mapping[str, Text]) -> Iterator[Likeness]:
    """Compare what meets; one text stands for all with the same words, and they are compared with it alone."""
    for same in of_the_same_words(texts).values():
        for document_id in same[1:]:
            yield compare(texts[same[0]], texts[document_id])
    for first, second in meetings(filter(None, (text.stand() for text in representatives(texts))), NEIGHBOURS):
        yield compare(texts[first], texts[second])


def compare_copies(documents: Sequence[CodedDocument]) -> tuple[Likeness, ...]:
    """Every candidate pair with its figures, most alike first: what ``find_copies`` decides on, for reading.

    Of documents with the same words only one stands for all.
    """
    pairs = (pair for pair in likenesses(texts_of(documents)) if not pair.same_words)
    return tuple(sorted(pairs, key=lambda p: (-p.containment, p.shorter, p.longer)))


def compare(first: Text, second: Text) -> Likeness:
    """What two texts share."""
    if first.digest == second.digest:  # however short
        ends = sorted((first.id, second.id))
        return Likeness(ends[0], ends[1], len(first.shingles), 1.0, 1.0, 1.0, same_words=True)
    shorter, longer = sorted((first, second), key=lambda text: (len(text.told), text.digest, text.id))
    found = among(shorter.told, np.sort(longer.told))
    shared = int(found.sum())
    return Likeness(
        shorter=shorter.id,
        longer=longer.id,
        shared=shared,
        jaccard=shared / (len(shorter.told) + len(longer.told) - shared),
        containment=shared / len(found),
        opening=float(found[: (len(found) + 1) // 2].mean()),
    )


def copy_groups(
    held: Sequence[Likeness], texts: Mapping[str, Text], documents: Mapping[str, Document]
) -> tuple[CopyGroup, ...]:
    """The groups that pairs of copies make, in the order of their ids, with their evidence.

    ``held`` are all telling pairs among ``texts``, or among some that no copy leads out of.
    """
    partition = Partition(texts)
    for pair in held:
        if pair.kind == "copy":
            partition.join(pair.shorter, pair.longer)
    pairs: dict[str, list[Likeness]] = defaultdict(list)
    for pair in held:
        root = partition.root(pair.shorter)
        if root == partition.root(pair.longer):
            pairs[root].append(pair)
    return tuple(
        CopyGroup(content_id("cpy", group), group, _evidence(group, pairs[group[0]], texts, documents))
        for group in partition.groups()
        if len(group) > 1
    )


def _evidence(
    group: Sequence[str], pairs: Sequence[Likeness], texts: Mapping[str, Text], documents: Mapping[str, Document]
) -> tuple[CopyPair, ...]:
    """The likest pairs that hold the group together, then those that are in it through others, as many at most."""
    tree = Partition(group)
    holding, beside = [], []
    for pair in sorted(pairs, key=lambda p: (-p.containment, -p.jaccard, p.shorter, p.longer)):
        if pair.kind != "copy":
            beside.append(pair)
        elif tree.root(pair.shorter) != tree.root(pair.longer):
            tree.join(pair.shorter, pair.longer)
            holding.append(pair)
    return tuple(_pair(pair, texts, documents) for pair in holding + beside[: len(group)])


def _pair(pair: Likeness, texts: Mapping[str, Text], documents: Mapping[str, Document]) -> CopyPair:
    first, second = sorted((pair.shorter, pair.longer))
    shorter, longer = texts[pair.shorter].told, texts[pair.longer].told
    whole = not pair.same_words and pair.containment >= _WHOLE and len(longer) >= _LONGER * len(shorter)
    source = source_of(documents[first], documents[second], pair.longer if whole else None)
    return CopyPair(
        first,
        second,
        pair.kind,
        passages(documents[first], documents[second], np.intersect1d(shorter, longer)),
        *(source or (None, None)),
    )
