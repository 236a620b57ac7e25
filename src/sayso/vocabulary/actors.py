"""The registry of actors: who is known by name, under which names, when, and how they belong together.

Rows live in ``data/actors/*.yaml`` (armed groups, forces, bodies, people), states and their organs are made from
``data/actors/states.csv`` and ``organs.yaml``. A row may fill an organ of a state (``organ: air`` with ``country: RU``
names the Russian Aerospace Forces); it then takes the place of the one that would have been made.
Sectors follow PLOVER (Open Event Data Alliance), kinds the actor types of the ACLED codebook with a few of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from sayso.errors import VocabularyError
from sayso.vocabulary.descriptions import Descriptions
from sayso.vocabulary.name_index import Match, NameIndex
from sayso.vocabulary.offices import Offices
from sayso.vocabulary.rows import Row, yaml_rows, yaml_sections
from sayso.vocabulary.states import Organ, State, load_organs, load_states

#: PLOVER's sectors, as far as the registry uses them. UAF: armed, side not told. PRM: paramilitary beside a state.
SECTORS = frozenset(
    {
        "GOV", "MIL", "REB", "SPY", "COP", "PRM", "UAF", "CRM", "CVL", "IGO", "NGO", "MED",
        "JUD", "LEG", "PTY", "OPP", "BUS", "EDU", "REL", "REF", "LAB", "AGR", "UNK",
    }
)  # fmt: skip
KINDS = frozenset(
    {
        "state", "government", "state_forces", "rebel_group", "political_militia", "identity_militia",
        "external_forces", "alliance", "civilians", "protesters", "international_body", "organisation",
        "company", "party", "media", "monitor", "person",
    }
)  # fmt: skip
_KEYS = (
    "id", "name", "aliases", "country", "sector", "kind", "parents", "from", "to", "predecessors", "successors",
    "organ", "offices", "ids", "source",
)  # fmt: skip
#: Files of the folder that hold something else than registry rows.
_OTHER_FILES = frozenset({"organs.yaml", "descriptions.yaml"})

Way = Literal["name", "adjective", "capital", "people"]


@dataclass(frozen=True, slots=True)
class Office:
    """An office a person held: ``title``, of which ``country`` (or None), and the years, None where open or unknown."""

    title: str
    country: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One known actor. ``start`` and ``end`` are the years it bore this name, None where open or unknown.

    ``predecessors`` and ``successors`` are ids: what it was made of, renamed from, and became. ``identifiers`` maps a
    scheme ("wikidata", "ucdp") to its id.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str
    kind: str
    parents: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    organ: str | None = None
    offices: tuple[Office, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def active(self, year: int) -> bool:
        """Whether it bore this name in ``year``, as far as known."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@dataclass(frozen=True, slots=True)
class Naming:
    """That an actor is meant, and how: by name, by adjective ("Russian"), by its capital, or as its people."""

    entry: ActorEntry
    way: Way


@dataclass(frozen=True, slots=True)
class Lent:
    """Names and identifiers an actor gains from a table that a user added."""

    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


