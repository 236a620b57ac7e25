"""Linking in a workspace: everything anew, or what changed with its neighbours alone.

Both make the same (``check`` compares), because every step of linking is local: who meets whom at a key, what is
standing text of an outlet, which clusters hang together by pairs that are good enough to join, which one event a vague
report can mean, which times stand in an order, and which sides wrote in the days after. Each step finds what the
change reaches, and works that out anew.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, delete, func, or_, select

from sayso import __version__
from sayso.contract import Record, coded_document
from sayso.linking.disagreements import event_disagreements
from sayso.linking.events import hosts_of
from sayso.linking.link import link_in_steps
from sayso.linking.mention import Mention, mentions
from sayso.linking.order import order_disagreements
from sayso.linking.silence import first_day
from sayso.linking.texts import representatives, text_of
from sayso.linking.undated import is_vague
from sayso.model import CodedDocument, CopyGroup, Document, Event, Linked
from sayso.vocabulary import additions
from sayso.vocabulary.digest import data_digest
from sayso.workspace import documents, judging, kept, meta, statements
from sayso.workspace.chunks import chunks, put
from sayso.workspace.corrections import Corrected
from sayso.workspace.events import drop_events, judged_here, put_events, put_silences
from sayso.workspace.linking_tables import (
    JudgedRow,
    KeyRow,
    LikenessRow,
    LinkedRow,
    PostRow,
    PressRow,
    TextKeyRow,
    TextRow,
    TiedRow,
    WaitingRow,
)
from sayso.workspace.neighbours import fill
from sayso.workspace.reclustering import Member, Reached, Reclustering, judged_about, members_where
from sayso.workspace.recopying import put_groups, recopy
from sayso.workspace.tables import CopyRow, DisagreementRow, DocumentRow, EventRow, NameRow

#: From this share of the documents on (and so many), linking everything anew is cheaper (bench/RESULTS.md).
_SHARE, _FEW = 0.1, 20


@cache
def linker() -> str:
    """Names the rules that link, with their data: what others linked is linked anew."""
    digest = hashlib.sha256()
    for module in sorted(files("sayso").joinpath("linking").iterdir(), key=lambda one: one.name):
        if module.name.endswith(".py"):
            digest.update(module.read_bytes())
    return f"{__version__}.{digest.hexdigest()[:8]}.{data_digest('vocabulary')}.{additions.digest()}"


def relink_changed(connection: Connection) -> bool:
    """Link what changed; False, and nothing is done, where everything must be linked or that is cheaper."""
    waiting = set(connection.scalars(select(WaitingRow.document_number)))
    here = connection.scalar(select(func.count()).select_from(TextRow)) or 0
    if meta.linker(connection) != linker() or len(waiting) > max(_FEW, _SHARE * here):
        return False
    _Relinking(connection).run(waiting)
    meta.mark_linked(connection, linker())
    return True


def relink_all(connection: Connection, corrected: Corrected) -> None:
    """Put the events, copies and disagreements of all that is current here in place of those kept."""
    judged = judged_here(corrected)
    steps = link_in_steps(corrected.coded, judged)
    for table in (
        EventRow, NameRow, CopyRow, DisagreementRow, WaitingRow, TextRow, TextKeyRow, LikenessRow, LinkedRow, KeyRow,
        TiedRow, PostRow, PressRow, JudgedRow,
    ):  # fmt: skip
        connection.execute(delete(table))
    numbers = _document_numbers(connection, [one.document.id for one in corrected.coded])
    put_events(connection, steps.linked, corrected.coded)
    put_groups(
        connection, steps.linked.copies, numbers, {one.document.id: one.document.text for one in corrected.coded}
    )
    stands = {s.id: s for text in representatives(steps.texts) if (s := text.stand())}
    put(connection, TextRow, (kept.text_values(t, numbers[t.id], stands.get(t.id)) for t in steps.texts.values()))
    fill(connection, TextKeyRow, ((key, s.rank, numbers[s.id]) for s in stands.values() for key in s.keys))
    put(connection, LikenessRow, (kept.likeness_values(pair, numbers) for pair in steps.likenesses))
    found = steps.found
    event_of = {id_: event.id for event in found.events for id_ in event.statement_ids}
    clusters = {id_: group[0] for group in found.clusters for id_ in group}
    vague = {g[0] for g in found.clusters if is_vague(found.mentions[id_] for id_ in g)}
    of_document = {one.document.id: one.document for one in corrected.coded}
    rows = []
    for number, (id_, mention) in enumerate(sorted(found.mentions.items()), start=1):
        document = of_document[mention.statement.document_id]
        row = kept.linked_values(mention, document, numbers[document.id], number, found.hosts.get(id_))
        cluster = clusters.get(id_)
        linked = {"vague": cluster in vague, "meant": found.meant.get(id_), "event_id": event_of[id_]}
        rows.append(row | {"cluster": cluster} | linked)
    put(connection, LinkedRow, rows)
    fill(connection, KeyRow, ((k, r["rank"], r["number"]) for r in rows if r["keys"] for k in kept.keys_of(r["keys"])))
    kept.post(
        connection,
        (p for r in rows for p in kept.posts(("asks", "order") if r["vague"] else ("known", "asks", "order"), r)),
    )
    of_statement = {row["id"]: row["number"] for row in rows}
    put(
        connection,
        TiedRow,
        ({"first": of_statement[t.first], "second": of_statement[t.second], "worth": t.worth} for t in found.tied),
    )
    put(connection, PressRow, (r for d in of_document.values() for r in kept.press_values(d, numbers[d.id])))
    put(connection, JudgedRow, _judged_rows(corrected, numbers))
    meta.mark_linked(connection, linker())


class _Relinking:
    """One change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._coded: dict[int, CodedDocument] = {}

    def run(self, waiting: Collection[int]) -> None:
        """Link the documents ``waiting`` (by number) that are here, take away those that are not any more."""
        connection = self._connection
        come, decided = self._lay_over(set(waiting))
        left = set(waiting) | come
        texts = {number: text for number in come if (text := text_of(self._coded[number].document))}
        copies = recopy(connection, left, texts, self._documents)
        written = self._repress(left, come)
        clustering = Reclustering(connection)
        revoiced = copies.voices - left
        last = connection.scalar(select(func.max(LinkedRow.number))) or 0
        clustering.take_away(left | revoiced)
        self._put_in(clustering, come | revoiced, last)
        reached = clustering.run(decided)
        self._rewrite(reached, clustering.dropped, come | copies.documents)
        self._resilence(written)
        connection.execute(delete(WaitingRow))

    def _lay_over(self, waiting: set[int]) -> tuple[set[int], set[str]]:
        """Lay judgements over what came.

        Returns its numbers, with those of documents of which people decided something else than before, and the
        statements they decided it of.
        """
        connection = self._connection
        wanted = set(waiting)
        while True:
            corrected = judging.corrected_here(connection, wanted)
            numbers = _document_numbers(connection, [one.document.id for one in corrected.coded])
            rows = {(r["first"], r["second"]): r for r in _judged_rows(corrected, numbers)}
            known: dict[tuple[str, str], Record] = {}
            for some in chunks(sorted({*numbers.values(), *wanted})):
                either = or_(JudgedRow.first_document.in_(some), JudgedRow.second_document.in_(some))
                for row in connection.execute(select(JudgedRow.__table__).where(either)).mappings():
                    known[row["first"], row["second"]] = dict(row)
            changed = [pair for pair in rows.keys() | known.keys() if rows.get(pair) != known.get(pair)]
            ends = [rows.get(pair) or known[pair] for pair in changed]
            further = {end[side] for end in ends for side in ("first_document", "second_document")} - wanted
            if not further:
                break
            wanted |= further
        for pair in changed:
            connection.execute(delete(JudgedRow).where(JudgedRow.first == pair[0], JudgedRow.second == pair[1]))
        put(connection, JudgedRow, (rows[pair] for pair in sorted(changed) if pair in rows))
        of = {numbers[one.document.id]: one for one in corrected.coded}
        self._coded |= {number: of[number] for number in wanted & of.keys()}
        statements.put_reviews(connection, [of[n].document.id for n in sorted(self._coded)], corrected.reviews)
        return set(self._coded), {id_ for pair in changed for id_ in pair}

    def _read(self, numbers: Iterable[int]) -> None:
        missing = sorted(set(numbers) - self._coded.keys())
        ids: dict[str, int] = {}
        for some in chunks(missing):
            ids |= dict(
                self._connection.execute(
                    select(DocumentRow.id, DocumentRow.number).where(
                        DocumentRow.number.in_(some), ~DocumentRow.superseded
                    )
                ).all()
            )
        for chunk in chunks(sorted(ids)):
            for record in documents.records(self._connection, chunk):
                self._coded[ids[record["id"]]] = coded_document(record)

    def _documents(self, numbers: Collection[int]) -> Mapping[int, Document]:
        self._read(numbers)
        return {number: self._coded[number].document for number in numbers}

    def _repress(self, left: Collection[int], come: Collection[int]) -> set[date]:
        """Keep what sides printed; returns the days on which they printed something else than was known."""
        connection = self._connection
        days: set[date] = set()
        for some in chunks(sorted(left)):
            here = PressRow.document_number.in_(some)
            days.update(day for day in connection.scalars(select(PressRow.written).where(here)) if day)
            connection.execute(delete(PressRow).where(here))
        rows = [row for number in come for row in kept.press_values(self._coded[number].document, number)]
        put(connection, PressRow, rows)
        return days | {row["written"] for row in rows if row["written"]}

    def _put_in(self, clustering: Reclustering, numbers: Collection[int], after: int) -> None:
        """Put in the statements of documents, numbered ``after`` all there were: none has the number of one gone."""
        self._read(numbers)
        groups = self._groups(numbers)
        number = after
        rows: list[Record] = []
        ready: dict[int, Mention] = {}
        for document_number in sorted(numbers):
            coded = self._coded[document_number]
            voice = groups[document_number][1] if document_number in groups else coded.document.id
            hosts = hosts_of(coded, judged_about(self._connection, [s.id for s in coded.statements]))
            for mention in mentions(coded.document, coded.statements, voice, coded.places):
                number += 1
                ready[number] = mention
                host = hosts.get(mention.statement.id)
                rows.append(kept.linked_values(mention, coded.document, document_number, number, host))
        clustering.put_in(rows, ready)

    def _groups(self, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
        """Of documents that have copies the id of their group and of its first document."""
        found: dict[int, tuple[str, str]] = {}
        first = CopyRow.__table__.alias("first")
        for some in chunks(sorted(numbers)):
            for row in self._connection.execute(
                select(CopyRow.document_number, CopyRow.group_id, DocumentRow.id)
                .join(first, (first.c.group_id == CopyRow.group_id) & (first.c.position == 0))
                .join(DocumentRow, DocumentRow.number == first.c.document_number)
                .where(CopyRow.document_number.in_(some))
            ):
                found[row.document_number] = row.group_id, row.id
        return found

    # --- events -------------------------------------------------------------------------------------------------------

    def _rewrite(self, reached: Reached, dropped: Collection[Member], touched: Collection[int]) -> None:
        """Put the events in reach in place of what they were; ``touched`` are documents that say something else now."""
        connection = self._connection
        fresh = {
            event.id: members
            for event, members in reached.events.values()
            if event.id not in reached.before or any(one.document in touched for one in members)
        }
        about = {one.event for one in members_where(connection, LinkedRow.document_number, touched)}
        fresh |= self._members(about - fresh.keys())
        # Of two times that stand in an order, a change to one may concern the other; and that one has others yet.
        keys = {key for members in (*fresh.values(), dropped) for one in members for key in one.posts["order"]}
        fresh |= self._members(self._ordered(keys) - fresh.keys())
        keys = {key for members in fresh.values() for one in members for key in one.posts["order"]}
        beside = self._members(self._ordered(keys) - fresh.keys())
        told_in = {one.document for members in (*fresh.values(), *beside.values()) for one in members}
        self._read(told_in)
        coded = [self._coded[number] for number in sorted(told_in)]
        statements = {s.id: s for one in coded for s in one.statements}
        by_id = {one.document.id: one.document for one in coded}
        events = [Event(id_, tuple(sorted(one.id for one in members))) for id_, members in sorted(fresh.items())]
        others = [Event(id_, tuple(sorted(one.id for one in members))) for id_, members in sorted(beside.items())]
        disagreements = [d for event in events for d in event_disagreements(event, statements, by_id)]
        ordered = order_disagreements([*events, *others], statements, by_id)
        disagreements += [d for d in ordered if d.event_id in fresh]
        sharing: dict[str, list[str]] = defaultdict(list)
        for number, (group_id, _) in self._groups(told_in).items():
            sharing[group_id].append(self._coded[number].document.id)
        copies = tuple(CopyGroup(group_id, tuple(sorted(ids))) for group_id, ids in sorted(sharing.items()))
        drop_events(connection, (reached.before - reached.events.keys()) | fresh.keys())
        put_events(connection, Linked(tuple(events), copies, tuple(disagreements)), coded, kept.KeptPress(connection))

    def _members(self, events: Collection[str]) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = defaultdict(list)
        for one in members_where(self._connection, LinkedRow.event_id, events):
            found[one.event].append(one)
        return found

    def _ordered(self, keys: Collection[int]) -> set[str]:
        """The events with a statement under one of ``keys``."""
        found: set[str] = set()
        for some in chunks(sorted(keys)):
            posted = select(LinkedRow.event_id).join(PostRow, PostRow.item == LinkedRow.number)
            found.update(self._connection.scalars(posted.where(PostRow.room == "order", PostRow.key.in_(some))))
        return found

    def _resilence(self, days: Collection[date]) -> None:
        """Tell anew who is silent of events that were news on one of ``days``."""
        ids: set[str] = set()
        for day in days:
            news = (EventRow.earliest.between(first_day(day), day), EventRow.independent_sources > 1)
            ids.update(self._connection.scalars(select(EventRow.id).where(*news)))
        put_silences(self._connection, ids, kept.KeptPress(self._connection))


def _document_numbers(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Row numbers of current documents, by id."""
    found: dict[str, int] = {}
    for some in chunks(sorted(ids)):
        here = (~DocumentRow.superseded, DocumentRow.id.in_(some))
        found |= dict(connection.execute(select(DocumentRow.id, DocumentRow.number).where(*here)).all())
    return found


def _judged_rows(corrected: Corrected, numbers: Mapping[str, int]) -> Iterator[Record]:
    """What people joined and parted, as it is kept."""
    of = {s.id: one.document.id for one in corrected.coded for s in one.statements}
    of |= {one.statement.id: document_id for document_id, some in corrected.reviews.items() for one in some}
    for kind, pairs in (("same", corrected.same), ("different", corrected.different)):
        for first, second in pairs:
            yield {
                "first": first,
                "second": second,
                "kind": kind,
                "first_document": numbers[of[first]],
                "second_document": numbers[of[second]],
            }
