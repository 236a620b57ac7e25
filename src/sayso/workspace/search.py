"""Full-text search over documents. A user's words are words: nothing they type is query syntax but quotes and ``*``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, text

#: A phrase in quotes (closed or not), or a run of anything else; each may end in ``*``.
_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_LIMIT_TERMS = 64


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that holds every term; ``excerpt`` is part of it, found words between ``\\x01`` and ``\\x02``."""

    document_id: str
    title: str | None
    outlet: str | None
    excerpt: str


def match_expression(query: str) -> str | None:
    """``query`` as an FTS5 expression that asks for all its terms, or None where it holds no word.

    >>> match_expression('barrel "east Aleppo" bomb* a"b OR')
    '"barrel" "east Aleppo" "bomb"* "a" "b OR"'
    """
    terms: list[str] = []
    for phrase, phrase_star, word in _TERM.findall(query.replace("\0", " ")):
        words, star = (word.rstrip("*"), word.endswith("*")) if word else (phrase, bool(phrase_star))
        if any(character.isalnum() for character in words):
            terms.append(f'"{words}"' + ("*" if star else ""))
    return " ".join(terms[:_LIMIT_TERMS]) or None


def search(connection: Connection, query: str, limit: int) -> list[Hit]:
    """The current documents that hold every term of ``query``, best first."""
    expression = match_expression(query)
    if expression is None:
        return []
    rows = connection.execute(
        text(
            "SELECT documents.id, documents.title, documents.outlet,"
            " snippet(document_words, 1, char(1), char(2), '…', 24) AS excerpt"
            " FROM document_words JOIN documents ON documents.number = document_words.rowid"
            " WHERE document_words MATCH :expression AND NOT documents.superseded"
            " ORDER BY bm25(document_words, 4.0, 1.0), documents.number LIMIT :limit"
        ),
        {"expression": expression, "limit": limit},
    )
    return [Hit(row.id, row.title, row.outlet, row.excerpt) for row in rows]
