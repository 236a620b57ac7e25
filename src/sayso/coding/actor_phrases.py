"""The noun phrase that stands for an actor: which words belong to its name, what owns it, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.coding.actor_context import Names
from sayso.coding.tokens import Doc, Token

#: What may stand before the head inside a name. Labels of the ClearNLP scheme that the pinned model was trained on.
_LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "npadvmod"})
_WHEN = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})
_ENTITIES = frozenset({"PERSON", "ORG", "NORP", "FAC", "GPE", "LOC"})
_TRIMMED = frozenset({"DET", "PUNCT", "CCONJ", "ADP", "PRON", "SPACE", "ADV", "SCONJ", "PART", "AUX"})
#: Words that begin a sentence where they are capitalised.
_OPENING = frozenset({"A", "An", "The", "At", "Some", "Several", "Many"})
#: "US-led", "rebel-held": the word before the hyphen does not own what follows.
_HYPHENED_RELATIONS = (
    "-led", "-backed", "-held", "-controlled", "-supported", "-sponsored", "-allied", "-aligned", "-funded", "-born",
    "-affiliated", "-linked", "-trained", "-armed", "-based", "-dominated", "-run", "-inspired", "-made", "-built",
    "-occupied", "-owned", "-speaking", "-majority", "-populated", "-brokered", "-mediated", "-besieged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A word as a reader sees it: tokens joined by hyphens are one ("pro-government"). Token range, half open."""

    first: int
    last: int
    text: str

    @property
    def relation(self) -> bool:
        """Whether it tells a relation to someone ("US-backed") and not whose the head is."""
        return self.text.lower().endswith(_HYPHENED_RELATIONS)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first:last`` of a name with its head; ``units`` are its words.

    ``cut``: letters at its end that are no part of it, the s of "the regimes capture", whose apostrophe a flattened
    page lost.
    """

    doc: Doc
    head: Token
    first: int
    last: int
    units: tuple[Unit, ...]
    cut: int = 0

    @property
    def text(self) -> str:
        """The words of the phrase."""
        return str(self.doc.text[self.doc[self.first].idx : self.end])

    @property
    def end(self) -> int:
        """The offset at which its words end in its section."""
        final = self.doc[self.last - 1]
        return int(final.idx) + len(final) - self.cut

    def without(self, letters: int) -> Phrase:
        """The phrase with ``letters`` cut off its end."""
        if not letters:
            return self
        *before, final = self.units
        return replace(self, units=(*before, replace(final, text=final.text[:-letters])), cut=letters)


def phrase_of(head: Token, names: Names) -> Phrase:
    """The tight phrase around ``head``: its modifiers before it, without articles, relative clauses or complements."""
    doc = head.doc
    first, last = head.i, head.i + 1
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ in _LEFT and child.ent_type_ not in _WHEN and _only_marks(doc, child.right_edge.i + 1, first):
            first = min(first, child.left_edge.i)
    hit = names.hit_at.get(head.i)
    if hit is not None:
        first, last = min(first, hit.first), max(last, hit.last)
    if head.ent_type_ in _ENTITIES:
        start, end = names.entity_at[head.i]
        first, last = min(first, start), max(last, end)
    first = _trim_left(doc, _after_heading(doc, first, head.i, names), head.i, names)
    last = _trim_right(doc, last, head.i)
    return Phrase(doc, head, first, last, tuple(units(doc, first, last)))


def units(doc: Doc, first: int, last: int) -> Iterator[Unit]:
    """The words of tokens ``first:last``, tokens joined by hyphens taken together."""
    at = first
    while at < last:
        end = at + 1
        while end < last and not doc[end - 1].whitespace_ and (doc[end].text == "-" or doc[end - 1].text == "-"):
            end += 1
        yield Unit(at, end, doc[at].text if end == at + 1 else str(doc[at:end].text))
        at = end


def conjuncts(head: Token) -> list[Token]:
    """``head`` and what is coordinated with it to its right: "Russia and Turkey"."""
    found, at = [head], head
    while True:
        following = next((c for c in at.rights if c.dep_ == "conj"), None)
        if following is None or len(found) > 50:
            return found
        found.append(following)
        at = following


def object_of(head: Token, preposition: str) -> Token | None:
    """What stands after ``preposition`` directly below ``head``: "dozens of civilians" -> civilians."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == preposition:
            return next((c for c in child.rights if c.dep_ in ("pobj", "pcomp")), None)
    return None


def loyal_to(head: Token) -> Token | None:
    """The one "forces loyal to X" are loyal to."""
    for child in head.rights:
        if child.lower_ in ("loyal", "allied", "belonging", "affiliated") and child.dep_ in ("amod", "acl", "relcl"):
            return object_of(child, "to") or object_of(child, "with")
    return None


def _only_marks(doc: Doc, first: int, last: int) -> bool:
    return all(t.is_punct or t.is_space or t.pos_ in ("DET", "PART", "CCONJ", "ADV") for t in doc[first:last])


def _after_heading(doc: Doc, first: int, head: int, names: Names) -> int:
    """Where a phrase begins that a flattened page ran a heading or dateline into: "Hama Two civilians"."""
    for at in range(head - 1, first, -1):
        opens = doc[at].text in _OPENING or (doc[at].tag_ == "CD" and doc[at].text.istitle())
        if opens and at not in names.hit_at:
            return at
    return first


def _trim_left(doc: Doc, first: int, head: int, names: Names) -> int:
    while first < head and (doc[first].pos_ in _TRIMMED or doc[first].ent_type_ in _WHEN) and first not in names.hit_at:
        if doc[first].pos_ == "ADV" and first + 1 < len(doc) and doc[first + 1].text == "-":
            break
        if first + 1 < head and doc[first + 1].text == "-" and not doc[first].whitespace_:
            break
        first += 1
    # "at least 58 people": how sure the number is, is for counts to say.
    if 0 < first < head and doc[first].lower_ in ("least", "most") and doc[first - 1].lower_ == "at":
        first += 1
    return first


def _trim_right(doc: Doc, last: int, head: int) -> int:
    while last - 1 > head and (doc[last - 1].tag_ == "POS" or doc[last - 1].is_space or doc[last - 1].text in ".,;:-"):
        last -= 1
    return last
