"""Events: clusters of statements, of one document and of many, that report the same thing.

Pairs that share a block are scored and the best are joined first (``clusters`` says when two clusters may be joined).
Documents by themselves come first, so that a document's own retellings are one before others are compared with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.ids import content_id
from sayso.linking.blocking import candidate_pairs
from sayso.linking.clusters import Clusters
from sayso.linking.headings import retold_at_another_time
from sayso.linking.judged import Judged
from sayso.linking.mention import Mention, mentions
from sayso.linking.undated import only_one_of_its_kind
from sayso.model import CodedDocument, CopyGroup, Event


def find_events(
    documents: Sequence[CodedDocument], copies: Sequence[CopyGroup] = (), judged: Judged | None = None
) -> tuple[Event, ...]:
    """Every statement in exactly one event, in the order of their ids; the order of ``documents`` does not matter.

    ``copies`` (``find_copies``) lets the same sentence of two reprints meet where it names neither time nor place.
    What people ``judged`` to be the same or different stays so, whatever the scores say.
    """
    judged = judged or Judged()
    voices = {document_id: group.id for group in copies for document_id in group.document_ids}
    all_mentions: dict[str, Mention] = {}
    host: dict[str, str] = {}
    for coded in distinct(documents):
        document = coded.document
        for mention in mentions(document, coded.statements, voices.get(document.id, document.id), coded.places):
            all_mentions.setdefault(mention.statement.id, mention)
        host.update(retold_at_another_time(document, coded.statements))
    apart = judged.parted()
    decided = {statement_id for pair in judged.same for statement_id in pair}
    host = {
        guest: body
        for guest, body in host.items()
        if guest not in decided and guest not in apart and body not in apart.get(guest, ())
    }
    clusters = Clusters({i: m for i, m in sorted(all_mentions.items()) if i not in host}, judged)
    scored = clusters.scored(candidate_pairs(list(clusters.mentions.values())))
    for same_document in (True, False):
        for pair in scored:
            if clusters.one_document(*pair) is same_document:
                clusters.consider(*pair)
    for undated, event in only_one_of_its_kind(clusters.groups(), clusters.mentions):
        clusters.join(undated, event)
    return tuple(_events(clusters.groups(), host))


def distinct(documents: Iterable[CodedDocument]) -> list[CodedDocument]:
    """One coded document an id, in the order of their ids; of two with one id the one whose text sorts first."""
    by_id: dict[str, CodedDocument] = {}
    for coded in documents:
        known = by_id.get(coded.document.id)
        if known is None or (coded.document.text, _signature(coded)) < (known.document.text, _signature(known)):
            by_id[coded.document.id] = coded
    return [by_id[document_id] for document_id in sorted(by_id)]


def _signature(coded: CodedDocument) -> list[str]:
    return [statement.id for statement in coded.statements]


def _events(groups: Iterable[list[str]], host: Mapping[str, str]) -> list[Event]:
    guests: dict[str, list[str]] = defaultdict(list)
    for guest, statement_id in host.items():
        guests[statement_id].append(guest)
    events = []
    for group in groups:
        members = tuple(sorted(group + [guest for member in group for guest in guests[member]]))
        events.append(Event(content_id("evt", members), members))
    return sorted(events, key=lambda event: event.statement_ids)
