"""A workspace keeps what it is given, once, and lets nothing go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from plain_coder import PlainCoder
from sqlalchemy import text

from sayso.contract import coded_document
from sayso.errors import Unreadable, WorkspaceError
from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, Document, Segment
from sayso.reading import Reading
from sayso.workspace import EventFilter, Workspace

CODER = PlainCoder()


def reading(origin: str, words: str, document_id: str | None = None, outlet: str | None = None) -> Reading:
    """A document of one body segment, as reading would give it."""
    data = words.encode("utf-8", "surrogatepass")
    sha256 = sha256_hex(data)
    capture = Capture(
        content_id("cap", origin, sha256), origin, datetime(2026, 1, 1, tzinfo=UTC), "text/plain", sha256, data
    )
    identity = document_id or content_id("doc", origin, sha256)
    document = Document(identity, capture.id, words, (Segment(0, len(words), "body"),), outlet=outlet)
    return Reading(capture, document)


def add(workspace: Workspace, one: Reading) -> str:
    """Receive, finish, code and keep ``one`` as a build would."""
    workspace.new_run()
    _, document_id = workspace.receive(one)
    workspace.finish(one.capture.origin)
    for document in list(workspace.uncoded(CODER.version)):
        workspace.keep([CODER(document)], CODER.version)
    return document_id


@pytest.fixture
def workspace(where: str) -> Iterator[Workspace]:
    with Workspace.create(where) as made:
        yield made


def test_keeps_the_document_and_its_original_to_the_letter(workspace: Workspace) -> None:
    one = reading("a.txt", "On 2016-03-27 the army shelled Homs, killing 8, said SANA. مساء")
    document_id = add(workspace, one)
    (record,) = workspace.records()
    assert coded_document(record) == CODER(replace(one.document, id=document_id))
    assert workspace.originals.read(one.capture.sha256) == one.capture.bytes


def test_originals_lie_under_their_hash(tmp_path: Path) -> None:
    one = reading("a.txt", "The army shelled Homs.")
    with Workspace.create(tmp_path / "ws") as workspace:
        add(workspace, one)
    sha256 = one.capture.sha256
    assert (tmp_path / "ws" / "originals" / sha256[:2] / sha256[2:]).read_bytes() == one.capture.bytes


def test_the_same_again_changes_nothing(workspace: Workspace) -> None:
    one = reading("a.txt", "On 2016-03-27 the army shelled Homs.")
    add(workspace, one)
    workspace.relink()
    before = list(workspace.records()), workspace.events(), workspace.figures()
    workspace.new_run()
    assert workspace.receive(one) == ("unchanged", one.document.id)
    assert workspace.finish("a.txt") == 0
    assert workspace.waiting(CODER.version) == 0
    assert (list(workspace.records()), workspace.events(), workspace.figures()) == before


def test_a_newer_capture_takes_the_place_of_the_older_which_stays(workspace: Workspace) -> None:
    old, new = reading("a.txt", "The army shelled Homs."), reading("a.txt", "The army shelled Hama.")
    add(workspace, old)
    add(workspace, new)
    workspace.relink()
    assert [record["text"] for record in workspace.records()] == [new.document.text]
    assert [event["place"]["name"] for event in workspace.events()] == ["Hama"]
    assert set(workspace.originals.kept()) == {old.capture.sha256, new.capture.sha256}
    with workspace.engine.connect() as connection:
        captures = connection.execute(text("SELECT sha256, latest FROM captures ORDER BY number")).all()
    assert captures == [(old.capture.sha256, 0), (new.capture.sha256, 1)]


def test_back_to_an_older_capture(workspace: Workspace) -> None:
    old, new = reading("a.txt", "The army shelled Homs."), reading("a.txt", "The army shelled Hama.")
    for one in (old, new, old):
        add(workspace, one)
    assert [record["text"] for record in workspace.records()] == [old.document.text]


@pytest.mark.parametrize("given", ["7", "7/..", "~"])
def test_one_given_id_of_two_origins_is_told_apart_and_stays_so(workspace: Workspace, given: str) -> None:
    one = reading("one.csv#7", "The army shelled Homs.", given)
    other = reading("other.csv#7", "The army shelled Hama.", given)
    ids = [add(workspace, one), add(workspace, other)]
    assert ids == [given, f"{given}~{sha256_hex(b'other.csv#7')[:8]}"]
    assert [add(workspace, one), add(workspace, other)] == ids
    assert [record["id"] for record in workspace.records()] == ids


def test_one_given_id_twice_in_one_origin(workspace: Workspace) -> None:
    first, second = (reading("t.csv", f"The army shelled {place}.", "7") for place in ("Homs", "Hama"))
    for _ in range(2):
        workspace.new_run()
        ids = [workspace.receive(one)[1] for one in (first, second, first)]
        workspace.finish("t.csv")
        assert len(set(ids)) == 2
        assert ids[0] == ids[2] == "7"
        assert workspace.figures().documents == 2


def test_rows_that_shift_are_moved_not_doubled(workspace: Workspace) -> None:
    """Rows without ids are known by content; a row inserted above shifts the origins of all that follow."""
    texts = [f"The army shelled Homs on day {number}." for number in range(5)]

    def rows(wanted: list[str]) -> list[str]:
        workspace.new_run()
        received = [
            workspace.receive(reading(f"t.csv#{at}", one, content_id("doc", "t.csv", one)))
            for at, one in enumerate(wanted)
        ]
        for at in range(len(wanted)):
            workspace.finish(f"t.csv#{at}")
        for document in list(workspace.uncoded(CODER.version)):
            workspace.keep([CODER(document)], CODER.version)
        return [receipt for receipt, _ in received]

    assert rows(texts) == ["new"] * 5
    assert rows(["The army shelled Hama.", *texts]) == ["new"] + ["unchanged"] * 5
    assert rows(texts[1:]) == ["unchanged"] * 4
    assert sorted(r["text"] for r in workspace.records())[-4:] == texts[1:]
    assert not any("~" in record["id"] for record in workspace.records())


def test_another_coder_codes_again(workspace: Workspace) -> None:
    add(workspace, reading("a.txt", "The army shelled Homs."))
    assert workspace.waiting("plain/1") == 0
    assert workspace.waiting("plain/2") == 1
    assert workspace.coders() == {"plain/1"}


def test_add_in_one_step(workspace: Workspace) -> None:
    one = reading("a.txt", "The army shelled Homs.", "7")
    assert workspace.add(one, CODER(one.document), CODER.version) == "7"
    other = reading("b.txt", "The army shelled Hama.", "7")
    with pytest.raises(WorkspaceError, match="is 7~"):
        workspace.add(other, CODER(other.document), CODER.version)


def test_half_a_character_is_refused_by_name(workspace: Workspace) -> None:
    with pytest.raises(Unreadable, match=r"a\.txt: holds half a character"):
        workspace.receive(reading("a.txt", "shelled \ud800 Homs"))


def test_events_are_found_by_place_actor_type_status_and_time(workspace: Workspace) -> None:
    add(workspace, reading("a.txt", "On 2016-03-27 the army shelled Homs. On 2017-01-02 the rebels captured Hama."))
    add(workspace, reading("b.txt", "The army bombed Ḥamāh."))
    workspace.relink()

    def found(**wanted: object) -> list[str]:
        return [event["type"] for event in workspace.events(EventFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == ["shelling", "capture", "air_strike"]
    assert found(places=("homs",)) == ["shelling"]
    assert found(places=("HAMA",)) == ["capture", "air_strike"]
    assert found(places=("sy",)) == ["shelling", "capture", "air_strike"]
    assert found(places=("%",)) == []
    assert found(actors=("Rebel",)) == ["capture"]
    assert found(types=("shelling", "air_strike")) == ["shelling", "air_strike"]
    assert found(statuses=("planned",)) == []
    assert found(earliest=date(2016, 3, 28)) == ["capture"]
    assert found(latest=date(2016, 3, 27)) == ["shelling"]
    assert found(limit=1) == ["shelling"]
    assert workspace.count(EventFilter(limit=1)) == 3


def test_told_quotes_the_sentence(workspace: Workspace) -> None:
    add(workspace, reading("a.txt", "Before. On 2016-03-27 the army shelled Homs. After.", outlet="Gazette"))
    workspace.relink()
    (event,) = workspace.events()
    (told,) = workspace.told([event["id"]])[event["id"]]
    assert told.words.strip() == "On 2016-03-27 the army shelled Homs."
    assert (told.outlet, told.document_id) == ("Gazette", event["documents"][0])
