"""What people decide is laid over what the coder made, and nothing of it is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from plain_coder import LaterCoder, PlainCoder
from sqlalchemy import select, update
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from sayso.contract import Record
from sayso.errors import Conflict, JudgementError
from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, Document, Segment
from sayso.reading import Reading
from sayso.workspace import EventFilter, Workspace
from sayso.workspace.checking import Finding, check
from sayso.workspace.tables import StatementRow

TEXT = (
    "On 2016-03-27 the army shelled Homs, killing 8, said SANA. The day was cold and the market was full of people. "
    "On 2016-03-28 the rebels captured Hama."
)


def receive(workspace: Workspace, origin: str, words: str, coder: PlainCoder | None = None) -> None:
    """Read ``words`` from ``origin``, code what waits, link."""
    coder = coder or PlainCoder()
    data = words.encode()
    sha256 = sha256_hex(data)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    capture = Capture(content_id("cap", origin, sha256), origin, moment, "text/plain", sha256, data)
    document = Document(content_id("doc", origin, sha256), capture.id, words, (Segment(0, len(words), "body"),))
    workspace.new_run()
    workspace.receive(Reading(capture, document))
    workspace.finish(origin)
    for waiting in list(workspace.uncoded(coder.version)):
        workspace.keep([coder(waiting)], coder.version)
    workspace.relink()


def statements(workspace: Workspace) -> list[Record]:
    return [s for record in workspace.records() for s in record["statements"]]


def findings(workspace: Workspace) -> list[Finding]:
    return [step for step in check(workspace, PlainCoder()) if isinstance(step, Finding)]


def value(words: str, **more: Any) -> Record:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


@pytest.fixture
def workspace(where: str) -> Iterator[Workspace]:
    with Workspace.create(where, user="ana") as made:
        receive(made, "a.txt", TEXT)
        yield made


def test_a_rejected_statement_is_in_no_event_until_it_is_taken_back(workspace: Workspace) -> None:
    shelling = statements(workspace)[0]["id"]
    judgement = workspace.judge("review", "reject", [shelling], reason="it quotes an exercise")
    assert [s["type"] for s in statements(workspace)] == ["capture"]
    assert [event["type"] for event in workspace.events()] == ["capture"]
    workspace.relink()
    assert [event["type"] for event in workspace.events()] == ["capture"]
    assert findings(workspace) == []
    workspace.withdraw(judgement.id)
    assert [event["type"] for event in workspace.events()] == ["shelling", "capture"]
    workspace.relink()
    assert findings(workspace) == []


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("type", "bombing", "bombing"),
        ("status", "denied", "denied"),
        ("killed", None, None),
        ("killed", {"minimum": 7, "evidence": [value("killing 8")]}, {"minimum": 7, "maximum": None}),
        (
            "time",
            {"earliest": "2016-03-26", "latest": "2016-03-27", "precision": "span", "evidence": [value("2016-03-27")]},
            {"earliest": "2016-03-26", "latest": "2016-03-27", "precision": "span", "basis": "explicit"},
        ),
        ("place", value("market", name="the market"), {"name": "the market", "text": "market", "latitude": None}),
        ("targets", [value("people", name="shoppers")], [{"name": "shoppers", "text": "people", "actor_id": None}]),
    ],
)
def test_an_edited_field_shows_and_the_coders_word_is_kept(
    workspace: Workspace, field: str, given: Any, expected: Any
) -> None:
    before = statements(workspace)[0]
    workspace.judge("edit", field, [before["id"]], detail={"value": given})

    def holds(found: Any, wanted: Any) -> bool:
        if isinstance(wanted, dict):
            return all(found[key] == inner for key, inner in wanted.items() if key != "text" or key in found)
        if isinstance(wanted, list):
            return len(found) == len(wanted) and all(map(holds, found, wanted))
        return bool(found == wanted)

    for _ in range(2):
        now = statements(workspace)[0]
        assert holds(now[field], expected)
        assert now["id"] == before["id"]
        assert now["coder"] == "plain/1 + ana"
        (event,) = [e for e in workspace.events() if before["id"] in e["statements"]]
        assert holds(event[field], expected)
        (told,) = workspace.told([event["id"]])[event["id"]]
        assert told.review == "edited"
        workspace.relink()
    (made,) = workspace.records(as_made=True)
    assert made["statements"][0] == before
    assert findings(workspace) == []


@pytest.mark.parametrize(
    ("field", "given", "problem"),
    [
        ("type", "victory", "not a type"),
        ("status", "sure", "not a status"),
        ("time", {"earliest": "2016-03-27", "latest": "2016-03-27", "precision": "day", "evidence": []}, "no words"),
        (
            "time",
            {"earliest": "2016-04-27", "latest": "2016-03-27", "precision": "day", "evidence": [value("2016-03-27")]},
            "ends before",
        ),
        ("time", {"earliest": "yesterday"}, "cannot be read"),
        ("killed", {"minimum": -1, "evidence": [value("8")]}, "whole number"),
        ("killed", {"minimum": 9, "maximum": 8, "evidence": [value("8")]}, "more than"),
        ("killed", {"evidence": [value("8")]}, "whole number"),
        ("place", {"start": 0, "end": 99_999, "name": "Homs"}, "outside the text"),
        ("place", {"start": 0, "end": 4, "text": "Homs", "name": "Homs"}, "does not say 'Homs'"),
        ("place", value("Homs", name=" "), "empty"),
        ("place", value("Homs", name="Homs", latitude=95.0, longitude=1.0), "degrees"),
        ("actors", "the army", "cannot be read"),
        ("trigger", value("Homs"), "no such judgement"),
    ],
)
def test_a_value_without_sense_is_refused_and_nothing_kept(
    workspace: Workspace, field: str, given: Any, problem: str
) -> None:
    before = statements(workspace), workspace.events(), len(workspace.ledger())
    with pytest.raises(JudgementError, match=problem):
        workspace.judge("edit", field, [before[0][0]["id"]], detail={"value": given})
    assert (statements(workspace), workspace.events(), len(workspace.ledger())) == before
    assert workspace.judgements() == []


def test_what_the_coder_missed_is_added(workspace: Workspace) -> None:
    (document,) = (record["id"] for record in workspace.records())
    added = {
        "type": "displacement",
        "status": "happened",
        "trigger": value("was full"),
        "place": value("Hama", name="Hama"),
    }
    judgement = workspace.judge("add", "statement", [document], detail={"statement": added})
    assert [s["type"] for s in statements(workspace)] == ["shelling", "displacement", "capture"]
    sentence = statements(workspace)[1]["sentence"]
    assert TEXT[sentence["start"] : sentence["end"]] == "The day was cold and the market was full of people."
    assert len(workspace.events(EventFilter(types=("displacement",)))) == 1
    assert workspace.events(EventFilter(types=("displacement",)))[0]["place"]["name"] == "Hama"
    workspace.relink()
    assert findings(workspace) == []
    receive(workspace, "a.txt", TEXT, LaterCoder())
    assert [s["coder"] for s in statements(workspace)] == ["plain/2", "person ana", "plain/2"]
    workspace.withdraw(judgement.id)
    assert [s["type"] for s in statements(workspace)] == ["shelling", "capture"]


def test_judgements_follow_their_words_into_a_newer_capture(workspace: Workspace) -> None:
    shelling, capture = statements(workspace)
    workspace.judge(
        "edit", "killed", [shelling["id"]], detail={"value": {"minimum": 9, "evidence": [value("killing 8")]}}
    )
    lost = workspace.judge("edit", "status", [capture["id"]], detail={"value": "denied"})
    receive(workspace, "a.txt", "Correction. " + TEXT.replace("captured Hama", "left Hama"))
    (kept,) = statements(workspace)
    assert (kept["killed"]["minimum"], kept["killed"]["evidence"][0]["text"]) == (9, "killing 8")
    assert [(o.judgement_id, o.anchor.quote) for o in workspace.orphans()] == [(lost.id, "captured")]
    receive(workspace, "a.txt", TEXT)
    assert workspace.orphans() == ()
    assert statements(workspace)[1]["status"] == "denied"


def test_the_same_words_in_other_company_are_not_taken_for_them(workspace: Workspace) -> None:
    judgement = workspace.judge("review", "reject", [statements(workspace)[0]["id"]])
    receive(workspace, "a.txt", "On 2016-05-01 the navy shelled Hama from the sea for an hour.")
    assert [s["type"] for s in statements(workspace)] == ["shelling"]
    assert [o.judgement_id for o in workspace.orphans()] == [judgement.id]
    assert [j.id for j in workspace.judgements()] == [judgement.id]


def test_two_who_set_the_same_field_are_told_of_each_other(workspace: Workspace) -> None:
    statement = statements(workspace)[0]["id"]
    ana, ben = workspace, workspace.as_user("ben")
    first = ana.judge("edit", "status", [statement], detail={"value": "denied"}, seen=[])
    with pytest.raises(Conflict, match="ana set edit status") as conflict:
        ben.judge("edit", "status", [statement], detail={"value": "alleged"}, seen=[])
    assert conflict.value.judgement_ids == (first.id,)
    # Another field is no conflict, and knowing of the other's word neither.
    ben.judge("edit", "type", [statement], detail={"value": "bombing"}, seen=[])
    ben.judge("edit", "status", [statement], detail={"value": "alleged"}, seen=[first.id])
    now = statements(workspace)[0]
    assert (now["type"], now["status"], now["coder"]) == ("bombing", "alleged", "plain/1 + ben")


def test_judgements_only_grow(workspace: Workspace) -> None:
    statement = statements(workspace)[0]["id"]
    one = workspace.judge("note", "note", [statement], reason="see the second page")
    two = workspace.judge("note", "note", [statement], reason="see the second page")
    assert one.id != two.id
    workspace.as_user("ben").withdraw(one.id)
    assert [(j.id, j.withdrawn_at is None) for j in workspace.judgements()] == [(one.id, False), (two.id, True)]
    with pytest.raises(JudgementError, match="already withdrawn"):
        workspace.withdraw(one.id)
    with pytest.raises(JudgementError, match="no such judgement"):
        workspace.withdraw("jud_0")
    with pytest.raises(JudgementError, match="no such statement"):
        workspace.judge("review", "accept", ["stm_0"])
    for change in (
        "UPDATE judgements SET verdict = 'no'",
        "DELETE FROM judgements",
        "DELETE FROM withdrawals",
        "UPDATE ledger SET action = 'nothing'",
        "DELETE FROM ledger",
    ):
        with workspace.engine.connect() as connection, pytest.raises(DatabaseError, match="only grows"):
            connection.execute(sql(change))
    assert [entry.action for entry in workspace.ledger()][-3:] == ["judged", "judged", "withdrew"]


def test_every_write_is_in_the_ledger_and_a_change_behind_its_back_is_seen(workspace: Workspace) -> None:
    workspace.judge("review", "accept", [statements(workspace)[0]["id"]])
    assert [(e.user, e.action) for e in workspace.ledger()] == [
        ("ana", action) for action in ("created", "received", "coded", "linked", "judged")
    ]
    workspace.relink()
    assert findings(workspace) == []
    with workspace.transaction(write=True) as connection:
        row = connection.execute(select(StatementRow.number, StatementRow.record).order_by(StatementRow.number)).first()
        assert row is not None
        changed = {**row.record, "killed": {**row.record["killed"], "minimum": 80}}
        connection.execute(update(StatementRow).where(StatementRow.number == row.number).values(record=changed))
    assert {finding.check for finding in findings(workspace)} >= {"ledger"}
