"""Copies: documents that share one text. A reprint is not a second voice.

Near-duplicates are found by MinHash over shingles of five words with locality-sensitive banding (Broder 1997; the
sketch is rensa's R-MinHash with a fixed seed) and by shared shingles of a fixed sample, for a short text in a long one;
every candidate pair is then compared exactly. Only the coded
segments count, so that a menu, a disclaimer or a list of headlines never makes two pages alike.

Standing text, the paragraph an outlet prints under every story and furniture that looks like article, is left out by
what it is: words found in documents of one outlet that were written weeks apart. Nobody copies one story for weeks.
Thresholds were set by reading pairs; docs/design/linking.md says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from sayso.ids import content_id
from sayso.linking.partition import Partition
from sayso.linking.passages import passages, source_of
from sayso.linking.shingles import Hashes, coded_words, shingles
from sayso.model import CodedDocument, CopyGroup, CopyKind, CopyPair, Document

#: 32 bands of 2 rows: two texts that share a quarter of their shingles meet with 87 %.
_BANDS, _ROWS, _SEED = 32, 2, 42
#: Every eighth shingle, by its number, is a meeting place of its own: however long the other text, two that share 40
#: shingles miss each other in 1 case of 200 (the scaled sketch of Irber and others 2022, which keeps containment).
_SCALE = 8
#: In a crowded bucket each document meets this many before it: thousands of alike pages stay linear.
_NEIGHBOURS = 12
#: Texts of fewer words than this are copies only if all their words are the same: "Blast in Homs" is no evidence.
_SHORT = 25
#: Share of the shorter text found in the other, and of its opening half (read on 642 articles, docs/design/linking.md).
_CONTAINED, _OPENING = 0.45, 0.25
#: From this share on, passages were taken over, though the story is another's own.
_PART = 0.15
#: No fewer shared shingles than this, whatever their share: about two sentences.
_SHARED = 20
#: Words are standing text if so many documents of an outlet have them, the first and the last so many days apart.
_STANDING, _STANDING_DAYS = 3, 14

#: From this share on the shorter stands in the longer as a whole, if that is so many times as long.
_WHOLE, _LONGER = 0.9, 1.25


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents with what they share, ``shorter`` first; standing text counts for neither.

    ``containment`` is the share (0..1) of the shorter's shingles found in the longer, ``opening`` the same for its
    first half, ``jaccard`` shared over all.
    """

    shorter: str
    longer: str
    shared: int
    jaccard: float
    containment: float
    opening: float

    @property
    def kind(self) -> CopyKind:
        """``copy``: the two are one text; ``part``: passages were taken over; ``anew``: not even that."""
        if self.shared < _SHARED or self.containment < _PART:
            return "anew"
        return "copy" if self.containment >= _CONTAINED and self.opening >= _OPENING else "part"


def find_copies(documents: Sequence[CodedDocument]) -> tuple[CopyGroup, ...]:
    """Groups of two or more documents that share one text, in the order of their ids. Each document is in one at most.

    The result does not depend on the order of ``documents``. An empty document is nobody's copy.
    """
    texts = _texts(documents)
    partition = Partition(texts)
    held: list[tuple[CopyKind, Likeness]] = []
    for same in _identical(texts).values():
        for document_id in same[1:]:
            partition.join(same[0], document_id)
            held.append(("copy", _compare(texts[same[0]], texts[document_id])))
    for pair in _pairs(texts):
        if pair.kind == "copy":
            partition.join(pair.shorter, pair.longer)
        if pair.shared >= _SHARED:
            held.append((pair.kind, pair))
    pairs: dict[str, list[tuple[CopyKind, Likeness]]] = defaultdict(list)
    for kind, pair in held:
        root = partition.root(pair.shorter)
        if root == partition.root(pair.longer):
            pairs[root].append((kind, pair))
    return tuple(
        CopyGroup(content_id("cpy", group), group, _evidence(group, pairs[group[0]], texts))
        for group in partition.groups()
        if len(group) > 1
    )


def _evidence(
    group: Sequence[str], pairs: Sequence[tuple[CopyKind, Likeness]], texts: Mapping[str, _Text]
) -> tuple[CopyPair, ...]:
    """The likest pairs that hold the group together, then those that are in it through others, as many at most."""
    tree = Partition(group)
    holding, beside = [], []
    for kind, pair in sorted(pairs, key=lambda p: (-p[1].containment, -p[1].jaccard, p[1].shorter, p[1].longer)):
        if kind != "copy":
            beside.append((kind, pair))
        elif tree.root(pair.shorter) != tree.root(pair.longer):
            tree.join(pair.shorter, pair.longer)
            holding.append((kind, pair))
    return tuple(_pair(kind, pair, texts) for kind, pair in holding + beside[: len(group)])


def _pair(kind: CopyKind, pair: Likeness, texts: Mapping[str, _Text]) -> CopyPair:
    first, second = (texts[document_id] for document_id in sorted((pair.shorter, pair.longer)))
    shorter, longer = texts[pair.shorter], texts[pair.longer]
    whole = pair.containment >= _WHOLE and len(longer.shingles) >= _LONGER * len(shorter.shingles)
    source = source_of(first.document, second.document, pair.longer if whole else None)
    return CopyPair(
        first.id,
        second.id,
        kind,
        passages(first.document, second.document, np.intersect1d(first.shingles, second.shingles)),
        *(source or (None, None)),
    )


