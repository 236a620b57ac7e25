"""Finding what was judged again, after its document was read or coded anew.

The anchor of an annotation by quote, context and position follows the W3C Web Annotation Data Model (2017), section 4.2
(TextQuoteSelector and TextPositionSelector): the position is believed where the words still stand there, else the words
are looked for, and nothing is taken for them that stands in other company.
"""

from __future__ import annotations

from sayso.model import Anchor, CodedDocument, Span, Statement

#: How much of the text around the trigger an anchor keeps, in characters.
CONTEXT = 40
#: How much of it must still stand on one side at least for words that moved to be the same words.
_ENOUGH = 16


def anchor(statement: Statement, text: str, origin: str) -> Anchor:
    """``statement`` of a document with ``text`` by its words."""
    start, end = statement.trigger.start, statement.trigger.end
    return Anchor(
        statement_id=statement.id,
        document_id=statement.document_id,
        origin=origin,
        type=statement.type,
        start=start,
        end=end,
        quote=text[start:end],
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
    )


def locate(wanted: Anchor, text: str) -> int | None:
    """Where the words of ``wanted`` begin in ``text`` now, or None where they are not to be found for sure."""
    if text.startswith(wanted.quote, wanted.start) and _in_company(wanted, text, wanted.start):
        return wanted.start
    whole = wanted.before + wanted.quote + wanted.after
    at = text.find(whole)
    if at >= 0 and text.find(whole, at + 1) < 0:
        return at + len(wanted.before)
    found, at = [], text.find(wanted.quote)
    while at >= 0:
        if _in_company(wanted, text, at):
            found.append(at)
        at = text.find(wanted.quote, at + 1)
    return found[0] if len(found) == 1 else None


def settle(wanted: Anchor, coded: CodedDocument) -> Statement | None:
    """The statement of ``coded`` that ``wanted`` is about now, or None.

    That is the one with its id; else the one that holds its words as trigger or mention, of its type if several do.
    """
    if coded.document.id == wanted.document_id:
        for statement in coded.statements:
            if statement.id == wanted.statement_id:
                return statement
    start = locate(wanted, coded.document.text)
    if start is None:
        return None
    words = Span(start, start + len(wanted.quote))
    holding = [s for s in coded.statements if any(mention.overlaps(words) for mention in s.mentions)]
    return min(
        holding, key=lambda s: (s.type != wanted.type, not s.trigger.overlaps(words), s.trigger.start), default=None
    )


def _in_company(wanted: Anchor, text: str, start: int) -> bool:
    before, after = wanted.before[-_ENOUGH:], wanted.after[:_ENOUGH]
    end = start + len(wanted.quote)
    # Context at the very edge of the text is short, and then proves little: the other side must do.
    left = len(before) == _ENOUGH and text[:start].endswith(before)
    right = len(after) == _ENOUGH and text.startswith(after, end)
    whole = text[max(0, start - len(wanted.before)) : start] == wanted.before and text.startswith(wanted.after, end)
    return left or right or whole
