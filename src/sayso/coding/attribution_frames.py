"""The frames of attribution: where source, cue and content stand about a word that cites.

Each function reads one frame off the parse and gives (source, cue, content) as token ranges, or None where the word
does not stand in that frame.
"""

from __future__ import annotations

from sayso.coding.attribution_content import (
    below,
    first_token,
    is_told,
    object_end,
    own_words,
    said_by,
    with_infinitive,
)
from sayso.coding.attribution_words import ADDRESSING, Frame, Range, cue_range, edges
from sayso.coding.parse import Sentence
from sayso.coding.sources import is_time, noun_phrase, opening_phrase, phrase_left_of, source_kind, subject_of
from sayso.coding.tokens import Token
from sayso.vocabulary.attribution import AttributionVocabulary, Cue, attribution_vocabulary

#: A clause on such a word goes on with what is said: the town fell, X said, because ...
_GOES_ON = frozenset({"that", "because", "since"})


def spoken(verb: Token, cue: Cue, sentence: Sentence, vocabulary: AttributionVocabulary) -> Frame | None:
    """A reporting verb with its subject: said that ..., ... said X, X told Y ..., it is said to ..."""
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    if passive:
        return _passive(verb, cue)
    source = _speaker(verb, vocabulary)
    first, start = sentence.tokens.start, first_token(sentence)
    clauses = [child for child in verb.children if child != source and is_told(child, verb)]
    if "clause" in cue.frames:
        inserted = _inserted(verb, source, sentence)
        if inserted:
            return inserted
        after = [c for c in clauses if c.i > verb.i] or below(verb)
        before = [c for c in clauses if c.i < verb.i]
        if after and not before:
            content = [said_by(after, verb)]
            if verb.dep_ == "relcl" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in after[0].children):
                content.insert(0, (verb.head.left_edge.i, verb.head.i))
            phrase = noun_phrase(source) if source else phrase_left_of(cue_range(verb)[0], verb, vocabulary)
            if phrase is None:
                return None
            opening = opening_phrase(phrase[0], verb, first) if source and first < phrase[0] < verb.i else None
            if opening:
                phrase = (opening[0], phrase[1] if opening[1] < 0 else opening[1])
            return [phrase], [cue_range(verb)], content
        end = _left_content_end(verb, source, vocabulary)
        if end is not None:
            phrase, stop = end
            if (
                stop > start
                and (before or not after)
                and (start < first or _is_parenthetical(verb, before, phrase))
                and _may_follow(cue, verb.doc[stop - 1], vocabulary)
            ):
                content = [(start, stop - 1)]
                content += [own_words(c, verb) for c in after]
                return [phrase], [cue_range(verb)], content
        if after and source:
            return _with_source(source, verb, [said_by(after, verb)])
        trailing = _trailing(verb, cue, sentence, vocabulary) if not clauses else None
        if trailing:
            return trailing
    return _governed(verb, source, cue) if source is not None else None


def _speaker(verb: Token, vocabulary: AttributionVocabulary) -> Token | None:
    """The head noun of whoever speaks, where the parse gives it to another word near by.

    "X said after the council met, adding that", "X told the channel, condemning": X adds and condemns, not the council
    or the channel. "The ministry Tuesday said": the ministry.
    """
    source = subject_of(verb)
    if verb.tag_ == "VBG" and verb.dep_ in ("acl", "advcl"):
        above = verb.head.head
        if above != verb.head and above.pos_ == "VERB" and verb.head.i < verb.i:
            cue = vocabulary.cues.get((above.lemma_.lower(), "verb"))
            told = verb.head.dep_ in (("advcl",) if verb.dep_ == "advcl" else ("dobj", "dative"))
            told = told or (verb.lemma_ == "add" and verb.head.dep_ == "ccomp")
            if told and cue and cue.kind in ("report", "assert"):
                return subject_of(above) or source
    if source is not None and is_time(source) and 0 < source.i < verb.i:
        before = source.nbor(-1)
        if source_kind(before, vocabulary) and not is_time(before):
            return before
    return source


