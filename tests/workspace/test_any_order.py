"""Whatever people and builds do, in whatever order, and wherever it is cut off: nothing that was decided is lost."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule
from plain_coder import LaterCoder, PlainCoder

from sayso.errors import JudgementError
from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, Document, Segment
from sayso.reading import Reading
from sayso.workspace import Workspace, ledger
from sayso.workspace.checking import Finding, check

_SENTENCES = (
    "On 2016-03-27 the army shelled Homs, killing 8, said SANA.",
    "On 2016-03-27 the rebels captured Hama after a day of fighting in the hills around it.",
    "Late on 2016-03-28 the army bombed Homs again, killing 3.",
    "Nothing more was known of it that evening.",
)
_TEXTS = st.permutations(_SENTENCES).flatmap(
    lambda order: st.integers(1, len(order)).map(lambda number: " ".join(order[:number]))
)
_ORIGINS = st.sampled_from(["a.txt", "b.txt"])
_CODERS = st.sampled_from([PlainCoder(), LaterCoder()])


class _Cut(Exception):
    """The work is cut off here."""


class Workplace(RuleBasedStateMachine):
    """A workspace that several people and builds use in turn."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = Workspace.create(self.folder / "ws")
        self.coder = PlainCoder()
        self.decided: dict[str, bool] = {}

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    @initialize(text=_TEXTS)
    def first(self, text: str) -> None:
        self.build("a.txt", text, self.coder, None)

    @rule(origin=_ORIGINS, text=_TEXTS, coder=_CODERS, cut=st.sampled_from([None, "read", "coded"]))
    def build(self, origin: str, text: str, coder: PlainCoder, cut: str | None) -> None:
        """Read a text, code what waits, link; or stop after a step."""
        data = text.encode()
        sha256 = sha256_hex(data)
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        capture = Capture(content_id("cap", origin, sha256), origin, moment, "text/plain", sha256, data)
        document = Document(content_id("doc", origin, sha256), capture.id, text, (Segment(0, len(text), "body"),))
        self.coder = coder
        self.workspace.new_run()
        self.workspace.receive(Reading(capture, document))
        self.workspace.finish(origin)
        if cut == "read":
            return
        for waiting in list(self.workspace.uncoded(coder.version)):
            self.workspace.keep([coder(waiting)], coder.version)
        if cut != "coded":
            self.workspace.relink()

    @rule(
        target=made,
        data=st.data(),
        user=st.sampled_from(["ana", "ben"]),
        what=st.sampled_from(["accept", "reject", "denied", "killed", "note", "same", "different", "add"]),
    )
    def judge(self, data: st.DataObject, user: str, what: str) -> str:
        """Somebody decides something about what they see."""
        seen = [s["id"] for record in self.workspace.records() for s in record["statements"]]
        if len(seen) < 2:
            return ""
        one, other = data.draw(st.permutations(seen))[:2]
        hands = self.workspace.as_user(user)
        if what in ("accept", "reject"):
            judgement = hands.judge("review", what, [one])
        elif what == "denied":
            judgement = hands.judge("edit", "status", [one], detail={"value": "denied"})
        elif what == "killed":
            judgement = hands.judge("edit", "killed", [one], detail={"value": None})
        elif what == "add":
            document = data.draw(st.sampled_from([record["id"] for record in self.workspace.records()]))
            trigger = {"start": 0, "end": 2}
            statement = {"type": "protest", "status": "happened", "trigger": trigger}
            judgement = hands.judge("add", "statement", [document], detail={"statement": statement})
        elif what == "note":
            judgement = hands.judge("note", "note", [one], reason="seen")
        else:
            judgement = hands.judge(what, what, [one, other])
        self.decided[judgement.id] = True
        return judgement.id

    @rule(judgement=consumes(made))
    def undo(self, judgement: str) -> None:
        if judgement:
            self.workspace.withdraw(judgement)
            self.decided[judgement] = False

    @rule()
    def cut_off_while_judging(self) -> None:
        """The process ends in the middle of a write: nothing of it stays."""
        before = self.workspace.judgements(), self.workspace.events(), self.workspace.ledger()
        with suppress(_Cut), self.workspace.transaction(write=True) as connection:
            ledger.write(connection, user="ana", action="judged", subject="jud_0", detail={})
            connection.exec_driver_sql("DELETE FROM events")
            raise _Cut
        assert (self.workspace.judgements(), self.workspace.events(), self.workspace.ledger()) == before

    @rule()
    def open_again(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.folder / "ws")

    @rule()
    def nonsense(self) -> None:
        before = len(self.workspace.ledger())
        with suppress(JudgementError):
            self.workspace.judge("review", "reject", ["stm_0"])
        assert len(self.workspace.ledger()) == before

    @invariant()
    def nothing_decided_is_lost(self) -> None:
        kept = {judgement.id: judgement.withdrawn_at is None for judgement in self.workspace.judgements()}
        assert kept == self.decided
        with self.workspace.transaction() as connection:
            assert list(ledger.broken(connection)) == []

    @precondition(lambda self: not self.workspace.waiting(self.coder.version))
    @rule()
    def linked_anew_everything_holds(self) -> None:
        self.workspace.relink()
        findings = [step for step in check(self.workspace, self.coder) if isinstance(step, Finding)]
        assert findings == []


Workplace.TestCase.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
TestWorkplace = Workplace.TestCase
