"""What is said: where the words that a verb makes content of begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.coding.attribution_words import ADDRESSING, Range, edges
from sayso.coding.parse import Sentence
from sayso.coding.tokens import Doc, Token
from sayso.vocabulary.attribution import attribution_vocabulary

#: A sentence that the parser broke in two goes on from at most so many tokens before.
_BROKEN = 60
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: What may open a further attribution of the same sentence.
_TURNS = frozenset({"though", "although", "but", "and", "while"})


def first_token(sentence: Sentence) -> int:
    """The first token of a sentence, or of what stands before it where the parser broke off without a full stop."""
    doc, first = sentence.tokens.doc, int(sentence.tokens.start)
    for at in range(first, max(-1, first - _BROKEN), -1):
        if at == 0 or doc[at - 1].text[-1] in '.?!:;"”\n' or doc[at - 1].is_space:
            return at
    return first


def is_told(child: Token, verb: Token) -> bool:
    """Whether a word below a verb is the verb of what is said: "said that ...", "did not say when ..."."""
    if child.dep_ == "ccomp":
        return True
    opening = child.left_edge
    asked = opening.tag_ in ("WRB", "WP", "WDT") and opening.i == verb.i + 1
    return child.dep_ in ("advcl", "xcomp") and (asked or child.lower_ == "that")


def below(verb: Token) -> list[Token]:
    """A clause that the parse hangs on a noun between it and its verb: "announced in a statement that ..."."""
    nouns = [g for c in verb.rights if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    nouns += [c for c in verb.rights if c.dep_ == "dobj" and verb.lemma_ in ADDRESSING]
    clauses = [c for noun in nouns for c in noun.rights if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i]
    return [c for c in clauses if any(g.lower_ == "that" and g.dep_ == "mark" for g in c.lefts)][:1]


def said_by(clauses: Sequence[Token], verb: Token) -> Range:
    """What clauses behind a verb say: the first, and those that follow it ("said rebels opposed to X had left")."""
    left, right = own_words(clauses[0], verb)
    for clause in clauses[1:]:
        if clause.left_edge.i <= right + 2:
            right = max(right, own_words(clause, verb)[1])
    return left, right


def own_words(clause: Token, verb: Token) -> Range:
    """The clause's own words on its side of the verb."""
    left, right = edges(clause)
    if clause.i < verb.i:
        return left, min(right, verb.i - 1)
    left = max(left, verb.i + 1)
    return left, _until_next(left, right, verb)


def _until_next(left: int, right: int, verb: Token) -> int:
    """The end of what is said, before a further attribution of the same sentence: "..., though she conceded that"."""
    doc, cues = verb.doc, attribution_vocabulary().cues
    quoted = 0
    for at in range(left, right):
        word = doc[at].text
        quoted += word in ("“", "``") or (word == '"' and not quoted % 2)
        quoted -= word in ("”", "''")
        if not quoted and word in ("and", "but") and _cites_too(doc, at, right, verb):
            return at - 1
        if quoted or word not in (",", ";", "—", "--"):
            continue
        ahead = [t for t in doc[at + 1 : min(at + 6, right + 1)] if not t.is_punct]
        if not ahead or not (ahead[0].lower_ in _TURNS or ahead[0].tag_ == "VBG"):
            continue
        for token in ahead:
            cue = cues.get((token.lemma_.lower(), "verb")) if token.pos_ == "VERB" else None
            if cue and cue.kind in ("report", "assert") and (token.tag_ == "VBG") == (token == ahead[0]):
                return at - 1
    return right


def _cites_too(doc: Doc, joint: int, right: int, verb: Token) -> bool:
    """Whether what "and" joins is a further word of whoever says it: "said it would leave and warned against a war".

    Its tense tells: that of the first verb, which what is said does not have.
    """
    ahead = next((t for t in doc[joint + 1 : min(joint + 4, right + 1)] if t.pos_ != "ADV"), None)
    if ahead is None or ahead.tag_ != verb.tag_ or ahead.tag_ not in ("VBD", "VBZ", "VBP", "VBG"):
        return False
    cue = attribution_vocabulary().cues.get((ahead.lemma_.lower(), "verb"))
    told = next((t for t in doc[verb.i + 1 : joint] if t.tag_ in _FINITE), None)
    return cue is not None and cue.kind in ("report", "assert", "blame") and told is not None and told.tag_ != verb.tag_


def object_end(noun: Token, verb: Token) -> int:
    """Last token of an object with what is said of it: "called him a liar", "described it as grave"."""
    end = noun.right_edge.i
    for child in verb.rights:
        if child.dep_ not in ("oprd", "xcomp", "acomp", "prep") or child.left_edge.i != end + 1:
            continue
        if not any(t.ent_type_ in ("DATE", "TIME") for t in child.subtree):
            end = child.right_edge.i
    return int(end)


def with_infinitive(noun: Token, verb: Token) -> Range:
    """The words of a noun with the infinitive that follows it: "called on both sides to stop"."""
    left, right = edges(noun)
    for child in verb.rights:
        if (
            child.dep_ in ("xcomp", "advcl", "ccomp")
            and child.left_edge.i == right + 1
            and child.left_edge.tag_ == "TO"
        ):
            right = child.right_edge.i
    return left, right
