"""Statements to events: copies, the same event across documents, disagreements."""

from sayso.linking.copies import compare_copies, find_copies
from sayso.linking.disagreements import document_disagreements, event_disagreements
from sayso.linking.events import find_events
from sayso.linking.explaining import Tie, ties
from sayso.linking.judged import Judged
from sayso.linking.link import link
from sayso.linking.silence import Silence
from sayso.linking.updates import Update
from sayso.linking.views import EventActor, EventCount, EventPlace, EventTime, EventView, views
from sayso.linking.voices import Voice

__all__ = [
    "EventActor",
    "EventCount",
    "EventPlace",
    "EventTime",
    "EventView",
    "Judged",
    "Silence",
    "Tie",
    "Update",
    "Voice",
    "compare_copies",
    "document_disagreements",
    "event_disagreements",
    "find_copies",
    "find_events",
    "link",
    "ties",
    "views",
]