def _trailing(verb: Token, cue: Cue, sentence: Sentence, vocabulary: AttributionVocabulary) -> Frame | None:
    """... of the town said the monitor.: a source behind its verb that was read as an object, at the sentence's end."""
    noun = next((c for c in verb.rights if c.dep_ in ("dobj", "nsubj") and c.left_edge.i == verb.i + 1), None)
    if cue.kind != "report" or noun is None or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    kind = source_kind(noun, vocabulary)
    if kind is None or (kind == "document") or noun.right_edge.i + 2 < sentence.tokens.end - 1:
        return None
    first, left = sentence.tokens.start, cue_range(verb)[0]
    told = any(t.pos_ in ("VERB", "AUX") for t in verb.doc[first:left])
    own = any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.lefts)
    return ([noun_phrase(noun)], [cue_range(verb)], [(first_token(sentence), left - 1)]) if told and not own else None


def _governed(verb: Token, source: Token, cue: Cue) -> Frame | None:
    """What a verb governs as content: an infinitive, what a preposition introduces, an object or a clause."""
    after = [c for c in verb.rights if c.dep_ in ("ccomp", "xcomp")]
    objects = [c for c in verb.rights if c.dep_ == "dobj"]
    if "to" in cue.frames:
        for child in after:
            if any(c.tag_ == "TO" for c in child.lefts):
                asked = [o for o in objects if o.i < child.i]
                return _with_source(source, verb, [(min(c.left_edge.i for c in (child, *asked)), child.right_edge.i)])
    if "prep" in cue.frames:
        for child in verb.rights:
            if child.dep_ in ("prep", "prt") and child.lower_ in cue.prepositions:
                inner = [g for g in child.children if g.dep_ in ("pobj", "pcomp") and not is_time(g)]
                if inner and cue.kind == "blame":
                    return _with_source(source, verb, [(verb.i + 1, edges(inner[0])[1])])
                if inner:
                    return [noun_phrase(source)], [(cue_range(verb)[0], child.i)], [with_infinitive(inner[0], verb)]
        if cue.kind == "blame":
            for child in objects:
                if any(t.lower_ in cue.prepositions for t in verb.doc[child.i : verb.right_edge.i]):
                    return _with_source(source, verb, [(child.left_edge.i, verb.right_edge.i)])
    if "object" in cue.frames:
        for child in objects:
            if (cue.lemma, child.lemma_.lower()) == ("claim", "life"):
                return None
            if child.lower_ == "responsibility":
                owned = [g for c in child.children if c.dep_ == "prep" for g in c.children]
                owned += [g for c in verb.children if c.dep_ == "prep" and c.lower_ == "for" for g in c.children]
                return _with_source(source, verb, [edges(owned[0])]) if owned else None
            return _with_source(source, verb, [(child.left_edge.i, object_end(child, verb))])
        for child in (*after, *(c for c in verb.rights if c.dep_ == "oprd")):
            if not (child.dep_ == "xcomp" and any(c.tag_ == "TO" for c in child.lefts)):
                return _with_source(source, verb, [edges(child)])
    return None


def _inserted(verb: Token, source: Token | None, sentence: Sentence) -> Frame | None:
    """An attribution between commas: the town, the ministry said, had fallen; the town, as X told us, had fallen."""
    if source is None:
        return None
    doc, phrase, words = verb.doc, noun_phrase(source), cue_range(verb)
    left, right = min(phrase[0], words[0]), max(phrase[1], words[1])
    first, last = sentence.tokens.start, sentence.tokens.end - 1
    if right - left > len(range(*phrase)) + len(range(*words)) + 2:
        return None
    if left > first and doc[left - 1].lower_ == "as":
        left -= 1
    right = _addressed(verb, right)
    if left - 1 <= first or right + 2 >= last:
        return None
    if doc[left - 1].text != "," or doc[right + 1].text != ",":
        return None
    if doc[right + 2].pos_ in ("CCONJ", "SCONJ") and doc[right + 2].lower_ not in _GOES_ON:
        return None
    if any(c.tag_ in ("WP", "WDT") or (c.dep_ in ("mark", "cc") and c.i != left) for c in verb.lefts):
        return None
    return [phrase], [words], [(first, left - 2), (right + 2, last)]


