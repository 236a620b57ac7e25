"""Datelines and credits: "BEIRUT (Reuters) -", "DAMASCUS, 12 July (SANA)", "(KYIV) --", "SANA-", "Beirut- "."""

from __future__ import annotations

import re
from functools import cache

from sayso.reading.datestamp import stamp_at
from sayso.reading.wordlists import rows

_NAME = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_PLACE = re.compile(rf"{_NAME}(?:[ /-]{{1,2}}{_NAME}){{0,3}}")
_YEARLESS = re.compile(r"(?:\d{1,2}\s[A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.?\s\d{1,2})(?!\d)")
_JOIN = re.compile(r",?\s{1,2}")
_CREDITED = re.compile(r"\s?[(\[]([A-Z][^()\[\]\n]{0,40})[)\]]")
_DASH = re.compile(r"\s?(?:--|[-–—])\s?|\s?:\s")
_SPACED_DASH = re.compile(r"\s(?:--?|[–—])\s|[–—]\s?|--\s?")
_BRACKETED = re.compile(r"\(([^\W\d_a-z][^\W\d_a-z,. '-]{1,30})\)\s?(?:--?|[–—])\s?")
_GLUED = re.compile(rf"{_NAME}(?: {_NAME})?[-–—]\s(?=[A-Z\"“])")
_CREDIT_WORDS = re.compile(r"[A-Z][\w-]*(?:\s[A-Z][\w-]*){0,2}")


@cache
def _credits() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("agencies", "credit", "outlet")}


def is_credit(words: str) -> bool:
    """Whether ``words`` are the name an outlet is credited by."""
    return words in _credits()


def credited(words: str) -> str | None:
    """The outlet that ``words``, as in "(Reuters)" or "Reuters/AFP", credit first; None where that is no outlet."""
    for part in re.split(r"\s?[/,;+]\s?|\sand\s", words.strip()):
        if part in _credits():
            return _credits()[part]
    return None


def dateline_end(text: str, start: int, end: int) -> int | None:
    """Where the dateline that begins at ``start``, with its dash, ends; None where there is none."""
    end = min(end, start + 160)
    bracketed = _BRACKETED.match(text, start, end)
    if bracketed:
        return bracketed.end()
    agency = _agency_end(text, start, end)
    if agency:
        return agency
    place = _PLACE.match(text, start, end)
    if not place:
        return None
    upper = place.group().upper() == place.group() and len(place.group()) > 2
    at = place.end()
    dated = False
    for _ in range(3):
        join = _JOIN.match(text, at, end)
        if not join:
            break
        stamp = stamp_at(text, join.end(), end)
        more = _YEARLESS.match(text, join.end(), end) if stamp is None else None
        after = stamp.span.end if stamp else more.end() if more else None
        if after is None and text.startswith(",", at):
            second = _PLACE.match(text, join.end(), end)
            after = second.end() if second and not is_credit(second.group()) else None
        else:
            dated = dated or after is not None
        if after is None:
            break
        at = after
    credit = _CREDITED.match(text, at, end)
    if credit:
        dash = _DASH.match(text, credit.end(), end)
        if credited(credit[1]) or (dash and (upper or dated)):
            return dash.end() if dash else credit.end()
        return None
    if text.startswith(", ", at):
        agency = _agency_end(text, at + 2, end)
        if agency:
            return agency
    dash = _SPACED_DASH.match(text, at, end)
    if dash and (upper or dated):
        return dash.end()
    glued = _GLUED.match(text, start, end)
    return glued.end() if glued else None


def _agency_end(text: str, at: int, end: int) -> int | None:
    """Where "SANA-", "Reuters --" or "(AFP) -" at ``at`` ends."""
    match = _CREDIT_WORDS.match(text, at, end)
    # "SANA-One" is read as one word by the pattern: the credit ends at its first hyphen.
    for words in (match.group(), match.group().split("-")[0]) if match else ():
        dash = _DASH.match(text, at + len(words), end)
        if dash and is_credit(words):
            return dash.end()
    return None
