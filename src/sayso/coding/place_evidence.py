"""What speaks for each place a name could mean: the features that ``place_choice`` weighs.

``Names`` holds the names of a document and, in one flat row of arrays, every candidate of every name. Features come in
two parts: what a candidate is by itself (``plain``), and how it sits with the places the other names could mean
(``in_context``), given how likely each of those is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.vocabulary.gazetteer import Entry, Found
from sayso.vocabulary.gazetteer_build import kilometres
from sayso.vocabulary.place_names import place_key

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: No more candidates of a name than this are weighed; GeoNames lists the main name and the larger places first.
MOST_CANDIDATES = 40
#: Candidates that may bear witness for others: of so many names, so many each, so many rows at a time.
_WITNESS_NAMES, _WITNESSES_A_NAME, _ROWS_AT_ONCE = 60, 8, 2_000
#: Distances over which one place speaks for another, in kilometres.
_NEAR, _AROUND, _REGION = 15.0, 60.0, 250.0

_TWIN_KM, _SMALL = 200.0, 100_000

#: Kinds of entry that a word beside the name asks for.
FITS: Mapping[str, frozenset[str]] = {
    "admin1": frozenset({"admin1"}),
    "countryside": frozenset({"admin1"}),
    "admin2": frozenset({"admin2", "quarter"}),
    "city": frozenset({"city", "capital"}),
    "capital": frozenset({"capital", "city"}),
    "quarter": frozenset({"quarter"}),
}

PLAIN = (
    "known", "people", "fewer_people", "no_people", "country", "continent", "capital", "admin1", "admin2", "own",
    "own_other", "main", "unlike", "namesakes", "fits", "misfits", "contained", "not_contained",
    "small_not_in_country", "speaking_capital", "has_seat", "fitting_twin", "small_in_longer_name",
)  # fmt: skip
IN_CONTEXT = (
    "country_share", "country_leads", "country_alone", "region_share", "near", "around", "in_region", "region_named",
    "country_named", "district_named", "capital_in_country", "people_in_country", "people_in_region",
    "admin1_in_region", "admin2_in_region", "own_in_country", "capital_abroad", "admin1_abroad", "people_abroad",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a document, with one kind word beside it, and the places it could mean.

    ``evidence`` says how much it may tell about its neighbours: how surely it is a place, and how often it stands.
    ``speaks``: somewhere it stands for a government ("Moscow denied"). ``goes_on``: it is but the known part of a
    longer name ("Jurf" of "Jurf al-Sakhar").
    """

    key: str
    wanted: str | None
    candidates: tuple[Found, ...]
    containers: tuple[Entry, ...]
    evidence: float
    speaks: bool = False
    goes_on: bool = False


