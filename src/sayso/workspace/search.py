"""Full-text search over documents. A user's words are words: nothing they type is query syntax but quotes and ``*``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, Select, column, false, func, literal_column, select, table, text

from sayso.workspace.tables import DocumentRow

#: A phrase in quotes (closed or not), or a run of anything else; each may end in ``*``.
_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_LIMIT_TERMS = 64


@dataclass(frozen=True, slots=True)
class _Term:
    """Words that stand together; ``prefix`` where the last of them may go on."""

    words: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that holds every term; ``excerpt`` is part of it, found words between ``\\x01`` and ``\\x02``.

    ``origin`` is the path or URL it was read from.
    """

    document_id: str
    title: str | None
    outlet: str | None
    origin: str
    excerpt: str


def match_expression(query: str) -> str | None:
    """``query`` as an FTS5 expression that asks for all its terms, or None where it holds no word.

    >>> match_expression('barrel "east Aleppo" bomb* a"b OR')
    '"barrel" "east Aleppo" "bomb"* "a" "b OR"'
    """
    return " ".join(f'"{term.words}"' + ("*" if term.prefix else "") for term in _terms(query)) or None


def _terms(query: str) -> list[_Term]:
    terms: list[_Term] = []
    for phrase, phrase_star, word in _TERM.findall(query.replace("\0", " ")):
        words, star = (word.rstrip("*"), word.endswith("*")) if word else (phrase, bool(phrase_star))
        if any(character.isalnum() for character in words):
            terms.append(_Term(words, star))
    return terms[:_LIMIT_TERMS]


def search(connection: Connection, query: str, limit: int) -> list[Hit]:
    """The current documents that hold every term of ``query``, best first."""
    terms = _terms(query)
    if not terms:
        return []
    if connection.dialect.name == "sqlite":
        rows = connection.execute(_SQLITE, {"expression": match_expression(query), "limit": limit})
    else:
        rows = connection.execute(_POSTGRESQL, {"expression": _tsquery(terms), "limit": limit})
    return [Hit(row.id, row.title, row.outlet, row.origin, row.excerpt) for row in rows]


def holding(dialect: str, query: str) -> Select[int]:
    """Row numbers of the documents that hold every term of ``query``; a query without a word finds none."""
    terms = _terms(query)
    if not terms:
        return select(DocumentRow.number).where(false())
    if dialect == "sqlite":
        words = table("document_words", column("rowid", Integer), column("document_words"))
        return select(words.c.rowid).where(words.c.document_words.op("MATCH")(match_expression(query)))
    # Asked by a query of its own, so that the index is used: PostgreSQL deems it cheaper to unpack the words of every
    # document where it knows beforehand that many have them.
    asked = select(func.to_tsquery("simple", func.fold_words(_tsquery(terms)))).scalar_subquery()
    return select(DocumentRow.number).where(literal_column("documents.words").op("@@")(asked))


def _tsquery(terms: list[_Term]) -> str:
    quoted = (re.sub(r"['\\]", " ", term.words) for term in terms)
    return " & ".join(f"'{words}'" + (":*" if term.prefix else "") for term, words in zip(terms, quoted, strict=True))


_SQLITE = text(
    "SELECT documents.id, documents.title, documents.outlet, documents.origin,"
    " snippet(document_words, 1, char(1), char(2), '…', 24) AS excerpt"
    " FROM document_words JOIN documents ON documents.number = document_words.rowid"
    " WHERE document_words MATCH :expression AND NOT documents.superseded"
    " ORDER BY bm25(document_words, 4.0, 1.0), documents.number LIMIT :limit"
)
#: Only the documents that are shown are read whole, for their excerpt.
_POSTGRESQL = text(
    "WITH asked AS (SELECT to_tsquery('simple', fold_words(:expression)) AS words), found AS ("
    " SELECT number, id, title, outlet, origin, text, ts_rank(documents.words, asked.words) AS rank"
    " FROM documents, asked"
    " WHERE documents.words @@ asked.words AND NOT superseded ORDER BY rank DESC, number LIMIT :limit)"
    " SELECT id, title, outlet, origin, ts_headline('simple', text, asked.words, 'StartSel=' || chr(1) || ', StopSel='"
    " || chr(2) || ', MaxFragments=1, MaxWords=24, MinWords=12') AS excerpt"
    " FROM found, asked ORDER BY rank DESC, number"
)
