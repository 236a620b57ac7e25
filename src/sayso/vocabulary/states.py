"""States as actors: their names, adjectives, capitals, and the organs each of them has (army, police...)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.vocabulary.rows import Row, csv_rows, yaml_rows, yaml_sections
from sayso.vocabulary.tables import is_country, packaged

_COLUMNS = ("country", "code", "name", "other_names", "adjectives", "people", "capital", "seats")


@dataclass(frozen=True, slots=True)
class State:
    """A state. ``country`` is ISO 3166-1 alpha-2 (XK for Kosovo), ``code`` the alpha-3 in lower case.

    ``capitals`` and ``seats`` are words that stand for its government ("Moscow", "the Kremlin").
    """

    country: str
    code: str
    name: str
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]

    @property
    def adjective(self) -> str:
        """The usual adjective; the name itself where there is none."""
        return self.adjectives[0] if self.adjectives else self.name


@dataclass(frozen=True, slots=True)
class Organ:
    """What every state has: ``names`` are templates with ``{name}`` and ``{adjective}``."""

    organ: str
    sector: str
    kind: str
    parent: str | None
    names: tuple[str, ...]

    def names_for(self, state: State) -> Iterator[str]:
        """The names of this organ in ``state``, the neutral one first."""
        for template in self.names:
            for adjective in state.adjectives or (state.name,):
                yield template.format(name=state.name, adjective=adjective)


def load_states() -> tuple[State, ...]:
    """The states of ``data/actors/states.csv``."""
    file = "actors/states.csv"
    text = packaged(file)
    return tuple(_state(row) for row in csv_rows(text, file, _COLUMNS))


def load_organs() -> tuple[Organ, ...]:
    """The organs of ``data/actors/organs.yaml``."""
    file = "actors/organs.yaml"
    text = packaged(file)
    return tuple(_organ(row) for row in yaml_rows(yaml_sections(text, file), "organs", file))


def _state(row: Row) -> State:
    country, code = row.text("country"), row.text("code")
    if not is_country(country):
        raise row.error(f"{country!r} is not an ISO 3166-1 alpha-2 code")
    if not (len(code) == 3 and code.islower()):
        raise row.error(f"{code!r} is not an ISO 3166-1 alpha-3 code in lower case")
    adjectives = _parts(row.values["adjectives"])
    people = _parts(row.values["people"]) or tuple(
        f"{a}s" for a in adjectives if a.endswith(("n", "i", "k", "o", "t", "e")) and not a.endswith("ese")
    )
    return State(
        country=country,
        code=code,
        name=row.text("name"),
        other_names=_parts(row.values["other_names"]),
        adjectives=adjectives,
        people=people,
        capitals=_parts(row.values["capital"]),
        seats=_parts(row.values["seats"]),
    )


def _organ(row: Row) -> Organ:
    row.only(("organ", "sector", "kind", "parent", "names"))
    names = row.texts("names")
    if not names:
        raise row.error("an organ needs at least one name")
    return Organ(row.text("organ"), row.text("sector"), row.text("kind"), row.text_or_none("parent"), names)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
