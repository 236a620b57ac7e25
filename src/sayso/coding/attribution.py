"""Who says so: the source, the cue and the content of every attribution.

``tag_attributions`` reads direct, indirect and mixed speech off the parse. Much news text reaches us without its
commas and quotation marks, so a source is also found by where it stands ("... of the city a monitor said."), and the
parse is believed only where it names one. Terms are those of the PolNeAR guidelines (Newell et al. 2018).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from sayso.coding.attribution_frames import (
    according,
    by_participle,
    final_noun,
    hearsay,
    nominal,
    quoted,
    relayed,
    spoken,
)
from sayso.coding.attribution_layout import laid_out, titled
from sayso.coding.attribution_moved import as_said, with_relative
from sayso.coding.attribution_speech import carried, speech
from sayso.coding.attribution_words import Range
from sayso.coding.claims import claimed_by
from sayso.coding.parse import ParsedDocument, Section, Sentence
from sayso.coding.quotes import Quote, quotes_of
from sayso.coding.sources import is_time, source_kind, words_at
from sayso.model import Attribution, AttributionKind, Span
from sayso.vocabulary.attribution import AttributionVocabulary, attribution_vocabulary

__all__ = ["claimed_by", "outermost", "tag_attributions"]


#: No content is longer than this many characters (a quotation is cut at 3,000).
_REACH = 10_000


def tag_attributions(parsed: ParsedDocument) -> tuple[Attribution, ...]:
    """Every attribution of the document, in order of its cue."""
    vocabulary = attribution_vocabulary()
    found: list[Attribution] = []
    for section, sentences in groupby(parsed.sentences, key=lambda sentence: sentence.section):
        text = section.doc.text
        all_quotes = quotes_of(text)
        here = list(laid_out(text, section.offset, all_quotes))
        for sentence in sentences:
            here.extend(_of_sentence(sentence, vocabulary, _quotes_near(sentence, all_quotes)))
        found.extend(carried(here, section, all_quotes))
    found.extend(titled(parsed.sections, found, parsed.text))
    return tuple(sorted(set(found), key=lambda a: (a.cue[0], a.content)))


def outermost(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Those that no other source is cited for: without what X says that Y said.

    ``tag_attributions`` gives every layer, since an event is told on the word of each; PolNeAR marks the outermost.
    """
    ends = sorted((span.start, span.end, index) for index, a in enumerate(attributions) for span in a.content)
    starts = [start for start, _, _ in ends]
    kept = []
    for index, attribution in enumerate(attributions):
        cue = attribution.cue[0]
        near = ends[bisect_left(starts, cue.start - _REACH) : bisect_right(starts, cue.start)]
        if not any(end >= cue.end and other != index for _, end, other in near):
            kept.append(attribution)
    return tuple(kept)


def _quotes_near(sentence: Sentence, quotes: Sequence[Quote]) -> Sequence[Quote]:
    """The quotations that touch a sentence, or end just before it ("Why?" he asked: two sentences to the parser)."""
    start, end = sentence.span.start - sentence.section.offset, sentence.span.end - sentence.section.offset
    first = bisect_left(quotes, start - 1, key=lambda quote: quote.end)
    return quotes[first : bisect_right(quotes, end, key=lambda quote: quote.start)]


def _of_sentence(
    sentence: Sentence, vocabulary: AttributionVocabulary, quotes: Sequence[Quote]
) -> Iterator[Attribution]:
    yield from _headline(sentence, vocabulary, quotes)
    for token in sentence.tokens:
        if token.lemma_.lower() not in vocabulary.words and token.lower_ not in vocabulary.words:
            continue
        if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            cue = vocabulary.cues.get((token.lemma_.lower(), "verb"))
            if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
                found = according(token, sentence)
            elif cue is None or (token.dep_ == "pcomp" and token.head.head.lemma_ == "quote"):
                continue
            elif cue.kind == "relay":
                found = quoted(token, sentence) or relayed(token, sentence) or spoken(token, cue, sentence, vocabulary)
            elif token.dep_ == "acl" and token.tag_ == "VBN":
                found = by_participle(token, cue)
            else:
                direct = quotes and cue.frames & {"clause", "quote"}
                found = speech(token, quotes) if direct else None
                found = found or as_said(token, cue, sentence) or spoken(token, cue, sentence, vocabulary)
                found = with_relative(found, token, cue)
        elif token.pos_ == "NOUN":
            cue = vocabulary.cues.get((token.lemma_.lower(), "noun"))
            found = (nominal(token, cue) or final_noun(token, sentence, vocabulary)) if cue else None
        elif token.pos_ == "ADV":
            cue = vocabulary.cues.get((token.lower_, "adverb"))
            found = hearsay(token) if cue else None
        else:
            continue
        if found:
            attribution = _built(sentence.section, *found, quotes)
            if attribution and not _spoken_within(attribution, sentence.section, quotes):
                yield attribution


