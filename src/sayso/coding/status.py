"""Whether an event happened, goes on, is planned, denied, hypothetical, or alleged.

Three readings, the first that answers wins: what modifies the trigger itself; what the words that govern it make of
it, nearest first; whether the sentence marks its report as open or contested. Negation, modals and tense count only
along relations that carry the event itself: "the raid was not carried out" denies the raid, "they could not leave
because of the raid" does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sayso.coding.parse import ParsedDocument
from sayso.coding.sources import words_at
from sayso.coding.tokens import Token
from sayso.coding.triggers import Trigger
from sayso.model import Attribution, Span, Status
from sayso.vocabulary.attribution import CuePos, attribution_vocabulary
from sayso.vocabulary.status import StatusVocabulary, status_vocabulary

_BE_PRESENT = frozenset({"is", "are", "'s", "'re", "am"})
_BE_PAST = frozenset({"was", "were"})
_HAVE_PRESENT = frozenset({"has", "have", "'ve"})
_REMAINS = frozenset({"remain", "remains"})
_MEANWHILE = frozenset({"as", "while", "when"})
_LASTING = frozenset({"since", "for"})
#: Relations by which a verb takes an event as what it is about.
_ARGUMENT = frozenset({"dobj", "nsubjpass", "attr", "oprd", "xcomp", "ccomp", "pcomp"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
#: What the words above an event make of it, whatever its own tense says.
_UNREAL: frozenset[Status | None] = frozenset({"alleged", "denied", "hypothetical"})
#: How many steps up the tree a governing word is looked for.
_REACH = 10
#: Attributions farther than this many characters from an event are not looked at.
_NEAR = 20_000
#: How many tokens around an event of a disputed type are searched for words of doubt.
_WINDOW = 600


def status_of(trigger: Trigger, attributions: Sequence[Attribution], parsed: ParsedDocument) -> Status:
    """The status of the event at ``trigger``: what its own words and those that govern it say; else happened."""
    vocabulary = status_vocabulary()
    token = trigger.token
    own = _own(token, vocabulary)
    if own == "ongoing" and _is_verb(token):
        own = _unsure(token, vocabulary) or own
    return (
        own
        or _hearsay(token, vocabulary)
        or _announced(trigger, vocabulary)
        or _governed(token, vocabulary)
        or _in_force(token, vocabulary)
        or _doubted(trigger, attributions, vocabulary)
        or _open_report(trigger, vocabulary)
        or "happened"
    )


def _hearsay(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """A passive of saying over the event's infinitive: "the strikes were said to have killed him"."""
    verb = token.head if token.dep_ == "xcomp" or token.dep_ == "nsubjpass" else None
    if verb is None or (verb.lemma_.lower(), "hearsay") not in vocabulary:
        return None
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    infinitive = any(child.dep_ == "xcomp" and child.tag_ in ("VB", "VBN") for child in verb.children)
    return vocabulary[verb.lemma_.lower(), "hearsay"] if passive and infinitive else None


def _announced(trigger: Trigger, vocabulary: StatusVocabulary) -> Status | None:
    """What is announced as a noun and is of a kind that is announced before it is done: "announced the withdrawal"."""
    token = trigger.token
    if token.dep_ != "dobj" or (token.head.lemma_.lower(), "announcing") not in vocabulary:
        return None
    return vocabulary.get((trigger.type, "announced"))


