"""How a place's name is written: folding spellings of the same name onto one key.

Two keys. ``place_key`` only removes what carries no information in English news (case, accents, hyphens, apostrophes).
``sound_key`` goes further for names transliterated from Arabic script, where one name has a dozen spellings
(Deraa, Daraa, Dar'a): it keeps the consonants and drops articles, vowels and doubled letters. It is only to be used
inside a country already held likely, and its hits are ranked by how alike the names are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

#: The Arabic article as transliterated before every letter it assimilates to.
ARTICLES = frozenset(
    {
        "al", "el", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez", "adh", "edh",
        "ath", "eth", "ul",
    }
)  # fmt: skip

#: How alike two transliterations of equal consonants (``sound_key``) must be, to be taken for one name.
ALIKE_SOUND = 70

_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h", "ŋ": "ng",
    "'": None, "’": None, "‘": None, "`": None, "´": None, "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None, "ʹ": None,
    "ʽ": None, ".": None,
})  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")
_CONSONANTS = (
    ("sch", "sh"), ("kh", "x"), ("ch", "sh"), ("sh", "c"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("q", "k"), ("j", "j"), ("z", "z"), ("x", "k"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """Case, accents, apostrophes, full stops and hyphens folded away; words parted by one space.

    >>> place_key("Al-Ḩasakah"), place_key("Dar'a"), place_key("U.S.")
    ('al hasakah', 'dara', 'us')
    """
    folded = name.casefold()
    if not folded.isascii():
        # Decomposing may bring up letters that casefold, and the other way round.
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = folded.translate(_LETTERS)
    return _NOT_WORD.sub(" ", folded).strip()


def bare_key(key: str) -> str:
    """``key`` without its leading Arabic article, where it has one."""
    return without_article(key) or key


def likeness(key: str, other: str) -> float:
    """How alike (0 to 100, rapidfuzz ``ratio``) two keys are without their articles."""
    return fuzz.ratio(bare_key(key), bare_key(other))


def without_article(key: str) -> str | None:
    """``key`` without its leading Arabic article, or None if it has none."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in ARTICLES else None


def is_english_spelling(name: str) -> bool:
    """Whether an alternate name could stand in an English text: Latin letters, a capital first, not an airport code."""
    if len(name) < 3 or not name[0].isupper() or (name.isupper() and len(name) <= 4):
        return False
    key = place_key(name)
    return key.isascii() and len(key) > 2


@lru_cache(maxsize=65536)
def sound_key(name: str) -> str:
    """Consonants of a transliterated name, articles and final h left out; empty if fewer than two remain.

    >>> sound_key("Deir Ezzor") == sound_key("Dayr az-Zawr"), sound_key("Hasakeh") == sound_key("Al Ḩasakah")
    (True, True)
    """
    words = [word for word in place_key(name).split() if word not in ARTICLES]
    if len(words) > 1:
        # "Ezzor", "Alsaliheen": the article written into its noun
        words = [words[0], *(re.sub(r"^(?:al|el|a|e)(?=(?:zz|ss|rr|nn|dd|tt|ll))", "", word) for word in words[1:])]
    skeleton = []
    for word in words:
        for spelling, sound in _CONSONANTS:
            word = word.replace(spelling, sound)
        word = _DOUBLED.sub(r"\1", word)
        first = "a" if word[0] in "aeiou" else word[0]
        skeleton.append(first + _VOWELS.sub("", word[1:].rstrip("h")))
    joined = "".join(skeleton)
    return joined if len(joined) >= 2 else ""
