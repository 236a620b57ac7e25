"""The coder: a document in, everything found in it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sayso import __version__
from sayso.coding.actor_choice import with_parties
from sayso.coding.actor_context import ActorContext, document_context
from sayso.coding.actors import tag_actors
from sayso.coding.attribution import claimed_by, tag_attributions
from sayso.coding.casualties import Casualty, tag_casualties
from sayso.coding.certainty import certainty_of
from sayso.coding.counts import COUNTED, counts_of, shared_out
from sayso.coding.event_model import EventModel
from sayso.coding.event_places import place_of
from sayso.coding.event_times import time_of
from sayso.coding.loaded import tag_loaded
from sayso.coding.loaded_words import worded
from sayso.coding.mention import Mention
from sayso.coding.opinions import tag_opinions
from sayso.coding.parse import MODEL_NAME, ParsedDocument, Parser
from sayso.coding.places import tag_places
from sayso.coding.roles import roles_of
from sayso.coding.specific_types import with_specific_types
from sayso.coding.statements import statement
from sayso.coding.status import status_of
from sayso.coding.times import tag_times
from sayso.coding.triggers import Trigger, find_triggers
from sayso.coding.written import written_from_text
from sayso.model import Attribution, CodedDocument, Document, Place, TimeExpression
from sayso.vocabulary import additions
from sayso.vocabulary.actors import ActorRegistry
from sayso.vocabulary.actors_added import load_registry
from sayso.vocabulary.digest import data_digest
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.triggers import trigger_vocabulary


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document before its events; ``headings`` are the offsets at which headings begin."""

    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    attributions: tuple[Attribution, ...]
    casualties: tuple[Casualty, ...]
    context: ActorContext
    headings: tuple[int, ...]


class Coder:
    """Codes documents: ``Coder()(document)`` is a ``CodedDocument``.

    ``model`` is the path of another spaCy pipeline than the pinned one; ``gazetteer`` an open gazetteer, by default the
    one in the user's cache (built on first use, which takes up to a minute); ``events`` other learned weights than
    those that come with Sayso. Nothing is loaded before the first document. One coder serves one thread.
    """

    def __init__(
        self, model: Path | None = None, gazetteer: Gazetteer | None = None, events: EventModel | None = None
    ) -> None:
        self._parser = Parser(model)
        self._model_name = str(model) if model else MODEL_NAME
        self._given_gazetteer = gazetteer
        self._given_events = events

    @property
    def version(self) -> str:
        """Names the rules, their data files and the model, with their versions.

        A document coded under another version is coded anew.
        """
        data = data_digest("vocabulary", "reading")
        return f"rules/{__version__}.{data}{self._added}+{self._model_name}"

    @cached_property
    def _added(self) -> str:
        """Stands for the tables a user added, as they were when this coder was first used; empty without any."""
        told = additions.digest()
        return f".{told}" if told else ""

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._given_gazetteer or Gazetteer.open()

    @cached_property
    def events(self) -> EventModel:
        """The learned weights that judge which triggers report events."""
        return self._given_events or EventModel.load()

    @cached_property
    def _registry(self) -> ActorRegistry:
        return load_registry()

    def expect(self, documents: Sequence[Document]) -> None:
        """Parse ``documents`` together, which costs less: they are to be coded next. What comes out is the same."""
        self._parser.expect(documents)

    def __call__(self, document: Document) -> CodedDocument:
        """Everything found in the coded segments of ``document``; its disagreements are linking's to find."""
        return self.coded(*self.before_parties(document))

    def coded(self, parsed: ParsedDocument, found: Found, events: Sequence[tuple[Mention, ...]]) -> CodedDocument:
        """The document with its ``events``, each given as its mentions."""
        document = parsed.document
        events = shared_out(events, parsed, found.casualties)
        events = with_parties(events, parsed, found.context, found.attributions, found.casualties)
        # Worked out last, and for the reader alone: no time is resolved against a day nobody stated.
        written = document.written or written_from_text(parsed, found.times)
        sections = worded(parsed)
        return CodedDocument(
            document=replace(document, written=written),
            times=found.times,
            places=found.places,
            actors=tag_actors(parsed, self._registry, found.context),
            attributions=found.attributions,
            loaded=tag_loaded(parsed, sections),
            opinions=tag_opinions(parsed, found.attributions, sections),
            statements=tuple(
                statement(document, event, lambda m: claimed_by(m.trigger, found.attributions, parsed), self.version)
                for event in events
            ),
        )

    def before_parties(self, document: Document) -> tuple[ParsedDocument, Found, Sequence[tuple[Mention, ...]]]:
        """The parse, what was found, and the mentions of each event, with only those parties that syntax ties to them.

        For ``training/actor_roles.py``, which learns from the same view that ``with_parties`` has.
        """
        parsed, found = self.found(document)
        return parsed, found, [event for event, _ in self.events.events(self.mentions(parsed, found))]

    def mentions(self, parsed: ParsedDocument, found: Found) -> list[Mention]:
        """What may report an event, in order of the text, before any are put together."""
        likely = self.events.likely(find_triggers(parsed, trigger_vocabulary()), parsed.sentences)
        return with_specific_types([self.mention(trigger, parsed, found, chance) for trigger, chance in likely])

    def found(self, document: Document) -> tuple[ParsedDocument, Found]:
        """The parse, and what was found before any event."""
        parsed = self._parser.parse(document)
        places = tag_places(parsed, self._gazetteer)
        return parsed, Found(
            times=tag_times(parsed),
            places=places,
            attributions=tag_attributions(parsed),
            casualties=tag_casualties(parsed),
            context=document_context(parsed, self._registry, places),
            headings=tuple(s.segment.start for s in parsed.sections if s.segment.kind == "heading"),
        )

    def mention(self, trigger: Trigger, parsed: ParsedDocument, found: Found, chance: float = 1.0) -> Mention:
        """What the clause of ``trigger`` tells; ``chance``: how likely it reports an event."""
        actors, targets = roles_of(trigger, self._registry, found.context)
        counted = trigger.type in COUNTED
        killed, injured = counts_of(trigger, parsed, found.casualties) if counted else (None, None)
        status = status_of(trigger, found.attributions, parsed)
        return Mention(
            trigger=trigger,
            heading=sum(start <= trigger.span.start for start in found.headings),
            status=status,
            actors=actors,
            targets=targets,
            place=place_of(trigger, found.places, parsed),
            time=time_of(trigger, found.times, parsed),
            killed=killed,
            injured=injured,
            chance=chance,
            certainty=certainty_of(trigger, status),
        )
