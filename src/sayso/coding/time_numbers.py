"""Numbers, units and small helpers that the rules of the time grammar share."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.coding.time_tokens import BREAK, TimeToken, phrase_index
from sayso.vocabulary.times import time_vocabulary

Tokens = Sequence[TimeToken]

HYPHENS = frozenset("-‐‑–—")
_YEARS = range(1000, 2200)


def lower(tokens: Tokens, i: int) -> str:
    """The word at ``i`` in lower case; "" beyond either end."""
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def sense(tokens: Tokens, i: int, kind: str) -> str | None:
    """The value of the word at ``i`` in class ``kind``, or None."""
    return tokens[i].senses.get(kind) if 0 <= i < len(tokens) else None


def context(tokens: Tokens, i: int, kind: str) -> bool:
    """Whether the word at ``i`` belongs to a class of context words (context_leads.csv)."""
    return lower(tokens, i) in time_vocabulary().context[kind]


def phrase(tokens: Tokens, i: int, kind: str) -> tuple[int, str] | None:
    """(end, value) of the longest word or phrase of class ``kind`` at ``i``; hyphens inside a phrase are skipped."""
    if not 0 <= i < len(tokens):
        return None
    for words, found, value, capital in phrase_index().get(tokens[i].lower, ()):
        if found != kind or (capital and not tokens[i].text[0].isupper()):
            continue
        at = i
        for word in words:
            if at > i and lower(tokens, at) in HYPHENS:
                at += 1
            if lower(tokens, at) != word:
                break
            at += 1
        else:
            return at, value
    value_ = sense(tokens, i, kind)
    return None if value_ is None else (i + 1, value_)


def skip_hyphen(tokens: Tokens, i: int) -> int:
    """``i``, or the place after the hyphen that stands there."""
    return i + 1 if lower(tokens, i) in HYPHENS else i


def is_digits(tokens: Tokens, i: int, longest: int = 9) -> bool:
    """Whether a plain number of at most ``longest`` digits stands at ``i``."""
    return (
        0 <= i < len(tokens)
        and 0 < tokens[i].digits <= longest
        and not tokens[i].suffix
        and tokens[i].number is not None
    )


def is_year(tokens: Tokens, i: int) -> bool:
    """Whether the token at ``i`` looks like a year of four digits."""
    return is_digits(tokens, i, 4) and tokens[i].digits == 4 and tokens[i].number in _YEARS


def day_number(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """(end, day of the month) of "26", "26th" or "twenty-sixth" at ``i``."""
    if not 0 <= i < len(tokens):
        return None
    token = tokens[i]
    if token.digits in (1, 2) and token.suffix != "s" and token.number is not None and 1 <= token.number <= 31:
        return i + 1, token.number
    found = ordinal(tokens, i)
    return found if found and 1 <= found[1] <= 31 and not token.digits else None


def ordinal(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """(end, value) of an ordinal at ``i``: "third", "3rd", "twenty-third"; last is -1."""
    if not 0 <= i < len(tokens):
        return None
    token = tokens[i]
    if token.digits:
        return (i + 1, token.number) if token.suffix not in ("", "s") and token.number is not None else None
    tens = sense(tokens, i, "tens")
    if tens:
        at = skip_hyphen(tokens, i + 1)
        units = sense(tokens, at, "ordinal")
        return (at + 1, int(tens) + int(units)) if units and 0 < int(units) < 10 else None
    value = sense(tokens, i, "ordinal")
    return (i + 1, int(value)) if value else None


def number(tokens: Tokens, i: int) -> tuple[int, float | None] | None:
    """(end, value) of a cardinal at ``i``, in digits or words; value None where it is vague ("several", "a few").

    >>> number(time_tokens("two and a half years"), 0)
    (4, 2.5)
    """
    if not 0 <= i < len(tokens):
        return None
    token = tokens[i]
    if is_digits(tokens, i):
        if lower(tokens, i + 1) == "." and is_digits(tokens, i + 2, 2) and tokens[i + 2].glued and tokens[i + 1].glued:
            return i + 3, float(f"{token.number}.{tokens[i + 2].number}")
        if _is_half(tokens, i + 1):
            return i + 4, float(token.number or 0) + 0.5
        return _and_a_half(tokens, i + 1, float(token.number or 0))
    if token.digits:
        return None
    if sense(tokens, i, "half"):
        at = i + 1 if not sense(tokens, i + 1, "article") else i + 2
        return at, 0.5
    if sense(tokens, i, "article"):
        return _after_article(tokens, i + 1)
    if sense(tokens, i, "vague_number"):
        return i + 1, None
    if sense(tokens, i, "scale"):
        return number_scale(tokens, i, 1.0)
    if sense(tokens, i, "couple"):
        return (i + 2 if lower(tokens, i + 1) == "of" else i + 1), 2.0
    found = _written(tokens, i)
    return _and_a_half(tokens, found[0], found[1]) if found else None


def _is_half(tokens: Tokens, i: int) -> bool:
    """Whether "1/2" stands at ``i``."""
    return [lower(tokens, k) for k in range(i, i + 3)] == ["1", "/", "2"]


def _after_article(tokens: Tokens, i: int) -> tuple[int, float | None]:
    """What follows "a": "a few", "a couple of", "a dozen", "a hundred", "a further six"; else just 1."""
    if sense(tokens, i, "scale"):
        return number_scale(tokens, i, 1.0)
    for kind in ("vague_number", "couple", "cardinal"):
        if sense(tokens, i, kind):
            found = number(tokens, i)
            if found:
                return found
    return i, 1.0


def number_scale(tokens: Tokens, i: int, value: float) -> tuple[int, float]:
    """Continues a number with the scale word at ``i`` ("hundred and fifty")."""
    value *= float(sense(tokens, i, "scale") or 1)
    at = i + 1
    if lower(tokens, at) == "and":
        at += 1
    rest = _below_hundred(tokens, at)
    return (rest[0], value + rest[1]) if rest else (i + 1, value)


def _below_hundred(tokens: Tokens, i: int) -> tuple[int, float] | None:
    tens = sense(tokens, i, "tens")
    if tens:
        at = skip_hyphen(tokens, i + 1)
        units = sense(tokens, at, "cardinal")
        return (at + 1, float(tens) + float(units)) if units and float(units) < 10 else (i + 1, float(tens))
    value = sense(tokens, i, "cardinal")
    return (i + 1, float(value)) if value else None


def _written(tokens: Tokens, i: int) -> tuple[int, float] | None:
    found = _below_hundred(tokens, i)
    if found and sense(tokens, found[0], "scale"):
        return number_scale(tokens, found[0], found[1])
    return found


def _and_a_half(tokens: Tokens, i: int, value: float) -> tuple[int, float]:
    if lower(tokens, i) == "and":
        at = i + 2 if sense(tokens, i + 1, "article") else i + 1
        if sense(tokens, at, "half"):
            return at + 1, value + 0.5
    return i, value


def written_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """(end, year) of "nineteen ninety-six", "nineteen hundred", "two thousand and ten" at ``i``."""
    century = sense(tokens, i, "cardinal") or sense(tokens, i, "tens")
    if not century:
        return None
    if lower(tokens, i) == "two" and lower(tokens, i + 1) == "thousand":
        end, value = number_scale(tokens, i + 1, 2.0)
        return end, int(value)
    if int(century) not in (16, 17, 18, 19, 20):
        return None
    rest = _below_hundred(tokens, i + 1)
    return (rest[0], int(century) * 100 + int(rest[1])) if rest and rest[1] >= 10 else None


def unit(tokens: Tokens, i: int) -> tuple[str, bool] | None:
    """(unit code, plural?) of the word at ``i``."""
    code = sense(tokens, i, "unit")
    if code:
        return code, False
    code = sense(tokens, i, "units")
    return (code, True) if code else None


def ends_phrase(tokens: Tokens, i: int) -> bool:
    """Whether a clause may end at ``i``: a punctuation mark, a break, the end of the text, or a joining word."""
    if i >= len(tokens):
        return True
    word = tokens[i].lower
    return word == BREAK or (not word[0].isalnum() and word not in ("'s", "$", "(")) or word in ("and", "but", "when")
