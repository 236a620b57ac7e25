"""An event as a row: values that keep their rivals and their words, and voices counted, not pages."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking import EventView, link, views

WIRE = (
    "Planes of Westland bombed the market of Amber on 12 March 2016, killing 14 people and injuring at least 30, the "
    "governor said. Rescuers were still digging under the collapsed roof at noon and hospitals asked for blood."
)
ANEW = "On Saturday 12 March 2016 jets of Westland bombed Amber. Hospitals counted 16 killed."


def strike(coded: Any, told: Any, document_id: str, outlet: str | None, text: str = WIRE, killed: Any = 14) -> Any:
    return coded(
        document_id,
        text,
        told(
            "air_strike",
            "bombed",
            "Amber",
            "2016-03-12",
            "12 March 2016",
            by=["Westland"],
            killed=(str(killed), killed, killed),
            injured=("at least 30", 30, None) if "at least 30" in text else None,
        ),
        outlet=outlet,
    )


def only_view(*documents: Any) -> EventView:
    linked = link(documents)
    (row,) = views(linked, documents)
    return row


def test_a_row_gathers_its_reports(coded: Any, told: Any) -> None:
    row = only_view(strike(coded, told, "a", "Herald"), strike(coded, told, "b", "Post", ANEW, 16))
    assert (row.type, row.status, row.documents, row.outlets) == (
        "air_strike",
        "happened",
        ("a", "b"),
        ("Herald", "Post"),
    )
    assert row.time is not None
    assert (row.time.earliest.isoformat(), row.time.precision, row.time.rivals) == ("2016-03-12", "day", ())
    assert row.place is not None
    assert (row.place.name, row.place.country, row.place.admin1) == ("Amber", "XN", "Northmarch")
    assert [(a.name, a.actor_id) for a in row.actors] == [("Westland", "xw-mil")]
    assert row.targets == ()
    assert row.killed is not None
    assert (row.killed.minimum, row.killed.maximum) == (14, 16)
    assert row.injured is not None
    assert (row.injured.minimum, row.injured.maximum) == (30, None), "no report sets a maximum"
    assert [d.field for d in row.disagreements] == ["killed"]


def test_every_value_slices_back_to_its_words(coded: Any, told: Any) -> None:
    documents = [strike(coded, told, "a", "Herald"), strike(coded, told, "b", "Post", ANEW, 16)]
    row = only_view(*documents)
    texts = {c.document.id: c.document.text for c in documents}

    def words(value: Any) -> set[str]:
        return {span.of(texts[document_id]) for document_id, span in value.evidence}

    assert words(row.time) == {"12 March 2016"}
    assert words(row.place) == {"Amber"}
    assert words(row.actors[0]) == {"Westland"}
    assert words(row.killed) == {"14", "16"}
    assert words(row.injured) == {"at least 30"}


@pytest.mark.parametrize(
    ("outlets", "texts", "voices"),
    [
        (["Herald", "Post"], [WIRE, ANEW], 2),
        (["Herald", "Post"], [WIRE, WIRE], 1),  # a wire copy
        (["Herald", "Herald"], [WIRE, ANEW], 1),  # one outlet twice
        (["Herald", "herald"], [WIRE, ANEW], 1),
        ([None, None], [WIRE, ANEW], 2),  # without outlet each counts as itself
        ([None, None], [WIRE, WIRE], 1),
        (["Herald", "Post", "Post"], [WIRE, WIRE, ANEW], 1),  # the copy's outlet tells it again
        (["Herald", "Post", "Gazette"], [WIRE, WIRE, ANEW], 2),
    ],
)
def test_voices_are_counted_not_pages(
    coded: Any, told: Any, outlets: list[str | None], texts: list[str], voices: int
) -> None:
    documents = [
        strike(coded, told, f"d{n}", outlet, text, 14 if text is WIRE else 16)
        for n, (outlet, text) in enumerate(zip(outlets, texts, strict=True))
    ]
    row = only_view(*documents)
    assert len(row.documents) == len(outlets)
    assert row.independent_sources == voices


def test_rival_times_are_kept(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# Liberation of Dunes - March 2017\nIn March of 2016 the army re-took Dunes.",
        told("capture", "Liberation", "Dunes", "2017-03", "March 2017"),
        told("capture", "re-took", "Dunes", "2016-03", "March of 2016", by=["the army"]),
    )
    row = only_view(document)
    assert row.time is not None
    (rival,) = row.time.rivals
    assert {row.time.earliest.year, rival.earliest.year} == {2016, 2017}
    assert all(time.evidence for time in (row.time, rival))


def test_what_no_report_tells_stays_empty(coded: Any, told: Any) -> None:
    row = only_view(coded("a", "Fighting broke out.", told("armed_clash", "Fighting")))
    assert (row.time, row.place, row.killed, row.injured) == (None, None, None, None)
    assert (row.actors, row.targets, row.outlets, row.independent_sources) == ((), (), (), 1)


def test_the_row_does_not_depend_on_order(coded: Any, told: Any) -> None:
    documents = [strike(coded, told, "a", "Herald"), strike(coded, told, "b", "Post", ANEW, 16)]
    assert only_view(*documents) == only_view(*reversed(documents))
