"""Events: clusters of statements, of one document and of many, that report the same thing.

Pairs that share a block are scored and the best are joined first (``clusters`` says when two clusters may be joined).
Documents by themselves come first, so that a document's own retellings are one before others are compared with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.ids import content_id
from sayso.linking.blocking import WINDOW, stand_of
from sayso.linking.clusters import Clusters, Groups, Tied, tie
from sayso.linking.headings import retold_at_another_time
from sayso.linking.judged import Judged
from sayso.linking.meeting import meetings
from sayso.linking.mention import Mention, mentions
from sayso.linking.undated import only_one_of_its_kind
from sayso.model import CodedDocument, CopyGroup, Event


@dataclass(frozen=True, slots=True)
class Found:
    """The events, and by what steps they were found: what a workspace keeps, to find those of one more document.

    ``mentions`` are all statements by id; ``hosts`` leads a heading's statement to the body's that it retells at
    another time; ``tied`` are the pairs good enough to join; ``clusters`` what became of them; ``meant`` leads a vague
    report to the only event it can mean, by one of its statements.
    """

    events: tuple[Event, ...]
    mentions: Mapping[str, Mention]
    hosts: Mapping[str, str]
    tied: Sequence[Tied]
    clusters: Sequence[Sequence[str]]
    meant: Mapping[str, str]


def find_events(
    documents: Sequence[CodedDocument], copies: Sequence[CopyGroup] = (), judged: Judged | None = None
) -> tuple[Event, ...]:
    """Every statement in exactly one event, in the order of their ids; the order of ``documents`` does not matter.

    ``copies`` (``find_copies``) lets the same sentence of two reprints meet where it names neither time nor place.
    What people ``judged`` to be the same or different stays so, whatever the scores say.
    """
    return find(documents, copies, judged).events


def find(documents: Sequence[CodedDocument], copies: Sequence[CopyGroup] = (), judged: Judged | None = None) -> Found:
    """As ``find_events``, with the steps."""
    judged = judged or Judged()
    voices = {document_id: group.document_ids[0] for group in copies for document_id in group.document_ids}
    everything: dict[str, Mention] = {}
    hosts: dict[str, str] = {}
    for coded in distinct(documents):
        document = coded.document
        for mention in mentions(document, coded.statements, voices.get(document.id, document.id), coded.places):
            everything.setdefault(mention.statement.id, mention)
        hosts.update(hosts_of(coded, judged))
    clustered = {i: everything[i] for i in sorted(everything) if i not in hosts}
    pairs = meetings(map(stand_of, clustered.values()), WINDOW)
    tied = [found for first, second in pairs if (found := tie(clustered[first], clustered[second]))]
    clusters = Clusters(clustered, judged)
    clusters.grow(tied)
    groups = clusters.groups()
    meant = dict(only_one_of_its_kind(groups, clustered))
    return Found(tuple(events_of(groups, meant, hosts, judged)), everything, hosts, tied, groups, meant)


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


def hosts_of(coded: CodedDocument, judged: Judged) -> dict[str, str]:
    """Statements of headings in ``coded`` -> what they retell, unless people decided where they belong."""
    apart = judged.parted()
    decided = {statement_id for pair in judged.same for statement_id in pair}
    return {
        guest: body
        for guest, body in retold_at_another_time(coded.document, coded.statements).items()
        if guest not in decided and guest not in apart and body not in apart.get(guest, ())
    }


def events_of(
    clusters: Iterable[Sequence[str]], meant: Mapping[str, str], hosts: Mapping[str, str], judged: Judged
) -> list[Event]:
    """Clusters as events, in the order of their ids: with what is too vague to be clustered, and with headings.

    It gives the same for some clusters alone, where ``meant`` leads none of them to others, nor others to them.
    """
    groups = Groups(clusters, judged)
    # In the order of the clusters: where people parted two, the first to come decides.
    for group in sorted(groups.groups()):
        for statement_id in group:
            if statement_id in meant:
                groups.join(statement_id, meant[statement_id])
    guests: dict[str, list[str]] = defaultdict(list)
    for guest, statement_id in hosts.items():
        guests[statement_id].append(guest)
    events = []
    for group in groups.groups():
        members = tuple(sorted(group + [guest for member in group for guest in guests[member]]))
        events.append(Event(content_id("evt", members), members))
    return sorted(events, key=lambda event: event.statement_ids)
