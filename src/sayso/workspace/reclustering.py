"""Clusters and events kept up to date: what statements that came or went mean to those they hang together with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select, update

from sayso.contract import Record
from sayso.linking.blocking import WINDOW
from sayso.linking.clusters import Clusters, Tied, tie
from sayso.linking.events import events_of
from sayso.linking.judged import Judged
from sayso.linking.mention import Mention
from sayso.linking.undated import is_vague, meant
from sayso.model import Event
from sayso.workspace import kept
from sayso.workspace.chunks import chunks, put
from sayso.workspace.linking_tables import JudgedRow, KeyRow, LinkedRow, PostRow, TiedRow
from sayso.workspace.neighbours import Entry, Neighbours, Pair


@dataclass(slots=True)
class Member:
    """A statement as it was linked."""

    number: int
    id: str
    document: int
    host: str | None
    cluster: str | None
    vague: bool
    meant: str | None
    event: str
    posts: Record


@dataclass(frozen=True, slots=True)
class Reached:
    """The events that a change reaches, as they are now with their statements' rows, and the ids of those they were."""

    events: Mapping[str, tuple[Event, Sequence[Member]]]
    before: frozenset[str]


def members_where(connection: Connection, column: object, values: Collection[object]) -> list[Member]:
    """The linked statements that have one of ``values`` in ``column``."""
    found = []
    query = select(
        LinkedRow.number, LinkedRow.id, LinkedRow.document_number, LinkedRow.host, LinkedRow.cluster, LinkedRow.vague,
        LinkedRow.meant, LinkedRow.event_id, LinkedRow.posts,
    )  # fmt: skip
    for some in chunks(sorted(values)):  # type: ignore[type-var]
        found += [Member(*row) for row in connection.execute(query.where(column.in_(some)))]  # type: ignore[attr-defined]
    return found


def judged_about(connection: Connection, ids: Collection[str]) -> Judged:
    """What people decided about any of the statements ``ids``."""
    pairs: dict[str, set[tuple[str, str]]] = {"same": set(), "different": set()}
    for some in chunks(sorted(ids)) if _any_judged(connection) else ():
        either = or_(JudgedRow.first.in_(some), JudgedRow.second.in_(some))
        for row in connection.execute(select(JudgedRow.first, JudgedRow.second, JudgedRow.kind).where(either)):
            pairs[row.kind].add((row.first, row.second))
    return Judged(frozenset(pairs["same"]), frozenset(pairs["different"]))


def _any_judged(connection: Connection) -> bool:
    return connection.scalar(select(JudgedRow.first).limit(1)) is not None


