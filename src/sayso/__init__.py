"""Sayso: a sourced chronology from a pile of articles.

    documents = sayso.read("articles/")
    coder = sayso.Coder()
    linked = sayso.link([coder(reading.document) for reading in documents])

``sayso.Workspace.open(path)`` opens what ``sayso build`` made. Names are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.coding.coder import Coder as Coder
    from sayso.linking import link as link
    from sayso.reading import read as read
    from sayso.workspace import Workspace as Workspace

__version__ = "0.1.0"
__all__ = ["Coder", "Workspace", "__version__", "link", "read"]

_HOMES = {
    "Coder": "sayso.coding.coder",
    "link": "sayso.linking",
    "read": "sayso.reading",
    "Workspace": "sayso.workspace",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")
