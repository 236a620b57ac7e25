"""All of linking in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.copies import Likeness, copy_groups, likenesses, texts_of
from sayso.linking.disagreements import event_disagreements
from sayso.linking.events import Found, distinct, find
from sayso.linking.judged import Judged
from sayso.linking.order import order_disagreements
from sayso.linking.texts import Text
from sayso.model import CodedDocument, Linked


@dataclass(frozen=True, slots=True)
class Steps:
    """What linking came to, and what it worked out on the way: texts, what two of them share, statements."""

    linked: Linked
    texts: Mapping[str, Text]
    likenesses: Sequence[Likeness]
    found: Found


def link(documents: Sequence[CodedDocument], judged: Judged | None = None) -> Linked:
    """Events, copies and disagreements of a set of coded documents; their order does not matter.

    ``judged`` holds what people decided about which statements are the same.

    Every statement is in exactly one event. Every disagreement belongs to an event, and has ``document_id`` set too
    where one document disagrees with itself. Documents with one id are taken for one (the text that sorts first).
    """
    return link_in_steps(documents, judged).linked


def link_in_steps(documents: Sequence[CodedDocument], judged: Judged | None = None) -> Steps:
    """As ``link``, with all that is needed to link one more document with its neighbours alone."""
    coded = distinct(documents)
    by_id = {c.document.id: c.document for c in coded}
    texts = texts_of(coded)
    alike = [pair for pair in likenesses(texts) if pair.telling]
    copies = copy_groups(alike, texts, by_id)
    found = find(coded, copies, judged)
    statements = {s.id: s for c in reversed(coded) for s in reversed(c.statements)}
    disagreements = [d for event in found.events for d in event_disagreements(event, statements, by_id)]
    disagreements += order_disagreements(found.events, statements, by_id)
    return Steps(Linked(events=found.events, copies=copies, disagreements=tuple(disagreements)), texts, alike, found)
