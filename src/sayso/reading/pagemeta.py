"""What a page says of itself in its tags: Open Graph, schema.org (JSON-LD and microdata), Dublin Core, plain HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from sayso.reading.datestamp import read_date

#: Names of tags with the day a piece came out, the surest first. Days of change are no days of writing.
_PUBLISHED = (
    "article:published_time", "datepublished", "article:published", "og:published_time", "og:article:published_time",
    "date.issued", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "publishdate",
    "publish-date", "publish_date", "publication_date", "publicationdate", "pubdate", "pub_date", "parsely-pub-date",
    "sailthru.date", "citation_publication_date", "datecreated", "date",
)  # fmt: skip
_TITLE = ("og:title", "headline", "dc.title", "dcterms.title", "twitter:title")
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_ARTICLES = ("article", "posting", "report", "webpage")
_JSON_CHARACTERS = 500_000
_JSON_NODES = 2_000
_VALUE_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What the tags say; None where they say nothing."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None


def page_meta(tree: etree._Element) -> PageMeta:
    """The metadata in the tags of ``tree``."""
    tags = _tags(tree)
    linked = list(_linked_data(tree))

    def said(names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            if name in tags:
                yield tags[name]

    days = [*(node.get("datePublished") for node in linked), *said(_PUBLISHED), *_time_elements(tree)]
    published = next((day for value in days if isinstance(value, str) and (day := _day(value))), None)
    titles = [
        *said(_TITLE[:1]),
        *(_text(node.get("headline")) for node in linked),
        *said(_TITLE[1:]),
        _html_title(tree),
    ]
    outlets = [*said(_OUTLET), *(_name(node.get("publisher")) for node in linked)]
    authors = [*(_name(node.get("author")) for node in linked), *said(_AUTHOR)]
    addresses = [*_canonical(tree), *said(("og:url",)), *(_text(node.get("url")) for node in linked)]
    return PageMeta(
        title=next(filter(None, titles), None),
        outlet=next(filter(None, outlets), None),
        author=next((a for a in authors if a and "://" not in a), None),
        url=next((a for a in addresses if a and a.lower().startswith(("http://", "https://"))), None),
        published=published,
    )


def _day(value: str) -> date | None:
    interval = read_date(value[:_VALUE_CHARACTERS])
    return interval.best if interval else None


def _tags(tree: etree._Element) -> dict[str, str]:
    """The ``meta`` tags by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = (element.get("content") or "").strip()
        if name and value and len(value) <= _VALUE_CHARACTERS:
            found.setdefault(name.strip().lower(), value)
    return found


def _time_elements(tree: etree._Element) -> Iterator[str]:
    """The times that say they are of publication; any other may be a clock or belong to another story."""
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            yield element.get("datetime") or ""


def _canonical(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and (address := element.get("href")):
            yield address.strip()


def _html_title(tree: etree._Element) -> str | None:
    element = next(tree.iter("title"), None)
    text = (element.text or "").strip() if element is not None else ""
    return text[:_VALUE_CHARACTERS] or None


def _linked_data(tree: etree._Element) -> Iterator[dict[str, Any]]:
    """The article-like objects of the page's JSON-LD, in order."""
    for element in tree.iter("script"):
        text = element.text or ""
        if (element.get("type") or "").lower() != "application/ld+json" or len(text) > _JSON_CHARACTERS:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_JSON_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                kinds = node.get("@type")
                names = " ".join(map(str, kinds if isinstance(kinds, list) else [kinds])).lower()
                if any(kind in names for kind in _ARTICLES):
                    yield node
                waiting.extend(v for k, v in node.items() if k in ("@graph", "mainEntity", "mainEntityOfPage"))


def _text(value: Any) -> str | None:
    return value.strip()[:_VALUE_CHARACTERS] or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """The name or names in a JSON-LD person, organisation or list of such."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:10]))) or None
    if isinstance(value, dict):
        return _text(value.get("name"))
    return _text(value)