def _spoken_within(attribution: Attribution, section: Section, quotes: Sequence[Quote]) -> bool:
    """ "I think", said inside a quotation: the speaker is the one quoted, and no further source is cited."""
    cue = attribution.cue[0].start - section.offset
    if not any(q.start < cue < q.end for q in quotes):
        return False
    if not attribution.source:
        return True
    words = words_at(section, attribution.source[0])
    return words is None or (len(words) == 1 and words[0].pos_ == "PRON")


def _headline(sentence: Sentence, vocabulary: AttributionVocabulary, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    """Monitor: 20 killed in ...: a short verbless name before a colon."""
    tokens = sentence.tokens
    for offset, token in enumerate(tokens[:8]):
        if token.text != ":":
            if token.pos_ in ("VERB", "AUX") and offset:
                return
            continue
        if offset > 0 and len(tokens) - offset > 3:
            kinds = [source_kind(t, vocabulary) for t in tokens[:offset]]
            named = any(t.ent_type_ in ("PERSON", "ORG", "NORP") for t in tokens[:offset])
            if any(kinds) or named:
                found = _built(
                    sentence.section,
                    [(tokens.start, token.i - 1)],
                    [(token.i, token.i)],
                    [(token.i + 1, tokens.end - 1)],
                    quotes,
                )
                if found:
                    yield found
        return


def _built(
    section: Section, source: list[Range], cue: list[Range], content: list[Range], quotes: Sequence[Quote]
) -> Attribution | None:
    at = cue[0][0]
    cue = _with_colon(section, _joined(cue))
    source = [(left, at - 1) if left < at <= right else (left, right) for left, right in source]
    source = [_unheaded(section, *_appositive(section, *_paragraph(section, at, *r), at)) for r in source]
    source = [_untimed(section, *r) for r in source]
    taken = source + cue
    contents: list[Span] = []
    for left, right in (_from_end(section, at, *_paragraph(section, at, *r), quotes) for r in content):
        for part in _without(_unjoined(section, left, at), right, taken):
            span = _span(section, *part)
            if span:
                contents.append(_whole_quote(span, section, quotes))
    sources = [s for s in (_span(section, *r, keep=r[1] > r[0] and section.doc[r[1]].text == ",") for r in source) if s]
    cues = [s for s in (_span(section, *r, keep=True) for r in cue) if s]
    contents = _outermost_spans(contents)
    if not contents or not cues:
        return None
    return Attribution(tuple(sources), tuple(sorted(cues)), tuple(contents), _kind(contents, section, quotes))


def _outermost_spans(spans: list[Span]) -> list[Span]:
    """The spans in order, without those that lie within another."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not found or span.end > found[-1].end:
            found.append(span)
    return found


def _unjoined(section: Section, left: int, at: int) -> int:
    """Where what is said before the cue at ``at`` begins: without the "But" that joins its sentence to the last."""
    token = section.doc[left]
    joins = left < at and token.dep_ == "cc" and token.is_title and token.head.i > left
    return left + 1 if joins and left + 1 < at else left


def _unheaded(section: Section, left: int, right: int) -> Range:
    """Without what only stands before a source: "Earlier a source", and the heading that a flattened page runs into
    it ("Aleppo A military source")."""
    doc = section.doc
    for at in range(left, right):
        if doc[at].text in ("A", "An") and doc[at + 1].text.islower():
            return at, right
        if not doc[at].text[0].isupper():
            break
    if left < right and doc[left].tag_ == "RBR" and doc[left + 1].pos_ == "DET":
        return left + 1, right
    return left, right


def _untimed(section: Section, left: int, right: int) -> Range:
    """Without the time that stands before or behind a source: "Friday the army", "the ministry on Saturday"."""
    doc = section.doc
    while left < right and is_time(doc[left]) and doc[left].pos_ in ("PROPN", "NUM"):
        left += 1
    end = right
    while left < end and is_time(doc[end]) and doc[end].pos_ in ("PROPN", "NUM"):
        end -= 1
    if end < right and doc[end].lower_ == "on":
        end -= 1
    elif is_time(doc[end]) or doc[end].pos_ in ("ADP", "SCONJ", "CCONJ"):
        end = right
    return left, max(left, end)


def _joined(ranges: list[Range]) -> list[Range]:
    """Ranges that follow one another directly as one: "called for"."""
    found: list[Range] = []
    for left, right in sorted(ranges):
        if found and found[-1][1] + 1 >= left:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    return found


def _with_colon(section: Section, cue: list[Range]) -> list[Range]:
    """With the colon that opens what is said: "said:"."""
    left, right = cue[-1]
    if right + 1 < len(section.doc) and section.doc[right + 1].text == ":":
        return [*cue[:-1], (left, right + 1)]
    return cue


def _paragraph(section: Section, at: int, left: int, right: int) -> Range:
    """The part of a range in the paragraph of token ``at``: a parsed sentence may run over a line end."""
    doc = section.doc
    if right < at:
        breaks = [i for i in range(left, right + 1) if doc[i].is_space and "\n" in doc[i].text]
        return (breaks[-1] + 1, right) if breaks and breaks[-1] < right else (left, right)
    breaks = [i for i in range(at, right + 1) if doc[i].is_space and "\n" in doc[i].text]
    breaks = [i for i in breaks if i > left or doc[i - 1].text not in (":", ",")]
    return (left, breaks[0] - 1) if breaks else (left, right)


def _from_end(section: Section, at: int, left: int, right: int, quotes: Sequence[Quote]) -> Range:
    """The part of a range before token ``at`` that stands behind a quotation closed with a full stop.

    The parser runs "... done." X said that ... into one sentence; the quotation belongs to the one before.
    """
    doc = section.doc
    if right >= at:
        return left, right
    start, end = doc[left].idx, doc[right].idx
    for quote in quotes:
        if start < quote.end <= end and doc[left : right + 1].text[: quote.end - start].rstrip("\"”'’»")[-1:] == ".":
            left = next((i for i in range(left, right + 1) if doc[i].idx >= quote.end), left)
    return left, right


def _appositive(section: Section, left: int, right: int, at: int) -> Range:
    """With the comma that closes an apposition: "Jo Lee, 57," said."""
    doc = section.doc
    if right + 1 < at and doc[right + 1].text == "," and any(t.text == "," for t in doc[left : right + 1]):
        return left, right + 1
    return left, right


def _without(left: int, right: int, taken: list[Range]) -> Iterator[Range]:
    start = left
    for low, high in sorted(taken):
        if high < start or low > right:
            continue
        if low > start:
            yield start, low - 1
        start = max(start, high + 1)
    if start <= right:
        yield start, right


def _span(section: Section, left: int, right: int, keep: bool = False) -> Span | None:
    """Offsets of the tokens, without punctuation at the edges (quotation marks stay)."""
    doc = section.doc
    if not keep:
        while left <= right and (doc[left].is_space or _is_edge(doc[left].text)):
            left += 1
        while right >= left and (doc[right].is_space or _is_edge(doc[right].text)):
            right -= 1
    if left > right:
        return None
    return Span(section.offset + doc[left].idx, section.offset + doc[right].idx + len(doc[right]))


def _is_edge(word: str) -> bool:
    return all(not c.isalnum() and c not in "\"“”'‘’%)(" for c in word)


def _whole_quote(span: Span, section: Section, quotes: Sequence[Quote]) -> Span:
    """The span, lengthened to the ends of a quotation it touches (quotations run over sentence ends)."""
    start, end = span.start - section.offset, span.end - section.offset
    for quote in quotes:
        if quote.start < start < quote.end:
            start = quote.start
        if quote.start < end < quote.end:
            end = quote.end
    return Span(section.offset + start, section.offset + end)


def _kind(content: list[Span], section: Section, quotes: Sequence[Quote]) -> AttributionKind:
    size = sum(s.end - s.start for s in content)
    quoted = 0
    for span in content:
        for quote in quotes:
            low = max(span.start, quote.start + section.offset)
            high = min(span.end, quote.end + section.offset)
            quoted += max(0, high - low)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= size - 2 * len(content) else "mixed"
