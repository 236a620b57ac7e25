"""Who meets whom: things that share a key, near each other in the order of their ranks.

A sorted neighbourhood (Hernández and Stolfo 1995) at every key: each meets the next few, so that a key of thousands,
real or malicious, costs no more than their number. And it is local: what comes or goes changes only who meets whom
near its own place, which is what lets a workspace link a new document without linking all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

_BITS = 64


@dataclass(frozen=True, slots=True)
class Stand:
    """Something to be compared: it stands at each of ``keys`` (64 bits, signed), where ``rank`` puts it in order."""

    id: str
    rank: bytes
    keys: tuple[int, ...]


def meetings(stands: Iterable[Stand], window: int) -> Iterator[tuple[str, str]]:
    """Pairs of ids that meet, each once, the smaller id first: at some key no more than ``window`` places apart."""
    blocks: dict[int, list[tuple[bytes, str]]] = defaultdict(list)
    for stand in stands:
        for key in stand.keys:
            blocks[key].append((stand.rank, stand.id))
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        block.sort()
        for index, (_, first) in enumerate(block):
            for _, second in block[index + 1 : index + 1 + window]:
                pair = (first, second) if first < second else (second, first)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def number(*parts: object, size: int = _BITS // 8) -> int:
    """A key for what ``parts`` say, printed: two lists of parts without line breaks have one key only if alike."""
    words = "\n".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=size).digest(), "big", signed=True)
