"""How many independent voices stand behind an event, and which.

A reprint is not a second voice, and ten outlets that quote one ministry are one: the ministry. Where a report of the
event cites a source known by name, that source is its voice; where it cites none, its outlet is. Documents that share
a text are one report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.partition import Partition
from sayso.linking.speakers import Sources
from sayso.model import Span, Statement


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent voice: its names, whether it speaks through being cited, and in which documents.

    ``names`` are several where they speak as one (a ministry and a state agency, two papers that print one text), none
    where nothing tells whose document it is. ``evidence`` holds the words that cite it, pairs of a document's id and a
    span; empty where outlets speak themselves.
    """

    names: tuple[str, ...]
    cited: bool
    documents: tuple[str, ...]
    evidence: tuple[tuple[str, Span], ...]


def voices(
    statements: Iterable[Statement], sources: Mapping[str, Sources], texts: Mapping[str, str]
) -> tuple[Voice, ...]:
    """The voices behind ``statements``, those of most documents first.

    ``sources`` maps document ids; ``texts`` gives the copy group of documents that have one.
    """
    reports: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        reports[texts.get(statement.document_id, statement.document_id)].append(statement)
    marks: list[_Marks] = [_marks(reports[key], sources) for key in sorted(reports)]
    partition = Partition(key for mark in marks for key in mark.keys)
    for mark in marks:
        if not mark.cited:
            for key in mark.keys[1:]:
                partition.join(mark.keys[0], key)
    gathered: dict[str, list[tuple[str, _Marks]]] = defaultdict(list)
    for mark in marks:
        for key in mark.keys if mark.cited else mark.keys[:1]:
            gathered[partition.root(key)].append((key, mark))
    found = [_voice(group) for group in gathered.values()]
    return tuple(sorted(found, key=lambda v: (-len(v.documents), v.names, v.documents)))


@dataclass(frozen=True, slots=True)
class _Marks:
    """What one report (a text, in one document or several) is known by: keys, and the name and words of each."""

    cited: bool
    keys: tuple[str, ...]
    names: Mapping[str, set[str]]
    documents: tuple[str, ...]
    evidence: Mapping[str, Sequence[tuple[str, Span]]]


def _marks(statements: Sequence[Statement], sources: Mapping[str, Sources]) -> _Marks:
    documents = tuple(sorted({s.document_id for s in statements}))
    names: dict[str, set[str]] = defaultdict(set)
    evidence: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for statement in statements:
        for speaker, span in sources[statement.document_id].cited(statement):
            names[speaker.key].add(speaker.name)
            evidence[speaker.key].append((statement.document_id, span))
    if names:
        return _Marks(True, tuple(sorted(names)), names, documents, evidence)
    keys = []
    for document_id in documents:
        for speaker in sources[document_id].own:
            names[speaker.key].add(speaker.name)
            keys.append(speaker.key)
    # Behind the outlets, so that a voice is called after one of them.
    keys += [f"name {name}" for s in statements for name in sources[s.document_id].own_names(s)]
    return _Marks(False, tuple(dict.fromkeys(keys)) or (f"document {documents[0]}",), names, documents, {})


def _voice(group: Sequence[tuple[str, _Marks]]) -> Voice:
    names = {name for key, mark in group for name in (mark.names.get(key, ()) if mark.cited else _all(mark.names))}
    documents = sorted({document_id for _, mark in group for document_id in mark.documents})
    words = {pair for key, mark in group for pair in mark.evidence.get(key, ())}
    return Voice(tuple(sorted(names)), bool(words), tuple(documents), tuple(sorted(words)))


def _all(names: Mapping[str, set[str]]) -> Iterable[str]:
    return (name for group in names.values() for name in group)
