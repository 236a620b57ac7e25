"""Ids that derive from content: the same input gives the same id on any machine."""

from __future__ import annotations

import hashlib
import json

_DIGITS = 16


def content_id(prefix: str, *parts: object) -> str:
    """``prefix`` and the first 64 bits of the SHA-256 of ``parts`` as canonical JSON.

    Parts are strings, integers, None, or (nested) lists and tuples of them. The encoding is injective, so
    ``("ab", "c")`` and ``("a", "bc")`` differ.

    >>> content_id("doc", "a", 1)
    'doc_135f17a475a61afd'
    """
    canonical = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return f"{prefix}_{hashlib.sha256(canonical.encode('ascii')).hexdigest()[:_DIGITS]}"


def sha256_hex(data: bytes) -> str:
    """Hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()
