"""Which words of a sentence may name the place of an event.

Tagged places are one part: those used as places, and those only part of a name ("Aleppo University"), whose whole name
may be where it happened. The rest are runs of capitals that no gazetteer knows and no rule calls a place ("captured
Kabbani"): whether one is a place is then a question of how it hangs on the event. Every candidate is named as fully as
the text does: "Kuweires Military Airport", not "Kuweires".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.coding.parse import Sentence
from sayso.coding.tokens import Doc, Token, Tokens
from sayso.model import Place, PlacePrecision, Span
from sayso.vocabulary.place_tables import demonyms, place_words

_JOINTS = frozenset("-–‐’'ʿ‘`")
_ARTICLES = frozenset({"al", "el"})
#: Articles written as their letter sounds are words of their own, unless a hyphen follows.
_ASSIMILATED = frozenset({"ad", "ar", "as", "ash", "at", "az", "ed", "er", "es", "ez"})
_DATES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "LANGUAGE"})
#: What a name that no source knows locates, where the words beside it call it an area.
_AREAS: dict[str, PlacePrecision] = {
    "admin1": "region", "desert": "region", "sea": "region", "river": "region", "admin2": "district",
    "area": "district", "countryside": "district", "valley": "district", "mountain": "district", "island": "district",
}  # fmt: skip
#: A run longer than this is a headline in capitals, not a name.
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the place: tokens ``first`` to ``last`` (inclusive) with their syntactic head.

    ``tagged`` is the place the tagger found inside, None for a run of capitals that it did not take for one.
    """

    place: Place
    head: Token
    first: int
    last: int
    tagged: Place | None


def candidates_of(sentence: Sentence, places: Sequence[Place], runs: bool = True) -> list[Candidate]:
    """Every candidate of ``sentence``, in text order. ``places`` are all of the document's (``tag_places``).

    ``runs`` says whether names that were not tagged are wanted too.
    """
    doc, offset = sentence.section.doc, sentence.section.offset
    loud = sentence.section.is_headline
    found: list[Candidate] = []
    spans: list[tuple[int, int, Place]] = []
    for place in places:
        if sentence.span.contains(place.span):
            tokens = doc.char_span(place.span.start - offset, place.span.end - offset)
            if tokens is not None:
                spans.append((tokens.start, tokens.end - 1, place))
    taken = {i for first, last, _ in spans for i in range(first, last + 1)}
    for first, last, place in spans:
        low, high = (first, last) if loud else _whole(doc, first, last, taken, sentence)
        if offset + doc[last].idx + len(doc[last]) != place.span.end:
            # "Syrias Aleppo": the name ends inside its token.
            high = last
        start = place.span.start if low == first else offset + doc[low].idx
        end = place.span.end if high == last else offset + doc[high].idx + len(doc[high])
        whole = place if (low, high) == (first, last) else replace(place, span=Span(start, end))
        found.append(Candidate(whole, doc[low : high + 1].root, low, high, place))
        taken.update(range(low, high + 1))
    if runs and not loud:
        found += _runs(sentence, taken)
    return sorted(found, key=lambda candidate: candidate.first)


def _whole(doc: Doc, first: int, last: int, taken: set[int], sentence: Sentence) -> tuple[int, int]:
    """The run of capitals that tokens ``first`` to ``last`` stand in, up to the next place."""
    low, high = first, last
    while low > sentence.tokens.start and low - 1 not in taken and _joins(doc, low - 1) and last - low < _LONGEST:
        low -= 1
    while low < first and (doc[low].text in _JOINTS or (doc[low].is_sent_start and doc[low].pos_ != "PROPN")):
        low += 1
    while high + 1 < sentence.tokens.end and high + 1 not in taken and _joins(doc, high + 1) and high - low < _LONGEST:
        high += 1
    while high > last and not _named(doc[high]):
        high -= 1
    return low, high


