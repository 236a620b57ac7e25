"""Copies kept up to date: what some documents, new, changed or gone, mean to those that share words with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from sayso.contract import copy_record
from sayso.linking.copies import NEIGHBOURS, Likeness, compare, copy_groups
from sayso.linking.texts import Text, among, of_the_same_words, standing_text
from sayso.model import CopyGroup, Document
from sayso.workspace import kept
from sayso.workspace.chunks import chunks, put
from sayso.workspace.linking_tables import LikenessRow, TextKeyRow, TextRow
from sayso.workspace.neighbours import Entry, Neighbours, Pair
from sayso.workspace.tables import CopyRow

#: Reads documents by number.
ReadDocuments = Callable[[Collection[int]], Mapping[int, Document]]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Numbers of documents whose group of copies is another now, and of those that speak with another voice by it."""

    documents: frozenset[int]
    voices: frozenset[int]


def recopy(
    connection: Connection, gone: Collection[int], come: Mapping[int, Text], documents: ReadDocuments
) -> Regrouped:
    """Take the texts of ``gone`` away and put ``come`` in; a document that changed is in both, by its number."""
    recopying = _Recopying(connection)
    before = {row.document_number: row for row in recopying.rows(TextRow.document_number, gone)}
    same = {number for number, row in before.items() if number in come and _alike(row, come[number])}
    arrived = {number: text for number, text in come.items() if number not in same}
    left = {number: kept.text_of_row(row) for number, row in before.items() if number not in same}
    if not arrived and not left:
        return Regrouped(frozenset(), frozenset())
    concerned = recopying.change(left, arrived)
    return _regroup(recopying, concerned, documents)


def put_groups(
    connection: Connection, groups: Iterable[CopyGroup], numbers: Mapping[str, int], texts: Mapping[str, str]
) -> None:
    """Keep groups of copies; ``numbers`` and ``texts`` map ids of documents."""
    put(
        connection,
        CopyRow,
        (
            {
                "group_id": group.id,
                "document_number": numbers[document_id],
                "position": position,
                "pairs": [copy_record(pair, texts) for pair in group.pairs if pair.first == document_id],
            }
            for group in groups
            for position, document_id in enumerate(group.document_ids)
        ),
    )


def _alike(row: Row[TextRow], text: Text) -> bool:
    told = (row.document_id, row.outlet, row.day, row.length, row.digest)
    return told == (text.id, text.outlet, text.day, text.length, text.digest)


