"""Linking what changed with its neighbours alone comes to what linking everything anew comes to, in any order."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from small_world import small_world
from sqlalchemy import select

from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, CodedDocument
from sayso.reading import Reading
from sayso.workspace import Workspace
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
)
from sayso.workspace.tables import (
    CopyRow,
    DisagreementRow,
    DocumentRow,
    EventNameRow,
    EventOutletRow,
    EventRow,
    EventStatementRow,
    NameRow,
    StatementRow,
)


def add(workspace: Workspace, coded: CodedDocument) -> None:
    """Receive and keep a document, from an origin of its own, without linking it."""
    origin, data = f"{coded.document.id}.txt", coded.document.text.encode()
    sha256 = sha256_hex(data)
    capture = Capture(
        content_id("cap", origin, sha256), origin, datetime(2026, 1, 1, tzinfo=UTC), "text/plain", sha256, data
    )
    coded = replace(coded, document=replace(coded.document, capture_id=capture.id))
    workspace.new_run()
    workspace.receive(Reading(capture, coded.document))
    workspace.keep([coded], "by chance")


def linked(workspace: Workspace) -> dict[str, Any]:
    """All that linking made and keeps, with ids in place of numbers."""
    with workspace.engine.connect() as connection:

        def rows(*columns: Any) -> list[Any]:
            return [tuple(row) for row in connection.execute(select(*columns))]

        documents = dict(rows(DocumentRow.number, DocumentRow.id))
        statements = dict(rows(StatementRow.number, StatementRow.id))
        reports = dict(rows(LinkedRow.number, LinkedRow.id))
        names = dict(rows(NameRow.number, NameRow.name))
        return {
            "events": {row[0]: row[1:] for row in rows(EventRow.id, EventRow.reading_order, EventRow.record)},
            "statements": {
                (event, statements[number], at) for event, number, at in rows(*EventStatementRow.__table__.columns)
            },
            "names": {(event, role, names[number]) for event, role, number in rows(*EventNameRow.__table__.columns)},
            "outlets": set(rows(*EventOutletRow.__table__.columns)),
            "all names": set(names.values()),
            "disagreements": {row[0]: row[1:] for row in rows(*DisagreementRow.__table__.columns)},
            "copies": {row[:2]: row[2:] for row in rows(*CopyRow.__table__.columns)},
            "texts": {row[0]: row[1:] for row in rows(*TextRow.__table__.columns)},
            "text keys": set(rows(*TextKeyRow.__table__.columns)),
            "likenesses": {(documents[a], documents[b]): rest for a, b, *rest in rows(*LikenessRow.__table__.columns)},
            "reports": {row[1]: row[2:] for row in rows(*LinkedRow.__table__.columns)},
            "keys": {(key, rank, reports[item]) for key, rank, item in rows(*KeyRow.__table__.columns)},
            "ties": {(reports[a], reports[b], worth) for a, b, worth in rows(*TiedRow.__table__.columns)},
            "posts": {(room, key, reports[item]) for room, key, item in rows(*PostRow.__table__.columns)},
            "press": set(rows(*PressRow.__table__.columns)),
            "judged": set(rows(*JudgedRow.__table__.columns)),
        }


def same_as_anew(workspace: Workspace) -> None:
    """What is kept is what linking everything would keep."""
    assert not workspace.stale
    before = linked(workspace)
    workspace.relink(anew=True)
    after = linked(workspace)
    for what, made in after.items():
        assert before[what] == made, what


class Desk(RuleBasedStateMachine):
    """People and builds add, take away and judge; now and then everything is linked anew, and nothing changes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = Workspace.create(self.folder / "ws")
        self.number = 0
        self.here: list[CodedDocument] = []
        self.made: list[str] = []
        self.workspace.relink(anew=True)

    def teardown(self) -> None:
        try:
            if not self.workspace.stale:
                same_as_anew(self.workspace)
        finally:
            self.workspace.close()
            shutil.rmtree(self.folder)

    @rule(seeds=st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
    def come(self, seeds: list[int]) -> None:
        for seed in seeds:
            self.number += 1
            self.here.append(small_world(Random(seed), self.number))
            add(self.workspace, self.here[-1])
        self.workspace.relink()

    @rule(seed=st.integers(0, 10**6), data=st.data())
    def come_again_changed(self, seed: int, data: st.DataObject) -> None:
        if self.here:
            at = data.draw(st.integers(0, len(self.here) - 1))
            self.here[at] = small_world(Random(seed), int(self.here[at].document.id[1:]))
            add(self.workspace, self.here[at])
            self.workspace.relink()

    @rule(data=st.data())
    def go(self, data: st.DataObject) -> None:
        if self.here:
            gone = self.here.pop(data.draw(st.integers(0, len(self.here) - 1)))
            self.workspace.new_run()
            self.workspace.finish(f"{gone.document.id}.txt")
            self.workspace.relink()

    @rule(data=st.data(), what=st.sampled_from(["same", "different", "reject", "denied", "nowhere"]))
    def judge(self, data: st.DataObject, what: str) -> None:
        events = self.workspace.events()
        seen = [s for event in events for s in event["statements"]]
        if len(seen) < 2:
            return
        one, other = data.draw(st.permutations(seen))[:2]
        together = [event["statements"] for event in events if len(event["statements"]) > 1]
        if what == "different" and together:
            one, other = data.draw(st.sampled_from(together))[:2]
        if what in ("same", "different"):
            judgement = self.workspace.judge(what, what, [one, other])
        elif what == "reject":
            judgement = self.workspace.judge("review", "reject", [one])
        elif what == "denied":
            judgement = self.workspace.judge("edit", "status", [one], detail={"value": "denied"})
        else:
            judgement = self.workspace.judge("edit", "place", [one], detail={"value": None})
        self.made.append(judgement.id)

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        if self.made:
            self.workspace.withdraw(self.made.pop(data.draw(st.integers(0, len(self.made) - 1))))


@contextmanager
def windows(size: int | None) -> Iterator[None]:
    """Let only so many meet at a key, so that a handful of documents crowds it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.workspace.relinking._FEW", 10**6)
        if size is not None:
            for module in ("sayso.linking.events", "sayso.workspace.reclustering"):
                patch.setattr(f"{module}.WINDOW", size)
            for module in ("sayso.linking.copies", "sayso.workspace.recopying"):
                patch.setattr(f"{module}.NEIGHBOURS", size)
            patch.setattr("sayso.workspace.neighbours._WHOLE", 2 * size)
        yield


@pytest.mark.parametrize("window", [None, 1, 2])
def test_any_order_and_batching_comes_to_the_same(window: int | None) -> None:
    with windows(window):
        run_state_machine_as_test(
            Desk,
            settings=settings(
                max_examples=12,
                stateful_step_count=14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )
