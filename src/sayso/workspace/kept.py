"""What linking keeps of texts and statements, as rows and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

import numpy as np
from sqlalchemy import Connection, Row, select

from sayso.contract import Record, parse_statement
from sayso.linking.blocking import stand_of
from sayso.linking.copies import Likeness
from sayso.linking.kinds import kinds
from sayso.linking.meeting import Stand
from sayso.linking.mention import Mention
from sayso.linking.order import order_keys
from sayso.linking.silence import Silence, news_days, printed, silence
from sayso.linking.texts import Text
from sayso.linking.undated import asks_for, known_by
from sayso.model import Document, Place, Span
from sayso.workspace.chunks import chunks, put
from sayso.workspace.linking_tables import LinkedRow, PostRow, PressRow, TextRow
from sayso.workspace.neighbours import Entry
from sayso.workspace.tables import DocumentRow, StatementRow

_NUMBERS = "<i8"


def text_values(text: Text, number: int, stand: Stand | None) -> Record:
    """The row of a text; ``stand`` is where it meets others, if it stands for itself."""
    return {
        "document_number": number,
        "document_id": text.id,
        "outlet": text.outlet,
        "day": text.day,
        "length": text.length,
        "digest": text.digest,
        "shingles": text.shingles.astype("<u8").tobytes(),
        "standing": np.packbits(text.standing).tobytes(),
        "rank": stand and stand.rank,
        "keys": stand and numbers_bytes(stand.keys),
    }


def text_of_row(row: Row[TextRow]) -> Text:
    """The text that ``text_values`` wrote."""
    shingles = np.frombuffer(row.shingles, dtype="<u8").astype(np.uint64)
    standing = np.unpackbits(np.frombuffer(row.standing, dtype=np.uint8), count=len(shingles)).astype(np.bool_)
    return Text(row.document_id, row.outlet, row.day, row.length, row.digest, shingles, standing)


def numbers_bytes(keys: Sequence[int]) -> bytes:
    """Keys as they are kept with what stands at them."""
    return np.array(keys, dtype=_NUMBERS).tobytes()


def entries(rank: bytes | None, keys: bytes | None, item: int) -> list[Entry]:
    """Where a kept text or statement stands."""
    return [] if rank is None else [(key, bytes(rank), item) for key in keys_of(keys)]


def keys_of(keys: bytes | None) -> list[int]:
    """The keys that ``numbers_bytes`` wrote."""
    found: list[int] = [] if keys is None else np.frombuffer(keys, dtype=_NUMBERS).tolist()
    return found


def likeness_values(pair: Likeness, numbers: Mapping[str, int]) -> Record:
    """The row of what two documents share; ``numbers`` maps their ids."""
    return asdict(pair) | {"shorter": numbers[pair.shorter], "longer": numbers[pair.longer]}


def compared(mention: Mention) -> Record:
    """What comparing a statement needs beside its record."""
    return {
        "voice": mention.voice,
        "words": sorted(mention.words),
        "trigger": mention.trigger,
        "retells": mention.retells,
        "beside": [asdict(place) for place in mention.beside],
        "sites": sorted(mention.sites),
    }


def linked_values(mention: Mention, document: Document, document_number: int, number: int, host: str | None) -> Record:
    """The row of a statement before it is linked; that of a heading that only follows ``host`` stands nowhere."""
    stand = stand_of(mention) if host is None else None
    posts = {
        "known": sorted(known_by(mention)) if host is None else [],
        "asks": sorted(asks_for(mention)) if host is None else [],
        "order": sorted(order_keys(mention.statement, document)),
    }
    return {
        "number": number,
        "id": mention.statement.id,
        "document_number": document_number,
        "compared": compared(mention),
        "rank": stand and stand.rank,
        "keys": stand and numbers_bytes(stand.keys),
        "posts": posts,
        "host": host,
        "cluster": None,
        "vague": False,
        "meant": None,
        "event_id": "",
    }


def posts(rooms: Sequence[str], row: Record) -> list[Record]:
    """The rows under which a statement is found in ``rooms``."""
    return [{"room": room, "key": key, "item": row["number"]} for room in rooms for key in row["posts"][room]]


def post(connection: Connection, rows: Iterable[Record]) -> None:
    """Let statements be found."""
    put(connection, PostRow, sorted(rows, key=lambda row: (row["room"], row["key"], row["item"])))


def press_values(document: Document, number: int) -> list[Record]:
    """The row of a document that a side's own outlet printed; none of another."""
    one = printed(document)
    if one is None:
        return []
    return [
        {
            "document_number": number,
            "document_id": document.id,
            "side": one.side,
            "outlet": one.outlet,
            "written": one.written,
        }
    ]


class Mentions:
    """Kept statements, ready to be compared, by number; each is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mentions: dict[int, Mention] = {}

    def know(self, number: int, mention: Mention) -> None:
        """Take a statement as read."""
        self._mentions[number] = mention

    def read(self, numbers: Iterable[int]) -> Mapping[int, Mention]:
        """All read so far, ``numbers`` among them."""
        missing = sorted(set(numbers) - self._mentions.keys())
        for some in chunks(missing):
            for row in self._connection.execute(
                select(LinkedRow.number, LinkedRow.compared, StatementRow.record, DocumentRow.id)
                .join(
                    StatementRow,
                    (StatementRow.id == LinkedRow.id) & (StatementRow.document_number == LinkedRow.document_number),
                )
                .join(DocumentRow, DocumentRow.number == LinkedRow.document_number)
                .where(LinkedRow.number.in_(some))
            ):
                self._mentions[row.number] = _mention(row.compared, row.record, row.id)
        return self._mentions


def _mention(kept: Record, record: Record, document_id: str) -> Mention:
    statement = parse_statement(record, document_id)
    return Mention(
        statement=statement,
        voice=kept["voice"],
        kind=kinds().of(statement.type),
        words=frozenset(kept["words"]),
        trigger=kept["trigger"],
        retells=kept["retells"],
        beside=tuple(Place(**(place | {"span": Span(**place["span"])})) for place in kept["beside"]),
        sites=frozenset(kept["sites"]),
    )


class KeptPress:
    """The outlets of states and parties in a workspace, with the days they wrote on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def silences(self, earliest: date, latest: date, told_in: Iterable[str]) -> tuple[Silence, ...]:
        """The sides that wrote while what happened between two days was news, but not the documents ``told_in``."""
        news = news_days(earliest, latest)
        if news is None:
            return ()
        telling: set[str] = set()
        for some in chunks(sorted(told_in)):
            telling.update(self._connection.scalars(select(PressRow.side).where(PressRow.document_id.in_(some))))
        written: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for row in self._connection.execute(
            select(PressRow.side, PressRow.outlet, PressRow.written).where(PressRow.written.between(*news))
        ):
            if row.side not in telling:
                written[row.side].append((row.written, row.outlet))
        return tuple(filter(None, (silence(side, written[side]) for side in sorted(written))))