class _Recopying:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._meetings = Neighbours(connection, TextKeyRow, NEIGHBOURS)
        self._texts: dict[int, Text] = {}

    def rows(self, column: InstrumentedAttribute[Any], values: Collection[Any]) -> list[Row[TextRow]]:
        """The rows of texts that have one of ``values`` in ``column``."""
        query = select(TextRow.__table__)
        return [
            row for some in chunks(sorted(values)) for row in self.connection.execute(query.where(column.in_(some)))
        ]

    def read(self, numbers: Iterable[int]) -> Mapping[int, Text]:
        """All texts read so far, those of ``numbers`` among them."""
        for row in self.rows(TextRow.document_number, set(numbers) - self._texts.keys()):
            self._texts[row.document_number] = kept.text_of_row(row)
        return self._texts

    def change(self, left: Mapping[int, Text], arrived: Mapping[int, Text]) -> set[int]:
        """Take texts away and put others in; returns the documents that now share something else with another."""
        digests = {text.digest for text in (*left.values(), *arrived.values())}
        stood = self._places(self.rows(TextRow.digest, digests))
        for some in chunks(sorted(left)):
            self.connection.execute(delete(TextRow).where(TextRow.document_number.in_(some)))
        put(self.connection, TextRow, (kept.text_values(text, number, None) for number, text in arrived.items()))
        restood = self._tell_standing_text([*left.values(), *arrived.values()], arrived.keys())
        return self._compare(digests, stood, restood) | set(left) | set(arrived) | restood.keys()

    def held(self, numbers: Collection[int]) -> dict[Pair, Row[LikenessRow]]:
        """All pairs that hold one of ``numbers``, the smaller number first."""
        found = {}
        for some in chunks(sorted(numbers)):
            either = or_(LikenessRow.shorter.in_(some), LikenessRow.longer.in_(some))
            for row in self.connection.execute(select(LikenessRow.__table__).where(either)):
                found[min(row.shorter, row.longer), max(row.shorter, row.longer)] = row
        return found

    def _places(self, rows: Iterable[Row[TextRow]]) -> dict[int, list[Entry]]:
        return {
            row.document_number: kept.entries(row.rank, row.keys, row.document_number)
            for row in rows
            if row.keys is not None
        }

    def _tell_standing_text(self, moved: Iterable[Text], new: Collection[int]) -> dict[int, bool]:
        """Tell standing text anew in the outlets of ``moved``: only their words can have become it, or be it no more.

        Returns the texts of which it changed, with whether any of their words is told now that was standing text.
        """
        of: dict[str, list[Text]] = defaultdict(list)
        for text in moved:
            if text.outlet is not None:
                of[text.outlet].append(text)
        changed: dict[int, bool] = {}
        for outlet, texts in of.items():
            concerned = np.unique(np.concatenate([text.shingles for text in texts]))
            rows = self.rows(TextRow.outlet, [outlet])
            printed = {row.document_number: kept.text_of_row(row) for row in rows}
            standing = standing_text(printed.values(), concerned)
            for number, text in printed.items():
                about = among(text.shingles, concerned)
                mask = np.where(about, among(text.shingles, standing), text.standing)
                if np.array_equal(mask, text.standing):
                    continue
                self._texts[number] = replace(text, standing=mask)
                if number not in new:
                    changed[number] = bool((text.standing & ~mask).any())
                self._set(number, standing=np.packbits(mask).tobytes())
        return changed

    def _set(self, number: int, **values: object) -> None:
        self.connection.execute(update(TextRow).where(TextRow.document_number == number).values(**values))

    def _compare(
        self, digests: Collection[str], stood: Mapping[int, list[Entry]], restood: Mapping[int, bool]
    ) -> set[int]:
        """Let texts meet that did not, part those that do not any more; returns the documents concerned.

        ``digests`` are of texts that came or went, ``stood`` is where those of them stood that stand for all of the
        same words.
        """
        rows = {row.document_number: row for row in self.rows(TextRow.digest, digests)}
        texts = {row.document_id: kept.text_of_row(row) for row in rows.values()}
        numbers = {row.document_id: row.document_number for row in rows.values()}
        same_words = list(of_the_same_words(texts).values())
        before = self._places(self.rows(TextRow.document_number, restood.keys() - rows.keys())) | dict(stood)
        standing_for = {numbers[ids[0]] for ids in same_words} | (before.keys() & restood.keys()) - rows.keys()
        after = {number: self._stand(number) for number in sorted(standing_for)}
        lost = before.keys() - after.keys()
        for number in lost:
            self._set(number, rank=None, keys=None)
        # Words that are told again may make a pair tell something that met before and told nothing.
        again = {number for number, back in restood.items() if back} & after.keys()
        out: list[Entry] = []
        into: list[Entry] = []
        for number in before.keys() | after.keys():
            one, other = set(before.get(number, ())), set(after.get(number, ()))
            stays = set() if number in again else one & other
            out += one - stays
            into += other - stays
        changed = self._meetings.change(out, into)

        known = self.held(rows.keys() | restood.keys() | before.keys())
        of_digests = rows.keys() | stood.keys()
        dropped = {
            pair
            for pair, row in known.items()
            if (of_digests & set(pair) if row.same_words else (lost | again) & set(pair))
        }
        looked_at = {pair for pair, row in known.items() if not row.same_words and pair not in dropped} | changed.met
        all_texts = self.read(number for pair in looked_at for number in pair)
        found = [compare(all_texts[first], all_texts[second]) for first, second in sorted(looked_at)]
        found = [pair for pair in found if pair.telling]
        found += [compare(texts[ids[0]], texts[other]) for ids in same_words for other in ids[1:]]
        numbers |= {text.id: number for number, text in all_texts.items()}
        self._drop(dropped | looked_at)
        put(self.connection, LikenessRow, (kept.likeness_values(pair, numbers) for pair in found))
        concerned = {number for pair in known for number in pair}
        concerned |= {numbers[one] for pair in found for one in (pair.shorter, pair.longer)}
        return concerned | self._part(changed.parted)

    def _stand(self, number: int) -> list[Entry]:
        stand = self.read([number])[number].stand()
        self._set(number, rank=stand and stand.rank, keys=stand and kept.numbers_bytes(stand.keys))
        return [(key, stand.rank, number) for key in stand.keys] if stand else []

    def _drop(self, pairs: Collection[Pair]) -> None:
        if pairs:
            one = and_(LikenessRow.shorter == bindparam("a"), LikenessRow.longer == bindparam("b"))
            both = [{"a": x, "b": y} for pair in sorted(pairs) for x, y in (pair, pair[::-1])]
            self.connection.execute(delete(LikenessRow).where(one), both)

    def _part(self, pairs: Collection[Pair]) -> set[int]:
        """Drop those of ``pairs`` that do not meet any more; returns their documents."""
        if not pairs:
            return set()
        known = self.held({number for pair in pairs for number in pair})
        doubtful = [pair for pair in pairs if pair in known and not known[pair].same_words]
        rows = {r.document_number: r for r in self.rows(TextRow.document_number, {n for p in doubtful for n in p})}
        places = {number: (bytes(row.rank or b""), kept.keys_of(row.keys)) for number, row in rows.items()}
        apart = [pair for pair in doubtful if not self._meetings.meet(places[pair[0]], places[pair[1]])]
        self._drop(apart)
        return {number for pair in apart for number in pair}


