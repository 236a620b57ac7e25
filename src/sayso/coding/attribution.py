"""Who says so: the source, the cue and the content of every attribution.

``tag_attributions`` reads direct, indirect and mixed speech off the parse. Much news text reaches us without its
commas and quotation marks, so a source is also found by where it stands ("... of the city a monitor said."), and the
parse is believed only where it names one. Terms are those of the PolNeAR guidelines (Newell et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from sayso.coding.claims import claimed_by
from sayso.coding.parse import ParsedDocument, Section, Sentence
from sayso.coding.quotes import Quote, quotes_of
from sayso.coding.sources import noun_phrase, opening_phrase, phrase_left_of, source_kind, subject_of
from sayso.model import Attribution, AttributionKind, Span
from sayso.vocabulary.attribution import AttributionVocabulary, Cue, attribution_vocabulary

__all__ = ["claimed_by", "tag_attributions"]

#: Token offsets in a section, both inclusive.
Range = tuple[int, int]


#: A quotation without a source of its own goes on with the one before it for at most so many sentences.
_QUOTE_RUN = 8


def tag_attributions(parsed: ParsedDocument) -> tuple[Attribution, ...]:
    """Every attribution of the document, in order of its cue."""
    vocabulary = attribution_vocabulary()
    found: list[Attribution] = []
    for section in parsed.sections:
        quotes = quotes_of(section.doc.text)
        sentences = [s for s in parsed.sentences if s.section is section]
        open_quote: int | None = None
        run = 0
        for sentence in sentences:
            here = list(_of_sentence(sentence, vocabulary, quotes))
            if here:
                found.extend(here)
                last = here[-1]
                open_quote, run = (len(found) - 1 if last.kind != "indirect" else None), 0
            elif open_quote is not None and run < _QUOTE_RUN and _all_quoted(sentence, quotes):
                found[open_quote] = _longer(found[open_quote], sentence.span)
                run += 1
            else:
                open_quote = None
    return tuple(sorted(set(found), key=lambda a: (a.cue[0], a.content)))


def _of_sentence(
    sentence: Sentence, vocabulary: AttributionVocabulary, quotes: Sequence[Quote]
) -> Iterator[Attribution]:
    yield from _headline(sentence, vocabulary, quotes)
    for token in sentence.tokens:
        if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            cue = vocabulary.cues.get((token.lemma_.lower(), "verb"))
            if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
                found = _according(token, sentence)
            elif cue is None:
                continue
            elif cue.kind == "relay":
                found = _quoted(token, sentence) or _relayed(token, sentence)
            elif token.dep_ == "acl" and token.tag_ == "VBN":
                found = _participle(token, cue)
            else:
                found = _spoken(token, cue, sentence, vocabulary)
        elif token.pos_ == "NOUN":
            cue = vocabulary.cues.get((token.lemma_.lower(), "noun"))
            found = (_nominal(token, cue) or _final_noun(token, sentence, vocabulary)) if cue else None
        elif token.pos_ == "ADV":
            cue = vocabulary.cues.get((token.lower_, "adverb"))
            found = _hearsay(token) if cue else None
        else:
            continue
        if found:
            attribution = _built(sentence.section, *found, quotes)
            if attribution:
                yield attribution


# --- frames: each gives (source, cue, content) as token ranges, or None ---

Frame = tuple[list[Range], list[Range], list[Range]]


def _spoken(verb: Token, cue: Cue, sentence: Sentence, vocabulary: AttributionVocabulary) -> Frame | None:
    """A reporting verb with its subject: said that ..., ... said X, X told Y ..., it is said to ..."""
    source = subject_of(verb)
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    if passive and cue.kind != "want":
        return _passive(verb, source, cue)
    first = sentence.tokens.start
    clauses = [
        child
        for child in verb.children
        if (child.dep_ == "ccomp" or (child.dep_ in ("advcl", "xcomp") and child.lower_ == "that")) and child != source
    ]
    if "clause" in cue.frames or "quote" in cue.frames:
        after = [c for c in clauses if c.i > verb.i]
        before = [c for c in clauses if c.i < verb.i]
        if after and not before:
            content = [_outer(after[0], verb)]
            if verb.dep_ == "relcl" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in after[0].children):
                content.insert(0, (verb.head.left_edge.i, verb.head.i))
            if source is None:
                return None
            phrase = noun_phrase(source)
            opening = opening_phrase(phrase[0], verb, first) if phrase[0] > first and source.i < verb.i else None
            if opening:
                phrase = (opening[0], phrase[1] if opening[1] < 0 else opening[1])
            return [phrase], [_cue_range(verb)], content
        end = _left_content_end(verb, source, vocabulary)
        if end is not None:
            phrase, stop = end
            if stop > first and (before or not after) and _is_parenthetical(verb, before, phrase):
                content = [(first, stop - 1)]
                content += [_outer(c, verb) for c in after]
                return [phrase], [_cue_range(verb)], content
        if after and source:
            return _with_source(source, verb, [_outer(after[0], verb)])
    if source is None:
        return None
    if "to" in cue.frames:
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i and any(c.tag_ == "TO" for c in child.lefts):
                return _with_source(source, verb, [_edges(child)])
    if "prep" in cue.frames:
        for child in verb.children:
            if child.dep_ in ("prep", "prt") and child.lower_ in cue.prepositions:
                inner = [g for g in child.children if g.dep_ in ("pobj", "pcomp")]
                if inner:
                    return [noun_phrase(source)], [_cue_range(verb), (child.i, child.i)], [_edges(inner[0])]
    if "object" in cue.frames and not clauses:
        for child in verb.children:
            if child.dep_ == "dobj" and child.i > verb.i:
                if child.lower_ == "responsibility":
                    owned = [g for c in child.children if c.dep_ == "prep" for g in c.children]
                    owned += [g for c in verb.children if c.dep_ == "prep" and c.lower_ == "for" for g in c.children]
                    return _with_source(source, verb, [_edges(owned[0])]) if owned else None
                return _with_source(source, verb, [_edges(child)])
    return None


def _is_marked(clause: Token) -> bool:
    """A clause of time, cause or condition: not what was said, but when or why."""
    return clause.tag_ == "VBG" or any(c.dep_ in ("mark", "advmod") and c.i < clause.i for c in clause.children)


def _with_source(source: Token, verb: Token, content: list[Range]) -> Frame:
    return [noun_phrase(source)], [_cue_range(verb)], content


def _left_content_end(verb: Token, source: Token | None, vocabulary: AttributionVocabulary) -> tuple[Range, int] | None:
    """Where what is said ends when the attribution follows it: (the source's words, first token of the attribution)."""
    if source is not None and source.i > verb.i:
        return noun_phrase(source), _cue_range(verb)[0]
    if source is not None:
        phrase = noun_phrase(source)
        if phrase[1] >= _cue_range(verb)[0] - 1:
            return phrase, phrase[0]
        return None
    left = phrase_left_of(_cue_range(verb)[0], verb, vocabulary)
    return (left, left[0]) if left else None


def _is_parenthetical(verb: Token, before: list[Token], phrase: Range) -> bool:
    """Whether the words before an attribution are its content: a clause is there, or the verb hangs off one."""
    if before:
        return True
    if verb.dep_ in ("parataxis", "relcl", "conj", "ccomp", "advcl", "dep") and verb.head.i < phrase[0]:
        return not any(c.dep_ in ("mark", "cc") or c.tag_ in ("WP", "WDT") for c in verb.lefts)
    return any(c.i < phrase[0] and c.dep_ in ("nsubj", "advcl", "dep") for c in verb.lefts)


def _participle(verb: Token, cue: Cue) -> Frame | None:
    """A blast claimed by X: the agent answers for the noun."""
    agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    if not agents or "object" not in cue.frames or verb.head.i > verb.i:
        return None
    return [noun_phrase(agents[0])], [_cue_range(verb)], [(verb.head.left_edge.i, verb.i - 1)]


def _quoted(verb: Token, sentence: Sentence) -> Frame | None:
    """X was quoted as saying: what X said follows, or stands before."""
    named = [c for c in verb.children if c.dep_ == "nsubjpass"]
    saying = [g for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" for g in c.children]
    if not named or not saying:
        return None
    said = [c for c in saying[0].children if c.dep_ == "ccomp"]
    source = noun_phrase(named[-1])
    if said:
        return [source], [_cue_range(verb), (saying[0].i, saying[0].i)], [_edges(said[0])]
    if source[0] > sentence.tokens.start:
        return [source], [_cue_range(verb), (saying[0].i, saying[0].i)], [(sentence.tokens.start, source[0] - 1)]
    return None


def _passive(verb: Token, source: Token | None, cue: Cue) -> Frame | None:
    """It was reported that ...; X is said to ...: the source is the agent, where one is named."""
    agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i]
    if not clauses and not ({"object"} & cue.frames):
        return None
    content = [_edges(c) for c in clauses]
    patients = [c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj") and c.lower_ != "it" and c.i < verb.i]
    content = [_edges(p) for p in patients] + content
    if not content or (not clauses and not agents):
        return None
    return [noun_phrase(a) for a in agents[:1]], [_cue_range(verb)], content


def _according(token: Token, sentence: Sentence) -> Frame | None:
    """According to X: the content is the clause it stands in."""
    start = token.i
    preposition = token.nbor()
    objects = [g for g in preposition.children if g.dep_ == "pobj"]
    if not objects:
        return None
    source = noun_phrase(objects[0])
    first, last = sentence.tokens.start, sentence.tokens.end - 1
    content = [r for r in ((first, start - 1), (source[1] + 1, last)) if r[0] <= r[1]]
    return [source], [(start, preposition.i)], content


def _relayed(verb: Token, sentence: Sentence) -> Frame | None:
    """SANA said ..., citing X: X is the nearer source of the same content."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if not objects or verb.tag_ not in ("VBG", "VBD", "VBZ", "VBN", "VBP"):
        return None
    source = noun_phrase(objects[0])
    if source_kind(objects[0], attribution_vocabulary()) is None:
        return None
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "advcl", "acl") and c.i > source[1]]
    clauses += [
        c for c in objects[0].children if c.dep_ == "acl" and c.lemma_ == "say" for c in c.children if c.dep_ == "ccomp"
    ]
    if clauses:
        return [source], [_cue_range(verb)], [_edges(clauses[0])]
    if verb.tag_ == "VBG" and verb.left_edge.i > sentence.tokens.start:
        return [source], [_cue_range(verb)], [(sentence.tokens.start, verb.left_edge.i - 1)]
    return None


def _nominal(noun: Token, cue: Cue | None) -> Frame | None:
    """A claim by X that ...; reports of ...: a cue that is a noun."""
    assert cue is not None
    content: list[Range] = []
    words = [(noun.i, noun.i)]
    if "clause" in cue.frames:
        content = [
            _edges(c)
            for c in noun.children
            if c.dep_ in ("acl", "ccomp") and any(g.lower_ == "that" and g.dep_ == "mark" for g in c.children)
        ]
    if not content and "prep" in cue.frames:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in cue.prepositions:
                content = [_edges(g) for g in child.children if g.dep_ in ("pobj", "pcomp")]
                words.append((child.i, child.i))
    if not content:
        return None
    owners = [c for c in noun.children if c.dep_ == "poss"]
    owners += [g for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for g in c.children]
    return [noun_phrase(o) for o in owners[:1]], words, content[:1]


def _final_noun(noun: Token, sentence: Sentence, vocabulary: AttributionVocabulary) -> Frame | None:
    """... the Observatory reports.: a reporting verb at the end of its sentence that was read as a plural noun."""
    if noun.tag_ != "NNS" or (noun.lemma_.lower(), "verb") not in vocabulary.cues:
        return None
    if any(t.is_alpha for t in noun.doc[noun.i + 1 : sentence.tokens.end]):
        return None
    start = noun.left_edge.i
    if noun.i - start < 2 or not any(t.is_title for t in noun.doc[start : noun.i]):
        return None
    named = [t for t in noun.doc[start : noun.i] if source_kind(t, vocabulary)]
    if not named or start <= sentence.tokens.start:
        return None
    return [(start, noun.i - 1)], [(noun.i, noun.i)], [(sentence.tokens.start, start - 1)]


def _hearsay(adverb: Token) -> Frame | None:
    """Reportedly: nobody is named; the content is the clause."""
    head = adverb.head
    if head.pos_ not in ("VERB", "AUX"):
        return None
    left, right = head.left_edge.i, head.right_edge.i
    content = [r for r in ((left, adverb.i - 1), (adverb.i + 1, right)) if r[0] <= r[1]]
    return [], [(adverb.i, adverb.i)], content


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


# --- from token ranges to spans ---


def _edges(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i


def _outer(clause: Token, verb: Token) -> Range:
    """The clause's own words on its side of the verb."""
    left, right = _edges(clause)
    return (max(left, verb.i + 1), right) if clause.i > verb.i else (left, min(right, verb.i - 1))


def _cue_range(verb: Token) -> Range:
    """The verb with auxiliaries, negation and adverbs that stand directly before it, and its particle."""
    first = verb.i
    while first > 0:
        before = verb.doc[first - 1]
        if before.head == verb and before.dep_ in ("aux", "auxpass", "neg", "advmod") and before.tag_ not in ("WRB",):
            first -= 1
        else:
            break
    last = verb.i
    if last + 1 < len(verb.doc):
        after = verb.doc[last + 1]
        if after.head == verb and after.dep_ == "prt":
            last += 1
    return first, last


def _built(
    section: Section, source: list[Range], cue: list[Range], content: list[Range], quotes: Sequence[Quote]
) -> Attribution | None:
    taken = source + cue
    contents: list[Span] = []
    for left, right in content:
        for part in _without(left, right, taken):
            span = _span(section, *part)
            if span:
                contents.append(_whole_quote(span, section, quotes))
    sources = [s for s in (_span(section, *r) for r in source) if s]
    cues = [s for s in (_span(section, *r, keep=True) for r in cue) if s]
    if not contents or not cues:
        return None
    return Attribution(tuple(sources), tuple(sorted(cues)), tuple(sorted(contents)), _kind(contents, section, quotes))


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


def _longer(attribution: Attribution, span: Span) -> Attribution:
    if any(c.contains(span) or c.overlaps(span) for c in attribution.content):
        return attribution
    return Attribution(attribution.source, attribution.cue, (*attribution.content, span), attribution.kind)