def compare_copies(documents: Sequence[CodedDocument]) -> tuple[Likeness, ...]:
    """Every candidate pair with its figures, most alike first: what ``find_copies`` decides on, for reading.

    Of documents with the same words only one stands for all.
    """
    return tuple(sorted(_pairs(_texts(documents)), key=lambda p: (-p.containment, p.shorter, p.longer)))


class _Text:
    """The coded words of a document, as shingles: eight bytes each, for there may be a hundred million."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        self.document = document
        words = coded_words(document)
        self.length = len(words)
        self.shingles = shingles(words)
        self.outlet = document.outlet
        self.day = document.written.earliest.toordinal() if document.written else None
        self.digest = blake2b(" ".join(words).encode(), digest_size=16).hexdigest()

    def drop(self, standing: Hashes) -> None:
        """Leave standing text out of the shingles."""
        self.shingles = self.shingles[~_among(self.shingles, standing)]

    def meetings(self) -> Iterator[bytes]:
        """The buckets where it meets texts that may share something."""
        sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
        sketch.update(list(map(str, self.shingles.tolist())))
        digest = np.asarray(sketch.digest(), dtype=np.uint64)
        for band in range(_BANDS):
            yield bytes((band,)) + digest[band * _ROWS : (band + 1) * _ROWS].tobytes()
        for shingle in self.shingles[self.shingles % np.uint64(_SCALE) == 0]:
            yield shingle.tobytes()


def _among(wanted: Hashes, ordered: Hashes) -> npt.NDArray[np.bool_]:
    """Which of ``wanted`` stand in ``ordered``, which is sorted."""
    if not len(ordered):
        return np.zeros(len(wanted), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.asarray(ordered[at] == wanted, dtype=np.bool_)


def _texts(documents: Sequence[CodedDocument]) -> dict[str, _Text]:
    """By id; of two documents with one id the one whose words sort first is taken, whatever their order."""
    texts: dict[str, _Text] = {}
    for coded in documents:
        text = _Text(coded.document)
        if text.length and (text.id not in texts or text.digest < texts[text.id].digest):
            texts[text.id] = text
    return {document_id: texts[document_id] for document_id in sorted(texts)}


def _identical(texts: Mapping[str, _Text]) -> dict[str, list[str]]:
    same: dict[str, list[str]] = defaultdict(list)
    for text in texts.values():
        same[text.digest].append(text.id)
    return same


def _pairs(texts: Mapping[str, _Text]) -> Iterator[Likeness]:
    """Compare what shares a band. One text stands for all with the same words."""
    distinct = [texts[same[0]] for same in _identical(texts).values() if texts[same[0]].length >= _SHORT]
    distinct.sort(key=lambda text: (-text.length, text.digest))
    standing = _standing(distinct)
    for text in distinct:
        text.drop(standing)
    distinct = [text for text in distinct if len(text.shingles)]
    buckets: dict[bytes, list[int]] = defaultdict(list)
    for index, text in enumerate(distinct):
        met: set[int] = set()
        for meeting in text.meetings():
            bucket = buckets[meeting]
            met.update(bucket[: _NEIGHBOURS // 2], bucket[-_NEIGHBOURS // 2 :])
            bucket.append(index)
        for other in sorted(met):
            yield _compare(text, distinct[other])


def _standing(texts: Sequence[_Text]) -> Hashes:
    """The shingles an outlet prints again and again, weeks apart; sorted."""
    outlets: dict[str, list[_Text]] = defaultdict(list)
    for text in texts:
        if text.outlet and text.day is not None:
            outlets[text.outlet].append(text)
    found = [np.zeros(0, dtype=np.uint64)]
    for printed in outlets.values():
        shingles = np.concatenate([text.shingles for text in printed])
        days = np.repeat([text.day or 0 for text in printed], [len(text.shingles) for text in printed])
        order = np.lexsort((days, shingles))
        shingles, days = shingles[order], days[order]
        first = np.flatnonzero(np.append(True, shingles[1:] != shingles[:-1]))[: len(shingles)]
        last = np.append(first[1:], len(shingles)) - 1
        again = (last - first + 1 >= _STANDING) & (days[last] - days[first] >= _STANDING_DAYS)
        found.append(shingles[first[again]])
    return np.unique(np.concatenate(found))


def _compare(first: _Text, second: _Text) -> Likeness:
    shorter, longer = sorted((first, second), key=lambda text: (len(text.shingles), text.digest))
    found = _among(shorter.shingles, np.sort(longer.shingles))
    shared = int(found.sum())
    if first.digest == second.digest:  # however short
        return Likeness(shorter.id, longer.id, shared, 1.0, 1.0, 1.0)
    return Likeness(
        shorter=shorter.id,
        longer=longer.id,
        shared=shared,
        jaccard=shared / (len(shorter.shingles) + len(longer.shingles) - shared),
        containment=shared / len(found),
        opening=float(found[: (len(found) + 1) // 2].mean()),
    )