def _regroup(recopying: _Recopying, concerned: Collection[int], documents: ReadDocuments) -> Regrouped:
    """Make the groups anew that ``concerned`` are in or were."""
    connection = recopying.connection
    old = _groups(connection, concerned)
    frontier = {row.document_number for row in recopying.rows(TextRow.document_number, {*concerned, *old})}
    seen: set[int] = set()
    pairs: dict[Pair, Likeness] = {}
    while frontier:
        seen |= frontier
        found = {pair: _likeness(row) for pair, row in recopying.held(frontier).items()}
        pairs |= found
        frontier = {number for pair, one in found.items() if one.kind == "copy" for number in pair} - seen
    grouped = {number for pair, one in pairs.items() if one.kind == "copy" for number in pair}
    texts = recopying.read(grouped)
    here = {texts[number].id: number for number in grouped}
    read = documents(grouped)
    groups = copy_groups(
        [replace(one, shorter=texts[int(one.shorter)].id, longer=texts[int(one.longer)].id)
         for pair, one in sorted(pairs.items()) if grouped.issuperset(pair)],
        {document_id: texts[number] for document_id, number in sorted(here.items())},
        {document_id: read[number] for document_id, number in here.items()},
    )  # fmt: skip
    for some in chunks(sorted({group_id for group_id, _ in old.values()})):
        connection.execute(delete(CopyRow).where(CopyRow.group_id.in_(some)))
    put_groups(connection, groups, here, {one.id: one.text for one in read.values()})
    new = {here[id_]: (group.id, here[group.document_ids[0]]) for group in groups for id_ in group.document_ids}
    everyone = old.keys() | new.keys()
    return Regrouped(
        documents=frozenset(n for n in everyone if old.get(n) != new.get(n)),
        voices=frozenset(n for n in everyone if old.get(n, ("", n))[1] != new.get(n, ("", n))[1]),
    )


def _groups(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Every document that is kept in one group with one of ``numbers``: the group's id and its first document."""
    ids: set[str] = set()
    for some in chunks(sorted(numbers)):
        ids.update(connection.scalars(select(CopyRow.group_id).where(CopyRow.document_number.in_(some))))
    members: dict[str, list[int]] = {}
    for chunk in chunks(sorted(ids)):
        query = select(CopyRow.group_id, CopyRow.document_number).where(CopyRow.group_id.in_(chunk))
        for row in connection.execute(query.order_by(CopyRow.group_id, CopyRow.position)):
            members.setdefault(row.group_id, []).append(row.document_number)
    return {number: (group_id, group[0]) for group_id, group in members.items() for number in group}


def _likeness(row: Row[LikenessRow]) -> Likeness:
    """What two documents share, by their numbers."""
    return Likeness(
        str(row.shorter), str(row.longer), row.shared, row.jaccard, row.containment, row.opening, row.same_words
    )
