"""Past or future without a parse: the verb nearest to a time expression among the words of its sentence.

The words before the time count first ("will meet on Friday"), then those after it ("On Friday they will meet"). It
looks at a bounded number of words either side, so the work stays linear.
"""

from __future__ import annotations

from sayso.coding.time_numbers import Tokens, context, lower
from sayso.coding.time_tokens import BREAK
from sayso.vocabulary.times import time_vocabulary

#: So many words either side are looked at.
_REACH = 30
_HELPERS = frozenset({"is", "are", "was", "were", "be", "been", "'s", "’s", "'re"})
_ENDS = frozenset({".", "!", "?", ";", BREAK})


def tense_of_words(tokens: Tokens, start: int, end: int) -> int:
    """-1 past, 1 future, 0 neither, of the clause that holds the tokens ``start``..``end``."""
    for i in range(start - 1, max(-1, start - 1 - _REACH), -1):
        if tokens[i].lower in _ENDS:
            break
        tense = _tense_at(tokens, i)
        if tense is not None:
            return tense
    for i in range(end, min(len(tokens), end + _REACH)):
        if tokens[i].lower in _ENDS:
            break
        tense = _tense_at(tokens, i)
        if tense is not None:
            return tense
    return 0


def _tense_at(tokens: Tokens, i: int) -> int | None:
    """The tense that the word at ``i`` tells; None where it is no verb, or tells nothing of the kind."""
    word = tokens[i].lower
    if context(tokens, i, "ahead") and "month" not in tokens[i].senses:
        return 1
    if word in ("is", "are", "am"):
        return 0
    if lower(tokens, i - 1) in ("be", "not"):
        # "will be named": the helper before it tells
        return None
    if word == "to":
        if lower(tokens, i - 1) in ("is", "are"):
            return 1
        if not any(_is_planned(lower(tokens, i - 1), ending) for ending in ("", "s", "es", "d", "ed", "ing")):
            return None
        if lower(tokens, i - 1) == "due" and not _HELPERS & {lower(tokens, k) for k in range(i - 4, i - 1)}:
            # "due to shelling" is no plan
            return None
        # "had been due to expire on Friday": what was planned then is past now
        return -1 if "had" in (lower(tokens, i - 2), lower(tokens, i - 3)) else 1
    if context(tokens, i, "past_form"):
        return -1
    if len(word) > 3 and word.endswith("ed") and not context(tokens, i, "no_past_form") and tokens[i].text.islower():
        return -1
    return None


def _is_planned(word: str, ending: str) -> bool:
    """Whether ``word`` is a word of planning with this ending: "plans", "scheduled", "threatening"."""
    if not word.endswith(ending):
        return False
    base = word[: len(word) - len(ending)] if ending else word
    plan = time_vocabulary().context["plan"]
    return base in plan or base + "e" in plan
