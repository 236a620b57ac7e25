"""States: each with its codes, adjectives and people."""

from __future__ import annotations

from sayso.vocabulary.states import load_organs, load_states


def test_codes_are_unique_and_complete() -> None:
    states = load_states()
    assert len({s.country for s in states}) == len({s.code for s in states}) == len(states) >= 193
    by_country = {s.country: s for s in states}
    assert by_country["NO"].adjective == "Norwegian"
    assert by_country["SY"].people == ("Syrians",)
    assert by_country["CN"].people == ()
    assert by_country["GB"].people == ("Britons",)


def test_organs_name_themselves_in_each_state() -> None:
    by_country = {s.country: s for s in load_states()}
    organs = {o.organ: o for o in load_organs()}
    assert next(organs["air"].names_for(by_country["FR"])) == "French Air Force"
    assert "Argentinian police" in list(organs["pol"].names_for(by_country["AR"]))
