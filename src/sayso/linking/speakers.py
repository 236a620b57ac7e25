"""Whose words a report passes on: the source it cites, under one key for everyone who speaks with one voice.

A state speaks with one voice: its ministries, its army and the media it owns. A person speaks for whom he belongs to.
A source the registry does not know ("a doctor", "residents") is known through the outlet alone, and speaks with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from sayso.linking.credits import credited
from sayso.linking.mention import stem
from sayso.model import CodedDocument, Document, Span, Statement
from sayso.vocabulary.actors import ActorEntry, ActorRegistry
from sayso.vocabulary.attribution import attribution_vocabulary
from sayso.vocabulary.descriptions import Head
from sayso.vocabulary.outlets import Outlet, outlets

_STATE_KINDS = frozenset({"state", "government", "state_forces"})
_WORD = re.compile(r"[^\W\d_]{2,40}")
#: Two capitalised words at least, and not the first of the phrase: a name that is someone's own.
_OWN_NAME = re.compile(r"[A-Z][\w'’-]{1,30}(?: (?:al-|el-|bin |abu |van |de )?[A-Z][\w'’-]{1,30}){1,3}")
#: A parent of a parent, and so on: no chain of owners is longer.
_GENERATIONS = 6
#: No phrase that names a source is longer (characters).
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who speaks: ``key`` is one for all who speak with one voice, ``name`` is printable."""

    key: str
    name: str


@cache
def registry() -> ActorRegistry:
    """The packaged registry, read once."""
    return ActorRegistry.load()


def speaker_of(entry: ActorEntry) -> Speaker:
    """An actor of the registry, under the key of whom it speaks for: its state, its owner, or itself."""
    name = entry.name
    for _ in range(_GENERATIONS):
        parent = _speaks_for(entry)
        if parent is None or parent.id == entry.id:
            break
        entry = parent
    return Speaker(entry.id, name)


def _speaks_for(entry: ActorEntry) -> ActorEntry | None:
    official = entry.kind == "person" and entry.sector in ("GOV", "MIL", "COP", "SPY", "LEG", "JUD")
    if entry.country and (entry.kind in _STATE_KINDS or (official and not entry.parents)):
        return registry().state(entry.country)
    if entry.kind in ("person", "media", "international_body"):
        return next((found for parent in entry.parents if (found := registry().get(parent))), None)
    return None


def outlet_speaker(outlet: Outlet) -> Speaker:
    """An outlet, under the key of the state or party it is an organ of, or its own."""
    owner = registry().get(outlet.actor_id) if outlet.actor_id and outlet.owner in ("state", "party") else None
    return Speaker(speaker_of(owner).key if owner else f"outlet {outlet.name.casefold()}", outlet.name)


class Sources:
    """Whose voice one document is by itself (``own``, empty where its outlet is unknown), and whom it cites."""

    def __init__(self, coded: CodedDocument) -> None:
        self.document_id = coded.document.id
        self.own = tuple(_own(coded.document))
        self._text = coded.document.text
        self._known = [(a.span, entry) for a in coded.actors if (entry := registry().get(a.actor_id or ""))]
        self._citing = [span for attribution in coded.attributions for span in attribution.source]

    def cited(self, statement: Statement) -> tuple[tuple[Speaker, Span], ...]:
        """The sources of a statement that are known by name: of a chain the first hand, not who passes its word on."""
        hands: list[tuple[Speaker, Span]] = []
        media: list[tuple[Speaker, Span]] = []
        for span in statement.claimed_by:
            entry = self._entry(span)
            speaker = speaker_of(entry) if entry else self._described(span)
            if speaker:
                (media if entry and entry.kind == "media" else hands).append((speaker, span))
        # Of "the monitor told the agency" the monitor is meant; of a chain of media the farthest.
        return tuple(hands or media[-1:])

    def own_names(self, statement: Statement) -> Iterator[str]:
        """Names of cited people the registry does not know, in lower case: two outlets may quote one of them."""
        for span in statement.claimed_by:
            match = _OWN_NAME.search(span.of(self._text)[:_LONGEST])
            if match and match.start() > 0:
                yield match.group().casefold()

    def _entry(self, span: Span) -> ActorEntry | None:
        """Whom the words of ``span`` name; of two bearers of a name (a capital, an agency) the one that publishes."""
        matches = registry().named_in(span.of(self._text)[:_LONGEST])
        named = [n.entry for match in matches for n in match.values if n.way in ("name", "capital")]
        tagged = [entry for tag, entry in self._known if span.contains(tag)]
        media = [entry for entry in named if entry.kind == "media"]
        # "the Syrian army" is named by its state and by what it is.
        words = [word.casefold() for word in _WORD.findall(span.of(self._text)[:_LONGEST])]
        head = registry().descriptions.head(words)
        of_state = (
            [n.entry for match in matches for n in match.values if n.way == "adjective"] if _is_organ(head) else []
        )
        return next(iter((*media, *named, *tagged, *of_state)), None)

    def _described(self, span: Span) -> Speaker | None:
        """Who "a monitor" or "the ministry" is, where the document names one source of that sort."""
        return next((self._sorts[noun] for noun in reversed(_stems(span.of(self._text))) if noun in self._sorts), None)

    @cached_property
    def _sorts(self) -> Mapping[str, Speaker]:
        """Stem of a noun -> the one source known by name that it describes here; of several, none."""
        found: dict[str, set[Speaker]] = defaultdict(set)
        for span in self._citing:
            entry = self._entry(span)
            if entry and entry.kind != "media":
                for noun in _stems(f"{entry.kind} {entry.name} {span.of(self._text)}"):
                    found[noun].add(speaker_of(entry))
        return {noun: next(iter(found[noun])) for noun in found.keys() & _body_nouns() if len(found[noun]) == 1}


def _is_organ(head: tuple[Head, int] | None) -> bool:
    return head is not None and head[0].organ is not None and head[0].kind in ("force", "body")


def _stems(words: str) -> list[str]:
    return [stem(word.casefold()) for word in _WORD.findall(words[:_LONGEST])]


@cache
def _body_nouns() -> frozenset[str]:
    """Stems of the nouns for bodies that speak."""
    return frozenset(stem(noun) for noun, kind in attribution_vocabulary().sources.items() if kind in ("group", "body"))


def _own(document: Document) -> Iterable[Speaker]:
    credits = credited(document)
    if credits:
        return [outlet_speaker(outlet) for outlet, _ in credits]
    if document.outlet is None:
        return ()
    known = outlets().find(document.outlet)
    return [outlet_speaker(known) if known else Speaker(f"outlet {document.outlet.casefold()}", document.outlet)]
