"""A statement with what comparing it needs, worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.kinds import TypeKind, kinds
from sayso.linking.sites import sites_in
from sayso.model import CODED_KINDS, HEADLINE_KINDS, Document, Place, Statement

_WORD = re.compile(r"\w+")
#: A sentence gives this many words at most; no real one has more that matter.
_WORDS = 60
#: So much of a text's beginning is its lead (characters): what it tells, the body tells again.
_LEAD = 250
#: Places told narrowly enough that an event can be put there, and how many of a sentence are looked at.
_NARROW, _BESIDE = frozenset({"exact", "near"}), 8


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A statement, ready to be compared.

    ``voice`` is its document's copy group, or its document. ``words`` and ``trigger`` are stems. ``retells`` says that
    it stands where a text says things a second time: title, heading or lead. ``beside`` are other places its sentence
    names: of an event told of two towns in one breath, another report may name the second alone. ``sites`` are the
    kinds of building or vehicle it names.
    """

    statement: Statement
    voice: str
    kind: TypeKind
    words: frozenset[str]
    trigger: str
    retells: bool
    beside: tuple[Place, ...] = ()
    sites: frozenset[str] = frozenset()

    def shared_words(self, other: Mention) -> float | None:
        """Share (0..1) of the shorter sentence's words that the other has; None where one has none."""
        smaller = min(len(self.words), len(other.words))
        return len(self.words & other.words) / smaller if smaller else None


def mentions(
    document: Document, statements: Iterable[Statement], voice: str, places: Sequence[Place] = ()
) -> Iterator[Mention]:
    """``statements`` of ``document`` in their order, ready to be compared; ``places`` are all it names."""
    towns = {p.span.of(document.text): p for p in places if p.precision in _NARROW and p.role == "literal"}
    coded = [s for s in document.segments if s.kind in CODED_KINDS]
    headings = [s for s in coded if s.kind in HEADLINE_KINDS]
    body = next((s.start for s in coded if s.kind not in HEADLINE_KINDS), 0)
    for statement in statements:
        at = statement.trigger.start
        sentence = statement.sentence.of(document.text)
        yield Mention(
            statement=statement,
            voice=voice,
            kind=kinds().of(statement.type),
            words=_content_words(sentence),
            trigger=stem(statement.trigger.of(document.text).casefold()),
            beside=_beside(statement, sentence, towns),
            sites=sites_in(sentence),
            retells=at < body + _LEAD or any(s.start <= at < s.end for s in headings),
        )


def _beside(statement: Statement, sentence: str, towns: Mapping[str, Place]) -> tuple[Place, ...]:
    """Other towns of the document whose names stand in the sentence: a name read once means the same throughout."""
    own = statement.place and statement.place.gazetteer_id
    named = (town for name, town in towns.items() if name in sentence and town.gazetteer_id != own)
    return tuple({town.gazetteer_id: town for town in named}.values())[:_BESIDE]


def stem(word: str) -> str:
    """A word's first six letters: enough to see "bombing" in "bombings", in any language with suffixes."""
    return word[:6]


def _content_words(sentence: str) -> frozenset[str]:
    words = (word for word in _WORD.findall(sentence[:2000].casefold()) if len(word) > 3 or word.isdigit())
    return frozenset([stem(word) for word in words][:_WORDS])
