"""Which sides' outlets wrote in those days, but not of this."""

from __future__ import annotations

from typing import Any

from sayso.linking import link, views


def strike(coded: Any, told: Any, name: str, outlet: str) -> Any:
    text = f"{outlet}: planes bombed Amber on 12 March 2016."
    item = told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016")
    return coded(name, text, item, outlet=outlet, written="2016-03-13")


def other_news(coded: Any, number: int, outlet: str, written: str) -> Any:
    return coded(f"n{number}", f"Bread prices rose for the {number}th time.", outlet=outlet, written=written)


def silent(coded: Any, told: Any, outlet: str, written: str, number: int = 3, first: str = "Reuters") -> list[Any]:
    documents = [strike(coded, told, "a", first), strike(coded, told, "b", "Herald")]
    documents += [other_news(coded, n, outlet, written) for n in range(number)]
    (row,) = views(link(documents), documents)
    return [(one.side, one.outlets, one.documents) for one in row.silent]


def test_a_side_that_wrote_of_other_things_is_silent(coded: Any, told: Any) -> None:
    assert silent(coded, told, "SANA", "2016-03-14") == [("Syria", ("SANA",), 3)]


def test_nobody_is_silent_who_did_not_write_or_did_tell_or_takes_no_side(coded: Any, told: Any) -> None:
    assert silent(coded, told, "SANA", "2016-06-14") == []
    assert silent(coded, told, "SANA", "2016-03-14", number=2) == []
    assert silent(coded, told, "SANA", "2016-03-14", first="SANA") == []
    assert silent(coded, told, "Asharq Al-Awsat", "2016-03-14") == []
    assert silent(coded, told, "The Unknown Times", "2016-03-14") == []
