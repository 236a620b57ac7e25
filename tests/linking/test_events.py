"""Which reports are one event, and which are kept apart."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ids import content_id
from sayso.linking import link
from sayso.linking.mention import mentions
from sayso.linking.scoring import explain, score

STRIKE = "Planes of Westland bombed Amber on 12 March 2016, killing 14 people."


def events_of(*documents: Any) -> list[set[str]]:
    """Each event as the documents (and the index of the statement) it is made of."""
    names = {s.id: f"{c.document.id}{i}" for c in documents for i, s in enumerate(c.statements)}
    return sorted(({names[i] for i in event.statement_ids} for event in link(documents).events), key=sorted)


@pytest.fixture
def strike(coded: Any, told: Any) -> Any:
    return coded(
        "a",
        STRIKE,
        told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", by=["Westland"], killed=("14", 14, 14)),
    )


def test_two_outlets_telling_one_strike_make_one_event(coded: Any, told: Any, strike: Any) -> None:
    other = coded(
        "b",
        "Fourteen died in Amber in air raids by Westland on Saturday.",
        told("air_strike", "raids", "Amber", "2016-03-12", "Saturday", by=["Westland"], killed=("Fourteen", 14, 14)),
    )
    assert events_of(strike, other) == [{"a0", "b0"}]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Planes of Westland bombed Cedar on 12 March 2016.", {"place": "Cedar"}),
        ("Planes of Westland bombed Amber on 20 March 2016.", {"on": "2016-03-20"}),
        ("Talks were held in Amber on 12 March 2016.", {"type": "talks", "trigger": "Talks"}),
        ("Planes bombed Amber all through 2016.", {"on": "2016", "when": "2016"}),
    ],
    ids=["another place", "another day", "another kind", "a summary of the year"],
)
def test_what_differs_in_place_day_kind_or_scope_is_another_event(
    coded: Any, told: Any, strike: Any, text: str, what: dict[str, str]
) -> None:
    item = {"type": "air_strike", "trigger": "bombed", "place": "Amber", "on": "2016-03-12"} | what
    assert events_of(strike, coded("b", text, told(**item))) == [{"a0"}, {"b0"}]


def test_two_strikes_of_one_day_in_one_article_stay_two_though_a_third_article_tells_both_vaguely(
    coded: Any, told: Any
) -> None:
    two = coded(
        "a",
        "Planes bombed a bakery in Amber on 12 March 2016, killing 14. In the evening jets struck a depot near Amber, "
        "killing 2.",
        told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", killed=("14", 14, 14)),
        told("air_strike", "struck", "Amber", "2016-03-12", "evening", killed=("2", 2, 2)),
    )
    vague = coded(
        "b",
        "Jets bombed Amber on 12 March 2016.",
        told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016"),
    )
    events = events_of(two, vague)
    assert not any({"a0", "a1"} <= event for event in events)


def test_a_lead_retold_in_the_body_is_one_event(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "# Raid on Amber market kills 14 people\nA raid killed 14 people in the market of Amber on 12 March 2016.",
        told("air_strike", "Raid", "Amber", "2016-03-12", "Raid", killed=("14", 14, 14)),
        told("air_strike", "A raid", "Amber", "2016-03-12", "12 March 2016", killed=("14", 14, 14)),
    )
    assert events_of(document) == [{"a0", "a1"}]


def test_a_month_meets_its_day_where_the_kind_is_rare(coded: Any, told: Any) -> None:
    day = coded(
        "a",
        "The army retook Dunes from the Reds on 27 March 2016.",
        told("capture", "retook", "Dunes", "2016-03-27", "27 March 2016", by=["the army"], to=["Reds"]),
    )
    month = coded(
        "b",
        "In March 2016 the army recaptured Dunes from the Reds.",
        told("capture", "recaptured", "Dunes", "2016-03", "March 2016", by=["the army"], to=["Reds"]),
    )
    assert events_of(day, month) == [{"a0", "b0"}]


def test_a_town_taken_and_taken_back_is_two_events(coded: Any, told: Any) -> None:
    document = coded(
        "a",
        "In March 2016 the Reds took Dunes from the army. Within days the army took Dunes back from the Reds.",
        told("capture", "took", "Dunes", "2016-03", "March 2016", by=["Reds"], to=["the army"]),
    )
    other = coded(
        "b",
        "In March 2016 the army took Dunes from the Reds.",
        told("capture", "took", "Dunes", "2016-03", "March 2016", by=["the army"], to=["Reds"]),
    )
    assert events_of(document, other) == [{"a0"}, {"b0"}]


def test_without_time_and_place_only_copies_meet(coded: Any, told: Any) -> None:
    text = (
        "The army has received new guns from Westland, its spokesman said in a long statement read out on television. "
        "He gave neither the number of the guns nor the day they came, and took no questions from reporters there."
    )
    guns = told("military_support", "received", by=["Westland"], to=["the army"])
    told_anew = "The army, its spokesman said, has received new guns from Westland. That was all he said."
    one, copy, anew = coded("a", text, guns), coded("b", text, guns), coded("c", told_anew, guns)
    assert events_of(one, copy) == [{"a0", "b0"}]
    assert events_of(one, anew) == [{"a0"}, {"c0"}]


def test_a_joined_pair_can_be_explained(coded: Any, told: Any, strike: Any) -> None:
    other = coded("b", STRIKE, told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", by=["Westland"]))
    (first,), (second,) = (mentions(c.document, c.statements, c.document.id) for c in (strike, other))
    parts = dict(explain(first, second))
    assert sum(parts.values()) == pytest.approx(score(first, second))
    assert {"type", "time", "place", "actors", "words"} <= set(parts)


# --- for every input -----------------------------------------------------------------------------------------

_SPECS = st.tuples(
    st.sampled_from(["air_strike", "shelling", "capture", "talks", "no_such_type"]),
    st.sampled_from([None, "Amber", "Birch", "Cedar", "Northmarch", "Nordland"]),
    st.sampled_from([None, "2016", "2016-03", "2016-03-12", "2016-03-13", "1950-01-01/2049-12-31"]),
    st.sampled_from([(), ("Reds",), ("Westland",)]),
    st.sampled_from([None, ("many", 5, 5), ("many", 20, None)]),
    st.sampled_from(["happened", "denied", "planned"]),
)
_TEXT = "# Reds Westland\nReds Westland Amber Birch Cedar Northmarch Nordland many event. Reds hit Amber"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_SPECS, max_size=5), max_size=6), st.randoms(use_true_random=False))
def test_events_partition_the_statements_whatever_the_order(coded: Any, told: Any, specs: Any, rng: Any) -> None:
    documents = [
        coded(
            f"d{n}",
            _TEXT,
            *(
                told(kind, "event" if i % 2 else "hit", place, on, by=by, killed=killed, status=status)
                for i, (kind, place, on, by, killed, status) in enumerate(rows)
            ),
            outlet=f"o{n % 2}",
        )
        for n, rows in enumerate(specs)
    ]
    linked = link(documents)
    shuffled = list(documents)
    rng.shuffle(shuffled)
    assert link(shuffled) == linked
    told_ids = sorted(s.id for c in documents for s in c.statements)
    assert sorted(i for event in linked.events for i in event.statement_ids) == told_ids
    for event in linked.events:
        assert event.id == content_id("evt", sorted(event.statement_ids))
    texts = {c.document.id: c.document.text for c in documents}
    for disagreement in linked.disagreements:
        assert len(disagreement.positions) > 1
        assert all(p.evidence and p.statement_ids for p in disagreement.positions)
        assert all(span.of(texts[d]) for p in disagreement.positions for d, span in p.evidence)


# --- hostile input -------------------------------------------------------------------------------------------


def test_two_thousand_alike_statements_and_a_century_long_one(coded: Any, told: Any) -> None:
    documents = [
        coded(f"d{n:04}", STRIKE, told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016", by=["Westland"]))
        for n in range(1999)
    ]
    century = coded("z", "Planes bombed Amber.", told("air_strike", "bombed", "Amber", "1950-01-01/2049-12-31"))
    events = link([*documents, century]).events
    assert [len(event.statement_ids) for event in events] in ([1999, 1], [1, 1999])


def test_one_document_with_two_thousand_alike_statements(coded: Any, told: Any) -> None:
    items = [told("shelling", "shells", "Amber", "2016-03-12", "Amber") for _ in range(2000)]
    events = link([coded("a", "The shells fell on Amber.", *items)]).events
    assert sum(len(event.statement_ids) for event in events) == 2000


def test_no_documents_and_empty_documents(coded: Any) -> None:
    assert link([]).events == ()
    linked = link([coded("a", ""), coded("b", "")])
    assert (linked.events, linked.copies, linked.disagreements) == ((), (), ())


def test_one_id_given_twice_is_one_document(coded: Any, told: Any, strike: Any) -> None:
    again = coded("a", STRIKE + " Again.", told("air_strike", "bombed", "Amber", "2016-03-12", "12 March 2016"))
    linked = link([strike, again])
    assert linked == link([again, strike])
    assert sum(len(event.statement_ids) for event in linked.events) == 1


def test_shuffled_sets_of_many_documents_link_alike(coded: Any, told: Any) -> None:
    documents = [
        coded(
            f"d{n:03}",
            STRIKE,
            told(
                "air_strike", "bombed", "Amber", f"2016-03-{10 + n % 4}", "12 March 2016", killed=("14", 14, 14 + n % 3)
            ),
        )
        for n in range(120)
    ]
    expected = link(documents)
    for seed in range(3):
        assert link(random.Random(seed).sample(documents, len(documents))) == expected
