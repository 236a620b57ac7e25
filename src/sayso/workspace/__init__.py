"""Keeps all of it: captures, documents, statements, events, judgements."""

from sayso.workspace.queries import EventFilter, Figures, Told
from sayso.workspace.search import Hit
from sayso.workspace.store import Workspace

__all__ = ["EventFilter", "Figures", "Hit", "Told", "Workspace"]
