"""The page people read: ``sayso serve`` opens it on this machine."""

from sayso.web.server import make_app, serve

__all__ = ["make_app", "serve"]
