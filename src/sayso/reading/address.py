"""Web addresses: which are safe to keep, and the day some of them carry."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from sayso.reading.datestamp import calendar_day

_SPACE = re.compile(r"\s")
_URL_CHARACTERS = 4000
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?P<mark>[-/_]?)(\d{1,2})(?P=mark)(\d{1,2})(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)")


def web_address(url: str | None) -> str | None:
    """``url`` if it is an ``http`` or ``https`` address, else None: nothing else may ever become a link."""
    if not url or len(url) > _URL_CHARACTERS or _SPACE.search(url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def address_day(url: str | None) -> date | None:
    """The one whole date in the path of ``url`` ("/2016/07/10/", "/20160710"), or None."""
    if not url:
        return None
    path = urlsplit(url).path
    days = {
        calendar_day(int(match[1]), int(match[3]), int(match[4]))
        for match in _IN_ADDRESS.finditer(path)
        if match["mark"] or _MONTH_IN_ADDRESS.fullmatch(match.group())
    }
    return days.pop() if len(days) == 1 else None
