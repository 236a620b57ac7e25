"""What kind of building or vehicle a report is of: a hospital, a market, a convoy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from sayso.vocabulary.rows import csv_rows
from sayso.vocabulary.tables import packaged

_WORD = re.compile(r"\w+")


def sites_in(sentence: str) -> frozenset[str]:
    """The kinds of site that ``sentence`` names, by ``vocabulary/data/linking/sites.csv``.

    >>> sorted(sites_in("Aircraft bombed a funeral hall; the wounded were taken to hospitals."))
    ['funeral', 'hall', 'hospital']
    """
    known = _sites()
    words = _WORD.findall(sentence.casefold())
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return frozenset(site for words in (words, pairs) for word in words if (site := known.get(word)))


@cache
def _sites() -> Mapping[str, str]:
    return MappingProxyType(_parse(packaged("linking/sites.csv")))


def _parse(table: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for row in csv_rows(table, "linking/sites.csv", ("site", "words")):
        for word in row.text("words").split("|"):
            if not word or len(word.split()) > 2:
                raise row.error(f"{word!r}: a word of a site is one word or two")
            if word in known:
                raise row.error(f"{word!r} stands here twice")
            known[word] = row.text("site")
    return known