def _addressed(verb: Token, right: int) -> int:
    """The last of the words behind a verb that tell to whom and when it was said: "told us on Friday"."""
    for child in verb.rights:
        told = verb.lemma_ in ADDRESSING if child.dep_ == "dobj" else child.dep_ in ("dative", "npadvmod", "prep")
        if not told or child.left_edge.i != right + 1:
            continue
        if any(t.pos_ in ("VERB", "AUX") or t.text == "," for t in child.subtree):
            break
        right = child.right_edge.i
    return right


def _with_source(source: Token, verb: Token, content: list[Range]) -> Frame:
    return [noun_phrase(source)], [cue_range(verb)], content


def _left_content_end(verb: Token, source: Token | None, vocabulary: AttributionVocabulary) -> tuple[Range, int] | None:
    """Where what is said ends when the attribution follows it: (the source's words, first token of the attribution)."""
    if source is not None and source.i > verb.i:
        return noun_phrase(source), cue_range(verb)[0]
    if source is not None:
        phrase = noun_phrase(source)
        between = verb.doc[phrase[1] + 1 : cue_range(verb)[0]]
        return (phrase, phrase[0]) if all(is_time(t) for t in between) else None
    left = phrase_left_of(cue_range(verb)[0], verb, vocabulary)
    return (left, left[0]) if left else None


def _is_parenthetical(verb: Token, before: list[Token], phrase: Range) -> bool:
    """Whether the words before an attribution are its content: a clause is there, or the verb hangs off one."""
    if before:
        return True
    if verb.dep_ in ("parataxis", "relcl", "conj", "ccomp", "advcl", "dep") and verb.head.i < phrase[0]:
        return not any(c.dep_ in ("mark", "cc") or c.tag_ in ("WP", "WDT") for c in verb.lefts)
    return any(c.i < phrase[0] and c.dep_ in ("nsubj", "advcl", "dep") for c in verb.lefts)


def _may_follow(cue: Cue, last: Token, vocabulary: AttributionVocabulary) -> bool:
    """Whether what is said can stand before its verb and end with the word ``last``.

    "Officials said he believes": what stands before "he" is another attribution, not what he believes.
    """
    if cue.kind in ("want", "judge", "refute", "blame") or (cue.kind == "hold" and not last.is_punct):
        return False
    joins = last.pos_ in ("CCONJ", "SCONJ") and last.head.pos_ not in ("NOUN", "PROPN")
    if joins or last.tag_ in ("WDT", "WP", "TO"):
        return False
    cites = last.pos_ == "VERB" and (last.lemma_.lower(), "verb") in vocabulary.cues
    return not cites or any(c.dep_ == "auxpass" for c in last.lefts)


def by_participle(verb: Token, cue: Cue) -> Frame | None:
    """A blast claimed by X: the agent answers for the noun."""
    agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    if not agents or "object" not in cue.frames or verb.head.i > verb.i:
        return None
    return [noun_phrase(agents[0])], [cue_range(verb)], [(verb.head.left_edge.i, verb.i - 1)]


