"""Ten outlets that quote one ministry are one voice; the row says which."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking import EventView, link, views
from sayso.linking.credits import credited

FORMS = (
    "Planes bombed Amber on 12 March 2016, killing 14 people, {0} said.",
    "{0} reported that 14 people died when jets bombed Amber on 12 March 2016.",
    "Fourteen dead: Amber was bombed on 12 March 2016, according to {0}.",
)


def report(coded: Any, told: Any, number: int, outlet: str, cited: str | None, text: str | None = None) -> Any:
    text = text or FORMS[number % 3].format(cited or "our reporter")
    item = told(
        "air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", cited=[cited] if cited else [], killed=None
    )
    return coded(f"d{number}", text, item, outlet=outlet)


def row_of(*documents: Any) -> EventView:
    linked = link(documents)
    (row,) = views(linked, documents)
    return row


@pytest.mark.parametrize(
    ("cited", "names"),
    [
        (["the Russian Defense Ministry"] * 3, [("Russian Ministry of Defence",)]),
        (["the Syrian Observatory for Human Rights", "SOHR", "the Syrian Observatory"], [("SOHR",)]),
        (["the Russian Defense Ministry", "SOHR", None], [("Post",), ("Russia",), ("SOHR",)]),
        (["residents", "activists", "a doctor"], [("Gazette",), ("Herald",), ("Post",)]),  # known through the outlet
        (["SANA", "Syrian state television", "the Syrian army"], [("several of one state",)]),
        (["the doctor Ann Marie Field", "the doctor Ann Marie Field", None], [("two that quote her",), ("Post",)]),
    ],
    ids=["one ministry", "one monitor", "three voices", "their own sources", "one state", "one person"],
)
def test_who_cites_one_source_is_one_voice(
    coded: Any, told: Any, cited: list[str | None], names: list[tuple[str]]
) -> None:
    outlets = ("Herald", "Gazette", "Post")
    row = row_of(*(report(coded, told, n, outlets[n], who) for n, who in enumerate(cited)))
    assert len(row.documents) == 3
    assert row.independent_sources == len(row.voices) == len(names)
    assert {d for voice in row.voices for d in voice.documents} == {"d0", "d1", "d2"}


def test_a_voice_says_who_it_is_and_in_which_words(coded: Any, told: Any) -> None:
    documents = [
        report(coded, told, 0, "Herald", "the Syrian Observatory for Human Rights"),
        report(coded, told, 1, "Post", "SOHR"),
        report(coded, told, 2, "Gazette", None),
    ]
    texts = {c.document.id: c.document.text for c in documents}
    monitor, own = row_of(*documents).voices
    assert (monitor.cited, monitor.documents, len(monitor.names)) == (True, ("d0", "d1"), 1)
    assert [span.of(texts[d]) for d, span in monitor.evidence] == ["the Syrian Observatory for Human Rights", "SOHR"]
    assert (own.cited, own.names, own.evidence) == (False, ("Gazette",), ())


def test_a_description_is_whom_the_document_names_elsewhere(coded: Any, told: Any) -> None:
    text = (
        "Planes bombed Amber on 12 March 2016, a monitor said. Shops were set on fire in Cedar, "
        "the Syrian Observatory for Human Rights said."
    )
    fire = told("destruction", "set on fire", "Cedar", cited=["the Syrian Observatory for Human Rights"])
    bombed = told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", cited=["a monitor"])
    documents = [coded("d0", text, bombed, fire, outlet="Herald"), report(coded, told, 1, "Post", "SOHR")]
    linked = link(documents)
    (row,) = [row for row in views(linked, documents) if row.type == "air_strike"]
    assert row.independent_sources == 1


def test_an_outlet_that_is_cited_and_speaks_itself_is_one_voice(coded: Any, told: Any) -> None:
    assert row_of(report(coded, told, 0, "SANA", None), report(coded, told, 1, "Post", "SANA")).independent_sources == 1


@pytest.mark.parametrize("end", ["--AFP", " (AFP)", "\nSource: AFP", " - AFP"])
def test_a_credit_line_is_the_voice_of_who_is_credited(coded: Any, told: Any, end: str) -> None:
    texts = [FORMS[n].format("a resident") + end for n in (0, 1)]
    documents = [report(coded, told, n, outlet, None, texts[n]) for n, outlet in enumerate(("Herald", "Post"))]
    assert [outlet.name for outlet, _ in credited(documents[0].document)] == ["Agence France-Presse"]
    assert row_of(*documents).independent_sources == 1


@pytest.mark.parametrize(
    "text", ["", "A" * 5000, "(" * 5000, "-" * 5000, "(AFP) " * 900 + "it said.", "He praised AFP for it."]
)
def test_no_credit_where_none_stands(coded: Any, text: str) -> None:
    assert credited(coded("a", text).document) == ()
