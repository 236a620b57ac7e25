"""How many were killed and injured, as the words give it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.coding.casualty_none import is_unsure, no_casualties_in, nobody_in
from sayso.coding.casualty_numbers import BACKWARD, PART_OF, counted, names_people, unit_of, whole_numbers
from sayso.coding.casualty_words import cue_of, is_joint, opens_number, put_at, said_beside
from sayso.coding.parse import ParsedDocument, Section, Sentence
from sayso.coding.quantities import Quantity
from sayso.coding.tokens import Token
from sayso.model import Span
from sayso.vocabulary.numbers import CasualtyKind, CountVocabulary, count_vocabulary

#: Words that add a number to the one before, and how far back that one stands.
_ADDING = (("in", "addition", "to"), ("along", "with"), ("together", "with"), ("as", "well", "as"))
_ADDED_WITHIN = 12
#: What follows these is a place or time of its own.
_OWN = frozenset({"in", "at", "near", "on", "during"})

#: Those a number counts: their noun, the number, the word that says what befell them, and what.
_Victims = tuple[Token, Quantity, Token, CasualtyKind]


@dataclass(frozen=True, slots=True)
class Casualty:
    """A number of people killed or injured.

    ``span``: the number phrase; ``whose``: the noun that is counted, if one is named, ``noun`` its token; ``verb``: the
    word that says what befell them. ``minimum`` or ``maximum`` is None where the words do not bound that side, never
    both. ``rival``: somebody puts it so, beside a number given before ("the UN puts the figure at 30").
    """

    span: Span
    minimum: int | None
    maximum: int | None
    kind: CasualtyKind
    whose: Span | None
    verb: Token
    noun: Token
    rival: bool = False


def tag_casualties(parsed: ParsedDocument) -> tuple[Casualty, ...]:
    """Every count of people killed or injured, in the order of the text."""
    return casualties_in(parsed.sentences)


def casualties_in(sentences: Iterable[Sentence]) -> tuple[Casualty, ...]:
    """Every count of people killed or injured in ``sentences``."""
    vocabulary = count_vocabulary()
    known = {word for word, _ in vocabulary.casualties}
    found: list[Casualty] = []
    for sentence in sentences:
        if any(t.lower_ in known or t.lemma_.lower() in known for t in sentence.tokens):
            found.extend(_of_sentence(sentence, vocabulary))
    return tuple(found)


def _of_sentence(sentence: Sentence, vocabulary: CountVocabulary) -> Iterator[Casualty]:
    doc = sentence.section.doc
    victims: dict[int, tuple[Token, Quantity]] = {}
    for quantity in whole_numbers(sentence, vocabulary):
        noun = counted(doc[quantity.core])
        if noun is None:
            continue
        if noun.i in victims:  # "killed five injured 20 people": the first number stands for its own people
            first = victims[noun.i][1]
            victims[first.core] = doc[first.core], first
        victims[noun.i] = noun, quantity
    victims |= {noun.i: (noun, quantity) for noun, quantity in nobody_in(sentence)}
    for token in sentence.tokens:
        if token.i not in victims and _is_single(token, vocabulary):
            victims[token.i] = token, Quantity(token.left_edge.i, token.i, token.i, 1, 1)
    found: dict[int, _Victims] = {}
    groups: dict[int, int] = {}
    unsaid: list[tuple[Token, Quantity]] = []
    last: _Victims | None = None
    for noun, quantity in (victims[at] for at in sorted(victims)):
        if _is_thing(noun, vocabulary):
            continue
        said = _befell(noun, quantity, vocabulary)
        if said is None and last is not None and _is_added(last[0], quantity):
            said = last[2], last[3], last[0]
        if said is None:
            if quantity.core != noun.i or noun.pos_ == "NUM":
                unsaid.append((noun, quantity))
            continue
        verb, kind, lead = said
        if is_joint(verb, quantity, vocabulary) or (quantity.maximum == 0 and is_unsure(noun, verb)):
            continue
        last = found[noun.i] = noun, quantity, verb, kind
        groups[noun.i] = lead.i if not _has_own_place(noun, lead) else noun.i
    taken = {verb.i for _, _, verb, _ in found.values()}
    numbers = {quantity.left for _, quantity in victims.values()}
    for noun, quantity in unsaid:
        beside = said_beside(doc, quantity, numbers, taken, vocabulary)
        if beside is None and last is not None and last[0].i < quantity.left and (put := put_at(doc, quantity)):
            beside = put, last[3]
        if beside is not None and not is_joint(beside[0], quantity, vocabulary):
            found[noun.i] = noun, quantity, *beside
            groups[noun.i] = noun.i
            taken.add(beside[0].i)
    sums: dict[int, list[_Victims]] = {}
    before: _Victims | None = None
    for at in sorted(found):
        if before is not None and _are_joined(before, found[at]):
            groups[at] = groups[before[0].i]
        before = found[at]
        sums.setdefault(groups[at], []).append(found[at])
    for group in sums.values():
        yield _summed(group, sentence.section)
    for noun, quantity, kinds in no_casualties_in(sentence, vocabulary):
        for kind in kinds:
            yield _summed([(noun, quantity, noun, kind)], sentence.section)


def _is_added(noun: Token, quantity: Quantity) -> bool:
    """Whether a number is added to that of ``noun``: "three nurses in addition to five patients"."""
    between = [token.lower_ for token in noun.doc[noun.i + 1 : quantity.left]]
    return len(between) <= _ADDED_WITHIN and any(tuple(between[-len(words) :]) == words for words in _ADDING)


def _are_joined(one: _Victims, other: _Victims) -> bool:
    """Whether two numbers stand joined, of which the same is said: "three soldiers and six officers were killed"."""
    noun, _, verb, kind = one
    added, quantity, second, other_kind = other
    if other_kind != kind or not noun.i < quantity.left or _has_own_place(noun, verb) or _has_own_place(added, verb):
        return False
    if second != verb:  # "beheaded two people and shot 23 others"
        also = second.dep_ == "conj" and second.head == verb and verb.i < noun.i and second.i < quantity.left
        return bool(also) and added.lemma_ == "other"
    between = noun.doc[noun.i + 1 : quantity.left]
    if between and between[-1].lower_ == "and":
        return True
    listed = any(token.text == "," for token in between) and added.i < verb.i
    return listed and all(token.pos_ not in ("VERB", "AUX", "ADP") for token in between)


def _summed(group: list[_Victims], section: Section) -> Casualty:
    """One count of what stands joined: "a woman and two children"."""
    lows = [q.minimum for _, q, _, _ in group]
    highs = [q.maximum for _, q, _, _ in group]
    low = sum(x for x in lows if x is not None) if any(x is not None for x in lows) else None
    high = None if any(x is None for x in highs) else sum(x for x in highs if x is not None)
    noun, _, verb, kind = group[0]
    doc = section.doc
    span = section.span(doc[min(q.left for _, q, _, _ in group) : max(q.right for _, q, _, _ in group) + 1])
    rival = put_at(doc, group[0][1]) is not None
    return Casualty(span, low, high, kind, section.span(noun), verb, unit_of(noun), rival)


#: Said beside a person, these make a speaker of him ("30 injured, a doctor said").
_SAYING = frozenset({"say", "tell", "report", "add"})


def _is_single(token: Token, vocabulary: CountVocabulary) -> bool:
    """A singular person: "a woman", "another man", "an officer"."""
    if token.tag_ != "NN" or vocabulary.nouns.get(token.lemma_.lower()) != "person":
        return False
    if token.i + 1 < len(token.doc) and token.nbor().lemma_ in _SAYING:
        return False
    if any(c.dep_ == "poss" for c in token.lefts):  # "a man and his wife"
        return token.dep_ in ("conj", "appos") or any(c.dep_ == "conj" for c in token.rights)
    article = next((c for c in token.lefts if c.lower_ in ("a", "an", "another", "one")), None)
    if article is None:
        return False
    before = token.doc[article.i - 1].lower_ if article.i else ""
    return before not in PART_OF and before not in BACKWARD


def _is_thing(noun: Token, vocabulary: CountVocabulary) -> bool:
    unit = unit_of(noun)
    return any(vocabulary.nouns.get(t.lemma_.lower()) == "thing" for t in (noun, unit))


def _has_own_place(noun: Token, lead: Token) -> bool:
    """A joined count with a place or time of its own is another count: "killed 45 in Aleppo and 22 in Idlib"."""
    if noun == lead:
        return False
    return any(c.dep_ == "prep" and c.lower_ in _OWN for c in noun.children)


def _befell(noun: Token, quantity: Quantity, vocabulary: CountVocabulary) -> tuple[Token, CasualtyKind, Token] | None:
    """(word that says it, killed or injured, first noun of the list) for the people ``noun`` counts."""
    lead = noun
    for _ in range(12):
        said = _said_of(lead, quantity if lead == noun else None, vocabulary)
        if said:
            return said[0], said[1], lead
        if lead.dep_ in ("conj", "appos") and lead.head != lead and lead.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
            lead = lead.head
            continue
        return _joined_to_verb(lead, vocabulary)
    return None


def _joined_to_verb(noun: Token, vocabulary: CountVocabulary) -> tuple[Token, CasualtyKind, Token] | None:
    """A number parsed as joined to the verb, not to what it killed: "killed 45 in the city and 22 in the south"."""
    verb = noun.head
    if noun.dep_ != "conj" or verb.i > noun.i or verb.pos_ != "VERB" or not _has_object(verb):
        return None
    cue = cue_of(verb, vocabulary)
    return (verb, cue[0], noun) if cue and "object" in cue[1] else None


def _killer_before(noun: Token, quantity: Quantity | None, vocabulary: CountVocabulary) -> Token | None:
    """The word of killing directly before a number phrase that opens its noun phrase: "killed 12 people"."""
    if quantity is None or quantity.left == 0 or quantity.right > noun.i:
        return None
    before = noun.doc[quantity.left - 1]
    if before.pos_ != "VERB" or before.tag_ == "VBN" or before.dep_ in ("nsubj", "amod"):
        return None
    _, frames = cue_of(before, vocabulary) or ("killed", frozenset())
    if "object" in frames or ("people" in frames and names_people(noun, vocabulary)):
        return before
    return before if "life" in frames and unit_of(noun).lemma_ == "life" else None


_SAID_OF_SUBJECT = frozenset({"object", "state", "subject"})


def _said_of(noun: Token, quantity: Quantity | None, vocabulary: CountVocabulary) -> tuple[Token, CasualtyKind] | None:
    own = cue_of(noun, vocabulary)
    if own and own[1] & {"count", "state"}:
        return noun, own[0]
    died = cue_of(noun.head, vocabulary) if noun.dep_ == "nsubj" else None
    if died and "subject" in died[1]:
        return noun.head, died[0]  # "three of the wounded died"
    killer = _killer_before(noun, quantity, vocabulary)
    for child in noun.children:
        if child.dep_ in ("amod", "acl", "relcl", "oprd", "advcl", "appos"):
            cue = cue_of(child, vocabulary)
            if cue and cue[1] & {"object", "state"} and child.tag_ != "VBG" and not _has_object(child):
                if killer is not None and opens_number(child, vocabulary):
                    break  # "killed 30 people injured 90"
                return child, cue[0]
            if cue and child.dep_ in ("relcl", "acl") and cue[1] & {"subject"}:
                return child, cue[0]
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if following is not None and following.tag_ in ("VBN", "VBD", "JJ") and following.dep_ != "amod":
        cue = cue_of(following, vocabulary)
        takes = _has_object(following) or (killer is not None and opens_number(following, vocabulary))
        if cue and cue[1] & {"object", "state"} and not takes:
            return following, cue[0]
    if killer is not None:
        said = cue_of(killer, vocabulary)
        return (killer, said[0]) if said else None
    head, relation = noun.head, noun.dep_
    if head == noun:
        return None
    cue = cue_of(head, vocabulary)
    if cue:
        kind, frames = cue
        if "object" in frames and (relation in ("dobj", "nsubjpass") or (relation == "nsubj" and _reads_passive(head))):
            return head, kind
        if "people" in frames and relation in ("dobj", "nsubjpass") and names_people(noun, vocabulary):
            return head, kind
        if "subject" in frames and relation in ("nsubj", "nsubjpass"):
            return head, kind
        if "state" in frames and relation in ("nsubj", "nsubjpass", "dobj"):
            return head, kind
        if "life" in frames and relation == "dobj" and noun.lemma_ in ("life",):
            return head, kind
    if relation in ("nsubjpass", "nsubj") and not cue:
        for child in head.children:
            if child.dep_ in ("xcomp", "oprd", "acomp", "ccomp", "attr") and child.i > head.i and child.tag_ != "VBG":
                inner = cue_of(child, vocabulary)
                if inner and inner[1] & _SAID_OF_SUBJECT and not _has_object(child) and not has_subject(child):
                    return child, inner[0]
    if relation == "dobj":
        for child in head.children:
            if child.dep_ in ("oprd", "acomp", "xcomp", "ccomp", "advcl", "conj", "acl") and child.i > noun.i:
                inner = cue_of(child, vocabulary)
                if (inner and "state" in inner[1]) or (inner and child.tag_ == "VBN"):
                    return child, inner[0]
    if relation == "pobj" and head.lower_ == "of":
        owner = head.head
        inner = cue_of(owner, vocabulary)
        if inner and inner[1] & {"of", "toll"}:
            return owner, inner[0]
        if owner.lemma_ == "life":
            taker = owner.head if owner.dep_ == "dobj" else owner.doc[max(0, owner.left_edge.i - 1)]
            inner = cue_of(taker, vocabulary)
            if inner and "life" in inner[1]:
                return taker, inner[0]
    if relation == "nsubj" and any(c.dep_ == "dobj" and c.lemma_ == "life" for c in head.children):
        inner = cue_of(head, vocabulary)
        if inner and "life" in inner[1]:
            return head, inner[0]
    return _toll_reaches(noun, vocabulary)


def _toll_reaches(noun: Token, vocabulary: CountVocabulary) -> tuple[Token, CasualtyKind] | None:
    """The death toll rose to 45; the toll stands at 12; the number of dead has reached 30."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in ("to", "at"):
        verb = verb.head
    elif noun.dep_ not in ("dobj", "attr", "npadvmod"):
        return None
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i < noun.i:
            words = [child, *(g for c in child.children if c.dep_ == "prep" for g in c.children)]
            for word in words:
                cue = cue_of(word, vocabulary)
                if cue and cue[1] & {"toll", "count", "of", "state"} and (word != child or "toll" in cue[1]):
                    return word, cue[0]
    return None


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _reads_passive(verb: Token) -> bool:
    """A participle without object or auxiliary after its subject: "8 persons wounded in ..."."""
    return verb.tag_ in ("VBN", "VBD") and not _has_object(verb)
