"""Triggers: the words that report an event, found by the rules of ``vocabulary/data/triggers.yaml``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.coding.parse import ParsedDocument, Sentence
from sayso.coding.syntax import governing_verb, np_tokens, patients, phrase, prepositional, subjects
from sayso.coding.tokens import Token
from sayso.model import Span
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.triggers import SAME, TriggerRule, TriggerVocabulary

#: Words on either side that count as company of a trigger.
_NEAR = 12
#: Sentences that a later mention ("the attack") may look back over.
_REACH = 3
#: A verbal event is coded where it is the news: in the title or in the first sentences, and this many at most.
_VERBAL_SENTENCES = 3
_VERBAL_MOST = 3

#: What the parser's names count as in rules.
_NAMES = {
    "GPE": "<PLACE>",
    "LOC": "<PLACE>",
    "FAC": "<PLACE>",
    "ORG": "<PARTY>",
    "NORP": "<PARTY>",
    "PERSON": "<PERSON>",
}
#: A sentence is no headline where so many of its words of so many letters are written small.
_COMMON_LENGTH, _COMMON_SHARE = 4, 0.4
_DEFINITE = {"the", "this", "these", "that", "those", "its", "their", "his", "such"}
#: "killed thousands and wounded more": who is counted beside a toll is of the toll.
_TOLL = "toll"
_MAGNITUDES = {
    "hundred": 100,
    "hundreds": 200,
    "thousand": 1_000,
    "thousands": 2_000,
    "million": 1_000_000,
    "millions": 2_000_000,
}


#: What ``_lemmas`` gives for each token of a sentence, by its number.
Forms = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word (with its particle or compound) that denotes an event. ``token`` is its syntactic head.

    ``rule`` names the rule that found it; ``later`` says that its words point back to an event told before
    ("the attack", "were killed").
    """

    token: Token
    span: Span
    sentence: Sentence
    type: str
    rule: str = ""
    later: bool = False


def find_triggers(parsed: ParsedDocument, vocabulary: TriggerVocabulary) -> tuple[Trigger, ...]:
    """Every trigger of the document, in order of the text, each with an event type."""
    candidates: list[list[tuple[Trigger, TriggerRule]]] = []
    for sentence in parsed.sentences:
        here = list(_in_sentence(sentence, vocabulary))
        strong = [(trigger, rule) for trigger, rule in here if not _is_weak(trigger, rule)]
        candidates.append(strong or here)
    named = [trigger for here in candidates for trigger, rule in here if rule.type != SAME]
    at = [trigger.sentence.index for trigger in named]
    found: list[Trigger] = []
    for here in candidates:
        if here:
            index = here[0][0].sentence.index
            ahead = named[bisect_right(at, index) : bisect_right(at, index + _REACH)]
            found.extend(_without_objects(list(_resolved(here, found, ahead))))
    return tuple(_news_only(list(_without_ceased(found))))


def _is_weak(trigger: Trigger, rule: TriggerRule) -> bool:
    return rule.weak or (rule.weak_as_aim and any(child.tag_ == "TO" for child in trigger.token.children))


def _in_sentence(sentence: Sentence, vocabulary: TriggerVocabulary) -> Iterator[tuple[Trigger, TriggerRule]]:
    taken: set[int] = set()
    hits: list[tuple[Token, TriggerRule, tuple[Token, ...]]] = []
    forms = {token.i: _lemmas(token) for token in sentence.tokens}
    for token in sentence.tokens:
        match = _match(token, sentence, forms, vocabulary)
        if match:
            hits.append((token, *match))
    heads = {token.i for token, *_ in hits}
    for token, rule, words in hits:
        # "barrel bomb attacks": the head of the compound stands for it all.
        if token.dep_ in ("compound", "amod", "nmod") and token.head.i in heads - {token.i}:
            continue
        if taken & {word.i for word in words}:
            continue
        taken |= {word.i for word in words}
        span = Span(sentence.section.span(words[0]).start, sentence.section.span(words[-1]).end)
        yield Trigger(token, span, sentence, rule.type, rule.id, rule.type == SAME or _points_back(token)), rule


def _match(
    token: Token, sentence: Sentence, forms: Forms, vocabulary: TriggerVocabulary
) -> tuple[TriggerRule, tuple[Token, ...]] | None:
    if token.dep_ == "amod" and token.tag_ in ("VBN", "VBG", "VBD"):
        return None  # "the besieged town" is a state, no event (coding guide, ruling 11)
    part = token.pos_
    rules = _rules(forms[token.i], vocabulary.verbs) if part in ("VERB", "AUX") else []
    # The parser takes many a plural of a verbless headline for a verb ("Russian airstrikes in Hama").
    if not rules and (part in ("NOUN", "PROPN") or token.tag_ == "VBZ"):
        rules = _rules(forms[token.i], vocabulary.nouns)
    if not rules or _is_inside_name(token, sentence):
        return None
    company = _Company(token, sentence, forms)
    for _, rule in sorted(rules, key=lambda numbered: numbered[0]):
        words = _phrase_words(token, rule, sentence, forms)
        if words and _fits(rule, company):
            return rule, words
    return None


