"""Who answers for an event: the chain of those cited for it, nearest first.

An attribution whose content holds the event answers for it. Where the event's sentence cites nobody but adds to the one
before ("Another 42 people ..."), a source cited for most of that one keeps the floor; where the next sentence adds to
the event's ("The source added that ..."), it is on the word of whoever adds.
Pronouns and bare descriptions ("he", "the group") give way to the fuller name they stand for in the same document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from sayso.coding.parse import ParsedDocument, Section, Sentence
from sayso.coding.sources import noun_phrase, source_kind, words_at
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Attribution, Span
from sayso.vocabulary.attribution import AttributionVocabulary, attribution_vocabulary

#: Why somebody answers for an event: its word stands in what is said ("said"), or the noun that a relative clause on
#: their word says more of ("relative"), or its sentence adds to one on their word ("goes on"); or why nobody does.
ClaimRule = Literal["said", "relative", "goes on", "unnamed", "own voice"]

_PERSONAL = frozenset({"he", "she"})
_PLURAL = frozenset({"they"})
_NEUTRAL = frozenset({"it"})
#: A description without a name is looked for among at most so many attributions after it ("a monitor said" in a lead).
_AHEAD = 4
#: Attributions farther than this many characters from an event are not looked at.
_REACH = 20_000
#: A report goes on for at most so many sentences that cite nobody.
_RUN = 1
_OPENING = 4
_LONGEST_NAME = 10
_NAMES = frozenset({"PERSON", "ORG"})
#: A relative clause begins at most so many characters behind the noun it says more of.
_RELATIVE = 200


def claimed_by(trigger: Trigger, attributions: Sequence[Attribution], parsed: ParsedDocument) -> tuple[Span, ...]:
    """Who answers for the event at ``trigger``, nearest first; empty where the document says it in its own voice.

    ``attributions`` are those of ``tag_attributions`` for the same document.
    """
    vocabulary = attribution_vocabulary()
    attributions = _around(attributions, trigger.span.start)
    covering, _ = answering(trigger, attributions, parsed)
    chain: list[Span] = []
    for attribution in covering:
        quoting, relaying = _passing_on(attribution, trigger.sentence.section, vocabulary)
        for span in (*quoting, *attribution.source, *relaying):
            for named in _stands_for(span, attribution, attributions, parsed, vocabulary):
                if not any(named.overlaps(known) for known in chain):
                    chain.append(named)
    return tuple(chain)


def answering(
    trigger: Trigger, attributions: Sequence[Attribution], parsed: ParsedDocument
) -> tuple[tuple[Attribution, ...], ClaimRule]:
    """The attributions that answer for the event at ``trigger``, nearest first, and by which rule.

    Of several the rule is that of the nearest. Where none answers, whether somebody unnamed is cited.
    """
    vocabulary = attribution_vocabulary()
    at = trigger.span.start
    near = _around(attributions, at)
    holding = [a for a in near if any(c.start <= at < c.end for c in a.content)]
    covering = [a for a in holding if a.source]
    covering += [a for a in near if a.source and a not in covering and _says_more_of(a, trigger, parsed)]
    covering = [a for a in covering if _vouches(a, parsed, vocabulary)]
    if not covering:
        kept = _keeps_floor(trigger, near, parsed)
        return ((kept,), "goes on") if kept else ((), "unnamed" if holding else "own voice")
    # Whoever is cited by a source ("the ministry said, citing witnesses") stands behind it, not before.
    covering.sort(key=lambda a: (_cited_by_another(a, parsed), sum(c.end - c.start for c in a.content)))
    return tuple(covering), "said" if covering[0] in holding else "relative"


def _says_more_of(attribution: Attribution, trigger: Trigger, parsed: ParsedDocument) -> bool:
    """Whether what is said begins with a relative word for the trigger: "strikes which the monitor said hit ..."."""
    first = attribution.content[0]
    if not 0 < first.start - trigger.span.start < _RELATIVE:
        return False
    words = _tokens(first, parsed)
    return len(words) == 1 and words[0].tag_ == "WDT" and _relative_head(words[0]) == trigger.token


def _vouches(attribution: Attribution, parsed: ParsedDocument, vocabulary: AttributionVocabulary) -> bool:
    """Whether a source gives its word that something happened: who wants or mocks an attack does not report it."""
    words = _tokens(attribution.cue[0], parsed)
    cues = [
        cue for t in words if t.pos_ in ("VERB", "AUX") and (cue := vocabulary.cues.get((t.lemma_.lower(), "verb")))
    ]
    return not cues or cues[-1].kind not in ("want", "judge")


def _cited_by_another(attribution: Attribution, parsed: ParsedDocument) -> bool:
    return any(token.lemma_.lower() == "cite" for token in _tokens(attribution.cue[0], parsed))


def _around(attributions: Sequence[Attribution], at: int) -> Sequence[Attribution]:
    """Those near enough to matter, so that a book does not cost the square of its length."""
    first = bisect_left(attributions, at - _REACH, key=lambda a: a.cue[0].start)
    return attributions[first : bisect_right(attributions, at + _REACH, key=lambda a: a.cue[0].start)]


def _tokens(span: Span, parsed: ParsedDocument) -> list[Token]:
    index = bisect_right(parsed.sections, span.start, key=lambda section: section.offset) - 1
    words = words_at(parsed.sections[index], span) if index >= 0 else None
    return list(words) if words is not None else []


def _passing_on(
    attribution: Attribution, section: Section, vocabulary: AttributionVocabulary
) -> tuple[list[Span], list[Span]]:
    """Who passes a source's word on: the one that quotes it ("SANA quoted a soldier as saying"), and the medium it
    spoke to ("a soldier told SANA")."""
    words = words_at(section, attribution.cue[0])
    verb = words.root if words is not None else None
    if verb is not None and verb.lemma_ == "quote":
        heads = [c for c in verb.lefts if c.dep_ == "nsubj"]
        return [section.span(section.doc[slice(*_ends(head))]) for head in heads], []
    if verb is None or verb.lemma_ not in ("tell", "inform"):
        return [], []
    found = []
    for child in verb.children:
        if child.dep_ not in ("dobj", "dative") or child.i < verb.i:
            continue
        if source_kind(child, vocabulary) == "medium" or child.ent_type_ == "ORG":
            found.append(section.span(section.doc[child.left_edge.i : child.i + 1]))
    return [], found


def _ends(head: Token) -> tuple[int, int]:
    left, right = noun_phrase(head)
    return left, right + 1


def _stands_for(
    span: Span,
    attribution: Attribution,
    attributions: Sequence[Attribution],
    parsed: ParsedDocument,
    vocabulary: AttributionVocabulary,
) -> tuple[Span, ...]:
    """Who a source's words stand for.

    A name stands for itself; a pronoun gives way to the source it takes up, or to nothing; a short form ("the
    Observatory") to a fuller one with the same noun; a bare description ("a monitor") is followed by the name that the
    document gives for it.
    """
    words = _tokens(span, parsed)
    if not words:
        return (span,)
    if len(words) == 1 and words[0].tag_ in ("WP", "WDT"):
        head = _relative_head(words[0])
        return (_span_of(span, words[0], head),) if head is not None else ()
    if len(words) == 1 and words[0].pos_ == "PRON":
        antecedent = _antecedent(words[0], attribution, attributions, parsed, vocabulary)
        return (antecedent,) if antecedent else ()
    if not _is_bare(words, vocabulary):
        return (span,)
    fuller = _same_noun(span, words, attributions, parsed)
    if fuller:
        return (fuller,)
    named = _named(words, attribution, attributions, parsed, vocabulary)
    return (span, named) if named else (span,)


def _relative_head(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun takes up: "the army, which said ..."."""
    verb = pronoun.head
    for _ in range(4):
        if verb.dep_ == "relcl":
            return verb.head
        verb = verb.head
    return None


def _span_of(span: Span, pronoun: Token, head: Token) -> Span:
    """The words of the noun ``head`` up to the pronoun that stands at ``span``."""
    offset = span.start - pronoun.idx
    last = min(noun_phrase(head)[1], pronoun.i - 1)
    while last > head.i and head.doc[last].is_punct:
        last -= 1
    first, end = head.doc[head.left_edge.i], head.doc[last]
    return Span(offset + first.idx, offset + end.idx + len(end))


def _same_noun(
    span: Span, words: Sequence[Token], attributions: Sequence[Attribution], parsed: ParsedDocument
) -> Span | None:
    """A source with a name that holds the same head noun: "the Observatory", "the Syrian Observatory for ..."."""
    head = words[-1].lower_
    text = parsed.text
    for other in attributions:
        for candidate in other.source:
            if candidate == span or candidate.end - candidate.start <= span.end - span.start:
                continue
            names = _tokens(candidate, parsed)
            if len(names) > _LONGEST_NAME or not any(t.lower_ == head for t in names):
                continue
            named = any(t.ent_type_ == "ORG" and t.pos_ == "PROPN" for t in names)
            if named and candidate.of(text).lower() != span.of(text).lower():
                return candidate
    return None


def _antecedent(
    pronoun: Token,
    attribution: Attribution,
    attributions: Sequence[Attribution],
    parsed: ParsedDocument,
    vocabulary: AttributionVocabulary,
) -> Span | None:
    """The nearest source before a pronoun that it can stand for."""
    word = pronoun.lower_
    fallback: Span | None = None
    for earlier in reversed([a for a in attributions if a.cue[0].start < attribution.cue[0].start and a.source]):
        span = earlier.source[0]
        words = _tokens(span, parsed)
        if not words or (len(words) == 1 and words[0].pos_ == "PRON") or span == attribution.source[0]:
            continue
        if word in _PERSONAL | _NEUTRAL | _PLURAL:
            kinds = {k for t in words if (k := source_kind(t, vocabulary))}
            plural = any(t.tag_ in ("NNS", "NNPS") for t in words)
            person = "person" in kinds or any(t.ent_type_ == "PERSON" for t in words)
            if word in _PERSONAL and person and not (plural and not any(t.ent_type_ == "PERSON" for t in words)):
                return span
            if word in _NEUTRAL and not person:
                return span
            if word in _PLURAL and (plural or any(t.dep_ == "conj" for t in words)):
                return span
            fallback = fallback or (span if word in _NEUTRAL | _PLURAL else None)
    return fallback


def _is_bare(words: Sequence[Token], vocabulary: AttributionVocabulary) -> bool:
    """A description without a name: "a monitor", "the group", "the Britain-based monitor"."""
    return (
        len(words) <= 6
        and any(source_kind(t, vocabulary) in ("group", "body", "person") and _is_noun(t, vocabulary) for t in words)
        and not any(not _is_noun(t, vocabulary) and t.pos_ == "PROPN" and t.ent_type_ in _NAMES for t in words)
        and words[0].lower_ in ("a", "an", "the", "this")
        and not any(t.dep_ in ("cc", "prep") for t in words)
    )


def _is_noun(token: Token, vocabulary: AttributionVocabulary) -> bool:
    """Whether a word describes and does not name; "NGO" describes, though it is written like a name."""
    return token.pos_ == "NOUN" or vocabulary.sources.get(token.lower_) == "body"


def _named(
    words: Sequence[Token],
    attribution: Attribution,
    attributions: Sequence[Attribution],
    parsed: ParsedDocument,
    vocabulary: AttributionVocabulary,
) -> Span | None:
    """The named source a bare description stands for: before it for "the group", after it for "a monitor"."""
    if source_kind(words[-1], vocabulary) != "body":
        return None
    at = attribution.cue[0].start
    if words[0].lower_ in ("a", "an"):
        pool = [a for a in attributions if a.cue[0].start > at][:_AHEAD]
    else:
        pool = list(reversed([a for a in attributions if a.cue[0].start < at]))
    for other in pool:
        for span in other.source:
            names = _tokens(span, parsed)
            if _is_body(names, vocabulary) and not _is_bare(names, vocabulary):
                return span
    return None


def _is_body(names: Sequence[Token], vocabulary: AttributionVocabulary) -> bool:
    """Whether a source is a body with a name of its own: no person, no armed force, no paper."""
    if any(t.ent_type_ == "PERSON" or t.lower_ in ("forces", "troops") for t in names):
        return False
    kinds = [kind for t in names if (kind := source_kind(t, vocabulary))]
    if any(source_kind(t, vocabulary) in ("person", "document") and t.pos_ == "NOUN" for t in names):
        return False
    return any(t.pos_ == "PROPN" for t in names) and any(kind in ("group", "body") for kind in kinds)


def _keeps_floor(trigger: Trigger, attributions: Sequence[Attribution], parsed: ParsedDocument) -> Attribution | None:
    """The attribution whose report the trigger's sentence, which cites nobody itself, goes on with or begins."""
    sentence = trigger.sentence
    index = sentence.index
    if not _goes_on(sentence):
        return _resumed(index, attributions, parsed)
    for back in range(1, _RUN + 1):
        if index - back < 0:
            return None
        earlier = parsed.sentences[index - back]
        if earlier.section is not sentence.section:
            return None
        here = [a for a in attributions if earlier.span.start <= a.cue[0].start < earlier.span.end]
        if here:
            last = here[-1]
            return last if last.source and _whole(last, earlier) else None
    return None


def _resumed(index: int, attributions: Sequence[Attribution], parsed: ParsedDocument) -> Attribution | None:
    """The attribution that adds to a report, in the sentence behind the one at ``index``: "The source added that".

    What it adds to is on the same word, though nobody is cited for it.
    """
    if index + 1 >= len(parsed.sentences):
        return None
    here, after = parsed.sentences[index : index + 2]
    first = next((a for a in attributions if after.span.start <= a.cue[0].start < after.span.end), None)
    if first is None or not first.source or here.section is not after.section or not _whole(first, after):
        return None
    adds = any(t.lower_ in _ADDING_CUES or t.lemma_.lower() in _ADDING_CUES for t in _tokens(first.cue[0], parsed))
    return first if adds else None


def _whole(attribution: Attribution, sentence: Sentence) -> bool:
    """Whether a source is cited for most of a sentence."""
    said = sum(c.end - c.start for c in attribution.content)
    return said * 2 >= sentence.span.end - sentence.span.start


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence goes on with a report."""
    words = [t.lower_ for t in sentence.tokens[:_OPENING]]
    return any(w in _ADDING for w in words)


_ADDING_CUES = frozenset({"add", "also", "further", "continue"})
_ADDING = frozenset({"other", "others", "another", "further", "additional"})
