"""The command line. Its modules import what is heavy only when a command runs: ``sayso --help`` must not wait."""

from sayso.cli.app import main

__all__ = ["main"]
