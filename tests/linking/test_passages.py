"""What two copies share is told word for word, and which came first only where something tells."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sayso.linking import find_copies
from sayso.model import CodedDocument, CopyPair, Written

WIRE = (
    "At least nine people drowned when a ferry sank off Birch early on Monday, the harbour master said. "
    "Rescuers were still searching the bay at noon and asked fishermen to join them with their boats. "
    "The harbour master blamed a mine left over from the last war, which navies had promised to clear. "
    "Birch lives from its ferries and has lost three of them in two years of fighting along the coast. "
    "A truce signed in spring held for eleven days before both sides said the other had broken it."
)
OTHER = (
    "Ministers of two countries agreed to reopen the northern railway, closed for a decade, before next winter. "
    "Engineers will survey its bridges and tunnels first, a joint statement said, and traders welcomed the news."
)


def only_pair(*documents: CodedDocument) -> CopyPair:
    (group,) = find_copies(documents)
    (pair,) = group.pairs
    return pair


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def written(coded: CodedDocument, day: str) -> CodedDocument:
    when = date.fromisoformat(day)
    return replace(coded, document=replace(coded.document, written=Written(when, when, when, "metadata", ())))


def test_passages_have_the_same_words_and_none_that_only_one_has(coded: Any) -> None:
    sentences = WIRE.split(". ")
    second = ". ".join([sentences[0], "Nobody claimed the attack", *sentences[1:]]).upper()
    pair = only_pair(coded("a", WIRE), coded("b", second))
    shared = [(one.of(WIRE), other.of(second)) for one, other in pair.passages]
    assert [words(one) for one, _ in shared] == [words(other) for _, other in shared]
    assert "".join(one for one, _ in shared).count("master said") == 1
    assert not any("NOBODY" in other for _, other in shared)
    assert sum(len(words(one)) for one, _ in shared) == len(words(WIRE))
    assert pair.kind == "copy"


@pytest.mark.parametrize("seed", range(20))
def test_passages_of_any_two_copies_slice_to_the_same_words(coded: Any, seed: int) -> None:
    draw = random.Random(seed)
    texts = [" ".join(w for w in f"{WIRE} {OTHER}".split() if draw.random() > 0.03) for _ in range(2)]
    pair = only_pair(coded("a", texts[0]), coded("b", texts[1]))
    assert pair.passages
    ends = 0
    for one, other in pair.passages:
        assert words(one.of(texts[0])) == words(other.of(texts[1]))
        assert len(words(one.of(texts[0]))) >= 5
        assert one.start >= ends, "no word stands in two passages"
        ends = one.end


def test_a_passage_ends_where_furniture_begins(coded: Any) -> None:
    first, rest = WIRE[: WIRE.index("Rescuers")].strip(), WIRE[WIRE.index("Rescuers") :]
    text = f"{first}\n~ Share this story with your friends\n{rest}"
    pair = only_pair(coded("a", WIRE), coded("b", text))
    assert [other.of(text) for _, other in pair.passages] == [first.rstrip("."), rest.rstrip(".")]


def test_every_copy_of_a_group_is_held_by_a_pair(coded: Any) -> None:
    group, *_ = find_copies([coded(name, f"{WIRE} {name}") for name in "abcde"])
    assert group.document_ids == tuple("abcde")
    assert len(group.pairs) == 4
    assert {name for pair in group.pairs for name in (pair.first, pair.second)} == set("abcde")


def test_the_same_few_words_are_one_passage(coded: Any) -> None:
    pair = only_pair(coded("a", "Blast in Birch."), coded("b", "BLAST in Birch!"))
    assert [(one.of("Blast in Birch."), other.of("BLAST in Birch!")) for one, other in pair.passages] == [
        ("Blast in Birch", "BLAST in Birch")
    ]


def test_the_earlier_is_the_source_and_of_one_day_neither(coded: Any) -> None:
    first, second = coded("a", WIRE), coded("b", WIRE + " And so on.")
    pair = only_pair(written(first, "2016-03-13"), written(second, "2016-03-12"))
    assert (pair.source, pair.reason) == ("b", "earlier")
    pair = only_pair(written(first, "2016-03-12"), written(second, "2016-03-12"))
    assert (pair.source, pair.reason) == (None, None)


def test_a_credit_line_tells_more_than_the_day(coded: Any) -> None:
    wire, paper = coded("a", WIRE), coded("b", WIRE + " --Reuters")
    wire = replace(wire, document=replace(wire.document, outlet="Reuters"))
    pair = only_pair(written(wire, "2016-03-13"), written(paper, "2016-03-12"))
    assert (pair.source, pair.reason) == ("a", "credit")


def test_a_text_that_stands_whole_in_a_longer_one_comes_from_it(coded: Any) -> None:
    pair = only_pair(coded("a", ". ".join(WIRE.split(". ")[:3])), coded("b", WIRE))
    assert (pair.source, pair.reason) == ("b", "contained")


def test_the_order_of_documents_does_not_matter(coded: Any) -> None:
    documents = [coded(name, f"{WIRE} {OTHER[: 40 * at]} {name}") for at, name in enumerate("abcd")]
    assert find_copies(documents) == find_copies(documents[::-1])


def test_a_text_of_one_word_a_hundred_thousand_times_takes_no_age(coded: Any) -> None:
    text = "war " * 100_000
    started = time.process_time()
    find_copies([coded("a", text + WIRE), coded("b", f"{WIRE} {text} more")])
    assert time.process_time() - started < 20
