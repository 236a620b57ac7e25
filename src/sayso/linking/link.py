"""All of linking in one call."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.linking.copies import find_copies
from sayso.linking.disagreements import event_disagreements
from sayso.linking.events import distinct, find_events
from sayso.linking.judged import Judged
from sayso.linking.order import order_disagreements
from sayso.model import CodedDocument, Linked


def link(documents: Sequence[CodedDocument], judged: Judged | None = None) -> Linked:
    """Events, copies and disagreements of a set of coded documents; their order does not matter.

    ``judged`` holds what people decided about which statements are the same.

    Every statement is in exactly one event. Every disagreement belongs to an event, and has ``document_id`` set too
    where one document disagrees with itself. Documents with one id are taken for one (the text that sorts first).
    """
    coded = distinct(documents)
    copies = find_copies(coded)
    events = find_events(coded, copies, judged)
    statements = {s.id: s for c in reversed(coded) for s in reversed(c.statements)}
    by_id = {c.document.id: c.document for c in coded}
    disagreements = [d for event in events for d in event_disagreements(event, statements, by_id)]
    disagreements += order_disagreements(events, statements, by_id)
    return Linked(events=events, copies=copies, disagreements=tuple(disagreements))
