"""What people decided, to learn from and to report: corrections, pairs, the work of double coders, their agreement.

corrections.jsonl  a line a document of which people judged a statement: each as it is now, beside the coder's
pairs.jsonl        statements that people said tell the same event, or different ones
coders.jsonl       a document as one coder of a round has it, once they have said it is done
agreement.jsonl    how far the coders of a round agree, field by field (Krippendorff's alpha)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection

from sayso.contract import Record, statement_record
from sayso.exporting.files import new_folder
from sayso.workspace import Workspace, double_coding, judging
from sayso.workspace.corrections import Corrected


def write(workspace: Workspace, out: Path, force: bool) -> list[Path]:
    """Write the four files into the folder ``out``; other files in it are left alone."""
    with workspace.transaction() as connection:
        corrected = judging.corrected(connection)
        contents = {
            "corrections.jsonl": _corrections(corrected),
            "pairs.jsonl": _pairs(corrected),
            "coders.jsonl": _coders(connection),
            "agreement.jsonl": _agreement(connection),
        }
        return new_folder(out, contents, force=force)


def _corrections(corrected: Corrected) -> Iterator[Record]:
    for one in corrected.coded:
        document = one.document
        judged = [
            {
                "state": review.state,
                "statement": None if review.state == "rejected" else statement_record(review.statement, document.text),
                "machine": review.machine and statement_record(review.machine, document.text),
                "judgements": list(review.judgement_ids),
            }
            for review in corrected.reviews.get(document.id, ())
            if review.state is not None
        ]
        if judged:
            yield {
                "schema": "sayso/correction/1", "document": document.id, "title": document.title,
                "outlet": document.outlet, "text": document.text, "statements": judged,
            }  # fmt: skip


def _pairs(corrected: Corrected) -> Iterator[Record]:
    of = {s.id: one.document.id for one in corrected.coded for s in one.statements}
    for verdict, pairs in (("same", corrected.same), ("different", corrected.different)):
        for pair in pairs:
            # A statement that was rejected since is in no document any more.
            if all(id_ in of for id_ in pair):
                yield {"verdict": verdict, "statements": list(pair), "documents": [of[id_] for id_ in pair]}


def _coders(connection: Connection) -> Iterator[Record]:
    for one in double_coding.assignments(connection):
        if one.done_at is not None:
            coded = double_coding.as_coded_by(connection, one)
            yield {
                "round": one.round, "coder": one.user, "document": one.document_id, "done_at": one.done_at.isoformat(),
                "statements": [statement_record(s, coded.document.text) for s in coded.statements],
            }  # fmt: skip


def _agreement(connection: Connection) -> Iterator[Record]:
    for name in dict.fromkeys(one.round for one in double_coding.assignments(connection)):
        for field in double_coding.agreement(connection, name):
            yield {"round": name, **asdict(field)}