class ActorRegistry:
    """Every known actor, found by name. Build it with ``load``, or from rows of your own.

    ``lent`` are further names and identifiers by the ids of actors.
    """

    def __init__(
        self,
        entries: Iterable[ActorEntry],
        states: Iterable[State] = (),
        organs: Iterable[Organ] = (),
        descriptions: Descriptions | None = None,
        lent: Mapping[str, Lent] = MappingProxyType({}),
        offices: Offices | None = None,
    ) -> None:
        self._lent = lent
        self.states = tuple(states)
        self.descriptions = descriptions if descriptions is not None else Descriptions.load()
        self.offices = offices if offices is not None else Offices(())
        self._by_id: dict[str, ActorEntry] = {}
        self._organs: dict[tuple[str, str], ActorEntry] = {}
        self._index: NameIndex[Naming] = NameIndex()
        self._states: dict[str, ActorEntry] = {}
        named = tuple(entries)
        for entry in named:
            if entry.organ and entry.country and entry.kind != "person":
                self._organs.setdefault((entry.country, entry.organ), entry)
        self._add_states(tuple(organs))
        for entry in named:
            if entry.id not in self._by_id:  # those that fill an organ are in already, with its names
                self._add(entry)

    @classmethod
    def load(cls, more: Iterable[ActorEntry] = (), lent: Mapping[str, Lent] = MappingProxyType({})) -> ActorRegistry:
        """The registry that comes with Sayso, and ``more`` actors after it.

        Raises ``VocabularyError`` naming file and line of a malformed row.
        """
        entries: list[ActorEntry] = []
        folder = files("sayso.vocabulary").joinpath("data", "actors")
        for item in sorted(folder.iterdir(), key=lambda f: f.name):
            if item.name.endswith(".yaml") and item.name not in _OTHER_FILES:
                entries.extend(parse_actors(item.read_text(encoding="utf-8"), f"actors/{item.name}"))
        _check(entries)
        offices = Offices.load()
        entries = [entry if entry.offices else replace(entry, offices=_terms(entry, offices)) for entry in entries]
        return cls([*entries, *more], load_states(), load_organs(), Descriptions.load(), lent, offices)

    def __iter__(self) -> Iterator[ActorEntry]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._by_id

    def get(self, actor_id: str) -> ActorEntry | None:
        """The entry with this id."""
        return self._by_id.get(actor_id)

    def find(self, name: str) -> tuple[ActorEntry, ...]:
        """Every actor that bears ``name``, in whatever case, spelling of Arabic vowels or with whatever article."""
        found: dict[str, ActorEntry] = {}
        for naming in self._index.get(name):
            if naming.way != "adjective":
                found.setdefault(naming.entry.id, naming.entry)
        return tuple(found.values())

    def named(self, name: str) -> tuple[ActorEntry, ...]:
        """As ``find``, and those whose adjective it is ("Syrian"): everybody the name belongs to in some way."""
        return tuple({naming.entry.id: naming.entry for naming in self._index.get(name.removeprefix("="))}.values())

    def named_in(self, text: str) -> list[Match[Naming]]:
        """The longest known names in ``text``, from left to right."""
        return self._index.find(text)

    def state(self, country: str) -> ActorEntry | None:
        """The state with this ISO 3166-1 alpha-2 code."""
        return self._states.get(country)

    def organ(self, country: str, organ: str) -> ActorEntry | None:
        """The organ of a state: ``organ("RU", "air")`` is the Russian Aerospace Forces."""
        return self._organs.get((country, organ))

    def _add(self, entry: ActorEntry) -> ActorEntry:
        lent = self._lent.get(entry.id)
        if lent is not None:
            identifiers = (*entry.identifiers, *lent.identifiers)
            entry = replace(entry, aliases=(*entry.aliases, *lent.aliases), identifiers=identifiers)
        self._by_id[entry.id] = entry
        naming = Naming(entry, "name")
        for name in (entry.name, *entry.aliases):
            self._index.add(name, naming)
        return entry

    def _add_states(self, organs: tuple[Organ, ...]) -> None:
        for state in self.states:
            entry = ActorEntry(
                id=state.code,
                name=state.name,
                aliases=(*state.other_names, *state.seats),
                country=state.country,
                sector="GOV",
                kind="state",
                source="states.csv",
            )
            entry = self._states[state.country] = self._add(entry)
            self._add_ways(entry, state)
            for organ in organs:
                self._add_organ(state, organ)

    def _add_ways(self, entry: ActorEntry, state: State) -> None:
        ways: tuple[tuple[Way, tuple[str, ...]], ...] = (
            ("adjective", state.adjectives),
            ("people", state.people),
            ("capital", state.capitals),
        )
        for way, names in ways:
            naming = Naming(entry, way)
            for name in names:
                self._index.add(name, naming)

    def _add_organ(self, state: State, organ: Organ) -> None:
        names = tuple(dict.fromkeys(organ.names_for(state)))
        known = self._organs.get((state.country, organ.organ))
        if known is not None:
            extra = tuple(name for name in names if name != known.name and name not in known.aliases)
            entry = replace(known, aliases=(*known.aliases, *extra))
        else:
            parent = f"{state.code}-{organ.parent}" if organ.parent else state.code
            entry = ActorEntry(
                id=f"{state.code}-{organ.organ}",
                name=names[0],
                aliases=names[1:],
                country=state.country,
                sector=organ.sector,
                kind=organ.kind,
                parents=(parent,),
                organ=organ.organ,
                source="organs.yaml",
            )
        self._organs[state.country, organ.organ] = self._add(entry)