def _is_inside_name(token: Token, sentence: Sentence) -> bool:
    """Whether ``token`` belongs to a longer name ("Liberation Tigers", "Riot Act"), in a sentence that writes common
    words small: a headline may write them all as names."""
    if token.dep_ != "compound" or {token.pos_, token.head.pos_} != {"PROPN"} or token.head.i < token.i:
        return False
    words = [word for word in sentence.tokens if word.is_alpha and len(word.text) >= _COMMON_LENGTH]
    return token.is_title and sum(word.text.islower() for word in words) >= _COMMON_SHARE * len(words)


def _rules(
    forms: Iterable[str], table: Mapping[str, tuple[tuple[int, TriggerRule], ...]]
) -> list[tuple[int, TriggerRule]]:
    return [numbered for form in forms if form in table for numbered in table[form]]


def _lemmas(token: Token) -> tuple[str, ...]:
    """Lemma and, since names and headlines keep their plural, the bare form."""
    return _forms_of(token.lemma_, token.lower_, token.pos_ in ("PROPN", "NOUN"))


@lru_cache(maxsize=20_000)
def _forms_of(lemma: str, lower: str, noun: bool) -> tuple[str, ...]:
    forms = [lemma.lower(), lower]
    if noun and lower.endswith("s"):
        forms.append(lower[:-1])
    return tuple(dict.fromkeys(forms))


def _phrase_words(token: Token, rule: TriggerRule, sentence: Sentence, forms: Forms) -> tuple[Token, ...] | None:
    """The words of the trigger itself: the longest phrase of the rule that ends at ``token``, and its particle."""
    for words in sorted(rule.phrases, key=len, reverse=True):
        if words[-1] not in forms[token.i]:
            continue
        start = token.i - len(words) + 1
        if start < sentence.tokens.start:
            continue
        if all(word in forms[i] for i, word in enumerate(words[:-1], start)):
            before = token.doc[start : token.i]
            particle = [c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1]
            return (*before, token, *particle)
    return None


class _Company:
    """The words around a trigger, worked out once and only as far as rules ask."""

    def __init__(self, token: Token, sentence: Sentence, forms: Forms) -> None:
        self._token = token
        self._sentence = sentence
        self._forms = forms
        self._cache: dict[str, frozenset[str]] = {}

    def _once(self, key: str, tokens: Callable[[], Iterable[Token]]) -> frozenset[str]:
        if key not in self._cache:
            self._cache[key] = _words(tokens(), self._forms)
        return self._cache[key]

    def scope(self, name: str) -> frozenset[str]:
        token = self._token
        if name == "phrase":
            return self._once(name, lambda: (t for t in phrase(token) if t.i != token.i))
        if name == "sentence":
            return self._once(name, lambda: (t for t in self._sentence.tokens if t.i != token.i))
        return self._once(name, lambda: (t for t in self.window() if t.i != token.i))

    def window(self) -> Iterator[Token]:
        token, bounds = self._token, self._sentence.tokens
        return iter(token.doc[max(bounds.start, token.i - _NEAR) : min(bounds.end, token.i + _NEAR + 1)])

    def subject(self) -> frozenset[str]:
        token = self._token
        if token.pos_ in ("NOUN", "PROPN"):
            return self._once("subject", lambda: _noun_phrases(prepositional(token, "by")))
        return self._once("subject", lambda: _noun_phrases(subjects(token)))

    def object(self) -> frozenset[str]:
        token = self._token
        if token.pos_ in ("NOUN", "PROPN"):
            return self._once("object", lambda: _noun_phrases(prepositional(token, "of")))
        return self._once("object", lambda: _noun_phrases(patients(token)))

    def modifies(self) -> bool:
        """Whether the trigger only describes a noun: "rebels fighting the army"."""
        return self._token.dep_ in ("acl", "relcl", "amod")

    def under(self) -> frozenset[str]:
        """What an infinitive hangs on: "trying to seize", "an attempt to retake"."""
        head = self._token.head
        aims = head.i != self._token.i and any(child.tag_ == "TO" for child in self._token.children)
        return frozenset(self._forms.get(head.i, ())) if aims else frozenset()

    def particles(self) -> frozenset[str]:
        return self._once("particles", lambda: (c for c in self._token.children if c.dep_ in ("prt", "advmod")))

    def largest_number(self) -> int:
        return max((_number(token) for token in self.window()), default=0)


def _noun_phrases(heads: Iterable[Token]) -> Iterator[Token]:
    return (token for head in heads for token in np_tokens(head))


def _words(tokens: Iterable[Token], forms: Forms) -> frozenset[str]:
    """Lemmas, lower-case forms, and pairs of neighbours ("air force")."""
    by_number = {token.i: token for token in tokens}
    words: set[str] = set()
    for i, left in by_number.items():
        words.update(forms[i])
        named = _NAMES.get(left.ent_type_)
        if named is not None:
            words.add(named)
        if i + 1 in by_number:
            words.update([f"{a} {b}" for a in forms[i] for b in forms[i + 1]])
        elif i + 2 in by_number and left.nbor().text == "-":
            words.add(f"{left.lower_}-{by_number[i + 2].lower_}")
    return frozenset(words)


