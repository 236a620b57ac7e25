"""A report too vague to be scored means the one event that is known, if only one is."""

from __future__ import annotations

from typing import Any

from sayso.linking import link


def clearing(
    coded: Any, told: Any, name: str, place: str = "Dunes", on: str | None = "2016-04", by: str = "the army"
) -> Any:
    text = (
        f"{by} made {place} safe of mines in April 2016." if on else f"Charges found at {place} were cleared by {by}."
    )
    return coded(
        name, text, told("demining", "safe" if on else "cleared", place, on, "April 2016" if on else None, by=[by])
    )


def events(*documents: Any) -> list[set[str]]:
    names = {s.id: f"{c.document.id}{i}" for c in documents for i, s in enumerate(c.statements)}
    return sorted(({names[i] for i in event.statement_ids} for event in link(documents).events), key=sorted)


def test_an_undated_report_is_the_only_event_of_its_kind_there(coded: Any, told: Any) -> None:
    assert events(clearing(coded, told, "a"), clearing(coded, told, "b", on=None)) == [{"a0", "b0"}]


def test_of_two_events_nobody_can_say_which(coded: Any, told: Any) -> None:
    later = coded(
        "c",
        "In May 2018 sappers of the army finished work on roads around Dunes: the last explosives were removed.",
        told("demining", "removed", "Dunes", "2018-05", "May 2018", by=["the army"]),
    )
    found = events(clearing(coded, told, "a"), later, clearing(coded, told, "b", on=None))
    assert {"b0"} in found


def test_another_side_or_place_is_another_event(coded: Any, told: Any) -> None:
    assert len(events(clearing(coded, told, "a"), clearing(coded, told, "b", on=None, by="Reds"))) == 2
    assert len(events(clearing(coded, told, "a"), clearing(coded, told, "b", "Cedar", on=None))) == 2


def test_of_two_towns_told_in_one_breath_the_second_counts(coded: Any, told: Any) -> None:
    text = "Dunes was taken. the army sent sappers to Dunes, and then to Cedar, and cleared thousands of mines."
    other = coded("b", text, told("capture", "taken", "Dunes"), told("demining", "cleared", "Cedar", by=["the army"]))
    assert {"a0", "b1"} in events(clearing(coded, told, "a"), other)


def test_a_request_and_the_help_it_asked_for(coded: Any, told: Any) -> None:
    one = coded(
        "a",
        "Westland responded to requests of the government for military assistance to Nordland in September 2015.",
        told("military_support", "military assistance", "Nordland", "2015-09", "September 2015", by=["Westland"]),
    )
    other = coded(
        "b",
        "the government had requested military assistance to Nordland from Westland in 2015.",
        told("demand", "requested", "Nordland", "2015", "2015", by=["the government"]),
    )
    assert events(one, other) == [{"a0", "b0"}]
