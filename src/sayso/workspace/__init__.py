"""Keeps all of it."""
