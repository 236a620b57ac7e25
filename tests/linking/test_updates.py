"""A later count that brings an earlier one up to date is an update with its days, not a disagreement."""

from __future__ import annotations

from typing import Any

from sayso.linking import EventView, link, views


def report(coded: Any, told: Any, name: str, killed: int, written: str | None) -> Any:
    text = f"Planes of Westland bombed the market of Amber on 12 March 2016, killing {killed} people."
    item = told(
        "air_strike",
        "bombed",
        "Amber",
        "2016-03-12",
        "12 March 2016",
        by=["Westland"],
        killed=(str(killed), killed, killed),
    )
    return coded(name, text, item, outlet=name, written=written)


def row_of(*documents: Any) -> EventView:
    (row,) = views(link(documents), documents)
    return row


def test_a_toll_that_rises_is_shown_with_its_days(coded: Any, told: Any) -> None:
    documents = [
        report(coded, told, "a", 14, "2016-03-12"),
        report(coded, told, "b", 19, "2016-03-13"),
        report(coded, told, "c", 23, "2016-03-15"),
        report(coded, told, "d", 19, "2016-03-14"),
    ]
    row = row_of(*documents)
    assert row.disagreements == ()
    (update,) = row.updates
    assert update.field == "killed"
    assert [(str(step.written), step.value, len(step.statements)) for step in update.steps] == [
        ("2016-03-12", "14", 1),
        ("2016-03-13", "19", 2),
        ("2016-03-15", "23", 1),
    ]
    texts = {c.document.id: c.document.text for c in documents}
    assert [{span.of(texts[d]) for d, span in step.evidence} for step in update.steps] == [{"14"}, {"19"}, {"23"}]


def test_counts_of_one_day_are_rivals_and_no_update(coded: Any, told: Any) -> None:
    row = row_of(report(coded, told, "a", 14, "2016-03-12"), report(coded, told, "b", 19, "2016-03-12"))
    assert (len(row.disagreements), row.updates) == (1, ())


def test_a_later_count_that_is_smaller_is_a_rival(coded: Any, told: Any) -> None:
    row = row_of(report(coded, told, "a", 19, "2016-03-12"), report(coded, told, "b", 14, "2016-03-15"))
    assert ([d.field for d in row.disagreements], row.updates) == (["killed"], ())


def test_unknown_days_of_writing_make_no_update(coded: Any, told: Any) -> None:
    row = row_of(report(coded, told, "a", 14, None), report(coded, told, "b", 19, None))
    assert row.updates == ()