class Reclustering:
    """One change: statements taken away, then others put in, then everything in reach made anew."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mentions = kept.Mentions(connection)
        self._meetings = Neighbours(connection, KeyRow, WINDOW)
        self._dropped: list[Member] = []
        self._out: list[Entry] = []
        self._into: list[Entry] = []
        self._fresh: dict[int, bool] = {}
        #: Numbers of statements whose pairs changed.
        self._touched: set[int] = set()

    @property
    def dropped(self) -> Sequence[Member]:
        """What was taken away."""
        return self._dropped

    def take_away(self, documents: Collection[int]) -> None:
        """Forget the statements of ``documents``, with the pairs they make."""
        connection = self._connection
        for some in chunks(sorted(documents)):
            for row in connection.execute(
                select(LinkedRow.number, LinkedRow.rank, LinkedRow.keys).where(LinkedRow.document_number.in_(some))
            ):
                self._out += kept.entries(row.rank, row.keys, row.number)
        gone = members_where(connection, LinkedRow.document_number, documents)
        self._dropped += gone
        numbers = {one.number for one in gone}
        hung_on = {number for pair in self._ties(numbers) for number in pair} | self._said_same(numbers)
        self._touched |= hung_on - numbers
        for some in chunks(sorted(numbers)):
            connection.execute(delete(TiedRow).where(or_(TiedRow.first.in_(some), TiedRow.second.in_(some))))
            connection.execute(delete(LinkedRow).where(LinkedRow.number.in_(some)))
        for one in gone:
            self._unpost(one, ("known", "asks", "order"))

    def put_in(self, rows: Sequence[Record], mentions: Mapping[int, Mention]) -> None:
        """Keep statements (``kept.linked_values``) that are to be linked."""
        put(self._connection, LinkedRow, rows)
        kept.post(self._connection, (one for row in rows for one in kept.posts(("asks", "order"), row)))
        for row in rows:
            self._fresh[row["number"]] = row["host"] is None
            if row["host"] is None:
                mention = mentions[row["number"]]
                self._mentions.know(row["number"], mention)
                self._into += [(key, row["rank"], row["number"]) for key in kept.keys_of(row["keys"])]

    def run(self, judged: Collection[str]) -> Reached:
        """Link what is in reach; ``judged`` are statements about which people decided something since."""
        self._touched |= {number for number, stands in self._fresh.items() if stands}
        decided = [one.number for one in members_where(self._connection, LinkedRow.id, judged) if one.host is None]
        self._touched.update(decided)
        self._meet()
        changed = self._recluster()
        changed.clusters.update(
            c for one in members_where(self._connection, LinkedRow.number, decided) if (c := one.cluster)
        )
        reached = self._ask(changed)
        return self._events(reached)

    # --- pairs --------------------------------------------------------------------------------------------------------

    def _meet(self) -> None:
        """Compare those who meet now, and part those who do not any more."""
        changed = self._meetings.change(self._out, self._into)
        known = self._ties({number for pair in changed.met if not self._fresh.keys() & set(pair) for number in pair})
        mentions = self._mentions.read({number for pair in changed.met for number in pair})
        new = []
        for first, second in sorted(changed.met - known.keys()):
            found = tie(mentions[first], mentions[second])
            if found:
                low, high = (first, second) if found.first == mentions[first].statement.id else (second, first)
                new.append({"first": low, "second": high, "worth": found.worth})
                self._touched |= {first, second}
        put(self._connection, TiedRow, new)
        self._part(changed.parted)

    def _part(self, pairs: Collection[Pair]) -> None:
        known = self._ties({number for pair in pairs for number in pair})
        doubtful = sorted(pairs & known.keys())
        places = {}
        for some in chunks(sorted({number for pair in doubtful for number in pair})):
            query = select(LinkedRow.number, LinkedRow.rank, LinkedRow.keys).where(LinkedRow.number.in_(some))
            for row in self._connection.execute(query):
                places[row.number] = (bytes(row.rank or b""), kept.keys_of(row.keys))
        apart = [pair for pair in doubtful if not self._meetings.meet(places[pair[0]], places[pair[1]])]
        self._touched.update(number for pair in apart for number in pair)
        if apart:
            one = and_(TiedRow.first == bindparam("a"), TiedRow.second == bindparam("b"))
            both = [{"a": x, "b": y} for pair in apart for x, y in (pair, pair[::-1])]
            self._connection.execute(delete(TiedRow).where(one), both)

    def _ties(self, numbers: Collection[int]) -> dict[Pair, float]:
        """The ties of ``numbers``, the smaller number first."""
        found = {}
        for some in chunks(sorted(numbers)):
            query = select(TiedRow.first, TiedRow.second, TiedRow.worth)
            for first, second, worth in self._connection.execute(
                query.where(or_(TiedRow.first.in_(some), TiedRow.second.in_(some)))
            ):
                found[min(first, second), max(first, second)] = worth
        return found

    # --- clusters -----------------------------------------------------------------------------------------------------

    def _recluster(self) -> _Changed:
        """Cluster the components anew in which a pair changed; returns what changed of the clusters."""
        seen, ties = self._component(self._touched)
        here = {one.number: one for one in members_where(self._connection, LinkedRow.number, seen)}
        mentions = self._mentions.read(seen)
        by_id = {mentions[number].statement.id: mentions[number] for number in seen}
        numbers = {one.id: one.number for one in here.values()}
        tied = [
            Tied(worth, *sorted((mentions[first].statement.id, mentions[second].statement.id)))
            for (first, second), worth in ties.items()
        ]
        clusters = Clusters({id_: by_id[id_] for id_ in sorted(by_id)}, judged_about(self._connection, by_id))
        clusters.grow(tied)
        before: dict[str, set[int]] = defaultdict(set)
        for one in (*here.values(), *self._dropped):
            if one.cluster is not None:
                before[one.cluster].add(one.number)
        old = {frozenset(group) for group in before.values()}
        after = {frozenset(numbers[id_] for id_ in group): group for group in clusters.groups()}
        changed = _Changed()
        gone = {one.number: one for one in self._dropped}
        for group in old - after.keys():
            for number in group:
                one = gone.get(number) or here[number]
                changed.keys.update(one.posts["known"])
                if one.meant:
                    changed.clusters.add(one.meant)
                if number in here:
                    self._unpost(one, ("known",))
        rows: list[Record] = []
        for group, members in after.items():
            if group in old:
                continue
            vague = is_vague(by_id[id_] for id_ in members)
            changed.clusters.add(members[0])
            for number in group:
                one = here[number]
                changed.keys.update(one.posts["known"])
                one.cluster, one.vague = members[0], vague
                if vague:
                    changed.vague.add(number)
                else:
                    rows += kept.posts(("known",), {"posts": one.posts, "number": number})
                values = {"cluster": one.cluster, "vague": vague} | ({} if vague else {"meant": None})
                self._connection.execute(update(LinkedRow).where(LinkedRow.number == number).values(**values))
        kept.post(self._connection, rows)
        return changed

    def _component(self, seeds: Iterable[int]) -> tuple[set[int], dict[Pair, float]]:
        """All that hangs together with ``seeds`` by ties, or because people said so, and those ties."""
        seen: set[int] = set()
        ties: dict[Pair, float] = {}
        frontier = set(seeds)
        while frontier:
            seen |= frontier
            found = self._ties(frontier)
            ties |= found
            frontier = ({number for pair in found for number in pair} | self._said_same(frontier)) - seen
        return seen, ties

    def _said_same(self, numbers: Collection[int]) -> set[int]:
        if not _any_judged(self._connection):
            return set()
        ids = [one.id for one in members_where(self._connection, LinkedRow.number, numbers)]
        same = {id_ for pair in judged_about(self._connection, ids).same for id_ in pair}
        return {one.number for one in members_where(self._connection, LinkedRow.id, same) if one.host is None}

    def _unpost(self, one: Member, rooms: Sequence[str]) -> None:
        rows = [{"r": room, "k": key, "i": one.number} for room in rooms for key in one.posts[room]]
        if rows:
            where = and_(PostRow.room == bindparam("r"), PostRow.key == bindparam("k"), PostRow.item == bindparam("i"))
            self._connection.execute(delete(PostRow).where(where), rows)

    # --- events -------------------------------------------------------------------------------------------------------

    def _ask(self, changed: _Changed) -> set[str]:
        """Ask anew which event a vague report means, where that may have changed; returns the clusters in reach."""
        asking = set(changed.vague)
        for some in chunks(sorted(changed.keys)):
            asking.update(
                self._connection.scalars(select(PostRow.item).where(PostRow.room == "asks", PostRow.key.in_(some)))
            )
        reached = set(changed.clusters)
        known = _Known(self._connection, self._mentions)
        rows = [one for one in members_where(self._connection, LinkedRow.number, asking) if one.vague]
        mentions = self._mentions.read([one.number for one in rows])
        for one in rows:
            event = meant(mentions[one.number], known)
            if event != one.meant:
                reached.update(filter(None, (one.cluster, one.meant, event)))
                self._connection.execute(update(LinkedRow).where(LinkedRow.number == one.number).values(meant=event))
        return reached

    def _events(self, clusters: Collection[str]) -> Reached:
        """The events that ``clusters`` are in now."""
        members: dict[int, Member] = {}
        seen: set[str] = set()
        frontier = set(clusters)
        while frontier:
            seen |= frontier
            here = members_where(self._connection, LinkedRow.cluster, frontier)
            meaning = members_where(self._connection, LinkedRow.meant, frontier)
            members |= {one.number: one for one in here}
            frontier = {c for one in here if (c := one.meant)} | {c for one in meaning if (c := one.cluster)}
            frontier -= seen
        groups: dict[str, list[str]] = defaultdict(list)
        for one in members.values():
            groups[one.cluster or ""].append(one.id)
        guests = members_where(self._connection, LinkedRow.host, {one.id for one in members.values()})
        events = events_of(
            groups.values(),
            {one.id: one.meant for one in members.values() if one.meant},
            {one.id: one.host for one in guests if one.host},
            judged_about(self._connection, {one.id for one in members.values()}),
        )
        by_id = {one.id: one for one in (*members.values(), *guests)}
        before = {one.event for one in (*by_id.values(), *self._dropped) if one.event}
        moved = [
            (by_id[id_], event.id) for event in events for id_ in event.statement_ids if by_id[id_].event != event.id
        ]
        if moved:
            self._connection.execute(
                update(LinkedRow).where(LinkedRow.number == bindparam("n")).values(event_id=bindparam("e")),
                [{"n": one.number, "e": event} for one, event in moved],
            )
        found = {event.id: (event, [by_id[id_] for id_ in event.statement_ids]) for event in events}
        return Reached(found, frozenset(before))


class _Changed:
    """What changed of clusters: their names, keys they are known by, and numbers of vague statements in them."""

    def __init__(self) -> None:
        self.clusters: set[str] = set()
        self.keys: set[int] = set()
        self.vague: set[int] = set()


class _Known:
    """The events that are told with a time, as they are kept."""

    def __init__(self, connection: Connection, mentions: kept.Mentions) -> None:
        self._connection = connection
        self._mentions = mentions

    def under(self, keys: Collection[int], most: int) -> Collection[str]:
        posted: ColumnElement[bool] = and_(PostRow.room == "known", PostRow.key.in_(keys))
        query = select(LinkedRow.cluster).join(PostRow, PostRow.item == LinkedRow.number).where(posted)
        return [c for c in self._connection.scalars(query.distinct().limit(most + 1)) if c is not None]

    def members(self, event: str) -> Sequence[Mention]:
        numbers = self._connection.scalars(select(LinkedRow.number).where(LinkedRow.cluster == event)).all()
        mentions = self._mentions.read(numbers)
        return [mentions[number] for number in numbers]
