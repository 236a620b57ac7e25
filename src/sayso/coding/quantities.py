"""Number phrases: "at least 70", "between 20 and 30", "dozens", "two hundred", "1 000"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.coding.tokens import Doc
from sayso.vocabulary.numbers import CountVocabulary

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,15}")
_DECIMAL = re.compile(r"\d{1,6}\.\d{1,3}")
_SPAN = re.compile(r"(\d{1,9})\s?[-–—]\s?(\d{1,9})")
_GLUED = re.compile(r"(\d{1,9})([a-z]{3,20})")
_LONGEST_PHRASE = 5
_TEN, _TWENTY = 10, 20
#: "both X and Y" is this long.
_BOTH = 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase: first and last token (inclusive), the token of the number itself, and the bounds it gives."""

    left: int
    right: int
    core: int
    minimum: int | None
    maximum: int | None


def quantities_in(doc: Doc, start: int, end: int, vocabulary: CountVocabulary) -> list[Quantity]:
    """The number phrases among the tokens ``start`` to ``end`` (exclusive), in order, none overlapping."""
    words = [token.lower_ for token in doc[start:end]]
    found: list[Quantity] = []
    at = 0
    floor = 0
    while at < len(words):
        read = _value(words, at, vocabulary)
        if read is None:
            at += 1
            continue
        if words[at] == "both" and "and" in words[at + 2 : at + _BOTH]:
            at += 1  # "both soldiers and civilians" names kinds, not two people
            continue
        size, low, high = read
        left, low, high = _bounded_before(words, at, floor, low, high, vocabulary)
        right = at + size
        other = _range_end(words, left, at, right, vocabulary)
        if other is not None:
            right, high = other[0], other[1]
            if left > floor and words[left - 1] in ("between", "from"):
                left -= 1
        elif words[right : right + 2] == ["or", "more"] or words[right : right + 2] == ["and", "more"]:
            right, high = right + 2, None
        found.append(Quantity(start + left, start + right - 1, start + at, low, high))
        at = floor = right
    return found


def _value(words: list[str], at: int, vocabulary: CountVocabulary) -> tuple[int, int | None, int | None] | None:
    """(how many words, minimum, maximum) of the number or vague quantity that begins at ``at``."""
    for size in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        vague = vocabulary.vague.get(tuple(words[at : at + size]))
        if vague is not None:
            return size, *vague
    exact = _written(words, at, vocabulary)
    if exact:
        return exact[0], exact[1], exact[1]
    joined = _SPAN.fullmatch(words[at])
    if joined and int(joined[1]) < int(joined[2]):
        return 1, int(joined[1]), int(joined[2])
    return None


def _written(words: list[str], at: int, vocabulary: CountVocabulary) -> tuple[int, int] | None:
    """(how many words, value) of a number: "76", "1 000", "seventy - six", "a dozen", "2 million"."""
    word = words[at]
    size = 1
    value: float
    if word in ("a", "an") and at + 1 < len(words) and words[at + 1] in vocabulary.scales:
        size, value = 2, vocabulary.scales[words[at + 1]]
    elif word == "half" and words[at + 1 : at + 3] == ["a", "dozen"]:
        return 3, 6
    elif _DIGITS.fullmatch(word):
        value = int(word.replace(",", ""))
        while at + size < len(words) and value < 1e9 and len(word) <= 3 and re.fullmatch(r"\d{3}", words[at + size]):
            value = value * 1000 + int(words[at + size])
            size += 1
    elif _DECIMAL.fullmatch(word) and at + 1 < len(words) and words[at + 1] in vocabulary.scales:
        value = float(word)
    elif word in vocabulary.units:
        size, value = _tens(words, at, vocabulary) or (1, vocabulary.units[word])
    elif (glued := _GLUED.fullmatch(word)) and vocabulary.nouns.get(glued[2].removesuffix("s")) == "person":
        return 1, int(glued[1])  # "100000people", as flattened pages have it
    elif "-" in word:
        parts = word.split("-")
        if len(parts) != 2 or vocabulary.units.get(parts[0], 0) < 20 or not 0 < vocabulary.units.get(parts[1], 0) < 10:
            return None
        value = vocabulary.units[parts[0]] + vocabulary.units[parts[1]]
    elif word in ("dozen", "hundred", "thousand"):
        value = vocabulary.scales[word]
    else:
        return None
    while at + size < len(words) and words[at + size] in vocabulary.scales and value < 1e12:
        value *= vocabulary.scales[words[at + size]]
        size += 1
    if words[at + size - 1] == "hundred" and words[at] in (*vocabulary.units, "a"):
        rest = at + size + (words[at + size : at + size + 1] == ["and"])
        added = _tens(words, rest, vocabulary)
        if added and words[rest + added[0] : rest + added[0] + 1] != ["hundred"]:
            return rest + added[0] - at, round(value) + added[1]
    return size, round(value)


def _tens(words: list[str], at: int, vocabulary: CountVocabulary) -> tuple[int, int] | None:
    """(how many words, value) of a written number below a hundred: "seven", "seventy six", "seventy - six"."""
    value = vocabulary.units.get(words[at]) if at < len(words) else None
    if not value:
        return None
    after = at + 1 + (words[at + 1 : at + 2] == ["-"])
    unit = vocabulary.units.get(words[after], 0) if after < len(words) else 0
    return (after + 1 - at, value + unit) if value >= _TWENTY and 0 < unit < _TEN else (1, value)


def _bounded_before(
    words: list[str], at: int, floor: int, low: int | None, high: int | None, vocabulary: CountVocabulary
) -> tuple[int, int | None, int | None]:
    """The left end and the bounds, once the words before the number have been heeded."""
    left = at
    for _ in range(3):
        for size in range(min(_LONGEST_PHRASE, left - floor), 0, -1):
            bound = vocabulary.modifiers.get(tuple(words[left - size : left]))
            if bound is None:
                continue
            left -= size
            if bound == "minimum":
                high = None
            elif bound == "maximum":
                high, low = high if high is not None else low, None
            break
        else:
            break
    return left, low, high


def _range_end(words: list[str], left: int, at: int, right: int, vocabulary: CountVocabulary) -> tuple[int, int] | None:
    """(right end, maximum) where a second number closes a range: "between 20 and 30", "20 to 30", "20 - 30"."""
    if right + 1 >= len(words):
        return None
    joiner = words[right]
    opened = left > 0 and words[left - 1] in ("between", "from")
    if joiner not in ("to", "-", "–", "or") and not (joiner == "and" and left > 0 and words[left - 1] == "between"):
        return None
    first = _written(words, at, vocabulary)
    second = _written(words, right + 1, vocabulary)
    if not first or not second or second[1] <= first[1]:
        return None
    if joiner == "to" and not opened and second[1] > 3 * first[1] + 10:
        return None
    return right + 1 + second[0], second[1]