def _unsure(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """Whether what goes on is only supposed: "they suspect that it is shipping arms"."""
    above = _governed(token, vocabulary)
    return above if above in _UNREAL else None


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _own(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """What modifies the trigger itself."""
    if _is_verb(token):
        if token.lemma_ in ("back", "support") and token.dep_ in ("acl", "relcl") and token.tag_ == "VBN":
            return "ongoing" if any(c.dep_ == "agent" for c in token.children) else None
        return _of_verb(token, vocabulary)
    for child in token.children:
        if child.dep_ in ("amod", "compound", "det", "advmod", "nmod"):
            found = vocabulary.get((child.lower_, "adjective"))
            if found:
                return found
            if child.dep_ == "det" and child.lower_ == "no":
                return "denied"
        if _is_alleged_of(child, vocabulary):
            return "alleged"
        own_object = any(c.dep_ in ("dobj", "nsubjpass") for c in child.children)
        if child.dep_ == "relcl" and (child.lemma_.lower(), "occurrence") in vocabulary and not own_object:
            return _of_verb(child, vocabulary)
    return None


def _is_alleged_of(clause: Token, vocabulary: StatusVocabulary) -> bool:
    """A participle that doubts its noun: "gas believed to be chlorine"."""
    if clause.dep_ != "acl" or clause.tag_ != "VBN":
        return False
    return vocabulary.get((clause.lemma_.lower(), "verb")) == "alleged"


def _of_verb(verb: Token, vocabulary: StatusVocabulary) -> Status | None:
    """Negation, hearsay, modals, tense and marks of a verb."""
    auxiliaries: list[Token] = []
    lasting = False
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            auxiliaries.append(child)
        elif child.dep_ == "neg":
            return "denied"
        elif child.dep_ == "advmod":
            found = vocabulary.get((child.lower_, "adverb"))
            if found:
                return found
        elif child.dep_ == "mark":
            found = vocabulary.get((child.lower_, "mark"))
            if found:
                return found
        elif child.dep_ in ("prep", "mark") and child.lower_ in _LASTING:
            lasting = lasting or _is_stretch(child)
        if child.dep_ in _SUBJECT and any(_is_alleged_of(clause, vocabulary) for clause in child.children):
            return "alleged"
    words = {a.lower_ for a in auxiliaries}
    perfect = bool(words & {"have", "has", "had", "'ve"})
    for auxiliary in auxiliaries:
        found = vocabulary.get((auxiliary.lower_, "auxiliary"))
        if found and not (perfect and found == "planned"):
            return "hypothetical" if found == "planned" and _is_conditional(verb) else found
    if verb.tag_ == "VBG" or "being" in words:
        if words & _BE_PRESENT or ("been" in words and words & _HAVE_PRESENT):
            return "ongoing"
        if words & _BE_PAST and not any(c.dep_ in ("mark", "advmod") and c.lower_ in _MEANWHILE for c in verb.lefts):
            return "ongoing"
    if lasting and words & _HAVE_PRESENT and (verb.lemma_.lower(), "lasting") in vocabulary:
        return "ongoing"
    return None


def _is_conditional(verb: Token) -> bool:
    """Whether a clause of condition hangs on a verb: "they would leave if ..."."""
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    return any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for clause in clauses for m in clause.children)


def _is_stretch(preposition: Token) -> bool:
    """Whether "since" or "for" names a stretch of time that reaches to now."""
    if preposition.lower_ == "since":
        return True
    return any(
        inner.dep_ == "pobj" and (inner.ent_type_ in ("DATE", "TIME") or inner.lemma_ in _STRETCHES)
        for inner in preposition.children
    )


_STRETCHES = frozenset({"year", "month", "week", "day", "hour"})


def _governed(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """What the words above the trigger make of it, nearest first."""
    below = token
    for _ in range(_REACH):
        above, relation = below.head, below.dep_
        if above == below:
            return None
        if relation == "conj" and below.pos_ == above.pos_:
            if _is_verb(below) and any(c.dep_ in _SUBJECT for c in below.children):
                return None
            shared = _own(above, vocabulary) if _is_verb(above) else None
            if shared and shared != "denied" and below.tag_ in ("VB", above.tag_):
                return shared
        elif relation == "prep":
            if (below.lower_, "preposition") in vocabulary:
                return vocabulary[below.lower_, "preposition"]
            if _is_verb(above):
                found = _cue_status(below, above, vocabulary)
                cue = vocabulary.get((above.lemma_.lower(), "verb"))
                if below.lower_ == "in" and cue == "happened":
                    return _of_verb(above, vocabulary)
                means = below.lower_ in ("with", "through") and _of_verb(above, vocabulary) == "ongoing"
                return found or ("ongoing" if means else None)
            if (above.lemma_.lower(), "part") in vocabulary:
                return None
            carries = below.lower_ in ("of", "for", "in", "on")
            if carries and any(c.dep_ == "det" and c.lower_ == "no" for c in above.children):
                return "denied"
            found = vocabulary.get((above.lemma_.lower(), "noun"))
            if found or not carries:
                return found
        elif _is_verb(above):
            found, final = _under_verb(below, above, vocabulary)
            if found or final:
                return found
        elif above.pos_ in ("NOUN", "PROPN"):
            found = vocabulary.get((above.lemma_.lower(), "noun"))
            if found == "alleged" and relation in ("acl", "ccomp", "relcl") and _is_refuted(above):
                return "denied"
            if found and relation in ("acl", "compound", "ccomp", "nmod") and below.tag_ not in ("VBN", "VBD"):
                return found
            if relation in ("acl", "relcl"):
                return "planned" if _is_purpose(below) else None
            if relation not in ("pobj", "compound", "nmod", "poss", "conj", "amod"):
                return None
            described = _own(above, vocabulary) if relation == "compound" else None
            if described:
                return described
        elif above.pos_ == "ADJ" and relation in ("xcomp", "ccomp"):
            found = vocabulary.get((above.lower_, "predicate"))
            if found == "happened":
                return "denied" if any(c.dep_ == "neg" for c in above.head.children) else None
            return found
        below = above
    return None


def _is_refuted(report: Token) -> bool:
    """Whether someone rejects the report: "dismissed claims that"."""
    cue = attribution_vocabulary().cues.get((report.head.lemma_.lower(), "verb"))
    return report.dep_ in ("dobj", "nsubjpass") and cue is not None and cue.kind == "refute"


def _cue_status(preposition: Token, verb: Token, vocabulary: StatusVocabulary) -> Status | None:
    """An event in the prepositional phrase of a verb: called for, accused of, prevented from, aimed at."""
    if preposition.lower_ not in ("for", "of", "from", "at", "about", "against", "on", "to"):
        return None
    found = vocabulary.get((verb.lemma_.lower(), "verb"))
    if found in ("happened", None):
        return None
    if found == "ongoing" or (preposition.lower_ in ("on", "to", "against") and found != "denied"):
        return None
    return found


def _under_verb(below: Token, verb: Token, vocabulary: StatusVocabulary) -> tuple[Status | None, bool]:
    """(status, whether the search ends) of an event that stands under a verb."""
    relation = below.dep_
    lemma = verb.lemma_.lower()
    cue = vocabulary.get((lemma, "verb"))
    if (lemma, "beginning") in vocabulary and relation in _SUBJECT | _ARGUMENT and _since(verb):
        return "ongoing", True
    if relation in _SUBJECT and relation != "nsubjpass":
        goes = vocabulary.get((lemma, "goes"))
        if goes:
            return (None if verb.tag_ == "VBD" else goes), True
        if lemma == "be" and any((c.lower_, "goes") in vocabulary for c in verb.children):
            return "ongoing", True
        if (lemma, "occurrence") in vocabulary or cue == "happened":
            return _of_verb(verb, vocabulary), True
        would = relation == "nsubj" and any(c.lower_ == "would" for c in verb.children)
        return ("hypothetical" if would else None), True
    if relation == "csubj" and any(c.lower_ in ("would", "could") for c in verb.children):
        return "hypothetical", True
    if relation == "advcl":
        if _is_purpose(below):
            return "planned", True
        return None, True
    if relation in _ARGUMENT:
        if cue and cue != "happened":
            sustained = (lemma, "sustaining") in vocabulary
            if sustained and verb.tag_ == "VBD" and _is_dated(verb):
                return None, True
            if relation == "dobj" and cue == "ongoing" and not sustained and not _is_open(verb):
                return None, True
            if relation == "ccomp" and cue == "planned" and not any(c.dep_ == "aux" for c in below.children):
                return None, True
            return ("hypothetical" if cue in ("ongoing",) and relation == "pcomp" else cue), True
        if (lemma, "occurrence") in vocabulary or cue == "happened":
            found = _of_verb(verb, vocabulary)
            if found:
                return found, True
            return None, False
        if relation == "xcomp":
            found = _of_verb(verb, vocabulary)
            if _is_purpose(below) and found not in _UNREAL:
                found = "planned"
            return found, True
        return None, True
    if relation in ("nsubj", "conj", "prt"):
        return None, False
    return None, True


def _is_dated(verb: Token) -> bool:
    """Whether the time of a verb is told: "continued on Monday" is over, "continued" may not be."""
    told = [c for c in verb.children if c.dep_ == "npadvmod"]
    told += [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
    return any(c.ent_type_ in ("DATE", "TIME") for c in told)


def _since(verb: Token) -> bool:
    """Whether a beginning bounds what has gone on from then to now: "has killed 20 people since the assault began"."""
    if verb.dep_ != "advcl" or not any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
        return False
    return any(c.lower_ in _HAVE_PRESENT for c in verb.head.children)


def _is_purpose(verb: Token) -> bool:
    """An infinitive with "to"."""
    return bool(verb.tag_ == "VB") and any(c.tag_ == "TO" for c in verb.children)


def _is_open(verb: Token) -> bool:
    """Whether a verb is itself unfulfilled: an infinitive, or under a modal."""
    return bool(verb.tag_ == "VB")


def _in_force(token: Token, vocabulary: StatusVocabulary) -> Status | None:
    """Under siege, the scene of clashes, backed by strikes: an event that a present or lasting state names."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("under", "in", "of", "by"):
        return None
    verb = token.head.head
    engaged = verb.tag_ == "VBN" and (verb.lemma_.lower(), "engaged") in vocabulary
    if token.head.lower_ == "of":
        if verb.lower_ != "scene" or verb.dep_ != "attr":
            return None
        verb = verb.head
    if not engaged and (token.head.lower_ == "by" or verb.lemma_ not in ("be", "remain")):
        return None
    words = {verb.lower_} | {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return "ongoing" if words & (_BE_PRESENT | _HAVE_PRESENT | _REMAINS) else None


def _doubted(trigger: Trigger, attributions: Sequence[Attribution], vocabulary: StatusVocabulary) -> Status | None:
    """Whether whoever cites the report doubts it ("allegations that ..."), or its type is one in dispute."""
    at = trigger.span.start
    first = bisect_left(attributions, at - _NEAR, key=lambda a: a.cue[0].start)
    last = bisect_right(attributions, at + _NEAR, key=lambda a: a.cue[0].start)
    covering = [a for a in attributions[first:last] if any(c.start <= at < c.end for c in a.content)]
    cues = attribution_vocabulary().cues
    for attribution in covering:
        word = _head_of(attribution.cue[0], trigger)
        if word is None:
            continue
        pos: CuePos = "noun" if word.pos_ == "NOUN" else "verb"
        cue = cues.get((word.lemma_.lower(), pos))
        if cue and (cue.kind == "blame" or (cue.kind == "assert" and pos == "noun")):
            return "alleged"
        if pos == "verb" and vocabulary.get((word.lemma_.lower(), "verb")) == "alleged":
            return "alleged"
    if (trigger.type, "type") in vocabulary:
        if any(a.source for a in covering):
            return "alleged"
        at = trigger.token.i
        for token in trigger.token.doc[max(0, at - _WINDOW) : at + _WINDOW]:
            if vocabulary.get((token.lower_, "adjective")) == "alleged":
                return "alleged"
            if token.pos_ in ("VERB", "NOUN"):
                pos = "noun" if token.pos_ == "NOUN" else "verb"
                if vocabulary.get((token.lemma_.lower(), pos)) in ("alleged", "denied"):
                    return "alleged"
    return None


def _head_of(span: Span, trigger: Trigger) -> Token | None:
    """The head word of a cue in the section of the trigger."""
    words = words_at(trigger.sentence.section, span)
    return words.root if words is not None else None


def _open_report(trigger: Trigger, vocabulary: StatusVocabulary) -> Status | None:
    """Could not be verified: the sentence says that its report is unproved."""
    for token in trigger.sentence.tokens:
        if token.pos_ == "VERB" and (token.lemma_.lower(), "unproved") in vocabulary:
            words = {c.lower_ for c in token.children}
            if token.i != trigger.token.i and words & {"not", "n't", "yet"} and words & {"be", "been"}:
                return "alleged"
    return None
