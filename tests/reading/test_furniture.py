"""Flattened text: which lines are the article, and what the others are."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import VocabularyError
from sayso.model import CODED_KINDS
from sayso.reading.boosted_trees import BoostedTrees
from sayso.reading.furniture import FurnitureModel, label_lines, shipped_model
from sayso.reading.line_features import densest_block
from sayso.vocabulary.furniture import furniture_phrases, parse_function_words, parse_phrases, words_of

BODY = (
    "Residents of the harbour town said on Tuesday that two boats had been turned back by the coast guard overnight.",
    "The coast guard confirmed that its patrols had met the boats off the northern pier, but denied firing on them.",
    "Aid workers who reached the town in the morning said that eleven people had been treated for cold and exhaustion.",
    "The mayor asked the ministry for tents and blankets, and said that the school would stay closed until Friday.",
)

# Each case: (expected kind, line). Written for the project.
PAGE = (
    ("chrome", "Home"),
    ("chrome", "World"),
    ("chrome", "Subscribe to our newsletter"),
    ("chrome", "14:07 GMT 02 March 2021"),
    ("chrome", "Listen Live"),
    ("title", "Coast guard turned back two boats, harbour residents say"),
    ("byline", "By Maria Lind"),
    ("dateline", "2 March 2021"),
    ("chrome", "Share on Facebook"),
    ("body", BODY[0]),
    ("body", BODY[1]),
    ("teaser", "READ MORE: Five things to know about the northern pier"),
    ("heading", "Tents and blankets for the town"),
    ("body", BODY[2]),
    ("body", BODY[3]),
    ("disclaimer", "The views expressed in this article do not necessarily reflect those of this site."),
    ("chrome", "Upvote Downvote"),
    ("chrome", "View all comments"),
    ("chrome", "Related articles"),
    ("teaser", "Minister opens new bridge over the river"),
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(segment.kind, text[segment.start : segment.end]) for segment in label_lines(text)]


def test_the_lines_of_a_page_get_their_kinds() -> None:
    assert kinds("\n".join(line for _, line in PAGE)) == list(PAGE)


def test_blank_lines_and_indents_change_nothing() -> None:
    assert kinds("\r\n\r\n".join("   " + line + " " for _, line in PAGE)) == list(PAGE)


@pytest.mark.parametrize("text", [BODY[0], "  " + " ".join(BODY) + "\n", "Share this", "1. One line that is all"])
def test_a_whole_article_on_one_line_is_body(text: str) -> None:
    assert kinds(text) == [("body", text.strip())]


def test_a_plain_document_loses_no_line() -> None:
    text = "\n".join(
        (
            "Notes on the harbour",
            "Sources",
            "* the mayor",
            "* the coast guard",
            "",
            "What happened",
            *BODY,
            "- one",
            "- two",
        )
    )
    found = kinds(text)
    assert found[0] == ("title", "Notes on the harbour")
    assert ("heading", "What happened") in found
    assert all(kind in CODED_KINDS for kind, _ in found)


def test_a_menu_is_known_for_one_in_any_language() -> None:
    menu = (
        "Etusivu",
        "Kotimaa",
        "Ulkomaat",
        "Talous",
        "Urheilu",
        "Kulttuuri",
        "Tiede",
        "Terveys",
        "Ruoka",
        "Matkailu",
        "Koti",
    )
    page = [*menu, "Autot", *BODY]
    found = kinds("\n".join(page))
    assert [kind for kind, _ in found] == ["chrome"] * 12 + ["body"] * len(BODY)
    assert all(kind in CODED_KINDS for kind, _ in kinds("\n".join([*menu[:8], *BODY])))


def test_a_numbered_heading_over_running_text_is_a_heading() -> None:
    text = "\n\n".join(("1. Boats turned back – March 2021", BODY[0], "2. A bridge opens – April 2021", BODY[1]))
    assert [kind for kind, _ in kinds(text)][1:] == ["body", "heading", "body"]
    assert all(kind in CODED_KINDS for kind, _ in kinds(text))


def test_lines_of_a_wrapped_paragraph_are_judged_together() -> None:
    words, lines, line = " ".join(BODY).split(), [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    assert {kind for kind, _ in kinds("\n".join(lines))} == {"body"}
    page = "\n\n".join(("Share this", "Subscribe now", "\n".join(lines), "Related articles", "View all comments"))
    assert [kind for kind, _ in kinds(page)] == ["chrome"] * 2 + ["body"] * len(lines) + ["chrome"] * 2


@pytest.mark.parametrize("text", ["", " \n\t\r\n \f", "\u2028\n"])
def test_a_blank_text_has_no_segments(text: str) -> None:
    assert label_lines(text) == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from([line for _, line in PAGE]), st.text(max_size=60), st.just("\x00\x1b[31m\u200b")),
        max_size=30,
    )
)
def test_segments_are_in_order_apart_and_cover_every_visible_character(lines: list[str]) -> None:
    text = "\n".join(lines)
    at = 0
    for segment in label_lines(text):
        assert text[at : segment.start].strip() == ""
        assert at <= segment.start < segment.end
        assert "\n" not in text[segment.start : segment.end]
        at = segment.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000 + "\nShare this\nSubscribe now",
        "." * 1_000_000 + "\nShare this\nSubscribe now",
        "a" + " " * 1_000_000 + "b\nShare this\nSubscribe now",
        "“" * 300_000 + "\nShare this\nSubscribe now",
        ("." * 1_999 + "\n") * 200 + "Share this\nSubscribe now",
        "* Share this\n* Home\n" * 5_000,
    ],
    ids=["word", "dots", "spaces", "quotes", "lines of dots", "menu"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    assert len(label_lines(text)) == sum(1 for line in text.split("\n") if line.strip())
    assert time.process_time() - started < 10


def test_the_same_text_gets_the_same_labels() -> None:
    text = "\n".join(line for _, line in PAGE)
    assert label_lines(text) == label_lines(text)


def test_the_shipped_model_tells_prose_from_a_menu() -> None:
    lines = [line for _, line in PAGE]
    chances = dict(zip(lines, shipped_model().article_chances(lines).tolist(), strict=True))
    assert min(chances[line] for line in BODY) > shipped_model().threshold
    assert max(chances["Home"], chances["View all comments"], chances["Listen Live"]) < 0.2
    assert shipped_model().article_chances([]).shape == (0,)


def test_weights_for_other_features_are_refused() -> None:
    ensemble = {"features": ["length"], "baseline": 0.0, "trees": [[[1.0]]]}
    chain = {"features": [], "edges": [], "weights": [], "words": [[], [], []], "steps": [[0, 0], [0, 0]]}
    with pytest.raises(ValueError, match="another version"):
        FurnitureModel.from_json({"first": ensemble, "second": ensemble, "chain": chain, "threshold": 0.5})


def test_trees_send_a_row_left_up_to_the_threshold() -> None:
    trees = BoostedTrees.from_json(
        {
            "features": ["x", "y"],
            "baseline": 0.0,
            "trees": [[[1, 2.0, 1, 2], [-3.0], [0, 5.0, 3, 4], [1.0], [4.0]], [[0.5]]],
        }
    )
    rows = np.asarray([[0, 2], [5, 3], [6, 3]], dtype=np.float32)
    scores = [-2.5, 1.5, 4.5]
    assert trees.probabilities(rows) == pytest.approx([1 / (1 + np.exp(-score)) for score in scores])


@pytest.mark.parametrize("node", [[0, 1.0, 0, 1], [0, 1.0, 1, 9], [7, 1.0, 1, 2]])
def test_a_tree_that_loops_or_points_outside_is_refused(node: list[float]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        BoostedTrees.from_json({"features": ["x"], "baseline": 0.0, "trees": [[node, [1.0], [2.0]]]})


def test_the_densest_block_is_the_range_that_adds_up_highest() -> None:
    assert densest_block(np.asarray([-1, 2, -1, 3, -5, 1], dtype=np.float32)) == (1, 4)
    assert densest_block(np.asarray([-1, -2], dtype=np.float32)) == (0, 0)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this", "share"),
        ("3 Comments", "comment"),
        ("© 2021 · All Rights Reserved.", "rights"),
        ("Don’t miss", "related"),
    ],
)
def test_phrases_are_found_whatever_their_case_and_signs(line: str, kind: str) -> None:
    assert kind in {hit.kind for hit in furniture_phrases().hits(words_of(line))}


def test_a_phrase_that_must_be_the_whole_line_is_not_found_inside_one() -> None:
    assert furniture_phrases().hits(words_of("They went home to sleep")) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("kind,match,phrase\nshare,near,tell a friend\n", "f.csv, line 2: match is 'near'"),
        ("# note\nkind,match,phrase\nshare,any\n", "f.csv, line 3: 2 cells"),
        ("kind,phrase\n", "f.csv, line 1: columns must be"),
        ("kind,match,phrase\nshare,any,!!\n", "f.csv, line 2: a phrase must have words"),
        ("# nothing\n", "f.csv, line 2: columns must be"),
    ],
)
def test_a_malformed_phrase_list_names_file_and_line(content: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        parse_phrases(content, "f.csv")


def test_a_language_listed_twice_is_refused() -> None:
    with pytest.raises(VocabularyError, match="line 3"):
        parse_function_words("language,words\nen,the of\nen,and\n", "f.csv")


def test_single_line_articles_are_kept_whole(shared: Path) -> None:
    with (shared / "corpora" / "fakes" / "articles.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            assert {segment.kind for segment in label_lines(row["text"])} == {"body"}


def test_no_furniture_of_the_real_pages_is_coded(shared: Path) -> None:
    signs = (
        "GMT",
        "Listen Live",
        "short URL",
        "not necessarily",
        "Upvote",
        "Notify of",
        "READ MORE",
        "Follow ",
        "comments",
    )
    pages = sorted((shared / "corpora" / "articles").glob("*.txt"))
    assert pages
    for path in pages:
        text = path.read_text(encoding="utf-8")
        coded = [text[s.start : s.end] for s in label_lines(text) if s.kind in CODED_KINDS]
        assert len(coded) >= 15
        assert [line for line in coded if any(sign in line for sign in signs)] == []