def _joins(doc: Doc, i: int) -> bool:
    """Whether a token goes on with a name: a capital, a number behind one, a hyphen or article inside one."""
    token = doc[i]
    if token.text in _JOINTS:
        return token.whitespace_ == "" and i > 0 and doc[i - 1].whitespace_ == ""
    if 1 < i < len(doc) - 1 and doc[i - 1].text in _JOINTS and doc[i + 1].text in _JOINTS:
        # "Port-au-Prince"
        return (len(token) < 4 and token.whitespace_ == "") or _named(token)
    if token.lower_ in _ARTICLES and i + 1 < len(doc):
        return _named(doc[i + 1]) or doc[i + 1].text in _JOINTS
    if token.lower_ in _ASSIMILATED:
        return i + 1 < len(doc) and doc[i + 1].text in _JOINTS and token.whitespace_ == ""
    return _named(token)


def _named(token: Token) -> bool:
    if token.ent_type_ in _DATES or token.lower_ in demonyms():
        return False
    if token.text.isdigit():
        # "Hill 30", "Highway 4"
        before = token.doc[token.i - 1] if token.i else None
        return before is not None and before.text[:1].isupper() and before.lower_ in place_words().kinds
    text = token.text.removeprefix("al-").removeprefix("el-")
    return text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "X")


def _runs(sentence: Sentence, taken: set[int]) -> Iterator[Candidate]:
    """Runs of capitals in which no place was tagged, and that do not say they are somebody."""
    doc, offset = sentence.section.doc, sentence.section.offset
    i = sentence.tokens.start
    while i < sentence.tokens.end:
        if i in taken or doc[i].text.isdigit() or not _opens(doc, i):
            i += 1
            continue
        last = i
        while last + 1 < sentence.tokens.end and last + 1 not in taken and _joins(doc, last + 1):
            last += 1
        while last > i and not _named(doc[last]):
            last -= 1
        head = doc[i : last + 1].root
        name = doc[i : last + 1]
        proper = head.pos_ == "PROPN" or not head.is_sent_start
        if last - i < _LONGEST and proper and name.text[:1] not in _JOINTS and not _is_body(name):
            span = Span(offset + doc[i].idx, offset + doc[last].idx + len(doc[last]))
            kind = kind_beside(doc, i, last)
            precision = _AREAS.get(kind or "", "near" if _is_near(doc, i) else "exact")
            yield Candidate(Place(span, name.text, None, None, kind, precision, None, None, None), head, i, last, None)
        i = last + 1


def _opens(doc: Doc, i: int) -> bool:
    """Whether a name may begin at a token: a capital, or a small article before one."""
    return _named(doc[i]) or (((word := doc[i].lower_) in _ARTICLES or word in _ASSIMILATED) and _joins(doc, i))


def _is_near(doc: Doc, first: int) -> bool:
    """Whether something happened beside the place: "outside X", "on the outskirts of the village of X"."""
    words, i = place_words(), first - 1
    while i >= 0 and first - i < 6:
        word = doc[i].lower_
        if word in words.near:
            return True
        if word not in words.direction and word not in words.kinds and word not in ("the", "of", "to", "from"):
            return False
        i -= 1
    return False


def _is_body(name: Tokens) -> bool:
    """Whether a name says that it is an office or a force ("Security Council"), and no building either."""
    words = place_words()
    last = name[-1].lower_
    return (last in words.tail or last in words.unit) and last not in words.heads and last not in words.kinds


def kind_beside(doc: Doc, first: int, last: int) -> str | None:
    """What the words in and beside a name call it: "Kweyris air base", "village of Kabbani", "Tiger Hill"."""
    words = place_words()
    for width in (2, 1):
        after = doc[last + 1 : last + 1 + width].text.lower()
        inside = doc[last + 1 - width : last + 1].text.lower() if last + 1 - width > first else ""
        for phrase in (after, inside):
            kind = words.kinds.get(phrase) or words.heads.get(phrase)
            if kind:
                return kind
    before = first - 1
    if before >= 1 and doc[before].lower_ == "of":
        before -= 1
    return words.kinds.get(doc[before].lower_) if before >= 0 else None
