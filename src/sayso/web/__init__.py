"""The page people read: ``sayso serve`` opens it on this machine."""

from sayso.web.server import is_loopback, make_app, serve

__all__ = ["is_loopback", "make_app", "serve"]
