"""Direct speech: a reporting verb that stands beside a quotation.

Quotations of several sentences mislead a parser, which then gives the verb no clause and often no subject. What stands
between the verb and the marks tells both: "A," X said; "A," said X; X said in Paris, "A".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.coding.attribution_words import ADDRESSING, Frame, Range, cue_range
from sayso.coding.parse import Section
from sayso.coding.quotes import Quote
from sayso.coding.sources import noun_phrase, subject_of
from sayso.coding.tokens import Doc, Token
from sayso.model import Attribution, Span
from sayso.vocabulary.attribution import attribution_vocabulary

#: A source, or what stands between a verb and the quotation it opens, is at most so many words long.
_LONGEST = 40
_TAIL = 14
#: The rest of a frame before its speech goes on is at most so many characters long.
_REST = 300
#: ", but "
_JOINED = re.compile(r",?[ ]+((?:and|but|or|so|yet|because|though|while|if|when|then|as)\b[^.?!:;,\n]{0,60} )")
#: The rest of a sentence behind a quotation, without its full stop.
_TAIL_WORDS = re.compile(r" [a-z$][^.?!;:\n\"“”]{0,160}(?=[.?!](?:\s|$))")
_ENDS = frozenset({".", "?", "!", ":", ";"})
#: A quotation that stands behind one of these, or behind nothing, opens a sentence.
_OPENERS = frozenset(".?!:\"”’'»")
_MARKS = frozenset({",", "-", "--", "–", "—"})


def speech(verb: Token, quotes: Sequence[Quote]) -> Frame | None:
    """The frame of a verb that a quotation ends before or begins behind; None where there is none."""
    left, right = cue_range(verb)
    doc = verb.doc
    before = _quote_before(doc, left, quotes) or _unclosed_before(verb, left, quotes)
    if before is not None:
        between = (_token_at(doc, before.end), left - 1)
        between = _trimmed(doc, *between)
        source = _between(doc, between) or _inverted(verb, right)
        if source is None or (between[0] <= between[1] and source[0] > right):
            return None
        return [source], [(left, right)], [(_opening(doc, before), _token_at(doc, before.end) - 1)]
    behind = _quote_behind(doc, right, quotes)
    subject = subject_of(verb)
    if behind is None or subject is None or subject.i > verb.i:
        return None
    phrase = noun_phrase(subject)
    said = [(_token_at(doc, behind.start), _token_at(doc, _rest(doc, behind)) - 1)]
    opened = next((t for t in doc[right + 1 : said[0][0]] if t.lower_ == "that" and t.dep_ == "mark"), None)
    if opened is not None:
        said = [(opened.i, said[0][1])]
    first = verb.sent.start
    if (
        phrase[0] - 2 >= first
        and doc[phrase[0] - 1].text == ","
        and doc.text[behind.start + 1 : behind.start + 2].islower()
    ):
        said.insert(0, (first, phrase[0] - 2))
    return [phrase], [(left, right)], said


def carried(found: Sequence[Attribution], section: Section, quotes: Sequence[Quote]) -> list[Attribution]:
    """The attributions of a section, each with the quotations that go on behind it: "A," he said. "B."

    A quotation that nobody else is cited for belongs to the speaker cited directly before it, in the next paragraph
    too where nothing stands between.
    """
    offset = section.offset
    starts = [quote.start for quote in quotes]

    def is_quoted(attribution: Attribution) -> bool:
        at = bisect_right(starts, attribution.cue[0].start - offset) - 1
        return at >= 0 and attribution.cue[0].start - offset < quotes[at].end

    inner = [a for a in found if is_quoted(a)]
    outer = sorted((a for a in found if not is_quoted(a)), key=lambda a: a.cue[0])
    taken = sorted((c.start - offset, c.end - offset) for a in outer for c in a.content)
    speaker, reach, at = -1, 0, 0
    for quote in quotes:
        while speaker + 1 < len(outer) and outer[speaker + 1].cue[0].start - offset < quote.start:
            speaker += 1
            one = outer[speaker]
            reach = max(s.end for s in (*one.source, *one.cue, *one.content)) - offset
        while at < len(taken) and taken[at][1] <= quote.start:
            at += 1
        if speaker < 0 or (at < len(taken) and taken[at][0] < quote.end):
            continue
        who = _speaking(outer, speaker)
        one = outer[who]
        start = _going_on(section.doc, reach, quote)
        if one.kind != "indirect" and start is not None:
            end = _rest(section.doc, quote)
            outer[who] = replace(one, content=tuple(sorted((*one.content, Span(offset + start, offset + end)))))
            reach = end
    return [*inner, *outer]


def _speaking(outer: Sequence[Attribution], last: int) -> int:
    """Which attribution a quotation goes on with: of one source's own, the latest in direct speech."""
    for at in range(last, max(-1, last - 3), -1):
        if outer[at].source == outer[last].source and outer[at].kind != "indirect":
            return at
    return last


