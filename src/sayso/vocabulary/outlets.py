"""Outlets: whose voice a report is. ``data/outlets.yaml`` tells each one's home country and who owns it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args
from urllib.parse import urlsplit

from sayso.vocabulary.rows import Row, yaml_rows, yaml_sections
from sayso.vocabulary.tables import choice, is_country, packaged

Owner = Literal["state", "party", "agency", "public", "private", "ngo"]

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
#: A longer name or address is nobody's; it is not worth looking at.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet. ``country`` is ISO 3166-1 alpha-2, ``owner`` the kind of owner, ``actor_id`` the owner where it is
    an actor of the registry."""

    name: str
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    country: str
    owner: Owner
    actor_id: str | None = None


class OutletRegistry:
    """Outlets by name and by host."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._outlets = tuple(outlets)
        self._by_name: dict[str, Outlet] = {}
        self._by_host: dict[str, Outlet] = {}
        for outlet in self._outlets:
            for name in (outlet.name, *outlet.aliases):
                self._by_name.setdefault(_key(name), outlet)
            for host in outlet.hosts:
                self._by_host.setdefault(host, outlet)

    @classmethod
    def load(cls) -> OutletRegistry:
        """The outlets that come with Sayso. Raises ``VocabularyError`` naming file and line of a malformed row."""
        file = "outlets.yaml"
        return cls(parse_outlets(packaged(file), file))

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets)

    def __len__(self) -> int:
        return len(self._outlets)

    def find(self, name_or_host: str) -> Outlet | None:
        """The outlet with this name, host or URL ("Reuters", "www.sana.sy", "https://tass.com/world/1"), else None.

        Case, accents and a leading "the" do not matter; of a host, the longest known ending decides.
        """
        text = name_or_host.strip()
        if not text or len(text) > _LONGEST:
            return None
        named = self._by_name.get(_key(text))
        if named is not None:
            return named
        host = _host(text)
        while host and "." in host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return None


@cache
def outlets() -> OutletRegistry:
    """The packaged registry, read once."""
    return OutletRegistry.load()


def parse_outlets(text: str, file: str) -> list[Outlet]:
    """The outlets of one YAML file. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    outlets: list[Outlet] = []
    names: dict[str, str] = {}
    for row in yaml_rows(yaml_sections(text, file), "outlets", file):
        outlet = _outlet(row)
        for name in {_key(n) for n in (outlet.name, *outlet.aliases)}:
            if names.setdefault(name, outlet.name) != outlet.name:
                raise row.error(f"{outlet.name!r} shares the name {name!r} with {names[name]!r}")
        outlets.append(outlet)
    return outlets


def _outlet(row: Row) -> Outlet:
    row.only(("name", "aliases", "hosts", "country", "owner", "actor"))
    owner, country = choice(row, "owner", get_args(Owner)), row.text("country")
    if not is_country(country):
        raise row.error(f"{country!r} is not an ISO 3166-1 alpha-2 code")
    hosts = row.texts("hosts")
    for host in hosts:
        if host != host.lower() or "/" in host or "." not in host:
            raise row.error(f"{host!r} is not a host name in lower case")
    return Outlet(row.text("name"), row.texts("aliases"), hosts, country, owner, row.text_or_none("actor"))  # type: ignore[arg-type]


def _key(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return _NOT_A_LETTER.sub("", plain.removeprefix("the "))


def _host(text: str) -> str | None:
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        return (parts.hostname or "").rstrip(".") or None
    except ValueError:  # a malformed address, such as an unclosed bracket
        return None
