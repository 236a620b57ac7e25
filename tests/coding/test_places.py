from __future__ import annotations

import time

import pytest
from plain_text import article

from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.places import tag_demonyms, tag_places
from sayso.model import Document, Place, Segment
from sayso.vocabulary.gazetteer import Gazetteer


def parse(parser: Parser, text: str) -> ParsedDocument:
    return parser.parse(article(text))


def tag(parser: Parser, gazetteer: Gazetteer, text: str) -> dict[str, Place]:
    """Places by their words; checks on the way that every span slices back."""
    places = tag_places(parse(parser, text), gazetteer)
    assert [p.span for p in places] == sorted(p.span for p in places)
    return {place.span.of(text): place for place in places}


@pytest.mark.parametrize(
    ("text", "words", "is_place"),
    [
        ("The Prevention of Terrorism Act (PTA) is old. Police hold people under the PTA in Sri Lanka.", "PTA", False),
        ("The American Bar Association (ABA) spoke. In the United States the ABA is heard.", "ABA", False),
        ("He flew to the United Arab Emirates (UAE). In the UAE he met ministers.", "UAE", True),
    ],
)
def test_initials_of_what_is_no_place_are_none(
    parser: Parser, gazetteer: Gazetteer, text: str, words: str, is_place: bool
) -> None:
    assert (words in tag(parser, gazetteer, text)) == is_place


def test_brackets_without_end_are_read_in_time(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "A B C (PTA) " * 500
    tag(parser, gazetteer, text)


@pytest.mark.parametrize("text", ["Ad", "El", "al", "al-", "Troops entered the town.\n\nAd\n\nAl", "in Ad"])
def test_a_lone_article_is_no_place(parser: Parser, gazetteer: Gazetteer, text: str) -> None:
    lines, start = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Segment(start, start + len(line), "body"))
        start += len(line) + 1
    parsed = parser.parse(Document("d", "c", text, tuple(lines)))
    assert tag_places(parsed, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "words", "name", "kind", "country", "admin1", "precision"),
    [
        ("Rebels shelled the town of Saraqeb in Idlib province.", "Saraqeb", "Saraqib", "city", "SY", "Idlib", "exact"),
        ("Rebels shelled the town of Saraqeb in Idlib province.", "Idlib", "Idlib", "admin1", "SY", "Idlib", "region"),
        ("Fighting raged in Aleppo city in Syria.", "Aleppo", "Aleppo", "city", "SY", "Aleppo", "exact"),
        ("Planes struck Syrias Aleppo on Monday.", "Aleppo", "Aleppo", "city", "SY", "Aleppo", "exact"),
        ("Planes struck Syrias Aleppo on Monday.", "Syria", "Syria", "country", "SY", None, "country"),
        ("A convoy was hit outside Kharkiv, Ukraine.", "Kharkiv", "Kharkiv", "city", "UA", "Kharkiv", "near"),
        ("Syrian troops entered Deir al-Zor.", "Deir al-Zor", "Deir ez-Zor", "city", "SY", "Deir ez-Zor", "exact"),
        ("Russian jets landed at Khmeimim air base in Syria.", "Khmeimim air base", "Hmeymim Air Base", "airbase", "SY",
         "Latakia", "exact"),
        ("Shells fell on Eastern Ghouta.", "Eastern Ghouta", "Eastern Ghouta", "region", "SY", "Rif Dimashq",
         "region"),
        ("The RSF shelled Zamzam camp in Sudan.", "Zamzam camp", "Zamzam camp", "camp", "SD", "North Darfur",
         "exact"),
        ("A blast shook Paris, Texas, U.S. officials said.", "Paris", "Paris", "city", "US", "Texas", "exact"),
        ("The St. Paul council met in Minnesota.", "St. Paul", "Saint Paul", "city", "US", "Minnesota", "exact"),
        ("The Chicago City Council met in Illinois.", "Chicago", "Chicago", "city", "US", "Illinois", "exact"),
        ("Shells fell on villages in Homs province, Syria.", "Homs", "Homs", "admin1", "SY", "Homs", "region"),
        ("A car bomb killed four people in Hama on Friday.", "Hama", "Ḩamāh", "city", "SY", "Hama", "exact"),
        ("The blast shook Paris, the capital of France.", "Paris", "Paris", "capital", "FR", "Île-de-France", "exact"),
    ],
)  # fmt: skip
def test_a_name_is_resolved_in_its_context(
    parser: Parser, gazetteer: Gazetteer, text: str, words: str, name: str, kind: str, country: str, admin1: str | None,
    precision: str,
) -> None:  # fmt: skip
    place = tag(parser, gazetteer, text)[words]
    assert (place.name, place.kind, place.country, place.admin1, place.precision) == (
        name, kind, country, admin1, precision
    )  # fmt: skip
    assert place.latitude is not None
    assert place.gazetteer_id is not None


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("Moscow denied the report on Monday.", "Moscow", "metonym"),
        ("The deal was brokered by Russia and Turkey.", "Turkey", "metonym"),
        ("An agreement was reached with Russia in 2013.", "Russia", "metonym"),
        ("Talks with Iraq began in Baghdad.", "Baghdad", "literal"),
        ("A column crossed the border with Lebanon.", "Lebanon", "literal"),
        ("Washington said it would send aid.", "Washington", "metonym"),
        ("Students of Aleppo University marched.", "Aleppo", "part_of_name"),
        ("Fighting spread through Homs on Monday.", "Homs", "literal"),
        ("U.S. air strikes killed four people.", "U.S.", "metonym"),
    ],
)
def test_a_place_is_told_from_a_government_and_from_part_of_a_name(
    parser: Parser, gazetteer: Gazetteer, text: str, words: str, role: str
) -> None:
    assert tag(parser, gazetteer, text)[words].role == role