def _going_on(doc: Doc, reach: int, quote: Quote) -> int | None:
    """Where what goes on with what was said up to ``reach`` begins: a quotation with only the rest of the frame's
    sentence before it, or the words that join it ("A," he said, but "B"); None where it does not go on."""
    if not 0 <= quote.start - reach <= _REST:
        return None
    gap = doc.text[reach : quote.start]
    joined = _JOINED.fullmatch(gap)
    if joined:
        return reach + joined.start(1)
    return quote.start if not any(c.isalnum() for c in gap) or _follows(doc, reach, quote) else None


def _rest(doc: Doc, quote: Quote) -> int:
    """The end of a quotation, or of the sentence whose first words alone stand in marks: "A" and the rest of it."""
    if doc.text[quote.start : quote.end].rstrip("\"”’'»“").endswith((".", "?", "!", ",", "…", "—")):
        return quote.end
    rest = _TAIL_WORDS.match(doc.text, quote.end)
    if rest is None:
        return quote.end
    cues = attribution_vocabulary().cues
    cited = any((t.lemma_.lower(), "verb") in cues for t in doc[_token_at(doc, quote.end) : _token_at(doc, rest.end())])
    return quote.end if cited else rest.end()


def _follows(doc: Doc, reach: int, quote: Quote) -> bool:
    """Whether only the rest of the frame's sentence stands between what was said up to ``reach`` and a quotation."""
    gap = doc.text[reach : quote.start]
    closed = gap.rstrip()
    whole = doc.text[quote.start : quote.end].rstrip("\"”'’»“").endswith((".", "?", "!", ",", "…"))
    if not whole or "\n" in gap or not closed.endswith((".", ",", ":")):
        return False
    return not _ends(doc, reach, reach + len(closed) - 1)


def _quote_before(doc: Doc, left: int, quotes: Sequence[Quote]) -> Quote | None:
    """The quotation whose end the verb, or its source, follows directly: it closes with a comma or an end mark."""
    at = doc[left].idx
    ended = [q for q in quotes if q.end <= at]
    if not ended:
        return None
    last = ended[-1]
    inner = doc.text[last.start : last.end].rstrip("\"”'»“")
    gap = doc.text[last.end : at]
    closed = inner.endswith((",", "?", "!", "…", "—")) or gap.lstrip().startswith((",", "—", "–", "--"))
    if closed and _names_only(doc, last):
        return None
    return last if closed and "\n" not in gap and len(gap) <= 8 * _LONGEST and not _ends(doc, last.end, at) else None


def _names_only(doc: Doc, quote: Quote) -> bool:
    """Whether a quotation is part of a phrase that opens its sentence: On the "Morning Show," X said that ..."""
    at = _token_at(doc, quote.start)
    start = doc[at].sent.start
    if at == start or doc[start].pos_ not in ("ADP", "SCONJ"):
        return False
    return not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[start : _token_at(doc, quote.end)])


