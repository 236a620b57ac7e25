"""Persons meant by their office: "the Russian president" is whoever held the office when the text was written.

A sentence that names one year speaks of that year. Where the day is not known, or the office changed hands within the
days that are meant, nobody is named: the words stay an office, with its country.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sayso.coding.actor_context import ActorContext, Names
from sayso.coding.actor_phrases import Phrase, object_of
from sayso.coding.tokens import Token
from sayso.vocabulary.actors import ActorEntry
from sayso.vocabulary.offices import Days

_YEAR = re.compile(r"(?:19|20)\d\d")
_PLURAL = frozenset({"NNS", "NNPS"})


def holders(
    phrase: Phrase, names: Names, owners: Sequence[ActorEntry], context: ActorContext
) -> tuple[ActorEntry, ...]:
    """Who held the office that ``phrase`` tells, one for each of its ``owners``; empty where one of them is not known.

    Nothing may stand before the owner: a former president holds no office.
    """
    plural = phrase.head.tag_ in _PLURAL
    if not owners or plural != (len(owners) > 1):
        return ()
    inside = names.between(phrase.first, phrase.head.i)
    if inside and inside[0].first != phrase.first:
        return ()
    of = object_of(phrase.head, "of")
    if not inside and of is not None and of.i not in names.hit_at:
        return ()  # "chief of a U.N. team"
    titles = _titles(phrase, inside[-1].last if inside else phrase.first)
    days = _days(phrase.head, context) if titles else None
    if days is None:
        return ()
    found: list[ActorEntry] = []
    for owner in owners:
        body = owner.country if owner.country and owner.kind in ("state", "government") else owner.id
        persons = (context.registry.offices.holder(body, title, days) for title in titles)
        person = context.registry.get(next((p for p in persons if p), ""))
        if person is None:
            return ()
        found.append(person)
    return tuple(found)


def _titles(phrase: Phrase, first: int) -> tuple[str, ...]:
    """The ways the office may be listed, its words beginning at token ``first``: with what follows, then without."""
    head = phrase.head
    words = [
        u.text.lower()
        for u in phrase.units
        if first <= u.first and u.last <= head.i and u.text not in ("'s", "’s", "'", "’")
    ]
    last = next((u.text.lower() for u in phrase.units if u.first <= head.i < u.last), head.lower_)
    office = " ".join([*words, last.removesuffix("s") if head.tag_ in _PLURAL else last])
    of = object_of(head, "of")
    owned = first > phrase.first
    # "the Russian president of the council" is not president of Russia.
    titles = [] if owned and of is not None else [office]
    for preposition in ("of", "for", "to"):
        follows = object_of(head, preposition)
        if follows is not None:
            tail = [t.lower_ for t in follows.doc[follows.left_edge.i : follows.i + 1] if t.pos_ != "DET"]
            titles.insert(0, f"{office} {preposition} {' '.join(tail)}")
    return tuple(titles)


def _days(head: Token, context: ActorContext) -> Days | None:
    """The days that the sentence around ``head`` speaks of."""
    years = {int(t.text) for t in head.sent if _YEAR.fullmatch(t.text)}
    if len(years) > 1:
        return None
    year = years.pop() if years else None
    if year is None or (context.days and context.days[0].year == year == context.days[1].year):
        return context.days
    return date(year, 1, 1), date(year, 12, 31)
