"""The words of a document as comparing texts needs them, and which of them an outlet prints under every story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from sayso.linking.meeting import Stand
from sayso.linking.shingles import Hashes, coded_words, shingles
from sayso.model import Document

#: 32 bands of 2 rows: two texts that share a quarter of their shingles meet with 87 %.
_BANDS, _ROWS, _SEED = 32, 2, 42
#: Every eighth shingle, by its number, is a meeting place of its own: however long the other text, two that share 40
#: shingles miss each other in 1 case of 200 (the scaled sketch of Irber and others 2022, which keeps containment).
_SCALE = 8
#: Texts of fewer words than this are copies only if all their words are the same: "Blast in Homs" is no evidence.
_SHORT = 25
#: Words are standing text if so many texts of an outlet have them, the first and the last so many days apart.
_STANDING, _STANDING_DAYS = 3, 14
#: An odd number with bits all over (the golden ratio's in 64 bits).
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Text:
    """The coded words of a document as ``shingles`` in the order of the text: eight bytes each, there may be many.

    ``length`` is in words, ``day`` an ordinal, ``digest`` the same for texts of the same words. ``standing`` says of
    each shingle whether it is standing text of the outlet.
    """

    id: str
    outlet: str | None
    day: int | None
    length: int
    digest: str
    shingles: Hashes
    standing: Mask

    @cached_property
    def told(self) -> Hashes:
        """The shingles that are no standing text."""
        return self.shingles[~self.standing]

    def stand(self) -> Stand | None:
        """Where it meets texts that may share something; None for one that is too short to be compared."""
        if self.length < _SHORT or not len(self.told):
            return None
        sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
        sketch.update(list(map(str, self.told.tolist())))
        rows = np.asarray(sketch.digest(), dtype=np.uint64).reshape(_BANDS, _ROWS)
        bands = np.arange(_BANDS, dtype=np.uint64)
        for row in range(_ROWS):
            bands = (bands + rows[:, row]) * _FACTOR
            bands ^= bands >> np.uint64(31)
        # Odd numbers are bands, and those that eight divides are shingles.
        sampled = self.told[self.told % np.uint64(_SCALE) == 0]
        keys = np.unique(np.concatenate((bands | np.uint64(1), sampled))).view(np.int64)
        return Stand(self.id, f"{10**9 - self.length:010d}{self.digest}".encode(), tuple(keys.tolist()))

    def without(self, standing: Hashes) -> Text:
        """The same with ``standing``, sorted, as its standing text."""
        return replace(self, standing=among(self.shingles, standing))


def text_of(document: Document) -> Text | None:
    """The text of ``document``, in which no standing text is known yet; None where it has no words."""
    words = coded_words(document)
    if not words:
        return None
    runs = shingles(words)
    return Text(
        id=document.id,
        outlet=document.outlet,
        day=document.written.earliest.toordinal() if document.written else None,
        length=len(words),
        digest=blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        shingles=runs,
        standing=np.zeros(len(runs), dtype=np.bool_),
    )


def with_standing(texts: Iterable[Text]) -> dict[str, Text]:
    """By id, in the order of ids: every text with what is standing text of its outlet left out."""
    by_outlet: dict[str | None, list[Text]] = defaultdict(list)
    for text in texts:
        by_outlet[text.outlet].append(text)
    found: dict[str, Text] = {}
    for printed in by_outlet.values():
        standing = standing_text(printed)
        found.update((text.id, text.without(standing)) for text in printed)
    return {document_id: found[document_id] for document_id in sorted(found)}


def standing_text(printed: Iterable[Text], of: Hashes | None = None) -> Hashes:
    """The shingles that one outlet's texts have again and again, weeks apart; sorted. ``of``: of these alone, sorted.

    The same words printed twice are one text, of its first day.
    """
    texts: dict[str, Text] = {}
    for text in printed:
        if text.outlet is not None and text.day is not None and text.length >= _SHORT:
            known = texts.get(text.digest)
            if known is None or known.day is None or text.day < known.day:
                texts[text.digest] = text
    runs = [text.shingles if of is None else text.shingles[among(text.shingles, of)] for text in texts.values()]
    numbers = np.concatenate(runs) if runs else np.zeros(0, dtype=np.uint64)
    if not len(numbers):
        return numbers
    days = np.repeat([text.day or 0 for text in texts.values()], [len(run) for run in runs])
    order = np.lexsort((days, numbers))
    numbers, days = numbers[order], days[order]
    first = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1]))[: len(numbers)]
    last = np.append(first[1:], len(numbers)) - 1
    again = (last - first + 1 >= _STANDING) & (days[last] - days[first] >= _STANDING_DAYS)
    return np.asarray(numbers[first[again]], dtype=np.uint64)


def among(wanted: Hashes, ordered: Hashes) -> Mask:
    """Which of ``wanted`` stand in ``ordered``, which is sorted."""
    if not len(ordered):
        return np.zeros(len(wanted), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.asarray(ordered[at] == wanted, dtype=np.bool_)


def of_the_same_words(texts: Mapping[str, Text]) -> dict[str, list[str]]:
    """Digest -> the ids of the texts with those words, in order: the first stands for all."""
    same: dict[str, list[str]] = defaultdict(list)
    for document_id in sorted(texts):
        same[texts[document_id].digest].append(document_id)
    return same


def representatives(texts: Mapping[str, Text]) -> Sequence[Text]:
    """One text for each digest."""
    return [texts[same[0]] for same in of_the_same_words(texts).values()]
