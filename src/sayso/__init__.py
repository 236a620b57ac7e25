"""Sayso: a sourced chronology from a pile of articles."""

__version__ = "0.1.0"
