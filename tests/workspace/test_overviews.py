"""A workspace from further off, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_workspace import built, write_rows

from sayso.workspace import Workspace, overviews
from sayso.workspace.overviews import Share

_LONG = (
    "On 2016-03-27 the army shelled Homs, killing 8. People who live near the market said that they had heard the "
    "first shells before noon, that the fire brigade needed an hour to come, "
    "and that two streets were closed until night."
)
ROWS = [
    {"id": "a", "outlet": "North", "title": "One", "text": _LONG, "published": "2016-03-28"},
    {"id": "b", "outlet": "South", "text": _LONG, "published": "2016-03-29"},
    {"id": "c", "outlet": "South", "text": "On 2016-03-27 the army shelled Homs, killing 9. The rebels captured Hama."},
    {"id": "d", "text": "Nothing happened here."},
]


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    with built(where, write_rows(tmp_path / "t.jsonl", ROWS)) as made:
        yield made


def test_every_outlets_part(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        shares = {one.outlet: one for one in overviews.shares(connection)}
    assert next(iter(shares)) == "South"
    assert shares["North"] == Share("North", 1, 1, 1)
    assert shares["South"] == Share("South", 2, 3, 2)
    assert shares[None] == Share(None, 1, 0, 0)


def test_copies_and_labels(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        groups = overviews.copy_groups(connection, ["a", "b", "c", "nobody"])
        assert groups.keys() == {"a", "b"}
        assert groups["a"] == groups["b"]
        assert overviews.copies_of(connection, "a") == ["b"]
        assert overviews.copies_of(connection, "c") == []
        labels = overviews.labels(connection, ["a", "d", "nobody"])
    assert labels.keys() == {"a", "d"}
    assert (labels["a"].title, labels["a"].outlet) == ("One", "North")
    assert labels["a"].written is not None
    assert labels["a"].written["best"] == "2016-03-28"
    assert (labels["d"].title, labels["d"].outlet) == (None, None)


def test_disagreements_by_field(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        assert overviews.disagreement_fields(connection) == [("killed", 1)]
        (one,) = overviews.disagreements(connection, "killed", 10)
        assert overviews.disagreements(connection, "time", 10) == []
        assert overviews.disagreements(connection, None, 10, offset=1) == []
    assert sorted(position["value"] for position in one["positions"]) == ["8", "9"]


def test_a_lot_is_drawn_from_what_is_here(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        assert sorted(overviews.lot(connection, 10)) == ["a", "b", "c", "d"]
        assert len(set(overviews.lot(connection, 2))) == 2
