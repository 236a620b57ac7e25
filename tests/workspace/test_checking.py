"""``check`` sees every kind of change made behind the workspace's back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from plain_coder import PlainCoder
from plain_workspace import built, write_texts

from sayso.model import CodedDocument, Document
from sayso.workspace import Workspace
from sayso.workspace.checking import Checked, Finding, check

CHECKS = {"database", "ledger", "originals", "spans", "segments", "ids", "events", "linking", "recoding"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace of three documents, two of them copies, closed."""
    words = (
        "On 2016-03-27 the army shelled Homs, killing 8, said SANA. On 2016-03-28 the rebels captured Hama. Markets in "
        "the old town had opened early that morning and people of the villages around had come for bread and fuel, "
        "as they did every week since the road to the coast was free again and prices had fallen a little.\n"
    )
    late = "Late on 2016-03-29 the army bombed Idlib.\n"
    with built(tmp_path / "ws", write_texts(tmp_path / "in", words, words + "And so on.\n", late)):
        return tmp_path / "ws"


def findings(folder: Path, code: PlainCoder | None = None) -> list[Finding]:
    with Workspace.open(folder) as workspace:
        return [step for step in check(workspace, code) if isinstance(step, Finding)]


def test_a_good_workspace_holds(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        steps = list(check(workspace, PlainCoder()))
    assert [step for step in steps if isinstance(step, Finding)] == []
    done = {step.check: step.number for step in steps if isinstance(step, Checked)}
    assert set(done) == CHECKS
    assert all(number > 0 for number in done.values())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE documents SET text = replace(text, 'Homs', 'Hama')", {"spans", "ids"}),
        ("UPDATE documents SET text = text || ' More.'", {"segments", "ids"}),
        ("UPDATE documents SET title = 'Another' WHERE number = 1", {"ids"}),
        ("UPDATE documents SET outlet = 'Another' WHERE number = 1", {"ids"}),
        ("UPDATE documents SET reading = json_set(reading, '$.outlet', 'A') WHERE number = 1", {"ids", "linking"}),
        ("UPDATE statements SET record = json_set(record, '$.trigger.text', 'hit') WHERE number = 1", {"spans"}),
        ("UPDATE statements SET record = json_set(record, '$.trigger.end', 99999) WHERE number = 1", {"spans", "ids"}),
        ("UPDATE statements SET status = 'denied' WHERE number = 1", {"ids"}),
        ("DELETE FROM event_statements WHERE event_id = (SELECT id FROM events LIMIT 1)", {"events"}),
        ("DELETE FROM events WHERE id = (SELECT id FROM events LIMIT 1)", {"events", "linking"}),
        ("UPDATE events SET record = json_set(record, '$.type', 'talks') WHERE independent_sources = 1", {"linking"}),
        ("DELETE FROM copies", {"linking"}),
        ("UPDATE copies SET pairs = '[]' WHERE position = 0", {"linking"}),
        ("UPDATE captures SET sha256 = replace(sha256, 'a', 'b')", {"originals"}),
        ("UPDATE meta SET value = 'yes' WHERE key = 'stale'", {"events"}),
        ("INSERT INTO document_words(document_words) VALUES ('delete-all')", {"database"}),
    ],
)
def test_sees_a_change_of_the_tables(folder: Path, change: str, expected: set[str]) -> None:
    connection = sqlite3.connect(folder / "workspace.db")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(change)
    connection.commit()
    connection.close()
    found = {finding.check for finding in findings(folder)}
    assert expected <= found


def test_sees_a_row_whose_parent_is_gone(folder: Path) -> None:
    connection = sqlite3.connect(folder / "workspace.db")
    connection.execute("DELETE FROM captures WHERE number = 1")
    connection.commit()
    connection.close()
    assert "database" in {finding.check for finding in findings(folder)}


def test_sees_an_original_changed_or_gone(folder: Path) -> None:
    paths = sorted(path for path in (folder / "originals").rglob("*") if path.is_file())
    paths[0].write_bytes(b"something else")
    paths[1].unlink()
    problems = sorted(finding.problem.split()[-1] for finding in findings(folder))
    assert problems == ["bytes", "missing"]


def test_sees_a_coder_that_codes_otherwise(folder: Path) -> None:
    class Forgetful(PlainCoder):
        def __call__(self, document: Document) -> CodedDocument:
            return CodedDocument(document, (), (), (), (), (), ())

    found = findings(folder, Forgetful())
    assert {finding.check for finding in found} == {"recoding"}
    assert len(found) == 3
    assert "statements differ" in found[0].problem


def test_what_copies_share_is_kept_with_its_words(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        texts = {record["id"]: record["text"] for record in workspace.records()}
        (group,) = workspace.copies()
    (pair,) = group["pairs"]
    assert [pair["first"], pair["second"]] == group["documents"]
    assert pair["kind"] == "copy"
    assert pair["passages"]
    for passage in pair["passages"]:
        for side in ("first", "second"):
            span = passage[side]
            assert texts[pair[side]][span["start"] : span["end"]] == span["text"]
    contract = (Path(__file__).parents[2] / "docs/contract.md").read_text("utf-8")
    told = contract[contract.index("A line of `copies.jsonl`") :].split("\n\n")[0]
    assert {name for name in (*group, *pair) if f"`{name}`" not in told} == set()
