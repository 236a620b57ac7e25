"""Outlet and author, where the text or its address tells what no column or tag does."""

from __future__ import annotations

from sayso.reading.article import Article


def complete(article: Article) -> Article:
    """``article`` with what is unknown of it filled in from its own words."""
    return article