def quoted(verb: Token, sentence: Sentence) -> Frame | None:
    """X was quoted as saying; SANA quoted X as saying: what X said follows, or stands before."""
    named = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj")]
    saying = [g for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" for g in c.children]
    if not named or not saying or "VBG" not in {t.tag_ for t in saying}:
        return None
    said = [c for c in saying[0].children if c.dep_ == "ccomp"]
    source = noun_phrase(named[-1])
    if said:
        return [source], [cue_range(verb), (saying[0].head.i, saying[0].i)], [edges(said[0])]
    if named[-1].dep_ == "nsubjpass" and source[0] > sentence.tokens.start:
        return [source], [cue_range(verb), (saying[0].head.i, saying[0].i)], [(sentence.tokens.start, source[0] - 1)]
    return None


def _passive(verb: Token, cue: Cue) -> Frame | None:
    """It was reported that ...; X is said to ...; X was blamed for ...: the source is the agent, where one is named."""
    agents = [a for a in verb.children if a.dep_ == "agent" and any(g.dep_ == "pobj" for g in a.children)]
    source = [noun_phrase(g) for a in agents[:1] for g in a.children if g.dep_ == "pobj"][:1]
    words = cue_range(verb)
    patients = [c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj") and c.lower_ != "it" and c.i < verb.i]
    held = [
        (child, inner)
        for child in verb.rights
        if child.dep_ == "prep" and child.lower_ in cue.prepositions
        for inner in child.children
        if inner.dep_ in ("pobj", "pcomp")
    ]
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "oprd") and c.i > verb.i]
    if held and not clauses:
        child, inner = held[0]
        return source, [(words[0], child.i)], [*(edges(p) for p in patients), edges(inner)]
    if not clauses and ("object" not in cue.frames or not agents):
        return None
    content = [edges(c) for c in clauses]
    if not any(c.dep_ == "ccomp" for c in clauses):
        content = [edges(p) for p in patients] + content
    return (source, [words], content) if content else None


def according(token: Token, sentence: Sentence) -> Frame | None:
    """According to X: the content is the clause it stands in."""
    start = token.i
    preposition = token.nbor()
    objects = [g for g in preposition.children if g.dep_ == "pobj"]
    if not objects:
        return None
    source = noun_phrase(objects[0])
    first, last = sentence.tokens.start, sentence.tokens.end - 1
    after = source[1] + 1
    while after <= last and token.doc[after].is_punct:
        after += 1
    if start > first and after <= last and token.doc[after].pos_ in ("CCONJ", "SCONJ"):
        after = last + 1
    content = [r for r in ((first, start - 1), (after, last)) if r[0] <= r[1]]
    return [source], [(start, preposition.i)], content


def relayed(verb: Token, sentence: Sentence) -> Frame | None:
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
        return [source], [cue_range(verb)], [edges(clauses[0])]
    if verb.tag_ == "VBG" and verb.left_edge.i > sentence.tokens.start:
        return [source], [cue_range(verb)], [(sentence.tokens.start, verb.left_edge.i - 1)]
    return None


def nominal(noun: Token, cue: Cue) -> Frame | None:
    """A claim by X that ...; reports of ...: a cue that is a noun."""
    content: list[Range] = []
    words = [(noun.i, noun.i)]
    if "clause" in cue.frames:
        content = [
            edges(c)
            for c in noun.children
            if c.dep_ in ("acl", "ccomp") and any(g.lower_ == "that" and g.dep_ == "mark" for g in c.children)
        ]
    if not content and "prep" in cue.frames:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in cue.prepositions:
                content = [edges(g) for g in child.children if g.dep_ in ("pobj", "pcomp")]
                words.append((child.i, child.i))
    if not content:
        return None
    owners = [c for c in noun.children if c.dep_ == "poss"]
    owners += [g for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for g in c.children]
    return [noun_phrase(o) for o in owners[:1]], words, content[:1]


def final_noun(noun: Token, sentence: Sentence, vocabulary: AttributionVocabulary) -> Frame | None:
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


def hearsay(adverb: Token) -> Frame | None:
    """Reportedly: nobody is named; the content is the clause."""
    head = adverb.head
    if head.pos_ not in ("VERB", "AUX"):
        return None
    left, right = head.left_edge.i, head.right_edge.i
    content = [r for r in ((left, adverb.i - 1), (adverb.i + 1, right)) if r[0] <= r[1]]
    return [], [(adverb.i, adverb.i)], content
