"""Triggers: the words that report an event."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from sayso.coding.parse import Sentence
from sayso.model import Span


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word (with its particle or compound) that denotes an event. ``token`` is its syntactic head."""

    token: Token
    span: Span
    sentence: Sentence
    type: str
