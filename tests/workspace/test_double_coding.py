"""Coders who do not see each other, and what they agree on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_workspace import built, write_texts

from sayso.errors import JudgementError
from sayso.workspace import Workspace, double_coding
from sayso.workspace.double_coding import Agreement

TEXTS = (
    "On 2016-03-27 the army shelled Homs, killing 8, said SANA. On 2016-03-28 the rebels captured Hama.",
    "On 2016-04-01 the army bombed Homs. On 2016-04-02 the army shelled Hama. Crowds filled the streets.",
)


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    with built(where, write_texts(tmp_path / "in", *TEXTS), "eve") as made:
        yield made


def test_a_round(workspace: Workspace) -> None:
    ids = [record["id"] for record in workspace.records()]
    statements = {(s["type"], s["trigger"]["text"]): s["id"] for r in workspace.records() for s in r["statements"]}
    before = workspace.events()
    with workspace.transaction(write=True) as connection:
        given = double_coding.assign(connection, ids, ["ana", "ben"], "pilot", by="eve")
        assert double_coding.assign(connection, ids, ["ana", "ben"], "pilot", by="eve") == given
    of = {(one.user, one.document_id): one.id for one in given}
    assert len(of) == 4
    ana, ben = workspace.as_user("ana"), workspace.as_user("ben")
    mine = ana.judge(
        "edit", "status", [statements["capture", "captured"]], detail={"value": "denied"}, assignment=of["ana", ids[0]]
    )
    ben.judge("review", "reject", [statements["air_strike", "bombed"]], assignment=of["ben", ids[1]])
    crowd = TEXTS[1].index("filled")
    for coder, kind in ((ana, "protest"), (ben, "displacement")):
        coder.judge(
            "add", "statement", [ids[1]], assignment=of[coder.user, ids[1]],
            detail={"statement": {"type": kind, "status": "happened", "trigger": {"start": crowd, "end": crowd + 6}}},
        )  # fmt: skip
    # Nothing of it shows, to anybody.
    assert workspace.events() == before
    workspace.relink()
    assert workspace.events() == before
    with workspace.transaction(write=True) as connection:
        assert double_coding.agreement(connection, "pilot")[0] == Agreement("present", 0, 0, None)
        for one in given:
            double_coding.finish(connection, one.id, user=one.user)
        with pytest.raises(JudgementError, match="finished already"):
            double_coding.finish(connection, given[0].id, user=given[0].user)
        agreement = {one.field: one for one in double_coding.agreement(connection, "pilot")}
    # Five units: two of the first text, two of the second, and the crowd that each called something else.
    assert (agreement["present"].units, agreement["present"].agreed) == (5, 4)
    assert (agreement["type"].units, agreement["type"].agreed) == (4, 3)
    assert (agreement["status"].units, agreement["status"].agreed) == (4, 3)
    assert (agreement["killed"].units, agreement["killed"].agreed, agreement["killed"].alpha) == (4, 4, 1.0)
    # By hand for the status: 8 values, 7 "happened" and 1 "denied"; observed disagreement 2/8, expected 2*7*1/(8*7).
    assert agreement["status"].alpha == pytest.approx(1 - (2 / 8) / (14 / 56))
    eve = workspace.as_user("eve")
    adopted = eve.adopt(mine.id, reason="the ministry's words")
    with pytest.raises(JudgementError, match="no decision that waits"):
        eve.adopt(adopted.id)
    assert [e["status"] for e in workspace.events() if e["type"] == "capture"] == ["denied"]
    assert adopted.detail["from"] == "ana"


def test_what_cannot_be(workspace: Workspace) -> None:
    (first, *_) = (record["id"] for record in workspace.records())
    with workspace.transaction(write=True) as connection:
        with pytest.raises(JudgementError, match="at least two"):
            double_coding.assign(connection, [first], ["ana", "ana"], "pilot", by="eve")
        with pytest.raises(JudgementError, match="no such document"):
            double_coding.assign(connection, ["doc_0"], ["ana", "ben"], "pilot", by="eve")
        with pytest.raises(JudgementError, match="no such assignment"):
            double_coding.finish(connection, "asg_0", user="ana")
