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
    Range,
    according,
    by_participle,
    final_noun,
    hearsay,
    nominal,
    quoted,
    relayed,
    spoken,
)
from sayso.coding.claims import claimed_by
from sayso.coding.parse import ParsedDocument, Section, Sentence
from sayso.coding.quotes import Quote, quotes_of
from sayso.coding.sources import source_kind, words_at
from sayso.model import Attribution, AttributionKind, Span
from sayso.vocabulary.attribution import AttributionVocabulary, attribution_vocabulary

__all__ = ["claimed_by", "tag_attributions"]


#: A quotation without a source of its own goes on with the one before it for at most so many sentences.
_QUOTE_RUN = 8


def tag_attributions(parsed: ParsedDocument) -> tuple[Attribution, ...]:
    """Every attribution of the document, in order of its cue."""
    vocabulary = attribution_vocabulary()
    found: list[Attribution] = []
    for section, sentences in groupby(parsed.sentences, key=lambda sentence: sentence.section):
        all_quotes = quotes_of(section.doc.text)
        open_quote: int | None = None
        run = 0
        for sentence in sentences:
            quotes = _quotes_near(sentence, all_quotes)
            here = list(_of_sentence(sentence, vocabulary, quotes))
            if here:
                found.extend(here)
                last = here[-1]
                open_quote, run = (len(found) - 1 if last.kind != "indirect" else None), 0
            elif open_quote is not None and run < _QUOTE_RUN and _all_quoted(sentence, quotes):
                found[open_quote] = _longer(found[open_quote], _enclosing(sentence, quotes))
                run += 1
            else:
                open_quote = None
    return tuple(sorted(set(found), key=lambda a: (a.cue[0], a.content)))


def _quotes_near(sentence: Sentence, quotes: Sequence[Quote]) -> Sequence[Quote]:
    """The quotations that touch a sentence."""
    start, end = sentence.span.start - sentence.section.offset, sentence.span.end - sentence.section.offset
    first = bisect_left(quotes, start, key=lambda quote: quote.end)
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
            elif cue is None:
                continue
            elif cue.kind == "relay":
                found = quoted(token, sentence) or relayed(token, sentence)
            elif token.dep_ == "acl" and token.tag_ == "VBN":
                found = by_participle(token, cue)
            else:
                found = spoken(token, cue, sentence, vocabulary)
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


def _spoken_on(section: Section, at: int, contents: list[Span], quotes: Sequence[Quote]) -> Iterator[Span]:
    """The quotation that goes on behind its attribution in the same parsed sentence: "A," he said, "B." """
    cue = section.doc[at]
    here = section.offset + cue.idx
    if not any(c.end <= here and section.doc.text[c.end - section.offset - 1] in "\"”'»" for c in contents):
        return
    end = cue.sent.end_char
    for quote in quotes:
        if cue.idx < quote.start < end:
            span = Span(section.offset + quote.start, section.offset + quote.end)
            if not any(c.overlaps(span) for c in contents):
                yield span
            return


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
    source = [_appositive(section, *_paragraph(section, at, *r), at) for r in source]
    taken = source + cue
    contents: list[Span] = []
    for left, right in (_paragraph(section, at, *r) for r in content):
        for part in _without(left, right, taken):
            span = _span(section, *part)
            if span:
                contents.append(_whole_quote(span, section, quotes))
    contents.extend(_spoken_on(section, at, contents, quotes))
    sources = [s for s in (_span(section, *r, keep=r[1] > r[0] and section.doc[r[1]].text == ",") for r in source) if s]
    cues = [s for s in (_span(section, *r, keep=True) for r in cue) if s]
    if not contents or not cues:
        return None
    return Attribution(tuple(sources), tuple(sorted(cues)), tuple(sorted(contents)), _kind(contents, section, quotes))


def _paragraph(section: Section, at: int, left: int, right: int) -> Range:
    """The part of a range in the paragraph of token ``at``: a parsed sentence may run over a line end."""
    doc = section.doc
    if right < at:
        breaks = [i for i in range(left, right + 1) if doc[i].is_space and "\n" in doc[i].text]
        return (breaks[-1] + 1, right) if breaks and breaks[-1] < right else (left, right)
    breaks = [i for i in range(max(left, at), right + 1) if doc[i].is_space and "\n" in doc[i].text]
    return (left, breaks[0] - 1) if breaks and breaks[0] > left else (left, right)


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
    return all(not c.isalnum() and c not in "\"“”'’%)(" for c in word)


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


def _all_quoted(sentence: Sentence, quotes: Sequence[Quote]) -> bool:
    start, end = sentence.span.start - sentence.section.offset, sentence.span.end - sentence.section.offset
    return any(q.start <= start and end <= q.end + 2 for q in quotes)


def _enclosing(sentence: Sentence, quotes: Sequence[Quote]) -> Span:
    """The quotation that a sentence stands in."""
    offset = sentence.section.offset
    for quote in quotes:
        if quote.start <= sentence.span.start - offset and sentence.span.end - offset <= quote.end + 2:
            return Span(offset + quote.start, offset + quote.end)
    return sentence.span


def _longer(attribution: Attribution, span: Span) -> Attribution:
    if any(c.contains(span) or c.overlaps(span) for c in attribution.content):
        return attribution
    return Attribution(attribution.source, attribution.cue, (*attribution.content, span), attribution.kind)
