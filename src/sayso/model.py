"""The core types. Frozen, and built in one direction: Capture -> Document -> Statement -> Event.

Offsets are characters (Unicode code points) into ``Document.text``, half open, so ``text[start:end]`` is what a
``Span`` stands for. Days are ``datetime.date``; countries ISO 3166-1 alpha-2; coordinates WGS 84 decimal degrees.
Unknown is ``None``, never zero and never an empty string.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

SegmentKind = Literal[
    "title", "heading", "byline", "dateline", "body", "quote", "caption", "teaser", "disclaimer", "chrome"
]
#: The kinds of segment that are coded; everything else is kept in the text, but only to be looked at.
CODED_KINDS: frozenset[SegmentKind] = frozenset({"title", "heading", "body", "quote", "caption"})
#: Those that are written like headlines: cut short, in the present, without where and when.
HEADLINE_KINDS: frozenset[SegmentKind] = frozenset({"title", "heading"})

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["day", "week", "month", "season", "year", "span"]
TimeBasis = Literal["explicit", "anchored", "reported", "heading"]
WrittenBasis = Literal["given", "metadata", "url", "dateline", "byline", "text"]
PlacePrecision = Literal["exact", "near", "district", "region", "country"]
PlaceRole = Literal["literal", "metonym", "part_of_name"]
ActorRole = Literal["actor", "target", "mentioned"]
Status = Literal["happened", "ongoing", "planned", "denied", "hypothetical", "alleged"]
#: Statuses of what took place, at least as somebody tells it.
TOOK_PLACE: frozenset[Status] = frozenset({"happened", "ongoing", "alleged"})
AttributionKind = Literal["direct", "indirect", "mixed"]
#: ``copy``: one text; ``part``: passages were taken over; ``anew``: not even that, the same story in other words.
CopyKind = Literal["copy", "part", "anew"]
#: What tells which of two copies came first: a credit line, the days they were written, the shorter within the longer.
CopyReason = Literal["credit", "earlier", "contained"]
DisagreementField = Literal["status", "time", "place", "actors", "targets", "killed", "injured", "type", "order"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Character offsets into ``Document.text``: the only evidence pointer there is."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words this span stands for."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled range of ``Document.text``. Segments are in order, do not overlap, and cover every visible word."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Capture:
    """What was fetched, unaltered. ``origin`` is a path or URL; ``id`` derives from origin and ``sha256``."""

    id: str
    origin: str
    retrieved_at: datetime
    media_type: str
    sha256: str
    bytes: bytes


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something happened, with what is known of it. ``earliest`` and ``latest`` are both inclusive."""

    earliest: date
    latest: date
    precision: Precision
    basis: TimeBasis
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """When a document was written, as an interval of days, both inclusive.

    ``best`` is a single day where one is known. ``basis`` says where it was read; ``evidence`` holds the words, and is
    empty only where the basis lies outside the text (``given`` by the user or the table, ``metadata``, ``url``).
    """

    earliest: date
    latest: date
    best: date | None
    basis: WrittenBasis
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One article: ALL its visible text, with ``segments`` labelling what is article and what is furniture.

    ``id`` is the id the table gave, or one derived from content. ``extra`` keeps the other columns of a table row.
    """

    id: str
    capture_id: str
    text: str
    segments: tuple[Segment, ...]
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    written: Written | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time named in the text, normalised to TIMEX3 (TimeML 1.2.1).

    ``earliest``/``latest``/``precision`` are None where the expression cannot be put on a calendar (a duration, a set,
    or a relative expression whose anchor is unknown). ``anchor`` holds the words it was worked out from, if any.
    """

    span: Span
    type: TimexType
    value: str
    earliest: date | None = None
    latest: date | None = None
    precision: Precision | None = None
    basis: TimeBasis | None = None
    anchor: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text, resolved to a gazetteer entry where possible.

    ``kind`` is the gazetteer's word for what it is (city, admin1, admin2, country, region, airbase, river...);
    ``precision`` how narrowly it locates an event; ``role`` whether the name is used as a place at all.
    """

    span: Span
    name: str
    latitude: float | None
    longitude: float | None
    kind: str | None
    precision: PlacePrecision
    country: str | None
    admin1: str | None
    gazetteer_id: str | None
    role: PlaceRole = "literal"


class Whereabouts(Protocol):
    """Where something is, whoever tells it: a ``Place`` of a document, that of an event, or of somebody's table."""

    @property
    def name(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def precision(self) -> PlacePrecision: ...
    @property
    def country(self) -> str | None: ...
    @property
    def admin1(self) -> str | None: ...
    @property
    def gazetteer_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone named or described in the text. ``actor_id`` is set where the registry knows them.

    ``sector`` is a PLOVER sector (GOV, MIL, REB, UNK...).
    """

    span: Span
    name: str
    actor_id: str | None = None
    country: str | None = None
    sector: str | None = None
    role: ActorRole = "mentioned"


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as the words give it: "at least 70" is (70, None); "8" is (8, 8). Never both None."""

    minimum: int | None
    maximum: int | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is cited (``source``), by which words (``cue``), for what (``content``)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: AttributionKind


@dataclass(frozen=True, slots=True)
class LoadedTerm:
    """A word that takes a side, with the neutral one where there is one.

    ``kind`` is that of the vocabulary; None in what older versions wrote. A ``quoted`` word is somebody else's.
    ``score``: how likely its sentence takes a side by its words, 0 to 1; None for a term, which takes one wherever it
    stands.
    """

    span: Span
    neutral: str | None
    kind: str | None = None
    quoted: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """A passage in which the document itself judges, argues or appeals, with the words that show it.

    ``score``: how likely its likeliest sentence is opinion, 0 to 1.
    """

    span: Span
    cues: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One reported event of one document.

    ``mentions`` lists every trigger of it, ``trigger`` first. ``type`` is an id of the event types. ``claimed_by`` is
    the chain of who is cited, nearest first; empty where the document says it in its own voice. ``coder`` names the
    rule or model, with version, that made it. ``certainty`` is how certain the words put it, from -3 (it did not
    happen) to 3 (it did); None in what a person marked.
    """

    id: str
    document_id: str
    trigger: Span
    mentions: tuple[Span, ...]
    sentence: Span
    type: str
    status: Status
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    place: Place | None
    time: TimeSpan | None
    killed: Count | None
    injured: Count | None
    claimed_by: tuple[Span, ...]
    coder: str
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One of the rival values of a disagreement, with the statements and the words it stands on.

    ``value`` is printable: "2016-03", "Palmyra", "at least 70". Evidence pairs a document id with a span of it.
    """

    value: str
    statement_ids: tuple[str, ...]
    evidence: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Rival values of one field, within one document or between the statements of one event."""

    id: str
    field: DisagreementField
    positions: tuple[Position, ...]
    event_id: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document with everything found in it."""

    document: Document
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    attributions: tuple[Attribution, ...]
    loaded: tuple[LoadedTerm, ...]
    statements: tuple[Statement, ...]
    disagreements: tuple[Disagreement, ...] = ()
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two documents of a group of copies, ``first`` and ``second`` in the order of their ids, with what they share.

    ``passages`` pairs a span of the one with the span of the other that has the same words. ``source`` is the id of
    the one whose text the other's comes from, with the ``reason`` that tells; None where nothing does.
    """

    first: str
    second: str
    kind: CopyKind
    passages: tuple[tuple[Span, Span], ...]
    source: str | None = None
    reason: CopyReason | None = None


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Documents that share one text: reprints and wire copy. They count as one voice.

    ``pairs`` is the evidence: the pairs that hold the group together, one fewer than it has documents, and beside
    them pairs that are in it only through others (kinds part and anew).
    """

    id: str
    document_ids: tuple[str, ...]
    pairs: tuple[CopyPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A cluster of statements taken to report the same thing. Its values are a view over them."""

    id: str
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking made of a set of coded documents."""

    events: tuple[Event, ...]
    copies: tuple[CopyGroup, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A statement that was judged, by its words: so it is found again whatever is read or coded next.

    ``quote`` is its trigger, ``text[start:end]`` of the document as it was; ``before`` and ``after`` are the words
    around it. ``origin`` is the path or URL the document came from.
    """

    statement_id: str
    document_id: str
    origin: str
    type: str
    start: int
    end: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision about something the machine made. Withdrawn, never deleted.

    ``subject`` holds ids of statements, ``anchors`` the same by their words. ``detail`` is what ``kind`` needs: the
    new value of an edited field, the groups of a split. ``assignment`` is set where a coder worked blind: then nothing
    of it is applied until it is adjudicated.
    """

    id: str
    kind: str
    subject: tuple[str, ...]
    verdict: str
    user: str
    reason: str | None
    created_at: datetime
    withdrawn_at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()
    assignment: str | None = None