class Names:
    """The candidates of all names of a document, flat: row ``i`` belongs to name ``self.name[i]``."""

    def __init__(self, names: Sequence[Name], votes: Mapping[str, float]) -> None:
        """``votes`` are what else speaks for a country (demonyms, the outlet's home), by its code."""
        self.names = names
        self.found = [found for name in names for found in name.candidates]
        entries = [found.entry for found in self.found]
        self.name: Integers = np.repeat(np.arange(len(names)), [len(name.candidates) for name in names])
        self.evidence = np.array([name.evidence for name in names])[self.name] if names else np.zeros(0)
        angles = np.radians([[e.latitude, e.longitude] for e in entries]).reshape(-1, 2)
        across = np.cos(angles[:, 0])
        self.points: Floats = np.stack(
            [across * np.cos(angles[:, 1]), across * np.sin(angles[:, 1]), np.sin(angles[:, 0])], axis=1
        )
        kinds = [e.kind for e in entries]
        self.is_country = np.array([kind in ("country", "continent") for kind in kinds], dtype=bool)
        self.is_admin1 = np.array([kind == "admin1" for kind in kinds], dtype=bool)
        self.is_admin2 = np.array([kind == "admin2" for kind in kinds], dtype=bool)
        self.is_capital = np.array([kind == "capital" for kind in kinds], dtype=bool)
        self.is_own = np.array([e.noted for e in entries], dtype=bool)
        self.people: Floats = np.log10([(e.population or 0) + 10 for e in entries])
        codes: dict[object, int] = {}
        self.country = _numbered([e.country for e in entries], codes)
        self._votes = {codes[code]: vote for code, vote in votes.items() if code in codes}
        self._other_votes = sum(votes.values()) - sum(self._votes.values())
        self._countries = len(codes)
        regions: dict[object, int] = {}
        self.region = _numbered([(e.country, e.admin1) if e.admin1 else None for e in entries], regions)
        self._regions = len(regions)
        districts: dict[object, int] = {}
        own = [(e.country, e.admin1, e.name) if e.kind == "admin2" else None for e in entries]
        self._is_district = _numbered(own, districts)
        self._in_district = _numbered(
            [(e.country, e.admin1, e.admin2_name) if e.admin2_name else None for e in entries], districts
        )
        self._districts = len(districts)

    def plain(self) -> Floats:
        """What each candidate is by itself; shape (candidates, ``PLAIN``)."""
        return np.array([row for name in self.names for row in _plain(name)]).reshape(-1, len(PLAIN))

    def in_context(self, chances: Floats) -> Floats:
        """How each candidate sits with the others, each as likely as ``chances``; shape (candidates, IN_CONTEXT)."""
        weights = chances * self.evidence
        total = float(weights.sum()) + sum(self._votes.values()) + self._other_votes
        own_total = np.bincount(self.name, weights, len(self.names))[self.name]
        countries = self._others(self.country, weights, self._countries)
        votes = np.zeros(self._countries)
        for code, vote in self._votes.items():
            votes[code] = vote
        countries += votes[self.country]
        rest = total - own_total
        country_share = countries / (rest + 0.5)
        leads = countries >= 0.999 * max(float(countries.max(initial=0.0)), 0.25)
        local = np.where(self.is_country, 0.0, weights)
        region_share = self._others(self.region, local, self._regions) / (
            local.sum() - np.bincount(self.name, local, len(self.names))[self.name] + 0.5
        )
        named = self._others(self.region, np.where(self.is_admin1, weights, 0.0), self._regions)
        country_named = self._others(self.country, np.where(self.is_country, weights, 0.0), self._countries)
        districts = np.bincount(self._is_district, weights, self._districts)
        districts[_NONE_OF_THEM] = 0.0
        places = ~(self.is_country | self.is_admin1)
        region_share = np.where((self.region == _NONE_OF_THEM) | self.is_country, 0.0, region_share)
        near, around, in_region = self._nearness(weights, places)
        share = np.where(self.is_country, 0.0, country_share)
        # News of the world names countries; of a town, its neighbours.
        abroad = float(weights[self.is_country].sum()) / (float(weights.sum()) + 0.5)
        return np.stack(
            [
                np.where(self.is_country, 0.0, country_share),
                leads & ~self.is_country,
                np.where(self.is_country, country_share, 0.0),
                region_share,
                near,
                around,
                in_region,
                np.where(places, np.minimum(named, 1.0), 0.0),
                np.where(self.is_country, 0.0, np.minimum(country_named, 1.0)),
                np.where(places, np.minimum(districts[self._in_district], 1.0), 0.0),
                share * self.is_capital,
                share * self.people,
                region_share * self.people * places,
                region_share * self.is_admin1,
                region_share * self.is_admin2,
                share * self.is_own,
                abroad * self.is_capital,
                abroad * self.is_admin1,
                abroad * self.people,
            ],
            axis=1,
        )

    def _others(self, group: Integers, weights: Floats, groups: int) -> Floats:
        """For each candidate, the weight of the candidates of other names that share its ``group``."""
        everywhere = np.bincount(group, weights, groups)[group]
        pair = self.name * groups + group
        pairs, inverse = np.unique(pair, return_inverse=True)
        own = np.bincount(inverse, weights, len(pairs))[inverse]
        shared: Floats = np.maximum(everywhere - own, 0.0)
        return np.where(group == _NONE_OF_THEM, 0.0, shared)

    def _nearness(self, weights: Floats, places: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
        witnesses = self._witnesses(np.where(places, weights, 0.0))
        result = np.zeros((3, len(self.name)))
        for start in range(0, len(self.name), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            cosine = np.clip(self.points[rows] @ self.points[witnesses].T, -1.0, 1.0)
            away = 6371.0 * np.sqrt(np.maximum(2.0 - 2.0 * cosine, 0.0))
            weight = np.where(self.name[rows, None] == self.name[witnesses], 0.0, weights[witnesses])
            for number, scale in enumerate((_NEAR, _AROUND, _REGION)):
                result[number, rows] = np.log1p((weight * np.exp(-away / scale)).sum(axis=1))
        result *= places
        return result[0], result[1], result[2]

    def _witnesses(self, weights: Floats) -> Integers:
        """The likeliest candidates of the names with most evidence."""
        order = np.lexsort((np.arange(len(weights)), -weights, self.name))
        first = np.searchsorted(self.name, self.name[order])
        likeliest = order[(np.arange(len(order)) - first < _WITNESSES_A_NAME) & (weights[order] > 0.01)]
        best = sorted(range(len(self.names)), key=lambda number: (-self.names[number].evidence, number))
        return likeliest[np.isin(self.name[likeliest], best[:_WITNESS_NAMES])]


#: The number of whatever has no country, no region or no district.
_NONE_OF_THEM = 0


def _numbered(values: Sequence[object], numbers: dict[object, int]) -> Integers:
    numbers.setdefault(None, _NONE_OF_THEM)
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


def _plain(name: Name) -> list[list[float]]:
    people = [np.log10((found.entry.population or 0) + 10) for found in name.candidates]
    most, rows = max(people, default=0.0), []
    namesakes = np.log1p(len(name.candidates))
    fits = FITS.get(name.wanted or "")
    fitting_ones = [f.entry for f in name.candidates if fits is not None and f.entry.kind in fits]
    towns = [f.entry for f in name.candidates if f.entry.kind in ("city", "capital")]
    in_country = any(container.kind == "country" for container in name.containers[:1])
    for found, own in zip(name.candidates, people, strict=True):
        entry = found.entry
        kind, ours = entry.kind, entry.noted
        inside = is_contained(entry, name.containers)
        fitting = fits is not None and kind in fits
        small = kind in ("city", "admin2", "quarter") and (entry.population or 0) < _SMALL
        area = kind in ("admin1", "admin2")
        rows.append(
            [
                1.0, own, most - own, not entry.population, kind == "country", kind == "continent", kind == "capital",
                kind == "admin1", kind == "admin2", ours, ours and kind not in ("city", "capital", "admin1"),
                found.main, (100.0 - found.likeness) / 10.0, namesakes, fitting, fits is not None and not fitting,
                inside, bool(name.containers) and not inside, small and in_country and not inside,
                name.speaks and kind == "capital", area and not fitting and _beside(entry, towns),
                not fitting and _beside(entry, fitting_ones), small and name.goes_on,
            ]
        )  # fmt: skip
    return rows


def _beside(entry: Entry, others: Sequence[Entry]) -> bool:
    """Whether one of ``others`` is a namesake of the same country that stands for about the same place."""
    return any(
        other.id != entry.id and other.country == entry.country
        and kilometres(entry.latitude, entry.longitude, other.latitude, other.longitude) < _TWIN_KM
        for other in others
    )  # fmt: skip


def is_contained(entry: Entry, containers: Sequence[Entry]) -> bool:
    """Whether a place lies in one of ``containers``, which the words beside its name tell."""
    return any(_inside(entry, container) for container in containers)


def _inside(entry: Entry, container: Entry) -> bool:
    if entry.id == container.id or entry.country != container.country:
        return False
    if container.kind == "country":
        return entry.kind != "country"
    if container.kind == "admin1":
        return entry.admin1 == container.admin1 and entry.kind != "admin1"
    if container.kind == "admin2" and entry.admin2_name is not None:
        return entry.admin1 == container.admin1 and place_key(entry.admin2_name) == place_key(container.name)
    return (
        entry.kind not in ("country", "admin1", "admin2")
        and kilometres(entry.latitude, entry.longitude, container.latitude, container.longitude) < 40.0
        and (entry.population or 0) <= (container.population or 0)
    )