def parse_actors(text: str, file: str) -> list[ActorEntry]:
    """The actors of one YAML file. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    sections = yaml_sections(text, file)
    source = sections.get("source")
    return [entry_of(row, source if isinstance(source, str) else "") for row in yaml_rows(sections, "actors", file)]


def entry_of(row: Row, source: str) -> ActorEntry:
    """The actor a row stands for; ``source`` where the row names none. Raises ``VocabularyError`` by file and line."""
    row.only(_KEYS)
    sector, kind, country = row.text("sector"), row.text("kind"), row.text_or_none("country")
    if sector not in SECTORS:
        raise row.error(f"unknown sector {sector!r}")
    if kind not in KINDS:
        raise row.error(f"unknown kind {kind!r}")
    if country is not None and not (len(country) == 2 and country.isupper()):
        raise row.error(f"{country!r} is not an ISO 3166-1 alpha-2 code")
    start, end = row.year("from"), row.year("to")
    if start is not None and end is not None and end < start:
        raise row.error(f"ends ({end}) before it begins ({start})")
    return ActorEntry(
        id=row.text("id"),
        name=row.text("name"),
        aliases=row.texts("aliases"),
        country=country,
        sector=sector,
        kind=kind,
        parents=row.texts("parents"),
        start=start,
        end=end,
        predecessors=row.texts("predecessors"),
        successors=row.texts("successors"),
        organ=row.text_or_none("organ"),
        offices=_offices(row, country),
        identifiers=_identifiers(row),
        source=row.text_or_none("source") or source,
    )


def _offices(row: Row, country: str | None) -> tuple[Office, ...]:
    """Offices are written ``[title, from, to]``, in the person's own country, or ``[title, from, to, country]``."""
    listed = row.values.get("offices")
    if listed is None:
        return ()
    if not isinstance(listed, list):
        raise row.error("'offices' must be a list of [title, from, to]")
    offices = []
    for item in listed:
        fits = isinstance(item, list) and 3 <= len(item) <= 4 and isinstance(item[0], str)
        if not fits or not all(y is None or (isinstance(y, int) and 1900 <= y <= 2200) for y in item[1:3]):
            raise row.error(f"an office is [title, from, to] with years or null, found {item!r}")
        offices.append(Office(item[0], item[3] if len(item) == 4 else country, item[1], item[2]))
    return tuple(offices)


def _terms(entry: ActorEntry, offices: Offices) -> tuple[Office, ...]:
    """The offices of one whose own row lists none."""
    return tuple(
        Office(t.title.capitalize(), t.of if t.of.isupper() else None, t.first.year, None if t.ongoing else t.last.year)
        for t in offices.held_by(entry.id)
    )


def _identifiers(row: Row) -> tuple[tuple[str, str], ...]:
    ids = row.values.get("ids")
    if ids is None:
        return ()
    if not isinstance(ids, Mapping):
        raise row.error("'ids' must map a scheme to an id")
    return tuple((str(scheme), str(value)) for scheme, value in ids.items() if not str(scheme).startswith("__"))


def _check(entries: Iterable[ActorEntry]) -> None:
    """Refuse two rows with one id, and links to rows that are not there (states and organs are made later)."""
    listed = list(entries)
    ids: set[str] = set()
    for entry in listed:
        if entry.id in ids:
            raise VocabularyError(f"actors: the id {entry.id!r} is given twice")
        ids.add(entry.id)
    for entry in listed:
        for linked in (*entry.predecessors, *entry.successors):
            if linked not in ids:
                raise VocabularyError(f"actors: {entry.id!r} names {linked!r}, which no row has as its id")