def _unclosed_before(verb: Token, left: int, quotes: Sequence[Quote]) -> Quote | None:
    """The whole sentence in marks that text without its commas sets before a source: "The town has fallen" X said."""
    doc = verb.doc
    quote = next((q for q in reversed(quotes) if q.end <= doc[left].idx), None)
    objects = ("ccomp", "xcomp") if verb.lemma_ in ADDRESSING else ("ccomp", "xcomp", "dobj")
    if quote is None or any(c.dep_ in objects and c.i > verb.i for c in verb.children):
        return None
    end = doc[left].idx
    ahead, gap = doc.text[: quote.start].rstrip(), doc.text[quote.end : end]
    if (ahead and ahead[-1] not in _OPENERS) or "\n" in gap or len(gap) > 8 * _LONGEST or _ends(doc, quote.end, end):
        return None
    told = doc[_token_at(doc, quote.start) : _token_at(doc, quote.end)]
    return quote if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in told) else None


def _ends(doc: Doc, start: int, end: int) -> bool:
    """Whether a sentence or clause ends between two offsets (the full stop of "Rep." or "J." is part of its token)."""
    return any(token.text in _ENDS for token in doc[_token_at(doc, start) : _token_at(doc, end)])


def _quote_behind(doc: Doc, right: int, quotes: Sequence[Quote]) -> Quote | None:
    """The quotation that a verb opens with a comma or a colon: said in Paris, "A"."""
    end = doc[right].idx + len(doc[right])
    for quote in quotes:
        if quote.start < end:
            continue
        gap = doc.text[end : quote.start]
        if "\n" in gap or len(gap) > 8 * _TAIL:
            return None
        words = gap.split()
        capital = doc.text[quote.start + 1 : quote.start + 2].isupper()
        opened = gap.rstrip().endswith((",", ":")) or (not words and capital)
        if opened and not any(mark in gap for mark in (". ", "? ", ";")) and gap.count(",") < 2:
            return quote
        return None
    return None


def _between(doc: Doc, span: Range) -> Range | None:
    """The source between a quotation and its verb: a noun phrase, whatever the parse makes of it."""
    left, right = span
    if left > right or right - left > _LONGEST:
        return None
    first = doc[left]
    if first.pos_ not in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"):
        return None
    if first.pos_ == "PRON" and left != right and first.lower_ in ("he", "she", "they", "it", "i", "we", "who"):
        return None
    head = next((t for t in doc[left : right + 1] if t.head.i < left or t.head.i > right), first)
    verbs = [t for t in doc[left : right + 1] if t.tag_ in ("VBD", "VBZ", "VBP", "MD") and not _in_relative(t, left)]
    return None if verbs or head.pos_ in ("VERB", "ADP") else (left, right)


def _in_relative(verb: Token, left: int) -> bool:
    """Whether a verb stands in a relative clause that begins after ``left``."""
    token = verb
    for _ in range(6):
        if any(c.tag_ in ("WP", "WDT", "WP$") and c.i > left for c in token.lefts) or token.dep_ in ("relcl", "acl"):
            return True
        token = token.head
    return False


def _inverted(verb: Token, right: int) -> Range | None:
    """The source behind its verb: "A," said X."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "dobj") and c.i > right), None)
    if subject is None and right + 1 < len(verb.doc):
        subject = verb.doc[right + 1]
        while subject.head.i > subject.i and subject.head.pos_ in ("PROPN", "NOUN"):
            subject = subject.head
        if subject.pos_ not in ("PROPN", "NOUN", "PRON"):
            return None
    return None if subject is None or subject.left_edge.i != right + 1 else noun_phrase(subject)


def _opening(doc: Doc, quote: Quote) -> int:
    """Where what is said begins: with the quotation, or with the sentence that runs into it (the work was "done")."""
    at = _token_at(doc, quote.start)
    ahead = doc.text[max(0, quote.start - 8) : quote.start].rstrip(" ")
    whole = not ahead or ahead[-1] in ".?!:\n”\"’'" or doc[at].sent.start == at
    if whole or ahead[-1] == ",":
        return at
    start = doc[at].sent.start
    return next((i + 1 for i in range(at - 1, start - 1, -1) if "\n" in doc[i].text), start)


def _trimmed(doc: Doc, left: int, right: int) -> Range:
    while left <= right and (doc[left].is_space or doc[left].text in _MARKS):
        left += 1
    while right >= left and doc[right].is_space:
        right -= 1
    return left, right


def _token_at(doc: Doc, offset: int) -> int:
    """The first token that begins at or after a character."""
    return bisect_left(doc.tokens, offset, key=lambda token: token.idx)
