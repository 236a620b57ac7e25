"""Bytes to documents."""

from sayso.reading.reader import Reading, read, read_bytes

__all__ = ["Reading", "read", "read_bytes"]