@pytest.mark.parametrize(
    "text",
    [
        "Syrian President Bashar Assad spoke to reporters.",
        "She was reading a book on a mobile phone.",
        "The Russian and Turkish ministers met.",
        "They told us that many of them left in March.",
        "Islamic State claimed the attack.",
        "Ten people were killed on Monday. Six were soldiers.",
    ],
)
def test_persons_demonyms_and_common_words_are_no_places(parser: Parser, gazetteer: Gazetteer, text: str) -> None:
    assert tag(parser, gazetteer, text) == {}


def test_a_place_no_source_knows_keeps_its_words_without_a_point(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Shells hit the village of Qwartabun in Syria, the Syrian army said."
    place = tag(parser, gazetteer, text)["Qwartabun"]
    assert (place.name, place.latitude, place.longitude, place.gazetteer_id) == ("Qwartabun", None, None, None)
    assert (place.kind, place.country) == ("city", "SY")


def test_demonyms_point_to_countries(parser: Parser, gazetteer: Gazetteer) -> None:
    found = tag_demonyms(parse(parser, "Russian and Syrian officers met the Turks."), gazetteer)
    assert [place.country for place in found] == ["RU", "SY", "TR"]


def test_peoples_of_two_words_and_of_no_country_point_to_their_places(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "South Korean, European and South Ossetian envoys met Texans."
    parsed = parse(parser, text)
    found = tag_demonyms(parsed, gazetteer)
    assert [(place.span.of(text), place.name) for place in found] == [
        ("South Korean", "South Korea"), ("European", "Europe"), ("South Ossetian", "South Ossetia"),
        ("Texans", "Texas"),
    ]  # fmt: skip
    assert tag_places(parsed, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fighting was reported in Solhan, Burkina Faso.", "Solhan"),
        ("Fighting was reported in Jurf al-Sakhar, Iraq.", "Jurf"),
    ],
)
def test_a_small_namesake_elsewhere_is_no_answer(parser: Parser, gazetteer: Gazetteer, text: str, words: str) -> None:
    for place in tag_places(parse(parser, text), gazetteer):
        if place.span.of(text).startswith(words):
            assert place.country in (None, "BF", "IQ")


def test_the_same_text_gives_the_same_places(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Clashes were reported in Springfield, Douma, Georgia and al-Bab on Monday."
    assert tag_places(parse(parser, text), gazetteer) == tag_places(parse(parser, text), gazetteer)


@pytest.mark.parametrize(
    "text",
    ["Aleppo " * 3000, "Al-" * 3000, "of the " * 3000, "A" * 20000, "al-al-al- Bab\u2028\x00\ud7ff Syrias" * 50],
)
def test_hostile_text_takes_no_more_than_its_share_of_time(parser: Parser, gazetteer: Gazetteer, text: str) -> None:
    parsed = parse(parser, text)
    started = time.process_time()
    for place in tag_places(parsed, gazetteer):
        assert place.span.of(text)
    assert time.process_time() - started < 5.0


def test_a_document_without_coded_text_has_no_places(parser: Parser, gazetteer: Gazetteer) -> None:
    parsed = parser.parse(Document("d", "c", "Aleppo", (Segment(0, 6, "chrome"),)))
    assert tag_places(parsed, gazetteer) == ()
