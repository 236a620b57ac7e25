"""Source, cue and content of attributions, each case a text beside what is found in it."""

from __future__ import annotations

import time

import pytest
from plain_text import article

from sayso.coding.attribution import outermost, tag_attributions
from sayso.coding.parse import ParsedDocument, Parser
from sayso.model import Attribution


def parsed_text(parser: Parser, text: str) -> ParsedDocument:
    return parser.parse(article(text))


def words(attribution: Attribution, text: str) -> tuple[str, str, str]:
    source, cue, content = (
        " ... ".join(span.of(text) for span in spans)
        for spans in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


CASES = [
    (
        "The roads had become so bad, the governor noted, that nobody could leave.",
        "the governor",
        "noted",
        "The roads had become so bad ... that nobody could leave",
    ),
    (
        "The difference, the mayor told us on Friday, is that the bridge is open.",
        "the mayor",
        "told",
        "The difference ... is that the bridge is open",
    ),
    (
        "Hill Town, as the mayor pointed out, does not get any rain.",
        "the mayor",
        "pointed out",
        "Hill Town ... does not get any rain",
    ),
    ("But the plan is a risk, the fund said.", "the fund", "said", "the plan is a risk"),
    (
        'The general said that, "Of course we are ready to leave."',
        "The general",
        "said",
        'that, "Of course we are ready to leave."',
    ),
    (
        'On Sunday\'s "Morning Show," the minister said the war was over.',
        "the minister",
        "said",
        "the war was over",
    ),
    (
        '"You know, I love this town," he said, but "when it comes to money, nobody does."',
        "he",
        "said",
        '"You know, I love this town," ... but "when it comes to money, nobody does."',
    ),
    (
        '"It is a small change," said Ann Lee. "It is just a new tax" for the rich.',
        "Ann Lee",
        "said",
        '"It is a small change," ... "It is just a new tax" for the rich',
    ),
    ("Lawmakers have not said when they would vote.", "Lawmakers", "have not said", "when they would vote"),
    (
        "China said it would oppose the plan and warned the neighbours of a war.",
        "China",
        "said",
        "it would oppose the plan",
    ),
    (
        '"The first is this. They came.\n"The second is that they left," the mayor said.\n"They took it all."\n',
        "the mayor",
        "said",
        '"The second is that they left," ... "They took it all."',
    ),
    (
        '"A helicopter dropped six barrels on the town" Abu Hadi a local activist told the newspaper.',
        "Abu Hadi a local activist",
        "told",
        '"A helicopter dropped six barrels on the town"',
    ),
    (
        '"The strikes hit a mosque during prayer time" UNICEF said in a statement.',
        "UNICEF",
        "said",
        '"The strikes hit a mosque during prayer time"',
    ),
    ("The ministry said that two bridges were destroyed.", "The ministry", "said", "that two bridges were destroyed"),
    ("Two bridges were destroyed, the ministry said.", "the ministry", "said", "Two bridges were destroyed"),
    ("Two bridges were destroyed, said the ministry.", "the ministry", "said", "Two bridges were destroyed"),
    ("Twelve people died in the town a monitor said.", "a monitor", "said", "Twelve people died in the town"),
    (
        "Twelve people died in the town, according to local officials.",
        "local officials",
        "according to",
        "Twelve people died in the town",
    ),
    (
        "A commander told reporters that the town had fallen.",
        "A commander",
        "told",
        "that the town had fallen",
    ),
    ('"We will not leave," Maria Lopez said.', "Maria Lopez", "said", '"We will not leave,"'),
    ("Monitor: 20 killed in market blast", "Monitor", ":", "20 killed in market blast"),
    # what stands before a source is none of it
    ("Earlier a military source said that a shell fell.", "a military source", "said", "that a shell fell"),
    ("Hama A military source said that a shell fell.", "A military source", "said", "that a shell fell"),
    ("The army announced the withdrawal of its troops.", "The army", "announced", "the withdrawal of its troops"),
    ("The minister called for an inquiry.", "The minister", "called for", "an inquiry"),
    ("The town, the ministry said, had fallen.", "the ministry", "said", "The town ... had fallen"),
    ("The mayor, who said that the road was closed, left.", "who", "said", "that the road was closed"),
    (
        'Anna Berg (Centre Party) said: "The road is closed."',
        "Anna Berg (Centre Party)",
        "said:",
        '"The road is closed."',
    ),
    ('"Roads are closed. Schools too," said Anna Berg.', "Anna Berg", "said", '"Roads are closed. Schools too,"'),
    (
        "SANA quoted a soldier as saying that the road was closed.",
        "a soldier",
        "quoted ... as saying",
        "that the road was closed",
    ),
    ("The army accused rebels of shelling the town.", "The army", "accused", "rebels of shelling the town"),
    ("The president denied that the army had fired.", "The president", "denied", "that the army had fired"),
    ("As the mayor has pointed out, the road is closed.", "the mayor", "has pointed out", "the road is closed"),
    ("Residents fled what the monitor called a massacre.", "the monitor", "called", "what ... a massacre"),
    ("The envoy called on both sides to stop.", "The envoy", "called on", "both sides to stop"),
    ("The mayor spoke on Monday about the blast.", "The mayor", "spoke on Monday about", "the blast"),
    ("The army proposed opening the road.", "The army", "proposed", "opening the road"),
    ("The group was accused of looting shops.", "", "was accused of", "The group ... looting shops"),
    ('"Why did they leave?" the mayor asked.', "the mayor", "asked", '"Why did they leave?"'),
    ('"We left," Dr. Jo R. Lee, a surgeon, said.', "Dr. Jo R. Lee, a surgeon,", "said", '"We left,"'),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_frames(parser: Parser, text: str, source: str, cue: str, content: str) -> None:
    found = tag_attributions(parsed_text(parser, text))
    assert (source, cue, content) in [words(a, text) for a in found]


def test_kinds(parser: Parser) -> None:
    text = 'The mayor said the attack was "a crime". "We saw smoke," she added. The mayor said nobody was hurt.'
    assert [a.kind for a in tag_attributions(parsed_text(parser, text))] == ["mixed", "direct", "indirect"]


def test_a_quotation_runs_over_sentences(parser: Parser) -> None:
    text = '"The convoy was hit," the driver said. "Three trucks burned. We ran to the river."'
    attribution = tag_attributions(parsed_text(parser, text))[0]
    assert [span.of(text) for span in attribution.content] == [
        '"The convoy was hit,"',
        '"Three trucks burned. We ran to the river."',
    ]


def test_a_quotation_goes_on_behind_the_rest_of_the_frame_and_in_the_next_paragraph(parser: Parser) -> None:
    text = '"The convoy was hit," the driver said in a call from the town. "Three burned."\n\n"We ran to the river."'
    attribution = tag_attributions(parsed_text(parser, text))[0]
    assert [span.of(text) for span in attribution.content] == [
        '"The convoy was hit,"',
        '"Three burned."',
        '"We ran to the river."',
    ]


def test_a_closed_quotation_is_not_what_the_next_sentence_reports(parser: Parser) -> None:
    text = '"The convoy was hit," the driver said. "Three burned." The army argues that nobody was hurt.'
    said = {
        a.cue[0].of(text): [span.of(text) for span in a.content] for a in tag_attributions(parsed_text(parser, text))
    }
    assert said["said"] == ['"The convoy was hit,"', '"Three burned."']
    assert said["argues"] == ["that nobody was hurt"]


def test_turns_of_a_transcript(parser: Parser) -> None:
    text = "HOST: Who fired?\nGENERAL LEE: Nobody fired.\nHOST: The road is closed.\nGENERAL LEE: It is open."
    found = [words(a, text) for a in tag_attributions(parsed_text(parser, text))]
    assert ("GENERAL LEE", ":", "Nobody fired.") in found
    assert ("HOST", ":", "The road is closed.") in found


def test_a_dateline_is_no_turn(parser: Parser) -> None:
    text = "DAMASCUS: Two bridges were destroyed.\nThe river rose."
    assert tag_attributions(parsed_text(parser, text)) == ()


def test_a_name_set_behind_a_quotation(parser: Parser) -> None:
    text = "Readers write.\n“The road is closed.” ― Jo Lee\n“We left the town.” ― Ana Ruiz"
    assert [words(a, text) for a in tag_attributions(parsed_text(parser, text))] == [
        ("Jo Lee", "―", "“The road is closed.”"),
        ("Ana Ruiz", "―", "“We left the town.”"),
    ]


def test_a_title_that_opens_with_somebody_cited_below(parser: Parser) -> None:
    text = "Rovik: bridges were destroyed\nJo Rovik said that two bridges were destroyed."
    assert ("Rovik", ":", "bridges were destroyed") in [
        words(a, text) for a in tag_attributions(parsed_text(parser, text))
    ]
    text = "Friday: bridges were destroyed\nJo Rovik said that two bridges were destroyed."
    assert ":" not in [words(a, text)[1] for a in tag_attributions(parsed_text(parser, text))]


def test_what_another_is_quoted_for_stands_inside(parser: Parser) -> None:
    text = "The ministry said that a monitor reported two deaths. The mayor denied it."
    every = tag_attributions(parsed_text(parser, text))
    assert {a.cue[0].of(text) for a in every} >= {"said", "reported"}
    assert "reported" not in {a.cue[0].of(text) for a in outermost(every)}
    assert "said" in {a.cue[0].of(text) for a in outermost(every)}


def test_a_quotation_under_another_speaker_is_not_carried_over(parser: Parser) -> None:
    text = '"The convoy was hit," the driver said. "Nobody was hurt," the mayor said.'
    first = tag_attributions(parsed_text(parser, text))[0]
    assert [span.of(text) for span in first.content] == ['"The convoy was hit,"']


def test_words_of_the_one_quoted_cite_nobody_further(parser: Parser) -> None:
    text = '"I think the road is closed," the driver said.'
    assert [words(a, text)[0] for a in tag_attributions(parsed_text(parser, text))] == ["the driver"]


def test_hearsay_has_no_source(parser: Parser) -> None:
    text = "The general was reportedly killed on Monday."
    found = [a for a in tag_attributions(parsed_text(parser, text)) if a.cue[0].of(text) == "reportedly"]
    assert len(found) == 1
    assert found[0].source == ()


def test_no_attribution_in_the_documents_own_voice(parser: Parser) -> None:
    assert tag_attributions(parsed_text(parser, "Rebels captured the bridge on Sunday.")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        '"' * 500,
        ": " * 300,
        "said " * 400,
        "according to " * 200,
        "“" * 200 + "a said" + "”" * 200,
        "A B: c\n" * 300,
    ],
)
def test_hostile_text_gives_only_true_spans(parser: Parser, text: str) -> None:
    for attribution in tag_attributions(parsed_text(parser, text)):
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert span.of(text).strip()


def test_cost_grows_with_length_not_its_square(parser: Parser) -> None:
    text = 'The ministry said that "two bridges" were destroyed. '

    def spent(times: int) -> float:
        parsed = parsed_text(parser, text * times)
        begun = time.process_time()
        assert len(tag_attributions(parsed)) == times
        return time.process_time() - begun

    assert spent(400) < 30 * max(spent(40), 0.005)
