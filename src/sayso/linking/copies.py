"""Copies: documents that share one text. A reprint is not a second voice.

Near-duplicates are found by MinHash over shingles of five words with locality-sensitive banding (Broder 1997; the
sketch is rensa's R-MinHash with a fixed seed), and every candidate pair is then compared exactly. Only the coded
segments count, so that a menu, a disclaimer or a list of headlines never makes two pages alike.

Standing text, the paragraph an outlet prints under every story and furniture that looks like article, is left out by
what it is: words found in documents of one outlet that were written weeks apart. Nobody copies one story for weeks.
Thresholds were set by reading pairs; docs/design/linking.md says which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Literal

from rensa import RMinHash

from sayso.ids import content_id
from sayso.linking.partition import Partition
from sayso.model import CODED_KINDS, CodedDocument, CopyGroup, Document

_WORD = re.compile(r"\w+")
_SHINGLE = 5
#: 64 bands of 2 rows: two texts that share a sixth of their shingles meet with 83%, a quarter with 98%.
_BANDS, _ROWS, _SEED = 64, 2, 42
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

CopyKind = Literal["copy", "part", "anew"]


@dataclass(frozen=True, slots=True)
class CopyPair:
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
    for same in _identical(texts).values():
        for document_id in same[1:]:
            partition.join(same[0], document_id)
    for pair in _pairs(texts):
        if pair.kind == "copy":
            partition.join(pair.shorter, pair.longer)
    return tuple(CopyGroup(content_id("cpy", group), group) for group in partition.groups() if len(group) > 1)


def compare_copies(documents: Sequence[CodedDocument]) -> tuple[CopyPair, ...]:
    """Every candidate pair with its figures, most alike first: what ``find_copies`` decides on, for reading.

    Of documents with the same words only one stands for all.
    """
    return tuple(sorted(_pairs(_texts(documents)), key=lambda p: (-p.containment, p.shorter, p.longer)))


class _Text:
    """The coded words of a document, as shingles."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        coded = (document.text[s.start : s.end] for s in document.segments if s.kind in CODED_KINDS)
        self._words = [word for part in coded for word in _WORD.findall(part.casefold())]
        self.length = len(self._words)
        #: Runs of five words in the order of the text, each once.
        self.shingles = tuple(
            dict.fromkeys(" ".join(self._words[i : i + _SHINGLE]) for i in range(self.length - _SHINGLE + 1))
        )
        self.outlet = document.outlet
        self.day = document.written.earliest.toordinal() if document.written else None
        self.digest = blake2b(" ".join(self._words).encode(), digest_size=16).hexdigest()

    def drop(self, standing: Set[str]) -> None:
        """Leave standing text out of the shingles."""
        self.shingles = tuple(shingle for shingle in self.shingles if shingle not in standing)

    @cached_property
    def shingle_set(self) -> frozenset[str]:
        """The same without order."""
        return frozenset(self.shingles)

    def bands(self) -> Iterator[tuple[int, ...]]:
        sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
        sketch.update(self.shingles)
        digest = sketch.digest()
        for band in range(_BANDS):
            yield (band, *digest[band * _ROWS : (band + 1) * _ROWS])


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


def _pairs(texts: Mapping[str, _Text]) -> Iterator[CopyPair]:
    """Compare what shares a band. One text stands for all with the same words."""
    distinct = [texts[same[0]] for same in _identical(texts).values() if texts[same[0]].length >= _SHORT]
    distinct.sort(key=lambda text: (-text.length, text.digest))
    standing = _standing(distinct)
    for text in distinct:
        text.drop(standing)
    distinct = [text for text in distinct if text.shingles]
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index, text in enumerate(distinct):
        met: set[int] = set()
        for band in text.bands():
            bucket = buckets[band]
            met.update(bucket[: _NEIGHBOURS // 2], bucket[-_NEIGHBOURS // 2 :])
            bucket.append(index)
        for other in sorted(met):
            yield _compare(text, distinct[other])


def _standing(texts: Sequence[_Text]) -> frozenset[str]:
    """The shingles an outlet prints again and again, weeks apart."""
    printed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for text in texts:
        if text.outlet and text.day is not None:
            for shingle in text.shingles:
                printed[text.outlet, shingle].append(text.day)
    return frozenset(
        shingle
        for (_, shingle), days in printed.items()
        if len(days) >= _STANDING and max(days) - min(days) >= _STANDING_DAYS
    )


def _compare(first: _Text, second: _Text) -> CopyPair:
    shorter, longer = sorted((first, second), key=lambda text: (len(text.shingles), text.digest))
    shared = len(shorter.shingle_set & longer.shingle_set)
    opening = shorter.shingles[: (len(shorter.shingles) + 1) // 2]
    return CopyPair(
        shorter=shorter.id,
        longer=longer.id,
        shared=shared,
        jaccard=shared / (len(shorter.shingles) + len(longer.shingles) - shared),
        containment=shared / len(shorter.shingles),
        opening=sum(shingle in longer.shingle_set for shingle in opening) / len(opening),
    )
