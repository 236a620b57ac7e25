"""Statements to events: copies, the same event across documents, disagreements."""

from sayso.linking.copies import compare_copies, find_copies
from sayso.linking.disagreements import document_disagreements, event_disagreements
from sayso.linking.events import find_events
from sayso.linking.link import link
from sayso.linking.views import EventActor, EventCount, EventPlace, EventTime, EventView, view, views

__all__ = [
    "EventActor",
    "EventCount",
    "EventPlace",
    "EventTime",
    "EventView",
    "compare_copies",
    "document_disagreements",
    "event_disagreements",
    "find_copies",
    "find_events",
    "link",
    "view",
    "views",
]
