"""Statements put together from mentions: on whose word one is told."""

from __future__ import annotations

from sayso.coding.mention import Mention
from sayso.coding.parse import ParsedDocument, Parser
from sayso.coding.statements import statement
from sayso.coding.triggers import Trigger
from sayso.model import Document, Segment, Span

TEXT = (
    "Troops shelled the town. The shelling killed two, Ann Lee said. The mayor reported a shelling. "
    "The shelling began at dawn, said Lee."
)


def mentions(parsed: ParsedDocument) -> list[Mention]:
    return [
        Mention(
            trigger=Trigger(token, sentence.section.span(token), sentence, "shelling"),
            heading=0,
            status="happened",
            actors=(),
            targets=(),
            place=None,
            time=None,
            killed=None,
            injured=None,
        )
        for sentence in parsed.sentences
        for token in sentence.tokens
        if token.lower_ in ("shelled", "shelling")
    ]


def told(parser: Parser, cited: dict[int, str]) -> list[str]:
    """Whoever the statement is told on, given who is cited for the mention in each sentence."""
    document = Document("doc", "cap", TEXT, (Segment(0, len(TEXT), "body"),))
    spans = {number: Span(TEXT.index(name), TEXT.index(name) + len(name)) for number, name in cited.items()}

    def claimed_by(mention: Mention) -> tuple[Span, ...]:
        found = spans.get(mention.trigger.sentence.index)
        return (found,) if found else ()

    return [s.of(TEXT) for s in statement(document, mentions(parser.parse(document)), claimed_by, "test").claimed_by]


def test_whoever_is_cited_for_most_mentions_answers(parser: Parser) -> None:
    assert told(parser, {1: "The mayor", 2: "Ann Lee", 3: "Lee"}) == ["Ann Lee"]


def test_of_those_cited_as_often_the_one_nearest_to_the_main_mention_answers(parser: Parser) -> None:
    assert told(parser, {1: "Ann Lee", 2: "The mayor"}) == ["Ann Lee"]
    assert told(parser, {0: "The mayor", 1: "Ann Lee"}) == ["The mayor"]


def test_nobody_cited_is_the_documents_own_voice(parser: Parser) -> None:
    assert told(parser, {}) == []
