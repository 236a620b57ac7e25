"""A statement with the document it stands in, as disagreements compare them."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.linking.mention import Mention, mentions
from sayso.model import Document, Statement


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with the document it stands in."""

    statement: Statement
    document: Document

    def mention(self) -> Mention:
        """Ready to be compared as if all were copies: what is told in the same words is the same."""
        return next(mentions(self.document, [self.statement], voice=""))