def _number(token: Token) -> int:
    digits = token.text.replace(",", "")
    glued = re.match(r"\d{1,9}", digits)  # "100000people": flattened pages lose spaces
    if glued:
        digits = glued.group()
        # A bare year is no quantity.
        return 0 if len(digits) == 4 and digits.startswith(("19", "20")) and "," not in token.text else int(digits)
    return _MAGNITUDES.get(token.lower_, 0)


def _fits(rule: TriggerRule, company: _Company) -> bool:
    scope = company.scope(rule.scope)
    return (
        (not rule.company or not rule.company.isdisjoint(scope))
        and rule.without.isdisjoint(scope)
        and (not rule.subject or not rule.subject.isdisjoint(company.subject()))
        and (not rule.object or not rule.object.isdisjoint(company.object()))
        and (not rule.not_subject or rule.not_subject.isdisjoint(company.subject()))
        and (not rule.not_object or rule.not_object.isdisjoint(company.object()))
        and (not rule.under or not rule.under.isdisjoint(company.under()))
        and not (rule.finite and company.modifies())
        and (rule.particle is None or rule.particle in company.particles())
        and (rule.number_at_least is None or company.largest_number() >= rule.number_at_least)
    )


def _points_back(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and any(
        child.dep_ in ("det", "poss") and child.lower_ in _DEFINITE for child in token.children
    )


def _resolved(
    here: Sequence[tuple[Trigger, TriggerRule]], before: Sequence[Trigger], after: Sequence[Trigger]
) -> Iterator[Trigger]:
    """Give each later mention the type of the event it points to; leave out those that point nowhere.

    It looks in its own sentence, then back, then at the sentences just after (a headline or lead says "blast" before
    the text says whose).
    """
    named = [trigger for trigger, rule in here if rule.type != SAME]
    for trigger, rule in here:
        if rule.type != SAME:
            yield trigger
            continue
        joined = next((other for other in named if other.token.i == trigger.token.head.i and other.type == _TOLL), None)
        if joined and trigger.token.dep_ == "conj" and rule.pos == "verb":
            yield replace(trigger, type=_TOLL, later=True)
            continue
        near = [other for other in named if other.type in rule.among]
        closest = (
            min(near, key=lambda other: abs(other.token.i - trigger.token.i), default=None)
            or _within_reach(trigger, reversed(before), rule.among)
            or _within_reach(trigger, after, rule.among)
        )
        kind = closest.type if closest else rule.default
        if kind:
            yield replace(trigger, type=kind, later=closest is not None)


def _within_reach(trigger: Trigger, others: Iterable[Trigger], among: Sequence[str]) -> Trigger | None:
    for other in others:
        if abs(trigger.sentence.index - other.sentence.index) > _REACH:
            return None
        if other.type in among:
            return other
    return None


def _without_objects(triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """Drop what is only asked for, or only hit: in "requested military assistance" the request is the event, and in
    "struck an aid convoy" the strike."""
    by_token = {trigger.token.i: trigger for trigger in triggers}
    for trigger in triggers:
        verb = governing_verb(trigger.token) if trigger.token.pos_ in ("NOUN", "PROPN") else None
        above = by_token.get(verb.i) if verb is not None else None
        asked = above and above.type == "demand" and trigger.token.dep_ in ("dobj", "pobj", "conj")
        hit = (
            above
            and trigger.type == "humanitarian_aid"
            and event_types()[above.type].group == "force"
            and trigger.token.dep_ in ("dobj", "nsubjpass")
        )
        if not asked and not hit:
            yield trigger


def _without_ceased(triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """Drop the deeds that a truce ends: "a moratorium on air strikes"."""
    truces = {(t.sentence.index, t.token.i) for t in triggers if t.type == "ceasefire"}
    for trigger in triggers:
        under = trigger.token.head.head.i if trigger.token.dep_ in ("pobj", "pcomp") else None
        if event_types()[trigger.type].group != "force" or (trigger.sentence.index, under) not in truces:
            yield trigger


def _news_only(triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """Drop verbal events that are not the article's news: those in its first sentences, and dated ones, are."""
    kept = 0
    first = next((t.sentence.index for t in triggers if t.sentence.section.segment.kind == "body"), 0)
    for trigger in triggers:
        if not event_types()[trigger.type].is_verbal:
            yield trigger
        elif (
            kept < _VERBAL_MOST
            and trigger.token.dep_ in ("ROOT", "conj", "ccomp")
            and (trigger.sentence.index < first + _VERBAL_SENTENCES or _is_dated(trigger))
        ):
            kept += 1
            yield trigger


def _is_dated(trigger: Trigger) -> bool:
    """Whether its sentence names a year: it is told as an event of its own, not as what someone says today."""
    return any(re.fullmatch(r"(19|20)\d\d", token.text) for token in trigger.sentence.tokens)
