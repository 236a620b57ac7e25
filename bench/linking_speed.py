"""How long linking takes, and what it finds, on documents coded beforehand.

    sayso code articles.jsonl > coded.jsonl
    python bench/linking_speed.py coded.jsonl [--copies N]

``--copies N`` links the documents N times over, each time under new ids, shifted by N weeks and with their words
changed, to see how the cost grows. Prints what was measured, and the same as one JSON object on the last line.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sayso.contract import coded_document
from sayso.ids import content_id
from sayso.linking import link, views
from sayso.model import CodedDocument, Statement

_SPREADS = (1, 3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25)


def read(path: Path) -> Iterator[CodedDocument]:
    """The coded documents of a file of ``sayso/document/1`` lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield coded_document(json.loads(line))


def shifted(coded: CodedDocument, turn: int) -> CodedDocument:
    """The same document as another one: other ids, other words of the same length, ``turn`` times 26 weeks later."""
    if turn == 0:
        return coded
    text = re.sub(r"[a-z]{4,}", lambda word: _turned(word.group(), turn), coded.document.text)
    document = replace(coded.document, id=f"{coded.document.id}.{turn}", text=text)
    statements = tuple(_moved(statement, document.id, turn) for statement in coded.statements)
    return replace(coded, document=document, statements=statements)


def _turned(word: str, turn: int) -> str:
    """Half of the words as they were, half of them others: the documents of two turns are no copies."""
    if sum(map(ord, word)) % 2:
        return word
    # Letters are moved and spread (an affine cipher): 312 turns before words come back, where moving alone has 26.
    spread = _SPREADS[turn // 26 % len(_SPREADS)]
    return "".join(chr(97 + ((ord(letter) - 97) * spread + turn) % 26) for letter in word)


def _moved(statement: Statement, document_id: str, turn: int) -> Statement:
    when = statement.time
    if when:
        shift = timedelta(weeks=26 * turn)
        when = replace(when, earliest=when.earliest + shift, latest=when.latest + shift)
    return replace(statement, id=content_id("stm", statement.id, turn), document_id=document_id, time=when)


def main() -> None:
    """Read, link, view; print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("coded", type=Path, help="what `sayso code` printed")
    parser.add_argument("--copies", type=int, default=1, help="link the documents this many times over")
    arguments = parser.parse_args()
    documents = [shifted(coded, turn) for coded in read(arguments.coded) for turn in range(arguments.copies)]

    started = time.process_time()
    linked = link(documents)
    link_seconds = time.process_time() - started
    rows = list(views(linked, documents))
    seconds = time.process_time() - started

    told_by_many = sum(row.independent_sources > 1 for row in rows)
    fields = Counter(disagreement.field for disagreement in linked.disagreements)
    figures = {
        "documents": len(documents),
        "statements": sum(len(coded.statements) for coded in documents),
        "seconds": round(seconds, 2),
        "link_seconds": round(link_seconds, 2),
        "milliseconds_per_document": round(1000 * seconds / max(1, len(documents)), 3),
        "events": len(linked.events),
        "events_of_several_statements": sum(len(row.statements) > 1 for row in rows),
        "events_of_several_voices": told_by_many,
        "copy_groups": len(linked.copies),
        "documents_in_copy_groups": sum(len(group.document_ids) for group in linked.copies),
        "disagreements": dict(sorted(fields.items())),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):32} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
