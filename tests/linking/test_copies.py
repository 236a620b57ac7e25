"""Copies are texts, not pages: what is printed around and under a story makes nobody a copy."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest

from sayso.linking import compare_copies, find_copies

WIRE = (
    "At least forty people were killed when shells struck the covered market of Amber early on Tuesday, the provincial "
    "governor said. Rescuers were still digging under the collapsed roof at noon and hospitals asked for blood. "
    "The governor blamed fighters holding the hills to the north, who did not answer calls. "
    "Amber has changed hands three times since the war began and most of its people have left. "
    "A truce signed in spring held for eleven days before both sides said the other had broken it."
)
OTHER = (
    "Ministers of the two countries met for the first time in a decade and agreed to reopen the northern railway. "
    "Engineers will survey the bridges before winter, a joint statement said, and the first goods train is hoped for "
    "in March. Traders on both sides welcomed the news, though unions asked who would pay for new rolling stock."
)
STANDING = (
    "The conflict began six years ago with protests that were put down by force and has since drawn in four foreign "
    "armies. Hundreds of thousands have died and half of the population has fled, according to the relief agency, "
    "which calls the crisis the worst of its time. Several rounds of talks have ended without result."
)


def test_a_reprint_under_another_masthead_is_one_text_with_its_source(coded: Any) -> None:
    group, *others = find_copies(
        [coded("a", WIRE), coded("b", "Our correspondent, Wednesday. " + WIRE + " --Agencies"), coded("c", OTHER)]
    )
    assert group.document_ids == ("a", "b")
    assert others == []


def test_a_story_cut_short_is_still_a_copy(coded: Any) -> None:
    cut = ". ".join(WIRE.split(". ")[:3]) + "."
    assert [group.document_ids for group in find_copies([coded("a", WIRE), coded("b", cut)])] == [("a", "b")]


def test_a_background_paragraph_printed_under_two_stories_makes_no_copy(coded: Any) -> None:
    first, second = coded("a", WIRE[:330] + " " + STANDING), coded("b", OTHER + " " + STANDING)
    assert find_copies([first, second]) == ()
    (pair,) = compare_copies([first, second])
    assert pair.containment > 0.4, "the two do share much"
    assert pair.opening < 0.1, "but not how they open"


def test_furniture_makes_no_two_pages_alike(coded: Any) -> None:
    menu = "\n".join(f"~ Menu entry {n} of this site with enough words to be a shingle" for n in range(40))
    assert find_copies([coded("a", f"{WIRE}\n{menu}"), coded("b", f"{OTHER}\n{menu}")]) == ()


@pytest.mark.parametrize(
    ("first", "second", "copies"),
    [
        ("Blast in Amber kills two.", "Blast in Amber kills two", True),
        ("Blast in Amber kills two.", "Blast in Amber kills three.", False),
        ("", "", False),
        (" \n ", "...", False),
    ],
)
def test_short_texts_are_copies_only_word_by_word(coded: Any, first: str, second: str, copies: bool) -> None:
    assert bool(find_copies([coded("a", first), coded("b", second)])) is copies


def test_the_order_of_documents_changes_nothing(coded: Any) -> None:
    documents = [coded(f"d{n}", text) for n, text in enumerate([WIRE, OTHER, WIRE + " More.", "A. " + WIRE, STANDING])]
    expected = find_copies(documents)
    assert [group.document_ids for group in expected] == [("d0", "d2", "d3")]
    for seed in range(5):
        shuffled = random.Random(seed).sample(documents, len(documents))
        assert find_copies(shuffled) == expected


def test_thousands_of_pages_that_differ_by_one_word_cost_no_more_than_their_number(coded: Any) -> None:
    documents = [coded(f"d{n:04}", f"{WIRE} Number {n}.") for n in range(1500)]
    groups = find_copies(documents)
    assert [len(group.document_ids) for group in groups] == [1500]
    assert len(compare_copies(documents)) < 1500 * 200


def test_groups_share_no_document(coded: Any) -> None:
    documents = [coded("a", WIRE), coded("b", WIRE), coded("c", OTHER), coded("d", OTHER), coded("e", STANDING)]
    groups = find_copies(documents)
    assert all(not set(one.document_ids) & set(other.document_ids) for one, other in pairwise(groups))
    assert len({group.id for group in groups}) == len(groups) == 2
