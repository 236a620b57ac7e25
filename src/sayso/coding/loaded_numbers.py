"""What a sentence is, in numbers, for the question whether its wording takes a side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from sayso.coding.loaded_words import Word
from sayso.coding.tokens import Doc, Tokens
from sayso.vocabulary.attribution import attribution_vocabulary
from sayso.vocabulary.weights import logistic

_PARTS = ("ADJ", "ADV", "NOUN", "VERB", "PROPN", "NUM", "PRON", "AUX", "PUNCT", "DET")
_NAMES = ("DATE", "PERSON", "ORG", "GPE", "CARDINAL", "MONEY", "PERCENT", "NORP", "TIME")
FIRST_PERSON = frozenset({"i", "we", "our", "us", "my"})
_YOU = frozenset({"you", "your"})
_NOT = frozenset({"not", "n't", "never", "no", "nothing"})
_TURNS = frozenset({"but", "and", "so", "or", "yet", "instead", "indeed", "while"})
_PARTICLES = frozenset({"even", "only", "just", "still", "yet", "so", "but"})
_LIKENING = frozenset({"than", "as", "like"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_SIGNS = {"asks": "?", "exclaims": "!", "brackets": "(", "colon": ":", "semicolon": ";"}
#: Log-odds of a word where a sentence has fewer words than are looked at.
_NO_WORD = -6.0


def sentence_numbers(tokens: Doc | Tokens, words: Sequence[Word]) -> dict[str, float]:
    """Named numbers of ``tokens``, whose words are ``words``: lists, parts of speech, names, quotation, voice."""
    count = max(1, len(words))
    text = tokens.text
    own = [word for word in words if not word.quoted]
    quoted = len(words) - len(own)
    found: dict[str, float] = {}
    for name, part, most in (("", own, 3), ("quoted ", [word for word in words if word.quoted], 2)):
        kinds = Counter(kind for word in part for kind in word.kinds)
        for kind, number in kinds.items():
            found[f"{name}{kind}"] = min(number, most)
            if not name:
                found[f"share {kind}"] = 10 * number / count
        found[f"{name}listed"] = sum(word.listed for word in part)
    found["share listed"] = 10 * found["listed"] / count
    tokens_of = [word.token for word in words]
    parts = Counter(token.pos_ for token in tokens_of)
    found |= {f"share {part}": parts[part] / count for part in _PARTS}
    names = Counter(token.ent_type_ for token in tokens_of if token.ent_iob_ == "B")
    found |= {f"name {kind}": min(3, names[kind]) for kind in _NAMES}
    lower = [token.lower_ for token in tokens_of]
    # "US" is a country.
    own_lower = {word.token.lower_ for word in own if word.token.text != "US"}
    tags = Counter(token.tag_ for token in tokens_of)
    said = attribution_vocabulary().words
    found |= {name: float(sign in text) for name, sign in _SIGNS.items()}
    found |= {
        "length": math.log(count),
        "share quoted": quoted / count,
        "quotes": float(quoted > 0),
        "says": float(any(token.lemma_.lower() in said for token in tokens_of)),
        "according": float("according" in lower),
        "dash": float("—" in text or " – " in text),
        "trails off": float("..." in text or "…" in text),
        "we": float(not own_lower.isdisjoint(FIRST_PERSON)),
        "you": float(not own_lower.isdisjoint(_YOU)),
        "likens": float(not own_lower.isdisjoint(_LIKENING)),
        "superlative": float(tags["JJS"] + tags["RBS"] > 0),
        "comparative": float(tags["JJR"] + tags["RBR"] > 0),
        "share past": tags["VBD"] / count,
        "share present": (tags["VBZ"] + tags["VBP"]) / count,
        "modals": tags["MD"],
        "negations": sum(word in _NOT for word in lower),
        "weekday": float(not own_lower.isdisjoint(_DAYS)),
        "capitals": sum(token.is_upper and len(token) > 4 for token in tokens_of),
        "apostrophes": sum("’" in word or "'" in word for word in lower),
        "particles": float(not own_lower.isdisjoint(_PARTICLES)),
        "turns": float(bool(lower) and lower[0] in _TURNS),
    }
    return found


def chance_numbers(words: Sequence[Word], odds: Mapping[int, float]) -> dict[str, float]:
    """Named numbers of what is known of the single words: ``odds`` are log-odds by position in ``words``."""
    ranked = sorted(odds.values(), reverse=True)
    own = sorted((value for at, value in odds.items() if not words[at].quoted), reverse=True)
    found = {f"word {number + 1}": value for number, value in enumerate((*ranked[:5], *[_NO_WORD] * 5)[:5])}
    found |= {f"own word {number + 1}": value for number, value in enumerate((*own[:3], *[_NO_WORD] * 3)[:3])}
    chances = list(map(logistic, ranked))
    found |= {
        "none loaded": sum(math.log1p(-min(chance, 0.999)) for chance in chances),
        "sum": sum(chances),
        "own sum": sum(map(logistic, own)),
        "mean": sum(chances) / max(1, len(chances)),
        "likely words": sum(value > -1.5 for value in ranked),
        "sure words": sum(value > -0.5 for value in ranked),
    }
    return found


__all__ = ["FIRST_PERSON", "chance_numbers", "sentence_numbers"]
